"""Standing rules of the offers: plans, grants, margins, budget lines; hold for a run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, BoolArray, IntArray
from pricing.city.city import City
from pricing.engine.calibrate import Calibrated
from pricing.engine.norms import norm_cost
from pricing.equations.quotient import quotient

MONTHS = 12
CASH = 3  # labour, direct, management come before depreciation
CITY_LEVEL = 1  # position of the city among the budget levels
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

    ``plan`` monthly units of output of the base year, ``full_plan`` the same, of slots at full
    size; ``outsiders`` users from outside the city (learners; episodes a month);
    ``months_a_year`` in which learners pay; ``granted`` 1 where the state covers the cash gap;
    ``cost_scale`` actual over norm cost before efficiency (of non-public units: what their base
    revenue pays for); ``retains`` 1 where the surplus stays with a unit paid per service;
    ``margin`` of the base year; ``budget`` level that owns the unit (the city if none);
    ``support_line`` budget line of user support; ``teaching`` (need, month of the year).
    """

    plan: Array
    full_plan: Array
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
        full_plan=_full_plan(city, plan, np.where(enrolled, months, 1.0) / MONTHS),
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


def _full_plan(city: City, plan: Array, months: Array) -> Array:
    """Monthly output that units plan on, (offer,); slots at the base-year use of their need.

    ``months`` (offer,) turns a year's capacity into that of a month.
    """
    offers = city.offers
    slot = offers.volume <= 0.0
    size = len(city.needs.id)
    used = np.bincount(offers.need, offers.volume, size)
    capacity = np.bincount(offers.need[~slot], offers.capacity[~slot], size)
    usual = quotient(used, capacity, undefined=1.0)[offers.need]
    return np.where(slot, offers.capacity * months * usual, plan)


def _cost_scale(city: City, calibrated: Calibrated, norm: Array) -> Array:
    """1 for public offers; for non-public ones what leaves the assumed margin on base revenue."""
    price = calibrated.charges.price
    full = norm.sum(1)
    own = (1.0 - calibrated.parameters["non_public_margin"]) * price / np.maximum(full, 1.0)
    return np.where(city.units.is_public[city.offers.unit], 1.0, own)


def _support_lines(city: City, calibrated: Calibrated) -> tuple[str, ...]:
    """Budget line that user support of each offer falls on."""
    lines = []
    supported = calibrated.charge_rules.is_supported
    for offer, need in enumerate(city.offers.need.tolist()):
        rules = calibrated.fits[need].rules
        if supported[offer]:
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
