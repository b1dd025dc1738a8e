"""Paired comparison: what of a difference is estimate, parameters and chance, each told apart.

Values stand on (future, replication, measure). Scenarios meet the same futures and the same chance,
so differences are taken trial by trial before anything is averaged.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv, stdtrit

from pricing.base.arrays import Array, IntArray

CONFIDENCE = 0.95
BAND = (0.05, 0.5, 0.95)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A measure over futures: mean, parameter band, and the interval of the mean's estimate."""

    mean: Array
    p05: Array
    p50: Array
    p95: Array
    estimate_low: Array
    estimate_high: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Variance:
    """Variance of one trial's measure, split into what parameters and what chance contribute."""

    futures: Array
    chance: Array


def spread(values: Array, scrambling: IntArray) -> Spread:
    """Spread over futures of the mean over replications; (measure,) each.

    Parameters
    ----------
    values
        (future, replication, measure).
    scrambling
        The scrambling of each future. The scramblings are independent, the points within one are
        not, so the interval of the estimate rests on the scramblings' means alone.
    """
    by_future = np.mean(values, axis=1)
    p05, p50, p95 = np.quantile(by_future, BAND, axis=0)
    groups = np.unique(scrambling)
    by_scrambling = np.stack([np.mean(by_future[scrambling == group], axis=0) for group in groups])
    half = half_width(by_scrambling)
    centre = np.mean(by_scrambling, axis=0)
    return Spread(
        mean=np.mean(by_future, axis=0),
        p05=p05,
        p50=p50,
        p95=p95,
        estimate_low=centre - half,
        estimate_high=centre + half,
    )


def half_width(means: Array) -> Array:
    """Half of Student's 95 % interval of the mean of independent means on the first axis.

    NaN from a single mean, which says nothing about its own error.
    """
    n = means.shape[0]
    if n < 2:
        return np.full(means.shape[1:], np.nan)
    deviation: Array = np.std(means, axis=0, ddof=1)
    half: Array = float(stdtrit(n - 1, (1.0 + CONFIDENCE) / 2.0)) * deviation / np.sqrt(n)
    return half


def probability_lower(difference: Array) -> Array:
    """Share of futures whose difference, mean over replications, is below zero; (measure,).

    A tie counts half. With n futures nothing beyond n / (n + 1) can be claimed either way.
    """
    by_future = np.mean(difference, axis=1)
    n = by_future.shape[0]
    below = np.mean(by_future < 0.0, axis=0) + np.mean(by_future == 0.0, axis=0) / 2.0
    probability: Array = np.clip(below, 1.0 / (n + 1), n / (n + 1))
    return probability


def jeffreys_interval(successes: float, n: int) -> tuple[float, float]:
    """Jeffreys 95 % interval of a probability from `successes` in `n`.

    Source: Brown, Cai and DasGupta 2001, Interval Estimation for a Binomial Proportion.
    """
    tail = (1.0 - CONFIDENCE) / 2.0
    a, b = successes + 0.5, n - successes + 0.5
    low = 0.0 if successes == 0 else float(betaincinv(a, b, tail))
    high = 1.0 if successes == n else float(betaincinv(a, b, 1.0 - tail))
    return low, high


def variance(values: Array) -> Variance:
    """One-way random-effects split over futures and replications; (measure,) each.

    Chance is the variance pooled within futures, 0 with one replication; parameters are
    (MS_between - MS_within) / K, with MS_between = K times the variance of the futures' means;
    an estimate below zero is 0.
    """
    squares = _mean_squares(values)
    parameters = squares.futures - squares.chance / values.shape[1]
    return Variance(futures=np.maximum(parameters, 0.0), chance=squares.chance)


def pairing_gain(values: Array, baseline: Array) -> Variance:
    """Variance of the unpaired over that of the paired difference; (measure,) each.

    `futures` compares variances over futures of the mean over replications, `chance` those pooled
    within futures. Infinite where pairing leaves nothing, NaN where there was nothing to remove.
    """
    pairs = (values, baseline, values - baseline)
    own, other, paired = (_mean_squares(each) for each in pairs)
    with np.errstate(divide="ignore", invalid="ignore"):
        return Variance(
            futures=(own.futures + other.futures) / paired.futures,
            chance=(own.chance + other.chance) / paired.chance,
        )


def _mean_squares(values: Array) -> Variance:
    """Variance over futures of the mean over replications, and variance pooled within futures."""
    futures, replications, *measures = values.shape
    nothing = np.zeros(measures)
    between = np.var(np.mean(values, axis=1), axis=0, ddof=1) if futures > 1 else nothing
    within = np.mean(np.var(values, axis=1, ddof=1), axis=0) if replications > 1 else nothing
    return Variance(futures=between, chance=within)
