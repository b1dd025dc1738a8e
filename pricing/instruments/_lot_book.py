"""The book of an instrument's lots: where each of them stands between plan and settlement.

Arrays of the book are on the city's axis of lots; functions take the lots they treat, ascending.
"""

import numpy as np
import numpy.typing as npt

from pricing.base.arrays import Array, IntArray
from pricing.base.calendar import BASE_YEAR, Month
from pricing.city.city import City
from pricing.instruments._desk import Desk
from pricing.instruments._lot_chance import LotChance
from pricing.instruments._lot_register import Register

NOBODY = -1
JANUARY = Month.of(BASE_YEAR, 1).ordinal


class Book:
    """Lots of one instrument.

    Parameters
    ----------
    months
        Length of contracts; as each lot says if None.

    Attributes
    ----------
    holder
        Offer that serves each lot or did so last; the supplier by default before that.
    free_from
        First month for which a supplier is sought, an ordinal.
    begun
        Day of the plan of the contract now sought.
    sequence, attempt
        Which contract of the lot, and which attempt at it, from 0: the address of chance.
    failures
        Failed tenders in a row.
    walked_out
        Offer whose supplier broke the last contract, which is not asked again for it; -1 none.
    won
        Offer bound to each lot though its users were not its own before; -1 none.
    bound
        Units a month to which each offer is bound by lots that it won so, (offer,).
    queue, place
        Offers that may serve each lot, (lot, rank), NOBODY beyond the last: the supplier by default
        first, then the others in file order. Their places in file order: the slots of their chance.
    capacity
        Units of output that offers can make in a month of service, (offer,).
    """

    def __init__(self, desk: Desk, months: int | None = None) -> None:
        lots = desk.city.lots
        n_lots = len(lots.id)
        self.desk, self.city = desk, desk.city
        self.register = Register(desk, n_lots)
        self.chance = LotChance(desk.draws, n_lots)
        self.months: IntArray = lots.months if months is None else np.full(n_lots, months)
        self.holder: IntArray = lots.offer.copy()
        self.free_from: IntArray = JANUARY + lots.first_month
        self.begun = np.zeros(n_lots, dtype=np.int64)
        self.sequence = np.zeros(n_lots, dtype=np.int64)
        self.attempt = np.zeros(n_lots, dtype=np.int64)
        self.failures = np.zeros(n_lots, dtype=np.int64)
        self.walked_out = np.full(n_lots, -1)
        self.won = np.full(n_lots, -1)
        self.bound = np.zeros(len(desk.city.offers.unit))
        self.queue, self.place = _queues(desk.city)
        self.capacity = _capacity_month(desk.city)

    def days(self, *names: str) -> int:
        """Whole days that parameters named foresee in all."""
        return round(sum(self.desk.parameters[name] for name in names))

    def tell(self, event: str, lots: IntArray, amounts: npt.ArrayLike = 1.0) -> None:
        """Note today what happens to lots: counts, days or VND."""
        told = np.broadcast_to(np.asarray(amounts, dtype=np.float64), lots.shape)
        self.desk.tell(event, lots, told)

    def plan(self, lots: IntArray) -> None:
        """Begin with the plan of contracts."""
        self.begun[lots] = self.desk.day
        self.tell("planned", lots)

    def next_start(self, lots: IntArray) -> IntArray:
        """First months in which contracts signed today can begin, ordinals."""
        return np.maximum(self.free_from[lots], self.desk.month.ordinal + 1)

    def norm_price(self, lots: IntArray) -> Array:
        """Price of the lots' norms at full cost, VND per unit of output, as last published."""
        price: Array = self.desk.published.lists.norm[self.city.lots.norm[lots]].sum(axis=-1)
        return price

    def units(self, lots: IntArray) -> Array:
        """Units of output over a contract."""
        return self.city.lots.volume_year[lots] * self.months[lots] / 12.0

    def uniforms(self, purpose: str, lots: IntArray, slots: int) -> Array:
        """The lots' chance for a purpose in this attempt, (lot, slot)."""
        return self.chance.rows(purpose, lots, (self.sequence, self.attempt), slots)

    def bind(self, lots: IntArray, offer: IntArray) -> None:
        """Bind offers to lots; the users of the supplier by default bind it to nothing new."""
        self.release(lots)
        new = offer != self.city.lots.offer[lots]
        self.won[lots[new]] = offer[new]
        np.add.at(self.bound, offer[new], self.city.lots.volume_month[lots[new]])

    def release(self, lots: IntArray) -> None:
        """Nobody is bound to lots any more."""
        held = lots[self.won[lots] >= 0]
        np.subtract.at(self.bound, self.won[held], self.city.lots.volume_month[held])
        self.won[held] = -1


def _queues(city: City) -> tuple[IntArray, IntArray]:
    """Offers that may serve lots and their places in file order, (lot, rank)."""
    most = max((one.size for one in city.lots.candidates), default=0)
    queue = np.full((len(city.lots.id), most), NOBODY)
    place = np.zeros(queue.shape, dtype=np.int64)
    for row, (first, offers) in enumerate(
        zip(city.lots.offer.tolist(), city.lots.candidates, strict=True)
    ):
        order = np.argsort(offers != first, kind="stable")
        queue[row, : offers.size], place[row, : offers.size] = offers[order], order
    return queue, place


def _capacity_month(city: City) -> Array:
    """Units of output that offers can make in a month of service: seats, where they have them."""
    has_seats = city.needs.is_enrolment[city.offers.need]
    return np.asarray(city.offers.capacity / np.where(has_seats, 1.0, 12.0))
