"""Steps of a chain sum to the total, and each is the paired difference of its two scenarios."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pricing.compare.attribution import TOTAL_STEP, attributions, last_year
from pricing.compare.paired import probability_lower, spread
from pricing.compare.tables import tables
from pricing.indicators._indicator import Ratio, indicator, measures
from tests.compare.chains import chain
from tests.results.tables import SPAN, result

NAMES = ("base", "one", "two", "end")


@indicator("units", "all", "service*quintile", source="a test")
def used(quantity):
    """Use."""
    return Ratio(of=quantity("volume"))


@indicator("share", "need", "all", source="a test")
def rate(quantity):
    """Use per head."""
    return Ratio(of=quantity("volume"), over=quantity("at_risk"))


WANTED = {"used": used, "rate": rate}
SPLIT = chain(*NAMES, indicators=("used",), dimension="service*quintile")
VOLUMES = arrays(np.float64, (4, 4, 2, 3, 3, 2), elements=st.floats(0.0, 1e12))


def of_volumes(volumes):
    """A run of four scenarios with given volumes (scenario, future, replication, …)."""
    made = result(NAMES)
    own = {(name, "volume"): values for name, values in zip(NAMES, volumes, strict=True)}
    return replace(made, arrays={**made.arrays, **own})


@settings(max_examples=40, deadline=None)
@given(VOLUMES)
def test_steps_sum_to_the_total_whatever_the_numbers(volumes) -> None:
    [found] = attributions(of_volumes(volumes), [SPLIT], WANTED)
    *steps, total = (part.block.columns for part in found.parts)
    scale = np.abs(volumes).max() or 1.0
    summed = np.sum([step["difference"] for step in steps], axis=0)
    assert np.abs(summed - total["difference"]).max() <= 1e-14 * 4 * scale
    for columns in (*steps, total):
        moved = columns["to_mean"] - columns["from_mean"]
        assert np.abs(moved - columns["difference"]).max() <= 1e-14 * 4 * scale
    for before, after in pairwise(steps):
        assert np.array_equal(before["to_mean"], after["from_mean"])
    assert np.array_equal(total["from_mean"], steps[0]["from_mean"])
    assert np.array_equal(total["to_mean"], steps[-1]["to_mean"])


def test_each_part_is_the_paired_difference_of_its_scenarios() -> None:
    made = result(NAMES)
    [found] = attributions(made, [SPLIT], WANTED)
    pairs = [*pairwise(NAMES), (NAMES[0], NAMES[-1])]
    assert [part.step for part in found.parts] == ["1", "2", "3", TOTAL_STEP]
    for part, (start, end) in zip(found.parts, pairs, strict=True):
        assert (part.start, part.block.scenario) == (start, end)
        moved = made.array("volume", end) - made.array("volume", start)
        difference = moved[:, :, 1:].reshape(SPAN.futures, SPAN.replications, -1)
        expected = spread(difference, np.array(SPAN.scrambling))
        columns = {name: column.reshape(-1) for name, column in part.block.columns.items()}
        assert np.array_equal(columns["difference"], expected.mean)
        for name in ("estimate_low", "estimate_high", "p05", "p95"):
            assert np.array_equal(columns[name], getattr(expected, name))
        assert np.array_equal(columns["probability_lower"], probability_lower(difference))
        assert np.all(columns["n"] == 8)


def test_a_step_from_the_baseline_is_the_row_of_the_comparison() -> None:
    made = result(NAMES)
    [found] = attributions(made, [chain("base", "two", indicators=("rate",))], WANTED)
    compared = next(
        block
        for block in tables(made, WANTED).comparison
        if block.address == ("two", "rate", "all")
    )
    for part in found.parts:  # with one step, step and total are one
        for name, column in compared.columns.items():
            assert np.array_equal(part.block.columns[name], column)
        assert part.block.years == (2026, 2027)


def test_the_whole_chain_shares_its_futures() -> None:
    made = result(NAMES)
    finished = np.ones((4, 2), bool)
    finished[2, 1] = False
    made.array("volume", "one")[2, 1] = np.nan
    short = replace(made, finished={**made.finished, "one": finished})
    [found] = attributions(short, [SPLIT], WANTED)
    for part in found.parts:
        assert np.all(part.block.columns["n"] == 6)
        assert np.isfinite(part.block.columns["difference"]).all()
    steps = [part.block.columns["difference"] for part in found.parts]
    assert sum(steps[:-1]) == pytest.approx(steps[-1])


def test_a_chain_of_which_nothing_finished_has_no_parts() -> None:
    made = result(NAMES)
    nothing = replace(made, finished={**made.finished, "one": np.zeros((4, 2), bool)})
    other = chain("base", "two", indicators=("used", "rate"))
    found = attributions(nothing, [SPLIT, other], WANTED)
    assert [one.chain for one in found] == [other, other]


def test_where_one_scenario_has_no_number_no_step_has() -> None:
    made = result(NAMES)
    made.array("at_risk", "two")[1, 0, 2, 0] = 0.0
    asked = chain(*NAMES, indicators=("rate",), dimension="need")
    [found] = attributions(made, [asked], WANTED)
    for part in found.parts:
        defined = np.isfinite(part.block.columns["difference"])
        assert defined.tolist() == [[True, True, True], [False, True, True]]
    rows = last_year([found])
    assert [(row.key, row.step) for row in rows] == [
        (key, step) for key in ("inpatient", "primary") for step in ("1", "2", "3", "total")
    ]


def test_rows_of_the_last_year_are_those_of_the_blocks() -> None:
    [found] = attributions(result(NAMES), [SPLIT], WANTED)
    rows = last_year([found])
    assert len(rows) == 4 * 6
    assert {(row.chain, row.year, row.n, row.unit_of_measure) for row in rows} == {
        ("links", 2027, 8, "units")
    }
    second = found.parts[1].block
    row = next(row for row in rows if (row.step, row.key) == ("2", "stay*2"))
    at = second.keys.index("stay*2")
    for name in ("difference", "estimate_low", "p95", "probability_lower", "from_mean", "to_mean"):
        assert getattr(row, name) == second.columns[name][-1, at]
    assert (row.start, row.end) == ("one", "two")


def test_an_unknown_interval_is_none() -> None:
    made = result(NAMES)
    single = replace(made, span=replace(made.span, scrambling=(0, 0, 0, 0)))
    rows = last_year(attributions(single, [SPLIT], WANTED))
    assert {(row.estimate_low, row.estimate_high) for row in rows} == {(None, None)}


def test_every_indicator_says_its_dimensions() -> None:
    known = measures()
    assert "quintile" in known["out_of_pocket"]
    assert all(known.values())
