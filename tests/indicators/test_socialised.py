"""Indicators of non-public provision: parts of what a market of owners leaves behind."""

import math

import numpy as np
import pytest

from tests.indicators.facts import IDS, value

S, P, Q = (len(IDS[axis]) for axis in ("service", "place", "quintile"))
SECTORS = len(IDS["sector"])
EVENTS = IDS["entry_event"]


def by_service(first: float, rest: float = 0.0) -> list[float]:
    return [first, *([rest] * (S - 1))]


def told() -> np.ndarray:
    table = np.zeros((SECTORS, P, len(EVENTS)))
    for position in range(len(EVENTS)):
        table[0, 0, position] = float(position + 1)
        table[1, 1, position] = 1.0
    return table


USE = np.zeros((S, Q, 2))
USE[0] = [[30.0, 10.0]] * Q
PAID = np.zeros((S, 2))
PAID[0] = [300.0, 200.0]
MADE = np.zeros((S, P, 2))
MADE[0, 0] = [150.0, 50.0]
OUTLAY = np.zeros((SECTORS, len(IDS["line"]), len(IDS["budget_level"])))
OUTLAY[0, IDS["line"].index("forgone_revenue"), 1] = 7.0
OUTLAY[1, IDS["line"].index("interest_subsidy"), 1] = 2.0
MOVED = np.zeros((S, len(IDS["price_cause"])))
MOVED[0] = [1.0, 0.0, 2.0, 3.0]

FACTS = {
    "use_ownership": ("service quintile ownership", USE),
    "provided": ("service place ownership", MADE),
    "paid_ownership": ("service ownership", PAID),
    "capacity_ownership": ("service ownership", PAID),
    "concentration": ("service", by_service(80.0)),
    "price_offers": ("service", by_service(4.0)),
    "price_real": ("service", by_service(5.0)),
    "price_bound": ("service", by_service(1.0)),
    "price_full": ("service", by_service(2.0)),
    "price_residual": ("service", by_service(1e-10)),
    "price_moved": ("service price_cause", MOVED),
    "outlay": ("sector line budget_level", OUTLAY),
    "entry_event": ("sector place entry_event", told()),
}
SERVICE, PLACE, SECTOR = (IDS[axis][0] for axis in ("service", "place", "sector"))
OPENED = EVENTS.index("opened") + 1.0

CASES = [
    ("non_public_share", "service", SERVICE, 0.25),
    ("non_public_share", "service*quintile", f"{SERVICE}*1", 0.25),
    ("non_public_share_made", "service*place", f"{SERVICE}*{PLACE}", 0.25),
    ("non_public_payment_share", "all", "", 0.4),
    ("non_public_capacity_share", "service", SERVICE, 0.4),
    ("concentration_of_supply", "service", SERVICE, 0.4),
    ("non_public_price_ratio", "service", SERVICE, (200.0 / 50.0) / (300.0 / 150.0)),
    ("non_public_price_real", "all", "", 1.25),
    ("price_bound_share", "service", SERVICE, 0.25),
    ("price_full_share", "all", "", 0.5),
    ("price_residual", "service", SERVICE, 1e-10),
    ("moved_prices", "all", "", 6.0),
    ("moved_prices", "price_cause", "demand", 3.0),
    ("forgone_revenue", "all", "", 9.0),
    ("forgone_revenue", "sector", SECTOR, 7.0),
    ("entries", "all", "", OPENED + 1.0),
    ("entries", "place", PLACE, OPENED),
    ("entries_so_far", "all", "", OPENED + 1.0 + 1e6 * 4),
    ("opened_places", "sector", SECTOR, EVENTS.index("opened_places") + 1.0),
    ("exits", "all", "", EVENTS.index("closed") + 2.0),
    ("declined_for_return", "sector", SECTOR, EVENTS.index("declined_return") + 1.0),
    ("declined_for_rivals", "all", "", EVENTS.index("declined_rivals") + 2.0),
    ("declined_for_staff", "all", "", EVENTS.index("declined_staff") + 2.0),
]


@pytest.mark.parametrize(("indicator", "dimension", "key", "expected"), CASES)
def test_value(indicator: str, dimension: str, key: str, expected: float) -> None:
    assert value(indicator, dimension, key, FACTS) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("indicator", "dimension", "key", "expected"), CASES)
def test_without_a_market_there_is_no_value(indicator, dimension, key, expected):
    del expected
    blank = {name: (axes, np.zeros_like(values)) for name, (axes, values) in FACTS.items()}
    assert math.isnan(value(indicator, dimension, key, blank))
