"""Untargeted moments: what calibration does not aim at, held against published or assumed ranges.

A moment is one function of the calibrated base year; its range, source and status are a row of the
city's ``moments.csv``. Green lies inside the range, amber outside by at most a quarter of its
width, red beyond.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pricing.base.errors import Problems, nearest
from pricing.city.city import City
from pricing.city.rows.policy import MomentRow
from pricing.city.targets import Moment
from pricing.engine import moments_hardship, moments_money, moments_use
from pricing.engine.calibrate import Calibrated
from pricing.engine.moments_base import BaseYear, base_year

GREEN, AMBER, RED = "green", "amber", "red"
AMBER_WIDTH = 0.25

MOMENTS: Mapping[str, Callable[[BaseYear], float]] = MappingProxyType(
    {**moments_use.MOMENTS, **moments_money.MOMENTS}
)
NAMES = (*MOMENTS, *moments_hardship.MOMENTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A moment's range and source, what the model gives, and its traffic light."""

    moment: Moment
    model: float
    light: str


def judged(city: City, calibrated: Calibrated) -> tuple[Judged, ...]:
    """Every moment of the city's table, in file order.

    Raises
    ------
    InputError
        If the table names moments that nothing computes.
    """
    _check_names(city.tables.moments)
    base = base_year(city, calibrated)
    hardship: moments_hardship.Hardship = {}
    if any(moment.name in moments_hardship.MOMENTS for moment in city.moments):
        hardship = moments_hardship.base_hardship(base)
    found = []
    for moment in city.moments:
        of_homes = moments_hardship.MOMENTS.get(moment.name)
        model = MOMENTS[moment.name](base) if of_homes is None else of_homes(hardship)
        light = traffic_light(model, moment.low, moment.high)
        found.append(Judged(moment=moment, model=model, light=light))
    return tuple(found)


def traffic_light(value: float, low: float, high: float) -> str:
    """Green inside [low, high], amber within a quarter of the width, red beyond and for NaN."""
    if low <= value <= high:
        return GREEN
    slack = AMBER_WIDTH * (high - low)
    return AMBER if low - slack <= value <= high + slack else RED


def _check_names(rows: tuple[MomentRow, ...]) -> None:
    problems = Problems()
    for row in rows:
        if row.moment not in NAMES:
            problems.add(
                file=row.FILE,
                line=row.line,
                key="moment",
                read=row.moment,
                allowed=", ".join(NAMES),
                nearest=nearest(row.moment, NAMES),
            )
    problems.raise_if_any()
