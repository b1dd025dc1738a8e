"""Who falls ill in a year, and what it costs: gamma frailty × Poisson episodes × log-normal bill.

Each year of each replication moves the members' points around the circle by a random shift of
their cell (Cranley and Patterson 1976): a member's number is uniform, and the numbers of a cell
stay spread evenly.
"""

from __future__ import annotations

import numpy as np
from scipy.special import gammaincinv, ndtri

from pricing.base.arrays import Array, IntArray
from pricing.base.draws import Draws
from pricing.city.sample import Households

QUANTILES = 4_096  # steps of the frailty's distribution
NEGLIGIBLE = 1e-17
FEW = 0.2  # share of members with more episodes from which only these are followed
ALL = slice(None)


def shifted(
    sample: Households, dimension: int, shift: Array, members: IntArray | slice = ALL
) -> Array:
    """One dimension of the points moved around the circle by shifts (cell,), (member,)."""
    moved: Array = sample.points[dimension, members] + shift.take(sample.member_cell[members])
    moved -= moved >= 1.0
    return moved


def shifts(draws: Draws, purpose: str, years: int, shape: tuple[int, int]) -> Array:
    """Shifts of each year, (year, dimension, cell)."""
    return draws.table(purpose, (years, *shape))


def frailty(u: Array, shape: float) -> Array:
    """Gamma variates of mean 1 at uniforms, from a table of quantiles; same axes."""
    edges = (np.arange(QUANTILES) + 0.5) / QUANTILES
    table = gammaincinv(shape, edges)
    found: Array = (table / table.mean())[(u * QUANTILES).astype(np.int64)]
    return found


def poisson_counts(mean: Array, u: Array) -> Array:
    """Poisson numbers at uniforms by inversion, (member,): rise with mean and uniform alike."""
    term = np.exp(-mean)
    reached = term.copy()
    more = u > reached
    count = more.astype(np.float64)
    k = 1
    while more.mean() > FEW:
        term *= mean / k
        reached += term
        more = u > reached
        count += more
        k += 1
    where = np.flatnonzero(more)
    term, rate, wanted, reached = term[where], mean[where], u[where], reached[where]
    while where.size:
        count[where] = k
        term = term * rate / k
        reached += term
        goes_on = (wanted > reached) & ((term > NEGLIGIBLE) | (k < rate))
        where, term, rate = where[goes_on], term[goes_on], rate[goes_on]
        wanted, reached = wanted[goes_on], reached[goes_on]
        k += 1
    return count


def bills(number: Array, mean: Array, u: Array, log_sd: float) -> Array:
    """What the episodes of those who had some cost in a year, VND, (member,), by log-normal bills.

    The sum of n independent log-normal bills is taken for log-normal with the variance of the sum
    (Fenton 1960): log-variance ln(1 + (exp(s²) − 1)/n).
    """
    variance = np.log1p(np.expm1(log_sd**2) / number)
    found: Array = number * mean * np.exp(np.sqrt(variance) * ndtri(u) - 0.5 * variance)
    return found
