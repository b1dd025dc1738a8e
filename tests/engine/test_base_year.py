"""The levers of the base year are the law of its first day."""

import numpy as np

from pricing.base.calendar import Month
from pricing.engine.base_year import base_levers, first_levers
from pricing.world.law import Book, law_values
from pricing.world.lever_table import LEVERS
from pricing.world.parameters import Parameters


def test_base_levers_are_the_law_of_new_years_day(city):
    parameters = Parameters(city.parameters.central())
    found = base_levers(city, parameters)
    law = law_values(city, parameters, Book(laws=city.laws), 0)
    for row in LEVERS:
        wanted = law.get(row.name, np.asarray(row.neutral))
        np.testing.assert_array_equal(
            found[row.name], np.broadcast_to(wanted, row.shape(city)), err_msg=row.name
        )
    assert np.all(found["price_decision"] < 0.0)


def test_later_law_does_not_act_without_an_instrument(city):
    levers = first_levers(city, Parameters(city.parameters.central()))
    first = levers.month(Month.of(2025, 1))
    assert levers.month(Month.of(2030, 12)) is not None
    assert levers.last("base_salary") == first.scalar("base_salary") == 2_340_000.0
