"""Scenario fields read amounts, rates, shares and days, and refuse what is unclear."""

from datetime import date

import pytest
from pydantic import TypeAdapter, ValidationError

from pricing.base.calendar import day_of
from pricing.base.fields import Amount, FirstDay, LastDay, Rate, Share


@pytest.mark.parametrize(
    ("field", "value", "read"),
    [
        (Amount, "1.850 tỷ đồng", 1.85e12),
        (Amount, 1_500_000, 1.5e6),
        (Rate, "7,5 %/năm", 0.075),
        (Rate, -0.02, -0.02),
        (Share, "20 %", 0.2),
        (Share, 1, 1.0),
        (FirstDay, "2027", day_of(date(2027, 1, 1))),
        (LastDay, "2027", day_of(date(2027, 12, 31))),
        (FirstDay, 2027, day_of(date(2027, 1, 1))),
        (LastDay, date(2027, 7, 1), day_of(date(2027, 7, 1))),
    ],
)
def test_fields(field, value, read):
    assert TypeAdapter(field).validate_python(value) == pytest.approx(read)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        (Amount, "1.850", "1850 đồng"),
        (Amount, True, "true is no number"),
        (Amount, float("inf"), "finite"),
        (Amount, [1], "valid number"),
        (Rate, "0,2", "0,2 %"),
        (Rate, False, "false is no number"),
        (Share, 1.2, "less than or equal to 1"),
        (Share, "-1 %", "greater than or equal to 0"),
        (FirstDay, 2027.5, "no day"),
        (LastDay, "soon", "no day"),
    ],
)
def test_what_is_unclear_is_refused(field, value, message):
    with pytest.raises(ValidationError, match=message):
        TypeAdapter(field).validate_python(value)
