"""The ids of a city against which a scenario's ids check themselves, by kind of id."""

from pricing.city.city import City
from pricing.world.lever_table import AUTHORITIES

