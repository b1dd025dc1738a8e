"""Typed tuition against the frames of the law on its first day."""

import pytest

from pricing.base.calendar import parse_day
from pricing.base.errors import InputError
from pricing.instruments._instrument import TypedPrice
from pricing.scenario.legal import ceiling_of
from pricing.scenario.load import load_scenario
from tests.builders import cell, toy_city
from tests.scenario.files import HEAD, write

FEES = """[instruments.fees]
kind = "tuition_frame"
from = {year}
needs = ["{need}"]
amount = {{ {kind} = {amount} }}
"""


def load(tmp_path, text, head=HEAD):
    return load_scenario(write(tmp_path, "a.toml", head + text), toy_city())


def price(need, kind, year):
    day = parse_day(f"{year}-09-01")
    return TypedPrice(
        key=("amount",), vnd=1.0, day=day, need=need, place_kind=kind, lever="tuition_frame"
    )


@pytest.mark.parametrize(
    ("need", "kind", "year", "ceiling"),
    [
        ("preschool", "urban", 2025, 540_000),  # Decree 238/2025, frames of September 2025
        ("preschool", "rural", 2025, 220_000),
        ("preschool", "urban", 2026, 540_000 * 1.075),  # growth limit from 2026-27
        ("preschool", "urban", 2028, 540_000 * 1.075**3),
        ("lower_secondary", "disadvantaged", 2025, 170_000),
    ],
)
def test_ceilings_are_those_of_the_decree_and_grow_as_it_says(need, kind, year, ceiling):
    found = ceiling_of(price(need, kind, year), toy_city())
    assert found.vnd == pytest.approx(ceiling)
    assert need in found.rule
    assert "238/2025" in found.citation


def test_a_course_without_a_frame_has_no_ceiling():
    assert ceiling_of(price("short_course", "urban", 2027), toy_city()).vnd == float("inf")


@pytest.mark.parametrize("need", ["higher_education", "college", "intermediate"])
def test_levels_with_a_frame_by_field_have_a_ceiling_with_its_rule(need):
    found = ceiling_of(price(need, "urban", 2027), toy_city())
    assert 1e6 < found.vnd < 1e7
    assert found.rule


def test_a_price_above_its_ceiling_names_the_article_and_the_way_out(tmp_path):
    text = FEES.format(year=2026, need="preschool", kind="urban", amount=580_501)
    with pytest.raises(InputError) as caught:
        load(tmp_path, text)
    (problem,) = caught.value.problems
    said = problem.text("en")
    assert (problem.key, problem.line) == ("instruments.fees.amount.urban", 8)
    assert "Decree 238/2025" in said
    assert "tuition_frame.preschool.urban.max" in said
    assert "580.500" in said


def test_a_price_at_its_ceiling_is_fine(tmp_path):
    text = FEES.format(year=2026, need="preschool", kind="urban", amount=580_500)
    assert load(tmp_path, text).warnings == ()


def test_without_strict_law_it_is_a_warning(tmp_path):
    text = FEES.format(year=2026, need="preschool", kind="urban", amount=5_000_000)
    (warning,) = load(tmp_path, text, HEAD + "strict_law = false\n").warnings
    assert warning.key == "instruments.fees.amount.urban"


def test_a_year_that_begins_after_september_looks_at_the_next(tmp_path):
    text = FEES.format(year='"2026-10"', need="preschool", kind="urban", amount=600_000)
    assert load(tmp_path, text).warnings == ()  # 540,000 × 1.075² = 624,037 in September 2027


TENDERS = '[instruments.tenders]\nkind = "{kind}"\nlots = ["check_up_a", "preschool_b"]\n'


def test_a_form_that_the_law_does_not_foresee_carries_a_note(tmp_path):
    notes = load(tmp_path, TENDERS.format(kind="bidding")).warnings
    assert [note.key for note in notes] == ["instruments.tenders"] * 2
    assert all(note.is_legal for note in notes)
    said = notes[0].text("en")
    assert "bidding (preventive_check_up)" in said
    assert "ordering, task_assignment" in said
    assert "Decree 32/2019 annex 1" in said


@pytest.mark.parametrize("kind", ["ordering", "task_assignment"])
def test_the_usual_forms_carry_none(tmp_path, kind):
    assert load(tmp_path, TENDERS.format(kind=kind)).warnings == ()


def test_a_service_without_a_rule_may_be_bought_in_no_form(tmp_path):
    rule = "purchase_form.preventive_primary_health_care"
    city = toy_city(cell("laws.csv", "to", "2027-12-31", rule=rule))
    text = TENDERS.format(kind="ordering")
    path = write(tmp_path, "a.toml", HEAD + text)
    assert load_scenario(path, city).warnings == ()
    later = write(tmp_path, "b.toml", HEAD + text + 'from = "2028"\n')
    (note,) = load_scenario(later, city).warnings
    assert "ordering (preventive_check_up)" in note.text("vi")
