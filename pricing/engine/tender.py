"""One tender drawn thousands of times, beside what its equilibrium says of it.

Numbers of bidders share their chance: the third bidder of a tender has the same luck whether three
or eight take part.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy.interpolate import PchipInterpolator

from pricing.base.arrays import Array, BoolArray, IntArray
from pricing.base.draws import Draws
from pricing.engine.tender_figures import (
    ROUNDING,
    Case,
    Measured,
    deviation_of,
    low_winners,
    mean_of,
    saving_of,
    share_of,
)
from pricing.engine.tender_types import case_of_types
from pricing.equations.auction import Tender, equilibrium
from pricing.equations.auction_bidders import known_number
from pricing.equations.auction_default import (
    Shock,
    default_probability,
    default_probability_with_option,
    first_price_bid_with_option,
)
from pricing.equations.auction_outcomes import (
    TenderOutcome,
    expected_outcome,
    expected_outcome_announced,
)
from pricing.equations.auction_simulation import SimulatedTenders, simulate_tenders
from pricing.scenario.tender import TenderStudy

LARGEST_CURVE = 10  # bidders up to which a curve is drawn at least


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Equilibrium over numbers of bidders, (number,): price and winner's cost given an award, VND.

    `failure` and `default` (None where the file has no bond) are probabilities.
    """

    number: IntArray
    price: Array
    cost: Array
    failure: Array
    default: Array | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Laboratory:
    """A tender file, its cases in the file's order, and the curve through them."""

    study: TenderStudy
    cases: tuple[Case, ...]
    curve: Curve


def laboratory(study: TenderStudy) -> Laboratory:
    """Equilibrium and simulation of a tender for every number of bidders of its file."""
    cases = tuple(_case(study, number) for number in study.numbers)
    return Laboratory(
        study=study,
        cases=cases,
        curve=_curve_of_cases(cases) if study.others else _curve(study),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """Tenders of one number of bidders: what was asked for, their outcome, and all costs.

    `costs` (tender, slot) are infinite for bidders who stay away.
    """

    study: TenderStudy
    tender: Tender
    outcome: SimulatedTenders
    costs: Array

    @property
    def awarded(self) -> BoolArray:
        """Whether somebody bid, (tender,)."""
        return ~self.outcome.failed


def _case(study: TenderStudy, number: int) -> Case:
    if study.others:
        return case_of_types(study, number)
    tender = study.tender(number)
    chance = Draws(study.seed, 0)
    uniforms = chance.table("tender", (study.simulated, 1 + number))
    outcome = simulate_tenders(tender, uniforms, announced=study.announced)
    takes_part = np.arange(number) < outcome.bidders[:, np.newaxis]
    costs = np.where(takes_part, study.costs.quantile(uniforms[:, 1:]), np.inf)
    drawn = _Drawn(study=study, tender=tender, outcome=outcome, costs=costs)
    figures = [*_figures(drawn)]
    if study.shock is not None:
        shocks = chance.normal("cost_shock", (study.simulated,)) * study.shock.deviation
        figures += _defaults(drawn, study.shock, shocks)
    if study.low_rule is not None:
        figures += low_winners(_bids(drawn), outcome.winner, study.low_rule)
    return Case(number=number, figures=tuple(figures), prices=outcome.first_price[~outcome.failed])


def _outcome(study: TenderStudy, tender: Tender) -> TenderOutcome:
    return expected_outcome_announced(tender) if study.announced else expected_outcome(tender)


def _figures(drawn: _Drawn) -> Iterator[Measured]:
    """Failure, cost, and at both prices: price, its deviation, rent, saving, payment."""
    wanted, found, awarded = _outcome(drawn.study, drawn.tender), drawn.outcome, drawn.awarded
    cost = found.winning_cost[awarded]
    yield share_of("failure", wanted.failure_probability, found.failed)
    yield share_of("single_bid", _single_bid(drawn.tender), found.bids == 1)
    yield mean_of("winning_cost", wanted.winning_cost, cost)
    deviations = (wanted.deviation_first_price, wanted.deviation_second_price)
    prices = (found.first_price, found.second_price)
    for rule, deviation, price in zip(("first", "second"), deviations, prices, strict=True):
        paid = price[awarded]
        mean = mean_of(f"{rule}_price", wanted.price, paid)
        yield mean
        yield deviation_of(f"{rule}_price_sd", deviation, paid)
        yield saving_of(f"{rule}_saving", mean, drawn.tender.ceiling)
        yield mean_of(f"{rule}_rent", wanted.winner_rent, paid - cost)
        yield mean_of(f"{rule}_payment", wanted.payment, np.where(awarded, price, 0.0))


def _single_bid(tender: Tender) -> float:
    """Chance that exactly one cost lies under the ceiling."""
    above = tender.costs.survival(tender.ceiling)
    return float(tender.costs.cdf(tender.ceiling) * tender.bidders.unrivalled(above))


def _defaults(drawn: _Drawn, shock: Shock, shocks: Array) -> Iterator[Measured]:
    """Winners who walk away: whose bids ignore that they may, and whose bids count on it."""
    awarded, found = drawn.awarded, drawn.outcome
    margin = found.first_price[awarded] - found.winning_cost[awarded]
    expected = _over_numbers(drawn, lambda tender: default_probability(tender, shock))
    yield share_of("default", expected, shocks[awarded] > margin + shock.bond)
    # Who has no bond to lose bids without a lower end; who learns the number has other bids.
    if shock.bond <= ROUNDING * shock.deviation or (
        drawn.study.announced and drawn.study.turnout < 1.0
    ):
        return
    lowest = drawn.costs.min(axis=1)
    bid = first_price_bid_with_option(drawn.tender, shock, lowest)
    made = ~np.isnan(bid)
    expected = default_probability_with_option(drawn.tender, shock)
    yield mean_of("option_price", np.nan, bid[made])
    yield share_of("option_default", expected, shocks[made] > (bid - lowest)[made] + shock.bond)


def _over_numbers(drawn: _Drawn, value: Callable[[Tender], float]) -> float:
    """A mean over awards; where the number is announced, over the numbers that may turn up."""
    if not drawn.study.announced:
        return value(drawn.tender)
    chances = np.asarray(drawn.tender.bidders.chances)
    known = [replace(drawn.tender, bidders=known_number(n)) for n in range(len(chances))]
    award = chances * [1.0 - expected_outcome(tender).failure_probability for tender in known]
    values = [
        value(tender) if weight > 0.0 else 0.0 for tender, weight in zip(known, award, strict=True)
    ]
    return float(np.dot(award, values) / award.sum())


def _bids(drawn: _Drawn) -> Array:
    """First-price bid of each bidder, NaN where there is none; (tender, slot)."""
    number = drawn.outcome.bidders
    if not drawn.study.announced:
        return _interpolated(drawn.tender, drawn.costs)
    bids = np.full(drawn.costs.shape, np.nan)
    for n in np.unique(number):
        known = replace(drawn.tender, bidders=known_number(int(n)))
        bids[number == n] = _interpolated(known, drawn.costs[number == n])
    return bids


def _interpolated(tender: Tender, costs: Array) -> Array:
    """Bids between the nodes of the equilibrium: losers are many, an exact bid is an integral."""
    solved = equilibrium(tender)
    if solved is None:
        return np.full(costs.shape, np.nan)
    nodes = solved.grid.costs.ravel()
    bid = PchipInterpolator(nodes, solved.bids.ravel())(np.clip(costs, nodes[0], nodes[-1]))
    return np.where(costs <= tender.ceiling, np.maximum(bid, costs), np.nan)


def _curve(study: TenderStudy) -> Curve:
    """Equilibrium for every number of bidders up to the largest of the file, or a few more."""
    numbers = np.arange(1, max(LARGEST_CURVE, *study.numbers) + 1)
    tenders = [study.tender(int(number)) for number in numbers]
    found = [expected_outcome(tender) for tender in tenders]
    shock = study.shock
    return Curve(
        number=numbers,
        price=np.array([one.price for one in found]),
        cost=np.array([one.winning_cost for one in found]),
        failure=np.array([one.failure_probability for one in found]),
        default=None
        if shock is None
        else np.array([default_probability(tender, shock) for tender in tenders]),
    )


def _curve_of_cases(cases: tuple[Case, ...]) -> Curve:
    """The cases alone: an equilibrium among types takes too long for more numbers of bidders."""
    ordered = sorted(cases, key=lambda case: case.number)

    def expected(measure: str) -> Array:
        return np.array([case.figure(measure).expected for case in ordered])

    return Curve(
        number=np.array([case.number for case in ordered]),
        price=expected("first_price"),
        cost=expected("winning_cost"),
        failure=expected("failure"),
        default=None,
    )
