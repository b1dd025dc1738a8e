"""Stacked bars of payments over consumption are the numbers of the tables in the last year."""

import pytest

from pricing.charts import household_burden as chart
from tests.charts.artists import bars, uprights

KEYS = {"quintile": ["1", "2", "3", "4", "5"], "place_kind": ["disadvantaged", "rural", "urban"]}


@pytest.mark.parametrize("row", [0, 1])
def test_bars_equal_the_summary(figures, tables, cells, row):
    dimension = chart.DIMENSIONS[row]
    keys = tables.summary.keys(chart.INDICATOR, dimension)
    assert sorted(keys) == KEYS[dimension]
    for place, scenario in enumerate(tables.scenarios):
        axes = figures["household_burden", "en"].axes[row * len(tables.scenarios) + place]
        for sector in chart.drawn_sectors(tables):
            wanted = [
                cells(
                    "mean", "summary", scenario, chart.INDICATOR,
                    f"sector*{dimension}", f"{sector}*{key}",
                )[-1]
                for key in keys
            ]  # fmt: skip
            assert bars(axes, sector) == pytest.approx(wanted, rel=1e-12)
        ends = tuple(
            [cells(end, "summary", scenario, chart.INDICATOR, dimension, key)[-1] for key in keys]
            for end in ("p05", "p95")
        )
        assert uprights(axes, "parameter_band") == ends


def test_title_names_the_heaviest_burden_of_the_poorest(tables, cells):
    address = chart.INDICATOR, "quintile", "1"
    last = {name: cells("mean", "summary", name, *address)[-1] for name in tables.scenarios}
    worst = max(last, key=lambda name: last[name])
    value = f"{100 * last[worst]:.1f} %"
    assert f"under “{tables.titles[worst]['en']}”: {value}" in chart.title(tables, "en")
