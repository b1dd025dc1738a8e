"""Out-of-pocket payments per resident, and shares of payers that sum to one."""

import pytest

from tests.indicators.facts import value

PEOPLE = {
    # sector, place, quintile
    "out_of_pocket": ("sector place quintile", [[[10, 20], [30, 40]], [[1, 2], [3, 4]]]),
    "people": ("place quintile", [[2, 4], [5, 5]]),
    # service, quintile, payer
    "payment": ("service quintile payer", [[[1, 8, 1], [5, 5, 0]], [[2, 0, 8], [3, 0, 7]]]),
}


def test_per_resident_of_the_same_group() -> None:
    assert value("out_of_pocket", "all", "", PEOPLE) == 110 / 16
    assert value("out_of_pocket", "sector", "education", PEOPLE) == 10 / 16
    assert value("out_of_pocket", "quintile", "1", PEOPLE) == 44 / 7
    assert value("out_of_pocket", "place", "b", PEOPLE) == 77 / 10
    assert value("out_of_pocket", "sector*quintile", "health*2", PEOPLE) == 60 / 9
    assert value("out_of_pocket", "place_kind*quintile", "rural*1", PEOPLE) == 33 / 5


@pytest.mark.parametrize(
    ("dimension", "before"),
    [
        ("payer", ""),
        ("service*payer", "visit*"),
        ("sector*payer", "education*"),
        ("quintile*payer", "2*"),
    ],
)
def test_payers_share_everything(dimension: str, before: str) -> None:
    shares = [
        value("payer_share", dimension, before + payer, PEOPLE)
        for payer in ("household", "fund", "budget")
    ]
    assert sum(shares) == pytest.approx(1.0, abs=1e-15)


def test_share_of_a_payer() -> None:
    assert value("payer_share", "payer", "household", PEOPLE) == 11 / 40
    assert value("payer_share", "service*payer", "lesson*budget", PEOPLE) == 0.75
