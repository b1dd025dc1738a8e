"""What `run` and `compare` share: progress, waiting, failures, a full disk, interruption."""

import json
import resource
from contextlib import ExitStack
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from pricing.cli import _study
from pricing.cli._output import Output
from pricing.cli._study import RunOptions, command_text, run_and_report
from pricing.results.lock import exclusive
from pricing.study import run_loaded
from tests.studies import standin_options, standin_study


@pytest.fixture
def ran(tmp_path: Path):
    """Run the stand-in's study as a command does; options of the study may be changed."""
    study = standin_study(tmp_path / "files")

    def running(as_json: bool = False, **changes: object) -> Result:
        @click.command()
        def command() -> None:
            options = standin_options(tmp_path / "out", **changes)
            run_and_report(Output(language="en", as_json=as_json), study, options)

        return CliRunner().invoke(command, [])

    return running


def test_headline_and_folder_on_stdout_progress_on_stderr(ran) -> None:
    result = ran()
    assert result.exit_code == 0
    assert result.stdout.startswith("Year 2027, n = 4 (futures × replications)")
    assert "Net public cost" in result.stdout
    assert "Tables, figures and manifest: " in result.stdout
    assert "0 of 8 trials\n" in result.stderr
    assert "8 of 8 trials\n" in result.stderr
    assert "trials" not in result.stdout


def test_json_is_one_object_and_nothing_else(ran) -> None:
    found = json.loads(ran(as_json=True).stdout)
    assert Path(found["run"], "summary.csv").is_file()
    assert found["baseline"] == "base"
    assert {one["scenario"] for one in found["headline"]} == {"base", "up"}
    up = next(one for one in found["headline"] if one["scenario"] == "up")
    assert up["against_baseline"]["difference"] > 0.0
    assert found["failed"] == 0


def test_a_failed_trial_is_named_and_exits_5(ran, monkeypatch) -> None:
    monkeypatch.setenv("STANDIN_FAIL", "up/1/0")
    result = ran()
    assert result.exit_code == 5
    assert "failed: up, future 1, replication 0: InvariantError: units.cash" in result.stderr
    assert "Net public cost" in result.stdout


@pytest.mark.parametrize("as_json", [False, True])
def test_a_full_disk_exits_1_with_a_plain_message(ran, as_json) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        result = ran(as_json=as_json)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert result.exit_code == 1
    assert "Finished trials are kept" in result.stderr
    assert "Traceback" not in result.output
    if as_json:
        assert json.loads(result.stdout)["ok"] is False
    assert ran().exit_code == 0


def test_a_second_run_says_whom_it_waits_for(ran, tmp_path, monkeypatch) -> None:
    first = run_loaded(standin_study(tmp_path / "more"), standin_options(tmp_path / "out"))
    holding = ExitStack()
    holding.enter_context(exclusive(first.folder, lambda: None))
    monkeypatch.setattr("pricing.results.lock.time.sleep", lambda _: holding.close())
    result = ran()
    assert result.exit_code == 0
    assert "Another run is working in this folder (process" in result.stderr


def test_a_bar_on_a_terminal(ran, monkeypatch) -> None:
    monkeypatch.setattr(
        _study, "Console", lambda stderr: Console(stderr=stderr, force_terminal=True, width=80)
    )
    result = ran()
    assert result.exit_code == 0
    assert "8/8" in result.stderr
    assert "of 8 trials" not in result.stderr


def test_the_command_that_repeats_a_run() -> None:
    chosen = RunOptions(workers=3, seed=0, replications=None, out=Path("out put"))
    assert command_text(["compare", "a b.toml"], chosen) == (
        "pricing compare 'a b.toml' --seed 0 --out 'out put'"
    )
