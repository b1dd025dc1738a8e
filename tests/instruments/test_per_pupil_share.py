"""Money follows the pupil: shares by date, level and place."""

import numpy as np
import pytest
from pydantic import ValidationError

from tests.builders import toy_city
from tests.instruments.life import instrument, live

CITY = toy_city()
PRIMARY = CITY.norms.id.index("primary_public")
COLLEGE = CITY.norms.id.index("college_public")
VISIT = CITY.norms.id.index("visit_city")
KEYS = {"kind": "per_pupil_share", "share": {"2027": 0.5, "2030-09": 1.0}}


def test_shares_hold_from_their_dates_at_every_level_with_grades():
    life = live({"heads": KEYS})
    for norm in (PRIMARY, COLLEGE):
        found = [
            life.at(year, month, "per_pupil_share")[norm, 1]
            for year, month in ((2026, 12), (2027, 1), (2030, 8), (2030, 9))
        ]
        assert found == [0.0, 0.5, 0.5, 1.0]
    assert not life.at(2035, 12, "per_pupil_share")[VISIT].any()


def test_levels_and_places_limit_it():
    life = live({"heads": {**KEYS, "needs": ["primary"], "places": ["rural"]}})
    share = life.at(2035, 12, "per_pupil_share")
    np.testing.assert_array_equal(share[PRIMARY], [0.0, 1.0, 0.0])
    assert share.sum() == 1.0


@pytest.mark.parametrize("keys", [{}, {"share": {}}, {"share": {"2027": -0.1}}])
def test_what_makes_no_sense_is_refused(keys):
    with pytest.raises(ValidationError):
        instrument({"kind": "per_pupil_share", **keys})
