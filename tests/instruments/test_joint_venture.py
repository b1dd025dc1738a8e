"""Joint ventures: which projects may be built inside a public unit, and when."""

import numpy as np
import pytest
from pydantic import ValidationError

from tests.builders import socialised_city
from tests.instruments.life import instrument, live

CITY = socialised_city()
IS_VENTURE = CITY.candidates.host >= 0
KEYS = {"kind": "joint_venture"}


def allowed(keys, year, month):
    return live({"ventures": {**KEYS, **keys}}, city=CITY).at(year, month, "joint_venture")


def test_projects_inside_a_public_unit_are_allowed_and_no_others():
    assert IS_VENTURE.any()
    assert not IS_VENTURE.all()
    np.testing.assert_array_equal(allowed({}, 2025, 1), IS_VENTURE.astype(float))


def test_from_its_first_day_to_its_last():
    keys = {"from": "2027-04", "until": "2030-06"}
    found = [allowed(keys, *date).max() for date in ((2027, 3), (2027, 4), (2030, 6), (2030, 7))]
    assert found == [0.0, 1.0, 1.0, 0.0]


def test_hosts_and_places_limit_it():
    host = CITY.units.id[CITY.candidates.host[IS_VENTURE][0]]
    place = CITY.places.id[CITY.candidates.place[IS_VENTURE][0]]
    elsewhere = next(other for other in CITY.places.id if other != place)
    other = next(unit for unit in CITY.units.id if unit != host)
    assert allowed({"hosts": [host]}, 2027, 1).sum() == 1.0
    assert allowed({"hosts": [other]}, 2027, 1).sum() == 0.0
    assert allowed({"places": [place]}, 2027, 1).sum() == 1.0
    assert allowed({"places": [elsewhere]}, 2027, 1).sum() == 0.0


@pytest.mark.parametrize("keys", [{"hosts": "hospital_a"}, {"sector": "health"}])
def test_what_makes_no_sense_is_refused(keys):
    with pytest.raises(ValidationError):
        instrument({**KEYS, **keys})
