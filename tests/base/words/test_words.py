"""Both languages say the same things, in letters that compare equal."""

import ast
import re
from pathlib import Path
from string import Formatter
from unicodedata import is_normalized

import pytest

import pricing
from pricing.base.words import LANGUAGES, words


def placeholders(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_languages_have_the_same_keys():
    assert words("vi").table.keys() == words("en").table.keys()


@pytest.mark.parametrize("key", sorted(words("vi").table))
def test_placeholders_agree(key):
    assert placeholders(words("vi").table[key]) == placeholders(words("en").table[key])


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_composed_and_say_something(language):
    for key, sentence in words(language).table.items():
        assert is_normalized("NFC", sentence), key
        assert sentence.strip(), key


def test_sentences_are_filled():
    assert words("en").text("base.problem_read", {"read": "3"}) == "read 3"
    assert words("vi").text("base.problem_read", {"read": "3"}) == "đọc được 3"


def test_labels_are_the_terms_of_the_law():
    assert words("vi").label("component", "depreciation") == "khấu hao tài sản cố định"
    assert words("en").label("service", "inpatient_stay") == "inpatient stay"


def test_a_sentence_without_fields_is_left_as_it_stands():
    assert words("en").text("base.problem_read") == "read {read}"


@pytest.mark.parametrize(
    "ask",
    [
        lambda: words("fr"),
        lambda: words("vi").text("base.nothing"),
        lambda: words("vi").label("service", "nothing"),
        lambda: words("vi").text("base.problem_read", {}),
    ],
)
def test_a_missing_word_is_a_key_error(ask):
    with pytest.raises(KeyError):
        ask()


def phrases():
    """Keys and numbers of values of every `phrase("key", …)` written in the package."""
    for path in sorted(Path(pricing.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="phrase"), args=[ast.Constant(value=key), *values]):
                    yield str(key), len(values)


def test_every_phrase_written_in_the_package_can_be_said():
    found = list(phrases())
    assert len(found) > 50
    for key, count in found:
        values = dict(zip("abc", map(str, range(count)), strict=False))
        for language in LANGUAGES:
            words(language).text(key, values)
            assert set(re.findall(r"\{(\w)\}", words(language).table[key])) == set(values), key
