"""Simulated tenders lie where the equilibrium says, on seeds declared before they were tried."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.engine.tender import laboratory
from pricing.equations.auction_costs import Beta, CostDistribution, LogNormal, Power, Uniform
from pricing.scenario.tender import TenderStudy, load_tender
from tests.scenario.files import shipped
from tests.tenders import INCUMBENT, tender_study

SEEDS = range(1, 21)
FURTHEST = 4.0  # standard errors
SEEN = 5.0  # expected events in the draws below which their number is not close to normal
COSTS: dict[str, tuple[CostDistribution, float]] = {
    "uniform": (Uniform(lo=80.0, hi=120.0), 110.0),
    "beta": (Beta(a=2.0, b=5.0, lo=60.0, hi=140.0), 100.0),
    "power": (Power(draws=3.0, lo=0.0, hi=1.0), 0.6),
    "lognormal": (LogNormal(mean=100.0, cv=0.25), 110.0),
}


def study(costs: CostDistribution, ceiling: float) -> TenderStudy:
    """A lot with costs of its own, and bidders who may stay away."""
    (file,) = shipped("tender")
    made = replace(load_tender(file), costs=costs, ceiling=ceiling, shock=None, low_rule=None)
    return replace(made, numbers=(1, 3, 6), turnout=0.8)


def furthest(made: TenderStudy) -> float:
    """Largest distance in standard errors over seeds, numbers of bidders and figures."""
    distances = [
        abs(one.z)
        for seed in SEEDS
        for case in laboratory(replace(made, seed=seed)).cases
        for one in case.figures
        if np.isfinite(one.z) and not rare(one.expected, made.simulated)
    ]
    assert len(distances) > len(SEEDS) * len(made.numbers) * 10
    return max(distances)


def rare(expected: float, draws: int) -> bool:
    """Whether a probability, the only figure so small, lets too few of the draws happen."""
    return expected * draws < SEEN


def test_the_shipped_tender():
    (file,) = shipped("tender")
    assert furthest(load_tender(file)) < FURTHEST


def test_bidders_with_costs_of_their_own(tmp_path):
    made = replace(tender_study(tmp_path, ("[default]", INCUMBENT)), simulated=10_000)
    assert furthest(made) < FURTHEST


@pytest.mark.parametrize("announced", [False, True])
@pytest.mark.parametrize("kind", COSTS)
def test_every_distribution_with_bidders_who_may_stay_away(kind, announced):
    assert furthest(replace(study(*COSTS[kind]), announced=announced)) < FURTHEST
