"""The tables: every number recomputed by hand from trials, baseline against itself exactly zero."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.compare.tables import Cell, row, tables
from pricing.indicators._indicator import Ratio, indicator
from tests.results.tables import result


@indicator("units", "all", "service*quintile", source="a test")
def used(quantity):
    """Use."""
    return Ratio(of=quantity("volume"))


@indicator("share", "need", source="a test")
def rate(quantity):
    """Use per head."""
    return Ratio(of=quantity("volume"), over=quantity("at_risk"))


WANTED = {"used": used, "rate": rate}


def test_blocks_stand_in_the_order_of_the_file() -> None:
    found = tables(result(("zeta", "alpha")), WANTED)
    addresses = [block.address for block in found.summary]
    assert addresses == sorted(addresses)
    assert {block.scenario for block in found.comparison} == {"alpha", "zeta"}
    assert found.baseline == "zeta"


def test_summary_by_hand() -> None:
    given = result()
    found = row(
        tables(given, WANTED).summary, Cell("other", "used", "service*quintile", "stay*2"), 2027
    )
    values = given.array("volume", "other")[:, :, 2, 1, 1].mean(axis=1)
    assert found is not None
    assert found["mean"] == pytest.approx(values.mean())
    assert found["p95"] == pytest.approx(np.quantile(values, 0.95))
    assert found["n"] == 8


def test_comparison_by_hand() -> None:
    given = result()
    found = row(tables(given, WANTED).comparison, Cell("other", "rate", "need", "primary"), 2026)
    sums = {
        name: given.array("volume", name)[:, :, 1, 2].sum(axis=-1)
        / given.array("at_risk", name)[:, :, 1, 2].sum(axis=-1)
        for name in ("base", "other")
    }
    difference = (sums["other"] - sums["base"]).mean(axis=1)
    assert found is not None
    assert found["difference"] == pytest.approx(difference.mean())
    assert found["p05"] == pytest.approx(np.quantile(difference, 0.05))
    assert found["probability_lower"] == pytest.approx(np.clip(np.mean(difference < 0), 0.2, 0.8))


def test_baseline_against_itself_and_its_twin_is_exactly_zero() -> None:
    given = result(("base", "twin"))
    twin = {("twin", name): given.arrays["base", name] for name in given.axes.quantities}
    found = tables(replace(given, arrays={**given.arrays, **twin}), WANTED)
    for block in found.comparison:
        for name in ("difference", "estimate_low", "estimate_high", "p05", "p95"):
            assert np.array_equal(block.columns[name], np.zeros_like(block.columns[name]))
        assert np.all(block.columns["probability_lower"] == 0.5)


def test_futures_with_a_failed_trial_fall_out_of_the_pair() -> None:
    given = result()
    failed = np.ones((4, 2), bool)
    failed[2, 1] = False
    given.array("volume", "other")[2, 1] = np.nan
    found = tables(replace(given, finished={**given.finished, "other": failed}), WANTED)
    cell = Cell("base", "used")
    other = cell._replace(scenario="other")
    kept = given.array("volume", "other")[[0, 1, 3], :, 1].sum(axis=(2, 3))
    assert numbers(found.summary, cell)["n"] == 8
    assert numbers(found.summary, other)["n"] == 6
    assert numbers(found.comparison, other)["n"] == 6
    assert numbers(found.summary, other)["mean"] == pytest.approx(kept.mean())


def numbers(blocks, cell: Cell) -> dict[str, float]:
    """The row of 2026, which must be there."""
    found = row(blocks, cell, 2026)
    assert found is not None
    return found


def test_a_scenario_that_failed_everywhere_has_no_rows() -> None:
    given = result()
    nothing = {**given.finished, "other": np.zeros((4, 2), bool)}
    found = tables(replace(given, finished=nothing), WANTED)
    assert {block.scenario for block in found.summary} == {"base"}
    assert row(found.summary, Cell("other", "used"), 2026) is None


def test_without_a_baseline_nothing_is_compared() -> None:
    assert tables(replace(result(), baseline=None), WANTED).comparison == ()


def test_what_is_not_defined_has_no_row() -> None:
    given = result()
    given.array("at_risk", "base")[1, 0, 1, 0] = 0.0
    found = tables(given, WANTED)
    assert row(found.summary, Cell("base", "rate", "need", "ambulatory"), 2026) is None
    assert row(found.summary, Cell("base", "rate", "need", "ambulatory"), 2027) is not None
    assert row(found.summary, Cell("base", "rate", "need", "inpatient"), 2026) is not None
    assert row(found.comparison, Cell("other", "rate", "need", "ambulatory"), 2026) is None
    assert row(found.summary, Cell("base", "rate", "need", "no such need"), 2026) is None
