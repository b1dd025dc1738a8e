"""What suppliers make of lots: their private cost, shocks to it, the quality they deliver."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from pricing.base.arrays import Array, IntArray
from pricing.equations.scheme import Nature, Terms, behaviour
from pricing.instruments._lot_book import Book

COST, SHOCK = "cost", "shock"
SHOCK_SLOTS = 2
SHORT = {"task_assignment": "assignment", "ordering": "ordering", "bidding": "bidding"}
"""How parameters name the schemes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """How suppliers serve lots, (lot,): quality, accepted share, cost over their usual cost."""

    quality: Array
    acceptance: Array
    cost_factor: Array


def usual_cost(book: Book, offers: IntArray) -> Array:
    """Full cost of a unit of output at offers, VND, as last published; any axes."""
    lists = book.desk.published.lists
    norm = lists.norm.sum(axis=-1)[book.city.offers.norm[offers]]
    return np.asarray(norm * lists.cost_factor[offers])


def private_factor(book: Book, lots: IntArray) -> Array:
    """What candidates cost on lots over what they usually cost, exp(η), η ~ N(0, sd²).

    Axes (lot, rank): in the order of their queues.
    """
    uniform = book.uniforms(COST, lots, book.queue.shape[1])
    return factor_of(book, np.take_along_axis(uniform, book.place[lots], axis=1))


def factor_of(book: Book, uniform: Array) -> Array:
    """Private cost over usual cost at probabilities, same axes."""
    return np.exp(book.desk.parameters["bidder_cost_sd"] * ndtri(uniform))


def shock_factor(book: Book, lots: IntArray) -> Array:
    """Cost of the contracts' months over what the suppliers knew when they signed, (lot,)."""
    deviate = ndtri(book.uniforms(SHOCK, lots, SHOCK_SLOTS)[:, 0])
    return np.exp(book.desk.parameters["cost_shock_sd"] * deviate)


def performance(
    book: Book, lots: IntArray, scheme: str, price: Array, own: tuple[Array, Array]
) -> Performance:
    """Quality, acceptance, cost of suppliers that gain most under a scheme (model section 8).

    Parameters
    ----------
    price
        VND per accepted unit of output, (lot,).
    own
        Usual cost of the suppliers, VND per unit, and their cost on the lot over it before they
        cut any and before shocks, each (lot,).
    """
    parameters, (usual, factor) = book.desk.parameters, own
    norm = book.norm_price(lots)
    done = behaviour(
        Terms(
            retained=parameters[f"retained_share_{SHORT[scheme]}"],
            price=price,
            penalty=parameters["acceptance_slope"],
            floor=book.city.lots.quality_floor[lots],
        ),
        Nature(
            cost=factor * usual,
            quality=parameters["quality_base"],
            harm=parameters["quality_cost_slope"],
            cut_cost=parameters["cost_cut_cost"] * norm,
            effort_cost=parameters["effort_cost"] * norm,
            motivation=parameters["quality_motivation"] * norm,
        ),
    )
    return Performance(
        quality=np.clip(done.quality, 0.0, 1.0),
        acceptance=done.acceptance,
        cost_factor=factor * (1.0 - done.cut),
    )
