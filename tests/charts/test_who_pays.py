"""Shares by payer are those of the tables, and so are the moves of the households' share."""

from dataclasses import replace

import pytest

from pricing.charts import who_pays
from tests.charts.artists import bars, line

SECTORS = ("education", "health", "vocational")


def test_sectors_come_from_the_table(tables):
    assert sorted(who_pays.drawn_sectors(tables)) == sorted(SECTORS)


def test_bars_equal_the_last_year(figures, tables, cells):
    for place, sector in enumerate(who_pays.drawn_sectors(tables)):
        axes = figures["who_pays", "vi"].axes[2 * place]
        for payer in who_pays.PAYERS:
            address = "payer_share", "sector*payer", f"{sector}*{payer}"
            expected = [cells("mean", "summary", name, *address)[-1] for name in tables.scenarios]
            assert bars(axes, payer) == pytest.approx(expected, rel=1e-12, abs=0)
        ends = [patch.get_x() + patch.get_width() for patch in axes.containers[-1]]
        assert ends == pytest.approx([1.0] * len(tables.scenarios))


def test_lines_equal_the_comparison(figures, tables, cells, years):
    for place, sector in enumerate(who_pays.drawn_sectors(tables)):
        axes = figures["who_pays", "en"].axes[2 * place + 1]
        for scenario in tables.roadmaps:
            address = "comparison", scenario, "payer_share", "sector*payer", f"{sector}*household"
            assert line(axes, scenario) == (years, cells("difference", *address))


def test_a_payer_without_a_row_pays_nothing(tables):
    measure = who_pays.payer_share("health", "fund")
    index = {at: rows for at, rows in tables.summary.index.items() if at[1] != measure}
    fewer = replace(tables, summary=replace(tables.summary, index=index))
    assert who_pays.last_shares(fewer, "health", "fund").tolist() == [0.0] * 6


def test_title_gives_both_ends(tables, cells):
    sector = who_pays.drawn_sectors(tables)[0]
    shares = [
        cells("mean", "summary", name, "payer_share", "sector*payer", f"{sector}*household")[-1]
        for name in tables.scenarios
    ]
    title = who_pays.title(tables, "vi")
    for end in (min(shares), max(shares)):
        assert f"{100 * end:.1f} %".replace(".", ",") in title
