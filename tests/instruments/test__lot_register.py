"""Offers that win several lots: what binds them, and to whom it is known."""

from typing import cast

from pricing.instruments._desk import Desk
from pricing.instruments._lot_register import Register


def register() -> Register:
    """A register whose months nobody reads."""
    return Register(cast("Desk", None))


def test_an_offer_is_bound_by_the_other_lots_it_has_won():
    book = register()
    book.commit(0, 7, 100.0)
    book.commit(1, 7, 50.0)
    assert book.bound(7, 0) == 50.0
    assert book.bound(7, 1) == 100.0
    assert book.bound(7, 2) == 150.0
    assert book.bound(8, 0) == 0.0


def test_a_new_winner_frees_the_one_before():
    book = register()
    book.commit(0, 7, 100.0)
    book.commit(0, 8, 100.0)
    assert book.bound(7, 1) == 0.0
    assert book.bound(8, 1) == 100.0
    book.release(0)
    book.release(0)
    assert book.bound(8, 1) == 0.0
