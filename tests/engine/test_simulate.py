"""Whole trials: the same address gives the same result, whatever stands around it."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.engine.simulate import simulate
from pricing.scenario.scenario import Economy, OfficeSpec
from pricing.world.quantities import MONTHLY, QUANTITIES, YEARLY, axis_ids
from pricing.world.recorder import Outcome
from tests.builders import toy_city
from tests.engine.small import NAMES, calibrated, outcome, scenario, trial

SHORT = (2025, 2028)


def run(name: str = "full_cost_fast", seed: int = 1, **changes) -> Outcome:
    found = replace(scenario(name), **{"horizon": SHORT, **changes})
    return simulate(toy_city(), found, calibrated(), trial(name, seed))


@pytest.fixture(scope="module")
def fast() -> Outcome:
    return run()


def assert_equal(one: Outcome, other: Outcome) -> None:
    for part, same in ((one.series, other.series), (one.months, other.months)):
        assert set(part) == set(same)
        for name, values in part.items():
            assert values.tobytes() == same[name].tobytes(), name


def test_every_scenario_runs_to_its_horizon_with_every_quantity(city):
    ids = axis_ids(city)
    for name in NAMES:
        found = outcome(name)
        assert set(found.series) == {row.name for row in YEARLY}
        assert set(found.months) == {row.name for row in MONTHLY}
        for quantity, values in found.series.items():
            axes = QUANTITIES[quantity].axes
            assert values.shape == (11, *(len(ids[axis]) for axis in axes)), quantity
            assert np.isfinite(values).all(), (name, quantity)
        for values in found.months.values():
            assert values.shape == (132,)
            assert np.isfinite(values).all()


def test_the_same_trial_twice_is_the_same_to_the_last_bit(fast):
    assert_equal(run(), fast)


def test_another_seed_is_another_trial(fast):
    other = run(seed=2)
    assert not np.array_equal(other.series["volume"], fast.series["volume"])


def test_the_order_of_the_instruments_does_not_matter(fast):
    instruments = scenario("full_cost_fast").instruments
    backwards = dict(reversed(list(instruments.items())))
    assert list(backwards) != list(instruments)
    assert_equal(run(instruments=backwards), fast)


def test_other_scenarios_before_and_after_change_nothing(fast):
    run("full_cost_slow")
    run("base")
    assert_equal(run(), fast)


def test_a_shorter_horizon_is_the_beginning_of_a_longer_one():
    short, long = run("base"), outcome("base")
    for name in ("volume", "payment", "claims", "list_price", "out_of_pocket"):
        np.testing.assert_array_equal(short.series[name], long.series[name][:4], err_msg=name)
    np.testing.assert_array_equal(short.months["outlay_month"], long.months["outlay_month"][:48])


@pytest.mark.parametrize("last", [2025, 2026, 2030])
def test_horizons_are_whole_years(last):
    found = run("base", horizon=(2025, last))
    assert found.series["claims"].shape == (last - 2024,)
    assert found.months["claims_month"].shape == (12 * (last - 2024),)


def test_scenarios_share_the_warm_up_year():
    first = outcome("base").series["volume"][0]
    for name in NAMES:
        np.testing.assert_array_equal(outcome(name).series["volume"][0], first, err_msg=name)


def test_a_faster_roadmap_charges_the_fund_more():
    claims = {name: outcome(name).series["claims"].sum() for name in NAMES}
    assert claims["full_cost_fast"] > claims["full_cost_2030"] > claims["full_cost_slow"]
    assert claims["full_cost_slow"] > claims["base"]


def test_prices_of_protected_places_stand():
    kind = 2  # disadvantaged
    service = toy_city().services.id.index("commune_consultation")
    kept = outcome("full_cost_protected").series["list_price"][:, service, kind].sum(1)
    moved = outcome("full_cost_2030").series["list_price"][:, service, kind].sum(1)
    assert kept[-1] == pytest.approx(kept[2])
    assert moved[-1] > moved[2]


def test_an_economy_of_the_scenario_replaces_the_futures():
    quick = run("base", economy=Economy(shocks=False, real_growth=0.0, cpi_growth=0.08))
    inflation = quick.months["inflation_month"][13:]
    np.testing.assert_allclose(inflation, 0.08, rtol=1e-9)
    poor = run("base", economy=Economy(shocks=False, real_growth=0.0))
    rich = run("base", economy=Economy(shocks=False, real_growth=0.08))
    assert rich.series["demand"][-1].sum() > poor.series["demand"][-1].sum()


def test_without_shocks_the_seed_does_not_matter_to_volumes():
    still = Economy(shocks=False)
    one, other = (run("base", seed, economy=still) for seed in (1, 2))
    np.testing.assert_array_equal(one.series["volume"], other.series["volume"])


def test_people_of_the_scenario_count():
    low, high = (run("base", people=variant) for variant in ("low", "high"))
    assert low.series["people"][-1].sum() < high.series["people"][-1].sum()
    constant = run("base", people="constant").series["people"]
    np.testing.assert_array_equal(constant[-1], constant[0])


def test_a_busy_office_decides_later():
    quick = run(offices={"price_appraisal": OfficeSpec(officers=50, days=1)})
    slow = run(offices={"price_appraisal": OfficeSpec(officers=1, days=30)})
    price = [one.series["list_price"][2].sum() for one in (slow, quick)]  # 2027: management enters
    assert price[0] < price[1]


def test_an_office_of_another_name_takes_a_day():
    offices = {**scenario("base").offices, "licensing": OfficeSpec(officers=1, days=None)}
    assert_equal(run("base", offices=offices), run("base"))
