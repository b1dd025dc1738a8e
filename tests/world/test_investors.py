"""Investors: reviews on their own days, licences, construction, school years, growth, exits."""

from dataclasses import replace

import numpy as np
import pytest
import simpy

from pricing.base.calendar import Month, month_of_day, start_day
from pricing.base.draws import Draws
from pricing.engine.base_year import first_levers
from pricing.world.investors import Around, EntryLog, Pipeline, Verdict, begin
from pricing.world.offices import Office
from pricing.world.parameters import Parameters
from tests.builders import socialised_city

GOOD = Verdict(value=1.0, without_rivals=1.0, with_staff=1.0)
BAD = Verdict(value=-1.0, without_rivals=-1.0, with_staff=-1.0)


def around(appraise, losses=None, office=False, until=2033) -> Around:
    city, env = socialised_city(), simpy.Environment()
    parameters = Parameters(city.parameters.central())
    n_units = len(city.units.id)
    return Around(
        env=env,
        city=city,
        levers=first_levers(city, parameters),
        parameters=parameters,
        draws=Draws(1, 1),
        appraise=appraise,
        losses=losses or (lambda: np.zeros(n_units, dtype=np.int64)),
        licensing=Office(env, 1, 30) if office else None,
        pipeline=Pipeline.empty(len(city.candidates.id)),
        log=EntryLog(),
        last_day=start_day(Month.of(until, 1)) - 1,
    )


def lived(world: Around, years: int = 8) -> Around:
    begin(world)
    for number in range(12 * years):
        month = Month(2025 * 12 + number)
        world.env.run(until=start_day(month + 1))
        world.levers.month(month)
    return world


def told(world: Around, event: str) -> dict[str, int]:
    units = world.city.units.id
    return {units[unit]: day for day, unit, name, _ in world.log.told if name == event}


def test_a_good_case_is_licensed_built_opened_and_grows():
    world = lived(around(lambda candidate, committed: GOOD))
    city = world.city
    unit = city.units.id.index("new_hospital_b")
    committed, licensed = told(world, "committed"), told(world, "licensed")
    opened = told(world, "opened")
    assert set(opened) == {"new_hospital_b", "new_school_a", "new_training_c"}
    assert licensed["new_hospital_b"] - committed["new_hospital_b"] == 90
    assert opened["new_hospital_b"] >= licensed["new_hospital_b"] + 730
    assert month_of_day(opened["new_school_a"]).number == 9
    assert world.levers.last("open_share")[unit] == 1.0
    assert world.levers.last("under_construction").sum() == 0.0


def test_ventures_wait_for_leave():
    world = around(lambda candidate, committed: GOOD)
    flag = np.full(len(world.city.candidates.id), 1.0)
    world.levers.propose("joint_venture", flag, by="joint", day=400)
    lived(world)
    assert told(world, "committed")["venture_a"] > 400


def test_a_bad_case_is_reviewed_every_quarter_and_declined():
    world = lived(around(lambda candidate, committed: BAD), years=3)
    reviews = [entry for entry in world.log.told if entry[2] == "review"]
    assert len(reviews) == 8 + 8 + 7
    assert not told(world, "committed")
    declined = [entry for entry in world.log.told if entry[2] == "declined_return"]
    assert len(declined) == len(reviews)


def test_reasons_name_what_alone_holds_a_case_back():
    rivals = Verdict(value=-1.0, without_rivals=1.0, with_staff=1.0)
    staff = Verdict(value=-1.0, without_rivals=-0.5, with_staff=1.0)
    assert rivals.reason == "declined_rivals"
    assert staff.reason == "declined_staff"
    assert BAD.reason == "declined_return"


def test_later_reviews_know_who_committed_before():
    seen = {}

    def appraise(candidate, committed):
        seen[candidate] = committed.copy()
        return GOOD

    world = lived(around(appraise), years=2)
    order = sorted(told(world, "committed").items(), key=lambda item: item[1])
    ids = world.city.candidates.id
    first, second = (ids.index(order[k][0]) for k in (0, 1))
    assert not seen[first].any()
    assert seen[second][first]


def test_licences_queue_for_an_officer():
    free = told(lived(around(lambda *_: GOOD), years=2), "licensed")
    queued = told(lived(around(lambda *_: GOOD, office=True), years=2), "licensed")
    assert all(queued[unit] >= day for unit, day in free.items() if unit in queued)
    assert sum(queued.values()) > sum(free[unit] for unit in queued)


def test_losses_close_a_unit_and_a_group_firm_by_firm():
    city = socialised_city()
    losing = np.zeros(len(city.units.id), dtype=np.int64)
    losing[city.units.id.index("clinics_a")] = 8
    losing[city.units.id.index("private_school_a")] = 8
    world = lived(around(lambda *_: BAD, losses=lambda: losing), years=2)
    share = dict(zip(city.units.id, world.levers.last("open_share"), strict=True))
    firms = city.units.n_firms[city.units.id.index("clinics_a")]
    quarters = 7
    assert share["clinics_a"] == pytest.approx(max(0.0, 1.0 - quarters / firms))
    assert share["private_school_a"] == 0.0
    day = told(world, "closed")["private_school_a"]
    assert month_of_day(day).number == 9
    assert share["hospital_a"] == 1.0


def test_an_unknown_event_is_an_error_and_years_sum_what_was_told():
    log = EntryLog()
    with pytest.raises(KeyError):
        log.tell(0, 0, "nothing")
    log.tell(10, 1, "opened", 1.0)
    log.tell(400, 1, "opened_places", 60.0)
    table = log.by_year(2025, 2026, np.array([0, 1]), 2)
    assert table.sum() == 61.0
    assert table[1, 1].max() == 60.0
    assert replace(GOOD, value=2.0).value == 2.0
