"""Where integrals over costs are taken: Gauss–Legendre panels between quantiles of the cost.

Panels narrow geometrically in probability towards both ends of the support. So they resolve the
lowest of many costs, a ceiling far above all costs, and densities without bound at an end.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.polynomial import legendre

from pricing.base.arrays import Array
from pricing.equations.auction_costs import CostDistribution

_ORDER = 20
NODES, WEIGHTS = legendre.leggauss(_ORDER)
_NARROW = 1e-12

_END = np.array([1e-14, 1e-12, 1e-10, 1e-8, 1e-7, *10.0 ** np.arange(-6.0, -0.9, 0.5)])
_BREAKS = np.array([0.0, *_END, 0.25, 0.5, 0.75, *(1.0 - _END[::-1])])


# Nodes of the rest of a panel above each of its nodes, (node, node), on [−1, 1].
_REST = NODES[:, np.newaxis] + 0.5 * (1.0 - NODES[:, np.newaxis]) * (1.0 + NODES)
# Legendre coefficients of the polynomial through values at the nodes, (degree, node).
_FIT = np.linalg.inv(legendre.legvander(NODES, _ORDER - 1))
_FROM_NODES = legendre.legvander(_REST, _ORDER - 1) @ _FIT


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Panels from `lo` to a highest cost, (panel,), and their nodes, (panel, node).

    `edges` (panel + 1,) ascending; `widths` (panel, 1); `costs` (panel, node) strictly inside.
    """

    edges: Array
    widths: Array
    costs: Array

    def total(self, values: Array) -> float:
        """∫ values dc over all panels, of values (panel, node) at the nodes."""
        return float(np.sum(self.by_panel(values)))

    def by_panel(self, values: Array) -> Array:
        """∫ values dc over each panel, (panel,)."""
        integrals: Array = 0.5 * self.widths[:, 0] * (values @ WEIGHTS)
        return integrals

    def beyond(self, values: Array) -> Array:
        """∫ values dc from each edge up to the last, (panel + 1,)."""
        return np.append(np.cumsum(self.by_panel(values)[::-1])[::-1], 0.0)

    @property
    def rest(self) -> Array:
        """Costs at the nodes of the rest of the panel above each node, (panel, node, rest)."""
        return self.edges[:-1, np.newaxis, np.newaxis] + 0.5 * self.widths[..., np.newaxis] * (
            1.0 + _REST
        )

    def at_rest(self, values: Array) -> Array:
        """Values (panel, node) interpolated to `rest`, (panel, node, rest)."""
        return np.asarray(np.einsum("irk,pk->pir", _FROM_NODES, values))

    def above(self, values: Array, rest: Array) -> Array:
        """∫ values dc from each node up to the last edge, (panel, node).

        `values` (panel, node) at the nodes and `rest` (panel, node, rest) at the costs `rest`: a
        steeply falling value keeps its relative accuracy.
        """
        half = 0.5 * (self.edges[1:, np.newaxis] - self.costs)
        return np.asarray(half * (rest @ WEIGHTS) + self.beyond(values)[1:, np.newaxis])

    def at(self, cost: Array, values: Array) -> Array:
        """Values (panel, node) interpolated to costs between the first and last edge, any axes."""
        panel = self.panel_of(cost)
        place = 2.0 * (cost - self.edges[panel]) / self.widths[panel, 0] - 1.0
        return np.asarray(
            np.sum(legendre.legvander(place, _ORDER - 1) * (values @ _FIT.T)[panel], axis=-1)
        )

    def panel_of(self, cost: Array) -> Array:
        """Index of the panel in which each cost lies, first or last outside; integers."""
        return np.clip(np.searchsorted(self.edges, cost, "right") - 1, 0, len(self.widths) - 1)


@lru_cache(maxsize=1024)
def grid(costs: CostDistribution, top: float) -> Grid:
    """Panels of [lo, top], top > lo; the last one ends at `top`."""
    cuts = costs.quantile(_BREAKS * costs.cdf(top))
    edges = np.append(np.clip(cuts, costs.lo, top), top)
    edges = edges[np.append(np.diff(edges) > _NARROW * top, True)]
    edges[0] = costs.lo
    widths = np.diff(edges)[:, np.newaxis]
    nodes = edges[:-1, np.newaxis] + 0.5 * widths * (1.0 + NODES)
    return Grid(edges, widths, nodes)
