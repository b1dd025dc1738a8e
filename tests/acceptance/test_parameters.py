"""Every uncertain parameter counts: perturbed alone, near either end, it moves what is recorded."""

from functools import cache

import numpy as np
import pytest

from pricing.engine.design import Plan, design
from pricing.engine.manifest import parameters as described
from pricing.engine.simulate import prepare
from pricing.scenario.study import load_study
from pricing.world.recorder import Outcome
from tests.acceptance.toy import arrays, central, run, shipped, study_folder
from tests.builders import toy_city

ENDS = {"low": 0.02, "high": 0.98}
# Most parameters move the first year; some act only on pay rises, steps or the law of 2030.
LADDER = (2025, 2030)
TABLE = toy_city().parameters
UNCERTAIN = [
    name for name, law in zip(TABLE.names, TABLE.distribution, strict=True) if law.is_uncertain
]


def near_end(name: str, end: str) -> float:
    """The parameter near one end of its range."""
    law = TABLE.distribution[TABLE.names.index(name)]
    return float(law.inverse(np.asarray(ENDS[end])))


CASES = [
    pytest.param(name, end, id=f"{name}-{end}", marks=pytest.mark.slow if end == "low" else ())
    for end in ENDS
    for name in UNCERTAIN
]


def moves(outcome: Outcome, other: Outcome) -> bool:
    """Whether some quantity differs by more than a millionth of its largest value."""
    pairs = zip(arrays(outcome).values(), arrays(other).values(), strict=True)
    return any(np.abs(one - two).max() > 1e-6 * np.abs(two).max() for one, two in pairs if two.size)


@cache
def reference(last_year: int) -> Outcome:
    """The trial at central parameters."""
    return run(shipped("full_cost_2030", (2025, last_year)))


@pytest.mark.parametrize(("name", "end"), CASES)
def test_a_parameter_near_its_end_moves_a_recorded_quantity(name, end):
    known = prepare(toy_city(), central(**{name: near_end(name, end)}))
    assert any(
        moves(run(shipped("full_cost_2030", (2025, last)), known), reference(last))
        for last in LADDER
    )


def test_the_same_parameters_move_nothing():
    """The test above compares with what equal parameters give, so it can fail."""
    for last in LADDER:
        again = run(shipped("full_cost_2030", (2025, last)), prepare(toy_city(), central()))
        assert not moves(again, reference(last))


def test_at_least_twenty_five_parameters_are_uncertain_and_have_two_ends():
    assert len(UNCERTAIN) >= 25
    for name in UNCERTAIN:
        assert near_end(name, "low") < near_end(name, "high"), name
        assert near_end(name, "high") != central()[name], name


def test_the_manifest_lists_every_uncertain_parameter_with_its_sobol_column(tmp_path):
    study = load_study(study_folder(tmp_path))
    plan = Plan(scramblings=1, points=2, replications=1, seed=study.seed)
    designed = design(plan, study.city.parameters, {one.name: {} for one in study.scenarios})
    listed = described(study, designed)["uncertain_parameters"]
    assert isinstance(listed, list)
    assert [row["name"] for row in listed] == UNCERTAIN
    assert [row["sobol_column"] for row in listed] == list(range(len(UNCERTAIN)))
    assert designed.points.shape == (2, len(UNCERTAIN))
    assert all({"low", "mode", "high", "status", "source"} <= set(row) for row in listed)
