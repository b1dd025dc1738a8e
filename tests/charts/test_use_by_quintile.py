"""Dots are differences of comparison.csv in percent of the baseline's mean in summary.csv."""

from pricing.charts import use_by_quintile as chart
from tests.charts.artists import line
from tests.charts.synthetic import NEEDS


def percent(cells, column, scenario, need):
    values = []
    for quintile in chart.QUINTILES:
        address = need.indicator, need.dimension, f"{need.key}*{quintile}"
        base = cells("mean", "summary", "base", *address)[-1]
        values.append(100 * cells(column, "comparison", scenario, *address)[-1] / base)
    return values


def test_needs_come_from_the_table_health_first(tables):
    found = [need.key for need in chart.drawn_needs(tables)]
    assert found == [*NEEDS["use_rate"], *NEEDS["enrolment_rate"]]


def test_dots_and_intervals_equal_the_tables(figures, tables, cells):
    for axes, need in zip(
        figures[chart.draw.kind, "vi"].axes, chart.drawn_needs(tables), strict=True
    ):
        bands = [item for item in axes.collections if item.get_label() == "estimate_interval"]
        assert len(bands) == len(tables.roadmaps)
        for place, scenario in enumerate(tables.roadmaps):
            x, y = line(axes, scenario)
            assert x == [6.0 * place + quintile for quintile in range(1, 6)]
            assert y == percent(cells, "difference", scenario, need)
            low = [path.vertices[0, 1] for path in bands[place].get_paths()]
            assert low == percent(cells, "estimate_low", scenario, need)


def test_title_gives_the_largest_change_of_the_poorest(tables, cells):
    changes = [
        percent(cells, "difference", scenario, need)[0]
        for need in chart.drawn_needs(tables)
        for scenario in tables.roadmaps
    ]
    largest = max(changes, key=abs)
    assert f"{largest:+.1f} %".replace("-", "−") in chart.title(tables, "en")
