"""A household survey as the sample: read from a file, checked against the city, weighted."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from pricing.base.arrays import Array, IntArray
from pricing.base.draws import Draws
from pricing.base.errors import Phrase, Problem, Problems, nearest, phrase
from pricing.city.arrays import positions
from pricing.city.city import City
from pricing.city.cover import HEALTH_SCHEME
from pricing.city.households import Members, benefit_order, health_shares, ordered, ranks
from pricing.city.read import read_file
from pricing.city.rows.households import HouseholdRow
from pricing.city.rows.people import QUINTILES
from pricing.city.sample import Households

MOST_NOTED = 200  # problems listed of one file; a survey that is wrong throughout says so soon


def survey(city: City, path: Path, shown: str, seed: int, problems: Problems) -> Households | None:
    """The households of a file that messages call `shown`, or None with what is wrong noted.

    Weights are scaled to the people of each place and quintile. A member's rank within his class is
    random, so that as many change class as `cover.csv` says when cover changes.
    """
    found = Problems()
    rows, table = read_file(HouseholdRow, path, found)
    _check(city, rows, found)
    if not found:
        _check_cells(city, rows, found)
    if found or table is None:
        problems.extend(_named(found, shown))
        return None
    rows = tuple(sorted(rows, key=lambda row: (city.places.id.index(row.place), row.quintile)))
    raw = _members(city, rows)
    classes = positions(
        (name for row in rows for name in row.cover), city.classes[HEALTH_SCHEME].id
    )
    rank = _rank(city, raw, classes, seed)
    return ordered(city, raw, rank, (seed, {"file": shown, "sha256": table.sha256, "seed": seed}))


def _named(found: Problems, shown: str) -> list[Problem]:
    """The first problems, under the name that the reader knows the file by."""
    return [replace(one, file=shown) for one in list(found)[:MOST_NOTED]]


def _check(city: City, rows: tuple[HouseholdRow, ...], problems: Problems) -> None:
    """Note cells that name what the city does not have."""
    known = city.classes[HEALTH_SCHEME].id
    shares = health_shares(city, city.base_year)
    for row in rows:
        if row.place not in city.places.id:
            _note(problems, row, "place", row.place, city.places.id)
            continue
        if len(row.cover) != len(row.ages):
            members = phrase("city.as_many_members", len(row.ages))
            _note_cell(problems, row, "cover", (str(len(row.cover)), members))
        kind = city.places.kind[city.places.id.index(row.place)]
        for name in dict.fromkeys(row.cover):
            if name not in known:
                _note(problems, row, "cover", name, known)
            elif shares[kind, row.quintile - 1, known.index(name)] == 0.0:
                _note_cell(problems, row, "cover", (name, phrase("city.nobody_in_class")))


def _check_cells(city: City, rows: tuple[HouseholdRow, ...], problems: Problems) -> None:
    """Note places and quintiles of which the survey has nobody."""
    there = {(row.place, row.quintile) for row in rows}
    for place in city.places.id:
        for quintile in range(1, QUINTILES + 1):
            if (place, quintile) not in there:
                problems.add(
                    file=HouseholdRow.FILE,
                    line=None,
                    key=place,
                    read=phrase("city.no_household", quintile),
                    allowed=phrase("city.household_in_cell"),
                )


def _note(
    problems: Problems, row: HouseholdRow, key: str, read: str, known: tuple[str, ...]
) -> None:
    problems.add(
        file=row.FILE,
        line=row.line,
        key=key,
        read=read,
        allowed=phrase("city.one_of", ", ".join(known)),
        nearest=nearest(read, known),
    )


def _note_cell(problems: Problems, row: HouseholdRow, key: str, said: tuple[str, Phrase]) -> None:
    read, allowed = said
    problems.add(file=row.FILE, line=row.line, key=key, read=read, allowed=allowed)


def _members(city: City, rows: tuple[HouseholdRow, ...]) -> Members:
    return Members(
        place=positions((row.place for row in rows), city.places.id),
        quintile=np.array([row.quintile - 1 for row in rows]),
        weight=np.array([row.weight for row in rows]),
        consumption_month=np.array([row.consumption_month for row in rows]),
        size=np.array([len(row.ages) for row in rows]),
        age=np.array([age for row in rows for age in row.ages]),
    )


def _rank(city: City, raw: Members, classes: IntArray, seed: int) -> Array:
    """Ranks of cover within the stretch of each member's class, (member,)."""
    household = np.repeat(np.arange(raw.size.size), raw.size)
    place, quintile = raw.place[household], raw.quintile[household]
    chance = Draws(seed, 0).table("household_cover", (household.size,))
    n_classes = len(city.classes[HEALTH_SCHEME].id)
    cell = (place * QUINTILES + quintile) * n_classes + classes
    within = ranks(cell, chance, raw.weight[household])
    order = benefit_order(city)
    shares = health_shares(city, city.base_year)[city.places.kind[place], quintile]
    upper = np.cumsum(shares[:, order], axis=1)
    at: IntArray = np.argsort(order)[classes][:, None]
    top = np.take_along_axis(upper, at, axis=1)[:, 0]
    width = np.take_along_axis(shares, classes[:, None], axis=1)[:, 0]
    return top - width * (1.0 - within)
