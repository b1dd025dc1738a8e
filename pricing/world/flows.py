"""What happened in one month: the market's account to the close."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from pricing.base.arrays import Array, BoolArray, IntArray
from pricing.equations.staffing import StaffMoves
from pricing.world.envelope import EnvelopeFlows

# The figures of welfare and the quantities they are recorded as.
WELFARE = MappingProxyType(
    {
        "surplus": "user_surplus",
        "travel_km": "travel_km",
        "travel_cost": "travel_cost",
        "detour_cost": "detour_cost",
        "waiting": "waiting",
        "waiting_cost": "waiting_cost",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payments:
    """Who paid how much to each offer this month, VND; (quintile, offer) unless said.

    Residents: ``household`` own shares, tuition and top-ups; ``fund`` before refusals; ``support``
    of the budget; ``order`` (offer,) the budget's order part. Users from outside the city, whose
    fund and budget are national: ``outside_household``, ``outside_fund``, ``outside_support``,
    ``outside_order`` (offer,). ``learning`` (quintile,) families' other spending on learning.
    ``lot`` (offer,) of the city's budget for output accepted under lots.
    """

    household: Array
    fund: Array
    support: Array
    order: Array
    outside_household: Array
    outside_fund: Array
    outside_support: Array
    outside_order: Array
    learning: Array
    lot: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """What offers cost and what the budget adds, VND this month.

    ``cost`` (offer, component) incurred; ``grant`` (offer, cash component) recurrent; ``capital``
    (offer,) from the capital budget; ``mandate`` (unit,) grant for work outside priced services;
    ``activity`` (offer,) units of output, residents and outsiders, learners spread over the year.
    """

    cost: Array
    grant: Array
    capital: Array
    mandate: Array
    activity: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Schooling:
    """Movements of learners in an intake month, (need, quintile)."""

    opening: Array
    entrants: Array
    completed: Array
    dropped: Array
    closing: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFlow:
    """Persons in the queues of one month, (queue,): opening + arrived = closing + served + lost."""

    opening: Array
    arrived: Array
    served: Array
    lost: Array
    closing: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class LotFlows:
    """Lots in one month, (lot,).

    ``offer`` index of the offer that serves, -1 none; ``ordered``, ``delivered``, ``accepted``
    units of output; ``paid`` VND per accepted output; ``advanced`` VND in advance for assigned
    tasks, ``spent`` what these tasks cost the unit beyond what users pay; ``is_assigned`` 1 under
    task assignment; ``quality`` times delivered; ``administration`` VND.
    """

    offer: IntArray
    ordered: Array
    delivered: Array
    accepted: Array
    paid: Array
    advanced: Array
    spent: Array
    is_assigned: Array
    quality: Array
    administration: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Welfare:
    """What a month is worth to residents; (need, quintile) unless said.

    ``surplus`` (need, place_kind, quintile) VND over the base year's burden at the same prices of
    travel; ``travel_km`` one way; ``travel_cost`` VND, and the part of it, ``detour_cost``, that
    crowding adds; ``waiting`` days and ``waiting_cost`` VND. Learners' surplus and travel of a
    school year are entered in its intake month.
    """

    surplus: Array
    travel_km: Array
    travel_cost: Array
    detour_cost: Array
    waiting: Array
    waiting_cost: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """What residents of each cell did this month, for the household sample.

    ``episodes`` that cost something, served or self-treated, and ``household`` VND paid for them,
    (need, quintile, place, class); ``own_share`` (need, quintile, class) VND that counts towards
    the yearly ceiling, ``relief`` VND that budgets paid and ``reached`` that times the share of the
    people whom their programmes reach, (need, quintile, class); ``potential`` and ``missed`` (need,
    quintile) episodes; ``learners`` months and ``learning`` VND paid by families, (need, quintile,
    place).
    """

    episodes: Array
    household: Array
    own_share: Array
    relief: Array
    reached: Array
    potential: Array
    missed: Array
    learners: Array
    learning: Array


CAUSES = ("contract_price", "capacity", "cost", "demand")
"""Why the real price of a non-public offer may move far from that of the base year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pricing:
    """A round of prices of non-public offers, (offer,); offers that did not price are at 0.

    ``is_priced``; ``residual`` distance to the owner's condition over the price; ``is_bound`` by a
    limit, ``is_full`` at capacity; ``real`` price over the base year's; ``cause`` position in
    CAUSES where ``real`` lies outside 0.8 to 1.5, else -1.
    """

    is_priced: BoolArray
    residual: Array
    is_bound: BoolArray
    is_full: BoolArray
    real: Array
    cause: IntArray

    @classmethod
    def none(cls, n_offers: int) -> Pricing:
        """A round in which nobody has priced yet, to be filled."""
        return cls(
            is_priced=np.zeros(n_offers, dtype=np.bool_),
            residual=np.zeros(n_offers),
            is_bound=np.zeros(n_offers, dtype=np.bool_),
            is_full=np.zeros(n_offers, dtype=np.bool_),
            real=np.zeros(n_offers),
            cause=np.full(n_offers, -1),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """One month.

    ``volume`` (quintile, offer) residents' units of output; ``outsiders`` (offer,);
    ``place_volume`` (service, place); ``place_household`` (sector, place, quintile) VND;
    ``self_treatment`` (quintile,) VND; ``demand``, ``unmet`` (need, quintile) episodes or entrants;
    ``wait_days`` (offer,); ``norm`` (norm, component) of the month; ``charged`` (offer,) and
    ``top_up`` (quintile, offer) VND per unit of output; ``earning``, ``order_earning`` (offer,
    component) VND per unit of output; ``cpi`` price level over the base year; ``vouchers`` (need,
    place_kind, quintile, class) VND; ``lots`` None while no lot is bought or prepared; ``cells``
    None without a household sample; ``envelope`` None where no budget has one; ``staff`` None where
    staff stay put; ``pricing`` None in months without a round of prices.
    """

    volume: Array
    outsiders: Array
    place_volume: Array
    place_household: Array
    self_treatment: Array
    demand: Array
    unmet: Array
    wait_days: Array
    norm: Array
    charged: Array
    top_up: Array
    earning: Array
    order_earning: Array
    cpi: float
    vouchers: Array
    welfare: Welfare
    payments: Payments
    supply: Supply
    queue: QueueFlow
    schooling: Schooling | None
    lots: LotFlows | None
    cells: Cells | None
    envelope: EnvelopeFlows | None = None
    staff: StaffMoves | None = None
    pricing: Pricing | None = None
