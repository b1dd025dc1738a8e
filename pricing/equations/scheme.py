"""How a supplier behaves under each way to buy a lot, and who bears which risk.

The supplier keeps a share r of what revenue exceeds cost by (task assignment 0, for what is unspent
is returned; ordering and bidding at a fixed price 1). He chooses effort e and cost cutting x:

    max  r·(p·a(q) − c·(1 − x)) − k_x·x²/2 − k_e·e²/2 + m·q,   q = q0 + e − β·x,
    a(q) = 1 − d·max(0, floor − q).

With d* the marginal penalty that counts, e* = (m + r·p·d*)/k_e and x* = (r·c − β·(m + r·p·d*))/k_x
within [0, 1]. Above the floor d* = 0, below it d* = d; in between he stops at the floor, at the d*
that makes q equal to it. (Hart, Shleifer & Vishny 1997: cost cutting that harms quality.)
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pricing.base.arrays import Array
from pricing.city.rows.lots import SCHEMES
from pricing.equations.quotient import quotient

RETAINED = np.array([0.0, 1.0, 1.0])

RISKS = ("volume", "cost", "quality", "payment_delay")
# Assignment is paid in advance within the estimate whatever is used or spent, and settled without
# regard to quality; an order is paid per accepted output at a price from the norm, with an advance;
# a contract by tender likewise, on acceptance (Decree 32/2019; treasury rules on its payment).
RISK_BEARERS = (
    ("budget", "budget", "user", "budget"),
    ("supplier", "supplier", "supplier", "shared"),
    ("supplier", "supplier", "supplier", "supplier"),
)


def risk_bearers(scheme: str) -> dict[str, str]:
    """Who bears each of RISKS under one of SCHEMES: budget, supplier, shared or user."""
    return dict(zip(RISKS, RISK_BEARERS[SCHEMES.index(scheme)], strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a scheme pays for, on the common axes.

    `retained` r ∈ [0, 1]; `price` p VND per accepted unit; `penalty` d: share of the output refused
    per unit of quality missing; `floor` on quality. d·floor ≤ 1 keeps acceptance above 0.
    """

    retained: Array | float
    price: Array | float
    penalty: Array | float
    floor: Array | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Nature:
    """What a supplier is like, on the common axes.

    `cost` c VND per unit; `quality` q0; `harm` β ∈ [0, q0]: quality lost per share of cost cut;
    `cut_cost` k_x > 0 and `effort_cost` k_e > 0 VND per unit; `motivation` m ≥ 0 VND per unit of
    quality.
    """

    cost: Array | float
    quality: Array | float
    harm: Array | float
    cut_cost: Array | float
    effort_cost: Array | float
    motivation: Array | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """What the supplier does, on the common axes.

    `effort` e*, `cut` x* ∈ [0, 1], `quality` q, `acceptance` a(q) ∈ [0, 1], `penalty` d* ∈ [0, d],
    `cost` c·(1 − x*) VND per unit.
    """

    effort: Array
    cut: Array
    quality: Array
    acceptance: Array
    penalty: Array
    cost: Array


def acceptance(quality: npt.ArrayLike, terms: Terms) -> Array:
    """Share of the output that is accepted, a(q) ∈ [0, 1], on the common axes."""
    missing = np.maximum(np.subtract(terms.floor, quality), 0.0)
    return np.clip(1.0 - terms.penalty * missing, 0.0, 1.0)


def behaviour(terms: Terms, nature: Nature) -> Behaviour:
    """Effort, cost cutting and quality that suit the supplier best, on the common axes.

    Quality rises with t = m + r·p·d*, the worth of quality at the margin, in three straight pieces:
    x = 1, x within, x = 0. The t that gives the floor is the median of the three pieces' answers.
    """
    gain = np.multiply(terms.retained, terms.price)
    saving = np.multiply(terms.retained, nature.cost)
    lacking = np.subtract(terms.floor, nature.quality)
    within = (lacking + nature.harm * saving / nature.cut_cost) / (
        1.0 / np.asarray(nature.effort_cost) + np.square(nature.harm) / nature.cut_cost
    )
    whole = nature.effort_cost * (lacking + nature.harm)
    none = nature.effort_cost * lacking
    # The median, as none < whole.
    at_floor = np.maximum(none, np.minimum(whole, within))
    most = nature.motivation + gain * terms.penalty
    worth = np.clip(at_floor, nature.motivation, most)
    stops = (worth > nature.motivation) & (worth < most)
    below = (gain > 0.0) & (worth == most)
    penalty = np.where(below, terms.penalty, quotient(worth - nature.motivation, gain, 0.0))
    cut = np.clip((saving - nature.harm * worth) / nature.cut_cost, 0.0, 1.0)
    effort = worth / nature.effort_cost
    # At the floor exactly, not a rounding below it, where the output would be refused.
    quality = np.where(stops, terms.floor, nature.quality + effort - nature.harm * cut)
    return Behaviour(
        effort=effort,
        cut=cut,
        quality=quality,
        acceptance=acceptance(quality, terms),
        penalty=penalty,
        cost=nature.cost * (1.0 - cut),
    )


def supplier_gain(terms: Terms, nature: Nature, effort: npt.ArrayLike, cut: npt.ArrayLike) -> Array:
    """What the supplier maximises, VND per unit of output, on the common axes."""
    quality = nature.quality + np.asarray(effort) - nature.harm * np.asarray(cut)
    money = terms.price * acceptance(quality, terms) - nature.cost * (1.0 - np.asarray(cut))
    toil = nature.cut_cost * np.square(cut) / 2.0 + nature.effort_cost * np.square(effort) / 2.0
    return np.asarray(terms.retained * money - toil + nature.motivation * quality)


def ordering_cost(lots: npt.ArrayLike, price: npt.ArrayLike) -> Array:
    """Outlay on lots ordered at a price, VND, on the common axes."""
    return np.multiply(lots, price, dtype=np.float64)


def bidding_cost(
    lots: npt.ArrayLike,
    payment: npt.ArrayLike,
    failure_probability: npt.ArrayLike,
    fallback: npt.ArrayLike,
) -> Array:
    """Expected outlay on lots put to tender, VND, on the common axes.

    `payment` is expected per tender with failed ones as 0; a failed lot is bought at `fallback`.
    """
    failed = np.multiply(failure_probability, fallback)
    return np.multiply(lots, payment + failed, dtype=np.float64)
