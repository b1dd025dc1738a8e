"""One row of the lever table: axes, unit, authority, and how proposals fold on the law."""

from __future__ import annotations

from dataclasses import dataclass

from pricing.city.city import City
from pricing.city.rows.network import BUDGET_LEVELS
from pricing.city.rows.people import PLACE_KINDS, QUINTILES
from pricing.city.rows.services import POST_CLASSES
from pricing.world.accounts import LINES

RECYCLINGS = ("premium", "prevention")
LINKS = ("cash", "assets", "quality", "use")
FIXED_AXES = {
    "place_kind": len(PLACE_KINDS),
    "component": 4,
    "quintile": QUINTILES,
    "post_class": len(POST_CLASSES),
    "budget_level": len(BUDGET_LEVELS),
    "line": len(LINES),
    "recycling": len(RECYCLINGS),
    "envelope_link": len(LINKS),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeverRow:
    """One lever.

    Parameters
    ----------
    axes
        Names of the axes of its values; `()` is a scalar.
    neutral
        Value where neither law nor proposal says anything.
    rule
        How proposals fold on top of the law of the day: `min`, `max`, `add`, `multiply`, `replace`
        (one proposer a cell) or `conflict` (one proposer for the whole lever).
    law
        Family of rules in laws.csv that sets the base value; empty if the law is silent.
    within_month
        `mean` weights the values of a month by their days; `last` keeps the one at the month's end.
    is_lasting
        What was decided is a fact: withdrawing the proposer does not undo it.
    held_by
        Lever, on the first axes of this one, whose cells above 0 make proposals fall on deaf ears.
    """

    name: str
    axes: tuple[str, ...]
    unit_of_measure: str
    neutral: float
    rule: str
    authority: str
    meaning: str
    law: str = ""
    within_month: str = "mean"
    is_lasting: bool = False
    held_by: str = ""

    def shape(self, city: City) -> tuple[int, ...]:
        """Lengths of the lever's axes in a city."""
        sizes = axis_sizes(city)
        return tuple(sizes[axis] for axis in self.axes)


def axis_sizes(city: City) -> dict[str, int]:
    """Length of every lever axis in a city; `class` is as long as the longest scheme's classes."""
    classes = {scheme: len(table.id) for scheme, table in city.classes.items()}
    return {
        **FIXED_AXES,
        "norm": len(city.norms.id),
        "need": len(city.needs.id),
        "offer": len(city.offers.unit),
        "unit": len(city.units.id),
        "candidate": len(city.candidates.id),
        "pay_group": len(city.posts.id),
        "class": max(classes.values()),
        "health_class": classes["health"],
        "lot": len(city.lots.id),
    }
