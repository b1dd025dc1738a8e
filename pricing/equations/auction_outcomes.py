"""What a tender is expected to bring: price, payment, rent, failure, spread of prices.

With W and V the distribution functions of the lowest and second lowest cost, R = min(r, hi):
E[R − cost] = ∫W dx and E[R − price] = ∫V dx up to R, over awards; a sole bidder's price r adds
(r − R)·P(N = 1). Expected payment is the same at first and second price (revenue equivalence:
Riley & Samuelson 1981), and = n·∫ (c + F/f)(1 − F)^(n−1) f dc for a known number n.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from pricing.base.arrays import Array
from pricing.equations.auction import Tender, equilibrium
from pricing.equations.auction_bidders import known_number


@dataclass(frozen=True, slots=True, kw_only=True)
class TenderOutcome:
    """Expected values of one tender, in the unit of costs; NaN per award where none can be.

    `payment` counts a failed tender as 0; `price`, `winning_cost`, `winner_rent`, `saving_rate`
    (1 − price/ceiling) and the variances of the two prices are given an award.
    """

    failure_probability: float
    payment: float
    price: float
    winning_cost: float
    winner_rent: float
    saving_rate: float
    variance_first_price: float
    variance_second_price: float

    @property
    def deviation_first_price(self) -> float:
        """Standard deviation of the first-price price given an award."""
        return float(np.sqrt(self.variance_first_price))

    @property
    def deviation_second_price(self) -> float:
        """Standard deviation of the second-price price given an award."""
        return float(np.sqrt(self.variance_second_price))


def _failed() -> TenderOutcome:
    return TenderOutcome(
        failure_probability=1.0,
        payment=0.0,
        price=np.nan,
        winning_cost=np.nan,
        winner_rent=np.nan,
        saving_rate=np.nan,
        variance_first_price=np.nan,
        variance_second_price=np.nan,
    )


@lru_cache(maxsize=4096)
def expected_outcome(tender: Tender) -> TenderOutcome:
    """Expected outcome where bidders know no more of their number than its chances; cached."""
    solved = equilibrium(tender)
    if solved is None:
        return _failed()
    bidders, top, slack, panels = tender.bidders, tender.top, tender.slack, solved.grid
    below, above = tender.costs.cdf(panels.costs), tender.costs.survival(panels.costs)
    last = tender.costs.survival(top)
    award = float(bidders.some_below(tender.costs.cdf(top), last))
    second = bidders.two_below(below, above) / award
    sole = bidders.sole / award
    cost = top - panels.total(bidders.some_below(below, above)) / award
    fall = panels.total(second)
    square = panels.total(2.0 * (top - panels.costs) * second)
    spread = square - fall**2 + slack * sole * (slack * (1.0 - sole) + 2.0 * fall)
    price = top - fall + slack * sole
    return TenderOutcome(
        failure_probability=float(bidders.none_below(last)),
        payment=price * award,
        price=price,
        winning_cost=cost,
        winner_rent=price - cost,
        saving_rate=1.0 - price / tender.ceiling,
        variance_first_price=float(np.sum(solved.weights * (solved.bids - price) ** 2)),
        variance_second_price=max(spread, 0.0),
    )


def expected_outcome_announced(tender: Tender) -> TenderOutcome:
    """Expected outcome where the number is random but bidders learn it before they bid.

    All but the variance of the first-price price is as with an unknown number.
    """
    whole = expected_outcome(tender)
    chances = enumerate(tender.bidders.chances)
    parts = [
        (chance * (1.0 - part.failure_probability), part)
        for part, chance in ((_with_number(tender, n), chance) for n, chance in chances)
        if chance * (1.0 - part.failure_probability) > 0.0
    ]
    if not parts:
        return whole
    award = sum(weight for weight, _ in parts)
    square = sum(w * (p.variance_first_price + (p.price - whole.price) ** 2) for w, p in parts)
    return replace(whole, variance_first_price=square / award)


def _with_number(tender: Tender, number: int) -> TenderOutcome:
    return expected_outcome(replace(tender, bidders=known_number(number)))


def winner_mean(tender: Tender, value: Callable[[Array, Array], Array]) -> float:
    """Mean of value(cost, first-price bid) over the winner, given an award; NaN where none can be.

    `value` takes and gives arrays on the same axes.
    """
    solved = equilibrium(tender)
    if solved is None:
        return np.nan
    return float(np.sum(solved.weights * value(solved.grid.costs, solved.bids)))


def buyer_surplus(outcome: TenderOutcome, value: float) -> float:
    """Expected value to the buyer less payment; a failed tender brings 0."""
    return value * (1.0 - outcome.failure_probability) - outcome.payment
