"""`pricing run` on the toy city: levels without a comparison."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from pricing.scenario.study import Study
from pricing.study import study_of
from tests.studies import study_folder


def test_run_simulates_without_comparing(call, tmp_path: Path, monkeypatch) -> None:
    base = study_folder(tmp_path / "files").parent / "base.toml"

    def one_future(*given: Any) -> Study:
        return replace(study_of(*given), scramblings=1, points=1)

    monkeypatch.setattr("pricing.study.study_of", one_future)
    result = call("run", base, "--out", tmp_path / "out", "--replications", 1, "--json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert found["baseline"] is None
    assert {one["scenario"] for one in found["headline"]} == {"base"}
    assert all(one["against_baseline"] is None for one in found["headline"])
    names = {path.name for path in Path(found["run"]).iterdir()}
    assert "summary.csv" in names
    assert not names & {"comparison.csv", "figures"}


def test_run_needs_a_scenario(call) -> None:
    assert call("run").exit_code == 2
