"""What the residents of each cell did and paid, for the household sample; only where there is one.

A cell is a place, a quintile and a class of cover. Own shares of what the package covers count
towards the yearly ceiling (Health Insurance Law art. 22); other payments do not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array
from pricing.engine.rules import HEALTH_SCHEME, NeedRules
from pricing.engine.setup import Setup
from pricing.equations.choice import Choice
from pricing.world.flows import Cells


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedCells:
    """One need's episodes this month, (quintile, place, class) unless said.

    ``potential`` (quintile,), ``served`` and ``missed`` (no use) episodes, ``household`` VND paid
    for the served; (quintile, class) VND: ``own_share`` of it that counts towards the ceiling,
    ``relief`` that budgets paid, ``reached`` that times the share of people reached.
    """

    potential: Array
    served: Array
    missed: Array
    household: Array
    own_share: Array
    relief: Array
    reached: Array


def blank_cells(setup: Setup) -> Cells | None:
    """Cells of zeros, or None without a household sample."""
    city = setup.city
    if city.households is None:
        return None
    needs, places = len(city.needs.id), len(city.places.id)
    quintiles = setup.calibrated.income_month.size
    classes = max(fit.rules.n_classes for fit in setup.calibrated.fits)
    shape = (needs, quintiles, places, classes)
    return Cells(
        episodes=np.zeros(shape),
        household=np.zeros(shape),
        own_share=np.zeros((needs, quintiles, classes)),
        relief=np.zeros((needs, quintiles, classes)),
        reached=np.zeros((needs, quintiles, classes)),
        potential=np.zeros((needs, quintiles)),
        missed=np.zeros((needs, quintiles)),
        learners=np.zeros((needs, quintiles, places)),
        learning=np.zeros((needs, quintiles, places)),
    )


def need_cells(
    episodes: Array,
    choice: Choice,
    spent: Array,
    served: Array,
    own_share: Array,
    relief: tuple[Array, Array],
) -> NeedCells:
    """Cells of one need.

    Parameters
    ----------
    episodes : Array
        (quintile, place, class) potential.
    spent : Array
        (nest, quintile, place, class) VND a potential episode.
    served : Array
        (nest,) delivered over demanded.
    own_share : Array
        (quintile, class) VND.
    relief : tuple[Array, Array]
        What budgets paid, and that times the share reached, (quintile, class) VND.
    """
    used = np.einsum("gqpc,g->qpc", choice.nest_probability, served)
    return NeedCells(
        potential=episodes.sum((1, 2)),
        served=used * episodes,
        missed=episodes * choice.outside_probability,
        household=spent.sum(0) * episodes,
        own_share=own_share,
        relief=relief[0],
        reached=relief[1],
    )


def add_need(cells: Cells | None, need: int, found: NeedCells | None, self_care: float) -> None:
    """Enter one need's episodes; ``self_care`` VND an episode without use, 0 if it costs none."""
    if cells is None or found is None:
        return
    classes = found.missed.shape[2]
    self_treated = found.missed * (self_care > 0.0)
    cells.episodes[need, :, :, :classes] += found.served + self_treated
    cells.household[need, :, :, :classes] += found.household + self_treated * self_care
    cells.own_share[need, :, :classes] += found.own_share
    cells.relief[need, :, :classes] += found.relief
    cells.reached[need, :, :classes] += found.reached
    cells.potential[need] += found.potential
    cells.missed[need] += found.missed.sum((1, 2))


def add_level(cells: Cells | None, need: int, learners: Array, learning: Array) -> None:
    """Enter one level: learner-months and VND paid for them, (quintile, place)."""
    if cells is None:
        return
    cells.learners[need] += learners
    cells.learning[need] += learning


def counted_own_share(rules: NeedRules, volume: Array, own: Array) -> Array:
    """Own shares that count towards the ceiling, (quintile, class) VND; none outside health.

    ``volume`` (quintile, offer, class) units of output delivered; ``own`` VND a unit, the same.
    """
    if rules.scheme != HEALTH_SCHEME:
        return np.zeros((volume.shape[0], volume.shape[2]))
    by_class = "oc,qoc->qc" if own.ndim == 2 else "qoc,qoc->qc"
    found: Array = np.einsum(by_class, own, volume)
    return found
