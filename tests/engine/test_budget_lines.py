"""What budgets owe falls on the lines and levels that the offers and units belong to."""

import numpy as np
import pytest

from pricing.engine.budget_lines import Owed, budget_lines
from pricing.world.accounts import LINES
from tests.builders import toy_city
from tests.engine.small import quiet_setup

SETUP, CITY = quiet_setup(), toy_city()
N = CITY.offers.unit.size
NOTHING = np.zeros(N)


def table(**amounts):
    parts = {"support": NOTHING, "order": NOTHING, "grant": NOTHING, "capital": NOTHING}
    mandate = amounts.pop("mandate", np.zeros(len(CITY.units.id)))
    return budget_lines(SETUP, Owed(**{**parts, **amounts}, mandate=mandate))


@pytest.mark.parametrize(
    ("part", "line"),
    [("order", "per_pupil_payment"), ("grant", "recurrent_grant"), ("capital", "capital")],
)
def test_owners_owe_what_their_offers_get(part, line):
    amounts = np.arange(1.0, N + 1.0)
    found = table(**{part: amounts})
    assert found.sum() == pytest.approx(amounts.sum())
    by_level = found[:, LINES.index(line)].sum(0)
    np.testing.assert_allclose(by_level, np.bincount(SETUP.offers.budget, amounts, 3))


def test_support_is_the_citys_on_the_line_of_each_offer():
    found = table(support=np.ones(N))
    assert found.sum() == found[:, :, 1].sum() == N
    lines = dict(zip(*np.unique(SETUP.offers.support_line, return_counts=True), strict=True))
    for name, count in lines.items():
        assert found[:, LINES.index(name)].sum() == count


def test_mandates_are_recurrent_grants_of_their_units_sector():
    mandate = np.arange(len(CITY.units.id), dtype=float)
    found = table(mandate=mandate)[:, LINES.index("recurrent_grant")]
    np.testing.assert_allclose(found.sum(1), np.bincount(CITY.units.sector, mandate, 3))
