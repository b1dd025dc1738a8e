"""Quantities of a year agree with one another, and with what happened in its months."""

import numpy as np
import pytest

from pricing.engine.close import close, open_account
from pricing.engine.norms import norm_cost
from pricing.world.quantities import CHANNELS, COMPONENTS, PAYERS
from pricing.world.recorder import Outcome, Recorder
from tests.builders import toy_city
from tests.engine.small import (
    calibrated,
    months,
    outcome,
    quiet_setup,
    quiet_year,
    still_levers,
    with_levers,
)

CITY = toy_city()
SETUP = quiet_setup()
FULL = "full_cost_2030"
LINES = (
    "recurrent_grant",
    "per_pupil_payment",
    "tuition_replacement",
    "private_support",
    "user_support",
    "premium_subsidy",
    "check_up",
    "capital",
    "other_health",
)


def recorded(count: int = 12, levers=None) -> Outcome:
    """Quantities of quiet months in a row."""
    steps = quiet_year() if levers is None else months(SETUP, levers, count)
    recorder = Recorder(CITY, range(2025, 2025 + count // 12))
    account = open_account(SETUP, recorder, steps[0].before, steps[0].flows)
    for step in steps:
        close(account, SETUP, step.levers, (step.before, step.after), step.flows, step.month)
    return recorder.outcome()


QUIET = recorded()


@pytest.fixture(params=["base", FULL, "full_cost_protected"])
def series(request):
    return outcome(request.param).series


def test_families_pay_user_payments_learning_and_self_treatment(series):
    """The out-of-pocket total by quintile is more than bills by what families spend on learning."""
    own = series["out_of_pocket"].sum((1, 2))
    bills = series["payment"][..., PAYERS.index("household")].sum(1)
    learning = own - bills - series["self_treatment"]
    pupils = series["volume"]  # (year, service, quintile) units of output
    charged = np.einsum("ysq,s->yq", pupils, CITY.services.charges_month)
    index = learning / charged  # the price level, the same for all quintiles up to the season
    assert np.all(index > 0.98)
    np.testing.assert_allclose(index, index[:, :1] * np.ones(5), rtol=1e-3)
    assert np.all(np.diff(index[:, 0]) > 0.0)


def test_without_inflation_learning_costs_what_the_services_say():
    own = QUIET.series["out_of_pocket"][0].sum((0, 1))
    bills = QUIET.series["payment"][0, ..., PAYERS.index("household")].sum(0)
    learning = CITY.services.charges_month @ QUIET.series["volume"][0]
    np.testing.assert_allclose(own, bills + QUIET.series["self_treatment"][0] + learning, rtol=1e-9)


def test_what_the_fund_pays_for_patients_is_its_claims(series):
    paid = series["payment"][..., PAYERS.index("fund")].sum((1, 2))
    np.testing.assert_allclose(paid, series["claims"], rtol=1e-9)


def test_months_add_up_to_years():
    found = outcome("base")
    for name, yearly in (
        ("claims_month", found.series["claims"]),
        ("outlay_month", found.series["outlay"].sum((1, 2, 3))),
        ("out_of_pocket_month", found.series["out_of_pocket"].sum((1, 2, 3))),
    ):
        by_year = found.months[name].reshape(-1, 12).sum(1)
        np.testing.assert_allclose(by_year, yearly, rtol=1e-9, err_msg=name)


def test_residents_are_the_same_by_quintile_and_by_place(series):
    np.testing.assert_allclose(series["volume"].sum(2), series["volume_place"].sum(2), rtol=1e-9)


def test_what_budgets_pay_for_users_is_on_their_lines(series):
    users = series["payment"][..., PAYERS.index("budget")].sum((1, 2))
    lines = [
        LINES.index(name)
        for name in (
            "per_pupil_payment",
            "tuition_replacement",
            "private_support",
            "user_support",
            "check_up",
        )
    ]
    on_lines = series["outlay"][:, :, lines].sum((1, 2, 3))
    to_units = [LINES.index("recurrent_grant"), LINES.index("capital")]
    given = series["outlay"][:, :, to_units].sum((1, 2, 3))
    for_users = users - on_lines
    assert np.all(for_users > 0.0)  # the rest is for outsiders and unpriced work
    assert np.all(for_users < given)


def test_the_premium_subsidy_is_the_budgets_contribution(series):
    subsidy = series["outlay"][:, :, LINES.index("premium_subsidy")].sum((1, 2))
    np.testing.assert_allclose(subsidy, series["contribution"][:, 2], rtol=1e-9)


def test_norm_cost_is_shared_by_price_order_grant_and_what_is_unfunded(series):
    funding = series["funding"]
    np.testing.assert_allclose(
        funding.sum(3), series["norm_cost"], rtol=1e-9, atol=1e-6 * series["norm_cost"].max()
    )
    for channel in ("price", "order", "grant"):
        assert np.all(funding[..., CHANNELS.index(channel)] >= 0.0)


def test_full_cost_moves_money_from_grants_into_prices_and_orders():
    before, after = outcome("base").series["funding"], outcome(FULL).series["funding"]
    last = -1
    paid = [CHANNELS.index("price"), CHANNELS.index("order")]
    management = COMPONENTS.index("management")
    assert after[last, :, management][:, paid].sum() > before[last, :, management][:, paid].sum()
    granted = CHANNELS.index("grant")
    assert after[last, ..., granted].sum() < 0.5 * before[last, ..., granted].sum()


def test_learners_of_a_year_are_conserved(series):
    np.testing.assert_allclose(
        series["opening"] + series["entrants"],
        series["completed"] + series["dropped"] + series["closing"],
        rtol=1e-9,
    )
    np.testing.assert_allclose(series["opening"][1:], series["closing"][:-1], rtol=1e-9)


def test_school_age_is_that_of_levels_and_people_are_all(series):
    enrolled = CITY.needs.is_enrolment
    np.testing.assert_array_equal(series["school_age"][:, ~enrolled], 0.0)
    np.testing.assert_array_equal(series["school_age"][:, enrolled], series["at_risk"][:, enrolled])
    ambulatory = CITY.needs.id.index("ambulatory")
    np.testing.assert_allclose(series["at_risk"][:, ambulatory], series["people"].sum(1), rtol=1e-9)


def test_unmet_need_is_part_of_demand_and_waits_have_patients(series):
    assert np.all(series["unmet"] >= 0.0)
    assert np.all(series["unmet"] <= series["demand"] * (1.0 + 1e-9))
    assert np.all(series["wait_days"] >= 0.0)
    waiting = series["wait_volume"] > 0.0
    total = series["volume"].sum(2) + series["volume_outsiders"]
    assert np.all(series["wait_volume"][waiting] <= total[waiting] * (1.0 + 1e-9))
    assert not waiting[:, CITY.services.id.index("primary")].any()


def test_the_list_price_is_the_volume_weighted_list_of_the_norms():
    norm = norm_cost(calibrated().basis, calibrated().levers, 1.0, 0.0)
    primary = CITY.services.id.index("primary")
    row = CITY.norms.id.index("primary_public")
    price = QUIET.series["list_price"][0, primary]
    included = np.array([1.0, 1.0, 0.0, 0.0])
    np.testing.assert_allclose(price, np.broadcast_to(included * norm[row], (3, 4)), rtol=1e-9)
    np.testing.assert_allclose(
        QUIET.series["full_norm_at_decision"][0, primary], norm[row].sum(), rtol=1e-9
    )
    weight = QUIET.series["weight"][0, primary]
    np.testing.assert_allclose(weight, [3614.16, 3462.76, 2175.82])


def test_a_service_without_a_public_list_has_no_price():
    stay = CITY.services.id.index("inpatient_stay")
    kinds = QUIET.series["weight"][0, stay]
    assert kinds[2] == 0.0  # no hospital in place c
    np.testing.assert_array_equal(QUIET.series["list_price"][0, stay, 2], 0.0)


def test_a_binding_ceiling_is_recorded_with_the_volume_behind_it():
    ceiling = still_levers()["price_ceiling"].copy()
    row = CITY.norms.id.index("stay_city")
    ceiling[row] = 1e6
    levers = with_levers(still_levers(), {"price_ceiling": ceiling, "price_decision": 0.0})
    found = recorded(12, levers).series
    stay = CITY.services.id.index("inpatient_stay")
    hospital = CITY.offers.volume[8]
    assert found["ceiling_bound"][0].sum() == pytest.approx(hospital)
    assert found["ceiling_bound"][0, stay, 0] == pytest.approx(hospital)
    assert QUIET.series["ceiling_bound"].sum() == 0.0


def test_revenue_and_cost_are_those_of_public_units():
    public = CITY.units.is_public[CITY.offers.unit] & (CITY.offers.kind >= 0)
    cost = sum(step.flows.supply.cost[public].sum() for step in quiet_year())
    assert QUIET.series["cost"].sum() == pytest.approx(cost)
    accepted = 1.0 - calibrated().parameters["refusal_share"]
    revenue = 0.0
    for step in quiet_year():
        paid = step.flows.payments
        users = (paid.household + accepted * paid.fund + paid.support).sum(0) + paid.order
        outside = paid.outside_household + paid.outside_support + paid.outside_order
        revenue += float((users + outside + accepted * paid.outside_fund)[public].sum())
    assert QUIET.series["revenue"].sum() == pytest.approx(revenue)


def test_summer_has_no_pupils_and_the_year_has_nine_months_of_them():
    primary = CITY.services.id.index("primary")
    pupils = QUIET.series["volume"][0, primary].sum()
    learners = CITY.offers.volume[CITY.need_offers(CITY.needs.id.index("primary"))].sum()
    assert pupils == pytest.approx(9.0 * learners, rel=0.02)
