"""Heads are conserved, moves need vacancies, quits follow relative pay, professions stand alone."""

from dataclasses import fields, replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pricing.equations.staffing import NON_PUBLIC, PUBLIC, Rates, StaffMoves, staff_moves

PROFESSIONS = 4
BY_PROFESSION = {"quits", "unplaced_graduates", "unplaced_displaced"}
NAMES = tuple(field.name for field in fields(StaffMoves))


def between(low, high, shape=(PROFESSIONS,)):
    return arrays(np.float64, shape, elements=st.floats(low, high))


def by_side(low, high):
    return between(low, high, (2, PROFESSIONS))


RATES = st.builds(
    Rates,
    graduates=between(0.0, 50.0),
    stay=between(0.0, 1.0),
    retirement=between(0.0, 1.0),
    out_migration=between(0.0, 1.0),
    quit=between(0.0, 1.0),
    quit_elasticity=between(0.0, 3.0),
)
MARKETS = st.tuples(by_side(0.0, 500.0), by_side(0.0, 500.0), RATES, between(0.2, 5.0))


@given(MARKETS)
def test_nobody_vanishes(market):
    _, _, rates, _ = market
    moves = staff_moves(*market)
    assert np.allclose(moves.opening + moves.net, moves.closing, rtol=1e-12, atol=1e-9)
    graduates = rates.graduates * rates.stay / 12.0
    assert np.allclose(moves.hired.sum(0) + moves.unplaced_graduates, graduates, atol=1e-9)
    dismissed = moves.rehired.sum(0) + moves.unplaced_displaced
    assert np.allclose(dismissed, moves.displaced.sum(0), atol=1e-9)


@given(MARKETS)
def test_no_flow_is_negative_and_no_post_is_held_twice(market):
    _, posts, _, _ = market
    moves = staff_moves(*market)
    assert all((getattr(moves, name) >= -1e-9).all() for name in NAMES)
    assert (moves.closing <= posts + 1e-9).all()


@given(MARKETS)
def test_without_a_vacancy_nobody_moves_or_is_hired(market):
    heads, posts, rates, pay = market
    still = replace(rates, retirement=np.zeros(PROFESSIONS), out_migration=np.zeros(PROFESSIONS))
    full = np.minimum(posts, heads)
    moves = staff_moves(full, full, still, pay)
    assert not moves.quits.any()
    assert not moves.hired.any()
    assert not moves.displaced.any()
    assert np.array_equal(moves.closing, full)
    assert np.array_equal(moves.unplaced_graduates, rates.graduates * rates.stay / 12.0)


@given(MARKETS, between(1.0, 3.0))
def test_better_pay_elsewhere_never_lowers_quits(market, raised):
    heads, posts, rates, pay = market
    before = staff_moves(heads, posts, rates, pay).quits
    after = staff_moves(heads, posts, rates, pay * raised).quits
    assert (after >= before).all()


@given(MARKETS, st.permutations(range(PROFESSIONS)))
def test_professions_do_not_know_of_each_other(market, order):
    heads, posts, rates, pay = market
    shuffled = Rates(**{field.name: getattr(rates, field.name)[order] for field in fields(Rates)})
    moves = staff_moves(*market)
    other = staff_moves(heads[:, order], posts[:, order], shuffled, pay[order])
    for name in NAMES:
        assert np.array_equal(getattr(other, name), getattr(moves, name)[..., order])


def one(heads, posts, pay=1.0, **rates: float) -> StaffMoves:
    """A market of one profession; rates that are not named are zero, elasticity is one."""
    known = {field.name: 0.0 for field in fields(Rates)} | {"stay": 1.0, "quit_elasticity": 1.0}
    table = {name: np.array([value]) for name, value in (known | rates).items()}
    columns = np.array(heads)[:, None], np.array(posts)[:, None]
    return staff_moves(*columns, Rates(**table), np.array([pay]))


def test_quits_are_the_rate_times_relative_pay():
    moves = one((120.0, 10.0), (120.0, 40.0), pay=1.5, quit=0.1)
    assert np.isclose(moves.quits[0], 120.0 * 0.1 / 12.0 * 1.5)
    assert np.isclose(moves.closing[PUBLIC, 0], 118.5)
    assert np.isclose(moves.closing[NON_PUBLIC, 0], 11.5)


def test_quits_stop_at_the_vacancies():
    moves = one((120.0, 39.5), (120.0, 40.0), pay=1.5, quit=0.1)
    assert np.isclose(moves.quits[0], 0.5)


def test_graduates_fill_both_sides_in_proportion_to_vacancies():
    moves = one((90.0, 20.0), (96.0, 23.0), graduates=36.0)
    assert np.allclose(moves.hired[:, 0], (2.0, 1.0))
    assert not moves.unplaced_graduates.any()


def test_who_lost_a_closed_post_fills_public_vacancies_or_leaves():
    moves = one((90.0, 20.0), (96.0, 10.0))
    assert moves.displaced[NON_PUBLIC, 0] == 10.0
    assert moves.rehired[PUBLIC, 0] == 6.0
    assert moves.unplaced_displaced[0] == 4.0
    assert moves.closing[:, 0].tolist() == [96.0, 10.0]
