"""Vouchers: amounts on their days, and a budget that cuts them to what is left."""

import numpy as np
import pytest
from pydantic import ValidationError

from tests.builders import toy_city
from tests.instruments.life import instrument, live

CITY = toy_city()
AMBULATORY = CITY.needs.id.index("ambulatory")
KEYS = {
    "kind": "voucher",
    "needs": ["ambulatory"],
    "quintiles": [1],
    "amount": {"2027": "50 nghìn đồng", "2029-07": "80 nghìn đồng"},
}
CELLS = 3 * len(CITY.classes["health"].id)


def poorest(life, year, month):
    return life.at(year, month, "voucher")[AMBULATORY, :, 0]


def test_an_amount_stands_from_its_day_on():
    life = live({"help": KEYS})
    assert not life.at(2026, 12, "voucher").any()
    assert np.all(poorest(life, 2027, 1) == 50e3)
    assert np.all(poorest(life, 2029, 6) == 50e3)
    assert np.all(poorest(life, 2029, 7) == 80e3)
    others = np.delete(life.at(2030, 1, "voucher"), AMBULATORY, axis=0)
    assert not others.any()
    assert not life.at(2030, 1, "voucher")[AMBULATORY, :, 1:].any()


def test_vouchers_are_cut_to_what_is_left_of_the_budget():
    """A hundred million a month of full vouchers: a budget of 650 lasts six months and a half."""

    def spent(month):
        return min(month.number * 100e6, 650e6) / CELLS if month.year >= 2027 else 0.0

    life = live({"help": {**KEYS, "budget": "650 triệu đồng"}}, vouchers=spent)
    for year in (2027, 2028):
        assert np.all(poorest(life, year, 6) == 50e3)
        np.testing.assert_allclose(poorest(life, year, 7), 25e3)
        np.testing.assert_allclose(poorest(life, year, 8), 0.0, atol=1e-6)
        np.testing.assert_allclose(poorest(life, year, 12), 0.0, atol=1e-6)


def test_a_budget_ends_with_the_programme():
    life = live({"help": {**KEYS, "budget": "650 triệu đồng", "until": "2027-03-31"}})
    assert np.all(poorest(life, 2027, 3) == 50e3)
    assert not life.at(2027, 4, "voucher").any()


@pytest.mark.parametrize("keys", [{"budget": 0}, {"amount": {}}, {"needs": []}, {"take_up": 1.5}])
def test_what_makes_no_sense_is_refused(keys):
    with pytest.raises(ValidationError):
        instrument({**KEYS, **keys})
