"""A tender among bidders of several types: the equilibrium beside drawn tenders.

Each type has costs of its own; all take part for certain. The incumbent has the same luck whatever
the number of the others.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from pricing.base.arrays import Array, BoolArray, IntArray
from pricing.base.draws import Draws
from pricing.engine.tender_figures import (
    Case,
    Measured,
    deviation_of,
    low_winners,
    mean_of,
    saving_of,
    share_of,
)
from pricing.equations.auction_types import BidderType, TypesEquilibrium, types_equilibrium
from pricing.equations.auction_types_outcomes import (
    TypesOutcome,
    first_price_outcome,
    second_price_outcome,
)
from pricing.scenario.tender import TenderStudy

# Bids are interpolated between costs so far apart in probability, closer at both ends.
_ENDS = np.logspace(-9.0, -3.0, 121)
_PROBABILITIES = np.concatenate(
    [[0.0], _ENDS, np.linspace(0.001, 0.999, 2_000)[1:-1], 1 - _ENDS[::-1]]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Awards:
    """Drawn tenders under one price rule, (tender,): winner's slot (−1: failed), price, cost."""

    winner: IntArray
    price: Array
    cost: Array

    @property
    def made(self) -> BoolArray:
        """Whether somebody won."""
        return self.winner >= 0


def case_of_types(study: TenderStudy, number: int) -> Case:
    """The figures of a tender with so many usual bidders and the others of its file."""
    types = study.types(number)
    solved = types_equilibrium(tuple(types.values()), study.ceiling)
    costs, bids = _drawn(study, types, solved)
    first, second = _first_price(bids, costs), _second_price(study.ceiling, costs)
    expected = first_price_outcome(solved)
    figures = [
        share_of("failure", expected.failure_probability, ~first.made),
        share_of("single_bid", _single_bid(types, study.ceiling), (~np.isnan(bids)).sum(1) == 1),
        mean_of("winning_cost", _winning_cost(expected), first.cost[first.made]),
        *_figures("first", types, expected, first, study.ceiling),
        *_figures(
            "second",
            types,
            second_price_outcome(tuple(types.values()), study.ceiling),
            second,
            study.ceiling,
        ),
    ]
    if study.shock is not None:
        shocks = Draws(study.seed, 0).normal("cost_shock", (study.simulated,))
        margin = (first.price - first.cost)[first.made] + study.shock.bond
        leaves = shocks[first.made] * study.shock.deviation > margin
        figures.append(share_of("default", np.nan, leaves))
    if study.low_rule is not None:
        figures += low_winners(bids, first.winner, study.low_rule)
    return Case(number=number, figures=tuple(figures), prices=first.price[first.made])


def _drawn(
    study: TenderStudy, types: Mapping[str, BidderType], solved: TypesEquilibrium
) -> tuple[Array, Array]:
    """Costs and first-price bids, NaN above the ceiling, of all bidders; (tender, slot)."""
    costs, bids = [], []
    for kind, (name, one) in enumerate(types.items()):
        uniforms = Draws(study.seed, 0).table(f"tender/{name}", (study.simulated, one.count))
        cost = one.costs.quantile(uniforms)
        able = _PROBABILITIES * one.costs.cdf(study.ceiling)
        nodes = np.unique(np.minimum(one.costs.quantile(able), study.ceiling))
        bid = np.interp(cost, nodes, solved.bid(kind, nodes))
        costs.append(cost)
        bids.append(np.where(cost <= study.ceiling, np.maximum(bid, cost), np.nan))
    return np.concatenate(costs, axis=1), np.concatenate(bids, axis=1)


def _first_price(bids: Array, costs: Array) -> _Awards:
    """The lowest bid of each tender wins and is the price."""
    made = ~np.isnan(bids)
    winner = np.where(made, bids, np.inf).argmin(axis=1)
    row = np.arange(len(bids))
    won = made[row, winner]
    return _Awards(
        winner=np.where(won, winner, -1).astype(np.int64),
        price=np.where(won, bids[row, winner], np.nan),
        cost=np.where(won, costs[row, winner], np.nan),
    )


def _second_price(ceiling: float, costs: Array) -> _Awards:
    """All bid their cost; the lowest wins at the second lowest, at most at the ceiling."""
    lowest = _first_price(np.where(costs <= ceiling, costs, np.nan), costs)
    following = np.sort(np.minimum(costs, ceiling), axis=1)[:, 1]
    return replace(lowest, price=np.where(lowest.made, following, np.nan))


def _single_bid(types: Mapping[str, BidderType], ceiling: float) -> float:
    """Chance that exactly one cost lies under the ceiling."""
    above = {name: float(one.costs.survival(ceiling)) for name, one in types.items()}
    total = 0.0
    for name, one in types.items():
        rivals = [above[other] ** (row.count - (other == name)) for other, row in types.items()]
        total += one.count * float(one.costs.cdf(ceiling)) * float(np.prod(rivals))
    return total


def _winning_cost(outcome: TypesOutcome) -> float:
    """Price less rent, given an award."""
    award = 1.0 - outcome.failure_probability
    return outcome.price - float(outcome.rents.sum()) / award


def _figures(
    rule: str,
    types: Mapping[str, BidderType],
    outcome: TypesOutcome,
    found: _Awards,
    ceiling: float,
) -> Iterator[Measured]:
    """Price, saving, rent and payment under a price rule, then chance and rent of each type."""
    made, rent = found.made, found.price - found.cost
    award = 1.0 - outcome.failure_probability
    price = mean_of(f"{rule}_price", outcome.price, found.price[made])
    yield price
    yield deviation_of(f"{rule}_price_sd", np.nan, found.price[made])
    yield saving_of(f"{rule}_saving", price, ceiling)
    yield mean_of(f"{rule}_rent", float(outcome.rents.sum()) / award, rent[made])
    yield mean_of(f"{rule}_payment", outcome.payment, np.where(made, found.price, 0.0))
    last = np.cumsum([one.count for one in types.values()])
    for kind, name in enumerate(types):
        won = made & (found.winner < last[kind]) & (found.winner >= last[kind] - types[name].count)
        yield share_of(f"{rule}_wins_{name}", float(outcome.wins[kind]), won)
        earned = np.where(won, rent, 0.0)
        yield mean_of(f"{rule}_rent_{name}", float(outcome.rents[kind]), earned)
