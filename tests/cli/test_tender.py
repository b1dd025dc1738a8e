"""`pricing tender`: a table, a figure, one JSON object; 3 for a mistake, 1 for a full disk."""

import json
import os
import subprocess
import sys

import pytest

from pricing.base.words import LANGUAGES, words
from pricing.cli._tender import GROUPS
from pricing.engine.tender import laboratory
from pricing.scenario.tender import load_tender
from tests.scenario.files import shipped
from tests.tenders import INCUMBENT, TENDER, tender_file

FIGURES = {f"price_by_bidders.{language}.{end}" for language in LANGUAGES for end in ("png", "svg")}


@pytest.fixture
def file(tmp_path):
    return tender_file(tmp_path, ("simulated = 2_000", "simulated = 200"))


def test_the_figure_is_written_below_out_in_both_languages(call, file, tmp_path):
    out = tmp_path / "results"
    result = call("tender", file, "--out", out)
    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""
    (run,) = out.iterdir()
    assert run.name == f"lot-{load_tender(file).content_hash[:12]}"
    assert {path.name for path in (run / "figures").iterdir()} == FIGURES
    assert str(run / "figures") in result.stdout


def test_outputs_is_the_usual_place_and_figures_may_be_left_out(call, file, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert call("tender", file, "--no-figures").exit_code == 0
    assert not (tmp_path / "outputs").exists()
    assert call("tender", file).exit_code == 0
    assert (tmp_path / "outputs").is_dir()


def test_json_is_one_object_with_every_figure(call, file, tmp_path):
    result = call("tender", "--json", file, "--out", tmp_path / "out")
    told = json.loads(result.stdout)
    found = laboratory(load_tender(file))
    assert told["ceiling"] == 110.0
    assert [case["bidders"] for case in told["cases"]] == [1, 3]
    for case, told_case in zip(found.cases, told["cases"], strict=True):
        assert set(told_case["measures"]) == {one.measure for one in case.figures}
        price = told_case["measures"]["first_price"]
        assert price["equilibrium"] == case.figure("first_price").expected
        assert price["simulated"] == case.figure("first_price").simulated
    assert told["cases"][0]["measures"]["first_price"]["z"] is None
    assert {path.rsplit("/", 1)[1] for path in told["figures"]} == FIGURES


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_is_in_the_reader_s_language(call, file, language):
    text = call("tender", "--lang", language, "--no-figures", file).stdout
    word = words(language)
    assert text.splitlines()[0] == {"vi": "Gói thử", "en": "A lot on trial"}[language]
    for group in GROUPS:
        assert text.count(word.text(f"tender.group.{group}")) == 2
    for key in ("overview", "column.equilibrium", "column.error"):
        assert word.text(f"tender.{key}") in text
    assert word.text("tender.turnout", {"turnout": "", "announced": ""})[:12] not in text


def test_figures_are_written_as_the_language_does(call, file):
    text = call("tender", "--lang", "vi", "--no-figures", file).stdout
    case = laboratory(load_tender(file)).cases[1]
    price = f"{case.figure('first_price').expected:.1f}".replace(".", ",")
    failure = f"{100 * case.figure('failure').expected:.2f} %".replace(".", ",")
    assert price in text
    assert failure in text


def test_every_figure_of_the_laboratory_has_a_row(file, tmp_path):
    shown = {measure for group in GROUPS.values() for measure in group}
    alike = laboratory(load_tender(file)).cases
    types = laboratory(load_tender(tender_file(tmp_path, ("[default]", INCUMBENT)))).cases
    assert {one.measure for case in (*alike, *types) for one in case.figures} == shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_bidders_with_costs_of_their_own_are_told(call, tmp_path, language):
    path = tender_file(tmp_path, ("[default]", INCUMBENT))
    result = call("tender", "--lang", language, path, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    word = words(language)
    for name in ("usual", "incumbent", "non_public"):
        assert result.stdout.count(word.text(f"tender.measure.wins_{name}")) == 4
    assert word.text("tender.non_public", {"number": 2}) in result.stdout
    assert word.text("tender.column.deviation") not in result.stdout.split("\n\n")[1]


@pytest.mark.parametrize(("announced", "key"), [("true", "announced"), ("false", "unannounced")])
def test_bidders_who_may_stay_away_are_told(call, tmp_path, announced, key):
    change = ("seed      = 7", f'turnout = "50 %"\nannounced = {announced}')
    text = call("tender", "--no-figures", tender_file(tmp_path, change)).stdout
    assert "50.0 %" in text
    assert words("en").text(f"tender.{key}") in text


def test_sections_left_out_are_not_shown(call, tmp_path):
    bare = tender_file(tmp_path, (TENDER[TENDER.index("[default]") :], ""))
    text = call("tender", "--no-figures", bare).stdout
    assert words("en").text("tender.column.default") not in text
    assert words("en").text("tender.group.low") not in text


def test_problems_exit_3_all_at_once(call, tmp_path):
    bad = tender_file(tmp_path, ("[1, 3]", "[0]"), ("bond       = 3", "bond = -3"))
    result = call("tender", bad)
    assert result.exit_code == 3
    assert "lot.toml:5, tender.bidders.0" in result.stderr
    assert "default.bond" in result.stderr
    assert "2 errors" in result.stderr
    told = json.loads(call("tender", "--json", bad).stdout)
    assert told["ok"] is False


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"a = " + b"[" * 50_000, b"tender = 1\ncosts = []\n", b"[study]\n"],
)
def test_hostile_files_exit_3_with_a_line_to_the_reader(call, tmp_path, content):
    path = tmp_path / "hostile.toml"
    path.write_bytes(content)
    result = call("tender", path)
    assert result.exit_code == 3
    assert "hostile.toml" in result.stderr
    assert "Traceback" not in result.output


def test_a_folder_is_no_tender(call, tmp_path):
    assert call("tender", tmp_path).exit_code == 3
    assert call("tender").exit_code == 2


def test_a_place_that_cannot_be_written_exits_1_with_the_reason(call, file):
    result = call("tender", file, "--out", "/proc/pricing")
    assert result.exit_code == 1
    assert "/proc/pricing" in result.stderr
    assert "Traceback" not in result.output
    told = json.loads(call("tender", "--json", file, "--out", "/proc/pricing").stdout)
    assert told["ok"] is False


def test_a_tender_is_checked_and_shown_as_other_files_are(call):
    (path,) = shipped("tender")
    assert call("check", path).exit_code == 0
    shown = call("show", "--origin", path).stdout
    assert "tender.ceiling" in shown
    assert call("run", path).exit_code == 3


def test_help_loads_no_numpy():
    code = (
        "import sys; from click.testing import CliRunner; from pricing.cli import main;"
        "r = CliRunner().invoke(main, ['tender', '--help']); assert r.exit_code == 0, r.output;"
        "print([name for name in ('numpy', 'pydantic', 'matplotlib') if name in sys.modules])"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ}, encoding="utf-8"
    )
    assert done.stdout.strip() == "[]"
