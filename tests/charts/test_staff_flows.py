"""Fans of vacant posts, quits and losses are the rows of the tables; gaps are left empty."""

import pytest
from matplotlib import pyplot

from pricing.charts import staff_flows as chart
from pricing.charts._data import read_tables
from tests.charts.artists import line
from tests.charts.synthetic import BASELINE, TITLES, values, write_run
from tests.charts.synthetic_staff import POSTS

MEASURES = (
    *(("vacancy_rate", "ownership*profession", f"public*{name}") for name in POSTS),
    ("quit_rate", "all", ""),
    ("public_staff_lost", "all", ""),
)


def test_rows_are_public_stocks_by_profession_then_flows(tables):
    found = [row.measure for row in chart.rows(tables)]
    assert [(one.indicator, one.dimension, one.key) for one in found] == list(MEASURES)


@pytest.mark.parametrize("row", range(len(MEASURES)))
def test_lines_equal_the_summary(figures, tables, cells, row):
    for place, scenario in enumerate(tables.scenarios):
        axes = figures["staff_flows", "en"].axes[row * len(tables.scenarios) + place]
        _, drawn = line(axes, "mean")
        assert drawn == pytest.approx(cells("mean", "summary", scenario, *MEASURES[row]))


def test_title_names_where_most_public_posts_are_vacant(tables, cells):
    address = "vacancy_rate", "ownership", "public"
    last = {name: cells("mean", "summary", name, *address)[-1] for name in tables.scenarios}
    worst = max(last, key=lambda name: last[name])
    assert f"“{tables.titles[worst]['en']}”" in chart.title(tables, "en")


@pytest.fixture(scope="module")
def gaps(tmp_path_factory):
    """A run whose baseline lets staff stand still."""
    folder = tmp_path_factory.mktemp("outputs") / "gaps-7f3a91"
    write_run(folder, values())
    indicators = {indicator for indicator, _, _ in MEASURES}
    for name in ("summary", "comparison"):
        path = folder / f"{name}.csv"
        kept = [
            row
            for row in path.read_text(encoding="utf-8-sig").splitlines()
            if not (row.split(",")[0] == BASELINE and row.split(",")[1] in indicators)
        ]
        path.write_text("\n".join(kept) + "\n", encoding="utf-8-sig")
    return read_tables(folder, titles=TITLES, assumed_share=0.46)


def test_a_scenario_whose_staff_stay_put_has_an_empty_panel(gaps):
    assert not gaps.summary.has(BASELINE, chart.VACANT)
    figure = chart.draw(gaps, "en")
    first, second = figure.axes[:2]
    assert not first.lines
    assert line(second, "mean")
    assert not [item for item in second.lines if item.get_label() == "baseline"]
    pyplot.close(figure)
