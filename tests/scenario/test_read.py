"""Which kind of file a path holds, and which city belongs to a scenario."""

import shutil

import pytest

from pricing.base.errors import InputError
from pricing.city.city import City
from pricing.scenario.read import find_city, read_any, resolved_values
from pricing.scenario.scenario import Scenario
from pricing.scenario.study import Study
from pricing.scenario.tender import TenderStudy
from tests.builders import TOY_CITY
from tests.scenario.files import HEAD, LAW, shipped, write

STUDY = """[study]
title = { vi = "Thử", en = "Trial" }
city = "cities/toy_city"
scenarios = ["base.toml"]
baseline = "base"
"""


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(TOY_CITY, tmp_path / "cities" / "toy_city")
    write(tmp_path, "base.toml", HEAD + LAW)
    write(tmp_path, "study.toml", STUDY)
    return tmp_path


def test_a_path_is_a_scenario_a_study_or_a_city(folder):
    assert isinstance(read_any(folder / "base.toml").found, Scenario)
    assert isinstance(read_any(folder / "study.toml").found, Study)
    assert isinstance(read_any(folder / "cities" / "toy_city").found, City)


def test_a_tender_needs_no_city(tmp_path):
    (file,) = shipped("tender")
    (tmp_path / file.name).write_bytes(file.read_bytes())
    assert isinstance(read_any(tmp_path / file.name).found, TenderStudy)


def test_the_city_beside_a_file_or_above_it_is_found(folder):
    city = folder / "cities" / "toy_city"
    assert find_city(folder / "base.toml") == city
    assert find_city(folder / "a" / "b" / "c.toml") == city


def test_no_city_and_two_cities_are_refused(folder, tmp_path):
    shutil.copytree(TOY_CITY, folder / "cities" / "other")
    with pytest.raises(InputError, match="--city") as caught:
        find_city(folder / "base.toml")
    assert "other" in str(caught.value.problems[0].read)
    with pytest.raises(InputError, match="--city"):
        find_city(folder / "a" / "b" / "c" / "d" / "e.toml")


def test_a_city_given_is_the_one_read(folder):
    shutil.copytree(TOY_CITY, folder / "cities" / "other")
    found = read_any(folder / "base.toml", folder / "cities" / "other").found
    assert isinstance(found, Scenario)


def test_shown_values_carry_their_origin(folder):
    shown = resolved_values(folder / "base.toml")
    assert shown.origins()["instruments.law.kind"].endswith("base.toml:5")
    line = next(one for one in shown.lines_with_origin() if one.startswith("scenario.title.en"))
    assert line.split("  # ")[0].strip() == 'scenario.title.en = "Trial"'
