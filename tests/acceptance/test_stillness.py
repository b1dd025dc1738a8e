"""What does not differ shows no difference, and what stands still does not drift."""

import shutil
from dataclasses import replace

import numpy as np
import pytest

from pricing.compare.headline import HEADLINES
from pricing.compare.tables import Cell, row, tables
from pricing.engine.simulate import prepare
from pricing.indicators._indicator import indicators
from pricing.scenario.load import load_scenario
from tests.acceptance.toy import (
    SHIPPED,
    STUDY,
    central,
    result_of,
    run,
    shipped,
    study_folder,
    tell,
)
from tests.builders import toy_city

# Pay and law move once more in the middle of 2026, so ten years at its levels are 2027 to 2037.
STILL = (2025, 2037)
FROM, SETTLED = 2027, 2030
LEVELS = ("enrolment_rate", "use_rate")


@pytest.fixture(scope="module")
def still(tmp_path_factory):
    folder = tmp_path_factory.mktemp("still")
    for name in ("base", "frozen_2026"):
        shutil.copy(SHIPPED / f"{name}.toml", folder)
    shutil.copy(STUDY / "still.toml", folder)
    scenario = replace(load_scenario(folder / "still.toml", toy_city()), horizon=STILL)
    values = central(**{name: law.mode for name, law in scenario.parameters.items()})
    outcome = run(scenario, prepare(toy_city(), values))
    return tables(result_of({"still": outcome}, STILL, "still"), indicators())


@pytest.mark.parametrize("which", HEADLINES, ids="/".join)
def test_headline_indicators_drift_less_than_one_percent_in_ten_years(still, which):
    path = [
        numbers["mean"] if numbers else 0.0
        for year in range(FROM, STILL[1] + 1)
        for numbers in [row(still.summary, Cell("still", *which), year)]
    ]
    drift = max(abs(value - path[0]) for value in path)
    tell(f"{'/'.join(which)}: at most {drift:.3g} from {path[0]:.6g}")
    assert all(abs(value - path[0]) <= 0.01 * abs(path[0]) for value in path)
    assert path[0] != 0.0 or which[0] == "ceiling_binding"


@pytest.mark.parametrize("indicator", LEVELS)
def test_use_and_enrolment_stay_where_they_are(still, indicator):
    """Tuition rose in September 2026; when its learners have left, all is at rest."""
    blocks = [block for block in still.summary if block.indicator == indicator]
    assert len(blocks) == 2
    for block in blocks:
        since, settled = block.years.index(FROM), block.years.index(SETTLED)
        mean = block.columns["mean"]
        known = np.isfinite(mean[since]) & (mean[since] > 0.0)
        assert known.any()
        if "quintile" not in block.dimension:
            assert np.abs(mean[since:, known] / mean[since, known] - 1.0).max() < 0.01
        assert np.abs(mean[settled:, known] / mean[settled, known] - 1.0).max() < 0.001


def test_growth_moves_what_stands_still(still):
    """The same headline does move where people, pay and prices do, so the test above can fail."""
    outcome = run(shipped("base", STILL))
    moving = tables(result_of({"base": outcome}, STILL, "base"), indicators())
    before, after = (
        row(moving.summary, Cell("base", "net_public_cost"), year) for year in (FROM, STILL[1])
    )
    assert before is not None
    assert after is not None
    assert after["mean"] > 1.1 * before["mean"]


def test_a_scenario_compared_with_itself_differs_nowhere():
    horizon = (2025, 2027)
    outcomes = {
        "base": run(shipped("base", horizon)),
        "full": run(shipped("full_cost_2030", horizon)),
    }
    found = tables(result_of(outcomes, horizon, "base"), indicators())
    own = [block for block in found.comparison if block.scenario == "base"]
    assert {block.indicator for block in own} == set(indicators())
    for block in own:
        difference = block.columns["difference"]
        defined = np.isfinite(block.columns["difference"])
        assert np.all(difference[defined] == 0.0)
        summary = next(one for one in found.summary if one.address == block.address)
        assert np.array_equal(defined, np.isfinite(summary.columns["mean"]))
    other = [block for block in found.comparison if block.scenario == "full"]
    moved = [np.nanmax(np.abs(one.columns["difference"]), initial=0.0) for one in other]
    assert max(moved) > 0.0


def test_the_same_scenario_under_another_name_differs_nowhere():
    horizon = (2025, 2027)
    base = shipped("base", horizon)
    twin = replace(base, name="twin", title={"vi": "Khác", "en": "Other"})
    found = tables(result_of({"base": run(base), "twin": run(twin)}, horizon, "base"), indicators())
    twins = [block for block in found.comparison if block.scenario == "twin"]
    assert all(
        np.nanmax(np.abs(block.columns["difference"]), initial=0.0) == 0.0 for block in twins
    )


def test_the_study_files_of_the_tests_load(tmp_path):
    path = study_folder(tmp_path)
    names = ("base", "full_cost", "protected", "late")
    kinds = {
        type(model).__name__
        for name in names
        for model in load_scenario(path.parent / f"{name}.toml", toy_city()).instruments.values()
    }
    assert kinds == {
        "LawPath", "WagePath", "PriceRoadmap", "PerPupilShare", "Support", "TuitionFrame",
    }  # fmt: skip
