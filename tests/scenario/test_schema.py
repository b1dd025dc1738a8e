"""The shape of the files: strict values, distributions, the union built from the scan."""

import pytest
from pydantic import TypeAdapter, ValidationError

from pricing.base.draws import Distribution
from pricing.instruments._registry import instrument_kinds
from pricing.scenario.schema import (
    OfficeSection,
    ScenarioFile,
    StudySection,
    Uncertain,
    model_at,
    scenario_file,
)

TRIANGLE = {"distribution": "triangular", "low": 1, "mode": 2, "high": 4}
STUDY = {
    "title": {"vi": "a", "en": "b"},
    "city": "cities/a",
    "scenarios": ["a.toml"],
    "baseline": "a",
}


def distribution(value: object) -> Distribution:
    return TypeAdapter[Distribution](Uncertain).validate_python(value)


def error_of(value: object) -> str:
    with pytest.raises(ValidationError) as caught:
        distribution(value)
    return caught.value.errors()[0]["type"]


def test_a_number_is_a_fixed_distribution():
    assert distribution(2) == Distribution(kind="fixed", low=2.0, mode=2.0, high=2.0)


def test_a_table_is_a_distribution_with_the_middle_as_mode_if_none_is_given():
    assert distribution(TRIANGLE) == Distribution(kind="triangular", low=1.0, mode=2.0, high=4.0)
    flat = {"distribution": "uniform", "low": 1, "high": 4}
    assert distribution(flat) == Distribution(kind="uniform", low=1.0, mode=2.5, high=4.0)


@pytest.mark.parametrize(
    ("value", "error"),
    [
        (True, "number_or_distribution"),
        ("0.5", "number_or_distribution"),
        (10**400, "number_or_distribution"),
        ({**TRIANGLE, "hgh": 1}, "distribution_key"),
        ({**TRIANGLE, "low": "1"}, "distribution_numbers"),
        ({**TRIANGLE, "low": True}, "distribution_numbers"),
        ({**TRIANGLE, "high": 10**400}, "distribution_numbers"),
        ({"distribution": "uniform", "low": 1}, "distribution_numbers"),
        ({**TRIANGLE, "distribution": "triangle"}, "distribution_kind"),
        ({**TRIANGLE, "low": 3}, "distribution_order"),
        ({**TRIANGLE, "distribution": "discrete", "mode": 1.5}, "distribution_order"),
    ],
)
def test_what_is_no_distribution_is_told_apart(value, error):
    assert error_of(value) == error


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("points", 3),
        ("points", 0),
        ("points", True),
        ("points", 4.0),
        ("scramblings", 0),
        ("replications", "2"),
        ("seed", -1),
        ("seed", 2**63),
        ("first_year", 1999),
        ("authority", "unit"),
        ("language", "fr"),
        ("scenarios", []),
        ("scenarios", ["a.toml"] * 101),
        ("title", {"vi": "a"}),
        ("title", {"vi": "a", "en": ""}),
        ("baseline", ""),
    ],
)
def test_a_study_refuses(key, value):
    with pytest.raises(ValidationError):
        StudySection.model_validate({**STUDY, key: value})


def test_a_study_has_a_usual_size():
    study = StudySection.model_validate(STUDY)
    assert (study.scramblings, study.points, study.replications) == (8, 4, 2)
    assert (study.first_year, study.last_year) == (2025, 2035)


@pytest.mark.parametrize(
    "section", [{"officers": 0}, {"officers": 1.0}, {"officers": 1, "days": 0}]
)
def test_an_office_refuses(section):
    with pytest.raises(ValidationError):
        OfficeSection.model_validate(section)


@pytest.mark.parametrize("name", ["Road", "1st", "lộ_trình", "a-b", "", "a" * 61])
def test_names_of_instruments_are_plain(name):
    file = {"scenario": {"title": STUDY["title"]}, "instruments": {name: {"kind": "law_path"}}}
    with pytest.raises(ValidationError):
        scenario_file().model_validate(file)


def test_an_instrument_becomes_the_model_of_its_kind():
    file = {"scenario": {"title": STUDY["title"]}, "instruments": {"law": {"kind": "law_path"}}}
    found = scenario_file().model_validate(file)
    assert type(found.instruments["law"]) is instrument_kinds()["law_path"]


def test_the_schema_for_editors_names_every_kind():
    schema = str(scenario_file().model_json_schema()["properties"]["instruments"])
    assert all(kind in schema for kind in instrument_kinds())


def test_models_are_found_at_key_paths():
    values = {"instruments": {"road": {"kind": "price_roadmap", "slip": {}}}}

    def keys(*path: str) -> set[str]:
        model = model_at(path, values, ScenarioFile, instrument_kinds())
        return set(model.model_fields) if model is not None else set()

    assert "instruments" in keys()
    assert "title" in keys("scenario")
    assert keys("scenario", "title") == {"vi", "en"}
    assert keys("offices", "x") == {"officers", "days"}
    assert "included" in keys("instruments", "road")
    assert keys("instruments", "road", "slip") == {"distribution", "low", "mode", "high"}
    assert keys("instruments", "absent") == set()
    assert keys("nowhere", "at", "all") == set()
