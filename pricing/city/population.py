"""Residents, people at risk and births of the simulated years, by cohort component."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from pricing.base.arrays import Array, frozen
from pricing.city.demography import AGES, Demography, Rates
from pricing.city.services import Needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """People of each simulated year, the base year first.

    Parameters
    ----------
    years
        Calendar years, (year,).
    residents
        At the start of the year, (year, place, quintile).
    at_risk
        Residents in the need's age band, (year, need, place, quintile); for learners the
        school-age residents that enrolment is a share of.
    births
        Calendar year → births of the city, the past included.
    birth_share
        How a birth cohort is spread over places and quintiles, (place, quintile), sums to 1.
    """

    years: tuple[int, ...]
    residents: Array
    at_risk: Array
    births: Mapping[int, float]
    birth_share: Array

    def cohort(self, year: int) -> float:
        """Births of a year; of a year before the first one known, those of the first."""
        return self.births[max(year, min(self.births))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The base year's people by age, (place, quintile, age), and what they need by age."""

    residents: Array
    needs: Needs
    demography: Demography


def projected(origin: Origin, variant_weight: float, last_year: int) -> Population:
    """Cohort-component projection, from low (−1) over central (0) to high (1) rates.

    Each year: survivors and net movers of every age grow a year older, the births of the women
    at its start enter at age 0. Places and quintiles keep their base-year share of each age.
    """
    demography = origin.demography
    start = origin.residents.sum(axis=(0, 1))
    rates = blended(demography, variant_weight)
    years = tuple(range(demography.base_year, last_year + 1))
    people, births = np.empty((len(years), AGES)), dict(demography.births_history)
    people[0] = start
    for number, year in enumerate(years):
        row = min(number, demography.n_years - 1)
        births[year] = demography.female_share * float(people[number] @ rates.fertility[row])
        if number + 1 < len(years):
            stay = people[number] * (rates.survival[row] + rates.migration[row])
            people[number + 1, 1:] = stay[:-1]
            people[number + 1, -1] += stay[-1]
            people[number + 1, 0] = births[year] * rates.birth_survival[row]
    return _population(origin, years, people, births)


def constant(origin: Origin, last_year: int) -> Population:
    """The people of the base year for ever; every birth cohort is the mean of those known.

    With equal cohorts in every year the stock of learners by grade is the same each year.
    """
    demography = origin.demography
    years = tuple(range(demography.base_year, last_year + 1))
    mean = float(np.mean(list(demography.births_history.values())))
    births = dict.fromkeys([*demography.births_history, *years], mean)
    start = origin.residents.sum(axis=(0, 1))
    first = _population(origin, years[:1], start[None], births)
    return replace(
        first,
        years=years,
        residents=frozen(first.residents.repeat(len(years), axis=0)),
        at_risk=frozen(first.at_risk.repeat(len(years), axis=0)),
    )


def blended(demography: Demography, variant_weight: float) -> Rates:
    """Rates between the variants: weight −1 low, 0 central, 1 high, linear between."""
    if not -1.0 <= variant_weight <= 1.0:
        raise ValueError(f"variant weight {variant_weight} is not between -1 and 1")
    towards = "low" if variant_weight < 0.0 else "high"
    return demography.rates["central"].blend(demography.rates[towards], abs(variant_weight))


def _population(
    origin: Origin, years: tuple[int, ...], people: Array, births: dict[int, float]
) -> Population:
    total = people[0]
    share = np.divide(
        origin.residents,
        total,
        out=np.zeros_like(origin.residents),
        where=np.broadcast_to(total > 0.0, origin.residents.shape),
    )
    # The last group of the tables starts at one age: older people live where that group lives.
    last = int(np.flatnonzero(total > 0.0)[-1])
    share[:, :, last + 1 :] = share[:, :, last : last + 1]
    needs = origin.needs
    at_risk = [
        np.tensordot(people[:, low : high + 1], share[:, :, low : high + 1], axes=(1, 2))
        for low, high in zip(needs.age_from.tolist(), needs.age_to.tolist(), strict=True)
    ]
    children = origin.residents[:, :, :5].sum(axis=2)
    return Population(
        years=years,
        residents=frozen(np.tensordot(people, share, axes=(1, 2))),
        at_risk=frozen(np.stack(at_risk, axis=1)),
        births=dict(births),
        birth_share=frozen(children / children.sum()),
    )
