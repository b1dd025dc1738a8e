"""The fund's fans carry the numbers of the tables."""

from pricing.charts import fund
from tests.charts.artists import check_fans


def test_fans_equal_the_tables(figures, tables, cells):
    check_fans(figures["fund", "vi"], fund.ROWS, tables, cells)


def test_title_names_the_weakest_position(tables, cells):
    last = {
        name: cells("mean", "summary", name, "fund_net_position", "all", "")[-1]
        for name in tables.scenarios
    }
    weakest = tables.titles[min(last, key=lambda name: last[name])]["en"]
    assert f"lowest under “{weakest}”: −1.80 trillion VND" in fund.title(tables, "en")
