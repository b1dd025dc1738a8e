"""What a supplier makes of a lot: its private cost, shocks to it, the quality it delivers."""

from dataclasses import dataclass
from math import exp

import numpy as np
from scipy.special import ndtri

from pricing.equations.scheme import Nature, Terms, behaviour
from pricing.instruments._lot_case import Case

COST, SHOCK = "cost", "shock"
SHOCK_SLOTS = 2
SHORT = {"task_assignment": "assignment", "ordering": "ordering", "bidding": "bidding"}
"""How parameters name the schemes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """How a supplier serves a lot: quality, accepted share, its cost over its usual cost."""

    quality: float
    acceptance: float
    cost_factor: float


def usual_cost(case: Case, offer: int) -> float:
    """Full cost of a unit of output at an offer, VND, as last published."""
    lists = case.desk.published.lists
    norm = lists.norm[case.city.offers.norm[offer]]
    return float(norm.sum() * lists.cost_factor[offer])


def private_factor(case: Case, offer: int) -> float:
    """What a candidate costs on the lot over what it usually costs: exp(η), η ~ N(0, sd²)."""
    slot = int(np.searchsorted(case.city.lots.candidates[case.lot], offer))
    return factor_of(case, float(case.uniforms(COST, case.chance.most_candidates)[slot]))


def factor_of(case: Case, uniform: float) -> float:
    """Private cost over usual cost at a probability."""
    return exp(case.desk.parameters["bidder_cost_sd"] * float(ndtri(uniform)))


def shock_factor(case: Case) -> float:
    """Cost of the contract's months over what the supplier knew when it signed."""
    deviate = float(ndtri(case.uniforms(SHOCK, SHOCK_SLOTS)[0]))
    return exp(case.desk.parameters["cost_shock_sd"] * deviate)


def performance(case: Case, scheme: str, offer: int, price: float, factor: float) -> Performance:
    """Quality, acceptance, cost of the supplier that gains most under a scheme (model section 8).

    Parameters
    ----------
    price
        VND per accepted unit of output.
    factor
        Its cost on the lot over its usual cost, before it cuts any and before shocks.
    """
    parameters = case.desk.parameters
    norm = case.norm_price()
    done = behaviour(
        Terms(
            retained=parameters[f"retained_share_{SHORT[scheme]}"],
            price=price,
            penalty=parameters["acceptance_slope"],
            floor=float(case.city.lots.quality_floor[case.lot]),
        ),
        Nature(
            cost=factor * usual_cost(case, offer),
            quality=parameters["quality_base"],
            harm=parameters["quality_cost_slope"],
            cut_cost=parameters["cost_cut_cost"] * norm,
            effort_cost=parameters["effort_cost"] * norm,
            motivation=parameters["quality_motivation"] * norm,
        ),
    )
    return Performance(
        quality=float(np.clip(done.quality, 0.0, 1.0)),
        acceptance=float(done.acceptance),
        cost_factor=factor * (1.0 - float(done.cut)),
    )
