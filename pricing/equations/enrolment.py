"""Learners as stocks by grade: promotion, drop-out, seats filled by score.

Numbers are learners, a step is a school year; learners are conserved: opening + entrants −
completed − dropped = closing.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from pricing.base.arrays import Array

# Abilities beyond ±12 standard deviations of the outer means have no float64 mass left.
_TAIL = 12.0
_BISECTIONS = 64
_LARGEST_EXPONENT = 700.0


def drop_out_hazard(
    base_hazard: Array, eta: float, burden: Array, base_burden: Array, income: Array
) -> Array:
    """Share of a grade that drops out in a school year, in [0, 1], on the common axes.

    h0·exp(η·(burden − base_burden)/income), burdens and income in VND a month: a proportional
    hazard (Cox 1972) in the change of the burden as a share of income.
    """
    change = np.minimum(eta * (burden - base_burden) / income, _LARGEST_EXPONENT)
    return np.minimum(base_hazard * np.exp(change), 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion:
    """A school year's end.

    `stock` (grade, …) of the next year, `completed` (…), `dropped` (grade, …).
    """

    stock: Array
    completed: Array
    dropped: Array


def promote(stock: Array, hazard: Array, entrants: Array) -> Promotion:
    """Move every grade up by one, and let `entrants` (…) into the first grade.

    `stock` is (grade, …); `hazard` broadcasts to it. The last grade completes the level.
    """
    dropped = stock * hazard
    stayed = stock - dropped
    closing = np.empty_like(stock)
    closing[0] = entrants
    closing[1:] = stayed[:-1]
    return Promotion(stock=closing, completed=stayed[-1], dropped=dropped)


def stationary_stock(entrants: Array, hazard: Array) -> Array:
    """Learners by grade, (grade, …), that yearly `entrants` (…) and `hazard` (grade, …) sustain."""
    stock = np.empty(hazard.shape)
    stock[0] = entrants
    stock[1:] = entrants * np.cumprod(1.0 - hazard[:-1], axis=0)
    return stock


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """Seats filled by score: `admitted` and `refused` (quintile, offer), `cut_off` score (offer,).

    The cut-off is −inf where all are admitted and +inf where there is no seat.
    """

    admitted: Array
    refused: Array
    cut_off: Array


def admit_by_score(demand: Array, seats: Array, mean_score: Array) -> Admission:
    """Fill the seats of each offer from the best score down.

    Scores of a quintile's applicants are normal with the quintile's mean and standard deviation 1;
    an offer with more applicants than seats admits those above the cut-off at which they are as
    many as the seats (found by bisection for all offers at once).

    Parameters
    ----------
    demand
        Applicants, (quintile, offer).
    seats
        Seats, (offer,); inf where none are counted.
    mean_score
        Mean score of the quintile in standard deviations of ability, (quintile,).
    """
    mean = mean_score[:, None]
    low = np.full(seats.shape, mean_score.min() - _TAIL)
    high = np.full(seats.shape, mean_score.max() + _TAIL)
    for _ in range(_BISECTIONS):
        middle = 0.5 * (low + high)
        too_many = (demand * ndtr(mean - middle)).sum(axis=0) > seats
        low = np.where(too_many, middle, low)
        high = np.where(too_many, high, middle)
    cut_off = np.where(demand.sum(axis=0) <= seats, -np.inf, np.where(seats > 0.0, high, np.inf))
    admitted = demand * ndtr(mean - cut_off)
    return Admission(admitted=admitted, refused=demand - admitted, cut_off=cut_off)
