"""The study of contracts: one city, one chance, the same lots bought in six ways."""

from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from pricing.city.load import load_city
from pricing.compare.tables import Cell, Tables, row, tables
from pricing.indicators._indicator import indicators
from pricing.instruments._instrument import Instrument
from pricing.instruments._lot import LotInstrument
from pricing.scenario.scenario import Scenario
from pricing.scenario.study import Study, load_study
from tests.acceptance.toy import SHIPPED, result_of, run, shipped

HORIZON = (2025, 2029)
BIDDERS = (2, 4, 8)
TENDERED = tuple(f"contracts_bid_{number}" for number in BIDDERS)
ORDERED, ASSIGNED, MIXED = (f"contracts_{name}" for name in ("ordered", "assigned", "mixed"))
SCENARIOS = (ORDERED, ASSIGNED, *TENDERED, MIXED)


@cache
def study() -> Study:
    return load_study(SHIPPED / "contracts.toml")


@cache
def found() -> Tables:
    """Both tables of the toy city's run, one trial a scenario."""
    outcomes = {name: run(shipped(name, HORIZON)) for name in SCENARIOS}
    return tables(result_of(outcomes, HORIZON, ORDERED), indicators())


def level(scenario: str, indicator: str, year: int = HORIZON[1], key: str = "") -> float:
    dimension = "line" if key else "all"
    numbers = row(found().summary, Cell(scenario, indicator, dimension, key), year)
    return np.nan if numbers is None else numbers["mean"]


def not_buying(scenario: Scenario) -> dict[str, Instrument]:
    """The instruments that buy no lots."""
    found = scenario.instruments.items()
    return {name: model for name, model in found if not isinstance(model, LotInstrument)}


def test_the_study_differs_in_nothing_but_the_way_of_buying():
    scenarios = {one.name: one for one in study().scenarios}
    assert tuple(scenarios) == SCENARIOS
    ordered = scenarios[ORDERED]
    assert study().baseline == ORDERED
    for one in scenarios.values():
        assert one.parameters == ordered.parameters
        assert one.offices == ordered.offices
        assert not_buying(one) == not_buying(ordered)


def test_only_tenders_carry_the_legal_note():
    for one in study().scenarios:
        notes = [note for note in one.warnings if note.is_legal]
        assert bool(notes) == (one.name in TENDERED), one.name
        assert all("Decree 32/2019" in note.text("en") for note in notes)


def test_the_mixture_buys_every_lot_as_the_city_lists_it():
    lots = load_city(SHIPPED / "cities" / "can_tho").lots
    (mixed,) = [one for one in study().scenarios if one.name == MIXED]
    bought = {
        lots.id[lot]: model.scheme
        for model in mixed.instruments.values()
        if isinstance(model, LotInstrument)
        for lot in model.chosen(study().city).tolist()
    }
    assert bought == dict(zip(lots.id, lots.scheme, strict=True))


def test_more_bidders_fail_less_and_ask_less():
    for fewer, more in pairwise(TENDERED):
        assert level(more, "lot_bidders") > level(fewer, "lot_bidders")
        assert level(more, "award_over_ceiling") < level(fewer, "award_over_ceiling")
        assert level(more, "failed_lots") <= level(fewer, "failed_lots")


def test_tenders_cost_more_to_administer_than_orders_and_orders_than_assignments():
    paid = [level(name, "lot_administration") for name in (ASSIGNED, MIXED, ORDERED)]
    assert paid == sorted(paid)
    for name in TENDERED:
        assert level(name, "lot_administration") > paid[-1]
        assert level(name, "outlay", key="lot_administration") == pytest.approx(
            level(name, "lot_administration"), rel=1e-12
        )


def test_what_only_tenders_have_is_undefined_or_nothing_elsewhere():
    for name in (ORDERED, ASSIGNED, MIXED):
        assert np.isnan(level(name, "lot_bidders"))
        assert np.isnan(level(name, "single_bid_share"))
        assert level(name, "tendered_lots") == level(name, "defaulted_lots") == 0.0
    for name in TENDERED:
        assert 0.0 <= level(name, "single_bid_share") <= 1.0
        assert 0.0 <= level(name, "near_ceiling_share") <= 1.0


def test_an_assignment_has_no_reason_to_cut_cost_at_the_expense_of_quality():
    for name in (ORDERED, *TENDERED):
        assert level(ASSIGNED, "lot_quality") > level(name, "lot_quality")
