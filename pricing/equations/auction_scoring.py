"""Tenders decided on quality and price: quasi-linear scores and the weighted score of the law.

Che (1993): a bidder whose quality q costs θ·q, θ ~ F private, and who is scored s(q) − price,
chooses q(θ) = argmax s(q) − θ·q whatever his rivals do, and bids the price

    p(θ) = θ·q(θ) + ∫_θ^hi q(x)·((1 − F(x))/(1 − F(θ)))^(n−1) dx.

The buyer who values quality at V does best by a rule that rewards it less: q* = argmax V(q) − J·q,
J(θ) = θ + F/f, which must rise in θ (F log-concave).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numpy.polynomial import legendre

from pricing.base.arrays import Array, BoolArray, IntArray
from pricing.equations.auction_costs import CostDistribution
from pricing.equations.auction_grid import grid

_NODES, _WEIGHTS = legendre.leggauss(60)
_SURE = 1.0 - 1e-14


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityValue:
    """Worth of quality V(q) = scale·q^exponent/exponent, 0 < exponent < 1."""

    scale: float = 1.0
    exponent: float = 0.5

    def __post_init__(self) -> None:
        if not 0.0 < self.exponent < 1.0 or self.scale <= 0.0:
            raise ValueError(
                f"quality worth {self.scale}·q^{self.exponent}: scale > 0, exponent in (0, 1)"
            )

    def of(self, quality: npt.ArrayLike) -> Array:
        """V(q), any axes."""
        return self.scale / self.exponent * np.power(quality, self.exponent)

    def best_quality(self, unit_cost: npt.ArrayLike) -> Array:
        """Quality at which V′ equals a cost per unit of it, any axes."""
        ratio = self.scale / np.asarray(unit_cost, dtype=np.float64)
        return np.asarray(np.power(ratio, 1.0 / (1.0 - self.exponent)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreTender:
    """`bidders` ≥ 2 with costs of quality θ·q, θ ~ `costs` (lo > 0), and what quality is worth."""

    costs: CostDistribution
    bidders: int
    value: QualityValue

    def __post_init__(self) -> None:
        if self.bidders < 2 or self.costs.lo < 0.0:
            raise ValueError(f"{self.bidders} bidders: a score without ceiling needs two")

    @property
    def top(self) -> float:
        """Highest cost parameter."""
        return min(self.costs.hi, float(self.costs.quantile(_SURE)))

    def mean_of_winner(self, values: Array) -> float:
        """Mean over the lowest θ of values at the nodes of its grid."""
        panels = grid(self.costs, self.top)
        rivals = self.costs.survival(panels.costs) ** (self.bidders - 1)
        mass = rivals * self.costs.density(panels.costs)
        return panels.total(mass * values) / panels.total(mass)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreBid:
    """What a bidder offers, on the axes of his θ; `score` = V(quality) − price."""

    quality: Array
    price: Array
    score: Array


def first_score_bid(tender: ScoreTender, theta: npt.ArrayLike) -> ScoreBid:
    """Equilibrium offer at each θ, any axes, where quality is scored at its worth."""
    own = np.asarray(theta, dtype=np.float64)
    step = 0.5 * np.maximum(tender.top - own, 0.0)[..., np.newaxis]
    beyond = own[..., np.newaxis] + step * (1.0 + _NODES)
    floor = np.maximum(tender.costs.survival(own), np.finfo(np.float64).tiny)[..., np.newaxis]
    chance = (tender.costs.survival(beyond) / floor) ** (tender.bidders - 1)
    rent = (tender.value.best_quality(beyond) * chance * step) @ _WEIGHTS
    quality = tender.value.best_quality(own)
    price = own * quality + rent
    return ScoreBid(quality=quality, price=price, score=tender.value.of(quality) - price)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreOutcome:
    """Expected worth of quality less price to the buyer, quality and price of the winner."""

    utility: float
    quality: float
    price: float


def worth_rule(tender: ScoreTender) -> ScoreOutcome:
    """Expected outcome where quality is scored at its worth."""
    panels = grid(tender.costs, tender.top)
    return _score_outcome(tender, tender.value.best_quality(panels.costs))


def optimal_rule(tender: ScoreTender) -> ScoreOutcome:
    """Expected outcome under the buyer's best rule, which under-rewards quality."""
    return _score_outcome(tender, tender.value.best_quality(_virtual_cost(tender)))


def _score_outcome(tender: ScoreTender, quality: Array) -> ScoreOutcome:
    """The buyer pays virtual cost for the winner's quality, (panel, node)."""
    price = _virtual_cost(tender) * quality
    return ScoreOutcome(
        utility=tender.mean_of_winner(tender.value.of(quality) - price),
        quality=tender.mean_of_winner(quality),
        price=tender.mean_of_winner(price),
    )


def _virtual_cost(tender: ScoreTender) -> Array:
    """J(θ) = θ + F/f, (panel, node)."""
    theta = grid(tender.costs, tender.top).costs
    return theta + tender.costs.cdf(theta) / tender.costs.density(theta)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Scores of bids, (…, bid), NaN where excluded, and the winner, (…,): −1 if all are."""

    score: Array
    admitted: BoolArray
    winner: IntArray


def weighted_scores(
    technical: npt.ArrayLike, price: npt.ArrayLike, weight: npt.ArrayLike, minimum: npt.ArrayLike
) -> Scores:
    """Combined score weight·technical + (1 − weight)·100·lowest price/price of bids, (…, bid).

    Technical points are out of 100. Bids below the technical minimum are excluded, also from the
    lowest price. `weight` and `minimum` are scalars or (…, 1). Of equal scores the first bid wins.
    """
    points, asked = np.asarray(technical, dtype=np.float64), np.asarray(price, dtype=np.float64)
    admitted = np.greater_equal(points, minimum)
    lowest = np.where(admitted, asked, np.inf).min(axis=-1, keepdims=True)
    share = np.asarray(weight)
    with np.errstate(invalid="ignore"):
        combined = share * points + (1.0 - share) * 100.0 * lowest / asked
    return _scored(combined, admitted)


def quasi_linear_scores(
    worth: npt.ArrayLike, price: npt.ArrayLike, ceiling: npt.ArrayLike = np.inf
) -> Scores:
    """Score worth − price of bids, (…, bid); bids above the ceiling are excluded."""
    asked = np.asarray(price, dtype=np.float64)
    return _scored(np.subtract(worth, asked), np.less_equal(asked, ceiling))


def _scored(score: Array, admitted: BoolArray) -> Scores:
    ranked = np.where(admitted, score, -np.inf)
    winner = np.where(admitted.any(axis=-1), ranked.argmax(axis=-1), -1)
    return Scores(score=np.where(admitted, score, np.nan), admitted=admitted, winner=winner)
