"""What is shipped, and where an installation keeps it."""

from pathlib import Path

import pytest

import pricing
from pricing.base.errors import InputError
from pricing.scenario.starter import copy_starter, shipped_cities, shipped_titles, starter_folder

SCENARIOS = Path(pricing.__file__).parents[1] / "scenarios"


def test_an_editable_installation_reads_the_folder_beside_the_package():
    assert starter_folder() == SCENARIOS


def test_cities_and_titles_are_those_of_the_folder():
    assert [folder.name for folder in shipped_cities()] == ["can_tho"]
    titles = shipped_titles("vi")
    assert set(titles) == {path.name for path in SCENARIOS.glob("*.toml")}
    assert all(titles.values())
    assert titles != shipped_titles("en")


def test_a_starter_is_copied_once(tmp_path):
    assert copy_starter(tmp_path / "work") == tmp_path / "work" / "scenarios" / "roadmaps.toml"
    with pytest.raises(InputError, match="empty"):
        copy_starter(tmp_path / "work")
