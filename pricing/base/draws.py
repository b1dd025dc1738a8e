"""Random numbers with addresses: a table per purpose, never a running stream.

A number is found by (seed, replication, purpose, row, column). Asking for further purposes, rows or
columns changes none of those already there, so scenarios share their chance event by event.
"""

from dataclasses import dataclass
from hashlib import sha256
from math import isfinite

import numpy as np
from scipy.special import ndtri

from pricing.base.arrays import Array

DISTRIBUTIONS = ("fixed", "uniform", "triangular", "discrete")

# Columns come in blocks of this width, each with its own range of the generator's counter:
# one generator a block costs microseconds, one a row would cost a hundred times as much.
_BLOCK = 32
_COUNTER_STRIDE = 2**128
_SMALLEST = 0.5**54


@dataclass(frozen=True, slots=True)
class Draws:
    """The chance of one replication: uniform and normal tables by purpose."""

    seed: int
    replication: int

    def table(self, purpose: str, shape: tuple[int, ...]) -> Array:
        """Independent uniforms strictly between 0 and 1, on axes `shape`.

        The smaller of two tables of one purpose is the corner of the larger: neither more rows
        (first axis) nor more slots (second axis) shift what is there.
        """
        rows, *slots = shape
        width = int(np.prod(slots, dtype=np.int64)) if slots else 1
        blocks = [self._block(purpose, block, rows) for block in range(-(-width // _BLOCK))]
        numbers = np.concatenate(blocks, axis=1)[:, :width] if blocks else np.empty((rows, 0))
        return np.maximum(numbers, _SMALLEST).reshape(shape)

    def normal(self, purpose: str, shape: tuple[int, ...]) -> Array:
        """Independent standard normals on axes `shape`, by inversion of the purpose's uniforms."""
        deviates: Array = ndtri(self.table(purpose, shape))
        return deviates

    def _block(self, purpose: str, block: int, rows: int) -> Array:
        address = f"{self.seed}/{self.replication}/{purpose}".encode()
        key = int.from_bytes(sha256(address).digest()[:16], "little")
        philox = np.random.Philox(key=key, counter=block * _COUNTER_STRIDE)
        return np.random.Generator(philox).random((rows, _BLOCK))


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """A parameter's or a delay's distribution: range and most likely value, in its own unit.

    `fixed` is always `mode`; `uniform` is flat from `low` to `high`; `triangular` peaks at `mode`;
    `discrete` takes the integers from `low` to `high` with weights that fall linearly from `mode`
    to reach zero one step outside the range (1 to 3 around 2: one quarter, one half, one quarter).
    """

    kind: str
    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        if self.kind not in DISTRIBUTIONS:
            raise ValueError(f"distribution {self.kind!r} is not one of {', '.join(DISTRIBUTIONS)}")
        if not all(isfinite(value) for value in (self.low, self.mode, self.high)):
            raise ValueError(f"{self.kind} distribution needs finite low, mode and high")
        if not self.low <= self.mode <= self.high:
            raise ValueError(f"low {self.low} ≤ mode {self.mode} ≤ high {self.high} does not hold")
        whole = all(value == int(value) for value in (self.low, self.mode, self.high))
        if self.kind == "discrete" and not whole:
            raise ValueError("a discrete distribution needs whole low, mode and high")

    @property
    def is_uncertain(self) -> bool:
        """Whether more than one value can be drawn."""
        return self.kind != "fixed" and self.low < self.high

    def inverse(self, u: Array) -> Array:
        """Values at the probabilities `u`, same axes: the inverse distribution function."""
        return np.asarray(_INVERSE[self.kind](self, np.asarray(u, dtype=np.float64)))


def _fixed(distribution: Distribution, u: Array) -> Array:
    return np.full_like(u, distribution.mode)


def _uniform(distribution: Distribution, u: Array) -> Array:
    return distribution.low + (distribution.high - distribution.low) * u


def _triangular(distribution: Distribution, u: Array) -> Array:
    low, mode, high = distribution.low, distribution.mode, distribution.high
    rising = low + np.sqrt(u * (high - low) * (mode - low))
    falling = high - np.sqrt((1.0 - u) * (high - low) * (high - mode))
    return np.where(u * (high - low) < mode - low, rising, falling)


def _discrete(distribution: Distribution, u: Array) -> Array:
    low, mode, high = distribution.low, distribution.mode, distribution.high
    value = np.arange(low, high + 1.0)
    weight = np.minimum(
        (value - low + 1.0) / (mode - low + 1.0), (high + 1.0 - value) / (high + 1.0 - mode)
    )
    cumulative = np.cumsum(weight)[:-1] / np.sum(weight)
    return value[np.searchsorted(cumulative, u, side="right")]


_INVERSE = {
    "fixed": _fixed,
    "uniform": _uniform,
    "triangular": _triangular,
    "discrete": _discrete,
}
