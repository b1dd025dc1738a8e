"""Studies: all files in one report, the scenarios on the study's years, what names a run."""

import pickle
import shutil
from pathlib import Path

import pytest

from pricing.base.errors import InputError
from pricing.scenario.study import load_study
from tests.builders import TOY_CITY
from tests.scenario.files import HEAD, LAW, write

SHIPPED = Path(__file__).parents[2] / "scenarios" / "roadmaps.toml"
STUDY = """[study]
title = { vi = "Thử", en = "Trial" }
city = "cities/toy_city"
scenarios = ["base.toml", "other.toml"]
baseline = "base"
last_year = 2030
"""


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(TOY_CITY, tmp_path / "cities" / "toy_city")
    write(tmp_path, "base.toml", HEAD + LAW)
    write(tmp_path, "other.toml", 'extends = "base.toml"\n[instruments.law]\nlevels_of = 2026\n')
    return tmp_path


def problems_of(path):
    with pytest.raises(InputError) as caught:
        load_study(path)
    return caught.value.problems


def test_a_study_loads_its_city_and_scenarios_on_its_years(folder):
    study = load_study(write(folder, "study.toml", STUDY))
    assert study.city.name == "toy_city"
    assert [scenario.name for scenario in study.scenarios] == ["base", "other"]
    assert {scenario.horizon for scenario in study.scenarios} == {(2025, 2030)}
    assert study.horizon == (2025, 2030)
    assert study.baseline == "base"
    sent = pickle.loads(pickle.dumps(study))  # as spawned workers receive it
    assert sent.scenarios == study.scenarios
    assert sent.city.demography.births_history == study.city.demography.births_history


@pytest.mark.parametrize(
    ("old", "new", "keys"),
    [
        ("last_year = 2030", "last_year = 2025", {"study.last_year"}),
        ("last_year = 2030", "last_year = 2076", {"study.last_year"}),
        ("last_year", "first_year = 2026\nlast_year", {"study.first_year"}),
        ('baseline = "base"', 'baseline = "bse"', {"study.baseline"}),
        ('"other.toml"]', '"base.toml"]', {"study.scenarios.1"}),
        ('"other.toml"]', '"absent.toml"]', {"study.scenarios.1"}),
        ('"other.toml"]', '"../other.toml"]', {"study.scenarios.1"}),
        ("cities/toy_city", "cities/toy", {"study.city"}),
        ("cities/toy_city", "/etc", {"study.city"}),
        ("last_year", "points = 3\nlast_year", {"study.points"}),
        ("last_year", "pionts = 4\nlast_year", {"study.pionts"}),
    ],
)
def test_what_a_study_gets_wrong_has_its_key(folder, old, new, keys):
    assert old in STUDY
    problems = problems_of(write(folder, "study.toml", STUDY.replace(old, new)))
    assert {problem.key for problem in problems} == keys
    assert all(problem.line for problem in problems)


def test_all_files_are_in_one_report(folder):
    write(folder, "base.toml", HEAD + "[people]\nvariant = 1\n")
    write(folder, "other.toml", HEAD + "[economy]\nshocks = 1\n")
    text = STUDY.replace('baseline = "base"', 'baseline = "bse"')
    files = [Path(problem.file).name for problem in problems_of(write(folder, "study.toml", text))]
    assert sorted(files) == ["base.toml", "other.toml", "study.toml"]


def test_without_a_city_the_rest_is_still_checked(folder):
    shutil.rmtree(folder / "cities")
    write(folder, "base.toml", HEAD + LAW + "[people]\nvariant = 1\n")
    keys = [problem.key for problem in problems_of(write(folder, "study.toml", STUDY))]
    assert keys == ["study.city", "people.variant"]  # once, though both scenarios hold it


def test_a_study_may_extend_another(folder):
    write(folder, "study.toml", STUDY)
    small = 'extends = "study.toml"\n[study]\npoints = 1\n'
    assert load_study(write(folder, "small.toml", small)).points == 1


def test_the_hash_names_what_decides_results(folder):
    def hash_of(text):
        return load_study(write(folder, "study.toml", text)).content_hash

    first = hash_of(STUDY)
    assert hash_of(STUDY.replace("Trial", "Other") + 'language = "en"\n') == first
    assert hash_of(STUDY + "seed = 1\n") != first
    assert hash_of(STUDY.replace("2030", "2031")) != first
    write(folder, "other.toml", 'extends = "base.toml"\n[instruments.law]\nlevels_of = 2027\n')
    assert hash_of(STUDY) != first


def test_the_shipped_study_is_the_one_of_the_issue():
    study = load_study(SHIPPED)
    assert [scenario.name for scenario in study.scenarios] == [
        "base",
        "frozen_2026",
        "full_cost_2030",
        "full_cost_fast",
        "full_cost_slow",
        "full_cost_protected",
    ]
    assert (study.scramblings, study.points, study.replications) == (8, 4, 2)
    assert study.horizon == (2025, 2035)
    assert study.warnings == ()
