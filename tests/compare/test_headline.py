"""The headline: the last year's row of each table, and what pairing gained."""

from dataclasses import replace

import pytest

from pricing.compare.headline import HEADLINES, headlines
from pricing.compare.tables import Cell, row
from pricing.study import run_loaded
from tests.engine import standin
from tests.studies import standin_options, standin_study


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """A study of the stand-in, with a twin of the baseline."""
    folder = tmp_path_factory.mktemp("headline")
    scenarios = (standin.scenario("base"), standin.scenario("twin"), standin.scenario("up", 0.1))
    return run_loaded(standin_study(folder / "files", *scenarios), standin_options(folder / "out"))


def test_every_headline_of_every_scenario_in_the_studys_order(ran) -> None:
    found = [(one.indicator, one.dimension, one.key, one.scenario) for one in ran.headlines]
    assert found == [(*which, name) for which in HEADLINES for name in ("base", "twin", "up")]
    assert {one.year for one in ran.headlines} == {2027}


def test_numbers_are_those_of_the_tables(ran) -> None:
    for one in ran.headlines:
        cell = Cell(one.scenario, one.indicator, one.dimension, one.key)
        summary, comparison = (
            row(ran.tables.summary, cell, 2027),
            row(ran.tables.comparison, cell, 2027),
        )
        assert summary is not None
        assert comparison is not None
        assert one.mean == summary["mean"]
        if one.scenario == "base":
            assert one.against_baseline is None
        else:
            assert one.against_baseline is not None
            assert one.against_baseline.difference == comparison["difference"]
            assert one.against_baseline.probability_lower == comparison["probability_lower"]


def test_a_twin_is_not_distinguishable(ran) -> None:
    for one in ran.headlines:
        if one.scenario == "twin":
            found = one.against_baseline
            assert found is not None
            assert found.difference == found.estimate_low == found.estimate_high == 0.0
            assert found.probability_low < 0.5 < found.probability_high
            assert found.gain_futures is None


def test_no_probability_is_claimed_beyond_what_futures_show(ran) -> None:
    for one in ran.headlines:
        if one.scenario == "up" and one.indicator == "outlay":
            found = one.against_baseline
            assert found is not None
            assert found.probability_lower == found.probability_low == 1 / 3
            assert 1 / 3 < found.probability_high <= 2 / 3


def test_common_chance_makes_the_paired_difference_sharper(ran) -> None:
    outlay = next(one for one in ran.headlines if (one.scenario, one.indicator) == ("up", "outlay"))
    assert outlay.against_baseline is not None
    assert outlay.against_baseline.gain_chance is not None
    # the stand-in scales by 1.1, so the variance of the difference is 1 % of the baseline's
    assert outlay.against_baseline.gain_chance == pytest.approx((1.0 + 1.1**2) / 0.1**2)


def test_a_scenario_without_rows_has_no_headline(ran) -> None:
    nothing = {**ran.result.finished, "up": ran.result.finished["up"] & False}
    kept = tuple(block for block in ran.tables.summary if block.scenario != "up")
    found = headlines(replace(ran.result, finished=nothing), replace(ran.tables, summary=kept))
    assert {one.scenario for one in found} == {"base", "twin"}
