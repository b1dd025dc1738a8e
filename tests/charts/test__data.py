"""The tables of a run, read as they were written."""

import pytest

from pricing.charts._data import Measure, read_tables, table
from tests.charts.synthetic import values, write_run

COST = Measure(indicator="net_public_cost")


def test_numbers_are_those_of_the_file_in_order_of_year(tables, cells, years):
    address = "full_cost_fast", "net_public_cost", "all", ""
    found = tables.comparison.values("full_cost_fast", COST, "difference")
    assert found.tolist() == cells("difference", "comparison", *address)
    assert tables.comparison.values("full_cost_fast", COST, "year").tolist() == years


def test_rows_out_of_order_are_put_in_order_of_year():
    start = {
        "scenario": "a",
        "indicator": "i",
        "dimension": "all",
        "key": "",
        "unit_of_measure": "VND",
    }
    rows = [start | {"year": year, "mean": mean} for year, mean in (("2027", "2"), ("2026", ""))]
    found = table(rows).values("a", Measure(indicator="i"), "mean").tolist()
    assert found[1] == 2.0
    assert found[0] != found[0]  # an empty cell is not a number


def test_what_is_missing_is_named(tables):
    with pytest.raises(LookupError, match=r"net_public_cost by place \(xa\) for scenario base"):
        tables.summary.values(
            "base", Measure(indicator="net_public_cost", dimension="place", key="xa"), "mean"
        )


def test_order_of_scenarios(tmp_path):
    write_run(tmp_path, values())
    plain = read_tables(tmp_path)
    assert plain.scenarios[:3] == ("base", "frozen_2026", "full_cost_2030")
    named = read_tables(tmp_path, titles={"full_cost_slow": {}, "gone": {}})
    assert named.scenarios[:3] == ("base", "full_cost_slow", "frozen_2026")
    assert named.roadmaps == named.scenarios[1:]
    assert (plain.run, plain.assumed_share, plain.n_trials) == (tmp_path.name, None, 64)


def test_without_a_comparison_the_first_scenario_is_the_baseline(tmp_path):
    write_run(tmp_path, values())
    comparison = tmp_path / "comparison.csv"
    header = comparison.read_text(encoding="utf-8-sig").splitlines()[0]
    comparison.write_text(header + "\n", encoding="utf-8-sig")
    assert read_tables(tmp_path).baseline == "base"
