"""`pricing list`: what a new file of a growing folder adds without being named anywhere."""

import json

import pytest

from pricing.cli.list import GROUPS
from pricing.instruments._registry import instrument_kinds


@pytest.mark.parametrize("what", GROUPS)
def test_each_group_has_members_with_a_meaning(call, what):
    listed = json.loads(call("list", what, "--json").stdout)
    assert list(listed) == [what]
    assert listed[what]
    assert all(listed[what].values()), listed


def test_all_groups_are_listed_without_a_name(call):
    assert list(json.loads(call("list", "--json").stdout)) == list(GROUPS)


def test_instruments_come_from_the_scan(call):
    lines = call("list", "instruments").stdout.splitlines()
    assert [line.split()[0] for line in lines[1:]] == list(instrument_kinds())
