"""Typed tuition against the frames of the law on its first day."""

import pytest

from pricing.base.calendar import parse_day
from pricing.base.errors import InputError
from pricing.instruments._instrument import TypedPrice
from pricing.scenario.legal import ceiling_of
from pricing.scenario.load import load_scenario
from tests.builders import toy_city
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
