"""The fans of outlay and net public cost carry the numbers of the tables."""

from pricing.charts import outlay_fan
from tests.charts.artists import check_fans


def test_fans_equal_the_tables(figures, tables, cells):
    check_fans(figures["outlay_fan", "en"], outlay_fan.ROWS, tables, cells)


def test_axes_of_a_row_are_the_same_for_every_roadmap(figures, tables):
    axes = figures["outlay_fan", "vi"].axes
    count = len(tables.scenarios)
    for start in range(0, len(axes), count):
        assert len({item.get_ylim() for item in axes[start : start + count]}) == 1


def test_title_names_the_least_cost(tables, cells):
    last = {
        name: cells("mean", "summary", name, "net_public_cost", "all", "")[-1]
        for name in tables.scenarios
    }
    least = tables.titles[min(last, key=lambda name: last[name])]["vi"]
    assert f"thấp nhất theo “{least}”: 21,6 nghìn tỷ đồng" in outlay_fan.title(tables, "vi")
