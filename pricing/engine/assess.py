"""A city under examination: totals, calibration target by target, untargeted moments."""

from dataclasses import dataclass

import numpy as np

from pricing.city.city import City
from pricing.city.totals import TotalCheck, city_totals
from pricing.engine.calibrate import Calibrated, prepare
from pricing.engine.fit import Infeasible
from pricing.engine.fitted import Fitted, fitted_targets
from pricing.engine.moments import Judged, judged

LARGEST_ERROR = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What was found at the central parameter values."""

    city: City
    calibrated: Calibrated
    totals: tuple[TotalCheck, ...]
    fitted: tuple[Fitted, ...]
    moments: tuple[Judged, ...]

    @property
    def infeasible(self) -> tuple[Infeasible, ...]:
        """Targets that no parameter value meets, with the nearest value reached."""
        return tuple(one for fit in self.calibrated.fits for one in fit.report.infeasible)

    @property
    def largest_error(self) -> float:
        """Largest relative distance to a feasible target, whether or not a row shows it."""
        missed = {(one.need, one.target) for one in self.infeasible}
        errors = [row.error for row in self.fitted if (row.need, row.target) not in missed]
        return float(np.max([*errors, *(fit.report.error for fit in self.calibrated.fits)]))

    @property
    def is_met(self) -> bool:
        """Whether every feasible target is met to a millionth, the aggregates among them."""
        return bool(self.calibrated.aggregates.is_solved and self.largest_error <= LARGEST_ERROR)

    @property
    def ok(self) -> bool:
        """Whether the city's totals hold and the feasible targets are met."""
        return self.is_met and all(total.ok for total in self.totals)


def assess(city: City) -> Assessment:
    """Calibrate a city at its central parameter values and hold it against all it should meet.

    Raises
    ------
    InputError
        If the city's table names moments that nothing computes.
    """
    calibrated = prepare(city, city.parameters.central())
    return Assessment(
        city=city,
        calibrated=calibrated,
        totals=city_totals(city),
        fitted=fitted_targets(city, calibrated),
        moments=judged(city, calibrated),
    )
