"""Fans of non-public shares are the rows of the tables, for the services that a city has."""

import pytest
from matplotlib.figure import Figure

from pricing.charts import non_public_share as chart
from tests.charts.artists import line


def test_rows_are_those_of_services_that_are_there(tables):
    found = [row.measure for row in chart.rows(tables)]
    assert [(one.indicator, one.key) for one in found] == [
        ("non_public_capacity_share", "inpatient_stay"),
        ("non_public_share", "preschool"),
        ("non_public_payment_share", ""),
    ]


@pytest.mark.parametrize("row", range(3))
def test_lines_equal_the_summary(figures, tables, cells, row):
    measure = chart.rows(tables)[row].measure
    address = measure.indicator, measure.dimension, measure.key
    for place, scenario in enumerate(tables.scenarios):
        axes = figures["non_public_share", "en"].axes[row * len(tables.scenarios) + place]
        _, drawn = line(axes, "mean")
        assert drawn == pytest.approx(cells("mean", "summary", scenario, *address))


@pytest.mark.parametrize(
    ("row", "first", "share"), [(0, 2030.0, 0.15), (1, 2030.0, 0.35), (2, None, None)]
)
def test_targets_are_drawn_from_their_year_on(figures, tables, row, first, share):
    width = len(tables.scenarios)
    for axes in figures["non_public_share", "vi"].axes[row * width : (row + 1) * width]:
        drawn = [item for item in axes.lines if item.get_label() == "target"]
        if share is None:  # payments have no target
            assert drawn == []
            continue
        years, values = line(axes, "target")
        assert (years[0], years[-1]) == (first, 2035.0)
        assert set(values) == {share}


def test_a_target_whose_year_is_past_is_drawn_over_all_years(tables):
    axes = Figure().add_subplot()
    chart.draw_target(axes, tables, chart.STUDENTS)
    years, values = line(axes, "target")
    assert years == tables.years.tolist()
    assert set(values) == {0.225}
