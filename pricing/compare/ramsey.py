"""Second-best prices beside a roadmap's: the same net public cost at the least loss to users.

What users of public care pay of its list prices, less its marginal cost, summed over services, is
what care leaves to budgets and the fund. The benchmark keeps that sum as the roadmap has it, and
shifts it between services until no shift is worth it (Ramsey 1927; Boiteux 1956), with the model's
own elasticities and marginal costs. All is told in the base year's money and people, at the central
value of every parameter; of the run it takes how far prices cover full cost in the last year.

Demands are taken as independent and of constant elasticity. The benchmark knows no distribution, no
insurance value, no health; tuition, whose frame is no list price, is not in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from pricing.base.arrays import Array
from pricing.city.city import City
from pricing.engine.calibrate import Calibrated, NeedFit
from pricing.engine.charges import Charges
from pricing.engine.moments_base import BaseYear, base_year
from pricing.equations.choice import Choice, volumes
from pricing.equations.demand import isoelastic_surplus_change
from pricing.equations.elasticity import nest_elasticities
from pricing.equations.quotient import quotient
from pricing.equations.ramsey import isoelastic_ramsey
from pricing.results.result import Result

LEAST_ELASTIC = 1e-3  # below it a price moves nothing that a benchmark could count
LABOUR, DIRECT = 0, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePrice:
    """One service; VND per unit of output in the base year's money, volume a year.

    `user_price` is what the mean resident pays of the list price; `second_best` and
    `second_best_list` are the benchmark's.
    """

    service: str
    volume: float
    elasticity: float
    marginal_cost: float
    user_price: float
    list_price: float
    second_best: float

    @property
    def second_best_list(self) -> float:
        """The list price of the benchmark: users pay the same share of it."""
        return self.list_price * self.second_best / self.user_price


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """A scenario's prices in a year beside second-best ones.

    `number` is the Ramsey number k, below 0 where users pay less than marginal cost; `gain` VND a
    year to users.
    """

    scenario: str
    year: int
    services: tuple[ServicePrice, ...]
    number: float
    gain: float


def benchmarks(result: Result, city: City, calibrated: Calibrated) -> tuple[Benchmark, ...]:
    """The benchmark of every scenario that came out, from the calibrated central future."""
    base = base_year(city, calibrated)
    found = (
        _benchmark(result, scenario, base)
        for scenario in result.scenarios
        if result.complete(scenario).size
    )
    return tuple(one for one in found if one.services)


def _benchmark(result: Result, scenario: str, base: BaseYear) -> Benchmark:
    charges = _charges(base, _cover_of_cost(result, scenario))
    prices = [price for fit in base.health_fits() for price in _prices(base, fit, charges)]
    volume, cost, paid, elasticity = (
        np.array([getattr(one, name) for one in prices])
        for name in ("volume", "marginal_cost", "user_price", "elasticity")
    )
    number = gain = 0.0
    if prices:
        scale = volume * paid**-elasticity
        best = isoelastic_ramsey(scale, elasticity, cost, float(((paid - cost) * volume).sum()))
        number = best.number
        prices = [
            replace(one, second_best=float(price))
            for one, price in zip(prices, best.price, strict=True)
        ]
        gain = sum(_gain(one) for one in prices)
    year = result.span.last_year
    return Benchmark(scenario=scenario, year=year, services=tuple(prices), number=number, gain=gain)


def _gain(one: ServicePrice) -> float:
    price = np.asarray(one.second_best)
    return float(isoelastic_surplus_change(one.volume, one.user_price, one.elasticity, price))


def _cover_of_cost(result: Result, scenario: str) -> Array:
    """Price over full norm cost in the last year, mean over trials, (service, place_kind)."""
    listed, full = (
        result.labelled(name, scenario).values[result.complete(scenario), :, -1].mean(axis=(0, 1))
        for name in ("list_price", "full_norm_at_decision")
    )
    return quotient(listed.sum(2), full)


def _charges(base: BaseYear, cover: Array) -> Charges:
    """The base year's charges, list prices at the roadmap's cover of full cost."""
    offers, charges = base.city.offers, base.calibrated.charges
    share = cover[offers.service, np.maximum(offers.kind, 0)]
    listed = base.calibrated.charge_rules.is_regulated & (offers.kind >= 0) & np.isfinite(share)
    price = np.where(listed, base.norm().sum(1) * share, charges.price)
    charged = np.where(base.calibrated.charge_rules.has_tuition, charges.charged, price)
    return replace(charges, price=price, charged=charged)


def _prices(base: BaseYear, fit: NeedFit, charges: Charges) -> Iterator[ServicePrice]:
    """Services of a need that users pay for and whose use answers, not yet second-best."""
    window = fit.rules.offers
    choice = base.choice_at(fit, charges, base.calibrated.income_month)
    volume = volumes(choice, fit.episodes)
    at = replace(base, calibrated=replace(base.calibrated, charges=charges))
    own = at.own_share(fit)
    norm = base.norm()[window]
    fixed = base.calibrated.parameters["labour_quasi_fixed_share"]
    marginal = norm[:, DIRECT] + (1.0 - fixed) * norm[:, LABOUR]
    service = base.city.offers.service[window]
    for number in np.unique(service):
        mine = (service == number) * fit.rules.is_regulated * base.public(fit)
        used = volume * mine[:, None]
        total = float(used.sum())
        paid = float((used * own).sum())
        elasticity = _elasticity(base, fit, choice, own * mine[:, None])
        if total > 0.0 and paid > 0.0 and elasticity < -LEAST_ELASTIC:
            by_offer = used.sum((0, 2)) / total
            yield ServicePrice(
                service=base.city.services.id[int(number)],
                volume=total,
                elasticity=elasticity,
                marginal_cost=float(by_offer @ marginal),
                user_price=paid / total,
                list_price=float(by_offer @ charges.price[window]),
                second_best=float("nan"),
            )


def _elasticity(base: BaseYear, fit: NeedFit, choice: Choice, charged: Array) -> float:
    """Use of the nests that charge, by all residents, for one common change of their prices."""
    found = nest_elasticities(choice, fit.episodes, charged, base.sensitivity(fit)).sum(1)
    charging = np.array([bool(charged[:, window].any()) for window in fit.frame.nests])
    used = (fit.episodes * choice.nest_probability).sum(2) * charging[:, None, None]
    moved = np.where(used > 0.0, found, 0.0) * used
    return float(quotient(moved.sum(), used.sum(), undefined=0.0))
