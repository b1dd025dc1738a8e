"""What every instrument is: keys that all share, the cells it may write, its life story."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import inf
from typing import Annotated, ClassVar

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from pricing.base.arrays import BoolArray
from pricing.base.errors import Phrase, Problem, Problems
from pricing.base.fields import FirstDay, LastDay
from pricing.base.refs import PlaceOrKind
from pricing.city.city import City
from pricing.city.rows.people import PLACE_KINDS
from pricing.instruments._desk import Desk
from pricing.world.lever_row import LeverRow
from pricing.world.lever_table import LEVER
from pricing.world.levers import Write
from pricing.world.offices import Process

NEVER = 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedPrice:
    """A price that an author typed, to be held against the law before anything runs.

    Parameters
    ----------
    key
        Where it stands below the instrument.
    vnd
        VND per unit of output.
    lever
        The lever on (norm, place_kind) that caps it.
    """

    key: tuple[str, ...]
    vnd: float
    day: int
    need: str
    place_kind: str
    lever: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """A service that an instrument buys with the budget, to be held against the law of its day.

    Parameters
    ----------
    form
        How it buys: a word of SCHEMES.
    day
        First day on which it does so.
    """

    service: str
    form: str
    day: int


class Instrument(BaseModel):
    """The keys that every instrument has; days are counted from 1 January 2025."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )

    authority: ClassVar[str]
    """The highest level whose levers it moves."""
    everywhere: ClassVar[frozenset[str]] = frozenset()
    """Levers without a place axis that `places` does not limit."""

    places: Annotated[tuple[PlaceOrKind, ...], Field(max_length=200)] = ()
    """Place kinds or places it is limited to; everywhere if empty."""
    from_: Annotated[FirstDay | None, Field(alias="from")] = None
    """First day of its life; the first day simulated if not given."""
    until: LastDay | None = None
    """Last day on which its proposals stand; for ever if not given."""

    @property
    def from_day(self) -> int:
        """First day of its life."""
        return 0 if self.from_ is None else max(0, self.from_)

    @property
    def until_day(self) -> int:
        """The day after the last one on which its proposals stand."""
        return NEVER if self.until is None else self.until + 1

    def writes(self, city: City) -> tuple[Write, ...]:
        """The cells of each lever it may speak of, before `places` limits them; not signed yet."""
        raise NotImplementedError

    def typed_prices(self, city: City) -> tuple[TypedPrice, ...]:
        """Prices among its keys that a legal ceiling caps; none unless an instrument types some."""
        del city
        return ()

    def purchases(self, city: City) -> tuple[Purchase, ...]:
        """What it buys with the budget; nothing unless it is an instrument of lots."""
        del city
        return ()

    def run(self, desk: Desk) -> Process:
        """Its life, as a process in days."""
        raise NotImplementedError

    def write(self, lever: str, cells: BoolArray, *, is_law: bool = False) -> Write:
        """A write of this instrument in its days; cells on the lever's axes."""
        return Write(
            lever=lever,
            by="",
            cells=cells,
            from_day=self.from_day,
            until_day=self.until_day,
            is_law=is_law,
        )


def declared_writes(instruments: Mapping[str, Instrument], city: City) -> tuple[Write, ...]:
    """Signed writes of a scenario's instruments, limited to their places.

    Raises
    ------
    InputError
        Where `places` names what a lever cannot tell apart.
    """
    problems = Problems()
    signed = [
        replace(write, by=name, cells=write.cells & _in_places(name, model, write, city, problems))
        for name, model in sorted(instruments.items())
        for write in model.writes(city)
    ]
    problems.raise_if_any()
    return tuple(signed)


def _in_places(
    name: str, model: Instrument, write: Write, city: City, problems: Problems
) -> BoolArray:
    """Cells of the places an instrument is limited to, on axes that broadcast to the lever's."""
    row = LEVER[write.lever]
    everywhere = np.ones(write.cells.shape, dtype=np.bool_)
    if not model.places or row.name in model.everywhere:
        return everywhere
    kinds = [PLACE_KINDS.index(place) for place in model.places if place in PLACE_KINDS]
    ids = [city.places.id.index(place) for place in model.places if place not in PLACE_KINDS]
    if "offer" in row.axes:
        return np.isin(city.offers.kind, kinds) | np.isin(city.offers.place, ids)
    if "lot" in row.axes:
        place = city.lots.place
        return np.isin(city.places.kind[place], kinds) | np.isin(place, ids)
    if "candidate" in row.axes:
        place = city.candidates.place
        return np.isin(city.places.kind[place], kinds) | np.isin(place, ids)
    if "place_kind" in row.axes and not ids:
        along = [1] * len(row.axes)
        along[row.axes.index("place_kind")] = len(PLACE_KINDS)
        return np.isin(np.arange(len(PLACE_KINDS)), kinds).reshape(along) & everywhere
    problems.extend([_unplaceable(name, model, row)])
    return everywhere


def _unplaceable(name: str, model: Instrument, row: LeverRow) -> Problem:
    by_kind = "place_kind" in row.axes
    return Problem(
        file="",
        line=None,
        key=f"instruments.{name}.places",
        read=", ".join(model.places),
        allowed=Phrase(
            "instruments.places_by_kind" if by_kind else "instruments.places_none",
            (("lever", row.name), ("kinds", ", ".join(PLACE_KINDS))),
        ),
    )


def months_later(day: int, months: float) -> int:
    """The whole day a number of months, of mean length, after a day."""
    return day + round(months * 365.2425 / 12.0) if months < inf else NEVER
