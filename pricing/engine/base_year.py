"""The levers of the base year: the law of its first day and the city's own tables."""

from pricing.base.calendar import Month
from pricing.city.city import City
from pricing.world.law import Book, law_values
from pricing.world.levers import Levers, LeverValues
from pricing.world.parameters import Parameters


def first_levers(city: City, parameters: Parameters) -> Levers:
    """All levers at the law of 1 January of the base year, before any instrument speaks."""
    return Levers(city, law_values(city, parameters, Book(laws=city.laws), 0))


def base_levers(city: City, parameters: Parameters) -> LeverValues:
    """Lever values of the base year, as calibration reads them."""
    return first_levers(city, parameters).month(Month.of(city.base_year, 1))
