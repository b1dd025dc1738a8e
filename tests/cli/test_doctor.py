"""`pricing doctor`: what a machine lacks is named, and the exit code says so."""

import json
from importlib import metadata
from pathlib import Path

import pytest


def findings(result) -> dict[str, bool]:
    return {finding["name"]: finding["ok"] for finding in json.loads(result.stdout)["findings"]}


def test_this_machine_will_do(call, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    result = call("doctor")
    assert result.exit_code == 0, result.stdout
    assert "DejaVu Sans" in result.stdout
    assert str(tmp_path) in result.stdout


def test_a_missing_package_is_named(call, monkeypatch):
    def absent(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", absent)
    result = call("doctor", "--json")
    assert result.exit_code == 1
    assert findings(result)["packages"] is False


@pytest.mark.parametrize(
    ("target", "value", "name"),
    [
        ("pricing.cli.doctor.VIETNAMESE", "ă\U0010fffd", "fonts"),
        ("pricing.cli.doctor.OLDEST_PYTHON", (99, 0), "python"),
        ("pricing.cli.doctor.FREE_BYTES", 10**30, "disk"),
    ],
)
def test_what_falls_short_exits_1(call, monkeypatch, target, value, name):
    monkeypatch.setattr(target, value)
    result = call("doctor", "--json")
    assert result.exit_code == 1
    assert findings(result)[name] is False


def test_another_encoding_is_seen(call, monkeypatch):
    monkeypatch.setattr("sys.getfilesystemencoding", lambda: "ascii")
    assert findings(call("doctor", "--json"))["encoding"] is False


def test_outputs_that_cannot_be_written_are_seen(call, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "outputs").symlink_to(Path("/proc/self"))
    assert findings(call("doctor", "--json"))["outputs"] is False
