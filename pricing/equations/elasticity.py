"""Elasticities of choice, analytic, and the observed ones: midpoint arc, from the first point, log.

Train (2009), ch. 3.6 and 4.2; the price enters utility as −(alpha/income)·price. All are signed.
"""

import numpy as np

from pricing.base.arrays import Array
from pricing.equations.choice import Choice, NestedLogit, expected_amounts, used_episodes
from pricing.equations.quotient import quotient


def share_elasticities(logit: NestedLogit, alpha_over_income: float, price: Array) -> Array:
    """Elasticity of each share for each price, (of alternative, for price of alternative).

    Own: −αp·(1/λ − (1 − λ)/λ·P(j|g) − P(j)); same nest: αp_k·(P(k) + (1 − λ)/λ·P(k|g)); other
    nest: αp_k·P(k). For one set of shares; `price` (alternative,).
    """
    nest = logit.nest
    lambdas = logit.lambda_nest[nest]
    within = (1.0 - lambdas) / lambdas * logit.conditional
    cross = logit.probability + np.where(nest[:, None] == nest, within, 0.0)
    return alpha_over_income * price * (cross - np.diag(1.0 / lambdas))


def diversion_ratios(shares_before: Array, shares_after: Array, source: int) -> Array:
    """Part of the loss of alternative `source` that each gains, (alternative,); −1 at `source`."""
    change = shares_after - shares_before
    return quotient(-change, change[source])


def use_response(choice: Choice, charged: Array, alpha_over_income: Array) -> Array:
    """Change of the share S using any offer for a common change of ln price.

    −(alpha/income)·(1 − S)·Σ_o P(o)·price(o), (quintile, place, class).
    For one common proportional change of what is `charged` at all offers of the need, VND,
    (quintile, offer, class) or what broadcasts to it; all else in the burden is held.
    `alpha_over_income` (quintile,).
    """
    paid = expected_amounts(choice, charged).sum(axis=0)
    response: Array = alpha_over_income[:, None, None] * choice.outside_probability * paid
    return -response


def use_elasticity(
    choice: Choice, episodes: Array, charged: Array, alpha_over_income: Array
) -> Array:
    """Elasticity of total use of a need for a common change of price, (quintile, class).

    −Σ_ℓ w·(alpha/income)·(1 − S)·Σ_o P(o)·price(o) / Σ_ℓ w·S over places ℓ, w = `episodes`
    (quintile, place, class); NaN for a quintile and class that uses nothing.
    """
    response = episodes * use_response(choice, charged, alpha_over_income)
    return quotient(response.sum(axis=1), used_episodes(choice, episodes).sum(axis=1))


def nest_elasticities(
    choice: Choice, episodes: Array, charged: Array, alpha_over_income: Array
) -> Array:
    """Elasticity of each nest's use for each nest's prices, (of nest, for nest, quintile, class).

    dP(g)/d ln price(h) = (alpha/income)·(P(g) − 1[g = h])·Σ_{o∈h} P(o)·price(o), summed over places
    with `episodes` (quintile, place, class) as weights; the diagonal holds own elasticities.
    """
    paid = alpha_over_income[:, None, None] * expected_amounts(choice, charged)
    use = choice.nest_probability
    same = np.eye(use.shape[0])[:, :, None, None, None]
    response = episodes * (use[:, None] - same) * paid
    return quotient(response.sum(axis=3), (episodes * use).sum(axis=2)[:, None])


def arc_elasticity(
    quantity_before: Array, quantity_after: Array, price_before: Array, price_after: Array
) -> Array:
    """Midpoint arc elasticity (Allen 1934): (Δq/q̄)/(Δp/p̄); NaN where the price does not move.

    With one price at zero the price term is always ±2, so free care gives small figures
    (Aron-Dine, Einav & Finkelstein 2013 on the RAND experiment).
    """
    moved = quotient(quantity_after - quantity_before, quantity_after + quantity_before)
    return quotient(moved, quotient(price_after - price_before, price_after + price_before))


def elasticity_from_first(
    quantity_before: Array, quantity_after: Array, price_before: Array, price_after: Array
) -> Array:
    """(Δq/q₁)/(Δp/p₁) with the first point as base; NaN where it or the price change is zero."""
    moved = quotient(quantity_after - quantity_before, quantity_before)
    return quotient(moved, quotient(price_after - price_before, price_before))


def log_elasticity(
    quantity_before: Array, quantity_after: Array, price_before: Array, price_after: Array
) -> Array:
    """Δln q/Δln p; NaN where a quantity or price is not positive, or the price does not move."""
    points = np.array(
        np.broadcast_arrays(quantity_before, quantity_after, price_before, price_after),
        dtype=np.float64,
    )
    logs = np.log(np.where(points > 0.0, points, np.nan))
    return quotient(logs[1] - logs[0], logs[3] - logs[2])
