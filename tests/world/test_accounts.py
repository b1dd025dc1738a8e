"""Accounts and purposes: every group has its slice, every purpose its groups and line."""

import numpy as np
import pytest

from pricing.world.accounts import LINES, PURPOSE, PURPOSES, Accounts
from tests.builders import toy_city

CITY = toy_city()
ACCOUNTS = Accounts.of(CITY)


def test_slices_share_the_row_out():
    covered = np.concatenate([np.arange(ACCOUNTS.size)[s] for s in ACCOUNTS.slices.values()])
    np.testing.assert_array_equal(covered, np.arange(ACCOUNTS.size))
    assert ACCOUNTS.overdraft.shape == (ACCOUNTS.size,)
    units = ACCOUNTS.slices["units"]
    assert units.stop - units.start == len(CITY.units.id)
    np.testing.assert_array_equal(ACCOUNTS.overdraft[units], 0.0)


def test_accounts_have_names():
    assert ACCOUNTS.text(0) == "household[0]"
    assert ACCOUNTS.text(ACCOUNTS.slices["units"].start + 3) == "units[3]"
    with pytest.raises(IndexError):
        ACCOUNTS.text(ACCOUNTS.size)


def test_purposes_name_groups_that_exist_and_lines_that_are_reported():
    groups = {group.name for group in ACCOUNTS.groups}
    assert len(PURPOSE) == len(PURPOSES)
    for purpose in PURPOSES:
        assert {*purpose.payers, *purpose.payees} <= groups, purpose.name
        assert purpose.line in ("", *LINES), purpose.name
        assert bool(purpose.line) == ("budget" in purpose.payers), purpose.name


def test_every_budget_line_has_a_purpose():
    assert {purpose.line for purpose in PURPOSES if purpose.line} == set(LINES)
