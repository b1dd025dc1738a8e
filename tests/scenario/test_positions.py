"""Lines of keys, against a text whose lines can be counted by eye."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from pricing.scenario.dump import toml_text
from pricing.scenario.positions import key_lines

TEXT = b"""extends = "base.toml"
[scenario]
title.vi = "a"  # a comment
"quo ted" = 1
[instruments.x]
included = { management = { 2027 = 0.5, "a.b".c = 1 }, depreciation = {} }
list = [
  { a = 1 },
  # a comment
  { b = 2 },
]
[[many.t]]
k = 1
[[many.t]]
k = 2
"""


def test_each_key_has_the_line_on_which_it_is_written():
    lines = {".".join(path): line for path, line in key_lines(TEXT).items()}
    assert lines["extends"] == 1
    assert lines["scenario"] == 2
    assert lines["scenario.title"] == lines["scenario.title.vi"] == 3
    assert lines["scenario.quo ted"] == 4
    assert lines["instruments"] == lines["instruments.x"] == 5
    assert lines["instruments.x.included.management.2027"] == 6
    assert lines["instruments.x.included.management.a.b.c"] == 6
    assert lines["instruments.x.list.0.a"] == 8
    assert lines["instruments.x.list.1.b"] == 10
    assert lines["many.t.0.k"] == 13
    assert lines["many.t.1.k"] == 15


def paths(values: object, above: tuple[str, ...] = ()):
    if isinstance(values, dict):
        for key, value in values.items():
            yield (*above, key)
            yield from paths(value, (*above, key))


keys = st.text(min_size=1, max_size=5)
tables = st.recursive(
    st.one_of(st.integers(), st.text(max_size=5), st.booleans()),
    lambda inner: st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(keys, st.dictionaries(keys, tables, max_size=3), max_size=3))
def test_every_key_that_toml_reads_has_a_line(values):
    text = toml_text(values)
    lines = key_lines(text.encode())
    n_lines = len(text.split("\n"))
    for path in paths(tomllib.loads(text)):
        assert 1 <= lines[path] <= n_lines
