"""`pricing compare` on the toy city, from files to table, figures and exit codes."""

import csv
import json
from pathlib import Path

import pytest

from tests.studies import study_folder


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A small study on the toy city."""
    return study_folder(tmp_path / "files")


def test_compare_prints_one_object_whose_numbers_stand_in_the_tables(call, study, tmp_path) -> None:
    out = tmp_path / "out"
    result = call("compare", study, "--out", out, "--workers", 1, "--no-figures", "--json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    run = Path(found["run"])
    assert run.parent == out
    with (run / "comparison.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {
            (row["scenario"], row["indicator"], row["dimension"], row["key"], row["year"]): row
            for row in csv.DictReader(file)
        }
    for one in found["headline"]:
        if one["scenario"] == "full":
            row = rows["full", one["indicator"], one["dimension"], one["key"], str(one["year"])]
            assert float(row["difference"]) == one["against_baseline"]["difference"]
    assert {float(row["difference"]) for key, row in rows.items() if key[0] == "base"} == {0.0}
    assert not (run / "figures").exists()


def test_seed_and_replications_take_the_place_of_the_studys(call, study, tmp_path) -> None:
    small = ("--out", tmp_path / "out", "--workers", 1, "--no-figures", "--json")
    result = call("compare", study, *small, "--seed", 9, "--replications", 1)
    assert result.exit_code == 0, result.stderr
    manifest = json.loads(
        Path(json.loads(result.stdout)["run"], "manifest.json").read_text("utf-8")
    )
    assert manifest["design"] == {"scramblings": 2, "points": 1, "replications": 1, "seed": 9}
    command = str(manifest["command"])
    assert command.startswith(f"pricing compare {study} --no-figures --seed 9")


def test_a_table_in_vietnamese(call, study, tmp_path) -> None:
    result = call(
        "compare", study, "--out", tmp_path, "--workers", 1, "--no-figures", "--lang", "vi"
    )
    assert result.exit_code == 0, result.stderr
    assert "Năm 2027" in result.stdout
    assert "tỷ đồng" in result.stdout
    assert "full" in result.stdout


def test_a_choice_is_printed_and_said_to_be_none_where_nothing_is_defined(
    call, study, tmp_path
) -> None:
    usual = study.read_text("utf-8").replace("scramblings = 2", "scramblings = 4")
    small = ("--out", tmp_path, "--workers", 1, "--no-figures", "--replications", 1, "--lang", "en")
    study.write_text(usual + 'selection = { indicator = "out_of_pocket" }\n', "utf-8")
    result = call("compare", study, *small)
    assert result.exit_code == 0, result.stderr
    assert "“full”" in result.stdout.split("On fresh futures")[0].splitlines()[-1]
    hardship = '"catastrophic_headcount", dimension = "threshold", key = "capacity_40"'
    study.write_text(usual + f"selection = {{ indicator = {hardship} }}\n", "utf-8")
    result = call("compare", study, *small)
    assert result.exit_code == 0, result.stderr
    assert "hardship needs [households]" in result.stderr
    assert "On fresh futures" not in result.stdout


CHAIN = """
[[study.attribution]]
name = "links"
title = { vi = "Chuỗi", en = "Links" }
indicators = ["outlay"]
scenarios = ["base", "full"]
steps = [{ vi = "đủ", en = "full cost" }]
"""


def test_a_chain_is_printed_below_the_headline(call, study, tmp_path) -> None:
    study.write_text(study.read_text("utf-8") + CHAIN, encoding="utf-8")
    small = ("--out", tmp_path / "out", "--workers", 1, "--no-figures", "--lang", "en")
    told = call("compare", study, *small)
    assert told.exit_code == 0, told.stderr
    assert told.stdout.index("pairing:") < told.stdout.index("Links, year 2027")
    assert "+ full cost" in told.stdout
    found = json.loads(call("compare", study, *small, "--json").stdout)
    steps = {row["step"]: row for row in found["attribution"]}
    assert steps.keys() == {"1", "total"}
    outlay = next(
        one
        for one in found["headline"]
        if (one["indicator"], one["scenario"]) == ("outlay", "full")
    )
    for row in steps.values():
        assert row["difference"] == outlay["against_baseline"]["difference"]
        assert row["estimate_low"] == outlay["against_baseline"]["estimate_low"]


@pytest.mark.parametrize("command", ["check", "compare"])
def test_a_chain_that_leads_nowhere_exits_3(call, study, command) -> None:
    wrong = CHAIN.replace("outlay", "outlya").replace('"full"]', '"ful"]')
    study.write_text(study.read_text("utf-8") + wrong, encoding="utf-8")
    result = call(command, study)
    assert result.exit_code == 3
    for part in ("small.toml:16", "small.toml:17", "outlay", "full"):
        assert part in result.stderr


def test_a_broken_study_exits_3_and_writes_nothing(call, study, tmp_path) -> None:
    study.write_text(study.read_text().replace('baseline = "base"', 'baseline = "bass"'))
    result = call("compare", study, "--out", tmp_path / "out")
    assert result.exit_code == 3
    assert "small.toml:6" in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("option", [("--workers", "0"), ("--seed", "-1"), ("--replications", "x")])
def test_a_wrong_option_exits_2(call, study, option) -> None:
    assert call("compare", study, *option).exit_code == 2
