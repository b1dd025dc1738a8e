"""A command line to call in this process, and files to call it on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pricing.cli import main
from tests.builders import TOY_CITY

SCENARIO = """
[scenario]
title = { vi = "Thử", en = "Trial" }
authority = "central"

[instruments.law]
kind = "law_path"
"""


@pytest.fixture
def call(monkeypatch) -> Callable[..., Result]:
    """Call the command in English; messages and data are kept apart."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")

    def calling(*arguments: object) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return calling


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """A folder with one scenario and the toy city as the only city beside it."""
    (tmp_path / "cities").mkdir()
    (tmp_path / "cities" / "toy_city").symlink_to(TOY_CITY)
    (tmp_path / "trial.toml").write_text(SCENARIO, encoding="utf-8")
    return tmp_path
