"""Columns of the city's tables: how a cell is read, what it may hold, which ids it names."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import isfinite, nan
from typing import Annotated, TypeAlias

from pricing.base.calendar import Month
from pricing.base.errors import Phrase, phrase

STATUSES = ("statutory", "published", "estimated", "assumed")

_FILLED = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """How one column of a table is read.

    Parameters
    ----------
    read
        Value of a cell; raises ValueError if the cell cannot be that.
    allowed
        What may stand in the cell, in words.
    blank
        Value of an empty cell; without one the cell must be filled.
    words
        The words allowed, where the column takes a word of a short list.
    names
        The table column, such as `unit`, whose ids the cell must be one of.
    extra
        Words allowed beside these ids.
    """

    read: Callable[[str], object]
    allowed: Phrase
    blank: object = _FILLED
    words: tuple[str, ...] = ()
    names: str = ""
    extra: tuple[str, ...] = ()

    @property
    def must_be_filled(self) -> bool:
        """Whether an empty cell is a problem."""
        return self.blank is _FILLED


def number(
    low: float = -1e300, high: float = 1e300, *, above: float | None = None, blank: object = _FILLED
) -> Column:
    """A column of finite numbers from `low` (or strictly above `above`) to `high`."""

    def read(cell: str) -> float:
        value = float(cell)
        if not isfinite(value) or not low <= value <= high:
            raise ValueError(cell)
        if above is not None and value <= above:
            raise ValueError(cell)
        return value

    if above is not None:
        allowed = phrase("city.number_above", f"{above:g}")
    elif high < 1e300:
        allowed = phrase("city.number_within", f"{low:g}", f"{high:g}")
    elif low > -1e300:
        allowed = phrase("city.number_from", f"{low:g}")
    else:
        allowed = phrase("city.number")
    return Column(read=read, allowed=allowed, blank=blank)


def whole(low: int = 0, high: int | None = None, *, blank: object = _FILLED) -> Column:
    """A column of whole numbers from `low` to `high`."""

    def read(cell: str) -> int:
        value = int(cell)
        if value < low or (high is not None and value > high):
            raise ValueError(cell)
        return value

    few = phrase("city.whole_from", low)
    allowed = few if high is None else phrase("city.whole_within", low, high)
    return Column(read=read, allowed=allowed, blank=blank)


def one_of(*words: str, blank: object = _FILLED) -> Column:
    """A column that takes one word of a short list."""

    def read(cell: str) -> str:
        if cell not in words:
            raise ValueError(cell)
        return cell

    return Column(
        read=read, allowed=phrase("city.one_of", ", ".join(words)), blank=blank, words=words
    )


def id_of(names: str, *extra: str, blank: object = _FILLED) -> Column:
    """A column that names a row of another table by its id column `names`."""
    return Column(
        read=str, allowed=phrase("city.id_of", names), blank=blank, names=names, extra=extra
    )


def several(read_one: Callable[[str], object], most: int, allowed: Phrase) -> Column:
    """A column of one to `most` entries with blanks between them."""

    def read(cell: str) -> tuple[object, ...]:
        entries = cell.split()
        if len(entries) > most:
            raise ValueError(cell)
        return tuple(read_one(entry) for entry in entries)

    return Column(read=read, allowed=allowed)


def _day(cell: str) -> date:
    return date.fromisoformat(cell)


def _month(cell: str) -> int:
    index = Month.parse(cell).index
    if index < 0:
        raise ValueError(cell)
    return index


def _flag(cell: str) -> bool:
    if cell not in ("0", "1"):
        raise ValueError(cell)
    return cell == "1"


Text: TypeAlias = Annotated[str, Column(read=str, allowed=phrase("city.text"))]
OptionalText: TypeAlias = Annotated[str, Column(read=str, allowed=phrase("city.text"), blank="")]
Share: TypeAlias = Annotated[float, number(0.0, 1.0)]
OptionalShare: TypeAlias = Annotated[float, number(0.0, 1.0, blank=nan)]
Real: TypeAlias = Annotated[float, number()]
OptionalReal: TypeAlias = Annotated[float, number(blank=nan)]
Amount: TypeAlias = Annotated[float, number(0.0)]
OptionalAmount: TypeAlias = Annotated[float, number(0.0, blank=nan)]
Positive: TypeAlias = Annotated[float, number(above=0.0)]
Count: TypeAlias = Annotated[int, whole()]
Year: TypeAlias = Annotated[int, whole(1900)]
OptionalYear: TypeAlias = Annotated[int, whole(1900, blank=9999)]
Flag: TypeAlias = Annotated[bool, Column(read=_flag, allowed=phrase("city.flag"))]
Day: TypeAlias = Annotated[date, Column(read=_day, allowed=phrase("city.day"))]
OptionalDay: TypeAlias = Annotated[
    date | None, Column(read=_day, allowed=phrase("city.day_or_nothing"), blank=None)
]
FirstMonth: TypeAlias = Annotated[int, Column(read=_month, allowed=phrase("city.month"))]
Status: TypeAlias = Annotated[str, one_of(*STATUSES)]
