"""Types of scenario fields: amounts, rates, shares and days, read from text where it is clear."""

from datetime import date
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field

from pricing.base.calendar import parse_day
from pricing.base.errors import Unreadable
from pricing.base.money import parse_amount, parse_rate


def _number(value: object) -> object:
    if isinstance(value, bool):
        raise Unreadable(
            "base.unreadable.flag", {"text": str(value).lower(), "number": f"{value:d}"}
        )
    return value


def _amount(value: object) -> object:
    return parse_amount(value) if isinstance(value, str) else _number(value)


def _rate(value: object) -> object:
    return parse_rate(value) if isinstance(value, str) else _number(value)


def _day(value: object, *, end: bool) -> int:
    if not isinstance(value, str | int | date):
        raise Unreadable("base.unreadable.day", {"text": value})
    return parse_day(value, end=end)


def _first_day(value: object) -> int:
    return _day(value, end=False)


def _last_day(value: object) -> int:
    return _day(value, end=True)


Amount: TypeAlias = Annotated[float, BeforeValidator(_amount), Field(allow_inf_nan=False)]
Rate: TypeAlias = Annotated[float, BeforeValidator(_rate), Field(allow_inf_nan=False)]
Share: TypeAlias = Annotated[float, BeforeValidator(_rate), Field(ge=0.0, le=1.0)]
FirstDay: TypeAlias = Annotated[int, BeforeValidator(_first_day)]
LastDay: TypeAlias = Annotated[int, BeforeValidator(_last_day)]
