"""Moments as economics: signs, closed forms by finite difference, and lights that can turn red."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.base.errors import InputError
from pricing.engine.calibrate import prepare
from pricing.engine.moments import MOMENTS, judged, traffic_light
from pricing.engine.moments_base import base_year, mean
from pricing.engine.moments_money import health_spending
from pricing.engine.moments_use import insured_contacts
from pricing.equations.choice import used_episodes, volumes
from tests.builders import cell, times, toy_city

STEP = 1e-6


@pytest.fixture(scope="module")
def base():
    city = toy_city()
    return base_year(city, prepare(city, city.parameters.central()))


def risen(base, factor, chosen):
    """Charges with the prices of the chosen offers (offer,) multiplied by a factor."""
    charges = base.calibrated.charges
    by = np.where(chosen, factor, 1.0)
    return replace(charges, price=charges.price * by, charged=charges.charged * by)


@pytest.mark.parametrize("need", ["ambulatory", "inpatient", "higher_education"])
def test_list_price_elasticity_is_the_slope_of_use(base, need):
    fit = base.fit(need)
    listed = base.city.offers.price_norm >= 0
    income = base.calibrated.income_month
    after = base.choice_at(fit, risen(base, 1.0 + STEP, listed), income)
    used = [used_episodes(choice, fit.episodes).sum() for choice in (fit.choice, after)]
    slope = np.log(used[1] / used[0]) / np.log1p(STEP)
    assert MOMENTS[f"list_price_elasticity_{need}"](base) == pytest.approx(slope, rel=1e-4)


@pytest.mark.parametrize("need", ["ambulatory", "inpatient"])
def test_cross_price_elasticity_is_the_slope_of_non_public_use(base, need):
    fit = base.fit(need)
    public = base.city.units.is_public[base.city.offers.unit]
    after = base.choice_at(fit, risen(base, 1.0 + STEP, public), base.calibrated.income_month)
    nest = fit.frame.nests[base.city.nests[fit.frame.need].index("non_public")]
    use = [volumes(c, fit.episodes)[:, nest].sum() for c in (fit.choice, after)]
    slope = np.log(use[1] / use[0]) / np.log1p(STEP)
    found = MOMENTS[f"cross_price_non_public_{need}"](base)
    assert found == pytest.approx(slope, rel=1e-4)
    assert found > 0


@pytest.mark.parametrize("need", ["ambulatory", "inpatient"])
def test_everybody_reacts_less_than_those_without_cover(base, need):
    everybody = MOMENTS[f"list_price_elasticity_{need}"](base)
    without = base.city.target("elasticity", need)
    assert without.min() < everybody < 0


@pytest.mark.parametrize("need", ["ambulatory", "inpatient"])
def test_dearer_care_is_used_less_by_the_poorest_within_bounds(base, need):
    assert -0.05 < MOMENTS[f"price_rise_poorest_{need}"](base) < -0.002


@pytest.mark.parametrize("need", ["ambulatory", "inpatient"])
def test_cover_raises_use_and_so_does_income(base, need):
    assert MOMENTS[f"free_care_elasticity_{need}"](base) < 0
    assert MOMENTS[f"income_elasticity_{need}"](base) > 0


def test_visit_shares_are_those_of_the_volumes_and_sum_to_what_stays_in_the_city(base):
    shares = [
        MOMENTS[f"visit_share_{n}"](base) for n in ("commune", "public_hospital", "non_public")
    ]
    fit = base.fit("ambulatory")
    away = fit.frame.nests[base.city.nests[fit.frame.need].index("elsewhere")]
    assert sum(shares) == pytest.approx(1.0 - fit.volume[:, away].sum() / fit.volume.sum())


def test_claims_per_contact_times_contacts_are_the_fund_s_outlay(base):
    claims = MOMENTS["claims_per_contact"](base) * insured_contacts(base)
    assert claims == pytest.approx(base.calibrated.aggregates.fund)
    assert MOMENTS["claims_per_insured"](base) == pytest.approx(
        MOMENTS["claims_per_contact"](base) * MOMENTS["contacts_per_insured"](base)
    )


def test_health_spending_by_quintile_adds_up_to_what_the_aggregates_hold(base):
    found = base.calibrated.aggregates
    assert health_spending(base).sum() == pytest.approx(found.household + found.self_treatment)


def test_spending_shares_of_the_quintiles_span_the_mean(base):
    poor, all_of_them, rich = (
        MOMENTS[f"health_spending_share{which}"](base) for which in ("_q1", "", "_q5")
    )
    assert rich < all_of_them < poor


def test_list_prices_leave_out_management_and_depreciation(base):
    norm = base.norm()
    labour_and_direct = norm[:, :2].sum(1) / norm.sum(1)
    ratio = MOMENTS["price_over_full_cost_health"](base)
    assert labour_and_direct.min() <= ratio <= labour_and_direct.max()


def test_the_budget_pays_what_exempt_learners_are_charged(base):
    city = base.city
    expected = 0.0
    for need in ("preschool", "primary", "lower_secondary", "upper_secondary"):
        fit = base.fit(need)
        ours = base.public(fit) > 0
        window = fit.rules.offers
        months = city.needs.teaching_months[fit.frame.need]
        charged = base.calibrated.charges.charged[window]
        expected += months * (city.offers.volume[window] * charged)[ours].sum()
    assert MOMENTS["tuition_bill_public"](base) == pytest.approx(expected)
    assert 0 < MOMENTS["tuition_bill_non_public"](base) < expected


def test_outlay_per_pupil_is_the_cash_norm_where_families_pay_nothing(base):
    cash = base.norm()[:, :3].sum(1)
    months = base.city.needs.teaching_months[base.city.offers.need]
    public = base.city.units.is_public[base.city.offers.unit]
    chosen = cash[public] * months[public]
    assert chosen.min() < MOMENTS["education_outlay_per_pupil"](base) < chosen.max()


def test_more_beds_lower_occupancy_in_proportion(base):
    halved = toy_city(times("units.csv", "beds", 2.0))
    other = base_year(halved, base.calibrated)
    before, after = (MOMENTS["occupancy_city"](b) for b in (base, other))
    assert after == pytest.approx(before / 2.0)


def test_a_city_without_beds_of_a_level_has_no_occupancy_there(base):
    assert np.isnan(MOMENTS["occupancy_central"](base))


def test_every_moment_of_the_toy_city_is_judged_with_its_source(base):
    rows = judged(base.city, base.calibrated)
    assert [row.moment.name for row in rows] == [m.name for m in base.city.moments]
    assert {row.light for row in rows} <= {"green", "amber", "red"}


def test_a_need_the_city_lacks_is_an_input_error(base):
    with pytest.raises(InputError, match="dental"):
        base.fit("dental")


def test_an_unknown_moment_is_an_input_error(base):
    city = toy_city(cell("moments.csv", "moment", "x", moment="list_price_elasticity_ambulatory"))
    with pytest.raises(InputError, match=r"moments.csv:2"):
        judged(city, base.calibrated)


@given(
    low=st.floats(-10, 10),
    width=st.floats(0.01, 10),
    at=st.floats(-3, 4),
)
def test_lights_are_green_inside_amber_near_and_red_beyond(low, width, at):
    light = traffic_light(low + at * width, low, low + width)
    outside = max(-at, at - 1.0, 0.0)
    if abs(outside) > 1e-9 and abs(outside - 0.25) > 1e-9:
        assert light == ("red" if outside > 0.25 else "amber")
    elif 1e-9 < at < 1 - 1e-9:
        assert light == "green"


def test_what_is_no_number_is_red():
    assert traffic_light(float("nan"), 0.0, 1.0) == "red"


def test_a_mean_skips_cells_without_weight():
    assert mean(np.array([np.nan, 2.0, 4.0]), np.array([0.0, 1.0, 3.0])) == 3.5
