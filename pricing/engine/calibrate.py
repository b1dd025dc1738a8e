"""Calibration of one future: demand by need, the bundle scale and the outside-package multiplier.

The two scalars meet two aggregate targets (model sections 2 and 4): the fund's outlay on residents
and the out-of-pocket share of health spending. They are solved around the demand fit of each need.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import root

from pricing.base.arrays import Array
from pricing.base.errors import PricingError
from pricing.city.city import City
from pricing.city.population import Population
from pricing.engine.base_year import base_levers
from pricing.engine.charges import ChargeRules, Charges, charge_rules, charges
from pricing.engine.entry import EntryStart, completed_base, entry_start, pool
from pricing.engine.fit import FitReport, fit_need
from pricing.engine.fit_targets import FitPrices
from pricing.engine.frames import Demand, NeedFrame, need_frame
from pricing.engine.norms import NormBasis, first_prices, norm_basis, norm_cost
from pricing.engine.payers import split
from pricing.engine.people import insured, mean_income, population
from pricing.engine.rules import HEALTH_SCHEME, NeedRules, need_rules
from pricing.engine.solve import solve_choice, travel_per_km
from pricing.engine.targets import fit_targets, start_demand, with_slots
from pricing.equations.choice import Choice, volumes
from pricing.world.levers import LeverValues
from pricing.world.parameters import Parameters

ROUNDS = 40
TOLERANCE = 1e-11
SETTLED = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedFit:
    """One need's calibrated choice in the base year.

    ``episodes`` (quintile, place, class) potential episodes or candidates a year; ``volume``
    (quintile, offer, class) residents' episodes or entrants; ``choice`` the solved base year.
    """

    frame: NeedFrame
    rules: NeedRules
    demand: Demand
    report: FitReport
    episodes: Array
    choice: Choice
    volume: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregates:
    """Health spending of residents in the base year, VND a year, and the scalars that fit it."""

    bundle_scale: float
    package_scale: float
    fund: float
    household: float
    self_treatment: float
    grants: float
    other: float
    fund_target: float
    share_target: float
    is_solved: bool

    @property
    def out_of_pocket_share(self) -> float:
        """(user payments + self-treatment) over all health spending (model section 4)."""
        own = self.household + self.self_treatment
        return own / (own + self.fund + self.grants + self.other)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibrated:
    """Everything a trial needs that does not depend on the scenario."""

    parameters: Parameters
    levers: LeverValues
    basis: NormBasis
    charge_rules: ChargeRules
    charges: Charges
    income_month: Array
    fits: tuple[NeedFit, ...]
    entry: tuple[EntryStart | None, ...]
    aggregates: Aggregates


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """What stays fixed while the scalars are sought."""

    city: City
    parameters: Parameters
    population: Population
    levers: LeverValues
    charge_rules: ChargeRules
    frames: tuple[NeedFrame, ...]
    income_month: Array

    def basis(self, bundle_scale: float) -> NormBasis:
        return norm_basis(self.city, bundle_scale, self.parameters["cpi_health_extra"])

    def charges(self, bundle_scale: float) -> Charges:
        norm = norm_cost(self.basis(bundle_scale), self.levers, 1.0, 0.0)
        prices = first_prices(self.city, norm, self.levers)
        return charges(self.charge_rules, prices.component, self.levers, 1.0, 0.0)


def prepare(city: City, values: Mapping[str, float], warm: Calibrated | None = None) -> Calibrated:
    """Calibrate a city to one future's parameter values.

    Parameters
    ----------
    city : City
    values : Mapping[str, float]
        A value for every parameter of the city.
    warm : Calibrated, optional
        An earlier calibration to start from; the result does not depend on it beyond 1e-10.

    Returns
    -------
    Calibrated
        Its reports and aggregates say which targets are infeasible and what was reached instead.

    Raises
    ------
    PricingError
        Where the fit of a need does not settle.
    """
    setting = _setting(city, Parameters(values))
    scalars = (1.3, 1.0)
    if warm is not None:
        scalars = (warm.aggregates.bundle_scale, warm.aggregates.package_scale)
    fits: dict[int, NeedFit] = {} if warm is None else {fit.rules.need: fit for fit in warm.fits}
    health = [n for n, scheme in enumerate(city.needs.scheme) if scheme == HEALTH_SCHEME]
    for _ in range(ROUNDS):
        priced = setting.charges(scalars[0])
        for need in health:
            fits[need] = _fit(setting, need, (priced, scalars[1]), fits.get(need))
        aggregates = _aggregates(setting, [fits[n] for n in health], scalars)
        moved = abs(aggregates.bundle_scale - scalars[0]) + abs(
            aggregates.package_scale - scalars[1]
        )
        scalars = (aggregates.bundle_scale, aggregates.package_scale)
        if moved < TOLERANCE:
            break
    return _finish(setting, fits, aggregates)


def _setting(city: City, parameters: Parameters) -> _Setting:
    people = population(city, parameters)
    return _Setting(
        city=city,
        parameters=parameters,
        population=people,
        levers=base_levers(city, parameters),
        charge_rules=charge_rules(city, parameters["non_public_price_growth_real"]),
        frames=tuple(
            need_frame(city, need, parameters["road_factor"]) for need in range(len(city.needs.id))
        ),
        income_month=mean_income(city, people.residents[0]),
    )


def _fit(
    setting: _Setting,
    need: int,
    money: tuple[Charges, float],
    warm: NeedFit | None,
    pool: Array | None = None,
) -> NeedFit:
    """Fit one need at given charges and package scale; ``pool`` (quintile, place) candidates."""
    city, parameters = setting.city, setting.parameters
    priced, package_scale = money
    frame = setting.frames[need]
    rules = need_rules(city, need, parameters, package_scale)
    if pool is None:
        pool = setting.population.at_risk[0, need].T
    start = start_demand(city, need, parameters)
    targets = fit_targets(city, frame, parameters, pool, start.need_rate)
    if warm is not None:
        start = replace(
            start,
            asc=warm.demand.asc,
            alpha=warm.demand.alpha,
            # lambda ln(size) stands where no volume is known: another future's lambda must not
            offer_constant=np.where(
                np.isnan(targets.offer_volume), start.offer_constant, warm.demand.offer_constant
            ),
            distance_weight=warm.demand.distance_weight,
        )
    paid = split(rules, priced, setting.levers, 1.0)
    prices = FitPrices(
        user_price=paid.household,
        price=priced.charged[frame.offers],
        uncovered_class=moved_class(rules, targets.episodes),
        travel_per_km=travel_per_km(city, need, parameters, setting.income_month, 1.0),
        income_month=setting.income_month,
        self_care_cost=parameters["self_care_cost"] if rules.has_self_care else 0.0,
    )
    demand, report = fit_need(frame, start, targets, prices)
    demand = with_slots(city, frame, demand)
    choice = solve_choice(frame, demand, prices)
    return NeedFit(
        frame=frame,
        rules=rules,
        demand=demand,
        report=report,
        episodes=targets.episodes,
        choice=choice,
        volume=volumes(choice, targets.episodes),
    )


def moved_class(rules: NeedRules, episodes: Array) -> int:
    """Class whose elasticity is the target: people without cover, or, where all are exempt, those.

    Exempt learners pay the whole fee of a non-public school, which is what the elasticity moves.
    """
    by_class = episodes.sum((0, 1))
    return rules.uncovered if by_class[rules.uncovered] > 0 else int(np.argmax(by_class))


def _aggregates(setting: _Setting, fits: list[NeedFit], start: tuple[float, float]) -> Aggregates:
    """Scalars that meet both aggregate targets at the volumes of the fits."""
    parameters = setting.parameters
    fund_target = _fund_target(setting)
    share_target = setting.city.targets.value("oop_share")

    def at(x: Array) -> Aggregates:
        fund, household, self_treatment = _spending(setting, fits, x)
        return Aggregates(
            bundle_scale=float(x[0]),
            package_scale=float(x[1]),
            fund=fund,
            household=household,
            self_treatment=self_treatment,
            grants=parameters["grants_health_units"],
            other=parameters["public_health_spending_other"],
            fund_target=fund_target,
            share_target=share_target,
            is_solved=False,
        )

    def gap(x: Array) -> Array:
        found = at(x)
        return np.array(
            [found.fund / fund_target - 1.0, found.out_of_pocket_share / share_target - 1.0]
        )

    solution = root(gap, np.array(start), tol=1e-14).x
    if solution[1] < 0.0:
        solution = _at_no_package_gap(gap, float(solution[0]))
    found = at(solution)
    return replace(found, is_solved=bool(np.max(np.abs(gap(solution))) < 1e-9))


def _at_no_package_gap(gap: Callable[[Array], Array], scale: float) -> Array:
    """Scalars where top-ups alone exceed the out-of-pocket target: the fund's outlay is met.

    Nothing is paid outside the package then, which is the nearest attainable share.
    """

    def fund_gap(x: Array) -> Array:
        return gap(np.array([x[0], 0.0]))[:1]

    found = root(fund_gap, np.array([scale]), tol=1e-14)
    return np.array([float(found.x[0]), 0.0])


def _spending(setting: _Setting, fits: list[NeedFit], scalars: Array) -> tuple[float, float, float]:
    """Fund outlay, user payments and self-treatment of residents at given scalars, VND a year."""
    parameters = setting.parameters
    priced = setting.charges(float(scalars[0]))
    paid_share = 1.0 - parameters["refusal_share"]
    fund = household = self_treatment = 0.0
    for fit in fits:
        rules = need_rules(setting.city, fit.rules.need, parameters, float(scalars[1]))
        paid = split(rules, priced, setting.levers, 1.0)
        fund += paid_share * float((fit.volume * paid.fund).sum())
        household += float((fit.volume * paid.household).sum())
        if rules.has_self_care:
            missed = fit.episodes * fit.choice.outside_probability
            self_treatment += float(missed.sum()) * parameters["self_care_cost"]
    return fund, household, self_treatment


def _fund_target(setting: _Setting) -> float:
    """Insured residents times national claims per insured person times the region's factor, VND."""
    parameters = setting.parameters
    per_head = parameters["fund_claims_national_2025"] / parameters["fund_insured_national_2025"]
    covered = insured(setting.city, setting.population)
    return covered * per_head * parameters["fund_region_factor"]


def _finish(setting: _Setting, fits: dict[int, NeedFit], aggregates: Aggregates) -> Calibrated:
    """Fit the needs whose money does not depend on the scalars, in the order learners pass them."""
    city = setting.city
    priced = setting.charges(aggregates.bundle_scale)
    money = (priced, aggregates.package_scale)
    entry: list[EntryStart | None] = []
    completed: dict[int, Array] = {}
    for need, scheme in enumerate(city.needs.scheme):
        start = None
        if scheme != HEALTH_SCHEME:
            candidates = None
            if city.needs.is_enrolment[need]:
                candidates = pool(city, need, city.base_year, setting.population, completed)
            fits[need] = _fit(setting, need, money, fits.get(need), candidates)
        if city.needs.is_enrolment[need]:
            fit = fits[need]
            start = entry_start(city, need, setting.population, fit.choice, fit.episodes)
            completed[need] = completed_base(start)
        entry.append(start)
    _require_settled([fit.report for fit in fits.values()])
    return Calibrated(
        parameters=setting.parameters,
        levers=setting.levers,
        basis=setting.basis(aggregates.bundle_scale),
        charge_rules=setting.charge_rules,
        charges=priced,
        income_month=setting.income_month,
        fits=tuple(fits[need] for need in range(len(city.needs.id))),
        entry=tuple(entry),
        aggregates=aggregates,
    )


def _require_settled(reports: list[FitReport]) -> None:
    """Refuse a future whose demand misses feasible targets: nothing is simulated on it."""
    for report in reports:
        if not report.error < SETTLED:
            raise PricingError(
                f"calibration of {report.need} did not settle: relative error {report.error:.1e} "
                f"after {report.rounds} rounds"
            )
