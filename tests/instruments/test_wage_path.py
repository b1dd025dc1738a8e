"""Pay and prices: rises by steps, and the price decisions that follow them."""

from datetime import date, timedelta

import numpy as np
import pytest
from pydantic import ValidationError

from tests.builders import toy_city
from tests.instruments.life import instrument, live

CITY = toy_city()
VISIT = CITY.norms.id.index("visit_city")
LAW = {"kind": "law_path"}
WAGES = {"kind": "wage_path", "step_interval": 3, "step_rise": "10 %"}
LAW_RISE = date(2026, 7, 1)


def salaries(life, *years: int) -> list[float]:
    return [float(life.at(year, 12, "base_salary")) for year in years]


def test_steps_follow_the_laws_last_rise():
    life = live({"law": LAW, "wages": WAGES})
    assert salaries(life, 2025, 2026, 2028, 2029, 2031, 2032, 2035) == pytest.approx(
        [2.34e6, 2.53e6, 2.53e6, 2.783e6, 2.783e6, 3.0613e6, 3.36743e6]
    )
    assert life.at(2029, 6, "base_salary") == 2.53e6
    assert life.at(2029, 7, "base_salary") == pytest.approx(2.783e6)


def test_parameters_give_the_steps_that_are_not_written():
    changes = {"base_salary_step_interval": 1.0, "base_salary_step_rise": 0.05}
    life = live({"law": LAW, "wages": {"kind": "wage_path"}}, changes=changes)
    assert salaries(life, 2027, 2028) == pytest.approx([2.53e6 * 1.05, 2.53e6 * 1.05**2])


def test_a_path_of_amounts_replaces_the_steps():
    path = {"2028-01": "2,8 triệu đồng", "2031-07": 3.2e6}
    life = live({"law": LAW, "wages": {"kind": "wage_path", "base_salary": path}})
    assert salaries(life, 2027, 2028, 2030, 2035) == [2.53e6, 2.8e6, 2.8e6, 3.2e6]


def test_hold_leaves_only_the_law():
    life = live({"law": LAW, "wages": {"kind": "wage_path", "hold": True}})
    assert salaries(life, 2025, 2026, 2035) == [2.34e6, 2.53e6, 2.53e6]
    assert len(life.decisions(VISIT)) == 1


def test_a_later_start_takes_only_later_steps():
    life = live({"law": LAW, "wages": {**WAGES, "from": "2030"}})
    assert salaries(life, 2029, 2031) == [2.53e6, 2.53e6]
    assert salaries(life, 2032) == pytest.approx([2.53e6 * 1.1**2])


def test_prices_follow_each_rise_after_the_lag_and_only_then():
    life = live({"law": LAW, "wages": WAGES}, changes={"price_decision_lag": 6.0})
    assert life.decisions(VISIT) == [
        rise + timedelta(days=183)
        for rise in (LAW_RISE, date(2029, 7, 1), date(2032, 7, 1), date(2035, 7, 1))
    ]
    longer = live({"law": LAW, "wages": WAGES}, changes={"price_decision_lag": 9.0})
    assert longer.decisions(VISIT)[0] > life.decisions(VISIT)[0]


def test_the_office_adds_its_queue_to_the_lag():
    life = live({"law": LAW, "wages": WAGES}, changes={"price_decision_lag": 0.0}, office=(1, 10))
    addresses = [request.address[1] for request in life.offices["price_appraisal"].requests]
    assert len(set(addresses)) == len(CITY.services.id)
    place = sorted(
        (CITY.sectors[CITY.services.sector[s]], name) for s, name in enumerate(CITY.services.id)
    ).index(("health", "hospital_outpatient_visit"))
    assert life.decisions(VISIT)[0] == LAW_RISE + timedelta(days=10 * (place + 1))


def test_places_limit_the_price_decisions_not_the_pay():
    life = live({"law": LAW, "wages": {**WAGES, "places": ["urban"]}})
    assert life.decisions(VISIT, 0)
    assert life.decisions(VISIT, 1) == []
    assert salaries(life, 2029) == pytest.approx([2.783e6])


def test_without_repricing_no_price_is_decided():
    assert live({"law": LAW, "wages": {**WAGES, "reprice": False}}).decisions(VISIT) == []


def test_consumer_prices_constant_or_by_path():
    constant = live({"wages": {"kind": "wage_path", "cpi": "2 %"}})
    assert constant.at(2025, 1, "cpi_growth") == constant.at(2035, 1, "cpi_growth") == 0.02
    path = live({"wages": {"kind": "wage_path", "cpi": {"2027": 0.05, "2029": 0.03}}})
    assert [float(path.at(year, 1, "cpi_growth")) for year in (2026, 2027, 2029)] == [
        CITY.parameters.central()["cpi_growth"],
        0.05,
        0.03,
    ]


def test_allowances_come_on_top_of_the_law():
    path = {"station": {"2028": 0.1, "2030": 0.2}}
    life = live({"law": LAW, "wages": {"kind": "wage_path", "allowance": path}})
    law = live({"law": LAW})
    added = np.array(
        [
            life.at(year, 12, "allowance") - law.at(year, 12, "allowance")
            for year in (2027, 2028, 2030)
        ]
    )
    row = CITY.posts.id.index("station")
    np.testing.assert_allclose(added[:, row], [[0.0] * 3, [0.1] * 3, [0.2] * 3])
    assert not np.delete(added, row, axis=1).any()


@pytest.mark.parametrize(
    "keys",
    [
        {"hold": True, "step_rise": 0.1},
        {"hold": True, "base_salary": {"2028": 3e6}},
        {"base_salary": {"2028": 3e6}, "step_interval": 2},
        {"step_interval": 0},
        {"step_interval": 1.5},
        {"cpi": True},
        {"reprice": "yes"},
    ],
)
def test_what_makes_no_sense_is_refused(keys):
    with pytest.raises(ValidationError):
        instrument({"kind": "wage_path", **keys})
