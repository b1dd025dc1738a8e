"""`pricing compare` on the toy study: the headline, and a broken trial among good ones."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from pricing.cli import main
from pricing.engine import simulate as simulator
from pricing.world.ledger import Ledger
from tests.acceptance.toy import study_folder

SCENARIOS = ("base", "full_cost", "protected", "late")


def compare(folder: Path, name: str = "study.toml"):
    """The command in this process, its exit code and its one JSON object."""
    study = study_folder(folder).with_name(name)
    arguments = ["compare", str(study), "--out", str(folder / "outputs"), "--workers", "1"]
    return CliRunner().invoke(main, [*arguments, "--no-figures", "--json", "--lang", "en"])


def rows(run: Path, table: str) -> list[dict[str, str]]:
    """The rows of a run's table."""
    with (run / table).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_headline_is_one_object_and_the_baseline_differs_nowhere(tmp_path):
    result = compare(tmp_path)
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert {one["scenario"] for one in found["headline"]} == set(SCENARIOS)
    assert found["failed"] == 0
    for one in found["headline"]:
        own = one["scenario"] == "base"
        assert (one["against_baseline"] is None) == own
        assert (one["year"], one["n"]) == (2030, 2)
    run = Path(found["run"])
    compared = rows(run, "comparison.csv")
    assert {row["scenario"] for row in compared} == set(SCENARIOS)
    own = [row for row in compared if row["scenario"] == "base"]
    assert own
    for column in ("difference", "p05", "p95"):
        assert {float(row[column]) for row in own} == {0.0}
    others = {row["scenario"] for row in compared if float(row["difference"]) != 0.0}
    assert others == set(SCENARIOS) - {"base"}


def test_chains_split_differences_into_steps_that_sum_to_them(tmp_path):
    result = compare(tmp_path, "chain.toml")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    run = Path(found["run"])
    compared = {
        tuple(row[name] for name in ("scenario", "indicator", "dimension", "key", "year")): row
        for row in rows(run, "comparison.csv")
    }
    split: dict[tuple[str, ...], dict[str, dict[str, str]]] = {}
    for row in rows(run, "attribution.csv"):
        where = tuple(row[name] for name in ("chain", "indicator", "dimension", "key", "year"))
        split.setdefault(where, {})[row["step"]] = row
    assert len(split) == (2 + 5) * 5
    for where, parts in split.items():
        steps = [float(row["difference"]) for step, row in parts.items() if step != "total"]
        total = parts["total"]
        level = abs(float(total["to_mean"]))
        assert abs(sum(steps) - float(total["difference"])) <= 1e-14 * level
        if where[0] == "full_cost_then_protection":
            for row in (parts["1"], total):  # both depart from the baseline
                same = compared[row["to"], *where[1:]]
                for name in ("difference", "estimate_low", "p05", "p95", "probability_lower"):
                    assert row[name] == same[name]
    assert {row["year"] for row in found["attribution"]} == {2030}
    assert len(found["attribution"]) == 2 * 3 + 5 * 2


def test_a_broken_invariant_stops_one_trial_and_the_others_go_on(tmp_path, monkeypatch):
    simulate, post = simulator.simulate, Ledger.post

    def doubled(self, payer, payee, purpose, amounts):
        post(self, payer, payee, purpose, np.asarray(amounts) * (1 + (purpose == "user_payment")))

    def planted(city, scenario, calibrated, trial):
        with monkeypatch.context() as patch:
            if trial.key == ("late", 1, 0):
                patch.setattr(Ledger, "post", doubled)
            return simulate(city, scenario, calibrated, trial)

    monkeypatch.setattr(simulator, "simulate", planted)
    result = compare(tmp_path)
    assert result.exit_code == 5
    found = json.loads(result.stdout)
    assert found["failed"] == 1
    assert "late, future 1, replication 0: InvariantError: household" in result.stderr
    assert "does not add up in 2025-01: off by" in result.stderr
    late = [row for row in rows(Path(found["run"]), "summary.csv") if row["scenario"] == "late"]
    base = [row for row in rows(Path(found["run"]), "summary.csv") if row["scenario"] == "base"]
    assert {row["n"] for row in late} == {"1"}
    assert {row["n"] for row in base} == {"2"}
    monkeypatch.setattr(simulator, "simulate", simulate)
    again = CliRunner().invoke(
        main, ["compare", str(tmp_path / "study.toml"), "--out", str(tmp_path / "outputs"),
               "--workers", "1", "--no-figures", "--json"],
    )  # fmt: skip
    assert again.exit_code == 0
    assert json.loads(again.stdout)["failed"] == 0


@pytest.mark.parametrize("planted", ["officer = 3", "officers = 0"])
def test_bad_input_exits_3_and_writes_nothing(tmp_path, planted):
    study = study_folder(tmp_path)
    base = tmp_path / "base.toml"
    base.write_text(base.read_text("utf-8").replace("officers = 3", planted), encoding="utf-8")
    out = tmp_path / "outputs"
    result = CliRunner().invoke(main, ["compare", str(study), "--out", str(out)])
    assert result.exit_code == 3
    assert "base.toml:7" in result.stderr
    assert not out.exists()
