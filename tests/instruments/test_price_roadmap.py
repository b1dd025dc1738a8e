"""The roadmap: prices move by decisions, on dates that slip, wait, queue or freeze."""

from datetime import date, timedelta
from itertools import permutations

import numpy as np
import pytest
from pydantic import ValidationError

from pricing.base.calendar import Month
from pricing.instruments._presets import PRESETS
from pricing.world.quantities import COMPONENTS
from tests.builders import toy_city
from tests.instruments.life import instrument, live

CITY = toy_city()
VISIT = CITY.norms.id.index("visit_city")
STAY = CITY.norms.id.index("stay_district")
SCHOOL = CITY.norms.id.index("primary_public")
PRIVATE = CITY.norms.id.index("visit_private")
MANAGEMENT, DEPRECIATION = COMPONENTS.index("management"), COMPONENTS.index("depreciation")
URBAN, DISADVANTAGED = 0, 2

HEALTH = {
    "kind": "price_roadmap",
    "sector": "health",
    "included": {"management": {"2027": 0.5, "2028": 1.0}, "depreciation": {"2030": 1.0}},
}


def test_each_dated_step_is_decided_and_holds_from_its_date():
    life = live({"road": HEALTH})
    shares = [life.at(year, 6, "included")[VISIT, URBAN] for year in (2026, 2027, 2028, 2030)]
    np.testing.assert_array_equal(
        shares, [[1, 1, 0, 0], [1, 1, 0.5, 0], [1, 1, 1, 0], [1, 1, 1, 1]]
    )
    assert life.decisions(VISIT) == [date(2027, 1, 1), date(2028, 1, 1), date(2030, 1, 1)]


def test_only_list_prices_of_the_sector_move():
    life = live({"road": HEALTH})
    assert life.at(2035, 12, "included")[SCHOOL, URBAN, MANAGEMENT] == 0.0
    assert life.at(2035, 12, "included")[PRIVATE, URBAN, MANAGEMENT] == 0.0
    assert life.decisions(SCHOOL) == []
    one = live({"road": {**HEALTH, "services": ["inpatient_stay"]}})
    assert one.decisions(VISIT) == []
    assert len(one.decisions(STAY)) == 3


def test_places_limit_it():
    life = live({"road": {**HEALTH, "places": ["urban", "rural"]}})
    included = life.at(2035, 12, "included")[VISIT]
    np.testing.assert_array_equal(included[:, MANAGEMENT], [1, 1, 0])
    assert life.decisions(VISIT, DISADVANTAGED) == []


def test_its_life_begins_and_ends_on_its_days():
    life = live({"road": {**HEALTH, "from": "2029-03", "until": "2032"}})
    assert life.decisions(VISIT)[0] == date(2029, 3, 1)
    assert life.at(2029, 2, "included")[VISIT, URBAN, MANAGEMENT] == 0.0
    assert life.at(2032, 12, "included")[VISIT, URBAN, MANAGEMENT] == 1.0
    assert life.at(2033, 1, "included")[VISIT, URBAN, MANAGEMENT] == 0.0
    assert life.decisions(VISIT)[-1] == date(2030, 1, 1)


def test_nothing_is_filed_or_heard_after_its_end():
    life = live({"road": {**HEALTH, "until": "2029-12-10"}}, office=(1, 10))
    filed = [request.filed for request in life.offices["price_appraisal"].requests]
    assert max(filed) < 1826
    waiting = live({"road": {**HEALTH, "until": "2027-01-05"}}, office=(1, 10))
    assert waiting.decisions(VISIT) == []
    assert len(waiting.offices["price_appraisal"].requests) == 4


def test_a_linear_path_is_decided_each_january():
    path = {"2027-07-01": 0.2, "2030-07-01": 0.8}
    life = live({"road": {**HEALTH, "included": {"management": path}, "between": "linear"}})
    days = [date(2027, 7, 1), *(date(y, 1, 1) for y in (2028, 2029, 2030)), date(2030, 7, 1)]
    assert life.decisions(VISIT) == days
    shares = [life.at(day.year, day.month, "included")[VISIT, URBAN, MANAGEMENT] for day in days]
    assert shares[0] == 0.2
    assert shares[-1] == 0.8
    assert shares == pytest.approx([0.2, 0.3, 0.5, 0.7, 0.8], abs=0.002)


def test_accumulation_enters_on_its_date():
    life = live({"road": {"kind": "price_roadmap", "accumulation_rate": {"2029": "5 %"}}})
    assert life.at(2028, 12, "accumulation_rate")[VISIT] == 0.0
    assert life.at(2029, 1, "accumulation_rate")[VISIT] == 0.05
    assert life.decisions(SCHOOL) == [date(2029, 1, 1)]


def test_a_step_waits_for_low_inflation_and_for_the_funds_reserve():
    def figures(month: Month) -> tuple[float, float]:
        return (0.08 if month.year < 2028 else 0.03, 1.0 if month < Month.of(2029, 5) else 4.0)

    inflation = live({"road": {**HEALTH, "wait_while_inflation_above": "5 %"}}, figures=figures)
    # the figures of January 2028 are known on 1 February
    assert inflation.decisions(VISIT)[0] == date(2028, 2, 1)
    reserve = live({"road": {**HEALTH, "stop_while_reserve_below_months": 3}}, figures=figures)
    assert reserve.decisions(VISIT)[0] == date(2029, 6, 1)
    never = live(
        {"road": {**HEALTH, "stop_while_reserve_below_months": 3}}, figures=lambda m: (0.0, 1.0)
    )
    assert never.decisions(VISIT) == []


SLIP = {"distribution": "triangular", "low": 0, "mode": 6, "high": 36}


def test_a_fixed_slip_moves_every_step():
    life = live({"road": {**HEALTH, "slip": 12}})
    assert life.decisions(VISIT) == [date(2028, 1, 1), date(2028, 12, 31), date(2031, 1, 1)]


def test_scenarios_that_share_a_roadmap_share_the_slip_and_chance_moves_it():
    first = live({"road": {**HEALTH, "slip": SLIP}}).decisions(VISIT)
    again = live({"other_name": {**HEALTH, "slip": SLIP}, "law": {"kind": "law_path"}})
    assert again.decisions(VISIT) == first
    assert live({"road": {**HEALTH, "slip": SLIP}}, seed=2).decisions(VISIT) != first
    schools = live({"road": {**HEALTH, "sector": "education", "slip": SLIP}}).decisions(SCHOOL)
    assert schools != first


def test_steps_never_overtake_each_other():
    wide = {"distribution": "uniform", "low": 0, "high": 120}
    for seed in range(1, 12):
        life = live({"road": {**HEALTH, "slip": wide}}, seed=seed)
        shares = [value.last("included")[VISIT, URBAN] for value in life.months.values()]
        assert np.all(np.diff(shares, axis=0) >= 0.0)


def test_one_officer_decides_one_price_at_a_time_in_the_order_of_addresses():
    life = live({"road": {**HEALTH, "included": {"management": {"2027": 1.0}}}}, office=(1, 30))
    first, *others = sorted(
        life.offices["price_appraisal"].requests, key=lambda request: request.granted or 0
    )
    assert first.address == ("health", "commune_consultation", "road")
    assert [request.granted for request in others] == [760, 790, 820]
    start = date(2027, 1, 1)
    assert life.decisions(VISIT) == [start + timedelta(days=60)]
    assert life.decisions(STAY) == [start + timedelta(days=90)]


def test_any_order_of_instruments_that_ask_on_one_day_gives_one_result():
    roads = {
        "a_health": HEALTH,
        "b_schools": {**HEALTH, "sector": "education", "included": {"management": {"2027": 1.0}}},
        "c_training": {**HEALTH, "sector": "vocational", "included": {"management": {"2027": 1}}},
    }
    found = set()
    for order in permutations(roads):
        life = live({name: roads[name] for name in order}, office=(2, 20), last_year=2029)
        found.add(
            b"".join(
                value[lever].tobytes()
                for value in life.months.values()
                for lever in ("included", "price_decision")
            )
        )
    assert len(found) == 1


def test_a_freeze_keeps_prices_whoever_decides():
    freeze = {"kind": "price_roadmap", "sector": "health", "freeze": True, "from": "2028"}
    life = live({"road": HEALTH, "stop": {**freeze, "places": ["disadvantaged"]}})
    assert life.decisions(VISIT, DISADVANTAGED) == [date(2027, 1, 1)]
    assert life.decisions(VISIT, URBAN)[-1] == date(2030, 1, 1)
    np.testing.assert_array_equal(
        life.at(2035, 12, "included")[VISIT, :, MANAGEMENT], [1.0, 1.0, 0.5]
    )
    assert live({"road": HEALTH, "stop": freeze}).decisions(VISIT) == [date(2027, 1, 1)]


@pytest.mark.parametrize(
    ("preset", "expected"),
    [
        ("decree_85_2012", {"direct": 2027, "labour": 2029, "management": 2033}),
        ("decree_16_2015", {"labour": 2027, "management": 2029, "depreciation": 2031}),
        ("ministry_plan_2019", {"management": 2027, "depreciation": 2029}),
        ("decree_60_2021", {"management": 2027, "depreciation": 2027}),
    ],
)
def test_statutory_roadmaps_can_be_replayed(preset, expected):
    life = live({"road": {"kind": "price_roadmap", "preset": preset, "replay_from": "2027"}})
    for component, year in expected.items():
        place = COMPONENTS.index(component)
        attributed = life.at(year, 1, "included")[VISIT, URBAN, place]
        assert attributed == 1.0
        assert date(year, 1, 1) in life.decisions(VISIT)
    assert life.at(2035, 12, "included")[VISIT, URBAN].sum() == 4.0
    assert PRESETS[preset].citation


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"freeze": True, "included": {"management": {"2027": 1.0}}},
        {"preset": "decree_16_2015"},
        {"replay_from": "2027", "included": {"management": {"2027": 1.0}}},
        {
            "preset": "decree_16_2015",
            "replay_from": "2027",
            "included": {"management": {"2027": 1.0}},
        },
        {"included": {"management": {"2027": 1.2}}},
        {"included": {"management": {}}},
        {"included": {"management": {"soon": 1.0}}},
        {"inclded": {"management": {"2027": 1.0}}},
        {"included": {"management": {"2027": 1.0}}, "slip": {"distribution": "normal"}},
        {
            "included": {"management": {"2027": 1.0}},
            "slip": {"distribution": "uniform", "low": 9, "high": 1},
        },
        {"included": {"management": {"2027": 1.0}}, "slip": True},
    ],
)
def test_what_makes_no_sense_is_refused(keys):
    with pytest.raises(ValidationError):
        instrument({"kind": "price_roadmap", **keys})
