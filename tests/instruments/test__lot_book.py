"""Offers that win several lots: what binds them, and to whom it is known."""

import numpy as np
import pytest

from pricing.instruments._lot_book import NOBODY, Book
from pricing.instruments._lot_room import bound
from tests.builders import toy_city
from tests.instruments.test__diary import Kept

CITY = toy_city()
LOTS = CITY.lots
ALL = np.arange(len(LOTS.id))
CHECKS = np.array([LOTS.id.index("check_up_a"), LOTS.id.index("check_up_b")])


def other_offer(book: Book) -> int:
    """An offer that is nobody's supplier by default."""
    return next(one for one in range(len(CITY.offers.unit)) if one not in LOTS.offer)


def test_an_offer_is_bound_by_the_other_lots_it_has_won():
    book = Book(Kept().desk)
    offer = other_offer(book)
    book.bind(CHECKS, np.array([offer, offer]))
    found = bound(book, ALL, np.full((ALL.size, 1), offer))[:, 0]
    total = LOTS.volume_month[CHECKS].sum()
    own = np.where(np.isin(ALL, CHECKS), LOTS.volume_month, 0.0)
    assert found == pytest.approx(total - own)


def test_a_new_winner_frees_the_one_before_and_own_users_bind_nobody():
    book = Book(Kept().desk)
    offer = other_offer(book)
    book.bind(CHECKS, np.array([offer, offer]))
    book.bind(CHECKS[:1], LOTS.offer[CHECKS[:1]])
    assert book.bound[offer] == pytest.approx(LOTS.volume_month[CHECKS[1]])
    assert book.bound[LOTS.offer[CHECKS[0]]] == 0.0
    book.release(CHECKS)
    book.release(CHECKS)
    assert not book.bound.any()


def test_queues_begin_with_the_supplier_by_default_and_keep_the_order_of_the_file():
    book = Book(Kept().desk)
    for lot in ALL.tolist():
        queue = book.queue[lot][book.queue[lot] != NOBODY]
        assert queue[0] == LOTS.offer[lot]
        assert sorted(queue.tolist()) == LOTS.candidates[lot].tolist()
        assert np.all(np.diff(queue[1:]) > 0)
        assert LOTS.candidates[lot][book.place[lot, : queue.size]].tolist() == queue.tolist()
