"""Who pays: nothing of a charge vanishes, and more cover never costs the covered more."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing.base.arrays import Array
from pricing.engine.charges import Charges, charges
from pricing.engine.payers import split
from pricing.engine.rules import NeedRules, need_rules
from pricing.equations.user_price import Payers
from pricing.world.levers import LeverValues
from tests.builders import toy_city
from tests.engine.small import calibrated, first_state, quiet_setup, still_levers, with_levers

CITY = toy_city()
PRICES = first_state(quiet_setup()).prices.component
RULES = tuple(fit.rules for fit in calibrated().fits)
HEALTH = [rules for rules in RULES if rules.scheme == "health"]

share = st.floats(0.0, 1.0)
levers_of_a_month = st.fixed_dictionaries(
    {
        "benefit": st.lists(share, min_size=4, max_size=4).map(np.array),
        "route": share,
        "support": share,
        "private_support": st.floats(0.0, 3.0),
        "fee_waiver": share,
        "check_up_support": share,
        "voucher": st.floats(0.0, 5e5),
        "copayment_relief": share,
        "tuition": st.floats(0.0, 5e6),
        "base_salary": st.floats(1e5, 1e8),
    }
)


def month(changes: dict[str, object], cpi: float = 1.0) -> tuple[LeverValues, Charges]:
    levers = with_levers(still_levers(), changes)  # type: ignore[arg-type]  # numbers and arrays
    return levers, charges(calibrated().charge_rules, PRICES, levers, cpi, 0.0)


def paid(rules: NeedRules, changes: dict[str, object], cpi: float = 1.0) -> Payers:
    levers, priced = month(changes, cpi)
    return split(rules, priced, levers, cpi)


def household(rules: NeedRules, changes: dict[str, object]) -> Array:
    return paid(rules, changes).household


@settings(max_examples=50)
@given(levers_of_a_month, st.floats(0.5, 2.0))
def test_payers_add_up_to_the_charge_and_the_extras_of_every_offer(changes, cpi):
    levers, priced = month(changes, cpi)
    for rules in RULES:
        found = split(rules, priced, levers, cpi)
        total = found.fund + found.budget + found.household
        wanted = priced.charged[rules.offers] + (rules.top_up + rules.charges) * cpi
        np.testing.assert_allclose(
            total, np.broadcast_to(wanted[:, :, None], total.shape), rtol=1e-9
        )
        slack = 1e-9 * wanted.max()
        for part in (found.fund, found.budget, found.household):
            assert part.min() >= -slack


@settings(max_examples=30)
@given(
    levers_of_a_month,
    share,
    st.sampled_from(["benefit", "fee_waiver", "support", "route", "copayment_relief"]),
)
def test_more_cover_never_raises_what_a_family_pays(changes, more, lever):
    less = changes[lever]
    given_more = {**changes, lever: less + more * (1.0 - less)}
    for rules in RULES:
        before, after = household(rules, changes), household(rules, given_more)
        assert np.all(after <= before + 1e-9 * before.max())


def test_a_full_benefit_leaves_what_lies_outside_the_package():
    rules = HEALTH[1]
    found = paid(rules, {"benefit": [1.0, 0.95, 0.8, 0.0], "route": 1.0})
    charged = month({})[1].charged[rules.offers]
    full = found.household[:, :, 0] - rules.top_up
    np.testing.assert_allclose(full, np.broadcast_to(charged * rules.outside_package, full.shape))


def test_people_without_cover_pay_the_whole_bill():
    for rules in HEALTH:
        found = paid(rules, {"support": 0.0, "check_up_support": 0.0})
        charged = month({})[1].charged[rules.offers]
        own = found.household[:, :, rules.uncovered] - rules.top_up
        np.testing.assert_allclose(own, np.broadcast_to(charged, own.shape))


def test_a_waiver_of_own_shares_does_nothing_for_people_without_cover():
    rules = HEALTH[1]
    before, after = household(rules, {}), household(rules, {"fee_waiver": 0.5})
    np.testing.assert_array_equal(after[..., rules.uncovered], before[..., rules.uncovered])
    assert np.all(after[:, 0, 2] < before[:, 0, 2])


def test_the_insured_pay_no_own_share_of_a_small_bill():
    rules = HEALTH[0]
    commune = 0
    charged = month({})[1].charged[rules.offers][commune]
    just_small = charged / rules.small_bill * 1.01
    small = household(rules, {"base_salary": just_small})
    large = household(rules, {"base_salary": just_small / 1.1})
    insured = [0, 1, 2]
    for benefit_class in insured:
        np.testing.assert_allclose(
            small[:, commune, benefit_class], small[:, commune, 0], rtol=1e-12
        )
    assert np.all(large[:, commune, 2] > small[:, commune, 2])
    np.testing.assert_array_equal(small[:, commune, 3], large[:, commune, 3])


def test_support_pays_for_regulated_prices_only():
    rules = RULES[CITY.needs.id.index("higher_education")]
    found = paid(rules, {"support": 1.0})
    listed = rules.is_regulated > 0
    charged = month({})[1].charged[rules.offers]
    np.testing.assert_allclose(
        found.budget[:, listed], np.broadcast_to(charged[listed, None], (5, listed.sum(), 3))
    )
    np.testing.assert_array_equal(found.budget[:, ~listed], 0.0)


def test_free_check_ups_are_the_budgets():
    rules = RULES[CITY.needs.id.index("preventive")]
    found = paid(rules, {"check_up_support": 1.0})
    np.testing.assert_allclose(found.household, rules.top_up[:, :, None] + 0 * found.household)
    assert found.budget.min() > 0.0


def test_support_of_private_learners_takes_from_the_family_what_it_gives():
    rules = RULES[CITY.needs.id.index("preschool")]
    without, with_it = (paid(rules, {"private_support": s}) for s in (0.0, 1.0))
    private = CITY.units.id.index("private_school_a")
    (offer,) = np.flatnonzero(CITY.offers.unit[rules.offers] == private)
    np.testing.assert_allclose(without.household[:, offer] - with_it.household[:, offer], 1e5)
    np.testing.assert_allclose(with_it.budget[:, offer] - without.budget[:, offer], 1e5)


@pytest.mark.parametrize("cpi", [1.0, 1.7])
def test_top_ups_and_other_charges_follow_consumer_prices(cpi):
    parameters = calibrated().parameters
    rules = need_rules(CITY, CITY.needs.id.index("primary"), parameters, 1.0)
    found = paid(rules, {}, cpi)
    public = rules.is_regulated > 0
    np.testing.assert_allclose(found.household[:, public].min(), rules.charges[0] * cpi)


def test_relief_pays_the_copayment_and_nothing_else():
    rules = HEALTH[1]
    cover = {"benefit": [1.0, 0.95, 0.8, 0.0], "route": 1.0, "base_salary": 1.0}
    before, after = paid(rules, cover), paid(rules, {**cover, "copayment_relief": 1.0})
    charged = month(cover)[1].charged[rules.offers]
    inside = charged * rules.contracted * (1.0 - rules.outside_package) * rules.is_regulated
    for number, benefit in enumerate([1.0, 0.95, 0.8]):
        np.testing.assert_allclose(
            (before.household - after.household)[:, :, number],
            np.broadcast_to((1.0 - benefit) * inside, (5, inside.size)),
            atol=1e-6,
        )
    np.testing.assert_array_equal(before.household[:, :, 3], after.household[:, :, 3])


def test_a_voucher_is_worth_at_most_what_the_user_owes_a_unit_in_the_city():
    rules = HEALTH[1]
    before = household(rules, {})
    huge = paid(rules, {"voucher": 1e12})
    here = rules.place_kind >= 0
    np.testing.assert_allclose(huge.household[:, here], 0.0, atol=1e-6)
    np.testing.assert_array_equal(huge.household[:, ~here], before[:, ~here])
    small = paid(rules, {"voucher": 1.0})
    assert small.voucher is not None
    np.testing.assert_allclose(before - small.household, small.voucher)
    school = next(one for one in RULES if one.charges.any())
    left = household(school, {"voucher": 1e12})
    here = school.place_kind >= 0
    np.testing.assert_allclose(
        left[:, here],
        np.broadcast_to(school.charges[:, None], left.shape[1:])[here][None].repeat(5, 0),
    )
