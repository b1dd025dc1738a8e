"""The uncertain numbers of one future, by name."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parameters:
    """Values of all parameters in one future, each in the unit that the city's table states."""

    values: Mapping[str, float]

    def __getitem__(self, name: str) -> float:
        """Value of a parameter; an unknown name is an error of the program."""
        return self.values[name]
