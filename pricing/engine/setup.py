"""What the months of one trial need and none of them changes: built once per scenario and replication."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pricing.base.arrays import Array, BoolArray, IntArray
from pricing.city.city import City
from pricing.city.population import Population
from pricing.city.rows.people import PLACE_KINDS
from pricing.engine.calibrate import Calibrated, NeedFit
from pricing.engine.chance import Chance
from pricing.engine.clock import Economy
from pricing.engine.entry import EntryStart, entry_start
from pricing.engine.norms import norm_cost
from pricing.engine.payers import split
from pricing.engine.people import class_share, insured
from pricing.engine.queues import QueueRules, queue_rules
from pricing.equations.choice import Nests, nests_of
from pricing.equations.quality import quality

MONTHS = 12
CITY_LEVEL = 1
CASH = 3  # labour, direct, management come before depreciation
GRANT_TIERS = frozenset({"3a", "3b", "3c", "4"})
RETAINING_TIERS = frozenset({"1", "2", "3a"})
HEALTH = "health"
EXEMPT_LINE, PRIVATE_LINE, CHECK_UP_LINE, USER_LINE = (
    "tuition_replacement",
    "private_support",
    "check_up",
    "user_support",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRules:
    """Standing rules of the offers for money and supply; (offer,) unless said.

    ``plan`` monthly units of output of the base year; ``learners_outside`` and
    ``volume_outside`` users from outside the city (learners; episodes a month); ``granted`` 1 where
    the state covers the cash gap; ``cost_scale`` actual over norm cost before efficiency (non-public
    units: what their base revenue pays for); ``retains`` 1 where the surplus stays with a unit paid
    per service; ``margin`` of the base year; ``budget`` level that owns the unit (city if none);
    ``support_line`` budget line of user support; ``teaching`` (need, month of the year).
    """

    plan: Array
    outsiders: Array
    months_a_year: Array
    is_enrolment: BoolArray
    is_public: Array
    granted: Array
    cost_scale: Array
    retains: Array
    margin: Array
    budget: IntArray
    support_line: tuple[str, ...]
    teaching: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """One trial's constants."""

    city: City
    calibrated: Calibrated
    people: Population
    chance: Chance
    economy: Economy
    potential: tuple[tuple[Array | None, ...], ...]
    nests: tuple[Nests, ...]
    base_burden: tuple[Array, ...]
    seats: tuple[Array | None, ...]
    entry: tuple[EntryStart | None, ...]
    quality: Array
    nest_service: tuple[tuple[int, ...], ...]
    investment: Array
    unit_is_public: Array
    unit_budget: IntArray
    buffer: Array
    contribution: float
    contributor_share: Array
    top_up: Array
    service_of_offer: Array
    public_service_kind: Array
    list_weight: Array
    health_sector: int
    queues: QueueRules
    offers: OfferRules
    mandate: Array
    unit_order: IntArray
    unit_start: IntArray
    unit_has_offer: BoolArray

    def by_unit(self, values: Array) -> Array:
        """Sum over the offers of each unit; last axis (offer,) becomes (unit,)."""
        total = np.zeros((*values.shape[:-1], self.unit_has_offer.size))
        total[..., self.unit_has_offer] = np.add.reduceat(
            values[..., self.unit_order], self.unit_start, axis=-1
        )
        return total


def build(
    city: City, calibrated: Calibrated, people: Population, chance: Chance, economy: Economy
) -> Setup:
    """Constants of a trial from the calibrated city, its people, its chance and its economy."""
    order = np.argsort(city.offers.unit, kind="stable")
    sorted_unit = city.offers.unit[order]
    start = np.flatnonzero(np.r_[True, np.diff(sorted_unit) > 0])
    has_offer = np.zeros(len(city.units.id), dtype=np.bool_)
    has_offer[sorted_unit[start]] = True
    setup = Setup(
        city=city,
        calibrated=calibrated,
        people=people,
        chance=chance,
        economy=economy,
        potential=_potential(city, calibrated, people),
        nests=tuple(nests_of(fit.frame.nests, fit.demand.nest_lambda) for fit in calibrated.fits),
        base_burden=tuple(_base_burden(calibrated, fit) for fit in calibrated.fits),
        seats=tuple(_seats(city, need) for need in range(len(city.needs.id))),
        entry=_entry(city, calibrated, people),
        quality=np.zeros(city.offers.unit.size),
        nest_service=_nest_services(city, calibrated),
        investment=np.zeros(has_offer.size),
        unit_is_public=city.units.is_public.astype(np.float64),
        unit_budget=np.where(city.units.owner >= 0, city.units.owner, CITY_LEVEL),
        buffer=np.zeros(has_offer.size),
        contribution=_contribution(city, calibrated, people),
        contributor_share=_contributor_share(calibrated, people),
        top_up=np.concatenate([fit.rules.top_up for fit in calibrated.fits], axis=1),
        service_of_offer=_one_hot(city.offers.service, len(city.services.id)),
        public_service_kind=_public_service_kind(city),
        list_weight=_list_weight(city),
        health_sector=city.sectors.index(HEALTH),
        queues=queue_rules(city, calibrated.parameters),
        offers=offer_rules(city, calibrated),
        mandate=np.zeros(has_offer.size),
        unit_order=order,
        unit_start=start,
        unit_has_offer=has_offer,
    )
    return replace(
        setup,
        quality=offer_quality(setup, _base_load(setup), np.ones(has_offer.size)),
        mandate=_mandate(setup),
        investment=_base_investment(setup),
        buffer=_buffer(setup),
    )


def _buffer(setup: Setup) -> Array:
    """Cash that owners leave in a unit: three months of its cash cost, (unit,) VND."""
    calibrated = setup.calibrated
    norm = norm_cost(calibrated.basis, calibrated.levers, 1.0, 0.0)[setup.city.offers.norm]
    cost = norm[:, :CASH].sum(1) * setup.offers.cost_scale * setup.offers.plan
    return 3.0 * setup.by_unit(cost)


def _one_hot(index: IntArray, size: int) -> Array:
    """(row, size) with a 1 at each row's index; rows of index -1 are zero."""
    table = np.zeros((index.size, size))
    known = index >= 0
    table[np.flatnonzero(known), index[known]] = 1.0
    return table


def _public_service_kind(city: City) -> Array:
    """Public offers in the city by service and place kind, (offer, service x place_kind)."""
    offers, kinds = city.offers, len(PLACE_KINDS)
    public = city.units.is_public[offers.unit] & (offers.kind >= 0)
    cell = np.where(public, offers.service * kinds + offers.kind, -1)
    return _one_hot(cell, len(city.services.id) * kinds)


def _list_weight(city: City) -> Array:
    """Base-year volume behind each regulated price, (service, norm, place_kind)."""
    offers = city.offers
    weight = np.zeros((len(city.services.id), len(city.norms.id), len(PLACE_KINDS)))
    listed = (offers.price_norm >= 0) & (offers.kind >= 0) & city.units.is_public[offers.unit]
    np.add.at(
        weight,
        (offers.service[listed], offers.price_norm[listed], offers.kind[listed]),
        offers.volume[listed],
    )
    return weight


def _contribution(city: City, calibrated: Calibrated, people: Population) -> float:
    """Contributions raised from the city's insured in the base year, VND a month."""
    parameters = calibrated.parameters
    per_head = (
        parameters["fund_contributions_national_2025"]
        / parameters["fund_insured_national_2025"]
        * parameters["fund_region_factor"]
    )
    return insured(city, people) * per_head / MONTHS


def _contributor_share(calibrated: Calibrated, people: Population) -> Array:
    """Quintiles' shares of what households contribute: by income, (quintile,)."""
    weight = calibrated.income_month * people.residents[0].sum(0)
    return weight / weight.sum()


def _nest_services(city: City, calibrated: Calibrated) -> tuple[tuple[int, ...], ...]:
    """Service that each nest of each need delivers: that of its first offer."""
    found = []
    for fit in calibrated.fits:
        service = city.offers.service[fit.frame.offers]
        found.append(tuple(int(service[window.start]) for window in fit.frame.nests))
    return tuple(found)


def _base_investment(setup: Setup) -> Array:
    """What keeps the assets of the base year as they are, (unit,) VND a month: its own investment."""
    city, calibrated = setup.city, setup.calibrated
    norm = norm_cost(calibrated.basis, calibrated.levers, 1.0, 0.0)[city.offers.norm, CASH]
    priced = (calibrated.charges.earning + calibrated.charges.order_earning)[:, CASH]
    owned = setup.offers.is_public * (city.units.owner[city.offers.unit] >= 0)
    share = calibrated.parameters["capital_replacement_share"]
    replaced = np.maximum(norm - priced, 0.0) * owned * share
    return setup.by_unit((replaced + priced) * setup.offers.plan)


def offer_quality(setup: Setup, load: Array, asset: Array) -> Array:
    """Quality of each offer, (offer,), from load over capacity and the assets of its unit (unit,).

    Assets of the base year count as half worn; staff stand at the norm.
    """
    parameters = setup.calibrated.parameters
    age = np.clip(1.0 - 0.5 * asset, 0.0, 1.0)[setup.city.offers.unit]
    return quality(
        np.ones(load.size),
        load,
        age,
        parameters["occupancy_quality_threshold"],
        parameters["quality_occupancy_slope"],
        parameters["quality_age_slope"],
    )


def _base_load(setup: Setup) -> Array:
    """Base-year volume over capacity of the offers that queue, (offer,); 0 for the others."""
    load = np.zeros(setup.offers.plan.size)
    queued = setup.queues.offer
    load[queued] = setup.offers.plan[queued] / setup.queues.capacity
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
    """Grade stocks of the base year under the trial's people."""
    return tuple(
        entry_start(city, need, people, fit.choice, fit.episodes)
        if city.needs.is_enrolment[need]
        else None
        for need, fit in enumerate(calibrated.fits)
    )


def _mandate(setup: Setup) -> Array:
    """Grant a month for work outside priced services, (unit,): what the city's health grants leave
    after the cash gaps of the priced services, by posts of the units the state funds.
    """
    city, calibrated = setup.city, setup.calibrated
    norm = norm_cost(calibrated.basis, calibrated.levers, 1.0, 0.0)[city.offers.norm]
    charged = calibrated.charges
    earned = (charged.earning + charged.order_earning)[:, :CASH]
    gap = np.maximum(norm[:, :CASH] - earned, 0.0).sum(1) * setup.offers.plan
    health = city.sectors.index(HEALTH)
    in_health = city.needs.sector[city.offers.need] == health
    gaps = float((gap * setup.offers.granted * in_health).sum())
    total = calibrated.parameters["grants_health_units"] / MONTHS
    funded = np.array([float(tier in GRANT_TIERS) for tier in city.units.tier])
    posts = city.units.posts_professional * (city.units.sector == health) * funded
    return max(total - gaps, 0.0) * posts / max(float(posts.sum()), 1.0)


def _potential(
    city: City, calibrated: Calibrated, people: Population
) -> tuple[tuple[Array | None, ...], ...]:
    """Potential episodes a month at base-year incomes, by year and need: (quintile, place, class)."""
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


def offer_rules(city: City, calibrated: Calibrated) -> OfferRules:
    """Standing rules of every offer of the city."""
    offers, units = city.offers, city.units
    enrolled = city.needs.is_enrolment[offers.need]
    months = np.where(enrolled, city.needs.teaching_months[offers.need], 1).astype(np.float64)
    plan = offers.volume * np.where(enrolled, months, 1.0) / MONTHS
    public = units.is_public[offers.unit].astype(np.float64)
    tier = [units.tier[unit] for unit in offers.unit.tolist()]
    sector = [city.sectors[s] for s in city.needs.sector[offers.need].tolist()]
    owner = units.owner[offers.unit]
    norm = norm_cost(calibrated.basis, calibrated.levers, 1.0, 0.0)[offers.norm]
    charged = calibrated.charges
    variable = norm[:, 1]
    return OfferRules(
        plan=plan,
        outsiders=offers.volume * offers.outsider_share / np.where(enrolled, 1.0, MONTHS),
        months_a_year=months,
        is_enrolment=np.asarray(enrolled),
        is_public=public,
        granted=np.array([float(t in GRANT_TIERS) for t in tier]) * public * (owner >= 0),
        cost_scale=_cost_scale(city, calibrated, norm),
        retains=np.array(
            [
                float((t in RETAINING_TIERS) and s == HEALTH)
                for t, s in zip(tier, sector, strict=True)
            ]
        ),
        margin=1.0 - variable / np.maximum(charged.price, 1.0),
        budget=np.where(owner >= 0, owner, CITY_LEVEL),
        support_line=_support_lines(city, calibrated),
        teaching=_teaching(city),
    )


def _cost_scale(city: City, calibrated: Calibrated, norm: Array) -> Array:
    """1 for public offers; for non-public ones what leaves the assumed margin on base revenue."""
    price = calibrated.charges.price
    full = norm.sum(1)
    own = (1.0 - calibrated.parameters["non_public_margin"]) * price / np.maximum(full, 1.0)
    return np.where(city.units.is_public[city.offers.unit], 1.0, own)


def _support_lines(city: City, calibrated: Calibrated) -> tuple[str, ...]:
    """Budget line that user support of each offer falls on."""
    lines = []
    partner = calibrated.charge_rules.public_tuition
    for offer, need in enumerate(city.offers.need.tolist()):
        rules = calibrated.fits[need].rules
        if partner[offer] >= 0:
            lines.append(PRIVATE_LINE)
        elif city.laws.has(f"tuition_exemption_public.{city.needs.id[need]}", 364):
            lines.append(EXEMPT_LINE)
        else:
            lines.append(CHECK_UP_LINE if rules.is_check_up else USER_LINE)
    return tuple(lines)


def _teaching(city: City) -> Array:
    """1 in the months in which learners are taught and pay, (need, month of the year)."""
    table = np.zeros((len(city.needs.id), MONTHS))
    for need, enrolled in enumerate(city.needs.is_enrolment.tolist()):
        if not enrolled:
            table[need] = 1.0
            continue
        first = int(city.needs.intake_month[need]) - 1
        for month in range(int(city.needs.teaching_months[need])):
            table[need, (first + month) % MONTHS] = 1.0
    return table
