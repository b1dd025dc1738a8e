"""Learners at the start: grade stocks that reproduce the published pupils, and who may enter.

Candidates of a level in a year are the births of its entry age, those who completed the level
before, or residents of its age; ``scale`` makes the first grade of the base year consistent with
the stock, so that a constant population keeps every stock where it is.
"""

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array
from pricing.city.city import City
from pricing.city.population import Population
from pricing.equations.choice import Choice, offer_shares

BIRTHS, COMPLETERS, RESIDENTS = "births", "completers", "residents"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryStart:
    """One enrolment need at the start of the base year.

    ``stock`` (grade, quintile, place, offer, class); ``scale`` of its candidates; ``hazard``
    (quintile,) yearly drop-out at base-year burden.
    """

    stock: Array
    scale: float
    hazard: Array


def pool(
    city: City, need: int, year: int, people: Population, completed: dict[int, Array]
) -> Array:
    """Candidates before scaling, (quintile, place); ``completed`` by need (quintile, place)."""
    entry = city.needs.entry[need]
    if entry == BIRTHS:
        births = people.cohort(year - int(city.needs.entry_lag[need]))
        entering: Array = births * people.birth_share.T
        return entering
    if entry == COMPLETERS:
        return completed[int(city.needs.entry_from[need])]
    residents: Array = people.at_risk[year - people.years[0], need].T
    return residents


def entry_start(
    city: City, need: int, people: Population, choice: Choice, episodes: Array
) -> EntryStart:
    """Grade stocks of a need from its fitted choice of entrants.

    The shape over grades follows the birth cohorts behind them and drop-out; the level is that of
    the residents among the published learners.

    Parameters
    ----------
    choice, episodes : Choice, Array
        Fitted base-year choice and candidates (quintile, place, class) who seek the level.
    """
    hazard = city.targets.by_quintile("drop_out", city.needs.id[need])
    grades = int(city.needs.grades[need])
    stayed = (1.0 - hazard) ** np.arange(grades)[:, None]
    weight = _cohorts(city, need, people)[:, None] * stayed  # (grade, quintile)
    shares: Array = offer_shares(choice)
    entrants = shares * episodes[:, :, None, :]
    window = city.need_offers(need)
    residents = (city.offers.volume * (1.0 - city.offers.outsider_share))[window].sum()
    modelled = float((entrants.sum((1, 2, 3)) * weight).sum())
    scale = float(residents) / modelled
    stock = scale * weight[:, :, None, None, None] * entrants
    return EntryStart(stock=stock, scale=scale, hazard=hazard)


def completed_base(start: EntryStart) -> Array:
    """Who completes the last grade in the base year, (quintile, place)."""
    last: Array = start.stock[-1].sum((2, 3))
    finished: Array = last * (1.0 - start.hazard)[:, None]
    return finished


def _cohorts(city: City, need: int, people: Population) -> Array:
    """Births behind each grade over those behind the first, (grade,); ones where age is open."""
    grades = int(city.needs.grades[need])
    lag = _entry_age(city, need)
    if lag < 0:
        return np.ones(grades)
    first = people.years[0] - lag
    cohort = np.array([people.cohort(first - grade) for grade in range(grades)])
    relative: Array = cohort / cohort[0]
    return relative


def _entry_age(city: City, need: int) -> int:
    """Years from birth to entry, -1 for levels open to residents of many ages."""
    entry = city.needs.entry[need]
    if entry == BIRTHS:
        return int(city.needs.entry_lag[need])
    if entry == COMPLETERS:
        before = int(city.needs.entry_from[need])
        return _entry_age(city, before) + int(city.needs.grades[before])
    return -1
