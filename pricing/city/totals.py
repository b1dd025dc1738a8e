"""Published totals that the city's tables must add up to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from pricing.base.calendar import day_of
from pricing.base.errors import Problems, nearest
from pricing.city.city import City
from pricing.city.rows.network import BUDGET_LEVELS
from pricing.city.rows.policy import TotalRow

# School became free on this day: Resolution 217/2025/QH15.
FEE_FREE = day_of(date(2025, 9, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalCheck:
    """A total: what was published, what the tables give, and whether they agree."""

    total: str
    value: float
    model: float
    tolerance: float
    ok: bool
    unit_of_measure: str
    source: str
    status: str


def city_totals(city: City) -> tuple[TotalCheck, ...]:
    """Every row of totals.csv held against the city; relative tolerance, exact where it is 0."""
    return tuple(_held(city, row) for row in city.tables.totals)


def check_names(rows: tuple[TotalRow, ...], problems: Problems) -> None:
    """Note totals that nothing computes."""
    for row in rows:
        if _function(row.total) is None:
            names = [*TOTALS, *(f"{family}:…" for family in FAMILIES)]
            problems.add(
                file=row.FILE,
                line=row.line,
                key="total",
                read=row.total,
                allowed=", ".join(names),
                nearest=nearest(row.total, names),
            )


def _held(city: City, row: TotalRow) -> TotalCheck:
    function = _function(row.total)
    assert function is not None, row.total
    model = function(city)
    slack = (row.tolerance + 1e-9) * abs(row.value)
    return TotalCheck(
        total=row.total,
        value=row.value,
        model=model,
        tolerance=row.tolerance,
        ok=abs(model - row.value) <= slack,
        unit_of_measure=row.unit_of_measure,
        source=row.source,
        status=row.status,
    )


def _function(name: str) -> Callable[[City], float] | None:
    family, colon, key = name.partition(":")
    if not colon:
        return TOTALS.get(name)
    made = FAMILIES.get(family)
    return None if made is None else made(key)


def _law(key: str) -> Callable[[City], float]:
    rule, _, day = key.partition("@")
    return lambda city: city.law(rule, day_of(date.fromisoformat(day)))


def _target(name: str) -> Callable[[City], float]:
    return lambda city: city.targets.value(name)


def _capacity(unit: str) -> Callable[[City], float]:
    """Seats of a unit, courses of a quarter of a year counted by the places they fill."""

    def seats(city: City) -> float:
        chosen = city.offers.unit == city.units.id.index(unit)
        weight = np.where(city.needs.is_enrolment[city.offers.need], 1.0, 0.25)
        return float(np.sum((city.offers.capacity * weight)[chosen]))

    return seats


def _schools(need: str) -> Callable[[City], float]:
    return lambda city: float(np.sum(city.units.n_firms[_units_of(city, need, "school_group")]))


def _pupils(*needs: str) -> Callable[[City], float]:
    def pupils(city: City) -> float:
        at_school = np.array([city.units.kind[unit] == "school_group" for unit in city.offers.unit])
        wanted = np.isin(city.offers.need, [city.needs.id.index(need) for need in needs])
        return float(np.sum(city.offers.volume[at_school & wanted]))

    return pupils


def _units_of(city: City, need: str, kind: str) -> list[int]:
    offers = city.offers.unit[city.need_offers(city.needs.id.index(need))]
    return [unit for unit in dict.fromkeys(offers.tolist()) if city.units.kind[unit] == kind]


def _units(kind: str, *, owner: str = "") -> Callable[[City], float]:
    def number(city: City) -> float:
        return float(
            sum(
                row.n_firms
                for row in city.tables.units
                if row.kind == kind and owner in ("", row.owner)
            )
        )

    return number


def _health_units(city: City) -> float:
    """Public health units of the city; sites of merged units are rows but no units."""
    return float(
        sum(
            row.sector == "health" and row.owner == "city" and not row.kind.endswith("_site")
            for row in city.tables.units
        )
    )


def _department_visits(city: City) -> float:
    ambulatory = city.offers.need == city.needs.id.index("ambulatory")
    local = [BUDGET_LEVELS.index(level) for level in ("city", "commune")]
    theirs = np.isin(city.units.owner[city.offers.unit], local)
    return float(np.sum(city.offers.volume[ambulatory & theirs]))


def _education_posts(city: City) -> float:
    public = [
        unit
        for unit, kind in enumerate(city.units.kind)
        if kind == "school_group" and city.units.is_public[unit]
    ]
    return float(np.sum(city.units.posts_professional[public] + city.units.posts_other[public]))


def _tuition_budget(*, public: bool) -> Callable[[City], float]:
    """Learners × the city's fee × months of tuition, of needs that the fee-free law covers."""

    def bill(city: City) -> float:
        offers = city.offers
        free = np.array(
            [city.laws.has(f"tuition_exemption_public.{need}", FEE_FREE) for need in city.needs.id]
        )
        ours = city.units.is_public[offers.unit] == public
        months = city.needs.teaching_months[offers.need]
        amount = offers.volume * np.nan_to_num(offers.tuition) * months
        return float(np.sum(amount[free[offers.need] & ours]))

    return bill


def _insured_share(city: City) -> float:
    need = city.needs.scheme.index("health")
    uninsured = city.cover.share(need, city.base_year)[..., city.classes["health"].uninsured]
    by_place = uninsured.sum(axis=-1)[city.places.kind]
    return 1.0 - float(np.sum(by_place * city.people.residents) / np.sum(city.people.residents))


def _students(city: City) -> float:
    at = np.array([city.units.kind[unit] == "university" for unit in city.offers.unit])
    return float(np.sum(city.offers.volume[at]))


def _mean(column: str) -> Callable[[City], float]:
    def mean(city: City) -> float:
        return float(np.average(getattr(city.income, column), weights=city.people.residents))

    return mean


def _ratio(column: str) -> Callable[[City], float]:
    """Mean of the richest quintile over that of the poorest."""

    def ratio(city: City) -> float:
        people = city.people.residents
        means = (getattr(city.income, column) * people).sum(axis=0) / people.sum(axis=0)
        return float(means[-1] / means[0])

    return ratio


TOTALS: dict[str, Callable[[City], float]] = {
    "outpatient_visits_department": _department_visits,
    "health_units_department": _health_units,
    "health_stations": _units("station_group"),
    "schools_preschool": _schools("preschool"),
    "schools_primary": _schools("primary"),
    "schools_lower_secondary": _schools("lower_secondary"),
    "schools_upper_secondary": _schools("upper_secondary"),
    "pupils_preschool": _pupils("preschool"),
    "pupils_general": _pupils("primary", "lower_secondary", "upper_secondary"),
    "education_posts": _education_posts,
    "tuition_budget_public": _tuition_budget(public=True),
    "tuition_budget_non_public": _tuition_budget(public=False),
    "vocational_colleges_city": _units("college", owner="city"),
    "vocational_centres": _units("centre"),
    "universities": _units("university"),
    "students": _students,
    "insured_share": _insured_share,
    "residents": lambda city: float(np.sum(city.people.residents)),
    "registered_people": lambda city: float(np.sum(city.places.registered)),
    "communes": lambda city: float(len(city.tables.communes)),
    "wards": lambda city: float(sum(row.kind == "ward" for row in city.tables.communes)),
    "ward_share": lambda city: float(
        np.average(city.places.ward_share, weights=city.places.registered)
    ),
    "income_month_mean": _mean("income_month"),
    "income_ratio_q5_q1": _ratio("income_month"),
    "consumption_month_mean": _mean("consumption_month"),
    "consumption_ratio_q5_q1": _ratio("consumption_month"),
}
FAMILIES: dict[str, Callable[[str], Callable[[City], float]]] = {
    "law": _law,
    "target": _target,
    "capacity": _capacity,
}
