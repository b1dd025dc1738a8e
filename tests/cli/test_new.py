"""`pricing new`: from an installation beside the scenarios, and from a wheel."""

import json
import shutil
from pathlib import Path

import pytest

import pricing

ROOT = Path(pricing.__file__).parents[1]


def test_a_new_folder_holds_scenarios_study_city_and_outputs(call, tmp_path):
    result = call("new", tmp_path / "work")
    assert result.exit_code == 0, result.stderr
    made = tmp_path / "work" / "scenarios"
    for shipped in (ROOT / "scenarios").glob("*.toml"):
        assert (made / shipped.name).read_bytes() == shipped.read_bytes()
    assert (made / "cities" / "can_tho" / "laws.csv").is_file()
    assert (tmp_path / "work" / "outputs").is_dir()
    assert str(made / "roadmaps.toml") in result.stdout


def test_an_empty_folder_is_taken(call, tmp_path):
    result = call("new", "--json", tmp_path)
    assert json.loads(result.stdout)["ok"] is True


@pytest.mark.parametrize("name", ["", "note.txt"])
def test_a_folder_with_something_in_it_and_a_file_are_refused(call, tmp_path, name):
    (tmp_path / "note.txt").write_text("mine", encoding="utf-8")
    assert call("new", tmp_path / name).exit_code == 3
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


def test_a_place_that_cannot_be_written_exits_3(call):
    assert call("new", "/proc/pricing").exit_code == 3


def test_from_a_wheel_the_starter_inside_the_package_is_copied(call, tmp_path, monkeypatch):
    package = tmp_path / "site-packages" / "pricing"
    shutil.copytree(ROOT / "scenarios", package / "starter")
    monkeypatch.setattr(pricing, "__file__", str(package / "__init__.py"))
    (package / "starter" / "base.toml").write_text("# wheel\n", encoding="utf-8")
    assert call("new", tmp_path / "work").exit_code == 0
    assert (tmp_path / "work" / "scenarios" / "base.toml").read_text(
        encoding="utf-8"
    ) == "# wheel\n"


def test_an_installation_without_starter_says_so(call, tmp_path, monkeypatch):
    monkeypatch.setattr(pricing, "__file__", str(tmp_path / "pricing" / "__init__.py"))
    result = call("new", tmp_path / "work")
    assert result.exit_code == 3
    assert "install" in result.stderr
