"""Cost: pay, norm cost by component, actual labour, capital cost, step costs, management scale.

The four components of the price law are, in this order, labour, direct, management, depreciation.
Drummond et al., Methods for the Economic Evaluation of Health Care Programmes (2015), ch. 7, for
capital; WHO hospital costing manual (1998), app. IV.
"""

import numpy as np

from pricing.base.arrays import Array

MONTHS_A_YEAR = 12.0


def pay(
    coefficient: Array, base_salary: float, allowance: Array, employer_contribution: Array
) -> Array:
    """Monthly cost of a post, VND, on the axes of `coefficient` such as (pay_group, post_class).

    coefficient·base_salary·(1 + allowance)·(1 + employer_contribution): Decree 204/2004 (salary
    coefficients), Decree 24/2023 and 73/2024 (base salary, mức lương cơ sở, VND a month).
    """
    return coefficient * base_salary * (1.0 + allowance) * (1.0 + employer_contribution)


def norm_labour(hours: Array, pay_month: Array, paid_hours_year: Array) -> Array:
    """Labour that the norm allows, VND per unit of output, (norm,).

    Σ_m hours·12·pay_month/paid_hours_year over the last axis, the post classes professional,
    support, management; all arguments (norm, post_class).
    """
    total: Array = (hours * pay_month / paid_hours_year).sum(axis=-1)
    return MONTHS_A_YEAR * total


def norm_cost(
    labour: Array,
    direct: Array,
    price_index: Array | float,
    overhead_rate: Array,
    depreciation: Array,
) -> Array:
    """Norm cost by component, VND per unit of output, (norm, component).

    Management is overhead_rate·(labour + direct), so the rate is management over labour and direct,
    not its share of the total. Each argument is (norm,); `direct` at prices of the base year.
    """
    result = np.empty((*labour.shape, 4))
    result[..., 0] = labour
    result[..., 1] = direct * price_index
    result[..., 2] = overhead_rate * (result[..., 0] + result[..., 1])
    result[..., 3] = depreciation
    return result


def actual_labour(
    norm_labour: Array,
    volume: Array,
    base_volume: Array,
    quasi_fixed_share: Array | float,
    efficiency: Array,
) -> Array:
    """Labour actually paid in a period, VND, on the common axes.

    norm_labour·efficiency·(quasi_fixed_share·base_volume + (1 − quasi_fixed_share)·volume): staff
    are quasi-fixed (Oi 1962), paid whether used or not; efficiency 1 is the norm, above 1 dearer.
    """
    paid_volume = quasi_fixed_share * base_volume + (1.0 - quasi_fixed_share) * volume
    return norm_labour * efficiency * paid_volume


def management_scale(size: Array, size_star: Array | float, gamma: Array | float) -> Array:
    """Management cost per unit of size, relative to the best size: exp(γ·(ln size − ln size*)²).

    1 at size*, more above and below it when γ > 0; γ = 0 means no economies of scale. size > 0.
    """
    return np.exp(gamma * np.log(size / size_star) ** 2)


def straight_line(
    cost: Array, salvage: Array | float, life: Array | float, use_share: Array | float = 1.0
) -> Array:
    """Depreciation a year, VND: (cost − salvage)/life, times the share of use by the service."""
    return use_share * (cost - salvage) / life


def book_value(
    cost: Array, salvage: Array | float, life: Array | float, age: Array | float
) -> Array:
    """Value left after `age` years of straight-line depreciation, VND; salvage from `life` on."""
    return cost - straight_line(cost, salvage, life) * np.minimum(age, life)


def annuity_factor(rate: Array | float, years: Array | float) -> Array:
    """Present value of 1 at the end of each of `years` years: (1 − (1 + r)^−n)/r; n at r = 0."""
    r, n = np.broadcast_arrays(
        np.asarray(rate, dtype=np.float64), np.asarray(years, dtype=np.float64)
    )
    factor = n.copy()
    np.divide(-np.expm1(-n * np.log1p(r)), r, out=factor, where=r != 0.0)
    return factor


def annuity_factor_advance(rate: Array | float, years: Array | float) -> Array:
    """Present value of 1 at the beginning of each of `years` years: AF(n − 1) + 1."""
    return annuity_factor(rate, years - 1.0) + 1.0


def equivalent_annual_cost(
    cost: Array,
    rate: Array | float,
    life: Array | float,
    salvage: Array | float = 0.0,
    use_share: Array | float = 1.0,
) -> Array:
    """Even yearly amount, paid in arrears, that repays an asset with interest; VND a year.

    (cost − salvage/(1 + r)^n)/AF(r, n), times the share of use by the service.
    """
    repaid = cost - salvage / (1.0 + rate) ** life
    return use_share * repaid / annuity_factor(rate, life)


def equivalent_annual_cost_advance(cost: Array, rate: Array | float, life: Array | float) -> Array:
    """Even yearly amount, paid in advance, that repays an asset with interest; VND a year."""
    return cost / annuity_factor_advance(rate, life)


def interest_on_capital(
    cost: Array,
    rate: Array | float,
    life: Array | float,
    salvage: Array | float = 0.0,
    use_share: Array | float = 1.0,
) -> Array:
    """What straight-line depreciation leaves out of the equivalent annual cost; VND a year."""
    annual = equivalent_annual_cost(cost, rate, life, salvage, use_share)
    return annual - straight_line(cost, salvage, life, use_share)


def replacement_value(
    historic_cost: Array, index_then: Array | float, index_now: Array | float
) -> Array:
    """Cost of buying the asset today, VND: historic_cost·index_now/index_then."""
    return historic_cost * index_now / index_then


def step_average_cost(
    block_cost: float, block: float, variable_cost: float, volume: Array
) -> Array:
    """Break-even price with step-fixed capacity, VND per unit of output, for volume > 0.

    block_cost·⌈volume/block⌉/volume + variable_cost: each started block of capacity costs as much
    as a full one (Horngren, Datar & Rajan, Cost Accounting, ch. 2).
    """
    return block_cost * np.ceil(volume / block) / volume + variable_cost
