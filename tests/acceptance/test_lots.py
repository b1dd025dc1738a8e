"""Lots through whole trials: failed tenders, a default and its re-tender, the end of a task."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from pricing.base.arrays import Array
from pricing.base.draws import Draws
from pricing.engine.simulate import prepare
from pricing.scenario.load import load_scenario
from pricing.scenario.scenario import OfficeSpec, Scenario
from pricing.world.accounts import LINES
from pricing.world.chronicle import LOT_EVENTS
from pricing.world.recorder import Outcome
from tests.acceptance.toy import STUDY, central, closed_months, run, same, trial
from tests.builders import toy_city
from tests.instruments.life import instrument

CITY = toy_city()
LOTS = CITY.lots
CARE = LOTS.id.index("consultation_c")
YEARS = (2025, 2028)
TENDERED = {"kind": "bidding", "lots": ["consultation_c"]}
ASSIGNED = {"kind": "task_assignment", "lots": ["consultation_c"]}
EVERY = {
    "assigned": {"kind": "task_assignment", "services": ["commune_consultation", "preschool"]},
    "ordered": {"kind": "ordering", "lots": ["check_up_a", "short_course_c"]},
    "tendered": {"kind": "bidding", "lots": ["check_up_b", "intermediate_a"]},
}


def buying(keys: Mapping[str, Mapping[str, object]], officers: int = 0) -> Scenario:
    """The toy study's base with instruments added, and officers of procurement if any."""
    base = load_scenario(STUDY / "base.toml", CITY)
    added = {name: instrument(one) for name, one in keys.items()}
    offices = {"procurement": OfficeSpec(officers=officers)} if officers else {}
    return replace(
        base,
        instruments={**base.instruments, **added},
        offices={**base.offices, **offices},
        horizon=YEARS,
    )


def told(outcome: Outcome, event: str, lot: int = CARE) -> list[float]:
    """An event of a lot by year."""
    return [float(one) for one in outcome.series["lot_event"][:, lot, LOT_EVENTS.index(event)]]


def line(outcome: Outcome, name: str) -> Array:
    """Outlay of a budget line by year, VND."""
    paid: Array = outcome.series["outlay"].sum(axis=(1, 3))[:, LINES.index(name)]
    return paid


def test_a_tender_that_fails_three_times_is_ordered():
    outcome = run(buying({"tender": {**TENDERED, "ceiling_factor": 0.2}}))
    assert told(outcome, "failed")[0] == 3.0
    assert told(outcome, "fallback")[0] == 1.0
    assert told(outcome, "bids") == [0.0] * 4
    # three notices make the first contract late, by a month
    assert outcome.series["lot_ordered"][1, CARE] == pytest.approx(11 * 500.0)
    assert outcome.series["lot_paid"][1, CARE] > 0.0


def ruinous() -> tuple[dict[str, float], int]:
    """Parameters of large shocks without bonds, and a replication whose first contract breaks.

    In month 7 of it; the second attempt meets a good shock.
    """
    changes = {"cost_shock_sd": 0.6, "performance_bond_share": 0.0, "default_penalty_share": 0.0}
    shape = (len(LOTS.id), 2)
    for replication in range(1000):
        chance = Draws(20261125, replication)
        shock, month = chance.table("lot_shock/0/0", shape)[CARE]
        after = chance.table("lot_shock/0/1", shape)[CARE, 0]
        if shock > 0.85 and 1 + int(month * 11) == 6 and after < 0.6:
            return central(**changes), replication
    raise LookupError("no replication has such a default")


def test_a_default_in_month_7_is_retendered_and_nothing_is_paid_between():
    values, replication = ruinous()
    scenario = buying({"tender": {**TENDERED, "n_bidders": 4}})
    outcome = run(scenario, prepare(CITY, values), replication)
    assert told(outcome, "default")[1] == 1.0
    assert told(outcome, "retender")[1] == 1.0
    # nine days of notice, forty to the contract: July and August are lost
    assert told(outcome, "interruption_days")[1] == 62.0
    assert outcome.series["lot_ordered"][1, CARE] == pytest.approx(10 * 500.0)
    assert told(outcome, "award")[:2] == [1.0, 1.0]


def test_in_the_months_between_the_supplier_is_paid_as_usual(monkeypatch):
    values, replication = ruinous()
    scenario = buying({"tender": {**TENDERED, "n_bidders": 4}})
    with closed_months(monkeypatch) as seen:
        run(scenario, prepare(CITY, values), replication)
    paid = {one.month.text: one.flows.payments.lot.sum() for one in seen}
    served = [month for month in sorted(paid) if month.startswith("2026") and paid[month] > 0.0]
    assert served == [f"2026-{month:02d}" for month in (1, 2, 3, 4, 5, 6, 9, 10, 11, 12)]
    for one in seen:
        assert one.flows.volume[:, LOTS.offer[CARE]].sum() > 0.0


def test_an_assignment_is_ended_by_the_issue_of_a_unit_price_and_settled():
    road = {
        "kind": "price_roadmap",
        "services": ["commune_consultation"],
        "included": {key: {"2027-04": 1.0} for key in ("management", "depreciation")},
    }
    kept = run(buying({"assign": ASSIGNED}))
    ended = run(buying({"assign": ASSIGNED, "road": road}))
    months = ended.series["lot_ordered"][:, CARE] / 500.0
    # the price waits for three officers; it is known in the month after its decision
    assert months[1] == pytest.approx(12.0)
    assert 4.0 <= round(months[2], 6) < 12.0
    assert months[3] == 0.0
    assert told(ended, "settled") == [0.0, 0.0, 2.0, 0.0]
    assert ended.series["lot_paid"][3, CARE] == 0.0
    assert kept.series["lot_ordered"][3, CARE] == pytest.approx(6000.0)
    followed = run(buying({"assign": {**ASSIGNED, "then": "ordering"}, "road": road}))
    assert told(followed, "interruption_days")[2] in (30.0 + 31.0, 31.0 + 31.0)
    assert followed.series["lot_ordered"][3, CARE] == pytest.approx(6000.0)


def test_what_lots_are_paid_is_the_ledgers_line_and_no_service_is_paid_twice_or_lost(monkeypatch):
    with closed_months(monkeypatch) as seen:
        outcome = run(buying(EVERY, officers=2))
    paid = outcome.series["lot_paid"]  # net of what came back
    assert outcome.series["lot_returned"].any()
    np.testing.assert_allclose(paid.sum(1), line(outcome, "lots"), rtol=1e-9, atol=1.0)
    np.testing.assert_allclose(
        outcome.series["lot_administration"].sum(1), line(outcome, "lot_administration"), atol=1.0
    )
    assert (outcome.series["lot_delivered"][2:] > 0.0).all()
    for one in seen:
        lots = one.flows.lots
        if lots is None:
            continue
        volume = one.flows.volume.sum(0) + one.flows.outsiders
        served = np.bincount(
            np.maximum(lots.offer, 0), lots.delivered * (lots.offer >= 0), volume.size
        )
        assert (served <= volume * (1.0 + 1e-9)).all()
        assert (lots.accepted <= lots.delivered * (1.0 + 1e-9)).all()


def test_people_use_no_less_and_the_grant_falls_where_lots_pay():
    still, bought = run(buying({})), run(buying({"assign": ASSIGNED}))
    service = CITY.services.id.index("commune_consultation")
    use = [one.series["volume"][3, service].sum() for one in (still, bought)]
    assert use[1] >= 0.999 * use[0]
    assert line(bought, "recurrent_grant")[3] < line(still, "recurrent_grant")[3]
    assert line(bought, "lots")[3] > 0.0


def test_any_order_of_instruments_gives_the_same_trial():
    first, *others = (
        run(buying({name: EVERY[name] for name in order}, officers=1))
        for order in permutations(EVERY)
    )
    assert all(same(first, other) for other in others)


def test_a_scenario_without_lots_tells_nothing_of_them():
    outcome = run(buying({}))
    assert not outcome.series["lot_event"].any()
    assert not outcome.series["lot_paid"].any()
    assert trial(buying({})).scenario == "base"
