"""The city's tuition: growth each September, amounts by place kind, multipliers by tier."""

from datetime import date

import numpy as np
import pytest
from pydantic import ValidationError

from pricing.base.calendar import date_of
from tests.builders import toy_city
from tests.instruments.life import instrument, live

CITY = toy_city()
KEYS = {"kind": "tuition_frame", "needs": ["preschool"], "growth": "5 %", "from": "2026-01"}
PRESCHOOL = CITY.needs.id.index("preschool")
PUBLIC = CITY.units.is_public[CITY.offers.unit]
OFFERS = (CITY.offers.need == PRESCHOOL) & PUBLIC


def test_tuition_grows_each_september():
    life = live({"fees": KEYS})
    first = CITY.offers.tuition[OFFERS]
    for year, month, times in ((2026, 8, 0), (2026, 9, 1), (2027, 8, 1), (2027, 9, 2)):
        tuition = life.at(year, month, "tuition")
        np.testing.assert_allclose(tuition[OFFERS], first * 1.05**times)
        np.testing.assert_array_equal(tuition[~OFFERS], CITY.offers.tuition[~OFFERS])


def test_amounts_replace_the_first_tuition_by_kind_of_place():
    life = live({"fees": {**KEYS, "amount": {"urban": "150 nghìn đồng/tháng", "rural": 1e5}}})
    urban = OFFERS & (CITY.offers.kind == 0)
    rural = OFFERS & (CITY.offers.kind == 1)
    assert np.all(life.at(2026, 9, "tuition")[urban] == 150e3)
    assert np.all(life.at(2026, 9, "tuition")[rural] == 100e3)
    np.testing.assert_allclose(life.at(2027, 9, "tuition")[urban], 157.5e3)


def test_multipliers_act_on_units_of_their_tier():
    keys = {"kind": "tuition_frame", "needs": ["higher_education"], "multiplier": {"2": 1.5}}
    life = live({"fees": keys})
    tier = np.array(CITY.units.tier)[CITY.offers.unit]
    before = CITY.offers.tuition
    moved = life.at(2030, 1, "tuition") != before
    moved &= ~np.isnan(before)
    np.testing.assert_array_equal(
        moved, (CITY.offers.need == CITY.needs.id.index("higher_education")) & (tier == "2")
    )
    np.testing.assert_allclose(life.at(2030, 1, "tuition")[moved], 1.5 * before[moved])


def test_typed_amounts_are_prices_of_the_first_school_year():
    fees = instrument({**KEYS, "needs": ["preschool", "primary"], "amount": {"urban": 9e5}})
    prices = fees.typed_prices(CITY)
    assert [(price.need, price.place_kind, price.vnd) for price in prices] == [
        ("preschool", "urban", 9e5),
        ("primary", "urban", 9e5),
    ]
    assert {date_of(price.day) for price in prices} == {date(2026, 9, 1)}
    later = instrument({**KEYS, "amount": {"urban": 9e5}, "from": "2026-10"})
    assert date_of(later.typed_prices(CITY)[0].day) == date(2027, 9, 1)
    assert instrument(KEYS).typed_prices(CITY) == ()


def test_a_place_limits_it_to_its_units():
    life = live({"fees": {**KEYS, "places": ["b"]}})
    tuition = life.at(2030, 1, "tuition")
    moved = (tuition != CITY.offers.tuition) & ~np.isnan(tuition)
    np.testing.assert_array_equal(moved, OFFERS & (CITY.offers.place == 1))


@pytest.mark.parametrize(
    "keys",
    [
        {"needs": []},
        {"growth": 2.0},
        {"amount": {"urban": "150"}},
        {"amount": {"urban": -5.0}},
        {"multiplier": {"5": 2.0}},
    ],
)
def test_what_makes_no_sense_is_refused(keys):
    with pytest.raises(ValidationError):
        instrument({**KEYS, **keys})
