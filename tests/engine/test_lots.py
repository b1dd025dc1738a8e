"""Lots in the month: users, payers, prices, cost; nobody is paid twice, nothing is lost."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from pricing.base.errors import InvariantError
from pricing.engine.charges import charges
from pricing.engine.close import close, open_account
from pricing.engine.lots import lot_charges, lot_terms, users_of
from pricing.engine.standing import CITY_LEVEL
from pricing.world.accounts import LINES
from pricing.world.flows import LotFlows
from pricing.world.ledger import Ledger
from pricing.world.levers import LeverValues
from pricing.world.recorder import Outcome, Recorder
from tests.builders import toy_city
from tests.engine.small import Step, months, quiet_setup, quiet_year, still_levers, with_levers

SETUP = quiet_setup()
CITY = SETUP.city
LOTS = CITY.lots
CHECK_UP, VISIT, PRESCHOOL = (
    LOTS.id.index(name) for name in ("check_up_a", "consultation_c", "preschool_b")
)
PRICE = 300_000.0


def on(lot: int, value: float, neutral: float = 0.0) -> npt.NDArray[np.float64]:
    """A lever's values with one lot set."""
    values = np.full(len(LOTS.id), neutral)
    values[lot] = value
    return values


def bought(lot: int, scheme: int, **changes: float) -> LeverValues:
    """Base-year levers with one lot bought from its default supplier."""
    values = {
        "lot_offer": on(lot, float(LOTS.offer[lot]), -1.0),
        "lot_scheme": on(lot, scheme),
        "lot_price": on(lot, PRICE),
        "lot_volume": on(lot, LOTS.volume_month[lot]),
        "lot_quality": on(lot, SETUP.calibrated.parameters["quality_base"], 1.0),
    }
    given = {name: on(lot, value, 1.0) for name, value in changes.items()}
    return with_levers(still_levers(), values | given)


def recorded(steps: list[Step], years: int = 1) -> Outcome:
    """Quantities of closed months."""
    recorder = Recorder(CITY, range(2025, 2025 + years))
    account = open_account(SETUP, recorder, steps[0].before, steps[0].flows)
    for step in steps:
        close(account, SETUP, step.levers, (step.before, step.after), step.flows, step.month)
    return recorder.outcome()


def lots_of(step: Step) -> LotFlows:
    """The lots of a month in which there are some."""
    assert step.flows.lots is not None
    return step.flows.lots


def test_without_lots_the_month_is_what_it_was():
    assert lot_terms(CITY, SETUP.offers, still_levers(), quiet_year()[0].before.users, 1) is None
    assert quiet_year()[0].flows.lots is None
    assert not quiet_year()[0].flows.payments.lot.any()


def test_an_order_delivers_near_the_volume_it_foresees_and_pays_its_price():
    steps = months(SETUP, bought(CHECK_UP, 2), 12)
    total = sum(lots_of(step).delivered[CHECK_UP] for step in steps)
    assert total == pytest.approx(LOTS.volume_year[CHECK_UP], rel=0.25)
    for step in steps:
        lots = lots_of(step)
        assert lots.paid[CHECK_UP] == pytest.approx(PRICE * lots.accepted[CHECK_UP])
        assert lots.paid.sum() == pytest.approx(step.flows.payments.lot.sum())
        assert not lots.advanced.any()


def test_users_under_a_free_lot_pay_nothing_and_come_more():
    usual, free = quiet_year(), months(SETUP, bought(CHECK_UP, 2), 12)
    offer = LOTS.offer[CHECK_UP]
    before = sum(step.flows.volume[:, offer].sum() for step in usual)
    after = sum(step.flows.volume[:, offer].sum() for step in free)
    paid = sum(step.flows.payments.household[:, offer].sum() for step in free)
    assert after > before * 1.001
    assert paid < sum(step.flows.payments.household[:, offer].sum() for step in usual)


def test_what_is_not_accepted_is_not_paid():
    half = lots_of(months(SETUP, bought(CHECK_UP, 2, lot_acceptance=0.5), 1)[0])
    assert half.accepted[CHECK_UP] == pytest.approx(0.5 * half.delivered[CHECK_UP])
    assert half.paid[CHECK_UP] == pytest.approx(PRICE * half.accepted[CHECK_UP])


def test_what_lots_pay_leaves_the_grant():
    offer = LOTS.offer[VISIT]
    usual = quiet_year()[0].flows.supply.grant[offer].sum()
    ordered = months(SETUP, bought(VISIT, 2), 1)[0].flows
    assert usual > 0.0
    assert ordered.supply.grant[offer].sum() < usual
    full = ordered.norm[CITY.offers.norm[offer]].sum()
    funded = (ordered.earning + ordered.order_earning)[offer].sum()
    assert funded <= max(full, PRICE) * (1.0 + 1e-12)


def test_a_learners_lot_rests_in_the_holidays():
    steps = months(SETUP, bought(PRESCHOOL, 2), 12)
    taught = SETUP.offers.teaching[CITY.offers.need[LOTS.offer[PRESCHOOL]]]
    for step in steps:
        served = step.flows.lots
        found = 0.0 if served is None else served.delivered[PRESCHOOL]
        assert (found > 0) == bool(taught[step.month.number - 1])


def test_lots_on_one_offer_share_its_users():
    users = np.zeros(SETUP.offers.plan.size)
    offer = LOTS.offer[CHECK_UP]
    users[offer] = 100.0
    values = with_levers(
        still_levers(),
        {
            "lot_offer": np.full(len(LOTS.id), float(offer)),
            "lot_volume": np.full(len(LOTS.id), 50.0),
        },
    )
    terms = lot_terms(CITY, SETUP.offers, values, users, 1)
    assert terms is not None
    assert terms.cover.sum() == pytest.approx(1.0)


def test_charges_add_up_to_users_outside_and_inside_the_lot():
    step = months(SETUP, bought(CHECK_UP, 2), 1)[0]
    terms = lot_terms(CITY, SETUP.offers, step.levers, step.before.users, 1)
    assert terms is not None
    usual = quiet_year()[0].flows
    offer, cover = LOTS.offer[CHECK_UP], terms.cover[0]
    assert step.flows.charged[offer] == pytest.approx(usual.charged[offer] * (1.0 - cover))
    others = np.arange(usual.charged.size) != offer
    assert np.array_equal(step.flows.charged[others], usual.charged[others])


def test_a_non_public_price_has_no_components():
    levers = bought(CHECK_UP, 2)
    first = quiet_year()[0]
    priced = charges(SETUP.calibrated.charge_rules, first.before.prices.component, levers, 1.0, 0.0)
    terms = lot_terms(CITY, SETUP.offers, levers, first.before.users, 1)
    assert terms is not None
    nothing = np.zeros_like(priced.earning)
    changed = lot_charges(priced, terms, nothing)
    offer = LOTS.offer[CHECK_UP]
    assert changed.lot[offer] > 0.0
    assert changed.order_earning[offer].sum() == 0.0


def test_a_dear_supplier_costs_more_by_its_share_of_the_users():
    usual = months(SETUP, bought(VISIT, 2), 1)[0].flows.supply.cost
    dear = months(SETUP, bought(VISIT, 2, lot_cost_factor=1.2), 1)[0].flows.supply.cost
    offer = LOTS.offer[VISIT]
    assert dear[offer, 1] > usual[offer, 1]
    assert np.array_equal(dear[:, 2:], usual[:, 2:])


def test_quality_of_a_lot_moves_what_users_see():
    usual = months(SETUP, bought(VISIT, 2), 1)[0].after.quality
    poor = months(SETUP, bought(VISIT, 2, lot_quality=0.4), 1)[0].after.quality
    offer = LOTS.offer[VISIT]
    assert poor[offer] < usual[offer]
    assert np.array_equal(np.delete(poor, offer), np.delete(usual, offer))


def test_an_assignment_pays_in_advance_and_returns_what_it_did_not_spend():
    steps = months(SETUP, bought(VISIT, 1, lot_cost_factor=0.8), 12)
    assert not any(lots_of(step).paid.any() for step in steps)
    found = recorded(steps)
    advanced = sum(lots_of(step).advanced[VISIT] for step in steps)
    spent = sum(lots_of(step).spent[VISIT] for step in steps)
    assert advanced == pytest.approx(12 * PRICE * LOTS.volume_month[VISIT])
    assert found.series["lot_returned"][0, VISIT] == pytest.approx(advanced - spent)
    assert found.series["lot_paid"][0, VISIT] == pytest.approx(spent)


def task(factor: float) -> LeverValues:
    """A task whose estimate is the norm cost, at a factor of the unit's own cost over it."""
    offer = LOTS.offer[VISIT]
    usual = SETUP.offers.cost_scale[offer] * SETUP.chance.efficiency[CITY.offers.unit[offer]]
    norm = months(SETUP, still_levers(), 1)[0].flows.norm[CITY.offers.norm[offer]].sum()
    return bought(VISIT, 1, lot_price=float(norm), lot_cost_factor=factor / float(usual))


def test_what_a_task_costs_beyond_its_estimate_the_unit_bears():
    dear = recorded(months(SETUP, task(1.3), 12)).series
    assert not dear["lot_returned"].any()
    assert dear["lot_paid"][0, VISIT] > 0.0
    cheap = recorded(months(SETUP, task(0.7), 12)).series
    assert cheap["lot_returned"][0, VISIT] > 0.2 * cheap["lot_paid"][0, VISIT]


def test_cheap_months_make_good_what_dear_ones_cost_within_the_year():
    both = task(1.1), task(0.7)
    steps = months(SETUP, lambda month: both[month.number > 6], 12)
    advanced = sum(lots_of(step).advanced[VISIT] for step in steps)
    spent = sum(lots_of(step).spent[VISIT] for step in steps)
    assert 0.0 < advanced - spent < 0.15 * advanced
    assert recorded(steps).series["lot_returned"][0, VISIT] == pytest.approx(advanced - spent)


def test_a_task_spends_what_it_costs_the_unit_less_what_users_pay():
    step = months(SETUP, task(0.9), 1)[0]
    lots, norm = lots_of(step), step.flows.norm[CITY.offers.norm[LOTS.offer[VISIT]]].sum()
    by_users = LOTS.user_share[VISIT] * norm
    assert lots.spent[VISIT] == pytest.approx(lots.delivered[VISIT] * (0.9 * norm - by_users))


def test_an_assignment_that_ends_returns_at_once():
    given = bought(VISIT, 1, lot_cost_factor=0.8)
    ended = with_levers(still_levers(), {})
    steps = months(SETUP, lambda month: given if month.number <= 3 else ended, 6)
    recorder = Recorder(CITY, range(2025, 2026))
    account = open_account(SETUP, recorder, steps[0].before, steps[0].flows)
    for step in steps[:4]:
        close(account, SETUP, step.levers, (step.before, step.after), step.flows, step.month)
        standing = account.books.advances.unspent[VISIT]
        assert (standing > 0.0) == (step.month.number <= 3)
    assert account.published.lots.paid[VISIT] == pytest.approx(
        sum(lots_of(step).spent[VISIT] for step in steps[:3])
    )


def test_the_outlay_line_is_what_the_lots_were_paid():
    levers = with_levers(bought(CHECK_UP, 3), {"lot_administration": on(CHECK_UP, 2e6)})
    found = recorded(months(SETUP, levers, 12)).series
    line = found["outlay"][0].sum(0)[:, CITY_LEVEL]
    assert line[LINES.index("lots")] == pytest.approx(found["lot_paid"][0].sum())
    assert line[LINES.index("lot_administration")] == pytest.approx(12 * 2e6)
    assert found["lot_delivered"][0, CHECK_UP] > 0.0
    assert found["lot_quality"][0, CHECK_UP] == pytest.approx(
        SETUP.calibrated.parameters["quality_base"] * found["lot_delivered"][0, CHECK_UP]
    )


def test_a_lot_that_is_only_prepared_costs_administration():
    levers = with_levers(still_levers(), {"lot_administration": on(CHECK_UP, 1e6)})
    flows = months(SETUP, levers, 1)[0].flows
    assert flows.lots is not None
    assert not flows.lots.delivered.any()
    assert (flows.lots.offer == -1).all()


def test_users_of_a_mean_month_are_the_enrolled():
    users = users_of(SETUP.offers, SETUP.offers.plan)
    enrolled = SETUP.offers.is_enrolment
    assert users[enrolled] == pytest.approx(toy_city().offers.volume[enrolled])
    assert users[~enrolled] == pytest.approx(SETUP.offers.plan[~enrolled])


@pytest.mark.parametrize("purpose", ["lot_payment", "lot_return", "lot_administration"])
@pytest.mark.parametrize("factor", [0.0, 2.0], ids=["dropped", "doubled"])
def test_a_dropped_or_doubled_posting_of_lots_is_caught(monkeypatch, purpose, factor):
    levers = bought(VISIT, 1, lot_cost_factor=0.8)
    steps = months(SETUP, with_levers(levers, {"lot_administration": on(VISIT, 1e6)}), 12)
    post = Ledger.post

    def wrong(self, payer, payee, what, amounts):
        post(self, payer, payee, what, np.asarray(amounts) * (factor if what == purpose else 1.0))

    monkeypatch.setattr(Ledger, "post", wrong)
    with pytest.raises(InvariantError, match=r"2025-\d\d: off by"):
        recorded(steps)


def test_lots_paid_beside_their_offers_are_caught():
    step = months(SETUP, bought(CHECK_UP, 2), 1)[0]
    wrong = replace(lots_of(step), paid=2.0 * lots_of(step).paid)
    planted = replace(step, flows=replace(step.flows, lots=wrong))
    with pytest.raises(InvariantError, match="lots"):
        recorded([planted])
