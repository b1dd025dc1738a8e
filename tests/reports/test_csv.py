"""The CSV files: columns as promised, numbers that read back, nothing a spreadsheet would run."""

import csv
import io
from dataclasses import replace

import numpy as np
import pytest

from pricing.compare.attribution import attributions
from pricing.compare.ramsey import Benchmark, ServicePrice
from pricing.compare.selection import Estimate, Option, Selection
from pricing.compare.tables import Cell, tables
from pricing.indicators._indicator import Ratio, indicator
from pricing.reports.csv import (
    attribution_csv,
    comparison_csv,
    ramsey_csv,
    selection_csv,
    summary_csv,
    text_cell,
)
from tests.compare.chains import chain
from tests.results.tables import result

SUMMARY = (
    "scenario,indicator,dimension,key,year,unit_of_measure,"
    "mean,p05,p50,p95,estimate_low,estimate_high,n"
)
COMPARISON = (
    "scenario,baseline,indicator,dimension,key,year,unit_of_measure,"
    "difference,estimate_low,estimate_high,p05,p95,probability_lower,n"
)


@indicator("units, of output", "all", "service*quintile", source="a test")
def used(quantity):
    """Use."""
    return Ratio(of=quantity("volume"))


@indicator("share", "need", source="a test")
def rate(quantity):
    """Use per head."""
    return Ratio(of=quantity("volume"), over=quantity("at_risk"))


ATTRIBUTION = (
    "chain,step,from,to,indicator,dimension,key,year,unit_of_measure,"
    "difference,estimate_low,estimate_high,p05,p95,probability_lower,from_mean,to_mean,n"
)

WANTED = {"rate": rate, "used": used}


def rows(content: bytes) -> list[dict[str, str]]:
    """The rows of a file as a reader of CSV sees them."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_columns_in_their_order_behind_a_byte_order_mark() -> None:
    found = tables(result(), WANTED)
    for content, header in ((summary_csv(found), SUMMARY), (comparison_csv(found), COMPARISON)):
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.decode("utf-8-sig").split("\n", 1)[0] == header
        assert content.endswith(b"\n")


def test_one_row_a_scenario_key_and_year() -> None:
    found = rows(summary_csv(tables(result(), WANTED)))
    assert len(found) == 2 * (3 + 1 + 6) * 2
    keys = [tuple(row[name] for name in list(row)[:5]) for row in found]
    assert len(set(keys)) == len(keys)
    assert keys == sorted(keys)
    total = next(row for row in found if row["dimension"] == "all")
    assert (total["key"], total["unit_of_measure"], total["n"]) == ("", "units, of output", "8")


def test_numbers_read_back_to_the_last_bit() -> None:
    found = tables(result(), WANTED)
    block = next(
        one for one in found.comparison if one.address == ("other", "used", "service*quintile")
    )
    own = [
        row
        for row in rows(comparison_csv(found))
        if (row["scenario"], row["dimension"]) == ("other", "service*quintile")
    ]
    for row in own:
        at = block.years.index(int(row["year"])), block.keys.index(row["key"])
        for name in (
            "difference",
            "estimate_low",
            "estimate_high",
            "p05",
            "p95",
            "probability_lower",
        ):
            assert float(row[name]) == block.columns[name][at]


def test_the_same_results_are_the_same_bytes() -> None:
    assert summary_csv(tables(result(), WANTED)) == summary_csv(
        tables(result(), dict(reversed(WANTED.items())))
    )


def test_an_undefined_row_is_left_out_and_an_unknown_interval_empty() -> None:
    given = result()
    given.array("at_risk", "base")[:, :, 1, 0] = 0.0
    one_scrambling = replace(given, span=replace(given.span, scrambling=(0, 0, 0, 0)))
    found = rows(summary_csv(tables(one_scrambling, WANTED)))
    rates = [
        (row["scenario"], row["key"], row["year"]) for row in found if row["indicator"] == "rate"
    ]
    assert ("base", "ambulatory", "2026") not in rates
    assert ("base", "ambulatory", "2027") in rates
    assert {row["estimate_low"] for row in found} == {""}


def test_every_step_of_a_chain_has_its_rows_and_they_sum_to_the_total() -> None:
    given = result(("base", "mid", "end"))
    asked = chain("base", "mid", "end", indicators=("used",), dimension="service*quintile")
    content = attribution_csv(attributions(given, [asked], WANTED))
    assert content.decode("utf-8-sig").split("\n", 1)[0] == ATTRIBUTION
    found = rows(content)
    assert len(found) == 3 * 6 * 2
    assert {(row["step"], row["from"], row["to"]) for row in found} == {
        ("1", "base", "mid"),
        ("2", "mid", "end"),
        ("total", "base", "end"),
    }
    by_address: dict[tuple[str, str], dict[str, float]] = {}
    for row in found:
        own = by_address.setdefault((row["key"], row["year"]), {})
        own[row["step"]] = float(row["difference"])
        assert float(row["to_mean"]) - float(row["from_mean"]) == pytest.approx(own[row["step"]])
        assert (row["chain"], row["n"]) == ("links", "8")
    for parts in by_address.values():
        assert parts["1"] + parts["2"] == pytest.approx(parts["total"], rel=1e-12, abs=1e-14)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_run_is_text(start: str) -> None:
    cell = text_cell(f"{start}SUM(A1)")
    assert next(csv.reader(io.StringIO(cell, newline="")))[0] == f"'{start}SUM(A1)"


@pytest.mark.parametrize("text", ["base", 'a "b"', "a,b", "a\nb", "đầy đủ"])
def test_other_text_reads_back_as_it_is(text: str) -> None:
    assert next(csv.reader(io.StringIO(text_cell(text), newline=""))) == [text]


def test_negative_numbers_stay_numbers() -> None:
    given = result()
    for name in given.axes.quantities:
        given.array(name, "other")[:] -= 10.0
    found = rows(comparison_csv(tables(given, {"used": used})))
    assert all(float(row["difference"]) < -5.0 for row in found if row["scenario"] == "other")
    assert np.isfinite([float(row["difference"]) for row in found]).all()


def option(name: str, gap: float) -> Option:
    return Option(
        scenario=name,
        gap_seen=gap,
        cost_seen=2e9,
        gap=Estimate(mean=gap, low=gap - 1.0, high=gap + 1.0),
        cost=Estimate(mean=1e9, low=float("nan"), high=3e9),
    )


def test_a_selection_has_a_row_an_option() -> None:
    first, second = option("weak", 0.5), option("fit", -2.0)
    found = Selection(
        cell=Cell("base", "out_of_pocket", "quintile", "1"),
        cost="outlay",
        year=2035,
        unit_of_measure="VND per resident and year",
        cost_unit="VND",
        reference="none",
        options=(first, second),
        chosen=second,
    )
    lines = rows(selection_csv(found))
    assert [(line["scenario"], line["chosen"], line["keeps"]) for line in lines] == [
        ("weak", "0", "0"),
        ("fit", "1", "1"),
    ]
    assert lines[1]["gap_low"] == "-3.0"
    assert lines[1]["cost_low"] == ""
    assert lines[1]["indicator"] == "out_of_pocket"
    assert lines[1]["cost_indicator"] == "outlay"


def test_a_benchmark_has_a_row_a_service() -> None:
    price = ServicePrice(
        service="visit", volume=10.0, elasticity=-0.2, marginal_cost=100.0, user_price=50.0,
        list_price=200.0, second_best=60.0,
    )  # fmt: skip
    found = Benchmark(scenario="base", year=2035, services=(price,), number=-0.1, gain=7.0)
    [line] = rows(ramsey_csv([found]))
    assert line["second_best_list"] == "240.0"
    assert (line["ramsey_number"], line["gain"], line["year"]) == ("-0.1", "7.0", "2035")
