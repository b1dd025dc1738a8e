"""The benchmarks measure what they say: months, pairs, turns. No test looks at a clock."""

import numpy as np
import pytest

from benchmarks import households
from benchmarks.cases import TOY, case, eves
from benchmarks.lots import bought, with_lots
from benchmarks.month import pairs
from benchmarks.timing import interleaved


@pytest.fixture(scope="module")
def toy():
    return case(TOY)


def test_the_months_are_those_of_the_year_after_the_warm_up(toy):
    months = [eve.month for eve in eves(toy)]
    assert [month.number for month in months] == list(range(1, 13))
    assert {month.year for month in months} == {toy.city.base_year + 1}


def test_pairs_are_cells_times_offers_within_reach(toy):
    expected = 0
    for need, fit in enumerate(toy.calibrated.fits):
        if not toy.city.needs.is_enrolment[need]:
            reachable = np.isfinite(np.where(fit.frame.reach > 0, 1.0, np.inf)).sum()
            expected += int(reachable) * fit.episodes.shape[0] * fit.episodes.shape[2]
    assert pairs(toy, month=3) == expected
    assert pairs(toy, month=9) > expected


def test_rivals_take_turns():
    turns = []
    medians = interleaved([lambda: turns.append("a"), lambda: turns.append("b")], rounds=3)
    assert turns == ["a", "b"] * 3
    assert len(medians) == 2


def test_copies_of_lots_share_the_volume_of_the_lot(toy):
    many = with_lots(toy.city, 50).lots
    assert len(many.id) == len(set(many.id)) == 50
    assert many.volume_year.sum() == pytest.approx(toy.city.lots.volume_year.sum())


def test_all_lots_are_bought_in_all_three_ways(toy):
    city = with_lots(toy.city, 12)
    buying = bought(toy.until(toy.city.base_year))
    buyers = {name: one for name, one in buying.instruments.items() if hasattr(one, "chosen")}
    chosen = np.concatenate([one.chosen(city) for one in buyers.values()])
    assert len(buyers) == 3
    assert sorted(chosen.tolist()) == list(range(12))


def test_a_future_with_households_lives_every_scenario_twice(toy, monkeypatch):
    seen = []
    monkeypatch.setattr(households, "prepare", lambda city, values: toy.calibrated)
    monkeypatch.setattr(
        households, "simulate", lambda city, scenario, calibrated, trial: seen.append((city, trial))
    )
    peopled = households.with_households(toy.city, 1_000)
    households.future(peopled, [toy.scenario, toy.scenario])
    assert [trial.replication for _, trial in seen] == [0, 1, 0, 1]
    assert all(city.households is not None for city, _ in seen)
