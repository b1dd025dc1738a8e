"""The contribution rate of health insurance, and the rules that protect the fund's reserve."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from pricing.base.errors import Unreadable
from pricing.base.fields import FirstDay, Share
from pricing.city.city import City
from pricing.instruments._desk import Desk
from pricing.instruments._fields import SharePath, in_order
from pricing.instruments._instrument import Instrument
from pricing.world.levers import Write
from pricing.world.offices import Process

LEGAL_CAP = 0.06  # Health Insurance Law art. 13
Months = Annotated[float, Field(ge=0.0, le=60.0)]


class ContributionRate(Instrument):
    """Mức đóng bảo hiểm y tế: a dated path of the rate, and rules that act on the fund's reserve.

    The rate of the path holds from each of its days. Each January in which the published reserve is
    below `rise_below_months` of claims the rate rises by a step, up to `rise_cap`. The centre tops
    the reserve up to a floor in December; a low reserve makes the fund pay part of its claims late.
    """

    authority: ClassVar[str] = "central"

    kind: Literal["contribution_rate"]
    rate: SharePath | None = None
    """Day → share of pay, and of the base salary for members without pay, from then on."""
    rise_below_months: Months | None = None
    """Months of claims below which a reserve makes the rate rise in January; never if not given."""
    rise_step: Annotated[Share, Field(gt=0.0)] = 0.003
    """Rise of the rate at each such step."""
    rise_cap: Share = LEGAL_CAP
    """Rate beyond which no step leads."""
    floor_months: Annotated[dict[FirstDay, Months], Field(min_length=1)] | None = None
    """Day → months of claims up to which the centre tops the reserve up in December."""
    hold_below_months: Months | None = None
    """Months of claims below which the fund pays part of its claims late; never if not given."""
    held_share: Annotated[Share, Field(gt=0.0, lt=1.0)] = 0.5
    """Share of the claims due that is then paid a month later."""
    advance: SharePath | None = None
    """Day → share of the last quarter's mean month paid in advance, set off when it falls due."""
    central_share: SharePath | None = None
    """Day → share of the premium subsidies that the central budget pays, the city the rest."""

    @model_validator(mode="after")
    def _says_something(self) -> "ContributionRate":
        if not self._levers():
            raise Unreadable("instruments.unreadable.contribution_empty")
        return self

    def writes(self, city: City) -> tuple[Write, ...]:
        """The levers of the fund that its keys speak of."""
        del city
        return tuple(self.write(lever, np.asarray(True)) for lever in self._levers())

    def run(self, desk: Desk) -> Process:
        """Its paths each on their own, its conditional rules month by month."""
        for lever, path in self._paths().items():
            desk.spawn(_along(desk, lever, path))
        if self.rise_below_months is not None:
            desk.spawn(self._rises(desk, self.rise_below_months))
        yield desk.until(desk.day)
        if self.hold_below_months is not None:
            yield from self._holds(desk, self.hold_below_months)

    def _paths(self) -> dict[str, dict[int, float]]:
        given = {
            "contribution_rate": self.rate,
            "fund_floor_months": self.floor_months,
            "claims_advance": self.advance,
            "premium_central_share": self.central_share,
        }
        return {lever: path for lever, path in given.items() if path is not None}

    def _levers(self) -> tuple[str, ...]:
        conditional = {
            "contribution_rate": self.rise_below_months,
            "claims_held": self.hold_below_months,
        }
        moved = [lever for lever, months in conditional.items() if months is not None]
        return tuple(dict.fromkeys([*self._paths(), *moved]))

    def _rises(self, desk: Desk, below: float) -> Process:
        """A step each January in which the reserve is low, on top of the path."""
        steps = 0
        for january in desk.years(1):
            yield desk.until(january)
            steps += desk.published.fund_reserve_months < below
            if steps:
                rate = self._of_path(desk) + steps * self.rise_step
                desk.propose(
                    "contribution_rate", min(rate, max(self.rise_cap, self._of_path(desk)))
                )

    def _of_path(self, desk: Desk) -> float:
        """Rate of the path today; the law's before its first day."""
        passed = [rate for day, rate in in_order(self.rate or {}) if day <= desk.day]
        by_law = desk.city.laws.value("insurance_contribution_rate", desk.day)
        return passed[-1] if passed else by_law

    def _holds(self, desk: Desk, below: float) -> Process:
        while desk.day <= desk.last_day:
            is_low = desk.published.fund_reserve_months < below
            desk.propose("claims_held", self.held_share if is_low else 0.0)
            yield desk.next_month()


def _along(desk: Desk, lever: str, path: dict[int, float]) -> Process:
    """Each value of a path from its day on."""
    for day, value in in_order(path):
        yield desk.until(day)
        desk.propose(lever, value)
