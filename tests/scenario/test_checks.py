"""What the city tells of a scenario: parameters, conflicts, authority."""

import pytest

from pricing.base.errors import InputError
from pricing.scenario.load import load_scenario
from tests.builders import toy_city
from tests.scenario.files import HEAD, LAW, write

CITY_HEAD = HEAD.replace('"central"', '"city"')
ROAD = '[instruments.{}]\nkind = "price_roadmap"\nincluded = {{ management = {{ 2027 = 1.0 }} }}\n'


def load(tmp_path, text, head=HEAD):
    return load_scenario(write(tmp_path, "a.toml", head + text), toy_city())


def refused(tmp_path, text):
    with pytest.raises(InputError) as caught:
        load(tmp_path, text)
    return caught.value.problems


def test_a_parameter_replaces_a_row_of_the_table(tmp_path):
    found = load(tmp_path, "[parameters]\ncpi_growth = 0.03\n").parameters["cpi_growth"]
    assert (found.kind, found.mode) == ("fixed", 0.03)


def test_a_parameter_outside_the_range_of_the_table_is_a_warning(tmp_path):
    (warning,) = load(tmp_path, "[parameters]\ncpi_growth = 0.5\n").warnings
    assert (warning.key, warning.line) == ("parameters.cpi_growth", 5)


def test_a_parameter_that_counts_takes_no_fraction(tmp_path):
    (problem,) = refused(tmp_path, "[parameters]\nbase_salary_step_interval = 1.5\n")
    assert "whole" in problem.text("en")
    assert load(tmp_path, "[parameters]\nbase_salary_step_interval = 2\n").parameters


@pytest.mark.parametrize(
    "line",
    ["performance_bond_share = -0.1", "lot_payment_days = { low = -5, high = 20 }"],
)
def test_what_cannot_be_below_zero_is_refused_below_it(tmp_path, line):
    text = line.replace("{ low", '{ distribution = "uniform", low')
    (problem,) = refused(tmp_path, f"[parameters]\n{text}\n")
    assert problem.line == 5
    assert "not below 0" in problem.text("en")


def test_a_rate_of_growth_may_be_below_zero(tmp_path):
    assert load(tmp_path, "[parameters]\nincome_real_growth = -0.02\n").parameters


def test_two_instruments_on_one_cell_are_refused_with_the_line_of_one(tmp_path):
    (problem,) = refused(tmp_path, ROAD.format("one") + ROAD.format("two"))
    assert problem.key in {"instruments.one", "instruments.two"}
    assert "one" in str(problem.read)
    assert "two" in str(problem.read)
    assert problem.line in {4, 7}


def test_two_instruments_on_other_cells_or_days_are_fine(tmp_path):
    apart = (
        ROAD.format("one") + 'sector = "health"\n' + ROAD.format("two") + 'sector = "education"\n'
    )
    in_turn = ROAD.format("one") + "until = 2028\n" + ROAD.format("two") + "from = 2029\n"
    assert len(load(tmp_path, apart).instruments) == 2
    assert len(load(tmp_path, in_turn).instruments) == 2


def test_one_mistake_does_not_hide_another(tmp_path):
    text = ROAD.format("one") + ROAD.format("two") + "[people]\nvariant = 1\n[parameters]\nx = 1\n"
    assert len(refused(tmp_path, text)) == 3


def test_places_that_a_lever_cannot_tell_apart_have_a_line(tmp_path):
    place = toy_city().places.id[0]
    (problem, *_) = refused(tmp_path, ROAD.format("one") + f'places = ["{place}"]\n')
    assert (problem.key, problem.line) == ("instruments.one.places", 7)


def test_a_central_lever_moved_by_a_scenario_of_the_city_is_a_warning(tmp_path):
    (warning,) = load(tmp_path, ROAD.format("one"), CITY_HEAD).warnings
    assert warning.key == "instruments.one"
    assert "included" in warning.text("en")
    assert load(tmp_path, ROAD.format("one")).warnings == ()


def test_the_law_and_levers_of_the_city_need_no_declaration(tmp_path):
    share = '[instruments.heads]\nkind = "per_pupil_share"\nshare = { 2027 = 1.0 }\n'
    assert load(tmp_path, LAW + share, CITY_HEAD).warnings == ()


def test_a_parents_authority_does_not_speak_for_what_a_child_adds(tmp_path):
    write(tmp_path, "base.toml", HEAD + ROAD.format("one") + 'sector = "health"\n')
    extends, added = 'extends = "base.toml"\n', ROAD.format("two") + 'sector = "education"\n'
    (warning,) = load(tmp_path, extends + added, "").warnings
    assert warning.key == "instruments.two"
    declared = '[scenario]\nauthority = "central"\n'
    assert load(tmp_path, extends + declared + added, "").warnings == ()
