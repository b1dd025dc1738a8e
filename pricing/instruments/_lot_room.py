"""Who can serve a lot: the supplier by default, and the room that offers have for it."""

from pricing.instruments._lot_case import Case


def default_offer(case: Case) -> int:
    """The offer of the lot's supplier by default."""
    return int(case.city.lots.offer[case.lot])


def capacity_month(case: Case, offer: int) -> float:
    """Units of output an offer can make in a month of service: its seats, where it has learners."""
    offers = case.city.offers
    has_seats = case.city.needs.is_enrolment[offers.need[offer]]
    return float(offers.capacity[offer] / (1.0 if has_seats else 12.0))


def room(case: Case, offer: int) -> float:
    """Units a month an offer can give to the lot, beside the other lots that it has won.

    The users of a lot are among those of the supplier by default, who has room for them already.
    """
    used = float(case.desk.published.lists.offer_volume[offer])
    spare = max(0.0, capacity_month(case, offer) - used - bound(case, offer))
    here = min(used, case.volume_month) if offer == default_offer(case) else 0.0
    return spare + here


def bound(case: Case, offer: int) -> float:
    """Units a month to which an offer is bound by other lots, whose users it had not before."""
    return case.register.bound(offer, case.lot)


def bind(case: Case, offer: int) -> None:
    """Let others know that an offer has won the lot; its own users bind it to nothing new."""
    if offer == default_offer(case):
        case.register.release(case.lot)
    else:
        case.register.commit(case.lot, offer, case.volume_month)


def has_room(case: Case, offer: int) -> bool:
    """Whether an offer can serve the whole lot."""
    return room(case, offer) >= case.volume_month
