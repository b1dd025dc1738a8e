"""The month's volumes and payments, put together from patients and learners."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.engine.charges import Charges, charges
from pricing.engine.payers import split
from pricing.engine.payments import Tally, add_learners, blank, payments
from pricing.world.levers import LeverValues
from tests.builders import toy_city
from tests.engine.small import (
    calibrated,
    clock_at,
    first_state,
    quiet_setup,
    still_levers,
    with_levers,
)

SETUP = quiet_setup()
STATE = first_state(SETUP)
CITY = toy_city()


def september(number: int = 9, cpi: float = 1.0, **changes) -> tuple[Tally, Charges, LeverValues]:
    levers = with_levers(still_levers(), changes)
    priced = charges(calibrated().charge_rules, STATE.prices.component, levers, cpi, 0.0)
    tally = blank(SETUP)
    money = (clock_at(2025, number, cpi), priced, levers)
    add_learners(tally, SETUP, STATE.learners, money)
    return tally, priced, levers


def test_a_blank_tally_is_empty():
    tally = blank(SETUP)
    assert tally.cells is None
    for name in Tally.__dataclass_fields__.keys() - {"cells"}:
        assert np.all(getattr(tally, name) == 0.0), name


@pytest.mark.parametrize(
    "changes", [{}, {"support": 0.5}, {"private_support": 2.0}, {"tuition": 7e5}]
)
@pytest.mark.parametrize("cpi", [1.0, 1.2])
def test_learners_pay_what_the_split_of_their_fees_says(changes, cpi):
    tally, priced, levers = september(cpi=cpi, **changes)
    for need, learners in enumerate(STATE.learners):
        if learners is None:
            continue
        fit = calibrated().fits[need]
        window = fit.frame.offers
        paid = split(fit.rules, priced, levers, cpi)
        enrolled = learners.enrolled
        charges_of_school = enrolled.sum(2) * fit.rules.charges * cpi
        np.testing.assert_allclose(
            tally.household[:, window] + charges_of_school,
            (enrolled * paid.household).sum(2),
            rtol=1e-9,
            atol=1e-3,
        )
        np.testing.assert_allclose(
            tally.support[:, window], (enrolled * paid.budget).sum(2), rtol=1e-9
        )
        np.testing.assert_array_equal(tally.fund[:, window], 0.0)


def test_a_pupil_is_a_pupil_month_while_taught_and_none_in_summer():
    term, summer = september(9)[0], september(7)[0]
    primary = CITY.needs.id.index("primary")
    window = CITY.need_offers(primary)
    learners = STATE.learners[primary]
    assert learners is not None
    np.testing.assert_allclose(term.volume[:, window], learners.enrolled.sum(2))
    np.testing.assert_array_equal(summer.volume[:, window], 0.0)
    np.testing.assert_array_equal(summer.household[:, window], 0.0)
    # teachers stay: activity is spread over the year
    np.testing.assert_allclose(summer.activity[window], term.activity[window])
    np.testing.assert_allclose(
        term.activity[window], learners.enrolled.sum((0, 2)) * 9.0 / 12.0, rtol=1e-9
    )


def test_places_hold_all_learners_and_all_their_spending():
    tally, _, _ = september()
    np.testing.assert_allclose(tally.place_volume.sum(), tally.volume.sum(), rtol=1e-9)
    by_quintile = tally.household.sum(1) + tally.learning
    np.testing.assert_allclose(tally.place_household.sum((0, 1)), by_quintile, rtol=1e-9)


def test_outsiders_pay_like_the_mean_resident_of_the_offer():
    tally, priced, _ = september()
    university = int(np.flatnonzero(CITY.offers.outsider_share == 0.6)[0])
    paid = payments(tally, priced)
    per_resident = tally.household.sum(0)[university] / tally.volume.sum(0)[university]
    outsiders = CITY.offers.volume[university] * 0.6
    assert tally.outsiders[university] == pytest.approx(outsiders)
    assert paid.outside_household[university] == pytest.approx(per_resident * outsiders)


def test_an_offer_with_outsiders_only_is_paid_at_its_charge():
    tally, priced, _ = september()
    university = int(np.flatnonzero(CITY.offers.outsider_share == 0.6)[0])
    for values in (tally.volume, tally.household, tally.support):
        values[:, university] = 0.0
    paid = payments(tally, priced)
    assert paid.outside_household[university] == pytest.approx(
        tally.outsiders[university] * priced.charged[university]
    )
    assert paid.outside_support[university] == 0.0


def test_the_order_part_is_owed_for_residents_and_outsiders_alike():
    tally, priced, _ = september(per_pupil_share=0.5, tuition=0.0)
    paid = payments(tally, priced)
    np.testing.assert_allclose(paid.order, priced.order * tally.volume.sum(0))
    np.testing.assert_allclose(paid.outside_order, priced.order * tally.outsiders)
    assert paid.order.sum() > 0.0
    assert paid.outside_order.sum() > 0.0


def test_a_city_without_learners_has_nothing_to_add():
    tally = blank(SETUP)
    money = (clock_at(2025, 9), calibrated().charges, still_levers())
    add_learners(tally, SETUP, tuple(None for _ in STATE.learners), money)
    assert tally.volume.sum() == tally.learning.sum() == 0.0


def test_households_of_a_level_without_learners_spend_nothing():
    primary = CITY.needs.id.index("primary")
    learners = list(STATE.learners)
    found = learners[primary]
    assert found is not None
    learners[primary] = replace(
        found,
        stock=0.0 * found.stock,
        enrolled=0.0 * found.enrolled,
        by_place=0.0 * found.by_place,
        place_share=0.0 * found.place_share,
    )
    tally = blank(SETUP)
    money = (clock_at(2025, 9), calibrated().charges, still_levers())
    add_learners(tally, SETUP, tuple(learners), money)
    window = CITY.need_offers(primary)
    assert tally.household[:, window].sum() == 0.0
    assert tally.place_volume[CITY.services.id.index("primary")].sum() == 0.0
