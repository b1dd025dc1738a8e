"""Loading a city: read every table, check each alone and all together, then build the arrays."""

from pathlib import Path

import numpy as np

from pricing.base.arrays import Array, frozen
from pricing.base.calendar import BASE_YEAR
from pricing.base.errors import Problems
from pricing.city.checks import check
from pricing.city.city import City
from pricing.city.cover import classes, cover
from pricing.city.demography import Ages, demography, residents_by_age
from pricing.city.laws import Laws
from pricing.city.network import Network, Units, nests, offers
from pricing.city.parameters import ParameterTable
from pricing.city.places import Places, distances, incomes, residents
from pricing.city.population import Origin
from pricing.city.rows.policy import SeasonRow
from pricing.city.services import Needs, Norms, Posts, Services
from pricing.city.tables import Tables, read_tables
from pricing.city.targets import Targets, moments
from pricing.city.totals import check_names


def load_city(folder: Path) -> City:
    """The city of a folder of CSV files.

    Raises
    ------
    InputError
        With every problem of every table, each with its file and line.
    """
    problems = Problems()
    tables, hashes = read_tables(folder, problems)
    # What one table lacks would show up again and again in the others.
    problems.raise_if_any()
    check(tables, problems)
    check_names(tables.totals, problems)
    problems.raise_if_any()
    return _built(folder, tables, hashes)


def _built(folder: Path, tables: Tables, hashes: dict[str, str]) -> City:
    sectors = tuple(dict.fromkeys(row.sector for row in tables.needs))
    places = Places.of(tables.places)
    people = residents(places, tables.people)
    ages = Ages.of(tables.ages)
    moves = demography(tables.demography, ages, BASE_YEAR)
    needs = Needs.of(tables.needs, sectors)
    services = Services.of(tables.services, needs, sectors)
    posts = Posts.of(tables.posts)
    norms = Norms.of(tables.norms, services, posts)
    units = Units.of(tables.units, places, sectors)
    network = Network(places=places, needs=needs, services=services, norms=norms, units=units)
    nests_of_need = nests(tables.offers, network)
    classes_of = classes(tables.classes)
    return City(
        name=folder.resolve().name,
        base_year=BASE_YEAR,
        folder=folder,
        hashes=hashes,
        sectors=sectors,
        places=places,
        people=people,
        ages=ages,
        demography=moves,
        income=incomes(places, tables.income),
        needs=needs,
        services=services,
        posts=posts,
        norms=norms,
        units=units,
        offers=offers(tables.offers, tables.topups, network, nests_of_need),
        nests=nests_of_need,
        classes=classes_of,
        cover=cover(tables.cover, classes_of, needs.id, needs.scheme),
        season=_season(tables.seasons, needs.id),
        targets=Targets.of(tables.targets),
        parameters=ParameterTable.of(tables.parameters),
        laws=Laws.of(tables.laws),
        moments=moments(tables.moments),
        distance=distances(places, tables.communes),
        origin=Origin(
            residents=frozen(
                residents_by_age(places, people, ages, moves.births_history, BASE_YEAR)
            ),
            needs=needs,
            demography=moves,
        ),
        tables=tables,
    )


def _season(rows: tuple[SeasonRow, ...], needs: tuple[str, ...]) -> Array:
    table = np.ones((len(needs), 12))
    for row in rows:
        table[needs.index(row.need), row.month - 1] = row.factor
    return frozen(table)
