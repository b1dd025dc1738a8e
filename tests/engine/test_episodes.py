"""Demand for episodes: at base prices the base volumes; then by price, season and growth."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.engine.charges import charges
from pricing.engine.episodes import NeedDemand, demand, serve_need
from tests.engine.small import (
    clock_at,
    first_state,
    quiet_setup,
    setup_of,
    still_levers,
    with_levers,
)

SETUP = quiet_setup()
STATE = first_state(SETUP)


def wanted(
    setup=SETUP, state=STATE, year: int = 2025, number: int = 1, **changes
) -> list[NeedDemand]:
    levers = with_levers(still_levers(), changes)
    priced = charges(setup.calibrated.charge_rules, state.prices.component, levers, 1.0, 0.0)
    return demand(setup, state, clock_at(year, number, setup=setup), priced, levers)


def test_only_episode_needs_are_sought_month_by_month(city):
    found = [one.need for one in wanted()]
    assert found == [n for n, enrolled in enumerate(city.needs.is_enrolment) if not enrolled]


@pytest.mark.parametrize("number", range(1, 13))
def test_at_base_prices_a_month_is_a_twelfth_of_the_base_year_in_season(number, city, calibrated):
    for found in wanted(number=number):
        fit = calibrated.fits[found.need]
        season = city.season[found.need, number - 1]
        np.testing.assert_allclose(found.volume, fit.volume * season / 12.0, rtol=1e-9)


def test_the_months_make_up_the_base_year(calibrated):
    year = [wanted(number=number) for number in range(1, 13)]
    for needs in zip(*year, strict=True):
        total = sum(found.volume for found in needs)
        np.testing.assert_allclose(total, calibrated.fits[needs[0].need].volume, rtol=1e-6)


def test_a_higher_benefit_brings_patients_of_its_class_only():
    before, after = wanted(), wanted(benefit=[1.0, 0.95, 0.9, 0.0])
    inpatient = 1
    change = after[inpatient].volume - before[inpatient].volume
    assert change[:, :, 2].sum() > 0.0
    np.testing.assert_allclose(change[:, :, [0, 1, 3]], 0.0, atol=1e-9)


def test_congestion_moves_people_to_other_offers():
    congestion = STATE.queues.congestion.copy()
    hospital = int(np.flatnonzero(SETUP.queues.offer == 3)[0])
    congestion[hospital] = 0.5
    crowded = replace(STATE, queues=replace(STATE.queues, congestion=congestion))
    change = (wanted(state=crowded)[0].volume - wanted()[0].volume).sum((0, 2))
    assert change[3] < 0.0
    assert np.all(np.delete(change, 3) > 0.0)
    assert change.sum() < 0.0


def test_better_quality_attracts():
    quality = STATE.quality.copy()
    quality[3] += 0.2
    change = (wanted(state=replace(STATE, quality=quality))[0].volume - wanted()[0].volume).sum(
        (0, 2)
    )
    assert change[3] > 0.0
    assert np.all(np.delete(change, 3) < 0.0)


def test_people_who_get_richer_need_more(calibrated):
    growing = setup_of(calibrated, SETUP.people, real_growth=0.05)
    before, after = wanted(growing), wanted(growing, year=2029)
    elasticity = growing.economy.need_elasticity
    for one, other in zip(before, after, strict=True):
        growth = 1.05 ** (4.0 * elasticity[one.need])
        # classes change over the years, people do not
        np.testing.assert_allclose(
            other.episodes.sum(2), one.episodes.sum(2) * growth[:, None], rtol=1e-9
        )


def test_a_shock_scales_the_month(calibrated):
    shocked = setup_of(calibrated, SETUP.people, shocks=True)
    for one, other in zip(wanted(), wanted(shocked), strict=True):
        factor = shocked.chance.demand[0, one.need]
        np.testing.assert_allclose(other.volume, factor * one.volume, rtol=1e-9)


def test_what_is_served_is_paid_by_somebody(calibrated):
    for found in wanted():
        fit = calibrated.fits[found.need]
        n = fit.frame.n_offers
        served = serve_need(SETUP, found, np.full(n, 0.8), np.full(n, 0.2))
        np.testing.assert_allclose(served.volume, 0.8 * found.volume.sum(2), rtol=1e-12)
        paid = served.household + served.fund + served.support
        charged = calibrated.charges.charged[fit.frame.offers] + fit.rules.top_up
        extra = fit.rules.charges
        np.testing.assert_allclose(paid, served.volume * (charged + extra), rtol=1e-9)
        np.testing.assert_allclose(served.unmet, 0.2 * served.demand, rtol=1e-12)


def test_places_add_up_to_the_city(calibrated):
    for found in wanted():
        n = calibrated.fits[found.need].frame.n_offers
        factor = np.linspace(0.5, 1.0, n)
        served = serve_need(SETUP, found, factor, 1.0 - factor)
        nests = calibrated.fits[found.need].frame.nests
        by_nest = np.array([served.volume[:, nest].sum() for nest in nests])
        np.testing.assert_allclose(served.place_volume.sum(1), by_nest, rtol=1e-9)
        np.testing.assert_allclose(
            served.place_household.sum(1), served.household.sum(1), rtol=1e-9
        )
        without = found.episodes.sum() - found.volume.sum()
        assert served.self_treated.sum() == pytest.approx(without, rel=1e-9)


def test_a_need_that_nobody_seeks_is_served_to_nobody():
    found = replace(
        wanted()[0],
        episodes=np.zeros_like(wanted()[0].episodes),
        volume=np.zeros_like(wanted()[0].volume),
        by_quintile=np.zeros_like(wanted()[0].by_quintile),
    )
    n = found.volume.shape[1]
    served = serve_need(SETUP, found, np.ones(n), np.zeros(n))
    for name in ("volume", "household", "fund", "support", "place_volume", "self_treated"):
        np.testing.assert_array_equal(getattr(served, name), 0.0, err_msg=name)
