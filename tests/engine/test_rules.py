"""What law, contract and tables say of the offers of a need."""

import numpy as np

from pricing.engine.rules import PACKAGE_LIMIT, need_rules
from pricing.world.parameters import Parameters
from tests.builders import toy_city

CENTRAL = toy_city().parameters.central()
SCALE = 0.5


def rules(name: str, scale: float = SCALE, parameters: dict[str, float] | None = None):
    city = toy_city()
    values = Parameters({**CENTRAL, **(parameters or {})})
    return need_rules(city, city.needs.id.index(name), values, scale)


def test_bills_outside_the_package_follow_the_scope_of_the_norm(city):
    found = rules("ambulatory")
    scope = [city.norms.scope[norm] for norm in city.offers.norm[found.offers]]
    for share, where, contracted in zip(
        found.outside_package, scope, found.contracted, strict=True
    ):
        wanted = SCALE * CENTRAL[f"outside_package_{where}"] if contracted else 0.0
        assert share == wanted
    assert {"commune", "district", "city", "private"} <= set(scope)
    assert set(found.contracted) == {0.0, 1.0}


def test_part_of_every_bill_stays_in_the_package():
    found = rules("inpatient", scale=100.0)
    np.testing.assert_array_equal(found.outside_package, PACKAGE_LIMIT)


def test_top_ups_scale_and_rise_with_the_quintile():
    once, twice = (rules("ambulatory", parameters={"top_up_scale": s}) for s in (1.0, 2.0))
    np.testing.assert_array_equal(twice.top_up, 2.0 * once.top_up)
    assert np.all(np.diff(once.top_up, axis=0) >= 0.0)
    assert once.top_up.max() > 0.0


def test_small_bills_are_for_the_insured_and_learners_have_none():
    assert rules("ambulatory").small_bill == 0.15
    assert rules("primary").small_bill == 0.0


def test_each_scheme_has_one_class_without_cover(city):
    for name, scheme in zip(city.needs.id, city.needs.scheme, strict=True):
        found = rules(name)
        assert found.n_classes == len(city.classes[scheme].id)
        assert city.classes[scheme].uninsured[found.uncovered]


def test_only_one_need_is_a_check_up_and_only_ambulatory_care_can_be_done_at_home(city):
    assert [name for name in city.needs.id if rules(name).is_check_up] == ["preventive"]
    assert [name for name in city.needs.id if rules(name).has_self_care] == ["ambulatory"]


def test_offers_with_a_list_price_are_regulated(city):
    for name in city.needs.id:
        found = rules(name)
        listed = city.offers.price_norm[found.offers] >= 0
        np.testing.assert_array_equal(found.is_regulated, listed.astype(float))


def test_families_spend_on_learning_what_the_services_say(city):
    found = rules("primary")
    service = city.services.id.index("primary")
    np.testing.assert_array_equal(found.charges, city.services.charges_month[service])
    assert np.all(rules("inpatient").charges == 0.0)
