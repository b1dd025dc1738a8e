import numpy as np
import pytest

from tests.builders import times, toy_city


def test_the_base_year_is_the_table():
    city = toy_city()
    people = city.population(0.0, 2030)
    assert people.years == tuple(range(2025, 2031))
    np.testing.assert_allclose(people.residents[0], city.people.residents, rtol=1e-6)


def test_a_need_of_all_ages_has_all_residents_at_risk():
    people = toy_city().population(0.5, 2035)
    np.testing.assert_allclose(people.at_risk[:, 0], people.residents, rtol=1e-9)


def test_people_at_risk_are_part_of_the_residents():
    people = toy_city().population(0.0, 2035)
    assert np.all(people.at_risk <= people.residents[:, None] * (1 + 1e-9))
    assert np.all(people.at_risk > 0.0)


def test_the_population_balances():
    # Residents of next year = survivors and movers + newborn; by age from the rates alone.
    city = toy_city()
    people = city.population(0.0, 2026)
    rates, start = city.demography.rates["central"], city.origin.residents.sum(axis=(0, 1))
    stay = float(np.sum(start * (rates.survival[0] + rates.migration[0])))
    newborn = people.births[2025] * rates.birth_survival[0]
    assert people.residents[1].sum() == pytest.approx(stay + newborn)


def test_more_children_are_born_in_the_high_variant():
    low, central, high = (toy_city().population(weight, 2035) for weight in (-1.0, 0.0, 1.0))
    # The toy city states rates of 2025 only, where fertility does not yet differ.
    assert low.residents[-1].sum() <= central.residents[-1].sum() <= high.residents[-1].sum()


def test_a_birth_cohort_is_spread_over_all_cells():
    people = toy_city().population(0.0, 2026)
    assert people.birth_share.sum() == pytest.approx(1.0)
    assert np.all(people.birth_share > 0.0)


def test_births_before_the_first_known_year_are_those_of_that_year():
    people = toy_city().population(0.0, 2026)
    first = min(people.births)
    assert people.cohort(first - 10) == people.births[first]
    assert people.cohort(2025) == people.births[2025]


def test_twice_the_people_have_twice_the_children_and_the_same_shares():
    one = toy_city().population(0.0, 2035)
    two = toy_city(times("people.csv", "residents_2025", 2.0)).population(0.0, 2035)
    np.testing.assert_allclose(two.at_risk, 2.0 * one.at_risk)
    assert two.births[2030] == pytest.approx(2.0 * one.births[2030])
    np.testing.assert_allclose(two.birth_share, one.birth_share)


def test_a_constant_population_does_not_move():
    people = toy_city().constant_population(2035)
    np.testing.assert_array_equal(people.residents[0], people.residents[-1])
    np.testing.assert_array_equal(people.at_risk[0], people.at_risk[-1])
    assert len(set(people.births.values())) == 1
    assert people.cohort(1990) == people.cohort(2035)


def test_the_arrays_are_read_only():
    people = toy_city().population(0.0, 2026)
    for array in (people.residents, people.at_risk, people.birth_share):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0.0
