"""What the manifest says of the inputs, and the hash that finds a run again."""

from dataclasses import replace

import pytest

from pricing.base.draws import Distribution
from pricing.engine.design import Plan, design
from pricing.engine.manifest import identity, inputs, machine, parameters, source_sha256
from tests.builders import toy_city
from tests.engine import standin
from tests.studies import standin_study

WIDE = Distribution(kind="triangular", low=0.0, mode=0.1, high=0.2)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """The stand-in's study; one scenario has a distribution of its own."""
    folder = tmp_path_factory.mktemp("manifest") / "files"
    wide = standin.scenario("wide", parameters={"cpi_growth": WIDE})
    return standin_study(folder, standin.scenario("base"), wide)


def made(study, seed: int = 3):
    """The design of a study."""
    changes = {one.name: one.parameters for one in study.scenarios}
    plan = Plan(scramblings=2, points=1, replications=2, seed=seed)
    return design(plan, study.city.parameters, changes)


def hashed(study, seed: int = 3, simulator: str = "a") -> str:
    """The hash of a study's inputs."""
    return identity(inputs(study, made(study, seed), simulator))


def test_the_same_inputs_have_the_same_hash(study) -> None:
    assert hashed(study) == hashed(study)
    assert hashed(replace(study, scenarios=study.scenarios[::-1])) == hashed(study)


def test_each_input_moves_the_hash(study) -> None:
    other = replace(study.scenarios[1], content_hash="other")
    changed = {
        hashed(study),
        hashed(study, seed=4),
        hashed(study, simulator="b"),
        hashed(replace(study, last_year=2030)),
        hashed(replace(study, baseline="wide")),
        hashed(replace(study, scenarios=(study.scenarios[0], other))),
        hashed(replace(study, city=replace(toy_city(), hashes={"places.csv": "0"}))),
    }
    assert len(changed) == 7


def test_the_source_of_the_model_is_part_of_the_inputs(study) -> None:
    found = inputs(study, made(study), "a")
    package = found["package"]
    assert isinstance(package, dict)
    assert package["source_sha256"] == source_sha256()
    assert len(source_sha256()) == 64


def test_parameters_of_the_city_and_of_scenarios_are_told_apart(study) -> None:
    found = parameters(study, made(study))
    assert found["scenario_distributions"] == {
        "wide": {"cpi_growth": {"distribution": "triangular", "low": 0.0, "mode": 0.1, "high": 0.2}}
    }
    rows = found["uncertain_parameters"]
    assert isinstance(rows, list)
    assert [row["sobol_column"] for row in rows] == list(range(len(rows)))


def test_the_machine_is_named() -> None:
    found = machine()
    assert str(found["python"]).startswith("3.")
    libraries = found["libraries"]
    assert isinstance(libraries, dict)
    assert libraries["numpy"]
