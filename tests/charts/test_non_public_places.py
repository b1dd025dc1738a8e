"""A panel a place under the scenario with the largest non-public share, beside the baseline."""

from dataclasses import replace

import pytest
from matplotlib import pyplot

from pricing.charts import non_public_places as module
from pricing.charts._chart import charts
from pricing.charts.non_public_share import PAID
from tests.charts.artists import band, line
from tests.charts.synthetic import BASELINE
from tests.charts.synthetic_places import PLACES

ADDRESS = "non_public_share_made", "service*place"


@pytest.fixture(scope="module")
def preschool(tables):
    """The tables of the only service that is provided in several places."""
    found = module.parts(tables)
    assert list(found) == ["preschool"]
    return found["preschool"]


@pytest.fixture(scope="module")
def figure(preschool):
    drawn = charts()["non_public_places"](preschool, "en")
    yield drawn
    pyplot.close(drawn)


def test_the_scenario_is_the_one_with_the_largest_share_of_payments(tables, cells):
    address = "non_public_payment_share", "all", ""
    last = {name: cells("mean", "summary", name, *address)[-1] for name in tables.scenarios}
    assert module.scenario_shown(tables) == max(last, key=lambda name: last[name])


@pytest.mark.parametrize("place", PLACES)
def test_lines_and_band_equal_the_summary(figure, preschool, cells, place):
    axes = figure.axes[list(PLACES).index(place)]
    address = *ADDRESS, f"preschool*{place}"
    shown = module.scenario_shown(preschool)
    assert line(axes, "mean")[1] == pytest.approx(cells("mean", "summary", shown, *address))
    assert line(axes, "baseline")[1] == pytest.approx(cells("mean", "summary", BASELINE, *address))
    low, high = band(axes, "parameter_band")
    assert low == pytest.approx(cells("p05", "summary", shown, *address))
    assert high == pytest.approx(cells("p95", "summary", shown, *address))


def test_panels_are_named_share_an_axis_and_show_years_at_the_foot(figure):
    assert len(figure.axes) == len(PLACES)
    texts = {item.get_text() for item in figure.texts}
    assert {name.replace("_", " ") for name in PLACES} <= texts
    assert len({axes.get_ylim() for axes in figure.axes}) == 1
    shown = [axes.xaxis.get_tick_params()["labelbottom"] for axes in figure.axes]
    assert shown == [count + module.COLUMNS >= len(PLACES) for count in range(len(PLACES))]


def test_title_names_the_largest_place_and_counts_those_without(preschool):
    measures = module.places_of(preschool)
    text = module.title(preschool, measures, "en")
    assert text.startswith("Pupil-month of preschool, 2035")
    assert "largest in ninh kieu" in text
    assert "nil in 3 of 8 places" in text


def test_a_study_without_a_market_of_owners_has_no_figure(tables):
    kept = {at: rows for at, rows in tables.summary.index.items() if at[1].indicator != ADDRESS[0]}
    bare = replace(tables, summary=replace(tables.summary, index=kept))
    assert module.parts(bare) == {}
    unpaid = {at: rows for at, rows in tables.summary.index.items() if at[1] != PAID}
    none = replace(tables, summary=replace(tables.summary, index=unpaid))
    assert module.parts(none) == {}
