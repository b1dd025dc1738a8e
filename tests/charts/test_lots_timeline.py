"""The fans of lots' events carry the numbers of the tables, counted one by one."""

from pricing.charts import lots_timeline
from tests.charts.artists import check_fans


def test_fans_equal_the_tables(figures, tables, cells):
    check_fans(figures["lots_timeline", "vi"], lots_timeline.ROWS, tables, cells)


def test_title_names_the_longest_interruption(tables, cells):
    last = {
        name: cells("mean", "summary", name, "interruption_days", "all", "")[-1]
        for name in tables.scenarios
    }
    longest = max(last, key=lambda name: last[name])
    title = lots_timeline.title(tables, "en")
    assert f"in 2035 under “{tables.titles[longest]['en']}”: {last[longest]:.0f} days" in title
