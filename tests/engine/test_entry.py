"""Learners at the start of the base year, and who may enter a level."""

import numpy as np
import pytest

from pricing.engine.entry import EntryStart, completed_base, entry_start, pool
from tests.builders import toy_city
from tests.engine.small import calibrated, people

CITY = toy_city()
ENROLMENT = [need for need, enrolled in enumerate(CITY.needs.is_enrolment.tolist()) if enrolled]


def start(need: int, variant: str = "central") -> EntryStart:
    fit = calibrated().fits[need]
    return entry_start(CITY, need, people(variant), fit.choice, fit.episodes)


def need(name: str) -> int:
    return CITY.needs.id.index(name)


@pytest.mark.parametrize("number", ENROLMENT)
def test_the_stock_is_that_of_the_published_learners_who_live_here(number):
    window = CITY.need_offers(number)
    residents = (CITY.offers.volume * (1.0 - CITY.offers.outsider_share))[window].sum()
    found = start(number)
    assert found.stock.sum() == pytest.approx(residents, rel=1e-12)
    assert found.stock.shape[0] == CITY.needs.grades[number]
    assert np.all(found.stock >= 0.0)


@pytest.mark.parametrize("number", ENROLMENT)
def test_with_equal_cohorts_every_grade_is_the_one_before_less_drop_out(number):
    found = start(number, "constant")
    by_grade = found.stock.sum((2, 3, 4))  # (grade, quintile)
    np.testing.assert_allclose(by_grade[1:], by_grade[:-1] * (1.0 - found.hazard), rtol=1e-12)


def test_grades_follow_the_births_behind_them():
    residents = people("central")
    found = start(need("primary")).stock.sum((2, 3, 4))
    hazard = CITY.targets.by_quintile("drop_out", "primary")
    births = [residents.cohort(2025 - 6 - grade) for grade in range(5)]
    for grade in range(5):
        expected = found[0] * births[grade] / births[0] * (1.0 - hazard) ** grade
        np.testing.assert_allclose(found[grade], expected, rtol=1e-12)


def test_the_cohorts_of_a_level_entered_by_completers_are_those_of_its_age():
    residents = people("central")
    found = start(need("upper_secondary")).stock.sum((1, 2, 3, 4))
    hazard = start(need("upper_secondary")).hazard
    assert len(set(hazard)) > 1 or hazard[0] >= 0.0
    # primary from 6, five grades; lower secondary four: upper secondary begins at 15
    first, second = residents.cohort(2025 - 15), residents.cohort(2025 - 16)
    assert found[1] / found[0] == pytest.approx(second / first, rel=0.1)


def test_levels_open_to_all_ages_have_no_cohorts():
    found = start(need("college")).stock.sum((2, 3, 4))
    hazard = start(need("college")).hazard
    np.testing.assert_allclose(found[1], found[0] * (1.0 - hazard), rtol=1e-12)


def test_who_completes_is_the_last_grade_less_its_drop_out():
    found = start(need("lower_secondary"))
    wanted = found.stock[-1].sum((2, 3)) * (1.0 - found.hazard)[:, None]
    np.testing.assert_allclose(completed_base(found), wanted)


def test_candidates_are_births_completers_or_residents():
    residents = people("central")
    by_birth = pool(CITY, need("primary"), 2028, residents, {})
    assert by_birth.sum() == pytest.approx(residents.births[2022])
    np.testing.assert_allclose(by_birth, residents.births[2022] * residents.birth_share.T)
    completed = {need("primary"): np.full((5, 3), 7.0)}
    assert (
        pool(CITY, need("lower_secondary"), 2028, residents, completed)
        is completed[need("primary")]
    )
    open_to_all = pool(CITY, need("college"), 2028, residents, {})
    np.testing.assert_array_equal(open_to_all, residents.at_risk[3, need("college")].T)
