"""200 one-key mutations of each shipped file end with exit 0 or 3, never with a traceback."""

import shutil
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from pricing.cli import main
from tests.builders import TOY_CITY, toy_city
from tests.scenario.mutations import KINDS, mutations

SHIPPED = sorted((Path(__file__).parents[2] / "scenarios").glob("*.toml"))
COUNT = 200


@pytest.fixture
def workplace(tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    """The shipped files with the toy city, loaded once, in the place of theirs."""
    for path in SHIPPED:
        shutil.copy(path, tmp_path)
    city = tmp_path / "cities" / "can_tho"
    shutil.copytree(TOY_CITY, city)
    monkeypatch.setattr("pricing.scenario.read.load_city", lambda folder: toy_city())
    monkeypatch.setattr("pricing.scenario.study.load_city", lambda folder: toy_city())
    return tmp_path


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_no_slip_of_the_hand_ends_in_a_traceback(path, workplace):
    runner, target, codes = CliRunner(), workplace / path.name, Counter[int]()
    for number, text in enumerate(mutations(path, COUNT, seed=20261125)):
        target.write_text(text, encoding="utf-8")
        result = runner.invoke(main, ["check", str(target)])
        assert result.exit_code in (0, 3), (KINDS[number % len(KINDS)], text, result.output)
        assert (result.exit_code == 3) == bool(result.stderr.strip().endswith("warnings"))
        codes[result.exit_code] += 1
    # Were everything or nothing refused, the file or the mutations would not be what they seem.
    assert codes[0] > 0
    assert codes[3] > COUNT / 2
