"""What a tender among bidder types is expected to bring, at first and at second price.

First price: along the equilibrium path the lowest bid exceeds b with probability e^(−Λ),
Λ = Σ n_T·D_T, and type T wins there with n_T·e^(−Λ)·dD_T. Second price: every bidder bids his cost,
the lowest wins and is paid the second lowest, or the ceiling if that is lower.
"""

from dataclasses import dataclass

import numpy as np
from numpy.polynomial import legendre

from pricing.base.arrays import Array
from pricing.equations.auction_costs import CostDistribution
from pricing.equations.auction_types import BidderType, TypesEquilibrium
from pricing.equations.quotient import quotient

_PATH_NODES, _PATH_WEIGHTS = legendre.leggauss(4)
_NODES, _WEIGHTS = legendre.leggauss(40)
# Below this chance costs count for nothing; inverse distributions lose their digits there.
_RARE = 1e-15
_PROBABILITIES = np.array([1e-9, 1e-6, 1e-3, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999, 1 - 1e-6])


@dataclass(frozen=True, slots=True, kw_only=True)
class TypesOutcome:
    """Expected values of a tender among types, in the unit of costs.

    `payment` counts a failed tender as 0; `price` is per award, NaN where there can be none. `wins`
    is the chance that a bidder of a type wins, `rents` what the type earns, (type,): all its
    bidders together, failed tenders counted as 0.
    """

    failure_probability: float
    payment: float
    price: float
    wins: Array
    rents: Array


def _outcome(failure: float, payment: float, wins: Array, rents: Array) -> TypesOutcome:
    return TypesOutcome(
        failure_probability=failure,
        payment=payment,
        price=float(quotient(payment, wins.sum())),
        wins=wins,
        rents=rents,
    )


def _survival(types: tuple[BidderType, ...], cost: Array, without: int = -1) -> Array:
    """Chance that all costs exceed one, a bidder of type `without` left out; on the axes of it."""
    chance = np.ones(cost.shape)
    for kind, row in enumerate(types):
        chance = chance * row.costs.survival(cost) ** (row.count - (kind == without))
    return chance


def first_price_outcome(equilibrium: TypesEquilibrium) -> TypesOutcome:
    """Expected outcome of the first-price tender."""
    types, active, path = equilibrium.types, equilibrium.active, equilibrium.path
    failure = float(_survival(types, np.asarray(equilibrium.ceiling)))
    wins, rents = np.zeros(len(types)), np.zeros(len(types))
    if not active:
        return _uncontested_outcome(equilibrium, failure)
    counts = np.array([float(types[kind].count) for kind in active])
    width = np.diff(path.log_chance)[:, np.newaxis]
    at = (path.log_chance[:-1, np.newaxis] + 0.5 * width * (1.0 + _PATH_NODES)).ravel()
    weight = (0.5 * width * _PATH_WEIGHTS * np.exp(-at).reshape(len(width), -1)).ravel()
    bids, hazards = np.split(equilibrium.curves(at), [1], axis=1)
    rate = counts * equilibrium.curves(at, 1)[:, 1:]
    mass = rate * weight[:, np.newaxis]
    # What little is left beyond the path is shared as at its end.
    rest = (np.exp(-path.log_chance[-1]) - failure) * rate[-1] / rate[-1].sum()
    beyond = 0.5 * (equilibrium.top + path.bids[-1])
    wins[list(active)] = mass.sum(axis=0) + rest
    payment = float((mass * bids).sum() + rest.sum() * beyond)
    costs = np.column_stack(
        [
            types[kind].costs.quantile(-np.expm1(-np.maximum(hazards[:, i], _RARE)))
            for i, kind in enumerate(active)
        ]
    )
    rents[list(active)] = (mass * (bids - costs)).sum(axis=0)
    return _outcome(failure, payment, wins, rents)


def _uncontested_outcome(equilibrium: TypesEquilibrium, failure: float) -> TypesOutcome:
    """One type, or none, bids `top`, and wins if its cost is no higher."""
    wins, rents = np.zeros(len(equilibrium.types)), np.zeros(len(equilibrium.types))
    kind, top = equilibrium.unchallenged, equilibrium.top
    if kind < 0:
        return _outcome(failure, 0.0, wins, rents)
    costs = equilibrium.types[kind].costs
    x, weight = _panels(_breaks(equilibrium.types[kind : kind + 1], top))
    wins[kind] = 1.0 - failure
    rents[kind] = float(weight @ costs.cdf(x))
    return _outcome(failure, top * (1.0 - failure), wins, rents)


def second_price_outcome(types: tuple[BidderType, ...], ceiling: float) -> TypesOutcome:
    """Expected outcome of the second-price tender under a ceiling price.

    E[payment] = ∫ P(paid > x) dx up to the ceiling; a type's rent is n·∫ F·P(no rival below) dx.
    """
    failure = _survival(types, np.asarray(ceiling))
    x, weight = _panels(_breaks(types, ceiling))
    unrivalled = np.array([_survival(types, x, without=kind) for kind in range(len(types))])
    counts = np.array([[float(row.count)] for row in types])
    below = np.array([row.costs.cdf(x) for row in types])
    alone = (counts * below * unrivalled).sum(axis=0)
    paid = _survival(types, x) + alone - failure
    lowest = min(min(row.costs.lo for row in types), ceiling)
    payment = (1.0 - failure) * lowest + weight @ paid
    wins = np.array([_chance(types, kind, ceiling) for kind in range(len(types))])
    rents = (counts * below * unrivalled) @ weight
    return _outcome(float(failure), float(payment), wins, rents)


def _chance(types: tuple[BidderType, ...], kind: int, ceiling: float) -> float:
    """Chance that the lowest cost is of a type and no higher than the ceiling."""
    costs = types[kind].costs
    breaks = np.append(costs.cdf(_breaks(types, ceiling)), costs.cdf(ceiling))
    u, weight = _panels(np.unique(breaks))
    return types[kind].count * float(weight @ _survival(types, costs.quantile(u), without=kind))


def _breaks(types: tuple[BidderType, ...], ceiling: float) -> Array:
    """Costs between which all distributions are smooth, from the lowest to the ceiling."""
    rows: list[CostDistribution] = [row.costs for row in types]
    points = [point for costs in rows for point in (costs.lo, costs.hi, ceiling)]
    quantiles = np.concatenate([costs.quantile(_PROBABILITIES) for costs in rows])
    return np.unique(np.minimum(np.append(quantiles, points), ceiling))


def _panels(breaks: Array) -> tuple[Array, Array]:
    """Nodes and weights of integrals over the panels, nodes denser towards both ends of each."""
    t = 0.5 * (1.0 + _NODES)
    share, slope = t * t * (3.0 - 2.0 * t), 6.0 * t * (1.0 - t)
    width = np.diff(breaks)[:, np.newaxis]
    x = breaks[:-1, np.newaxis] + width * share
    return x.ravel(), (width * 0.5 * _WEIGHTS * slope).ravel()
