"""People of a trial: totals, variants, cover classes, incomes."""

import numpy as np
import pytest

from pricing.engine.people import class_share, economy, insured, mean_income, population
from pricing.world.parameters import Parameters
from tests.builders import toy_city

CENTRAL = toy_city().parameters.central()
LAST = 2030


def people(variant: str = "", **changes: float):
    return population(toy_city(), Parameters({**CENTRAL, **changes}), variant, LAST)


@pytest.mark.parametrize("variant", ["", "low", "central", "high", "constant"])
def test_every_variant_starts_at_the_total_of_the_parameter(variant):
    found = people(variant, residents_2025=150_000.0)
    assert found.residents[0].sum() == pytest.approx(150_000.0)
    assert found.years == tuple(range(2025, LAST + 1))


def test_a_scaled_city_has_scaled_people_at_risk_and_births():
    once, twice = people("central"), people("central", residents_2025=280_000.0)
    np.testing.assert_allclose(twice.at_risk, 2.0 * once.at_risk)
    assert twice.births[2024] == pytest.approx(2.0 * once.births[2024])
    np.testing.assert_allclose(twice.birth_share.sum(), 1.0)


@pytest.mark.parametrize("variant", ["", "central"])
def test_around_the_central_variant_the_parameter_decides(variant):
    np.testing.assert_array_equal(people(variant).residents, people("central").residents)
    low = people(variant, demography_variant=-1.0)
    np.testing.assert_array_equal(low.residents, people("low").residents)
    high = people("high", demography_variant=-1.0)
    np.testing.assert_array_equal(high.residents, people("high").residents)
    assert people("low").births[LAST] < people("central").births[LAST] < people("high").births[LAST]


def test_constant_people_stay():
    found = people("constant")
    np.testing.assert_array_equal(found.residents[-1], found.residents[0])
    assert len(set(found.births.values())) == 1


def test_only_the_base_year_is_asked_for_by_calibration():
    found = population(toy_city(), Parameters(CENTRAL))
    assert found.years == (2025,)


def test_everybody_has_one_class(city):
    for need in range(len(city.needs.id)):
        share = class_share(city, need, 2025)
        n_classes = len(city.classes[city.needs.scheme[need]].id)
        assert share.shape == (5, len(city.places.id), n_classes)
        np.testing.assert_allclose(share.sum(2), 1.0)


def test_the_insured_are_those_in_a_covered_class(city):
    found = people("constant")
    share = class_share(city, city.needs.id.index("inpatient"), 2025)
    without = float((found.residents[0].T * share[:, :, 3]).sum())
    assert without > 0.0
    assert insured(city, found) == pytest.approx(found.residents[0].sum() - without)


def test_mean_income_weighs_places_by_their_people(city):
    residents = np.ones((3, 5))
    np.testing.assert_allclose(mean_income(city, residents), city.income.income_month.mean(axis=0))
    crowded = residents.copy()
    crowded[0] = 1e9
    np.testing.assert_allclose(mean_income(city, crowded), city.income.income_month[0], rtol=1e-6)


def test_needs_follow_income_where_the_city_says_how(city):
    parameters = Parameters({**CENTRAL, "income_elasticity_scale": 1.2})
    found = economy(city, np.full(5, 4e6), parameters, 0.03)
    need = city.needs.id.index("inpatient")
    spending = city.targets.by_quintile("income_elasticity", "inpatient")
    np.testing.assert_allclose(
        found.need_elasticity[need], spending * 1.2 * CENTRAL["use_income_share"]
    )
    assert not city.targets.has("income_elasticity", "preventive_care")
    assert found.need_elasticity.shape == (len(city.needs.id), 5)
    assert found.real_growth == 0.03
    assert found.capacity_elasticity == CENTRAL["capacity_income_elasticity"]
