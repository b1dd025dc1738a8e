"""What a city's professionals earn, where their posts are, and what vacancies and pay come to.

Sides of the market: public posts first, non-public second.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, IntArray
from pricing.city.city import City
from pricing.engine.calibrate import Calibrated
from pricing.engine.norms import norm_cost
from pricing.engine.standing import OfferRules
from pricing.engine.sums import Sums
from pricing.equations.quotient import quotient
from pricing.equations.staffing import NON_PUBLIC, PUBLIC, Rates
from pricing.scenario.scenario import NonPublicSpec
from pricing.world.levers import LeverValues
from pricing.world.staff import StaffState

SIDES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRules:
    """Standing rules of the professions, on axis (profession,) unless said.

    ``sector`` and ``work`` share in its work; ``pay_ratio`` non-public over public pay in the base
    year; ``heads`` and ``posts`` (side, profession) of the base year; ``unit_posts`` (profession,
    unit) non-public posts at full size; ``opened`` (unit,) of the base year; ``side`` (offer,) of
    the market, ``offer_sector`` (offer,), −1 where staff are not from the city; ``labour`` (offer,)
    base-year VND per unit of output, ``labour_share`` (offer,) of its cost; ``grade_pay`` (sector,
    pay_group, post_class) paid work at coefficients; ``retaining`` (unit,) 1 where surplus stays;
    ``linkage`` of non-public to public pay, with supplements if ``sees_supplement``;
    ``supplement_share`` of the retained surplus that is paid out.
    """

    id: tuple[str, ...]
    rates: Rates
    sector: IntArray
    work: Array
    pay_ratio: Array
    heads: Array
    posts: Array
    unit_posts: Array
    opened: Array
    side: IntArray
    offer_sector: IntArray
    labour: Array
    labour_share: Array
    grade_pay: Array
    base_levers: LeverValues
    retaining: Array
    linkage: float
    supplement_share: float
    sees_supplement: bool


def staff_rules(
    city: City,
    calibrated: Calibrated,
    offers: OfferRules,
    tables: Sums,
    non_public: NonPublicSpec,
) -> StaffRules | None:
    """Rules of a city's professions; None where they stay put, or the city has no table of them.

    Unless ``non_public`` links staff cost, pay in non-public units does not answer to the income
    that public staff draw from the surplus of their units.
    """
    staff = city.staff
    if not (non_public.staff and staff.id):
        return None
    norm = norm_cost(calibrated.basis, calibrated.levers, 1.0, 0.0)[city.offers.norm]
    labour = norm[:, 0] * offers.cost_scale
    here = city.offers.place >= 0
    return StaffRules(
        id=staff.id,
        rates=_rates(city),
        sector=staff.sector,
        work=staff.work_share,
        pay_ratio=staff.pay_ratio,
        heads=np.stack([staff.public, staff.non_public]),
        posts=np.stack([staff.public / (1.0 - staff.vacancy_share), staff.non_public]),
        unit_posts=_unit_posts(city, tables.by_unit(labour * offers.plan * here)),
        opened=np.where(np.isin(np.arange(len(city.units.id)), city.candidates.unit), 0.0, 1.0),
        side=np.where(offers.is_public > 0.0, PUBLIC, NON_PUBLIC),
        offer_sector=np.where(here, city.needs.sector[city.offers.need], -1),
        labour=labour,
        labour_share=quotient(norm[:, 0], norm.sum(1), undefined=0.0),
        grade_pay=_grade_pay(city, offers),
        base_levers=calibrated.levers,
        retaining=(tables.by_unit(offers.retains) > 0.0).astype(np.float64),
        linkage=calibrated.parameters["staff_pay_linkage"],
        supplement_share=calibrated.parameters["income_supplement_share"],
        sees_supplement=non_public.staff_cost,
    )


def _rates(city: City) -> Rates:
    staff = city.staff
    return Rates(
        graduates=staff.graduates_year,
        stay=staff.stay_rate,
        retirement=staff.retirement_rate,
        out_migration=staff.out_migration_rate,
        quit=staff.quit_rate,
        quit_elasticity=staff.quit_elasticity,
    )


def _unit_posts(city: City, labour: Array) -> Array:
    """Non-public posts of each profession by unit at full size, (profession, unit).

    Posts that stand are spread over units by their labour (unit,), those of slots come from their
    places; a unit's posts go to the professions of its sector by their part of the work.
    """
    staff, units, slots = city.staff, city.units, city.candidates
    own = (units.sector == staff.sector[:, None]) * ~units.is_public
    weight = own * labour
    posts = staff.non_public[:, None] * quotient(
        weight, weight.sum(1, keepdims=True), undefined=0.0
    )
    alike = staff.sector == staff.sector[:, None]
    share = quotient(staff.work_share, alike @ staff.work_share, undefined=0.0)
    wanted = slots.places * slots.posts_place
    posts[:, slots.unit] = share[:, None] * wanted * (slots.sector == staff.sector[:, None])
    return posts


def _grade_pay(city: City, offers: OfferRules) -> Array:
    """Hours of public work at the coefficient of their grade, (sector, pay_group, post_class)."""
    table = np.zeros((len(city.sectors), *city.posts.coefficient.shape))
    norm = city.offers.norm
    group = city.norms.pay_group[norm]
    hours = city.norms.hours[norm] * (offers.plan * offers.is_public)[:, None]
    np.add.at(table, (city.needs.sector[city.offers.need], group), hours)
    graded: Array = table * city.posts.coefficient / city.posts.paid_hours
    return graded


def first_staff(rules: StaffRules) -> StaffState:
    """Heads, posts and pay of the base year, before any surplus is known."""
    sectors, units = rules.grade_pay.shape[0], rules.opened.size
    return StaffState(
        heads=rules.heads,
        posts=rules.posts,
        pay=np.ones((SIDES, sectors)),
        supplement=np.zeros(sectors),
        base_supplement=np.zeros(sectors),
        surplus=np.zeros(units),
        pay_bill=np.zeros(units),
    )


def posts_at(rules: StaffRules, opened: Array) -> Array:
    """Posts there are when units are open as ``opened`` (unit,) says, (side, profession)."""
    posts = np.array(rules.posts)
    posts[NON_PUBLIC] += rules.unit_posts @ (opened - rules.opened)
    # A sector whose units all close has no posts, up to rounding.
    return np.maximum(posts, 0.0)


def grade_index(rules: StaffRules, levers: LeverValues) -> Array:
    """Pay of public posts by law over the base year's, at current prices, (sector,).

    base_salary·(1 + allowance), the allowance a mean over the sector's paid work.
    """
    base = rules.base_levers
    now = (rules.grade_pay * (1.0 + levers["allowance"])).sum((1, 2))
    then = (rules.grade_pay * (1.0 + base["allowance"])).sum((1, 2))
    salary = levers.scalar("base_salary") / base.scalar("base_salary")
    return salary * quotient(now, then, undefined=1.0)


def relative_pay(rules: StaffRules, staff: StaffState) -> Array:
    """Non-public over public pay, over the same of the base year, (profession,)."""
    ratio: Array = staff.pay[NON_PUBLIC, rules.sector] / staff.pay[PUBLIC, rules.sector]
    return ratio


def filled(rules: StaffRules, staff: StaffState) -> Array:
    """Posts filled over those filled in the base year, mean by part of the work, (offer,).

    Public offers have the public share of their sector, non-public ones the non-public share; 1
    where a sector has no professions, or the staff are not from the city.
    """
    share = quotient(staff.heads, staff.posts, undefined=1.0)
    ratio = share / quotient(rules.heads, rules.posts, undefined=1.0)
    sectors = rules.grade_pay.shape[0]
    member = (rules.sector[:, None] == np.arange(sectors)) * rules.work[:, None]
    mean = quotient(ratio @ member, member.sum(0), undefined=1.0)
    return np.where(rules.offer_sector < 0, 1.0, mean[rules.side, rules.offer_sector])


def non_public_pay(rules: StaffRules, staff: StaffState) -> Array:
    """Real non-public pay over the base year's, of the sector of each offer, (offer,).

    1 for public offers, and where the staff are not from the city.
    """
    moved = (rules.side == NON_PUBLIC) & (rules.offer_sector >= 0)
    return np.where(moved, staff.pay[NON_PUBLIC, rules.offer_sector], 1.0)


def cost_index(rules: StaffRules, staff: StaffState) -> Array:
    """Real cost over the base year's as non-public pay moves it, (offer,); 1 for public offers."""
    return 1.0 + rules.labour_share * (non_public_pay(rules, staff) - 1.0)


def staffed_cost(
    rules: StaffRules | None, staff: StaffState | None, own: Array, cpi: float
) -> Array:
    """Cost per unit of output, (offer, component) VND, with labour at what non-public staff earn.

    Without moving staff, and for public offers, labour stays at the pay of the norm.
    """
    if rules is None or staff is None:
        return own
    moved = (rules.side == NON_PUBLIC) & (rules.offer_sector >= 0)
    paid = np.array(own)
    paid[moved, 0] = (rules.labour * non_public_pay(rules, staff) * cpi)[moved]
    return paid
