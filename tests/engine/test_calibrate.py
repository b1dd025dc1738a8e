"""Calibration of the toy city: targets met, aggregates met, and nothing else decides them."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from pricing.base.arrays import Array
from pricing.base.errors import PricingError
from pricing.engine.calibrate import Calibrated, NeedFit, _require_settled, prepare
from pricing.engine.fit import FitReport
from pricing.engine.fit_targets import FitPrices
from pricing.engine.payers import split
from pricing.engine.people import insured
from pricing.engine.solve import solve_choice, travel_per_km
from pricing.equations.choice import volumes
from tests.builders import Cell, cell, times, toy_city
from tests.engine.small import calibrated as calibrated_with

STEP = 1e-6
MONEY_PARAMETERS = (
    "travel_cost",
    "self_care_cost",
    "fund_claims_national_2025",
    "public_health_spending_other",
    "grants_health_units",
)
MONEY_LAWS = ("vnd_per_month", "vnd_per_pupil_month", "vnd_per_student_month")


def each_fit(calibrated: Calibrated) -> list[NeedFit]:
    return list(calibrated.fits)


def test_every_fit_of_feasible_targets_is_exact(calibrated):
    for fit in each_fit(calibrated):
        assert fit.report.error < 1e-6, fit.frame.name


def test_use_and_nest_shares_by_quintile_are_those_of_the_tables(city, calibrated):
    for fit in each_fit(calibrated):
        name = fit.frame.name
        candidates = fit.episodes.sum((1, 2)) / fit.demand.need_rate
        used = fit.volume.sum((1, 2))
        wanted = city.targets.by_quintile("use_rate", name)
        np.testing.assert_allclose(used / candidates, wanted, rtol=1e-6, err_msg=name)
        for number, nest in enumerate(city.nests[fit.frame.need]):
            share = fit.volume[:, fit.frame.nests[number]].sum((1, 2)) / used
            wanted = city.targets.by_quintile("nest_share", name, nest)
            np.testing.assert_allclose(share, wanted, rtol=1e-6, err_msg=f"{name} {nest}")


def test_who_does_without_is_the_outside_share(city, calibrated):
    for fit in each_fit(calibrated):
        outside = 1.0 - fit.volume.sum((1, 2)) / fit.episodes.sum((1, 2))
        wanted = city.targets.by_quintile("outside_share", fit.frame.name)
        np.testing.assert_allclose(outside, wanted, atol=1e-6, err_msg=fit.frame.name)


def test_known_volumes_of_offers_are_met_in_the_proportions_of_the_tables(city, calibrated):
    offers = city.offers
    resident = offers.volume * (1.0 - offers.outsider_share)
    for fit in each_fit(calibrated):
        for nest in fit.frame.nests:
            known = offers.volume_known[fit.frame.offers][nest]
            if known.all():
                model = fit.volume[:, nest].sum((0, 2))
                wanted = resident[fit.frame.offers][nest]
                np.testing.assert_allclose(
                    model / model.sum(), wanted / wanted.sum(), rtol=1e-6, err_msg=fit.frame.name
                )


def test_an_own_place_share_is_met_or_reported_with_the_nearest(city, calibrated):
    n_missed = 0
    for fit in each_fit(calibrated):
        wanted = city.targets.value("own_place_share", fit.frame.name)
        share = own_share(fit)
        if fit.report.infeasible:
            (missed,) = fit.report.infeasible
            assert missed.wanted == wanted
            assert missed.reached == pytest.approx(share, rel=1e-8)
            assert abs(share - wanted) > 1e-6
            n_missed += 1
        else:
            assert share == pytest.approx(wanted, abs=1e-6), fit.frame.name
    assert 0 < n_missed < len(calibrated.fits)


def own_share(fit: NeedFit) -> float:
    scale = np.repeat(
        fit.choice.scale, [nest.stop - nest.start for nest in fit.frame.nests], axis=0
    )
    share = np.einsum(
        "qpo,qoc,oqpc,qpc->po",
        fit.choice.fixed.factor,
        fit.choice.monthly.factor,
        scale,
        fit.episodes,
    )
    return float((share * fit.frame.own_place).sum() / share.sum())


def prices_of(calibrated: Calibrated, fit: NeedFit) -> FitPrices:
    city, parameters = toy_city(), calibrated.parameters
    paid = split(fit.rules, calibrated.charges, calibrated.levers, 1.0)
    by_class = fit.episodes.sum((0, 1))
    uncovered = fit.rules.uncovered
    return FitPrices(
        user_price=paid.household,
        price=calibrated.charges.charged[fit.frame.offers],
        uncovered_class=uncovered if by_class[uncovered] > 0 else int(np.argmax(by_class)),
        travel_per_km=travel_per_km(city, fit.frame.need, parameters, calibrated.income_month, 1.0),
        income_month=calibrated.income_month,
        self_care_cost=parameters["self_care_cost"] if fit.rules.has_self_care else 0.0,
    )


def use_without_cover(fit: NeedFit, prices: FitPrices, nest: slice | None, step: float) -> Array:
    """Use by people without cover when prices (of a nest) are ``step`` higher, (quintile,)."""
    c = prices.uncovered_class
    offers = slice(None) if nest is None else nest
    user_price = prices.user_price.copy()
    user_price[:, offers, c] += step * prices.price[offers]
    choice = solve_choice(fit.frame, fit.demand, replace(prices, user_price=user_price))
    used: Array = volumes(choice, fit.episodes)[:, offers, c].sum(1)
    return used


def test_the_elasticity_of_people_without_cover_is_the_target(city, calibrated):
    for fit in each_fit(calibrated):
        name = fit.frame.name
        private = city.targets.has("elasticity_private_fee", name)
        kind = "elasticity_private_fee" if private else "elasticity"
        nest = fit.frame.nests[city.nests[fit.frame.need].index("non_public")] if private else None
        prices = prices_of(calibrated, fit)
        up, down = (use_without_cover(fit, prices, nest, sign * STEP) for sign in (1.0, -1.0))
        found = (np.log(up) - np.log(down)) / (2.0 * STEP)
        wanted = -np.abs(city.targets.by_quintile(kind, name))
        np.testing.assert_allclose(found, wanted, rtol=1e-5, atol=1e-8, err_msg=name)


def test_the_choice_at_base_prices_gives_base_volumes(calibrated):
    for fit in each_fit(calibrated):
        choice = solve_choice(fit.frame, fit.demand, prices_of(calibrated, fit))
        np.testing.assert_allclose(volumes(choice, fit.episodes), fit.volume, rtol=1e-9)


def test_the_fund_pays_what_its_insured_cost(city, calibrated):
    parameters, found = calibrated.parameters, calibrated.aggregates
    assert found.is_solved
    people = city.population(0.0, city.base_year)
    scale = parameters["residents_2025"] / people.residents[0].sum()
    per_head = parameters["fund_claims_national_2025"] / parameters["fund_insured_national_2025"]
    wanted = scale * insured(city, people) * per_head * parameters["fund_region_factor"]
    assert found.fund == pytest.approx(wanted, rel=1e-9)
    assert spending(calibrated)[0] == pytest.approx(found.fund, rel=1e-9)


def spending(calibrated: Calibrated) -> tuple[float, float, float]:
    """Fund, users and self-treatment recomputed from volumes and prices, VND."""
    fund = household = self_treatment = 0.0
    for fit in calibrated.fits:
        if fit.rules.scheme != "health":
            continue
        paid = split(fit.rules, calibrated.charges, calibrated.levers, 1.0)
        fund += (1.0 - calibrated.parameters["refusal_share"]) * (fit.volume * paid.fund).sum()
        household += (fit.volume * paid.household).sum()
        without = fit.episodes.sum() - fit.volume.sum()
        self_treatment += (
            fit.rules.has_self_care * without * calibrated.parameters["self_care_cost"]
        )
    return float(fund), float(household), float(self_treatment)


def test_households_carry_two_fifths_of_health_spending(city, calibrated):
    found = calibrated.aggregates
    assert city.targets.value("oop_share") == 0.4
    assert found.out_of_pocket_share == pytest.approx(0.4, rel=1e-9)
    fund, household, self_treatment = spending(calibrated)
    own = household + self_treatment
    public = (
        calibrated.parameters["grants_health_units"]
        + calibrated.parameters["public_health_spending_other"]
    )
    assert own / (own + fund + public) == pytest.approx(0.4, rel=1e-9)


def test_a_warm_start_gives_what_a_cold_one_does(city, calibrated):
    point = np.full(len(city.parameters.uncertain), 0.4)
    values = city.parameters.at(point)
    cold, warm = prepare(city, values), prepare(city, values, calibrated)
    assert warm.aggregates.bundle_scale == pytest.approx(cold.aggregates.bundle_scale, rel=1e-8)
    assert warm.aggregates.package_scale == pytest.approx(cold.aggregates.package_scale, rel=1e-8)
    for one, other in zip(warm.fits, cold.fits, strict=True):
        np.testing.assert_allclose(one.volume, other.volume, rtol=1e-8, atol=1e-8)
        np.testing.assert_allclose(one.demand.alpha, other.demand.alpha, rtol=1e-8)
    for found, start in zip(warm.entry, cold.entry, strict=True):
        if found is not None and start is not None:
            np.testing.assert_allclose(found.stock, start.stock, rtol=1e-8, atol=1e-9)


def test_who_does_not_mind_the_price_has_alpha_zero():
    changed = cell("targets.csv", "value", 0.0, target="elasticity", need="inpatient")
    low = cell("targets.csv", "low", -0.0, target="elasticity", need="inpatient")
    high = cell("targets.csv", "high", 0.0, target="elasticity", need="inpatient")
    found = calibrated_with(changed, low, high)
    need = toy_city().needs.id.index("inpatient")
    np.testing.assert_array_equal(found.fits[need].demand.alpha, 0.0)
    assert np.all(found.fits[0].demand.alpha > 0.0)
    assert found.aggregates.is_solved


@cache
def doubled() -> tuple[Cell, ...]:
    """Every amount of money in the tables, twice; parameters with their ranges."""
    cells = [
        times("income.csv", "income_month_2025", 2.0),
        times("income.csv", "consumption_month_2025", 2.0),
        times("norms.csv", "direct_vnd", 2.0),
        times("norms.csv", "depreciation_vnd", 2.0),
        times("services.csv", "charges_year_vnd", 2.0),
        times("topups.csv", "value_vnd", 2.0),
    ]
    for name in MONEY_PARAMETERS:
        cells += [
            times("parameters.csv", column, 2.0, name=name) for column in ("value", "low", "high")
        ]
    cells += [times("laws.csv", "value", 2.0, unit_of_measure=unit) for unit in MONEY_LAWS]
    cells += [times("laws.csv", "value", 2.0, unit_of_measure="vnd_per_person_time")]
    offers = toy_city().offers
    for column, amounts in (("own_price_vnd", offers.own_price), ("tuition_vnd", offers.tuition)):
        for amount in np.unique(amounts[~np.isnan(amounts)]).tolist():
            cells.append(cell("offers.csv", column, 2.0 * amount, **{column: int(amount)}))
    return tuple(cells)


def test_twice_the_money_changes_no_share(calibrated):
    found = calibrated_with(*doubled())
    np.testing.assert_allclose(found.charges.price, 2.0 * calibrated.charges.price, rtol=1e-8)
    np.testing.assert_allclose(found.charges.charged, 2.0 * calibrated.charges.charged, rtol=1e-8)
    for twice, once in zip(found.fits, calibrated.fits, strict=True):
        np.testing.assert_allclose(twice.demand.alpha, once.demand.alpha, rtol=1e-7)
        np.testing.assert_allclose(
            twice.choice.nest_probability, once.choice.nest_probability, rtol=1e-7
        )
        np.testing.assert_allclose(twice.volume, once.volume, rtol=1e-7)
    assert found.aggregates.bundle_scale == pytest.approx(
        calibrated.aggregates.bundle_scale, rel=1e-8
    )
    assert found.aggregates.fund == pytest.approx(2.0 * calibrated.aggregates.fund, rel=1e-9)


def test_a_more_elastic_future_has_larger_alphas(city, calibrated):
    values = {**city.parameters.central(), "elasticity_scale_health": 1.5}
    found = prepare(city, values)
    health = [n for n, scheme in enumerate(city.needs.scheme) if scheme == "health"]
    for need in health:
        assert np.all(found.fits[need].demand.alpha > calibrated.fits[need].demand.alpha)


def test_a_share_that_bills_cannot_reach_is_not_called_solved(city):
    targets = city.targets
    unreachable = {**targets.tables, ("oop_share", "all", "all"): np.full(5, 0.97)}
    impossible = replace(city, targets=replace(targets, tables=unreachable))
    found = prepare(impossible, city.parameters.central())
    assert not found.aggregates.is_solved
    assert found.aggregates.out_of_pocket_share < 0.97


def test_where_top_ups_alone_pass_the_share_nothing_is_paid_outside_the_package(city):
    targets = city.targets
    tiny = {**targets.tables, ("oop_share", "all", "all"): np.full(5, 0.05)}
    frugal = replace(city, targets=replace(targets, tables=tiny))
    found = prepare(frugal, city.parameters.central()).aggregates
    assert not found.is_solved
    assert found.package_scale == 0.0
    assert found.out_of_pocket_share > 0.05
    assert found.fund == pytest.approx(found.fund_target, rel=1e-9)


def test_a_fit_that_does_not_settle_stops_the_future():
    lost = FitReport(need="ambulatory", error=np.nan, rounds=7, infeasible=())
    with pytest.raises(PricingError, match="ambulatory did not settle"):
        _require_settled([lost])
