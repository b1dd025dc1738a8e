"""The axes of a run in the toy city."""

import numpy as np

from pricing.results.axes import run_axes
from pricing.world.quantities import QUANTITIES
from tests.builders import toy_city

CITY = toy_city()
AXES = run_axes(CITY, 2025, 2027)


def test_every_quantity_has_its_axes_behind_year_or_month() -> None:
    assert set(AXES.quantities) == set(QUANTITIES)
    assert AXES.shape("people") == (3, len(CITY.places.id), 5)
    assert AXES.shape("claims_month") == (36,)
    assert AXES.ids["month"][0] == "2025-01"
    assert AXES.ids["month"][-1] == "2027-12"


def test_groups_name_the_sector_need_and_kind_of_each_id() -> None:
    sector = {
        need: AXES.ids["sector"][at]
        for need, at in zip(CITY.needs.id, AXES.groups["need", "sector"], strict=True)
    }
    for service, need, own in zip(
        AXES.ids["service"],
        AXES.groups["service", "need"],
        AXES.groups["service", "sector"],
        strict=True,
    ):
        assert sector[CITY.needs.id[need]] == AXES.ids["sector"][own], service
    kinds = [AXES.ids["place_kind"][at] for at in AXES.groups["place", "place_kind"]]
    assert sorted(kinds) == ["disadvantaged", "rural", "urban"]


def test_education_levels_are_the_needs_met_by_enrolment() -> None:
    levels = AXES.ids["education_level"]
    assert levels == tuple(np.array(CITY.needs.id)[CITY.needs.is_enrolment])
    groups = AXES.groups["need", "education_level"]
    for need, group in zip(CITY.needs.id, groups, strict=True):
        assert (group >= 0) == (need in levels)
        assert group < 0 or levels[group] == need
