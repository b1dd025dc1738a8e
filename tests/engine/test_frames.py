"""Frames of choice: who reaches which offer, how far it is, and the utility of the way."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.engine.frames import Demand, NeedFrame, fixed_utility, need_frame
from tests.engine.small import calibrated

ROAD = 1.3


@pytest.fixture(scope="module")
def frames(city) -> list[NeedFrame]:
    return [need_frame(city, need, ROAD) for need in range(len(city.needs.id))]


def test_nests_share_out_the_offers_in_order(city, frames):
    for frame in frames:
        covered = np.concatenate([np.arange(frame.n_offers)[nest] for nest in frame.nests])
        np.testing.assert_array_equal(covered, np.arange(frame.n_offers))
        assert len(frame.nests) == len(city.nests[frame.need])
        for number, nest in enumerate(frame.nests):
            np.testing.assert_array_equal(frame.nest[nest], number)
    assert sum(frame.n_offers for frame in frames) == city.offers.unit.size


def test_every_offer_in_the_city_stands_in_one_place_and_its_people_reach_it(city, frames):
    for frame in frames:
        here = city.offers.place[frame.offers] >= 0
        np.testing.assert_array_equal(frame.own_place.sum(0), here.astype(float))
        assert np.all(frame.reach >= frame.own_place)


def test_offers_elsewhere_are_within_reach_of_all_and_have_no_distance(city, frames):
    frame = frames[city.needs.id.index("higher_education")]
    elsewhere = city.offers.place[frame.offers] < 0
    assert elsewhere.any()
    assert np.all(frame.reach[:, elsewhere] == 1.0)
    assert np.all(frame.distance[:, elsewhere] == 0.0)


def test_the_zones_school_takes_its_own_children_only(city, frames):
    frame = frames[city.needs.id.index("primary")]
    zoned = city.offers.reach[frame.offers] == 0.0
    assert zoned.sum() == 3
    np.testing.assert_array_equal(frame.reach[:, zoned], frame.own_place[:, zoned])


def test_reach_is_by_road(city, frames):
    frame = frames[city.needs.id.index("ambulatory")]
    offers = city.offers
    limit = offers.reach[frame.offers]
    far = (frame.distance > limit) & (frame.own_place == 0.0)
    np.testing.assert_array_equal(frame.reach, np.where(far, 0.0, 1.0))
    place = offers.place[frame.offers]
    here = place >= 0
    np.testing.assert_allclose(frame.distance[:, here], ROAD * city.distance[:, place[here]])


def test_worse_roads_bring_nothing_nearer(city, frames):
    for before in frames:
        after = need_frame(city, before.need, 3.0 * ROAD)
        assert np.all(after.reach <= before.reach)
        np.testing.assert_allclose(after.distance, 3.0 * before.distance)
    ambulatory = city.needs.id.index("ambulatory")
    assert need_frame(city, ambulatory, 3.0 * ROAD).reach.sum() < frames[ambulatory].reach.sum()


def demand() -> Demand:
    return calibrated().fits[0].demand


def test_utility_falls_by_the_way_there(frames):
    frame, fitted = frames[0], demand()
    travel = np.arange(5.0) * 1_000.0
    income = np.full(5, 4e6)
    utility = fixed_utility(frame, fitted, (travel, income))
    place, offer = 2, int(np.flatnonzero(frame.reach[2] * frame.distance[2] > 0)[0])
    per_km = fitted.alpha * travel / income + fitted.distance_weight
    expected = fitted.offer_constant[offer] - per_km * frame.distance[place, offer]
    np.testing.assert_allclose(utility[:, place, offer], expected)
    np.testing.assert_array_equal(
        np.isneginf(utility), np.broadcast_to(frame.reach == 0, utility.shape)
    )


def test_without_alpha_and_distance_weight_the_way_does_not_matter(frames):
    frame = frames[0]
    free = replace(demand(), alpha=np.zeros(5), distance_weight=0.0)
    utility = fixed_utility(frame, free, (np.full(5, 9e3), np.full(5, 4e6)))
    reached = frame.reach > 0
    expected = np.broadcast_to(free.offer_constant, reached.shape)
    for quintile in utility:
        np.testing.assert_array_equal(quintile[reached], expected[reached])
