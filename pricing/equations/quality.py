"""Quality of a unit or an offer, between 0 and 1."""

import numpy as np

from pricing.base.arrays import Array


def quality(
    staff_per_norm: Array,
    occupancy: Array,
    asset_age_share: Array,
    occupancy_threshold: float,
    occupancy_slope: float,
    age_slope: float,
) -> Array:
    """Quality ∈ [0, 1] on the common axes: 1 at full staffing, normal occupancy, new assets.

    min(1, staff_per_norm) − occupancy_slope·max(0, occupancy − occupancy_threshold)
    − age_slope·min(1, asset_age_share), within [0, 1]. Crowding above 85 % occupancy harms (Bagust,
    Place & Posnett 1999; Kuntz, Mennicken & Scholtes 2015); the slopes are assumed, with a range.

    Parameters
    ----------
    staff_per_norm
        Staff over what the norm asks for, ≥ 0.
    occupancy
        Load over capacity, ≥ 0.
    asset_age_share
        Age of the assets over their useful life, ≥ 0.
    """
    crowding = occupancy_slope * np.maximum(occupancy - occupancy_threshold, 0.0)
    wear = age_slope * np.minimum(asset_age_share, 1.0)
    return np.clip(np.minimum(staff_per_norm, 1.0) - crowding - wear, 0.0, 1.0)


def age_share(asset: Array) -> Array:
    """Age of assets over their useful life from assets over the base year's, on the same axes.

    Assets of the base year count as half worn, none as written off, twice as many as new.
    """
    age: Array = np.clip(1.0 - 0.5 * asset, 0.0, 1.0)
    return age
