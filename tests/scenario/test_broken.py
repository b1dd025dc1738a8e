"""Ten files with planted mistakes: each is reported at its key and line, with what to do."""

import re
from pathlib import Path

import pytest

from pricing.base.errors import InputError, Problem
from pricing.base.words import LANGUAGES
from pricing.scenario.load import load_scenario
from pricing.scenario.study import load_study
from tests.builders import toy_city

BROKEN = Path(__file__).parents[1] / "broken"
FILES = sorted(BROKEN.glob("*.toml"))
_EXPECT = re.compile(r"^# expect: (\S+), (\d+)$", re.MULTILINE)


def problems_of(path: Path) -> tuple[Problem, ...]:
    is_study = "[study]" in path.read_text(encoding="utf-8")
    with pytest.raises(InputError) as caught:
        _ = load_study(path) if is_study else load_scenario(path, toy_city())
    return caught.value.problems


def test_there_are_ten_files():
    assert len(FILES) == 10


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_planted_problem_is_found_and_nothing_else(path):
    planted = {(key, int(line)) for key, line in _EXPECT.findall(path.read_text(encoding="utf-8"))}
    found = {(problem.key, problem.line) for problem in problems_of(path) if problem.key}
    assert planted
    assert found == planted


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_problem_names_the_file_and_gives_a_hint_in_both_languages(path):
    for problem in problems_of(path):
        texts = {language: problem.text(language) for language in LANGUAGES}
        assert all(text.startswith(problem.file) for text in texts.values())
        assert problem.allowed or problem.nearest or problem.advice
        assert texts["vi"] != texts["en"]
