"""`pricing check`: scenarios, studies and cities; hostile files; 0 or 3, never a traceback."""

import json
import os
from pathlib import Path

import pytest

from tests.builders import TOY_CITY, cell, toy_folder

STUDY = """
[study]
title      = { vi = "Thử", en = "Trial" }
city       = "cities/toy_city"
scenarios  = ["trial.toml"]
baseline   = "trial"
"""


def test_a_good_scenario_study_and_city_exit_0(call, workplace):
    result = call("check", workplace / "trial.toml", TOY_CITY)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.count("fine") == 2


def test_a_link_out_of_the_folder_is_refused_in_a_study(call, workplace):
    (workplace / "study.toml").write_text(STUDY, encoding="utf-8")
    result = call("check", workplace / "study.toml")
    assert result.exit_code == 3  # cities/toy_city is a link to a folder elsewhere
    assert "study.city" in result.stderr


def test_problems_of_study_city_and_scenarios_come_in_one_report(call, workplace):
    (workplace / "cities" / "toy_city").unlink()
    toy_folder(workplace / "cities" / "toy_city", cell("needs.csv", "grades", "x", need="primary"))
    (workplace / "study.toml").write_text(STUDY.replace('"trial"', '"trail"'), encoding="utf-8")
    (workplace / "trial.toml").write_text("[scenario]\nauthority = 1\n", encoding="utf-8")
    result = call("check", "--json", workplace / "study.toml")
    files = {Path(problem["file"]).name for problem in json.loads(result.stdout)["problems"]}
    assert result.exit_code == 3
    assert files == {"study.toml", "trial.toml", "needs.csv"}


def test_the_city_may_be_named(call, tmp_path, workplace):
    lonely = tmp_path / "a" / "b" / "c" / "d" / "lonely.toml"
    lonely.parent.mkdir(parents=True)
    lonely.write_text((workplace / "trial.toml").read_text(encoding="utf-8"), encoding="utf-8")
    assert call("check", lonely).exit_code == 3
    assert call("check", lonely, "--city", TOY_CITY).exit_code == 0


def test_a_warning_is_told_and_exits_0(call, workplace):
    text = (workplace / "trial.toml").read_text(encoding="utf-8")
    text = text.replace('"central"', '"city"') + '[instruments.wages]\nkind = "wage_path"\n'
    (workplace / "trial.toml").write_text(text, encoding="utf-8")
    result = call("check", workplace / "trial.toml")
    assert result.exit_code == 0
    assert "base_salary" in result.stderr


def _directory(path: Path) -> None:
    path.mkdir()


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2 * 1024**3)


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _bytes(content: bytes):
    def write(path: Path) -> None:
        path.write_bytes(content)

    return write


HOSTILE = {
    "absent": lambda path: None,
    "empty": _bytes(b""),
    "blank": _bytes(b" \n\t\n"),
    "directory": _directory,
    "two gigabytes": _sparse,
    "pipe": _fifo,
    "not UTF-8": _bytes(b'[scenario]\ntitle = "\xff\xfe"\n'),
    "UTF-16": _bytes('[scenario]\ntitle = "a"\n'.encode("utf-16")),
    "binary": _bytes(bytes(range(256)) * 10),
    "no TOML": _bytes("lộ trình giá".encode()),
    "unquoted": _bytes(b"[scenario]\nauthority = central\n"),
    "twice": _bytes(b"[scenario]\n[scenario]\n"),
    "deep lists": _bytes(b"a = " + b"[" * 50_000),
    "deep tables": _bytes(b"[" + b"a." * 300 + b"a]\nb = 1\n"),
    "long number": _bytes(b"a = " + b"9" * 10_000),
    "huge number": _bytes(b"[people]\nvariant = 1e999\n[offices.x]\nofficers = " + b"9" * 400),
    "not a table": _bytes(b"scenario = 1\ninstruments = []\n"),
    "tables in a list": _bytes(b"[[scenario]]\n[[instruments.x]]\nkind = 'law_path'\n"),
    "control letters": _bytes(b'[scenario]\n"\\u001b[31m" = "\\u202e"\n'),
    "null in a parent": _bytes(b'extends = "a\\u0000.toml"\n'),
    "long parent": _bytes(b'extends = "' + b"a" * 5000 + b'"\n'),
    "absolute parent": _bytes(b'extends = "/etc/passwd"\n'),
    "parent above": _bytes(b'extends = "../../etc/passwd"\n'),
    "parent is no text": _bytes(b"extends = 1\n"),
    "own parent": _bytes(b'extends = "hostile.toml"\n'),
    "study of nothing": _bytes(b"[study]\nscenarios = []\n"),
    "study is a number": _bytes(b"study = 1\n"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_exit_3_with_a_line_to_the_reader(call, workplace, name):
    path = workplace / "hostile.toml"
    HOSTILE[name](path)
    result = call("check", path)
    assert result.exit_code == 3, result.output
    assert "hostile.toml" in result.stderr
    assert "Traceback" not in result.output
    assert "\x1b" not in result.output
    assert "\u202e" not in result.output


def test_a_file_name_cannot_write_to_the_terminal(call, workplace):
    result = call("check", workplace / "a\x1b[31m\udcffb.toml")
    assert result.exit_code == 3
    assert "\x1b" not in result.stderr


TENDERS = '\n[instruments.tenders]\nkind = "bidding"\nservices = ["preschool"]\n'


def test_strict_law_refuses_what_the_law_does_not_foresee(call, workplace):
    path = workplace / "trial.toml"
    path.write_text(path.read_text(encoding="utf-8") + TENDERS, encoding="utf-8")
    warned = call("check", path)
    assert warned.exit_code == 0
    assert "Decree 32/2019" in warned.stderr
    refused = call("check", "--strict-law", path)
    assert refused.exit_code == 3
    assert refused.stderr.count("Decree 32/2019") == 1
    assert "fine" not in refused.stdout


def test_strict_law_leaves_other_warnings_as_they_are(call, workplace):
    path = workplace / "trial.toml"
    text = path.read_text(encoding="utf-8").replace('"central"', '"city"')
    path.write_text(text + '[instruments.wages]\nkind = "wage_path"\n', encoding="utf-8")
    assert call("check", "--strict-law", path).exit_code == 0


def test_run_and_compare_refuse_it_as_well(call, workplace):
    path = workplace / "trial.toml"
    path.write_text(path.read_text(encoding="utf-8") + TENDERS, encoding="utf-8")
    (workplace / "cities" / "toy_city").unlink()
    toy_folder(workplace / "cities" / "toy_city")
    (workplace / "study.toml").write_text(STUDY, encoding="utf-8")
    for command in (("run", path), ("compare", workplace / "study.toml")):
        result = call(*command, "--strict-law", "--out", workplace / "outputs")
        assert result.exit_code == 3, result.stderr
        assert "Decree 32/2019" in result.stderr
        assert not (workplace / "outputs").exists()
