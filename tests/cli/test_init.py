"""The group of commands: lazy, exit codes, no traceback for a user."""

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from pricing.base.errors import InputError, InvariantError, Problem
from pricing.base.words import words
from pricing.cli import COMMANDS, main

PROBLEM = Problem(file="a.toml", line=3, key="k", read="1", allowed="2")
HEAVY = ("numpy", "scipy", "pydantic", "matplotlib", "simpy")


def planted(monkeypatch, error: BaseException) -> None:
    """Make `pricing doctor` raise an error."""

    @click.command()
    def broken() -> None:
        raise error

    monkeypatch.setattr("pricing.cli.doctor.doctor", broken)


def test_help_loads_nothing_heavy():
    code = (
        "import sys; from click.testing import CliRunner; from pricing.cli import main;"
        "r = CliRunner().invoke(main, ['--help']); assert r.exit_code == 0, r.output;"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_help_lists_every_command_with_its_meaning(call):
    result = call("--help")
    assert result.exit_code == 0
    for name in COMMANDS:
        assert name in result.output
        assert words("en").text(f"cli.help.{name}").split()[0] in result.output


def test_completion_offers_every_command():
    assert main.list_commands(click.Context(main)) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_found_by_name_and_has_help(call, name):
    assert call(name, "--help").exit_code == 0


@pytest.mark.parametrize("arguments", [("chek",), ("check",), ("show", "--oops"), ("list", "x")])
def test_usage_mistakes_exit_2(call, arguments):
    assert call(*arguments).exit_code == 2


def test_language_follows_the_environment():
    def said(language: str) -> str:
        environment = {**os.environ, "LANG": language, "LC_ALL": ""}
        command = [sys.executable, "-c", "from pricing.cli import main; main()", "--help"]
        return subprocess.run(
            command, capture_output=True, text=True, check=True, env=environment, encoding="utf-8"
        ).stdout

    assert words("en").text("cli.commands") in said("en_US.UTF-8")
    assert words("vi").text("cli.commands") in said("vi_VN.UTF-8")


def test_bad_input_exits_3_with_every_problem(call, monkeypatch):
    planted(monkeypatch, InputError([PROBLEM, PROBLEM]))
    result = call("doctor")
    assert result.exit_code == 3
    assert result.stderr.count("a.toml:3, k") == 2
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ZeroDivisionError("float division"), "ZeroDivisionError: float division"),
        (InvariantError("fund", "2027-01", 1.0), "fund does not add up in 2027-01"),
    ],
)
def test_the_unexpected_exits_1_with_one_line_and_a_log(call, monkeypatch, error, said):
    planted(monkeypatch, error)
    result = call("doctor")
    assert result.exit_code == 1
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    log = Path(result.stderr.rsplit("details: ", 1)[1].strip().removesuffix(")"))
    assert "Traceback" in log.read_text(encoding="utf-8")
    log.unlink()


def test_without_a_place_for_a_log_the_line_still_comes(call, monkeypatch):
    planted(monkeypatch, ZeroDivisionError("x"))
    monkeypatch.setattr("tempfile.tempdir", "/proc/absent")
    result = call("doctor")
    assert result.exit_code == 1
    assert "details: --debug" in result.stderr


def test_an_interrupt_exits_130(call, monkeypatch):
    planted(monkeypatch, KeyboardInterrupt())
    result = call("doctor")
    assert result.exit_code == 130
    assert "Interrupted" in result.stderr


def test_debug_shows_the_traceback_and_writes_no_log(call, monkeypatch, workplace):
    def crash(path: object, city: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("pricing.scenario.read.read_any", crash)
    result = call("check", "--debug", workplace / "trial.toml")
    assert result.exit_code == 1
    assert "Traceback" in result.stderr


def test_a_crash_with_json_is_still_one_object(call, monkeypatch, workplace):
    def crash(path: object, city: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("pricing.scenario.read.read_any", crash)
    result = call("check", "--json", "--debug", workplace / "trial.toml")
    assert json.loads(result.stdout)["ok"] is False
