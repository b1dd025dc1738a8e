"""The regulated price of a service, its components, and the two prices of education.

Price Law 16/2023 (full cost plus accumulation); Decree 60/2021 art. 5 and 9 (the roadmap, lộ trình
tính giá, and its price states); Law 15/2023 art. 110 and Circular 21/2024 (health); Decree 238/2025
(frames of tuition).
"""

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, BoolArray
from pricing.equations.quotient import quotient


@dataclass(frozen=True, slots=True, kw_only=True)
class RegulatedPrice:
    """Prices in VND per unit of output.

    `price` (…,); `component` (…, component), summing to the price; `bound` (…,) whether the legal
    ceiling binds.
    """

    price: Array
    component: Array
    bound: BoolArray


def regulated_price(
    norm_cost: Array, included: Array, accumulation_rate: Array | float, ceiling: Array | float
) -> RegulatedPrice:
    """Price from the cost components that the roadmap lets in, under the legal ceiling; VND, (…,).

    min((1 + accumulation_rate)·Σ_c included·norm, ceiling). Where the ceiling binds, all components
    are cut in one proportion, so that they still sum to the price: the law fixes the sum, not
    which component it denies.

    Parameters
    ----------
    norm_cost
        Norm cost at the last decision, (…, component), VND per unit of output.
    included
        Share of each component that the roadmap lets in, (…, component), in [0, 1].
    accumulation_rate
        Share allowed on cost, (…,).
    ceiling
        Highest legal price, (…,), VND; inf where there is none.
    """
    admitted = included * norm_cost
    admitted *= np.expand_dims(np.add(1.0, accumulation_rate), -1)
    wanted = admitted.sum(axis=-1)
    price = np.minimum(wanted, ceiling)
    bound = wanted > ceiling
    component = admitted * quotient(price, wanted, undefined=1.0)[..., None]
    return RegulatedPrice(price=price, component=component, bound=bound)


def full_cost_ratio(price: Array, norm_cost: Array, accumulation_rate: Array | float) -> Array:
    """Price over (1 + accumulation_rate)·full norm cost, (…,); 1 is full cost, NaN without cost.

    `norm_cost` is (…, component), of the same decision as the price.
    """
    return quotient(price, np.add(1.0, accumulation_rate) * norm_cost.sum(axis=-1))


@dataclass(frozen=True, slots=True, kw_only=True)
class EducationPrice:
    """The two parts of a service price, (…,), VND per pupil-month, and where the frame binds."""

    tuition: Array
    order_part: Array
    bound: BoolArray


def tuition_and_order(service_price: Array, tuition: Array, frame: Array | float) -> EducationPrice:
    """Split a service price into tuition and what the budget owes by order; VND, (…,).

    Tuition, charged in the learner's name, never exceeds its frame (khung học phí) nor the service
    price, of which it is a part; order_part = service_price − tuition falls on the budget level
    that owns the service (Decree 32/2019 on ordering).
    """
    charged = np.minimum(np.minimum(tuition, frame), service_price)
    return EducationPrice(
        tuition=charged, order_part=service_price - charged, bound=np.greater(tuition, frame)
    )
