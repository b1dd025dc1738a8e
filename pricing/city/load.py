"""Loading a city: read every table, check each alone and all together, then build the arrays."""

from pathlib import Path

import numpy as np

from pricing.base.arrays import Array, frozen
from pricing.base.calendar import BASE_YEAR
from pricing.base.errors import Problems
from pricing.city.candidates import Candidates, Owners, Staff, slot_offers, slot_units
from pricing.city.checks import check
from pricing.city.checks.lots import check_supply
from pricing.city.city import City
from pricing.city.cover import classes, cover
from pricing.city.demography import Ages, demography, residents_by_age
from pricing.city.laws import Laws
from pricing.city.lots import Lots, capacity
from pricing.city.network import Network, Units, nests, offers
from pricing.city.parameters import ParameterTable
from pricing.city.places import People, Places, distances, incomes, residents
from pricing.city.population import Origin
from pricing.city.rows.policy import SeasonRow
from pricing.city.services import Needs, Norms, Posts, Services
from pricing.city.tables import Tables, read_tables
from pricing.city.targets import Targets, moments
from pricing.city.totals import check_names

ROAD_FACTOR = "road_factor"


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
    city = _built(folder, tables, hashes)
    check_supply(tables.lots, city.lots, capacity(city.offers, city.needs), problems)
    problems.raise_if_any()
    return city


def _built(folder: Path, tables: Tables, hashes: dict[str, str]) -> City:
    sectors = tuple(dict.fromkeys(row.sector for row in tables.needs))
    posts = Posts.of(tables.posts)
    network = _network(tables, sectors, posts)
    places, needs, units = network.places, network.needs, network.units
    people = residents(places, tables.people)
    ages = Ages.of(tables.ages)
    nests_of_need = nests(tables.offers, network)
    classes_of = classes(tables.classes)
    rows = (*tables.offers, *slot_offers(tables.candidate_offers))
    offered = offers(rows, tables.topups, network, nests_of_need)
    parameters = ParameterTable.of(tables.parameters)
    distance = distances(places, tables.communes)
    road_km = distance * parameters.central().get(ROAD_FACTOR, 1.0)
    origin = _origin(tables, network, people, ages)
    return City(
        name=folder.resolve().name,
        base_year=BASE_YEAR,
        folder=folder,
        hashes=hashes,
        sectors=sectors,
        places=places,
        people=people,
        ages=ages,
        demography=origin.demography,
        income=incomes(places, tables.income),
        needs=needs,
        services=network.services,
        posts=posts,
        norms=network.norms,
        units=units,
        offers=offered,
        nests=nests_of_need,
        lots=Lots.of(tables.lots, network, offered, road_km),
        owners=Owners.of(units.id, tables.owners, tables.candidates),
        candidates=Candidates.of(tables.candidates, network, offered, sectors),
        staff=Staff.of(tables.staff, sectors),
        classes=classes_of,
        cover=cover(tables.cover, classes_of, needs.id, needs.scheme),
        season=_season(tables.seasons, needs.id),
        targets=Targets.of(tables.targets),
        parameters=parameters,
        laws=Laws.of(tables.laws),
        moments=moments(tables.moments),
        distance=distance,
        origin=origin,
        tables=tables,
    )


def _network(tables: Tables, sectors: tuple[str, ...], posts: Posts) -> Network:
    """What offers point into; the slots of candidates follow the units that stand."""
    places = Places.of(tables.places)
    needs = Needs.of(tables.needs, sectors)
    services = Services.of(tables.services, needs, sectors)
    rows = (*tables.units, *slot_units(tables.candidates))
    return Network(
        places=places,
        needs=needs,
        services=services,
        norms=Norms.of(tables.norms, services, posts),
        units=Units.of(rows, places, sectors),
    )


def _origin(tables: Tables, network: Network, people: People, ages: Ages) -> Origin:
    moves = demography(tables.demography, ages, BASE_YEAR)
    residents_now = residents_by_age(network.places, people, ages, moves.births_history, BASE_YEAR)
    return Origin(residents=frozen(residents_now), needs=network.needs, demography=moves)


def _season(rows: tuple[SeasonRow, ...], needs: tuple[str, ...]) -> Array:
    table = np.ones((len(needs), 12))
    for row in rows:
        table[needs.index(row.need), row.month - 1] = row.factor
    return frozen(table)
