"""The chance of one replication, drawn before the first month: tables addressed by purpose."""

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array
from pricing.base.draws import Draws
from pricing.city.city import City
from pricing.world.parameters import Parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """Shocks of a trial.

    ``inflation`` (year,) added to the yearly growth of prices; ``demand`` (month, need) factors on
    potential episodes, mean 1; ``efficiency`` (unit,) actual over norm cost of labour, median 1.
    """

    inflation: Array
    demand: Array
    efficiency: Array


def chance(
    city: City, parameters: Parameters, draws: Draws, n_years: int, has_shocks: bool
) -> Chance:
    """AR(1) shocks to prices by year and to demand by month and need, efficiency by unit.

    With ``has_shocks`` false all are neutral (the stationary reference run).
    """
    n_needs, n_units, months = len(city.needs.id), len(city.units.id), 12 * n_years
    if not has_shocks:
        return Chance(
            inflation=np.zeros(n_years),
            demand=np.ones((months, n_needs)),
            efficiency=np.ones(n_units),
        )
    inflation = _autoregressive(
        draws.normal("inflation", (n_years, 1)), parameters["cpi_ar1"], parameters["cpi_shock_sd"]
    )[:, 0]
    spread = parameters["demand_shock_sd"]
    demand = _autoregressive(
        draws.normal("demand", (months, n_needs)), parameters["demand_shock_ar1"], spread
    )
    efficiency = draws.normal("efficiency", (1, n_units))[0]
    return Chance(
        inflation=inflation,
        demand=np.exp(demand - spread**2 / 2.0),
        efficiency=np.exp(parameters["efficiency_sd"] * efficiency),
    )


def _autoregressive(normal: Array, persistence: float, spread: float) -> Array:
    """AR(1) paths along the first axis with stationary standard deviation ``spread``."""
    path = np.empty_like(normal)
    path[0] = spread * normal[0]
    fresh = spread * np.sqrt(1.0 - persistence**2)
    for step in range(1, normal.shape[0]):
        path[step] = persistence * path[step - 1] + fresh * normal[step]
    return path
