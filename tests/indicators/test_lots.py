"""Lots: what they cost, fail, deliver; nothing is said of services that no scenario buys."""

import math

import numpy as np
import pytest

from pricing.compare.tables import tables
from pricing.indicators._indicator import indicators, measured
from pricing.results.result import Axes, Result, Span
from pricing.world.chronicle import LOT_EVENTS
from tests.indicators.facts import GROUPS, IDS, value


def events(**told):
    """The events of the three lots in a year."""
    return [[told.get(event, (0, 0, 0))[lot] for event in LOT_EVENTS] for lot in range(3)]


LOTS = {
    "lot_ordered": ("lot", [100, 40, 0]),
    "lot_delivered": ("lot", [90, 40, 0]),
    "lot_accepted": ("lot", [80, 40, 0]),
    "lot_quality": ("lot", [72, 34, 0]),
    "lot_paid": ("lot", [8_000, 4_000, 0]),
    "lot_returned": ("lot", [0, 1_000, 0]),
    "lot_administration": ("lot", [200, 100, 0]),
    "lot_event": (
        "lot lot_event",
        events(
            tender=(2, 1, 0),
            bids=(6, 1, 0),
            single_bid=(0, 1, 0),
            near_ceiling=(1, 0, 0),
            failed=(1, 0, 0),
            award=(1, 1, 0),
            award_value=(900, 500, 0),
            ceiling_value=(1_000, 500, 0),
            default=(0, 1, 0),
            interruption_days=(0, 31, 0),
            cycle_days=(60, 40, 0),
        ),
    ),
}


@pytest.mark.parametrize(
    ("indicator", "dimension", "key", "expected"),
    [
        ("lot_price", "service", "visit", 100.0),
        ("lot_price", "lot", "preschool", 100.0),
        ("award_over_ceiling", "service", "visit", 0.9),
        ("award_over_ceiling", "all", "", 1_400 / 1_500),
        ("lot_bidders", "all", "", 7 / 3),
        ("tendered_lots", "all", "", 3.0),
        ("awarded_lots", "service", "lesson", 1.0),
        ("failed_lots", "all", "", 1.0),
        ("failed_lots", "service", "lesson", 0.0),
        ("defaulted_lots", "service", "lesson", 1.0),
        ("interruption_days", "all", "", 31.0),
        ("delivered_over_ordered", "all", "", 130 / 140),
        ("delivered_over_ordered", "lot", "check_up", 0.9),
        ("lot_quality", "service", "visit", 0.8),
        ("lot_cycle_days", "all", "", 50.0),
        ("lot_administration", "service", "visit", 200.0),
        ("single_bid_share", "all", "", 0.5),
        ("near_ceiling_share", "all", "", 0.5),
    ],
)
def test_by_hand(indicator, dimension, key, expected) -> None:
    assert value(indicator, dimension, key, LOTS) == pytest.approx(expected, rel=1e-15)


def test_by_lot_nothing_is_said_of_the_one_that_was_not_bought() -> None:
    for indicator in ("lot_price", "delivered_over_ordered", "lot_quality"):
        assert math.isnan(value(indicator, "lot", "course", LOTS))


def run(years, **scenarios):
    """A result of scenarios given as events and quantities by year; all one future."""
    axes = Axes(
        ids={**IDS, "year": tuple(str(year) for year in years)},
        groups=GROUPS,
        quantities={name: ("year", *own.split()) for name, (own, _) in LOTS.items()},
    )
    arrays = {
        (scenario, name): np.stack([np.asarray(year[name][1], float) for year in given])[None, None]
        for scenario, given in scenarios.items()
        for name in LOTS
    }
    return Result(
        scenarios=tuple(scenarios),
        baseline=next(iter(scenarios)),
        axes=axes,
        span=Span(scrambling=(0,), replications=1, first_year=years[1], last_year=years[-1]),
        arrays=arrays,
        finished={name: np.ones((1, 1), bool) for name in scenarios},
    )


NOTHING = {name: (own, np.zeros_like(values)) for name, (own, values) in LOTS.items()}
LOT_INDICATORS = {
    name: one for name, one in indicators().items() if one.formula.__module__.endswith(".lots")
}


def paths(result, scenario, name, dimension="all"):
    return measured(result, scenario, {name: indicators()[name]})[name, dimension][0, 0]


def test_saving_holds_what_was_paid_against_the_ceilings_of_the_awards_in_force() -> None:
    awarded = {**NOTHING, "lot_event": LOTS["lot_event"]}
    paid = {**LOTS, "lot_event": NOTHING["lot_event"]}
    result = run((2025, 2026), base=[awarded, paid])
    reference = 8_000 / 0.9 + (4_000 + 1_000)  # what an assignment returned was advanced
    expected = 1 - (12_000 + 300) / reference
    assert paths(result, "base", "lot_saving")[0, 0] == pytest.approx(expected, rel=1e-15)


def test_a_price_at_the_ceiling_saves_less_than_nothing_by_its_administration() -> None:
    event = ("lot lot_event", events(award_value=(7, 7, 0), ceiling_value=(7, 7, 0)))
    full = {**LOTS, "lot_event": event, "lot_returned": ("lot", [0, 0, 0])}
    result = run((2025, 2026), base=[NOTHING, full])
    assert paths(result, "base", "lot_saving")[0, 0] == pytest.approx(-300 / 12_000, rel=1e-13)


def test_without_lots_no_indicator_of_them_has_a_row() -> None:
    assert len(LOT_INDICATORS) == 15
    found = tables(run((2025, 2026), base=[NOTHING] * 2, other=[NOTHING] * 2), LOT_INDICATORS)
    for block in (*found.summary, *found.comparison):
        assert not np.isfinite(next(iter(block.columns.values()))).any(), block.address


def test_a_scenario_without_failures_stands_beside_the_others_with_zeros() -> None:
    calm = {**LOTS, "lot_event": ("lot lot_event", events(award=(1, 1, 0)))}
    result = run((2025, 2026, 2027), base=[NOTHING, NOTHING, calm], other=[LOTS] * 3)
    for name in ("failed_lots", "defaulted_lots", "interruption_days", "tendered_lots"):
        assert paths(result, "base", name).tolist() == [[0.0], [0.0]]
    assert paths(result, "base", "lot_administration").tolist() == [[0.0], [300.0]]
    assert np.isnan(paths(result, "base", "lot_bidders")).all()
