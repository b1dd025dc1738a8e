"""The envelope of a budget: what it may spend, in which order it pays, what its savings buy."""

from typing import Annotated, ClassVar, Literal, TypeAlias, get_args

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from pricing.base.arrays import Array
from pricing.base.errors import Unreadable
from pricing.base.fields import Share
from pricing.city.city import City
from pricing.city.rows.network import BUDGET_LEVELS
from pricing.instruments._desk import Desk
from pricing.instruments._fields import AmountPath, Flag, SharePath, in_order
from pricing.instruments._instrument import Instrument
from pricing.world.accounts import LINES
from pricing.world.lever_row import LINKS, RECYCLINGS
from pricing.world.lever_table import LEVER
from pricing.world.levers import Write
from pricing.world.offices import Process

Level: TypeAlias = Literal["central", "city", "commune"]
CutLine: TypeAlias = Literal[
    "tuition_replacement",
    "user_support",
    "private_support",
    "check_up",
    "per_pupil_payment",
    "recurrent_grant",
    "capital",
]
# State Budget Law 83/2015 art. 8: regular spending and social security before investment.
ORDER: tuple[CutLine, ...] = get_args(CutLine)


class _Table(BaseModel):
    """A table of keys within the instrument."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )


class Recycling(_Table):
    """What becomes of money that an envelope leaves; shares of 1."""

    envelope: Share = 1.0
    """Share that returns to the envelope, for later months of the year, and lapses in December."""
    premium: Share = 0.0
    """Share that buys premiums for households."""
    prevention: Share = 0.0
    """Share that pays for prevention."""

    @model_validator(mode="after")
    def _is_whole(self) -> "Recycling":
        if abs(self.envelope + self.premium + self.prevention - 1.0) > 1e-9:
            raise Unreadable("instruments.unreadable.recycling_whole")
        return self


class Links(_Table):
    """Links of the chain from an envelope to the users; each may be cut to see what it carries."""

    cash: Flag = True
    """Recurrent lines may be paid short; else other money keeps them whole, beyond the envelope."""
    assets: Flag = True
    """Postponed capital wears the assets."""
    quality: Flag = True
    """Worn assets and unpaid bills lower quality."""
    use: Flag = True
    """Users see the quality that is lost."""


class Envelope(Instrument):
    """Trần ngân sách: caps what budget levels spend, line by line in an order, from a day on.

    The envelope is what base-year policy would take at today's pay, prices and planned volumes,
    with what the law promises users; `cut` takes a share off it, `amount` replaces it, `extra` adds
    to it. What is due beyond it is cut: recurrent money stands as arrears to the units, capital is
    postponed.
    """

    authority: ClassVar[str] = "city"

    kind: Literal["envelope"]
    levels: Annotated[tuple[Level, ...], Field(min_length=1)] = ("city", "commune")
    """Budget levels that have one."""
    cut: SharePath | None = None
    """Day → share by which the envelope lies below what base-year policy would take."""
    amount: Annotated[dict[Level, AmountPath], Field(min_length=1)] | None = None
    """Budget level → day → envelope in VND a year, instead of the reference and its cut."""
    extra: AmountPath | None = None
    """Day → VND a year that each level gets on top."""
    rule: Literal["priority", "proportional"] = "priority"
    """`priority` pays line by line in `order`, `proportional` the same share of every one."""
    order: Annotated[tuple[CutLine, ...], Field(min_length=1)] = ORDER
    """Lines that may be cut, the one paid first first; all others are paid before them."""
    recycling: Recycling = Recycling()
    """What money that the envelope leaves is used for."""
    links: Links = Links()
    """Links that hold."""

    @model_validator(mode="after")
    def _is_clear(self) -> "Envelope":
        if len(set(self.order)) < len(self.order):
            raise Unreadable("instruments.unreadable.envelope_order")
        if self.amount is not None and not set(self.amount) <= set(self.levels):
            raise Unreadable("instruments.unreadable.envelope_levels")
        return self

    @property
    def first_day(self) -> int:
        """The first day on which it binds: of its earliest path, its own if it has none."""
        paths = [self.cut, self.extra, *(self.amount or {}).values()]
        days = [day for path in paths if path is not None for day in path]
        return max(self.from_day, min(days, default=self.from_day))

    def writes(self, city: City) -> tuple[Write, ...]:
        """Its levels, its lines, and what its other keys change."""
        return tuple(self.write(lever, ~np.isnan(said)) for lever, said in self._said(city).items())

    def run(self, desk: Desk) -> Process:
        """Its rules from its first day on; then what each path says on its days."""
        for level, path in (self.amount or {}).items():
            desk.spawn(self._amounts(desk, level, path))
        desk.spawn(self._extras(desk))
        yield desk.until(self.first_day)
        for lever, said in self._said(desk.city).items():
            if lever not in ("envelope_amount", "envelope_extra"):
                desk.propose(lever, said)
        for day, share in in_order(self.cut or {}):
            yield desk.until(day)
            desk.propose("envelope_factor", self._levels(1.0 - share))

    def _said(self, city: City) -> dict[str, Array]:
        """Cells that each lever gets, NaN elsewhere."""
        rank = np.full(LEVER["envelope_rank"].shape(city), np.nan)
        for place, line in enumerate(self.order, start=1):
            rank[LINES.index(line)] = place if self.rule == "priority" else 1.0
        found = {"envelope_factor": self._levels(1.0), "envelope_rank": rank}
        if self.amount is not None:
            named = np.isin(BUDGET_LEVELS, list(self.amount))
            found["envelope_amount"] = np.where(named, 0.0, np.nan)
        if self.extra is not None:
            found["envelope_extra"] = self._levels(0.0)
        if self.recycling != Recycling():
            given = [getattr(self.recycling, use) for use in RECYCLINGS]
            found["envelope_recycling"] = np.array(given)
        if self.links != Links():
            found["envelope_link"] = np.array([float(getattr(self.links, link)) for link in LINKS])
        return found

    def _levels(self, value: float) -> Array:
        """A value at its budget levels, (budget_level,)."""
        return np.where(np.isin(BUDGET_LEVELS, self.levels), value, np.nan)

    def _amounts(self, desk: Desk, level: Level, path: dict[int, float]) -> Process:
        for day, amount in in_order(path):
            yield desk.until(day)
            values = desk.blank("envelope_amount")
            values[BUDGET_LEVELS.index(level)] = amount
            desk.propose("envelope_amount", values)

    def _extras(self, desk: Desk) -> Process:
        for day, amount in in_order(self.extra or {}):
            yield desk.until(day)
            desk.propose("envelope_extra", self._levels(amount))
