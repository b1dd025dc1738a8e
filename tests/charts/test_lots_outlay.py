"""The fans of lots' outlay carry the numbers of the tables."""

from pricing.charts import lots_outlay
from tests.charts.artists import check_fans


def test_fans_equal_the_tables(figures, tables, cells):
    check_fans(figures["lots_outlay", "vi"], lots_outlay.ROWS, tables, cells)


def test_title_names_the_smallest_outlay_on_lots(tables, cells):
    last = {
        name: cells("mean", "summary", name, "outlay", "line", "lots")[-1]
        for name in tables.scenarios
    }
    least = tables.titles[min(last, key=lambda name: last[name])]["en"]
    assert f"smallest outlay of 2035 under “{least}”:" in lots_outlay.title(tables, "en")
