"""Types of instrument keys: paths of dated values, and delays that chance draws."""

from typing import Annotated, Literal, TypeAlias

import numpy as np
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from pricing.base.draws import Distribution
from pricing.base.fields import Amount, FirstDay, Rate, Share

SharePath: TypeAlias = Annotated[dict[FirstDay, Share], Field(min_length=1)]
AmountPath: TypeAlias = Annotated[
    dict[FirstDay, Annotated[Amount, Field(ge=0.0)]], Field(min_length=1)
]
Growth: TypeAlias = Annotated[Rate, Field(ge=-0.5, le=1.0)]
GrowthPath: TypeAlias = Annotated[dict[FirstDay, Growth], Field(min_length=1)]
Flag: TypeAlias = Annotated[bool, Field(strict=True)]


class Delay(BaseModel):
    """A random delay in months; a plain number is always itself."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    distribution: Literal["fixed", "uniform", "triangular", "discrete"]
    low: Annotated[float, Field(ge=0.0, le=600.0)]
    mode: Annotated[float, Field(ge=0.0, le=600.0)] | None = None
    high: Annotated[float, Field(ge=0.0, le=600.0)]

    @model_validator(mode="after")
    def _is_ordered(self) -> "Delay":
        self.months(0.5)
        return self

    def months(self, u: float) -> float:
        """Months at the probability `u`: the inverse distribution function."""
        mode = (self.low + self.high) / 2.0 if self.mode is None else self.mode
        drawn = Distribution(kind=self.distribution, low=self.low, mode=mode, high=self.high)
        return float(drawn.inverse(np.asarray(u)))


def _delay(value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return {"distribution": "fixed", "low": value, "mode": value, "high": value}
    return value


DelayMonths: TypeAlias = Annotated[Delay, BeforeValidator(_delay)]


def in_order(path: dict[int, float]) -> list[tuple[int, float]]:
    """(first day, value) of a path in the order of days."""
    return sorted(path.items())
