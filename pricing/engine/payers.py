"""Who pays what for one unit of output of each offer of a need (model sections 3 and 4)."""

from dataclasses import replace

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
    238/2025 (support of learners). A non-public learner's support is part of ``budget``, and so are
    vouchers and what a co-payment fund pays.
    """
    charged = charges.charged[rules.offers]
    covered = _covered(rules, charged, levers)
    rate = _support_rate(rules, levers)
    extra = (rules.top_up * charges.factor[rules.offers] + rules.charges) * cpi
    paid = user_price.payers(charged, charged, covered, rate, extra)
    if levers["copayment_relief"][rules.need].any():
        inside = np.maximum(_full_cover(rules, levers) - covered, 0.0) * charged[:, None]
        relief = by_offer(rules, levers, "copayment_relief") * rules.is_regulated[:, None]
        paid = user_price.relieved(paid, (1.0 - rate) * inside, relief)
    private = charges.private_support[rules.offers]
    if private.any():
        paid = replace(
            paid,
            budget=paid.budget + private[:, None],
            household=paid.household - private[:, None],
        )
    if levers["voucher"][rules.need].any():
        here = (rules.place_kind >= 0).astype(float)[:, None]
        amount = by_offer(rules, levers, "voucher") * here
        paid = user_price.with_voucher(paid, amount, rules.charges * cpi)
    return paid


def own_share_in_package(
    rules: NeedRules, charges: Charges, levers: LeverValues, fund: Array
) -> Array:
    """What the insured pay themselves of a unit within the package, VND.

    Right route only: the own shares that count towards the yearly ceiling (Health Insurance Law
    25/2008 as amended, art. 22); (quintile, offer, class), without quintile where no programme
    supports users. ``fund`` (offer, class) is what insurance pays.
    """
    charged = charges.charged[rules.offers]
    on_route = levers["route"][rules.offers] >= 1.0
    inside: Array = np.maximum(_full_cover(rules, levers) * charged[:, None] - fund, 0.0)
    inside *= on_route[:, None]
    names = ("support", "copayment_relief")
    if not rules.is_check_up and not any(levers[name][rules.need].any() for name in names):
        return inside
    relief = by_offer(rules, levers, "copayment_relief") * rules.is_regulated[:, None]
    left: Array = (1.0 - _support_rate(rules, levers)) * (1.0 - relief)
    return left * inside


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
    return np.where(small[:, None], _full_cover(rules, levers), covered)


def _full_cover(rules: NeedRules, levers: LeverValues) -> Array:
    """Share of the charge inside the package of the insured, (offer, class)."""
    insured = (levers["benefit"] > 0).astype(float)
    if rules.scheme != HEALTH_SCHEME:
        return np.zeros((rules.contracted.size, rules.n_classes))
    route = levers["route"][rules.offers]
    return user_price.covered_share(rules.contracted, insured, route, rules.outside_package)


def _support_rate(rules: NeedRules, levers: LeverValues) -> Array:
    """Budget's share of the own share, (quintile, offer, class); regulated prices only."""
    rate: Array = by_offer(rules, levers, "support") * rules.is_regulated[:, None]
    if rules.is_check_up:
        rate = np.maximum(rate, levers.scalar("check_up_support") * rules.is_regulated[:, None])
    return rate


def by_offer(rules: NeedRules, levers: LeverValues, name: str) -> Array:
    """A lever of the need, (place_kind, quintile, class), as (quintile, offer, class)."""
    table = levers[name][rules.need][rules.place_kind][:, :, : rules.n_classes]
    return np.moveaxis(table, 1, 0)
