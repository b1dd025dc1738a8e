"""Bars and dots by quintile are the numbers of the tables in the last year."""

from pricing.charts import out_of_pocket_by_quintile as chart
from tests.charts.artists import bars, line, uprights


def quintiles(cells, column, table, scenario):
    return [
        cells(column, table, scenario, "out_of_pocket", "quintile", key)[-1]
        for key in chart.QUINTILES
    ]


def test_levels_equal_the_summary(figures, tables, cells):
    for place, scenario in enumerate(tables.scenarios):
        axes = figures[chart.draw.kind, "vi"].axes[place]
        assert bars(axes, "mean") == quintiles(cells, "mean", "summary", scenario)
        for label, ends in (
            ("parameter_band", ("p05", "p95")),
            ("estimate_interval", ("estimate_low", "estimate_high")),
        ):
            expected = tuple(quintiles(cells, end, "summary", scenario) for end in ends)
            assert uprights(axes, label) == expected


def test_differences_equal_the_comparison(figures, tables, cells):
    for place, scenario in enumerate(tables.scenarios):
        axes = figures[chart.draw.kind, "en"].axes[len(tables.scenarios) + place]
        if scenario == tables.baseline:
            assert not axes.collections
            continue
        expected = quintiles(cells, "difference", "comparison", scenario)
        assert line(axes, "difference") == ([1.0, 2.0, 3.0, 4.0, 5.0], expected)
        ends = tuple(
            quintiles(cells, end, "comparison", scenario)
            for end in ("estimate_low", "estimate_high")
        )
        assert uprights(axes, "estimate_interval") == ends


def test_title_names_the_heaviest_burden_of_the_poorest(tables, cells):
    burden = {
        name: cells("mean", "summary", name, "out_of_pocket", "quintile", "1")[-1]
        for name in tables.scenarios
    }
    heaviest = max(burden, key=lambda name: burden[name])
    assert f"under “{tables.titles[heaviest]['en']}”: 1.74 million" in chart.title(tables, "en")
