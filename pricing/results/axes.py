"""The axes of a run's quantities in a city, and the groups that indicators gather them into."""

from pricing.base.arrays import IntArray
from pricing.city.city import City
from pricing.results.result import Axes
from pricing.world.quantities import MONTHLY, YEARLY, axis_ids

_MONTHS = 12


def run_axes(city: City, first_year: int, last_year: int) -> Axes:
    """Axes of every quantity from the first simulated year, the warm-up, to the last."""
    years = range(first_year, last_year + 1)
    months = [f"{year}-{month:02d}" for year in years for month in range(1, _MONTHS + 1)]
    enrolment = [need for need, learns in enumerate(city.needs.is_enrolment.tolist()) if learns]
    level = {need: position for position, need in enumerate(enrolment)}
    levels = tuple(level.get(need, -1) for need in range(len(city.needs.id)))
    return Axes(
        ids={
            **axis_ids(city),
            "year": tuple(str(year) for year in years),
            "month": tuple(months),
            "education_level": tuple(city.needs.id[need] for need in enrolment),
        },
        groups={
            ("need", "sector"): _index(city.needs.sector),
            ("need", "education_level"): levels,
            ("service", "need"): _index(city.services.need),
            ("service", "sector"): _index(city.services.sector),
            ("service", "education_level"): tuple(
                levels[need] for need in _index(city.services.need)
            ),
            ("place", "place_kind"): _index(city.places.kind),
            ("lot", "service"): _index(city.lots.service),
            ("profession", "sector"): _index(city.staff.sector),
        },
        quantities={
            **{row.name: ("year", *row.axes) for row in YEARLY},
            **{row.name: ("month", *row.axes) for row in MONTHLY},
        },
    )


def _index(positions: IntArray) -> tuple[int, ...]:
    return tuple(int(position) for position in positions)
