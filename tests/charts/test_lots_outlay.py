"""The fans of lots' outlay carry the numbers of the tables."""

from pricing.charts import lots_outlay
from tests.charts.artists import check_fans


def test_fans_equal_the_tables(figures, tables, cells):
    check_fans(figures["lots_outlay", "vi"], lots_outlay.ROWS, tables, cells)


def test_title_names_the_smallest_outlay_on_lots_and_in_all(tables, cells):
    title = lots_outlay.title(tables, "en")
    for address, said in (
        (("outlay", "line", "lots"), "smallest outlay of 2035 under"),
        (("outlay", "all", ""), "All budget outlay is smallest under"),
    ):
        last = {name: cells("mean", "summary", name, *address)[-1] for name in tables.scenarios}
        least = tables.titles[min(last, key=lambda name: last[name])]["en"]
        assert f"{said} “{least}”:" in title
