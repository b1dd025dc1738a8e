"""The co-payment fund: whose co-payment, from when, and that it needs a share."""

import numpy as np
import pytest
from pydantic import ValidationError

from tests.builders import toy_city
from tests.instruments.life import instrument, live

CITY = toy_city()
KEYS = {"kind": "copayment_fund", "quintiles": [1], "share": {"2027": "80 %", "2030": 1}}


def test_it_pays_for_care_of_its_quintiles_from_its_day_on():
    life = live({"fund": KEYS})
    assert not life.at(2026, 12, "copayment_relief").any()
    relief = life.at(2027, 1, "copayment_relief")
    care = np.isin(CITY.needs.id, ["ambulatory", "inpatient"])
    health = len(CITY.classes["health"].id)
    assert np.all(relief[care, :, 0, :health] == 0.8)
    assert not relief[~care].any()
    assert not relief[:, :, 1:].any()
    assert life.at(2030, 1, "copayment_relief").max() == 1.0


def test_it_needs_a_share():
    with pytest.raises(ValidationError):
        instrument({"kind": "copayment_fund"})
