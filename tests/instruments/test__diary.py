"""The diary: who is due on a day goes together, in the order of steps; papers hold up."""

from functools import partial

import numpy as np
import pytest
import simpy

from pricing.base.draws import Draws
from pricing.instruments._desk import Desk, Surroundings
from pricing.instruments._diary import Diary, Step
from pricing.world.chronicle import Chronicle
from pricing.world.law import Book, law_values
from pricing.world.levers import Levers
from pricing.world.parameters import Parameters
from tests.builders import toy_city
from tests.instruments.life import FIRST, published

LOTS = np.arange(4)
NEVER = 10**6


class Kept:
    """A diary of steps that note the day and the lots, at a desk by itself."""

    def __init__(self, until_day: int = NEVER) -> None:
        city = toy_city()
        parameters = Parameters(city.parameters.central())
        self.env = simpy.Environment()
        around = Surroundings(
            env=self.env,
            city=city,
            levers=Levers(city, law_values(city, parameters, Book(laws=city.laws), 0)),
            published=lambda: published(FIRST, (0.03, 6.0)),
            parameters=parameters,
            draws=Draws(1, 0),
            offices={},
            last_day=4000,
            chronicle=Chronicle(),
        )
        self.desk = Desk("lots", until_day, (), around)
        self.noted: list[tuple[int, str, list[int]]] = []
        self.diary = Diary(
            self.desk,
            LOTS.size,
            {
                "first": Step(act=lambda lots: self.note("first", lots)),
                "again": Step(act=self.again),
                "signed": Step(act=lambda lots: self.note("signed", lots), needs_papers=True),
            },
        )

    def note(self, step: str, lots: np.ndarray) -> None:
        self.noted.append((self.desk.day, step, lots.tolist()))

    def again(self, lots: np.ndarray) -> None:
        self.note("again", lots)
        self.diary.at(self.desk.day, "first", lots)


def test_lots_of_one_day_and_step_go_together_ascending():
    kept = Kept()
    kept.diary.at(5, "first", LOTS[[3]])
    kept.diary.at(5, "first", LOTS[[0, 1]])
    kept.diary.at(np.array([7, 2]), "first", LOTS[[2, 1]])
    kept.env.run(until=20)
    assert kept.noted == [(2, "first", [1]), (5, "first", [0, 3]), (7, "first", [2])]


def test_a_step_may_lead_to_another_on_the_same_day():
    kept = Kept()
    kept.diary.at(5, "again", LOTS[[1]])
    kept.diary.at(5, "first", LOTS[[2]])
    kept.env.run(until=20)
    assert kept.noted == [(5, "first", [2]), (5, "again", [1]), (5, "first", [1])]


def test_a_day_that_has_passed_is_today_and_cancelled_lots_do_not_come():
    kept = Kept()
    kept.diary.at(-8, "first", LOTS[[0, 1]])
    kept.diary.cancel(LOTS[[1]])
    assert kept.diary.waits_for("first", LOTS).tolist() == [True, False, False, False]
    kept.env.run(until=3)
    assert kept.noted == [(0, "first", [0])]
    assert not kept.diary.waits_for("first", LOTS).any()


@pytest.mark.parametrize(("decision", "day"), [(3, 5), (9, 9)])
def test_a_step_with_papers_waits_for_day_and_officer(decision, day):
    kept = Kept()
    kept.diary.hand_in(LOTS[[1]])
    kept.diary.at(5, "signed", LOTS[[0, 1]])
    event = kept.env.timeout(decision)
    event.callbacks.append(partial(kept.diary.decided, 1))
    kept.env.run(until=20)
    together = [(5, "signed", [0, 1])]
    assert kept.noted == (together if day == 5 else [(5, "signed", [0]), (9, "signed", [1])])


def test_lots_whose_papers_are_decided_on_one_day_go_together():
    kept = Kept()
    kept.diary.hand_in(LOTS)
    kept.diary.at(5, "signed", LOTS)
    for lot in (2, 0, 3):
        event = kept.env.timeout(8)
        event.callbacks.append(partial(kept.diary.decided, lot))
    kept.env.run(until=20)
    assert kept.noted == [(8, "signed", [0, 2, 3])]


def test_nothing_is_done_once_the_instrument_has_ended():
    kept = Kept(until_day=5)
    kept.diary.at(4, "first", LOTS[[0]])
    kept.diary.at(5, "first", LOTS[[1]])
    kept.env.run(until=20)
    assert kept.noted == [(4, "first", [0])]
