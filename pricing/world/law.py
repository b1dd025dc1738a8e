"""The law of the day as lever values: which rules of laws.csv set which lever, and how.

A lever's base value is what its rules give on a day. `LAW_LEVERS` says for each lever which rules
it reads, whether it moves on a day of every year, and the function that reads them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import inf

import numpy as np

from pricing.base.arrays import Array
from pricing.base.calendar import date_of, day_of
from pricing.city.city import City
from pricing.city.laws import LawPeriod, Laws
from pricing.city.rows.people import PLACE_KINDS
from pricing.world.lever_table import LEVER
from pricing.world.parameters import Parameters
from pricing.world.quantities import COMPONENTS

# Decree 16/2015 art. 10, Decree 60/2021 art. 5: pay and direct cost are in, the rest is due.
INCLUDED_OTHERWISE = {"labour": 1.0, "direct": 1.0, "management": 0.0, "depreciation": 0.0}
FRAME_AREA = {"urban": "urban", "rural": "rural", "disadvantaged": "mountain"}
SEPTEMBER_FIRST = (9, 1)
JANUARY_FIRST = (1, 1)
FULL_ROLL_OUT_YEAR = 2030


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The rules that act: enacted and scheduled ones, and the proposals a scenario adopts.

    Parameters
    ----------
    adopted
        Rules whose proposed rows act as well, from their day on, before what is enacted.
    last_day
        No change after this day acts: the levels of a year; none if infinite.
    """

    laws: Laws
    adopted: frozenset[str] = frozenset()
    last_day: float = inf

    def value(self, rule: str, day: float, otherwise: float = np.nan) -> float:
        """Value of a rule on a day, or `otherwise` if it has none."""
        today = min(day, self.last_day)
        found = [period for period in self._periods(rule) if period.start <= today < period.end]
        return max(found, key=lambda period: period.start).value if found else otherwise

    def days(self, rules: Iterable[str]) -> set[int]:
        """Days on which a value of these rules begins or ends."""
        return {
            int(day)
            for rule in rules
            for period in self._periods(rule)
            for day in (period.start, period.end)
            if day <= self.last_day and day < inf
        }

    def names(self, families: tuple[str, ...]) -> tuple[str, ...]:
        """Rules of some families: a family ends with a dot, else it is one rule."""
        known = {*self.laws.in_force, *(self.adopted & set(self.laws.proposed_rows))}
        begins = tuple(family for family in families if family.endswith("."))
        return tuple(sorted(r for r in known if r in families or r.startswith(begins)))

    def _periods(self, rule: str) -> tuple[LawPeriod, ...]:
        adopted = self.laws.proposed(rule) if rule in self.adopted else ()
        return (*adopted, *self.laws.in_force.get(rule, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """The law of a city on one day, with the parameters where the law leaves a number open."""

    city: City
    parameters: Parameters
    book: Book
    day: int

    def value(self, rule: str, otherwise: float = np.nan) -> float:
        """Value of a rule today."""
        return self.book.value(rule, self.day, otherwise)

    @property
    def today(self) -> date:
        """Today, or the day at which the law was frozen if that is earlier."""
        return date_of(int(min(self.day, self.book.last_day)))


@dataclass(frozen=True, slots=True, kw_only=True)
class LawLever:
    """A lever that the law sets.

    Parameters
    ----------
    families
        Rules it reads: names, or beginnings of names that end with a dot.
    yearly
        Month and day on which it moves every year; none if empty.
    rules_of
        Further rules that the city's tables name.
    """

    lever: str
    families: tuple[str, ...]
    value: Callable[[Law], Array]
    yearly: tuple[int, ...] = ()
    rules_of: Callable[[City], tuple[str, ...]] | None = None

    def days(self, city: City, book: Book, last_day: int) -> tuple[int, ...]:
        """Days after the first on which the lever moves, in order, up to a last day."""
        named = self.rules_of(city) if self.rules_of is not None else ()
        days = book.days((*book.names(self.families), *named))
        if self.yearly:
            years = range(date_of(0).year, date_of(last_day).year + 1)
            days |= {day_of(date(year, *self.yearly)) for year in years}
        return tuple(sorted(day for day in days if 0 < day <= min(last_day, book.last_day)))


def law_values(city: City, parameters: Parameters, book: Book, day: int) -> dict[str, Array]:
    """Base value of every lever that the law or the city's tables set, on a day."""
    law = Law(city=city, parameters=parameters, book=book, day=day)
    opened = np.ones(len(city.units.id))
    opened[city.candidates.unit] = 0.0
    tables = {"tuition": np.asarray(city.offers.tuition), "open_share": opened}
    return {**{row.lever: row.value(law) for row in LAW_LEVERS}, **tables}


def _contribution_rate(law: Law) -> Array:
    return np.asarray(law.value("insurance_contribution_rate", 0.0))


def _base_salary(law: Law) -> Array:
    return np.asarray(law.value("base_salary", 0.0))


def _included(law: Law) -> Array:
    """Price list of the insured by its rules, others by decree; (norm, place_kind, component)."""
    city = law.city
    listed = [law.value(f"insurance_price_included.{part}", 0.0) for part in COMPONENTS]
    scheme = np.array(city.needs.scheme)[city.services.need[city.norms.service]]
    share = np.where(
        (scheme == "health")[:, None], listed, [INCLUDED_OTHERWISE[part] for part in COMPONENTS]
    )
    return np.broadcast_to(share[:, None, :], LEVER["included"].shape(city))


def _price_ceiling(law: Law) -> Array:
    """Ceiling of check-ups (Decree 165/2026); VND, (norm,)."""
    ceiling = law.value("free_check_up.price_ceiling", np.inf)
    unit = np.array(law.city.services.unit_of_output)[law.city.norms.service]
    return np.where(unit == "check_up", ceiling, np.inf)


def _tuition_frame(law: Law) -> Array:
    """Highest tuition of units that do not cover recurrent cost; VND, (norm, place_kind)."""
    city = law.city
    need = [city.needs.id[n] for n in city.services.need[city.norms.service]]
    norms = list(zip(need, city.norms.scope, strict=True))
    frames = {norm: _frames(law, *norm) for norm in set(norms)}
    return np.array([frames[norm] for norm in norms])


def _frames(law: Law, need: str, scope: str) -> list[float]:
    """Frame of a norm by place kind; the highest over fields of study if its scope is no field."""
    if need in _FIELDS:
        family, growth = _FIELDS[need]
        rules = law.book.names((family,))
        own = [rule for rule in rules if rule == family + scope]
        ceilings = [law.value(rule, 0.0) for rule in own or rules]
        return [(max(ceilings, default=0.0) or np.inf) * growth(law)] * len(PLACE_KINDS)
    times = _school_growth(law)
    return [
        law.value(f"tuition_frame.{need}.{FRAME_AREA[kind]}.max", np.inf) * times
        for kind in PLACE_KINDS
    ]


def _school_growth(law: Law) -> float:
    """Growth of the frame of general schools, once each September since the rule's first."""
    return _growth(law, "tuition_growth_max", law.value("tuition_growth_max", 0.0))


def _university_growth(law: Law) -> float:
    """University ceilings grow with consumer prices after the last row of the decree."""
    return _growth(law, "university_ceiling_growth_max_cpi", law.parameters["cpi_growth"])


def _no_growth(law: Law) -> float:
    return 1.0


def _growth(law: Law, rule: str, rate: float) -> float:
    starts = [period.start for period in law.book.laws.in_force.get(rule, ())]
    if not starts:
        return 1.0
    septembers = [
        september
        for year in range(date_of(max(0, min(starts))).year, law.today.year + 1)
        if min(starts) <= day_of(september := date(year, *SEPTEMBER_FIRST))
        and september <= law.today
    ]
    return float((1.0 + rate) ** len(septembers))


_FIELDS: Mapping[str, tuple[str, Callable[[Law], float]]] = {
    "higher_education": ("university_ceiling.", _university_growth),
    "intermediate": ("vocational_ceiling.", _no_growth),
    "college": ("vocational_ceiling.", _no_growth),
}


def _support(law: Law) -> Array:
    """Share of tuition that the law lets the budget take over; (need, kind, quintile, class)."""
    city = law.city
    support = np.zeros(LEVER["support"].shape(city))
    rates = _rates(law, "learner")
    for need, scheme in enumerate(city.needs.scheme):
        if scheme == "learner":
            support[need, :, :, : rates.size] = rates
    return support


def _benefit(law: Law) -> Array:
    return _rates(law, "health")


def _rates(law: Law, scheme: str) -> Array:
    classes = law.city.classes[scheme]
    rates = zip(classes.rate_rule, classes.rate, strict=True)
    return np.array([law.value(rule, rate) if rule else rate for rule, rate in rates])


def _route(law: Law) -> Array:
    """Mean share of the benefit paid at each offer, right and other routes together; (offer,)."""
    offers = law.city.offers
    other = np.array([law.value(rule, 1.0) if rule else 1.0 for rule in offers.route_rule])
    return np.asarray(offers.right_route_share + (1.0 - offers.right_route_share) * other)


def _fee_waiver(law: Law) -> Array:
    flag = law.value("basic_hospital_fee_waiver", 0.0)
    return np.asarray(flag * law.parameters["basic_waiver_own_share_2030"])


def _allowance(law: Law) -> Array:
    """Allowances of the base year, moved by what their rules changed since; (group, class)."""
    posts = law.city.posts
    moved = [
        [law.value(rule, 0.0) - law.book.value(rule, 0, 0.0) if rule else 0.0 for rule in line]
        for line in posts.allowance_rule
    ]
    return np.asarray(posts.allowance + np.array(moved))


def _cpi_growth(law: Law) -> Array:
    return np.asarray(law.parameters["cpi_growth"])


def _premium_support(law: Law) -> Array:
    """Budgets' share of contributions; pupils' support above that of the base year adds to it.

    A pupil's premium is the contribution rate on one base salary (Decree 146/2018 art. 7).
    """
    rule, parameters, book = "insurance_pupil_premium_support", law.parameters, law.book
    risen = law.value(rule, 0.0) - book.value(rule, 0, 0.0)
    mean = parameters["fund_contributions_national_2025"] / parameters["fund_insured_national_2025"]
    rate, salary = book.value("insurance_contribution_rate", 0), book.value("base_salary", 0)
    pupils = pupils_of(law.city) / float(law.city.people.residents.sum())
    weight = pupils * 12.0 * rate * salary / mean if risen else 0.0
    return np.asarray(parameters["contribution_share_budget"] + risen * weight)


def pupils_of(city: City) -> float:
    """Residents in schools beyond preschool, whose premiums the rule supports."""
    need = city.offers.need
    of_school_age = city.needs.is_enrolment[need] & (city.needs.age_from[need] >= 6)
    return float(np.sum((city.offers.volume * (1.0 - city.offers.outsider_share))[of_school_age]))


def _check_up_support(law: Law) -> Array:
    """Share of residents with a free check-up, by budget year: all who are eligible by 2030."""
    started = law.book.days(("free_check_up.times",))
    if not law.value("free_check_up.times", 0.0) or not started:
        return np.asarray(0.0)
    start, full = min(started), day_of(date(FULL_ROLL_OUT_YEAR, *JANUARY_FIRST))
    first = law.parameters["check_up_roll_out_2026"]
    budget_year = day_of(date(law.today.year, *JANUARY_FIRST))
    done = min(1.0, (max(start, budget_year) - start) / (full - start))
    return np.asarray(law.parameters["check_up_eligible_share"] * (first + (1.0 - first) * done))


def _land_rent_exempt(law: Law) -> Array:
    """Exempt share of the land rent: all by the rule, part of it in towns; (candidate,)."""
    city = law.city
    share = np.full(len(city.candidates.id), law.value("land_rent_exemption_socialised", 0.0))
    town = city.places.kind[city.candidates.place] == PLACE_KINDS.index("urban")
    if town.any():
        share[town] *= law.parameters["land_rent_exempt_urban"]
    return share


def _tax_half_years(law: Law) -> Array:
    """Years at half the profit tax, more in hard areas; (candidate,)."""
    city = law.city
    hard = city.places.kind[city.candidates.place] == PLACE_KINDS.index("disadvantaged")
    rule = "profit_tax_holiday.half_years_"
    return np.where(hard, law.value(rule + "hard_area", 0.0), law.value(rule + "other", 0.0))


def _health_rules(city: City) -> tuple[str, ...]:
    return tuple(rule for rule in city.classes["health"].rate_rule if rule)


def _learner_rules(city: City) -> tuple[str, ...]:
    return tuple(rule for rule in city.classes["learner"].rate_rule if rule)


def _route_rules(city: City) -> tuple[str, ...]:
    return tuple(sorted({rule for rule in city.offers.route_rule if rule}))


def _allowance_rules(city: City) -> tuple[str, ...]:
    return tuple(sorted({rule for line in city.posts.allowance_rule for rule in line if rule}))


LAW_LEVERS: tuple[LawLever, ...] = (
    LawLever(lever="included", families=("insurance_price_included.",), value=_included),
    LawLever(
        lever="price_ceiling", families=("free_check_up.price_ceiling",), value=_price_ceiling
    ),
    LawLever(
        lever="tuition_frame",
        families=("tuition_frame.", "university_ceiling.", "vocational_ceiling."),
        yearly=SEPTEMBER_FIRST,
        value=_tuition_frame,
    ),
    LawLever(lever="support", families=(), rules_of=_learner_rules, value=_support),
    LawLever(lever="benefit", families=(), rules_of=_health_rules, value=_benefit),
    LawLever(lever="route", families=(), rules_of=_route_rules, value=_route),
    LawLever(lever="fee_waiver", families=("basic_hospital_fee_waiver",), value=_fee_waiver),
    LawLever(
        lever="contribution_rate",
        families=("insurance_contribution_rate",),
        value=_contribution_rate,
    ),
    LawLever(lever="base_salary", families=("base_salary",), value=_base_salary),
    LawLever(lever="allowance", families=(), rules_of=_allowance_rules, value=_allowance),
    LawLever(
        lever="land_rent_exempt",
        families=("land_rent_exemption_socialised",),
        value=_land_rent_exempt,
    ),
    LawLever(lever="tax_half_years", families=("profit_tax_holiday.",), value=_tax_half_years),
    LawLever(lever="cpi_growth", families=(), value=_cpi_growth),
    LawLever(
        lever="premium_support",
        families=("insurance_pupil_premium_support",),
        value=_premium_support,
    ),
    LawLever(
        lever="check_up_support",
        families=("free_check_up.times",),
        yearly=JANUARY_FIRST,
        value=_check_up_support,
    ),
)
