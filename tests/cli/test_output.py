"""Language, JSON and what is printed of names that users chose."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.cli._output import environment_language, printable


@given(st.text())
def test_nothing_printed_moves_the_cursor_or_the_direction_of_writing(text):
    shown = printable(text)
    assert all(letter.isprintable() or letter.isspace() for letter in shown)
    assert not set(shown) & set("\n\r\t\v\f\x1b\u2028\u2029\u202e\x85")
    shown.encode("utf-8")


def test_words_stay_as_they_are():
    assert printable("lộ trình “tính đủ” 7,5 %") == "lộ trình “tính đủ” 7,5 %"
    assert printable("a\x1b[31m\u202eb") == "a\\u001b[31m\\u202eb"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "vi"),
        ({"LANG": "C"}, "vi"),
        ({"LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "vi_VN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
    ],
)
def test_the_environment_chooses_the_language(monkeypatch, environment, language):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert environment_language() == language


def test_lang_overrides_the_environment(call, workplace):
    (workplace / "trial.toml").write_text("[scenario]\n", encoding="utf-8")
    assert "lỗi" in call("check", "--lang", "vi", workplace / "trial.toml").stderr
    assert "error" in call("check", workplace / "trial.toml").stderr


def test_json_is_one_object_in_the_language_asked_for(call, workplace):
    (workplace / "trial.toml").write_text("[scenario]\ntitel = 1\n", encoding="utf-8")
    result = call("check", "--json", "--lang", "vi", workplace / "trial.toml")
    told = json.loads(result.stdout)
    assert told["ok"] is False
    assert told["problems"][0]["key"] == "scenario.title"
    assert told["problems"][0]["allowed"] == "khóa bắt buộc"
    assert result.stderr == ""
