"""`pricing calibrate`: one report, one JSON object, and an exit code that tells if it adds up."""

import json

import pytest

from pricing.base.words import words
from pricing.engine.moments import MOMENTS
from tests.builders import TOY_CITY, cell, toy_folder

SHIPPED = "can_tho"


@pytest.fixture
def told(call):
    return json.loads(call("calibrate", "--json", TOY_CITY).stdout)


def test_the_shipped_city_adds_up_and_is_found_by_name(call):
    result = call("calibrate", "--json", SHIPPED)
    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert told["ok"]
    assert all(total["ok"] for total in told["totals"])
    assert told["largest_error"] < 1e-6
    assert len(told["moments"]) >= 6
    assert all(row["source"] for row in told["moments"])


def test_a_name_in_the_working_folder_goes_before_a_shipped_one(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "scenarios" / "cities"
    folder.mkdir(parents=True)
    toy_folder(folder / SHIPPED)
    told = json.loads(call("calibrate", "--json", SHIPPED).stdout)
    assert [total["total"] for total in told["totals"]][:1] == ["residents"]


def test_a_total_that_does_not_hold_exits_3(call, tmp_path):
    folder = toy_folder(tmp_path / "city", cell("totals.csv", "value", 150_000, total="residents"))
    result = call("calibrate", "--json", folder)
    told = json.loads(result.stdout)
    assert result.exit_code == 3
    assert not told["ok"]
    [broken] = [total for total in told["totals"] if not total["ok"]]
    assert broken["total"] == "residents"


def test_infeasible_targets_are_listed_with_what_can_be_attained(call, told):
    assert told["ok"]
    one = told["infeasible"][0]
    assert one["wanted"] != pytest.approx(one["reached"], rel=1e-6)
    text = call("calibrate", TOY_CITY).stdout
    assert words("en").text("calibrate.infeasible") in text


def test_targets_hold_wanted_and_fitted_by_quintile(told):
    [use] = [
        row for row in told["targets"] if (row["need"], row["target"]) == ("inpatient", "use_rate")
    ]
    assert use["fitted"] == pytest.approx(use["wanted"], rel=1e-6)
    assert len(use["wanted"]) == 5


def test_parameters_are_told_for_every_need_and_nest(told):
    ambulatory = told["parameters"]["ambulatory"]
    assert len(ambulatory["alpha"]) == 5
    assert set(ambulatory["asc"]) == {"commune", "public_hospital", "non_public", "elsewhere"}
    assert told["aggregates"]["out_of_pocket_share"] == pytest.approx(0.4, abs=1e-9)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_report_is_in_the_reader_s_language(call, language):
    result = call("calibrate", "--lang", language, TOY_CITY)
    assert result.exit_code == 0
    for section in ("totals", "targets", "parameters", "moments", "ok"):
        assert words(language).text(f"calibrate.{section}") in result.stdout


def test_a_broken_total_is_said_in_words(call, tmp_path):
    folder = toy_folder(tmp_path / "city", cell("totals.csv", "value", 5, total="communes"))
    text = call("calibrate", folder).stdout
    assert words("en").text("calibrate.not_ok") in text
    assert words("en").text("calibrate.ok") not in text


def test_a_moment_that_nothing_computes_is_told_with_its_line(call, tmp_path):
    name = "list_price_elasticity_ambulatory"
    folder = toy_folder(tmp_path / "city", cell("moments.csv", "moment", f"{name}s", moment=name))
    result = call("calibrate", folder)
    assert result.exit_code == 3
    assert f"moments.csv:2, moment: read {name}s" in result.stderr
    assert f"did you mean '{name}'" in result.stderr


def test_an_unknown_city_is_told_with_the_nearest_name(call):
    result = call("calibrate", "can_too")
    assert result.exit_code == 3
    assert "did you mean 'can_tho'" in result.stderr


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_moment_has_a_name(language):
    assert all(f"calibrate.moment.{name}" in words(language).table for name in MOMENTS)
