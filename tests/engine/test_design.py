"""The design: futures fill the cube, scenarios share them, growth moves nothing that is there."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.base.draws import Distribution
from pricing.engine.design import CHANCES_PER_FUTURE, Plan, design, sobol_columns
from tests.builders import toy_city

TABLE = toy_city().parameters
PLAN = Plan(scramblings=3, points=4, replications=2, seed=7)
WIDE = Distribution(kind="uniform", low=10.0, mode=20.0, high=30.0)
FIXED_NAME = next(
    name for name, law in zip(TABLE.names, TABLE.distribution, strict=True) if not law.is_uncertain
)


def test_every_scenario_meets_the_same_futures_and_chance() -> None:
    made = design(PLAN, TABLE, {"base": {}, "other": {}})
    by_scenario = {
        name: [
            (one.future, one.replication, one.chance, one.seed)
            for one in made.trials
            if one.scenario == name
        ]
        for name in ("base", "other")
    }
    assert by_scenario["base"] == by_scenario["other"]
    assert len(set(by_scenario["base"])) == 24
    assert len({chance for _, _, chance, _ in by_scenario["base"]}) == 24


def test_each_column_puts_one_point_in_each_quarter() -> None:
    points = design(PLAN, TABLE, {"base": {}}).points.reshape(3, 4, -1)
    quarters = np.sort(np.floor(points * 4), axis=1)
    assert np.all(quarters == np.arange(4.0)[None, :, None])


def test_scramblings_are_independent_and_the_seed_decides_them() -> None:
    one = design(PLAN, TABLE, {"base": {}}).points
    again = design(PLAN, TABLE, {"base": {}, "other": {}}).points
    other = design(
        Plan(scramblings=3, points=4, replications=2, seed=8), TABLE, {"base": {}}
    ).points
    assert np.array_equal(one, again)
    assert not np.isin(one, other).any()
    assert not np.array_equal(one[:4], one[4:8])


@given(st.integers(1, 4), st.integers(1, 3))
def test_more_scramblings_or_replications_leave_the_first_trials_alone(more: int, k: int) -> None:
    small = design(Plan(scramblings=1, points=2, replications=k, seed=1), TABLE, {"base": {}})
    large = design(
        Plan(scramblings=1 + more, points=2, replications=k + 1, seed=1), TABLE, {"base": {}}
    )
    assert np.array_equal(small.points, large.points[:2])
    assert {one.chance for one in small.trials} <= {one.chance for one in large.trials}


def test_futures_count_across_scramblings() -> None:
    made = design(PLAN, TABLE, {"base": {}})
    assert made.plan.futures == 12
    assert made.plan.scrambling == (0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2)
    last = made.trials[-1]
    assert (last.future, last.scrambling, last.point, last.replication) == (11, 2, 3, 1)
    assert last.key == ("base", 11, 1)
    assert last.chance == 11 * CHANCES_PER_FUTURE + 1


@pytest.mark.parametrize("points", [3, 6, 12])
def test_points_that_are_no_power_of_two_are_refused(points: int) -> None:
    with pytest.raises(ValueError, match="power of two"):
        Plan(scramblings=1, points=points, replications=1, seed=0)


def test_an_empty_plan_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Plan(scramblings=0, points=1, replications=1, seed=0)


def test_values_follow_the_future_and_stay_in_range() -> None:
    made = design(PLAN, TABLE, {"base": {}})
    drawn = [made.values(future, TABLE, {}) for future in range(12)]
    for name, law in zip(TABLE.names, TABLE.distribution, strict=True):
        own = [values[name] for values in drawn]
        assert all(law.low <= value <= law.high for value in own)
        # a discrete distribution of three values repeats itself, no other does
        assert len(set(own)) == 1 if not law.is_uncertain else len(set(own)) > 1


def test_a_scenario_may_make_a_fixed_parameter_uncertain() -> None:
    changes = {FIXED_NAME: WIDE}
    made = design(PLAN, TABLE, {"base": {}, "wide": changes})
    assert FIXED_NAME in made.columns
    assert FIXED_NAME not in sobol_columns(TABLE, [{}])
    for future in range(12):
        plain, wide = made.values(future, TABLE, {}), made.values(future, TABLE, changes)
        assert 10.0 <= wide.pop(FIXED_NAME) <= 30.0
        plain.pop(FIXED_NAME)
        assert plain == wide


def test_a_table_without_uncertainty_has_futures_without_columns() -> None:
    law = Distribution(kind="fixed", low=1.0, mode=1.0, high=1.0)
    table = type(TABLE)(
        names=("a",), distribution=(law,), unit_of_measure=("",), source=("",), status=("assumed",)
    )
    made = design(PLAN, table, {"base": {}})
    assert made.columns == ()
    assert made.points.shape == (12, 0)
    assert made.values(3, table, {}) == {"a": 1.0}
