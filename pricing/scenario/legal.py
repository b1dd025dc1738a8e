"""Typed amounts against the legal ceilings of their dates."""

from collections.abc import Iterator, Mapping

from pricing.base.errors import Problem
from pricing.city.city import City
from pricing.instruments._instrument import Instrument
from pricing.scenario.inherit import Resolved


def above_ceiling(
    resolved: Resolved, instruments: Mapping[str, Instrument], city: City
) -> Iterator[Problem]:
    return iter(())
