"""Indices of fifths: the sign says who gets more, and equal use is 0."""

import pytest

from pricing.equations.inequality import concentration_index
from tests.indicators.facts import value

PEOPLE = [[2, 4], [4, 10]]  # place, quintile: 6 poor and 14 rich residents
RANKS = [0.15, 0.65]


def facts(payment):
    return {
        "people": ("place quintile", PEOPLE),
        "payment": ("service quintile payer", payment),
        "travel_km": ("need quintile", [[6, 14], [10, 0]]),
        "waiting": ("need quintile", [[0, 5], [0, 0]]),
    }


PAID = facts([[[1, 8, 1], [5, 5, 0]], [[2, 0, 8], [3, 0, 7]]])


def test_shares_of_public_money():
    assert value("public_benefit_share", "quintile", "1", PAID) == 17 / 29
    assert value("public_benefit_share", "sector*quintile", "health*2", PAID) == 5 / 14
    shares = [value("public_benefit_share", "need*quintile", f"primary*{q}", PAID) for q in (1, 2)]
    assert sum(shares) == pytest.approx(1.0)


def test_the_index_is_that_of_people_who_all_have_their_fifths_mean():
    amounts, standard = [17 / 6] * 6 + [12 / 14] * 14, [0] * 6 + [1] * 14
    expected = concentration_index(amounts, standard)
    assert value("public_benefit_concentration", "all", "", PAID) == pytest.approx(expected)
    assert expected < 0.0


def test_payers_needs_travel_and_waits():
    fund = (8 * (2 * RANKS[0] - 1) + 5 * (2 * RANKS[1] - 1)) / 13
    assert value("payer_concentration", "payer", "fund", PAID) == pytest.approx(fund)
    assert value("payer_concentration", "need*payer", "ambulatory*fund", PAID) == pytest.approx(
        fund
    )
    assert value("travel_concentration", "need", "ambulatory", PAID) == pytest.approx(0.0)
    assert value("travel_concentration", "need", "primary", PAID) == pytest.approx(-0.7)
    assert value("waiting_concentration", "all", "", PAID) == pytest.approx(0.3)
