"""Findings as an analyst reads them: file, line, key, value, allowed values, nearest word."""

import pytest

from pricing.base.errors import InputError
from pricing.base.words import LANGUAGES, words
from pricing.scenario.load import load_scenario
from tests.builders import toy_city
from tests.scenario.files import HEAD, write


def problems_of(tmp_path, text):
    with pytest.raises(InputError) as caught:
        load_scenario(write(tmp_path, "a.toml", HEAD + text), toy_city())
    return caught.value.problems


def problem_of(tmp_path, text):
    (problem,) = problems_of(tmp_path, text)
    return problem


ROAD = '[instruments.road]\nkind = "price_roadmap"\nincluded = { management = { 2027 = 1.0 } }\n'


@pytest.mark.parametrize(
    ("text", "key", "close"),
    [
        (ROAD + "slp = 3\n", "instruments.road.slp", "slip"),
        (ROAD + "form = 2027\n", "instruments.road.form", "from"),
        (ROAD + 'betwen = "linear"\n', "instruments.road.betwen", "between"),
        (ROAD + 'between = "liner"\n', "instruments.road.between", "linear"),
        (ROAD + 'sector = "helth"\n', "instruments.road.sector", "health"),
        ('[people]\nvariant = "lo"\n', "people.variant", "low"),
        ('[instruments.x]\nkind = "price_rodmap"\n', "instruments.x.kind", "price_roadmap"),
        ("[parameters]\ncpi_growht = 0.03\n", "parameters.cpi_growht", "cpi_growth"),
        (
            '[parameters.cpi_growth]\ndistribution = "triangel"\nlow = 0\nhigh = 1\n',
            "parameters.cpi_growth",
            "triangular",
        ),
    ],
)
def test_the_nearest_word_is_offered(tmp_path, text, key, close):
    problem = problem_of(tmp_path, text)
    assert (problem.key, problem.nearest) == (key, close)


def test_all_keys_of_a_table_are_listed_where_one_is_wrong(tmp_path):
    said = problem_of(tmp_path, "[offices.price_appraisal]\nofficers = 1\nstaff = 2\n").text("en")
    assert "officers, days" in said


def test_text_without_a_unit_is_refused_with_both_readings(tmp_path):
    text = '[instruments.wages]\nkind = "wage_path"\nbase_salary = { 2027 = "1.850" }\n'
    said = problem_of(tmp_path, text).text("vi")
    assert "1850 đồng" in said
    assert "1.85 VND" in said


def test_a_flag_is_no_number_and_a_number_no_flag(tmp_path):
    flag, number = problems_of(tmp_path, "[economy]\ncpi_growth = true\nshocks = 1\n")
    assert "write 1" in flag.text("en")
    assert "true or false" in number.text("en")


def test_problems_come_in_the_order_of_the_lines(tmp_path):
    text = "[economy]\nshocks = 1\n[people]\nvariant = 1\n[offices.a]\nofficers = 0\n"
    lines = [problem.line for problem in problems_of(tmp_path, text)]
    assert lines == sorted(lines)
    assert len(lines) == 3


def test_a_problem_of_a_parent_names_the_parent(tmp_path):
    write(tmp_path, "base.toml", HEAD + "[economy]\nshocks = 1\n")
    with pytest.raises(InputError) as caught:
        load_scenario(write(tmp_path, "a.toml", 'extends = "base.toml"\n'), toy_city())
    (problem,) = caught.value.problems
    assert problem.file == str(tmp_path / "base.toml")
    assert problem.line == 5


def test_long_values_are_shortened(tmp_path):
    assert len(problem_of(tmp_path, f'[people]\nvariant = "{"x" * 5000}"\n').read) < 100


def test_a_list_is_not_called_short_for_its_bad_entries(tmp_path):
    text = '[instruments.x]\nkind = "support"\nneeds = ["ambulatry"]\nrate = { 2027 = 1.0 }\n'
    assert problem_of(tmp_path, text).key == "instruments.x.needs.0"


def test_a_thousand_unknown_keys_are_all_reported(tmp_path):
    text = "[people]\n" + "".join(f"x{number} = 1\n" for number in range(1000))
    assert len(problems_of(tmp_path, text)) == 1000


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_allowed_value_can_be_said_in_both_languages(language):
    other = next(one for one in LANGUAGES if one != language)
    keys = {key for key in words(language).table if key.startswith("scenario.")}
    assert keys == {key for key in words(other).table if key.startswith("scenario.")}
