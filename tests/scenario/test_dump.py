"""Saved values load as the same values, and a saved scenario as the same scenario."""

import tomllib
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.scenario.dump import resolved_toml, toml_text
from pricing.scenario.load import load_scenario
from tests.builders import toy_city
from tests.scenario.files import shipped, write

SHIPPED = shipped("scenario")

values = st.recursive(
    st.one_of(
        st.booleans(),
        st.integers(-(2**63), 2**63),
        st.floats(allow_nan=False),
        st.text(max_size=20),
        st.dates(),
        st.datetimes(),
        st.times(),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(st.dictionaries(st.text(max_size=8), values, max_size=4))
def test_load_after_save_is_identity_on_values(table):
    assert tomllib.loads(toml_text(table)) == table


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "a = true"),
        (date(2027, 1, 2), "a = 2027-01-02"),
        (datetime(2027, 1, 2, 3, 4), "a = 2027-01-02T03:04:00"),
        (time(1, 2), "a = 01:02:00"),
        ('tỷ "đồng"\\\x7f\n', 'a = "tỷ \\"đồng\\"\\\\\\u007f\\n"'),
        ({"2027": 1, "a b": [1.5, {}]}, '\n[a]\n2027 = 1\n"a b" = [1.5, {}]'.strip()),
    ],
)
def test_values_are_written_as_toml_writes_them(value, text):
    assert toml_text({"a": value}) == f"{text}\n"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_load_after_save_is_identity_on_shipped_scenarios(path, tmp_path):
    scenario = load_scenario(path, toy_city())
    saved = write(tmp_path, path.name, resolved_toml(scenario))
    assert load_scenario(saved, toy_city()) == scenario
