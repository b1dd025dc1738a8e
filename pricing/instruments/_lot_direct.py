"""Buying without a tender: task assignment and ordering, from the plan to the contract.

Decree 32/2019: a task is assigned to the city's own unit within an estimate, while no unit price is
issued; an order takes the norm price times a negotiated factor and is paid per accepted output.
"""

import numpy as np

from pricing.base.arrays import Array, BoolArray, IntArray
from pricing.city.purchase import eligible_forms
from pricing.instruments._lot_award import signed, tell_award
from pricing.instruments._lot_book import Book
from pricing.instruments._lot_room import default_has_room, has_room, room
from pricing.instruments._lot_story import Procedure, Story
from pricing.instruments._lot_supply import SHORT, performance, private_factor, usual_cost

ASSIGNMENT, ORDERING = "task_assignment", "ordering"
ASSIGNMENT_DAYS = ("lot_planning_days", "lot_eligibility_days", "order_contract_days")
ORDERING_DAYS = (
    "lot_planning_days",
    "lot_eligibility_days",
    "lot_price_days",
    "order_contract_days",
)
ASSIGNED, ORDERED, ORDERED_INSTEAD = "assigned", "ordered", "ordered_instead"


def _plan_assignment(story: Story, lots: IntArray) -> None:
    story.book.plan(lots)
    story.hand_in(SHORT[ASSIGNMENT], lots)
    story.next(ASSIGNED, story.book.days(*ASSIGNMENT_DAYS), lots)


def _assign(story: Story, lots: IntArray) -> None:
    """Assign lots to the city's units; estimates are the norm cost, at most the lots' ceilings.

    An order instead where the supplier by default is no public unit of the city or too small.
    """
    book = story.book
    unit = book.city.offers.unit[book.city.lots.offer[lots]]
    is_own = book.city.units.is_public[unit] & (book.city.units.owner[unit] >= 0)
    able = is_own & default_has_room(book, lots)
    assigned, refused = lots[able], lots[~able]
    book.register.charge(refused, book.desk.parameters["administration_cost_assignment"])
    order_instead(story, refused)
    first = np.zeros(assigned.size, dtype=np.int64)
    _conclude(story, ASSIGNMENT, (assigned, first), _ceiling(book, assigned))


def _plan_order(story: Story, lots: IntArray) -> None:
    story.book.plan(lots)
    story.hand_in(SHORT[ORDERING], lots)
    story.next(ORDERED, story.book.days(*ORDERING_DAYS), lots)


def _order(story: Story, lots: IntArray) -> None:
    """Order from the supplier by default, or from the candidate with most room, if it is enough."""
    book = story.book
    ranks = np.where(default_has_room(book, lots), 0, -1)
    book.bind(lots[ranks == 0], book.city.lots.offer[lots[ranks == 0]])
    for at in np.flatnonzero(ranks < 0).tolist():
        ranks[at] = _roomiest(book, lots[at : at + 1])
    book.tell("fallback", lots[ranks < 0])
    _conclude_orders(story, lots, ranks)


def order_instead(story: Story, lots: IntArray) -> None:
    """The way out where no supplier was found: orders with the suppliers by default.

    Lots whose service the law of the day does not allow to order go unserved.
    """
    if not lots.size:
        return
    book = story.book
    book.tell("fallback", lots)
    may = _may_order(book, lots)
    story.go_unserved(lots[~may])
    story.hand_in(SHORT[ORDERING], lots[may])
    story.next(ORDERED_INSTEAD, book.days(*ORDERING_DAYS[1:]), lots[may])


def _order_default(story: Story, lots: IntArray) -> None:
    ranks = np.where(default_has_room(story.book, lots), 0, -1)
    _conclude_orders(story, lots, ranks)


def _may_order(book: Book, lots: IntArray) -> BoolArray:
    """Whether the law of the day allows to order the lots' services."""
    services = book.city.lots.service[lots]
    may = {
        service: ORDERING
        in eligible_forms(book.city, book.city.services.id[service], book.desk.day)
        for service in np.unique(services).tolist()
    }
    return np.array([may[service] for service in services.tolist()], dtype=np.bool_)


def _roomiest(book: Book, lot: IntArray) -> int:
    """Rank of the candidate with most room for a lot, bound to it at once; -1 without enough."""
    queue = book.queue[lot]
    rooms = room(book, lot, queue)[0]
    most = np.flatnonzero(rooms == rooms.max())
    rank = int(most[np.argmin(queue[0, most])])
    if not has_room(book, lot, queue)[0, rank]:
        return -1
    book.bind(lot, queue[:, rank])
    return rank


def _conclude_orders(story: Story, lots: IntArray, ranks: IntArray) -> None:
    """Orders, their prices negotiated today; none where the rank is -1."""
    book, found = story.book, ranks >= 0
    parameters = book.desk.parameters
    book.register.charge(lots[~found], parameters["administration_cost_ordering"])
    story.go_unserved(lots[~found])
    lots = lots[found]
    price = book.norm_price(lots) * parameters["negotiated_factor"]
    _conclude(story, ORDERING, (lots, ranks[found]), np.minimum(price, _ceiling(book, lots)))


def _conclude(story: Story, scheme: str, awarded: tuple[IntArray, IntArray], price: Array) -> None:
    """Award lots, (lot,), to ranks of their queues without a tender; costs are their own chance."""
    book, (lots, rank) = story.book, awarded
    if not lots.size:
        return
    offer = book.queue[lots, rank]
    book.bind(lots, offer)
    factor = np.take_along_axis(private_factor(book, lots), rank[:, None], axis=1)[:, 0]
    done = performance(book, lots, scheme, price, (usual_cost(book, offer), factor))
    book.register.charge(lots, book.desk.parameters[f"administration_cost_{SHORT[scheme]}"])
    tell_award(book, lots, price, _ceiling(book, lots))
    story.serve(signed(book, scheme, lots, (offer, price), done))


def _ceiling(book: Book, lots: IntArray) -> Array:
    """The most that may be paid for a unit of output without a tender, VND, (lot,).

    A ceiling by law, as that of check-ups (Decree 165/2026), binds however a lot is bought.
    """
    return np.fmin(book.norm_price(lots), book.city.lots.ceiling[lots])


INSTEAD = {ORDERED_INSTEAD: _order_default}
ORDER = Procedure(
    begin=_plan_order,
    steps={ORDERED: _order},
    with_papers=frozenset({ORDERED}),
    lead=ORDERING_DAYS,
)
ASSIGN = Procedure(
    begin=_plan_assignment,
    steps={ASSIGNED: _assign, **INSTEAD},
    with_papers=frozenset({ASSIGNED, ORDERED_INSTEAD}),
    lead=ASSIGNMENT_DAYS,
)
