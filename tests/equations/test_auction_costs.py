"""Each distribution is one: its parts agree with each other and with known special cases."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.equations.auction_costs import Beta, LogNormal, Power, Uniform
from tests.equations.auctions import distributions

inside = st.floats(0.001, 0.999)


@given(distributions, inside)
def test_the_quantile_inverts_the_distribution_function(costs, probability):
    cost = costs.quantile(probability)
    assert costs.cdf(cost) == pytest.approx(probability, rel=1e-9)
    assert costs.survival(cost) == pytest.approx(1.0 - probability, rel=1e-9)
    assert costs.lo <= cost <= costs.hi


@given(distributions, st.floats(0.05, 0.95))
def test_the_density_is_the_slope_of_the_distribution_function(costs, probability):
    cost = costs.quantile(probability)
    step = 1e-5 * min(cost - costs.lo, costs.hi - cost)
    slope = (costs.cdf(cost + step) - costs.cdf(cost - step)) / (2.0 * step)
    assert costs.density(cost) == pytest.approx(slope, rel=1e-4)


@given(distributions)
def test_nothing_lies_outside_the_support(costs):
    below = costs.lo - 1.0
    assert (costs.cdf(below), costs.survival(below), costs.density(below)) == (0.0, 1.0, 0.0)
    assert costs.quantile(0.0) == costs.lo
    assert costs.quantile(1.0) == costs.hi
    assert costs.cdf(costs.quantile(1.0)) == 1.0


@pytest.mark.parametrize(
    "costs", [Uniform(lo=80, hi=120), Beta(a=2, b=3, lo=80, hi=120), Power(draws=2, lo=80, hi=120)]
)
def test_nothing_lies_above_a_bounded_support(costs):
    assert (costs.cdf(121.0), costs.survival(121.0), costs.density(121.0)) == (1.0, 0.0, 0.0)


@given(st.floats(80.0, 120.0))
def test_the_families_meet_in_the_uniform_and_the_power(cost):
    uniform = Uniform(lo=80, hi=120)
    one, three = Power(draws=1, lo=80, hi=120), Power(draws=3, lo=80, hi=120)
    for same in (Beta(a=1, b=1, lo=80, hi=120), one):
        assert same.cdf(cost) == pytest.approx(uniform.cdf(cost), abs=1e-14)
        assert same.density(cost) == pytest.approx(uniform.density(cost), rel=1e-12)
    assert three.survival(cost) == pytest.approx(uniform.survival(cost) ** 3, rel=1e-12)
    cube = Beta(a=1, b=3, lo=80, hi=120)
    assert three.density(cost) == pytest.approx(cube.density(cost), rel=1e-9, abs=1e-12)


def test_the_log_normal_has_its_mean_and_spread():
    costs = LogNormal(mean=100.0, cv=0.4)
    draws = costs.quantile((np.arange(200_000) + 0.5) / 200_000)
    assert draws.mean() == pytest.approx(100.0, rel=1e-4)
    assert draws.std() / draws.mean() == pytest.approx(0.4, rel=1e-3)
    assert costs.median == pytest.approx(costs.quantile(0.5), rel=1e-14)
    assert costs.sigma == pytest.approx(np.log(draws).std(), rel=1e-3)


def test_small_chances_keep_their_digits():
    close = 1e-12
    assert Power(draws=3, lo=0, hi=1).cdf(close) == pytest.approx(3e-12, rel=1e-9)
    assert Beta(a=1, b=4, lo=0, hi=1).survival(1.0 - 1e-4) == pytest.approx(1e-16, rel=1e-9)
    assert LogNormal(mean=100, cv=0.4).survival(1e5) > 0.0


def test_equal_distributions_are_one_key():
    assert len({Uniform(lo=80, hi=120), Uniform(lo=80.0, hi=120.0)}) == 1
    assert len({Beta(a=2, b=5, lo=0, hi=1), Beta(a=5, b=2, lo=0, hi=1)}) == 2


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Uniform(lo=120, hi=80), "bounds must be finite"),
        (lambda: Uniform(lo=-1, hi=80), "bounds must be finite"),
        (lambda: Beta(a=0, b=5, lo=0, hi=1), "a 0: must be positive"),
        (lambda: Beta(a=2, b=-1, lo=0, hi=1), "b -1: must be positive"),
        (lambda: Beta(a=2, b=5, lo=1, hi=1), "bounds must be finite"),
        (lambda: Power(draws=0, lo=0, hi=1), "draws 0: must be positive"),
        (lambda: Power(draws=2, lo=0, hi=np.inf), "bounds must be finite"),
        (lambda: LogNormal(mean=0, cv=0.2), "mean 0: must be positive"),
        (lambda: LogNormal(mean=1, cv=np.nan), "cv nan: must be positive"),
    ],
)
def test_what_is_no_distribution_is_refused(build, message):
    with pytest.raises(ValueError, match=message):
        build()
