"""Curves and indices of concentration are the numbers of the tables in the last year."""

import pytest

from pricing.charts import concentration as chart
from tests.charts.artists import line, uprights


def test_curves_run_from_nobody_to_all_through_the_summary(figures, tables, cells):
    for place, scenario in enumerate(tables.scenarios):
        axes = figures["concentration", "vi"].axes[place]
        for name in chart.LOOKS:
            held = [
                cells("mean", "summary", scenario, chart.CURVE, "curve*tenth", f"{name}*{tenth}")
                for tenth in range(10, 101, 10)
            ]
            x, y = line(axes, name)
            assert x == pytest.approx([tenth / 10 for tenth in range(11)])
            assert y == [0.0, *(one[-1] for one in held)]
        assert line(axes, "equal") == ([0.0, 1.0], [0.0, 1.0])


def test_indices_equal_the_summary(figures, tables, cells):
    kinds = tables.summary.keys(chart.INDEX, "payment_kind")
    for place, scenario in enumerate(tables.scenarios):
        axes = figures["concentration", "en"].axes[len(tables.scenarios) + place]

        def column(name, scenario=scenario):
            return [
                cells(name, "summary", scenario, chart.INDEX, "payment_kind", kind)[-1]
                for kind in kinds
            ]

        assert line(axes, "mean")[1] == column("mean")
        assert uprights(axes, "estimate_interval") == (
            column("estimate_low"),
            column("estimate_high"),
        )


def test_title_names_where_hardship_falls_most_on_the_poor(tables, cells):
    address = chart.INDEX, "payment_kind", "catastrophic"
    last = {name: cells("mean", "summary", name, *address)[-1] for name in tables.scenarios}
    worst = min(last, key=lambda name: last[name])
    assert f"under “{tables.titles[worst]['en']}”: concentration −0." in chart.title(tables, "en")
