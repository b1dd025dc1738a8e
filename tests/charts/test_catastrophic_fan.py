"""Fans of catastrophic payments carry the numbers of the tables."""

from pricing.charts import catastrophic_fan as chart
from tests.charts.artists import check_fans


def test_fans_equal_the_tables(figures, tables, cells):
    check_fans(figures["catastrophic_fan", "vi"], chart.ROWS, tables, cells)


def test_title_names_the_roadmap_with_most_people_above_the_limit(tables, cells):
    address = "catastrophic_headcount", "threshold", "consumption_10"
    last = {name: cells("mean", "summary", name, *address)[-1] for name in tables.scenarios}
    worst = max(last, key=lambda name: last[name])
    value = f"{100 * last[worst]:.2f} %"
    assert f"under “{tables.titles[worst]['en']}”: {value}" in chart.title(tables, "en")
