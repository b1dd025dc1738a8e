"""Marks and intervals are those of the choice, and the title says what fresh futures make of it."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.charts import protection
from pricing.charts._chart import charts
from pricing.charts._data import read_tables
from tests.charts.synthetic import SELECTION, TITLES, made_tables, values, write_selection


@pytest.mark.parametrize(("place", "column"), [(0, 2), (1, 3)])
def test_marks_and_intervals_are_those_of_the_file(figures, place, column):
    axes = figures["protection", "vi"].axes[place]
    marks = {line.get_label(): float(line.get_xdata()[0]) for line in axes.lines}
    [lines] = [one for one in axes.collections if one.get_label() == "interval"]
    ends = np.array([segment[:, 0] for segment in lines.get_segments()])
    for number, (name, option) in enumerate(SELECTION.items()):
        wanted = np.asarray(option[column], dtype=float)
        assert marks[name] == wanted[0]
        np.testing.assert_allclose(ends[number], wanted[1:])


def test_what_a_case_avoided_costs_stands_beside(pages):
    said = " ".join(text for text, _ in pages["protection", "en"])
    assert "410" in said
    assert "[320; 500]" in said


def titled(folder, options, language="en"):
    made_tables(folder, values())
    write_selection(folder, options)
    tables = read_tables(folder, titles=TITLES)
    charts()["protection"](tables, language)
    return protection.title(tables, language)


def test_the_title_tells_a_choice_that_holds_from_one_that_does_not(tmp_path):
    assert "fresh futures confirm it" in titled(tmp_path / "sure", SELECTION)
    chosen = SELECTION["full_cost_protected"]
    doubtful = (*chosen[:2], (-0.002, -0.006, 0.002), *chosen[3:4], ("", "", ""))
    unsure = {"full_cost_protected": doubtful}
    assert "do not confirm it" in titled(tmp_path / "unsure", unsure)
    missed = {"full_cost_protected": (1, 0, (0.002, 0.001, 0.003), *doubtful[3:])}
    assert titled(tmp_path / "none", missed).startswith("No way tested keeps")


def test_a_gap_in_money_is_told_in_money(tables):
    rows = [
        {**row, "unit_of_measure": "VND per resident and year", "indicator": "out_of_pocket",
         "dimension": "all", "key": "", "gap": "-33000"}
        for row in tables.files["selection.csv"]
    ]  # fmt: skip
    figure = charts()["protection"](replace(tables, files={"selection.csv": tuple(rows)}), "en")
    assert "(VND per resident and year)" in figure.axes[0].get_ylabel().replace("\n", " ")


def test_a_study_that_chooses_nothing_has_no_such_chart(tables):
    assert not charts()["protection"].has_matter(replace(tables, files={}))
