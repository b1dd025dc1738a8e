"""How proposals fold on top of the law's base value: one rule a lever, in the order of names."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from pricing.base.arrays import Array, BoolArray

Opinions = Mapping[str, Array]


class OverlapError(ValueError):
    """Two proposers spoke where the rule takes one."""


def fold(rule: str, base: Array, opinions: Opinions) -> Array:
    """Base value with all opinions folded on top; NaN in an opinion means none; same axes.

    Raises
    ------
    OverlapError
        If two proposers speak of one cell under `replace`, or at all under `conflict`.
    """
    return _FOLDS[rule](base, [opinions[by] for by in sorted(opinions)])


def moved(rule: str, base: Array, value: Array, opinion: Array) -> BoolArray:
    """Cells of the folded value that an opinion set; of bounds, those where it binds."""
    if rule in ("min", "max"):
        return np.asarray((opinion == value) & (value != base))
    return np.asarray(~np.isnan(opinion))


def _min(base: Array, opinions: list[Array]) -> Array:
    value = base
    for opinion in opinions:
        value = np.asarray(np.fmin(value, opinion))
    return value


def _max(base: Array, opinions: list[Array]) -> Array:
    value = base
    for opinion in opinions:
        value = np.asarray(np.fmax(value, opinion))
    return value


def _add(base: Array, opinions: list[Array]) -> Array:
    value = base
    for opinion in opinions:
        value = np.asarray(value + np.where(np.isnan(opinion), 0.0, opinion))
    return value


def _multiply(base: Array, opinions: list[Array]) -> Array:
    value = base
    for opinion in opinions:
        value = np.asarray(value * np.where(np.isnan(opinion), 1.0, opinion))
    return value


def _replace(base: Array, opinions: list[Array]) -> Array:
    value = base
    taken = np.zeros(base.shape, dtype=np.bool_)
    for opinion in opinions:
        spoken = ~np.isnan(opinion)
        if np.any(taken & spoken):
            raise OverlapError
        taken |= spoken
        value = np.where(spoken, opinion, value)
    return value


def _conflict(base: Array, opinions: list[Array]) -> Array:
    if len(opinions) > 1:
        raise OverlapError
    return _replace(base, opinions)


_FOLDS: Mapping[str, Callable[[Array, list[Array]], Array]] = MappingProxyType(
    {
        "min": _min,
        "max": _max,
        "add": _add,
        "multiply": _multiply,
        "replace": _replace,
        "conflict": _conflict,
    }
)
RULES = tuple(_FOLDS)
