import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.city.demography import AGES, first_age, residents_by_age
from pricing.city.population import blended
from tests.builders import toy_city


def test_ages_add_up_to_the_residents():
    city = toy_city()
    by_age = city.origin.residents
    assert by_age.shape == (3, 5, AGES)
    np.testing.assert_allclose(by_age.sum(axis=2), city.people.residents, rtol=1e-6)


def test_children_of_a_group_are_spread_like_their_birth_cohorts():
    city = toy_city()
    births = {2024: 100.0, 2023: 300.0, 2022: 100.0, 2021: 100.0, 2020: 400.0}
    by_age = residents_by_age(city.places, city.people, city.ages, births, 2025)
    share = by_age[0, 0, :5] / by_age[0, 0, :5].sum()
    np.testing.assert_allclose(share, [0.1, 0.3, 0.1, 0.1, 0.4])


def test_adults_of_a_group_are_spread_evenly():
    by_age = toy_city().origin.residents
    np.testing.assert_allclose(by_age[0, 0, 40:45], by_age[0, 0, 40])


@pytest.mark.parametrize(("group", "age"), [("0-4", 0), ("15-19", 15), ("80+", 80)])
def test_a_group_begins_at_its_first_age(group, age):
    assert first_age(group) == age


@given(st.floats(-1.0, 1.0))
def test_blended_rates_lie_between_the_variants(weight):
    demography = toy_city().demography
    rates = blended(demography, weight)
    low, high = demography.fertility["low"], demography.fertility["high"]
    bounds = np.minimum(low, high), np.maximum(low, high)
    between = demography.fertility["central"]
    assert np.all(rates.fertility >= np.minimum(bounds[0], between) - 1e-12)
    assert np.all(rates.fertility <= np.maximum(bounds[1], between) + 1e-12)


def test_the_ends_of_the_blend_are_the_variants():
    demography = toy_city().demography
    for weight, variant in ((-1.0, "low"), (0.0, "central"), (1.0, "high")):
        np.testing.assert_allclose(
            blended(demography, weight).survival, demography.survival[variant]
        )
        np.testing.assert_allclose(
            blended(demography, weight).migration, demography.migration[variant]
        )


def test_a_weight_beyond_the_variants_is_refused():
    with pytest.raises(ValueError, match="between -1 and 1"):
        blended(toy_city().demography, 1.5)
