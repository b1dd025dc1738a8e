"""Numbers spread evenly over the members of each cell, and who is taken first for learning.

Members have points of a low-discrepancy sequence (R_d of Roberts 2018, after Kronecker) by a random
turn in their cell, so that a few hundred members carry what happened in it with little noise.
"""

import numpy as np

from pricing.base.arrays import Array, IntArray
from pricing.city.city import City
from pricing.city.cover import HEALTH_SCHEME
from pricing.city.sample import Pool

FRAILTY, TENURE, FIRST_ILLNESS = range(3)


def points(turn: IntArray, dimensions: int) -> Array:
    """Points by turns (member,), (dimension, member) in [0, 1)."""
    root = 2.0
    for _ in range(100):
        root = (1.0 + root) ** (1.0 / (dimensions + 1.0))
    step = root ** -np.arange(1.0, dimensions + 1.0)
    return np.mod((turn + 0.5) * step[:, None], 1.0)


def illnesses(city: City) -> tuple[int, ...]:
    """Needs of health, which come as episodes."""
    needs = city.needs
    return tuple(
        need
        for need, scheme in enumerate(needs.scheme)
        if scheme == HEALTH_SCHEME and not needs.is_enrolment[need]
    )


def learnings(city: City) -> tuple[int, ...]:
    """All other needs: levels and courses."""
    return tuple(need for need in range(len(city.needs.id)) if need not in illnesses(city))


def dimensions_of(city: City) -> int:
    """How many numbers a member has: of his own, two an illness, one a need of learning."""
    return FIRST_ILLNESS + 2 * len(illnesses(city)) + len(learnings(city))


def pools(
    city: City, age: IntArray, where: tuple[IntArray, IntArray], spread: Array
) -> dict[int, Pool]:
    """Members in the ages of each need of learning, by cell and then by chance.

    Parameters
    ----------
    where
        Household and cell of the members, (member,).
    spread
        Their points, (dimension, member).
    """
    household, cell = where
    offset = FIRST_ILLNESS + 2 * len(illnesses(city))
    found = {}
    for number, need in enumerate(learnings(city)):
        in_age = (age >= city.needs.age_from[need]) & (age <= city.needs.age_to[need])
        member = np.flatnonzero(in_age)
        member = member[np.lexsort((spread[offset + number][member], cell[member]))]
        counts = np.bincount(cell[member], minlength=int(cell.max()) + 1)
        found[need] = Pool(
            member=member,
            household=household[member],
            cell=cell[member],
            start=np.cumsum(counts) - counts,
        )
    return found
