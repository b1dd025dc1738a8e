"""Targets of a need as the fit wants them."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.engine.fit_targets import FitTargets
from pricing.engine.frames import need_frame
from pricing.engine.targets import LARGEST_OUTSIDE, fit_targets, start_demand
from pricing.world.parameters import Parameters
from tests.builders import toy_city

CENTRAL = toy_city().parameters.central()
POOL = np.array([[100.0, 200.0, 50.0]] * 5)


def targets(name: str, city=None, **changes: float) -> FitTargets:
    city = city or toy_city()
    need = city.needs.id.index(name)
    parameters = Parameters({**CENTRAL, **changes})
    frame = need_frame(city, need, 1.3)
    start = start_demand(city, need, parameters)
    return fit_targets(city, frame, parameters, POOL, start.need_rate)


def test_need_is_use_and_what_is_done_without(city):
    need = city.needs.id.index("ambulatory")
    start = start_demand(city, need, Parameters(CENTRAL))
    use = city.targets.by_quintile("use_rate", "ambulatory")
    outside = city.targets.by_quintile("outside_share", "ambulatory")
    np.testing.assert_allclose(start.need_rate * (1.0 - outside), use)
    scaled = start_demand(city, need, Parameters({**CENTRAL, "outside_share_scale": 1.2}))
    np.testing.assert_allclose(scaled.need_rate * (1.0 - 1.2 * outside), use)


def test_somebody_always_uses_a_need(city):
    start = start_demand(city, 0, Parameters({**CENTRAL, "outside_share_scale": 100.0}))
    use = city.targets.by_quintile("use_rate", "ambulatory")
    np.testing.assert_allclose(start.need_rate, use / (1.0 - LARGEST_OUTSIDE))


def test_a_cold_start_knows_sizes_and_no_sensitivity(city):
    start = start_demand(city, 0, Parameters(CENTRAL))
    size = city.offers.size[city.need_offers(0)]
    np.testing.assert_allclose(start.offer_constant, CENTRAL["nest_lambda"] * np.log(size))
    assert np.isnan(start.alpha).all()
    np.testing.assert_array_equal(start.asc, 0.0)


def test_episodes_are_candidates_times_need_shared_out_over_classes(city):
    found = targets("ambulatory")
    rate = start_demand(city, 0, Parameters(CENTRAL)).need_rate
    np.testing.assert_allclose(found.episodes.sum(2), POOL * rate[:, None])


def test_nest_volumes_add_up_to_use(city):
    found = targets("inpatient")
    use = city.targets.by_quintile("use_rate", "inpatient") * POOL.sum(1)
    np.testing.assert_allclose(found.nest_volume.sum(1), use, rtol=1e-6)


def test_unknown_volumes_are_not_targets(city):
    found = targets("preventive")
    assert np.isnan(found.offer_volume).all()
    offers = city.offers
    window = city.need_offers(city.needs.id.index("inpatient"))
    known = targets("inpatient").offer_volume
    resident = (offers.volume * (1.0 - offers.outsider_share))[window]
    np.testing.assert_array_equal(np.isnan(known), ~offers.volume_known[window])
    np.testing.assert_allclose(known[:-1], resident[:-1])


def test_at_fee_free_levels_the_elasticity_is_that_of_the_private_school(city):
    found = targets("primary")
    assert found.elastic_nest == city.nests[city.needs.id.index("primary")].index("non_public")
    wanted = abs(city.targets.value("elasticity_private_fee", "primary"))
    np.testing.assert_allclose(found.elasticity, wanted)
    assert targets("higher_education").elastic_nest == -1


@pytest.mark.parametrize(
    ("need", "sector"),
    [("inpatient", "health"), ("higher_education", "education"), ("college", "vocational")],
)
def test_elasticities_are_absolute_and_scale_with_their_sector(need, sector):
    once = targets(need)
    scaled = targets(need, **{f"elasticity_scale_{sector}": 1.5})
    assert np.all(once.elasticity > 0.0)
    np.testing.assert_allclose(scaled.elasticity, 1.5 * once.elasticity)


def test_a_city_that_does_not_state_the_own_place_share_leaves_it_free(city):
    table = {
        key: row
        for key, row in city.targets.tables.items()
        if key != ("own_place_share", "inpatient", "all")
    }
    silent = replace(city, targets=replace(city.targets, tables=table))
    assert np.isnan(targets("inpatient", silent).own_place_share)
    assert targets("inpatient").own_place_share == 0.4
