"""The ids of a city by kind, as the annotated ids of scenarios ask for them."""

from pricing.base import refs
from pricing.scenario.context import reference_ids
from tests.builders import toy_city


def test_every_kind_of_id_that_a_scenario_may_name_is_there():
    ids = reference_ids(toy_city())
    asked = {
        kind
        for alias in vars(refs).values()
        for check in getattr(alias, "__metadata__", ())
        for kind in [check.func.__closure__[0].cell_contents]
    }
    assert asked
    assert asked <= set(ids)
    assert all(ids[kind] for kind in asked)


def test_without_a_city_no_id_is_unknown():
    assert reference_ids(None) == {}
