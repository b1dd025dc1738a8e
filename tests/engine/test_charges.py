"""Prices of a month: lists and ceilings, tuition and frames, order parts, own prices."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.base.arrays import Array
from pricing.engine.charges import ChargeRules, Charges, charge_rules, charges
from pricing.world.levers import LeverValues
from tests.builders import toy_city
from tests.engine.small import calibrated, first_state, quiet_setup, still_levers, with_levers

DRIFT = 0.02
CITY = toy_city()
OFFERS = CITY.offers
RULES = charge_rules(CITY, DRIFT)
PRICES: Array = first_state(quiet_setup()).prices.component
LEARNING = np.array([scheme != "health" for scheme in CITY.needs.scheme])[OFFERS.need]
LISTED = OFFERS.price_norm >= 0


def at(changes: dict[str, object] | None = None, cpi: float = 1.0, years: float = 0.0) -> Charges:
    levers: LeverValues = with_levers(still_levers(), changes or {})  # type: ignore[arg-type]  # numbers and arrays
    return charges(RULES, PRICES, levers, cpi, years)


def offer(unit: str, need: str) -> int:
    (found,) = np.flatnonzero(
        (OFFERS.unit == CITY.units.id.index(unit)) & (OFFERS.need == CITY.needs.id.index(need))
    )
    return int(found)


def test_patients_are_charged_the_list_price():
    found = at()
    health = LISTED & ~LEARNING
    listed = PRICES.sum(-1)[RULES.norm, RULES.kind]
    np.testing.assert_array_equal(found.charged[health], found.price[health])
    np.testing.assert_allclose(found.price[health], listed[health])
    assert np.all(found.price[health] > 0.0)


def test_a_private_hospital_under_contract_earns_the_public_list_price():
    found = at()
    private, public = offer("private_hospital_a", "inpatient"), offer("hospital_a", "inpatient")
    assert found.price[private] == found.price[public]


def test_own_prices_follow_consumer_prices_and_their_drift():
    found = at(cpi=1.1, years=2.0)
    own = ~LISTED
    np.testing.assert_allclose(
        found.price[own], OFFERS.own_price[own] * 1.1 * (1.0 + DRIFT) ** 2, rtol=1e-12
    )
    np.testing.assert_array_equal(found.charged[own], found.price[own])
    np.testing.assert_array_equal(found.price[LISTED], at().price[LISTED])


def test_learners_of_fee_free_offers_are_charged_nothing():
    found = at()
    free = LISTED & LEARNING & np.isnan(OFFERS.tuition)
    assert free.any()
    np.testing.assert_array_equal(found.charged[free], 0.0)
    assert np.all(found.price[free] > 0.0)


def test_a_frame_cuts_tuition_with_the_multiplier_of_the_units_tier():
    frame = np.full(still_levers()["tuition_frame"].shape, 50_000.0)
    found = at({"tuition_frame": frame})
    school, university = offer("schools_a", "preschool"), offer("university_a", "higher_education")
    assert found.charged[school] == 50_000.0
    assert RULES.frame_multiplier[university] == 2.0  # tier 2, Decree 238/2025
    assert found.charged[university] == 100_000.0


def test_a_legal_ceiling_cuts_the_list_price_but_no_own_price():
    stay = CITY.norms.id.index("stay_city")
    ceiling = still_levers()["price_ceiling"].copy()
    ceiling[stay] = 1e6
    before, after = at(), at({"price_ceiling": ceiling})
    hit = LISTED & (RULES.norm == stay)
    np.testing.assert_array_equal(after.price[hit], 1e6)
    np.testing.assert_array_equal(after.price[~hit], before.price[~hit])
    np.testing.assert_allclose(after.earning[hit].sum(1), 1e6)


def test_the_budget_owes_the_share_of_what_tuition_leaves_of_the_price():
    found = at({"per_pupil_share": 0.25})
    learners = LISTED & LEARNING
    left = np.maximum(found.price - found.charged, 0.0)
    np.testing.assert_allclose(found.order[learners], 0.25 * left[learners])
    assert found.order[offer("schools_a", "primary")] > 0.0
    np.testing.assert_array_equal(found.order[~learners], 0.0)
    np.testing.assert_array_equal(at().order, 0.0)


def test_non_public_learners_of_fee_free_levels_bring_the_public_tuition_of_their_place():
    found = at()
    private, public = offer("private_school_a", "preschool"), offer("schools_a", "preschool")
    assert found.private_support[private] == found.charged[public] == 100_000.0
    assert at({"private_support": 3.0}).private_support[private] == 300_000.0
    university = offer("private_university_a", "higher_education")
    assert found.private_support[university] == 0.0


def test_support_of_private_learners_never_passes_the_fee():
    found = at({"private_support": 1e4})
    private = offer("private_school_a", "preschool")
    assert found.private_support[private] == found.price[private]


def test_where_no_public_school_charges_the_table_says_what_private_learners_get():
    primary = offer("private_school_a", "primary")
    assert RULES.public_tuition[primary] == -1
    assert OFFERS.tuition[primary] == 100_000.0
    assert at({"private_support": 2.0}).private_support[primary] == 200_000.0


def test_an_autonomous_school_may_charge_more_than_its_list_and_keeps_the_surplus():
    university = offer("university_a", "higher_education")
    found = at({"tuition": 4.0 * at().price[university], "tuition_frame": np.inf})
    assert found.charged[university] == pytest.approx(4.0 * found.price[university])
    assert found.order[university] == 0.0
    assert found.earning[university].sum() == pytest.approx(found.price[university])


levers_of_a_month = st.fixed_dictionaries(
    {
        "tuition": st.floats(0.0, 2e7),
        "tuition_frame": st.one_of(st.just(np.inf), st.floats(0.0, 1e7)),
        "price_ceiling": st.one_of(st.just(np.inf), st.floats(1e3, 1e8)),
        "per_pupil_share": st.floats(0.0, 1.0),
        "private_support": st.floats(0.0, 5.0),
    }
)


@given(levers_of_a_month, st.floats(0.5, 3.0), st.floats(0.0, 10.0))
def test_whatever_the_levers_prices_are_in_order(changes, cpi, years):
    found = at(changes, cpi, years)
    slack = 1e-9 * found.price
    frame = changes["tuition_frame"] * RULES.frame_multiplier
    tuition = RULES.has_tuition
    assert np.all(found.charged[tuition] <= frame[tuition])
    assert np.all(found.charged >= 0.0)
    assert np.all(found.order >= 0.0)
    assert np.all(found.charged + found.order <= np.maximum(found.price, found.charged) + slack)
    assert np.all(found.private_support <= found.price)
    listed = RULES.is_regulated
    earned = np.minimum(found.charged, found.price)
    np.testing.assert_allclose(found.earning.sum(1)[listed], earned[listed], rtol=1e-12)
    np.testing.assert_allclose(found.order_earning.sum(1)[listed], found.order[listed], rtol=1e-12)
    np.testing.assert_array_equal(found.earning[~listed], 0.0)


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_a_larger_share_per_pupil_never_lowers_the_order(one, other):
    low, high = sorted((one, other))
    assert np.all(at({"per_pupil_share": low}).order <= at({"per_pupil_share": high}).order)


def test_the_calibrated_charges_are_those_of_the_base_year():
    rules: ChargeRules = calibrated().charge_rules
    again = charges(rules, PRICES, calibrated().levers, 1.0, 0.0)
    np.testing.assert_allclose(again.price, calibrated().charges.price, rtol=1e-12)


def test_an_autonomy_tier_without_a_multiplier_stays_in_the_frame():
    assert set(RULES.frame_multiplier) == {1.0, 2.0}
    school = offer("schools_a", "preschool")
    assert RULES.frame_multiplier[school] == 1.0
    moved = replace(RULES, frame_multiplier=np.full(OFFERS.unit.size, 2.5))
    frame = np.full(still_levers()["tuition_frame"].shape, 20_000.0)
    levers = with_levers(still_levers(), {"tuition_frame": frame})
    found = charges(moved, PRICES, levers, 1.0, 0.0)
    assert found.charged[school] == pytest.approx(50_000.0)
