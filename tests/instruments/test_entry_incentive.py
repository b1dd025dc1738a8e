"""Incentives of socialised projects: which projects, from when, until when, above the law."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from pricing.instruments._instrument import declared_writes
from tests.builders import socialised_city, toy_city
from tests.instruments.life import instrument, live

CITY = socialised_city()
LAW = {"kind": "law_path"}
KEYS = {
    "kind": "entry_incentive",
    "land_rent_exempt": {"2027": 0.6, "2029-07": 1.0},
    "interest_subsidy": {"2027": "3 %/năm"},
    "tax_half_years": {"2028": 9},
    "supported_quota": {"2027": "20 %"},
}


def of_candidates(life, year, month, lever):
    return dict(zip(CITY.candidates.id, life.at(year, month, lever).tolist(), strict=True))


def test_each_incentive_holds_from_its_day_for_all_projects():
    life = live({"help": KEYS}, city=CITY)
    told = {
        lever: [float(life.at(*date, lever).max()) for date in ((2026, 12), (2027, 1), (2028, 1))]
        for lever in ("land_rent_exempt", "interest_subsidy", "tax_half_years", "supported_quota")
    }
    law = live({}, city=CITY)
    rent, half = law.at(2026, 12, "land_rent_exempt"), law.at(2026, 12, "tax_half_years")
    assert told == {
        "land_rent_exempt": [rent.max(), max(rent.max(), 0.6), max(rent.max(), 0.6)],
        "interest_subsidy": [0.0, 0.03, 0.03],
        "tax_half_years": [half.max(), half.max(), 9.0],
        "supported_quota": [0.0, 0.2, 0.2],
    }
    assert np.all(life.at(2029, 7, "land_rent_exempt") == 1.0)


def test_the_law_of_the_day_counts_where_it_gives_more():
    keys = {**KEYS, "land_rent_exempt": {"2027": 0.6}, "tax_half_years": {"2027": 7}}
    life = live({"law": LAW, "help": keys}, city=CITY)
    law = live({"law": LAW}, city=CITY)
    for lever, least in (("land_rent_exempt", 0.6), ("tax_half_years", 7.0)):
        granted = law.at(2030, 1, lever)
        assert granted.min() < least < granted.max()
        np.testing.assert_array_equal(life.at(2030, 1, lever), np.maximum(granted, least))


def test_sector_and_places_limit_it():
    city = CITY.candidates
    health = {**KEYS, "sector": "health"}
    found = of_candidates(live({"help": health}, city=CITY), 2028, 1, "interest_subsidy")
    wanted = [CITY.sectors[sector] == "health" for sector in city.sector]
    assert list(found.values()) == [0.03 if is_health else 0.0 for is_health in wanted]
    for places, kinds, ids in ((["disadvantaged"], [2], []), (["rural", "a"], [1], ["a"])):
        life = live({"help": {**KEYS, "places": places}}, city=CITY)
        inside = np.isin(CITY.places.kind[city.place], kinds)
        inside |= np.isin(np.array(CITY.places.id)[city.place], ids)
        assert inside.any()
        assert not inside.all()
        np.testing.assert_array_equal(
            life.at(2028, 1, "interest_subsidy"), np.where(inside, 0.03, 0.0)
        )


def test_it_ends_on_its_last_day():
    life = live({"help": {**KEYS, "until": "2030-06"}}, city=CITY)
    assert life.at(2030, 6, "supported_quota").min() == 0.2
    assert life.at(2030, 7, "supported_quota").max() == 0.0


@settings(max_examples=15, deadline=None)
@given(low=st.floats(0.0, 1.0), high=st.floats(0.0, 1.0))
def test_of_two_incentives_the_higher_counts(low, high):
    keys = {"kind": "entry_incentive"}
    two = {
        "a": {**keys, "supported_quota": {"2026": low}},
        "b": {**keys, "supported_quota": {"2026": high}},
    }
    life = live(two, city=CITY, last_year=2026)
    assert np.all(life.at(2026, 1, "supported_quota") == max(low, high))


def test_only_what_it_gives_is_declared_so_that_a_city_may_leave_tax_to_the_centre():
    city_s = instrument({**KEYS, "tax_half_years": None})
    levers = [write.lever for write in declared_writes({"help": city_s}, CITY)]
    assert levers == ["land_rent_exempt", "interest_subsidy", "supported_quota"]


def test_a_city_without_candidates_has_nobody_to_give_it_to():
    life = live({"help": KEYS})
    assert life.at(2028, 1, "interest_subsidy").shape == (len(toy_city().candidates.id),) == (0,)


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"land_rent_exempt": {"2027": 1.2}},
        {"interest_subsidy": {"2027": 0.5}},
        {"tax_half_years": {"2027": -1}},
        {"supported_quota": {}},
        {"tax_half_years": {"2027": 51}},
    ],
)
def test_what_makes_no_sense_is_refused(keys):
    with pytest.raises(ValidationError):
        instrument({"kind": "entry_incentive", **keys})
