"""Columns of a table in a terminal."""

from pricing.cli._columns import aligned


def test_figures_stand_to_the_right_and_text_to_the_left():
    assert aligned([["a", "b"], ["long", "1"], ["x", "-22"]]) == [
        "a       b",
        "long    1",
        "x     -22",
    ]
