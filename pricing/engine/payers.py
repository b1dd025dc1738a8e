"""Who pays what for one unit of output of each offer of a need (model sections 3 and 4)."""

import numpy as np

from pricing.base.arrays import Array
from pricing.engine.charges import Charges
from pricing.engine.rules import HEALTH_SCHEME, NeedRules
from pricing.equations import user_price
from pricing.world.levers import LeverValues


def split(rules: NeedRules, charges: Charges, levers: LeverValues, cpi: float) -> user_price.Payers:
    """Fund's, budget's and household's part of each offer's charge, VND per unit of output.

    ``fund`` (offer, class), ``budget`` and ``household`` (quintile, offer, class) add up to the
    charge plus top-ups and charges of the school. Health Insurance Law arts. 22, 26; Decree
    238/2025 (support of learners). A non-public learner's support is part of ``budget``.
    """
    charged = charges.charged[rules.offers]
    covered = _covered(rules, charged, levers)
    extra = (rules.top_up + rules.charges) * cpi
    paid = user_price.payers(charged, charged, covered, _support_rate(rules, levers), extra)
    private = charges.private_support[rules.offers]
    if not private.any():
        return paid
    return user_price.Payers(
        fund=paid.fund,
        budget=paid.budget + private[:, None],
        household=paid.household - private[:, None],
    )


def _covered(rules: NeedRules, charged: Array, levers: LeverValues) -> Array:
    """Share of the charge that the fund pays, (offer, class)."""
    if rules.scheme != HEALTH_SCHEME:
        return np.zeros((charged.size, rules.n_classes))
    benefit = levers["benefit"]
    route = levers["route"][rules.offers]
    waiver = levers.scalar("fee_waiver")
    covered = user_price.covered_share(
        rules.contracted, benefit, route, rules.outside_package, waiver
    )
    small = charged < rules.small_bill * levers.scalar("base_salary")
    if not small.any():
        return covered
    full = user_price.covered_share(
        rules.contracted, (benefit > 0).astype(float), route, rules.outside_package
    )
    return np.where(small[:, None], full, covered)


def _support_rate(rules: NeedRules, levers: LeverValues) -> Array:
    """Budget's share of the own share, (quintile, offer, class); regulated prices only."""
    table = levers["support"][rules.need][rules.place_kind][:, :, : rules.n_classes]
    rate: Array = np.moveaxis(table, 1, 0) * rules.is_regulated[:, None]
    if rules.is_check_up:
        rate = np.maximum(rate, levers.scalar("check_up_support") * rules.is_regulated[:, None])
    return rate
