"""People of a trial: projected residents at the parameter's total, classes and incomes."""

from dataclasses import replace

import numpy as np

from pricing.base.arrays import Array
from pricing.city.city import City
from pricing.city.population import Population
from pricing.engine.clock import Economy
from pricing.engine.rules import HEALTH_SCHEME
from pricing.world.parameters import Parameters

VARIANTS = {"low": -1.0, "high": 1.0}


def population(
    city: City, parameters: Parameters, variant: str = "", last_year: int | None = None
) -> Population:
    """Residents, people at risk and births, scaled to the parameter ``residents_2025``.

    Parameters
    ----------
    variant : str
        ``low``, ``high`` or ``constant``; else, as with ``central``, what the parameter
        ``demography_variant`` draws around the central projection.
    """
    horizon = city.base_year if last_year is None else last_year
    if variant == "constant":
        people = city.constant_population(horizon)
    else:
        weight = VARIANTS.get(variant, parameters["demography_variant"])
        people = city.population(weight, horizon)
    scale = parameters["residents_2025"] / float(people.residents[0].sum())
    return replace(
        people,
        residents=people.residents * scale,
        at_risk=people.at_risk * scale,
        births={year: births * scale for year, births in people.births.items()},
    )


def class_share(city: City, need: int, year: int) -> Array:
    """Share of people in each cover class, (quintile, place, class)."""
    by_kind = city.cover.share(need, year)
    return np.ascontiguousarray(by_kind[city.places.kind].transpose(1, 0, 2))


def insured(city: City, people: Population) -> float:
    """Residents with health insurance in the base year."""
    need = city.needs.scheme.index(HEALTH_SCHEME)
    covered = ~city.classes[HEALTH_SCHEME].uninsured
    share = class_share(city, need, city.base_year)[:, :, covered].sum(2)
    return float((people.residents[0].T * share).sum())


def mean_income(city: City, residents: Array) -> Array:
    """Mean income a head and month of the base year, (quintile,) VND, over (place, quintile)."""
    total: Array = (residents * city.income.income_month).sum(0)
    mean: Array = total / residents.sum(0)
    return mean


def economy(city: City, calibrated_income: Array, parameters: Parameters, real: float) -> Economy:
    """How incomes, needs and capacity move at a real income growth of ``real`` a year.

    Needs follow real income by the spending elasticity times the part of it that is more episodes.
    """
    spending = np.stack(
        [
            city.targets.by_quintile("income_elasticity", need)
            if city.targets.has("income_elasticity", need)
            else np.zeros(calibrated_income.size)
            for need in city.needs.id
        ]
    )
    return Economy(
        income_month=calibrated_income,
        real_growth=real,
        need_elasticity=spending
        * parameters["income_elasticity_scale"]
        * parameters["use_income_share"],
        capacity_elasticity=parameters["capacity_income_elasticity"],
    )
