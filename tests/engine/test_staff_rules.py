"""Where posts are, what pay by law comes to, and what vacancies and pay do to offers."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.engine.base_year import base_levers
from pricing.engine.calibrate import prepare
from pricing.engine.staff_rules import (
    cost_index,
    filled,
    first_staff,
    grade_index,
    non_public_pay,
    posts_at,
    relative_pay,
    staff_rules,
    staffed_cost,
)
from pricing.engine.standing import offer_rules
from pricing.engine.sums import sums
from pricing.equations.staffing import NON_PUBLIC, PUBLIC
from pricing.scenario.scenario import NonPublicSpec
from pricing.world.levers import LeverValues
from tests.builders import socialised_city, toy_city

HEALTH = 0


def rules_of(city, spec):
    known = prepare(city, city.parameters.central())
    return staff_rules(city, known, offer_rules(city, known), sums(city, known), spec)


@pytest.fixture(scope="module")
def city():
    return socialised_city()


@pytest.fixture(scope="module")
def rules(city):
    return rules_of(city, NonPublicSpec(staff=True))


def test_there_are_no_rules_without_the_switch_or_the_table(city):
    assert rules_of(city, NonPublicSpec()) is None
    assert rules_of(toy_city(), NonPublicSpec(staff=True)) is None


def test_posts_of_the_base_year_are_heads_and_vacancies(city, rules):
    vacant = 1.0 - rules.heads[PUBLIC] / rules.posts[PUBLIC]
    assert np.allclose(vacant, city.staff.vacancy_share)
    assert np.array_equal(rules.posts[NON_PUBLIC], city.staff.non_public)
    assert np.array_equal(posts_at(rules, rules.opened), rules.posts)


def test_posts_of_standing_units_add_up_to_the_non_public_staff(city, rules):
    slots = city.candidates.unit
    standing = np.delete(rules.unit_posts, slots, axis=1)
    assert np.allclose(standing.sum(1), city.staff.non_public)
    assert not rules.unit_posts[:, city.units.is_public].any()


def test_posts_of_a_slot_are_its_places_times_posts_a_place(city, rules):
    candidates = city.candidates
    wanted = candidates.places * candidates.posts_place
    assert np.allclose(rules.unit_posts[:, candidates.unit].sum(0), wanted)
    same = rules.sector[:, None] == candidates.sector
    assert np.array_equal(rules.unit_posts[:, candidates.unit] > 0, same)


def test_a_city_whose_units_all_close_has_no_non_public_posts(rules):
    posts = posts_at(rules, np.zeros(rules.opened.size))
    assert np.allclose(posts[NON_PUBLIC], 0.0, atol=1e-9)
    assert (posts >= 0.0).all()


def changed(city, rules, **values):
    levers = base_levers(city, city.parameters.central())
    return LeverValues({**levers.values, **values}, {**levers.at_end, **values})


def test_pay_by_law_is_the_base_salary_times_one_and_the_allowance(city, rules):
    base = rules.base_levers
    doubled = changed(city, rules, base_salary=2.0 * base["base_salary"])
    assert np.allclose(grade_index(rules, doubled), 2.0)
    even = replace(
        rules,
        base_levers=changed(city, rules, allowance=np.full_like(base["allowance"], 0.25)),
    )
    raised = changed(city, rules, allowance=np.full_like(base["allowance"], 0.5))
    assert np.allclose(grade_index(even, raised), 1.5 / 1.25)


def test_all_posts_are_as_filled_as_ever_in_the_base_year(city, rules):
    assert np.allclose(filled(rules, first_staff(rules)), 1.0)
    assert filled(rules, first_staff(rules)).size == city.offers.unit.size


def test_filled_weighs_professions_by_their_work_and_knows_the_side(city, rules):
    staff = first_staff(rules)
    heads = np.array(staff.heads)
    doctor = rules.id.index("doctor")
    heads[NON_PUBLIC, doctor] *= 0.5
    found = filled(rules, replace(staff, heads=heads))
    private = (rules.side == NON_PUBLIC) & (rules.offer_sector == HEALTH)
    assert np.allclose(found[private], 1.0 - 0.5 * rules.work[doctor])
    assert np.allclose(found[~private], 1.0)


def test_closed_posts_count_as_filled(rules):
    staff = first_staff(rules)
    gone = np.array([[1.0], [0.0]])
    closed = replace(staff, heads=staff.heads * gone, posts=staff.posts * gone)
    assert np.allclose(filled(rules, closed), 1.0)


def with_pay(rules, public: float, non_public: float):
    staff = first_staff(rules)
    return replace(staff, pay=staff.pay * np.array([[public], [non_public]]))


def test_relative_pay_is_non_public_over_public(rules):
    assert np.allclose(relative_pay(rules, with_pay(rules, 1.2, 1.5)), 1.25)


def test_cost_moves_with_non_public_pay_by_the_share_of_labour(rules):
    staff = with_pay(rules, 1.3, 1.2)
    private = (rules.side == NON_PUBLIC) & (rules.offer_sector >= 0)
    assert np.allclose(cost_index(rules, staff)[private], 1.0 + 0.2 * rules.labour_share[private])
    assert np.array_equal(cost_index(rules, staff)[~private], np.ones((~private).sum()))
    assert np.array_equal(non_public_pay(rules, staff), np.where(private, 1.2, 1.0))
    assert ((rules.labour_share > 0.0) & (rules.labour_share < 1.0)).all()


def test_only_non_public_labour_is_paid_off_the_scale_of_the_law(rules):
    own = np.full((rules.labour.size, 4), 7.0)
    paid = staffed_cost(rules, with_pay(rules, 1.3, 1.2), own, 1.5)
    private = (rules.side == NON_PUBLIC) & (rules.offer_sector >= 0)
    assert np.allclose(paid[private, 0], rules.labour[private] * 1.2 * 1.5)
    assert np.array_equal(paid[~private], own[~private])
    assert np.array_equal(paid[:, 1:], own[:, 1:])
    assert staffed_cost(None, None, own, 1.5) is own
