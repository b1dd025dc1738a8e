"""School years: learners are conserved, cohorts walk through the grades, seats bind."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from pricing.base.arrays import Array
from pricing.city.population import Population
from pricing.engine.charges import charges
from pricing.engine.intake import Intake, Intakes, intake, learners_of
from pricing.engine.setup import Setup
from pricing.equations.choice import offer_shares
from pricing.world.state import State
from tests.builders import toy_city
from tests.engine.small import (
    calibrated,
    clock_at,
    first_state,
    people,
    quiet_setup,
    setup_of,
    still_levers,
    with_levers,
)

CITY = toy_city()
ID = CITY.needs.id
SCHOOL = ("preschool", "primary", "lower_secondary", "upper_secondary")
UPPER = ID.index("upper_secondary")
LAST = 2038


def school_year(
    setup: Setup, state: State, year: int, levers: Mapping[str, object] | None = None
) -> Intake:
    """The intake of September of a year at base-year prices, or at changed levers."""
    values = with_levers(still_levers(), levers or {})  # type: ignore[arg-type]  # numbers and arrays
    prices = state.prices.component
    priced = charges(setup.calibrated.charge_rules, prices, values, 1.0, 0.0)
    month = Intakes(
        clock=clock_at(year, 9, setup=setup),
        charges=priced,
        levers=values,
        opened=setup.standing.opened,
    )
    return intake(setup, state, month)


def years(setup: Setup, first: int, last: int) -> list[tuple[State, Intake]]:
    """Intakes in a row; each with the state before it."""
    state, found = first_state(setup), []
    for year in range(first, last + 1):
        made = school_year(setup, state, year)
        found.append((state, made))
        state = replace(state, learners=made.learners)
    return found


def stock(made: Intake, name: str) -> Array:
    learners = made.learners[ID.index(name)]
    assert learners is not None
    return learners.stock


def test_other_months_move_nobody():
    state = first_state(quiet_setup())
    month = Intakes(
        clock=clock_at(2025, 8),
        charges=calibrated().charges,
        levers=still_levers(),
        opened=quiet_setup().standing.opened,
    )
    made = intake(quiet_setup(), state, month)
    assert made.schooling is None
    assert made.learners == state.learners
    assert made.demand.sum() == made.unmet.sum() == 0.0


@pytest.mark.parametrize("variant", ["central", "low", "high"])
def test_learners_are_conserved(variant):
    setup = setup_of(calibrated(), people(variant))
    for state, made in years(setup, 2025, 2030):
        moves = made.schooling
        assert moves is not None
        np.testing.assert_allclose(
            moves.opening + moves.entrants,
            moves.completed + moves.dropped + moves.closing,
            rtol=1e-12,
        )
        for need, after in enumerate(made.learners):
            before = state.learners[need]
            if before is None or after is None:
                continue
            np.testing.assert_allclose(moves.opening[need], before.stock.sum((0, 2, 3, 4)))
            np.testing.assert_allclose(moves.closing[need], after.stock.sum((0, 2, 3, 4)))
            assert np.all(after.stock >= 0.0)


def test_who_seeks_a_place_enters_or_is_unmet():
    for _, made in years(quiet_setup(), 2025, 2027):
        assert made.schooling is not None
        np.testing.assert_allclose(
            made.schooling.entrants + made.unmet, made.demand, rtol=1e-9, atol=1e-9
        )
        assert np.all(made.unmet >= 0.0)


def test_constant_people_keep_every_stock_where_it_is():
    first = first_state(quiet_setup())
    _, last = years(quiet_setup(), 2025, 2030)[-1]
    for before, after in zip(first.learners, last.learners, strict=True):
        if before is not None and after is not None:
            np.testing.assert_allclose(
                after.stock.sum((1, 2, 3, 4)), before.stock.sum((1, 2, 3, 4)), rtol=1e-6
            )


def one_small_cohort(born: int) -> Population:
    """Constant people, of whom half as many were born in one year."""
    residents = people("constant", LAST)
    births = {**residents.births, born: 0.5 * residents.births[born]}
    return replace(residents, births=births)


def test_a_small_cohort_walks_through_the_twelve_grades():
    # born in 2020: in grade 1 from September 2026, in grade 12 from September 2037
    usual = years(setup_of(calibrated(), people("constant", LAST)), 2025, LAST)
    small = years(setup_of(calibrated(), one_small_cohort(2020)), 2025, LAST)
    grades = [
        (name, grade)
        for name, count in (("primary", 5), ("lower_secondary", 4), ("upper_secondary", 3))
        for grade in range(count)
    ]
    for step, (_, made) in enumerate(small):
        year = 2025 + step
        for number, (name, grade) in enumerate(grades):
            ratio = stock(made, name)[grade].sum() / stock(usual[step][1], name)[grade].sum()
            expected = 0.5 if year == 2026 + number else 1.0
            assert ratio == pytest.approx(expected, rel=0.02), (year, name, grade)


def test_dearer_schools_lose_learners_and_cheaper_ones_keep_them():
    state = first_state(quiet_setup())
    need = ID.index("higher_education")
    usual = school_year(quiet_setup(), state, 2025)
    dear = school_year(quiet_setup(), state, 2025, {"tuition": 3e6, "tuition_frame": np.inf})
    free = school_year(quiet_setup(), state, 2025, {"support": 1.0})
    assert usual.schooling is not None
    assert dear.schooling is not None
    assert free.schooling is not None
    assert np.all(dear.schooling.dropped[need] > usual.schooling.dropped[need])
    assert np.all(free.schooling.dropped[need] < usual.schooling.dropped[need])
    assert np.all(dear.demand[need] < usual.demand[need])
    assert np.all(free.demand[need] > usual.demand[need])


def with_seats(name: str, seats: Array) -> Setup:
    need = ID.index(name)
    found = list(quiet_setup().seats)
    found[need] = seats
    return replace(quiet_setup(), seats=tuple(found))


def upper_seats(scale: float) -> Array:
    """Seats of the upper secondary schools: a part in place a, plenty elsewhere."""
    seats = quiet_setup().seats[UPPER]
    assert seats is not None
    return np.asarray(seats * np.array([scale, 2.0, 2.0, 2.0, 4.0]))


def entrants_by_offer(made: Intake, name: str) -> Array:
    total: Array = stock(made, name)[0].sum((0, 1, 3))
    return total


def test_refused_applicants_of_upper_secondary_go_where_seats_are_left():
    state = first_state(quiet_setup())
    usual = school_year(quiet_setup(), state, 2025)
    scarce = school_year(with_seats("upper_secondary", upper_seats(0.8)), state, 2025)
    before, after = (entrants_by_offer(made, "upper_secondary") for made in (usual, scarce))
    assert after[0] < 0.8 * before[0]
    assert np.all(after[1:] > before[1:])
    turned_away = scarce.unmet[UPPER].sum()
    assert after.sum() + turned_away == pytest.approx(before.sum(), rel=1e-9)


@pytest.mark.parametrize("scale", np.linspace(0.70, 0.84, 8).tolist())
def test_who_is_refused_stays_away_only_if_that_was_the_better_second_choice(scale):
    state = first_state(quiet_setup())
    usual = school_year(quiet_setup(), state, 2025)
    seats = upper_seats(scale)
    scarce = school_year(with_seats("upper_secondary", seats), state, 2025)
    learners = stock(scarce, "upper_secondary").sum((0, 1, 2, 4))
    assert learners[0] == pytest.approx(seats[0], rel=1e-9)
    refused = (stock(usual, "upper_secondary") - stock(scarce, "upper_secondary"))[0][:, :, 0]
    choice = calibrated().fits[UPPER].choice
    others = 1.0 - offer_shares(choice)[:, :, 0]
    stays_away = choice.outside_probability / others
    np.testing.assert_allclose(scarce.unmet[UPPER], (refused * stays_away).sum((1, 2)), rtol=1e-6)


def test_scores_let_the_better_off_into_scarce_schools():
    state = first_state(quiet_setup())
    usual = school_year(quiet_setup(), state, 2025)
    scarce = school_year(with_seats("upper_secondary", upper_seats(0.8)), state, 2025)
    kept = stock(scarce, "upper_secondary")[0][:, :, 0].sum((1, 2)) / stock(
        usual, "upper_secondary"
    )[0][:, :, 0].sum((1, 2))
    assert np.all(np.diff(kept) > 0.0)


def test_other_levels_turn_away_in_proportion():
    need = ID.index("college")
    seats = quiet_setup().seats[need]
    assert seats is not None
    scarce = with_seats("college", np.asarray(seats * 0.7))
    made = school_year(scarce, first_state(scarce), 2025)
    learners = stock(made, "college").sum((0, 1, 2, 4))
    assert np.all(learners <= seats * 0.7 * (1.0 + 1e-9))
    assert made.unmet[need].sum() > 0.0
    share = made.unmet[need] / made.demand[need]
    np.testing.assert_allclose(share, share[0], rtol=0.2)


def test_no_seat_no_entrant():
    need = ID.index("college")
    none = with_seats("college", np.zeros(2))
    made = school_year(none, first_state(none), 2025)
    assert entrants_by_offer(made, "college").sum() == 0.0
    np.testing.assert_allclose(made.unmet[need], made.demand[need])


def test_zones_take_every_child():
    for name in SCHOOL[:3]:
        seats = quiet_setup().seats[ID.index(name)]
        assert seats is not None
        assert np.isinf(seats[:3]).all()
        assert np.isfinite(seats[3:]).all()


def test_sums_of_learners_are_those_of_the_stock():
    grades = np.arange(2.0 * 5 * 3 * 2 * 3).reshape(2, 5, 3, 2, 3)
    found = learners_of(grades)
    np.testing.assert_array_equal(found.enrolled, grades.sum((0, 2)))
    np.testing.assert_array_equal(found.by_place, grades.sum((0, 3, 4)))
    np.testing.assert_allclose(found.place_share.sum(1), 1.0)
    nobody = learners_of(0.0 * grades)
    np.testing.assert_array_equal(nobody.place_share, 0.0)
