"""The worth of a month in money: its price derivative is use, and crowding does not enter it."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.engine.charges import charges
from pricing.engine.episodes import demand
from pricing.engine.intake import Intakes, intake
from pricing.engine.start import first_state
from pricing.engine.surplus import (
    OPEN_HOURS,
    add_episode_welfare,
    add_waiting,
    blank_welfare,
    money_gain,
)
from pricing.equations.choice import log_sums
from tests.engine.small import (
    calibrated,
    clock_at,
    people,
    quiet_setup,
    quiet_year,
    setup_of,
    still_levers,
    with_levers,
)

SETUP = quiet_setup()
STATE = first_state(SETUP)
TRAVEL, REST = 3, 4


def sought(setup=SETUP, state=STATE, number=REST, rise=0.0, **changes):
    """A month's needs and what they are worth, with all regulated prices a share higher."""
    levers = with_levers(still_levers(), changes)
    prices = state.prices.component * (1.0 + rise)
    priced = charges(setup.calibrated.charge_rules, prices, levers, 1.0, 0.0)
    now = clock_at(2025, number, setup=setup)
    needs = demand(setup, state, now, priced, levers)
    table = blank_welfare(setup)
    for found in needs:
        add_episode_welfare(table, setup, found, now)
    return needs, table


def crowded(setup, state):
    congestion = np.linspace(0.0, 1.0, state.queues.congestion.size)
    return replace(state, queues=replace(state.queues, congestion=congestion))


def without_alpha():
    """The toy city where no price moves the use of outpatient care by the two richest quintiles."""
    fits = list(calibrated().fits)
    alpha = fits[0].demand.alpha.copy()
    alpha[3:] = 0.0
    fits[0] = replace(fits[0], demand=replace(fits[0].demand, alpha=alpha))
    return setup_of(replace(calibrated(), fits=tuple(fits)), people())


@pytest.mark.parametrize("changes", [{}, {"benefit": [1.0, 0.9, 0.7, 0.0]}, {"fee_waiver": 0.5}])
def test_the_price_derivative_of_surplus_is_use(changes):
    step = 1e-5
    low, high = (sought(rise=sign * step, **changes) for sign in (-1.0, 1.0))
    moved = high[1].surplus - low[1].surplus
    here, _ = sought(**changes)
    assert low[1].surplus[:2].sum() > high[1].surplus[:2].sum()
    for found, one, other in zip(here, low[0], high[0], strict=True):
        rise = other.paid.household - one.paid.household
        expected = -np.einsum("qoc,qoc->q", found.volume, rise)
        np.testing.assert_allclose(moved[found.need].sum(0), expected, rtol=1e-6, atol=1e-3)
        assert np.all(expected < 0.0) or rise.max() == 0.0


def test_a_loss_lies_between_what_the_rise_costs_before_and_after():
    """Laspeyres and Paasche: use falls, so the loss is less than the rise at the use before."""
    (before, worth), (after, less) = sought(), sought(rise=0.2)
    loss = (worth.surplus - less.surplus).sum(1)
    for one, other in zip(before, after, strict=True):
        rise = other.paid.household - one.paid.household
        most = np.einsum("qoc,qoc->q", one.volume, rise)
        least = np.einsum("qoc,qoc->q", other.volume, rise)
        assert np.all(least <= loss[one.need])
        assert np.all(loss[one.need] <= most)


def test_at_base_prices_nothing_is_gained():
    _, table = sought()
    assert np.abs(table.surplus).max() < 1e-3  # VND a month


def test_crowding_moves_travel_and_waits_but_no_surplus():
    usual, tight = sought(number=TRAVEL), sought(state=crowded(SETUP, STATE), number=TRAVEL)
    volume = [sum(found.volume.sum() for found in one[0]) for one in (usual, tight)]
    assert volume[1] < 0.999 * volume[0]
    np.testing.assert_allclose(tight[1].surplus, usual[1].surplus, atol=1e-2)
    assert not usual[1].detour_cost.any()
    assert tight[1].detour_cost[0].any()
    np.testing.assert_allclose(
        tight[1].travel_cost - tight[1].detour_cost, usual[1].travel_cost, rtol=1e-9
    )


def test_travel_is_counted_twice_a_year():
    counted = [sought(number=number)[1].travel_km.any() for number in range(1, 13)]
    assert [number for number, one in enumerate(counted, 1) if one] == [3, 9]
    year = np.sum([step.flows.welfare.travel_km for step in quiet_year()], axis=0)
    fit = SETUP.calibrated.fits[0]
    mean = year[0].sum() / (fit.volume.sum() * SETUP.city.needs.trips[0])
    assert fit.frame.distance.min() < mean < fit.frame.distance.max()


def test_where_no_price_moves_use_the_loss_is_the_rise_at_that_use():
    setup = without_alpha()
    rates = calibrated().fits[0]
    (before, worth), (after, less) = (
        sought(setup=setup, state=STATE, rise=rise) for rise in (0.0, 0.1)
    )
    loss = (worth.surplus - less.surplus)[0].sum(0)
    rise = after[0].paid.household - before[0].paid.household
    paid = np.einsum("qoc,qoc->q", before[0].volume, rise)
    np.testing.assert_allclose(after[0].volume[3:], before[0].volume[3:])
    np.testing.assert_allclose(loss[3:], paid[3:], rtol=1e-9)
    assert np.all(loss[:3] < paid[:3])
    assert np.all(rates.demand.alpha > 0.0)


def test_learners_lose_what_dearer_years_cost_the_potential_learners():
    tuition = np.nan_to_num(still_levers()["tuition"])
    now = clock_at(2025, 9)
    found = {}
    for factor in (1.0, 1.001):
        levers = with_levers(still_levers(), {"tuition": tuition * factor, "tuition_frame": np.inf})
        priced = charges(SETUP.calibrated.charge_rules, STATE.prices.component, levers, 1.0, 0.0)
        found[factor] = intake(
            SETUP,
            STATE,
            Intakes(clock=now, charges=priced, levers=levers, opened=SETUP.standing.opened),
        )
    loss = (found[1.0].surplus - found[1.001].surplus).sum((1, 2))
    university = SETUP.city.needs.id.index("higher_education")
    offers = SETUP.calibrated.fits[university].frame.offers
    learners = STATE.learners[university]
    assert learners is not None
    rise = 0.001 * tuition[offers] * SETUP.city.needs.teaching_months[university]
    at_most = float((learners.enrolled.sum((0, 2)) * rise).sum())
    assert 0.5 * at_most < loss[university] < 1.1 * at_most
    assert found[1.0].journeys[university].cost.min() > 0.0


def test_rigid_learners_lose_the_rise_of_what_they_pay():
    fits = list(calibrated().fits)
    need = SETUP.city.needs.id.index("higher_education")
    fits[need] = replace(fits[need], demand=replace(fits[need].demand, alpha=np.zeros(5)))
    setup = setup_of(replace(calibrated(), fits=tuple(fits)), people())
    tuition, worth = np.nan_to_num(still_levers()["tuition"]), []
    for rise in (0.0, 1e6):
        levers = with_levers(
            still_levers(), {"tuition": tuition + rise, "tuition_frame": np.inf, "support": 0.0}
        )
        priced = charges(setup.calibrated.charge_rules, STATE.prices.component, levers, 1.0, 0.0)
        month = Intakes(
            clock=clock_at(2025, 9, setup=setup),
            charges=priced,
            levers=levers,
            opened=setup.standing.opened,
        )
        worth.append(intake(setup, STATE, month).surplus[need])
    assert np.all(worth[1] <= worth[0])
    assert np.any(worth[1] < worth[0])


def test_waits_cost_hours_in_line_and_a_share_of_days_on_a_list():
    table = blank_welfare(SETUP)
    offers = SETUP.city.offers.unit.size
    income = np.full(5, 176.0)  # one VND an hour
    add_waiting(table, SETUP, np.ones((5, offers)), np.ones(offers), income)
    parameters = SETUP.calibrated.parameters
    number = SETUP.calibrated.fits[0].frame.offers
    visits = number.stop - number.start
    np.testing.assert_allclose(table.waiting[0], visits)
    hourly = parameters["time_value_share"] * OPEN_HOURS
    np.testing.assert_allclose(table.waiting_cost[0], visits * hourly)
    stays = table.waiting[1]
    daily = parameters["waiting_value_share"] * 176.0 * 12.0 / 365.0
    np.testing.assert_allclose(table.waiting_cost[1], stays * daily)
    assert not table.waiting[SETUP.city.needs.is_enrolment].any()


def test_the_level_counts_from_the_base_year():
    found = sought()[0][0]
    fit = SETUP.calibrated.fits[0]
    assert (
        np.abs(
            money_gain(
                SETUP, 0, found.episodes, log_sums(fit.choice), SETUP.calibrated.income_month
            )
        ).max()
        == 0.0
    )
