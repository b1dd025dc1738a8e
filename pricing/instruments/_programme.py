"""What programmes of support share: whom they are for, and whom they reach."""

from typing import Annotated

import numpy as np
from pydantic import Field

from pricing.base.arrays import Array, BoolArray
from pricing.base.fields import Share
from pricing.base.refs import ClassId, NeedId
from pricing.city.city import City
from pricing.city.rows.people import QUINTILES
from pricing.instruments._desk import Desk
from pricing.instruments._fields import Flag
from pricing.instruments._instrument import Instrument
from pricing.world.lever_table import LEVER
from pricing.world.levers import Write

REACH = "support_reach"


class Programme(Instrument):
    """Keys that say whom a programme is for; it reaches a share of each cell of people.

    A categorical programme reaches all it is for. A means test misses some of them and lets in some
    others, and not all who may claim do. A cell of the model is one mean household: a programme
    that reaches a share of a cell acts on it with that share of its money.
    """

    needs: Annotated[tuple[NeedId, ...], Field(min_length=1, max_length=50)]
    """What the support is for."""
    classes: Annotated[tuple[ClassId, ...], Field(max_length=50)] = ()
    """Cover classes; all if empty."""
    quintiles: tuple[Annotated[int, Field(strict=True, ge=1, le=QUINTILES)], ...] = ()
    """Quintiles by consumption, 1 the poorest; all if empty."""
    means_tested: Flag = False
    """The quintiles are told by a means test, with the city's errors and take-up if not given."""
    take_up: Share | None = None
    """Share of those let in who claim; all of them without a means test."""
    exclusion_error: Share | None = None
    """Share of those meant whom the test leaves out; none without a test."""
    inclusion_error: Share | None = None
    """Share of the other quintiles whom the test lets in; none without a test."""

    def users(self, city: City, lever: str) -> BoolArray:
        """Cells it may reach on the lever's axes, (need, place_kind, quintile, class)."""
        users = np.zeros(LEVER[lever].shape(city), dtype=np.bool_)
        wanted = range(QUINTILES) if self.lets_in_others else self._meant()
        for need, scheme in enumerate(city.needs.scheme):
            for number, name in enumerate(city.classes[scheme].id):
                of_class = not self.classes or name in self.classes
                users[need, :, list(wanted), number] = (
                    of_class and city.needs.id[need] in self.needs
                )
        return users

    def reached(self, city: City) -> Write:
        """The write that says whom it reaches."""
        return self.write(REACH, self.users(city, REACH))

    @property
    def lets_in_others(self) -> bool:
        """Whether people of other quintiles may come to be supported."""
        return self.means_tested or bool(self.inclusion_error)

    def reach(self, desk: Desk) -> Array:
        """Share of the people of each quintile whom it reaches, (quintile, 1)."""
        city = desk.parameters
        missed = self._given(self.exclusion_error, city["means_test_exclusion_error"], 0.0)
        others = self._given(self.inclusion_error, city["means_test_inclusion_error"], 0.0)
        let_in = np.full(QUINTILES, others)
        let_in[list(self._meant())] = 1.0 - missed
        return (let_in * self._given(self.take_up, city["support_take_up"], 1.0))[:, None]

    def _meant(self) -> tuple[int, ...]:
        return tuple(q - 1 for q in self.quintiles) or tuple(range(QUINTILES))

    def _given(self, key: float | None, tested: float, untested: float) -> float:
        """What the key says; if nothing, the city's value under a means test."""
        if key is not None:
            return key
        return tested if self.means_tested else untested
