"""What the months of one trial need and none of them changes; built once a trial."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pricing.base.arrays import Array, BoolArray, frozen
from pricing.city.city import City
from pricing.city.population import Population
from pricing.engine.calibrate import Calibrated, NeedFit
from pricing.engine.chance import Chance
from pricing.engine.clock import Economy
from pricing.engine.entry import EntryStart, completed_base, entry_start, pool
from pricing.engine.learning import LearningOffers, learning_offers
from pricing.engine.members import Premiums, premiums
from pricing.engine.payers import split
from pricing.engine.people import class_share
from pricing.engine.price_book import PriceBook, price_books
from pricing.engine.queues import QueueRules, queue_rules
from pricing.engine.staff_rules import StaffRules, staff_rules
from pricing.engine.standing import HEALTH, MONTHS, OfferRules, offer_rules
from pricing.engine.sums import Sums, sums
from pricing.engine.unit_money import UnitMoney, unit_money
from pricing.equations.choice import Nests, log_sums, nests_of
from pricing.equations.quality import age_share, quality
from pricing.scenario.scenario import AS_BEFORE, NonPublicSpec
from pricing.world.state import NonPublic


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """One trial's constants.

    ``potential`` by year and need (quintile, place, class) episodes a month at base-year incomes,
    None for enrolment; ``base_burden`` by need (quintile, offer, class) user price over income;
    ``base_log_sum`` by need (quintile, place, class) worth of the choice in units of utility;
    ``rigid`` by need (quintile,) where no price moves use;
    ``books`` by need of owners who set prices, empty where the scenario has no such market;
    ``seats`` by need (offer,); ``quality`` (offer,) of the base year; ``top_up`` (quintile, offer)
    VND at base-year prices.
    """

    city: City
    calibrated: Calibrated
    people: Population
    chance: Chance
    economy: Economy
    potential: tuple[tuple[Array | None, ...], ...]
    nests: tuple[Nests, ...]
    base_burden: tuple[Array, ...]
    base_log_sum: tuple[Array, ...]
    rigid: tuple[BoolArray, ...]
    seats: tuple[Array | None, ...]
    entry: tuple[EntryStart | None, ...]
    queues: QueueRules
    offers: OfferRules
    learning: LearningOffers
    sums: Sums
    standing: NonPublic
    staffing: StaffRules | None
    non_public: NonPublicSpec
    books: tuple[PriceBook | None, ...]
    units: UnitMoney
    premiums: Premiums
    quality: Array
    top_up: Array
    health_sector: int


def build(
    city: City,
    calibrated: Calibrated,
    people: Population,
    chance: Chance,
    economy: Economy,
    non_public: NonPublicSpec = AS_BEFORE,
) -> Setup:
    """Constants of a trial from the calibrated city, its people, its chance and its economy."""
    rules = offer_rules(city, calibrated)
    tables = sums(city, calibrated)
    setup = Setup(
        city=city,
        calibrated=calibrated,
        people=people,
        chance=chance,
        economy=economy,
        potential=_potential(city, calibrated, people),
        nests=tuple(nests_of(fit.frame.nests, fit.demand.nest_lambda) for fit in calibrated.fits),
        rigid=tuple(fit.demand.alpha <= 0.0 for fit in calibrated.fits),
        base_log_sum=tuple(log_sums(fit.choice) for fit in calibrated.fits),
        base_burden=tuple(_base_burden(calibrated, fit) for fit in calibrated.fits),
        seats=tuple(_seats(city, need) for need in range(len(city.needs.id))),
        entry=_entry(city, calibrated, people),
        queues=queue_rules(city, calibrated.parameters, _base_arrivals(calibrated, rules)),
        offers=rules,
        learning=learning_offers(city, calibrated, rules.teaching),
        sums=tables,
        standing=_standing(city),
        staffing=staff_rules(city, calibrated, rules, tables, non_public),
        non_public=non_public,
        books=price_books(city, calibrated) if non_public.is_market else (),
        units=unit_money(city, calibrated, rules, tables),
        premiums=premiums(city, calibrated, people),
        quality=np.zeros(rules.plan.size),
        top_up=np.concatenate([fit.rules.top_up for fit in calibrated.fits], axis=1),
        health_sector=city.sectors.index(HEALTH),
    )
    base = offer_quality(setup, _base_load(setup), np.ones(len(city.units.id)))
    return replace(setup, quality=base)


def _standing(city: City) -> NonPublic:
    """Providers and professionals of the base year: what stands is open, slots are closed."""
    opened = np.ones(len(city.units.id))
    opened[city.candidates.unit] = 0.0
    return NonPublic(
        opened=frozen(opened),
        factor=frozen(np.ones(city.offers.unit.size)),
        filled=frozen(np.ones(city.offers.unit.size)),
        cost_index=frozen(np.ones(city.offers.unit.size)),
    )


def offer_quality(setup: Setup, load: Array, asset: Array, filled: Array | None = None) -> Array:
    """Quality of each offer, (offer,), from load over capacity and the assets of its unit (unit,).

    Staff stand at the norm, or at ``filled`` of it.
    """
    parameters = setup.calibrated.parameters
    age = age_share(asset)[setup.city.offers.unit]
    return quality(
        np.ones(load.size) if filled is None else filled,
        load,
        age,
        parameters["occupancy_quality_threshold"],
        parameters["quality_occupancy_slope"],
        parameters["quality_age_slope"],
    )


def _base_arrivals(calibrated: Calibrated, rules: OfferRules) -> Array:
    """Units of output asked for in a mean month of the base year, with outsiders, (offer,)."""
    fitted = [fit.volume.sum((0, 2)) / MONTHS for fit in calibrated.fits]
    arrivals: Array = np.concatenate(fitted) + rules.outsiders
    return arrivals


def _base_load(setup: Setup) -> Array:
    """Base-year volume over capacity of the offers that queue, (offer,); 0 for the others."""
    load = np.zeros(setup.offers.plan.size)
    queued = setup.queues.offer
    arrivals = _base_arrivals(setup.calibrated, setup.offers)
    load[queued] = arrivals[queued] / setup.queues.capacity
    return load


def _base_burden(calibrated: Calibrated, fit: NeedFit) -> Array:
    """User price over monthly income in the base year, (quintile, offer, class)."""
    paid = split(fit.rules, calibrated.charges, calibrated.levers, 1.0)
    return paid.household / calibrated.income_month[:, None, None]


def _seats(city: City, need: int) -> Array | None:
    """Seats for residents of an enrolment need, (offer,); inf where the zone's school takes all."""
    if not city.needs.is_enrolment[need]:
        return None
    window = city.need_offers(need)
    offers = city.offers
    outsiders = (offers.volume * offers.outsider_share)[window]
    zone = (offers.reach[window] == 0.0) & city.units.is_public[offers.unit[window]]
    elsewhere = offers.place[window] < 0
    return np.where(zone | elsewhere, np.inf, offers.capacity[window] - outsiders)


def _entry(city: City, calibrated: Calibrated, people: Population) -> tuple[EntryStart | None, ...]:
    """Grade stocks of the base year under the trial's people, lower levels first."""
    starts: list[EntryStart | None] = []
    completed: dict[int, Array] = {}
    for need, fit in enumerate(calibrated.fits):
        if not city.needs.is_enrolment[need]:
            starts.append(None)
            continue
        candidates = pool(city, need, city.base_year, people, completed)
        seekers = candidates * fit.demand.need_rate[:, None]
        episodes = seekers[:, :, None] * class_share(city, need, city.base_year)
        start = entry_start(city, need, people, fit.choice, episodes)
        completed[need] = completed_base(start)
        starts.append(start)
    return tuple(starts)


def _potential(
    city: City, calibrated: Calibrated, people: Population
) -> tuple[tuple[Array | None, ...], ...]:
    """Potential episodes a month by year and need, (quintile, place, class)."""
    years = []
    for number, year in enumerate(people.years):
        row: list[Array | None] = []
        for need, fit in enumerate(calibrated.fits):
            if city.needs.is_enrolment[need]:
                row.append(None)
                continue
            seekers = people.at_risk[number, need].T * fit.demand.need_rate[:, None] / MONTHS
            row.append(seekers[:, :, None] * class_share(city, need, year))
        years.append(tuple(row))
    return tuple(years)
