"""Arrays with named axes, so that quantities of different detail multiply and add by meaning."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array

LEADING = 3
"""Every labelled array begins with the axes future, replication and year, which have no name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """Values on (future, replication, year) and then on the named axes."""

    axes: tuple[str, ...]
    values: Array

    def __post_init__(self) -> None:
        if self.values.ndim != LEADING + len(self.axes):
            raise ValueError(f"axes {self.axes} do not fit values of shape {self.values.shape}")

    def __add__(self, other: "Labelled") -> "Labelled":
        """Sum by axis name; an axis that one side lacks is repeated there."""
        return _combined(np.add, self, other)

    def __sub__(self, other: "Labelled") -> "Labelled":
        """Difference by axis name; an axis that one side lacks is repeated there."""
        return _combined(np.subtract, self, other)

    def __mul__(self, other: "Labelled") -> "Labelled":
        """Product by axis name; an axis that one side lacks is repeated there."""
        return _combined(np.multiply, self, other)

    def __truediv__(self, other: "Labelled") -> "Labelled":
        """Quotient by axis name, zero where the divisor is; a lacking axis is repeated."""
        return _combined(_quotient, self, other)

    def total(self, *axes: str) -> "Labelled":
        """The sum over some axes; without a name, over all of them."""
        summed = axes or self.axes
        positions = tuple(LEADING + self.axes.index(axis) for axis in summed)
        kept = tuple(axis for axis in self.axes if axis not in summed)
        return Labelled(axes=kept, values=np.sum(self.values, axis=positions))


def _quotient(a: Array, b: Array) -> Array:
    a, b = np.broadcast_arrays(a, b)
    return np.divide(a, b, out=np.zeros(a.shape), where=b != 0.0)


def _combined(operation: Callable[[Array, Array], Array], a: Labelled, b: Labelled) -> Labelled:
    axes = a.axes + tuple(axis for axis in b.axes if axis not in a.axes)
    return Labelled(axes=axes, values=operation(_spread(a, axes), _spread(b, axes)))


def _spread(labelled: Labelled, axes: tuple[str, ...]) -> Array:
    present = tuple(axis for axis in axes if axis in labelled.axes)
    order = [LEADING + labelled.axes.index(axis) for axis in present]
    values = np.transpose(labelled.values, (*range(LEADING), *order))
    sizes = dict(zip(present, values.shape[LEADING:], strict=True))
    return values.reshape(values.shape[:LEADING] + tuple(sizes.get(axis, 1) for axis in axes))
