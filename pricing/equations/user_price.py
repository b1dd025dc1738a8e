"""What the user pays for one unit of output, and who pays the rest.

Law on Health Insurance (25/2008, 46/2014, 51/2024) art. 22: benefit by class and route;
Decree 238/2025: exemption and support of tuition. Class is the cover class of the sector.
"""

from dataclasses import dataclass, replace

import numpy as np

from pricing.base.arrays import Array


def covered_share(
    contracted: Array,
    benefit: Array,
    route: Array,
    outside_package: Array,
    fee_waiver: float = 0.0,
) -> Array:
    """Share of the contract price that the fund pays, (offer, class), in [0, 1].

    contracted·route·(1 − outside_package)·benefit. A fee waiver moves this part of the insured
    patient's own share of in-package services to the fund: benefit + fee_waiver·(1 − benefit);
    the uninsured (benefit 0) gain nothing by it.

    Parameters
    ----------
    contracted
        1 where the offer has an insurance contract, else 0, (offer,).
    benefit
        Benefit rate by class, (class,).
    route
        Share of the benefit left on this route of referral, (offer,).
    outside_package
        Share of the bill that the package leaves out, (offer,).
    fee_waiver
        Share of the in-package own share that the fund takes over.
    """
    granted = benefit + fee_waiver * (1.0 - benefit) * (benefit > 0.0)
    reach: Array = contracted * route * (1.0 - outside_package)
    return reach[:, None] * granted


@dataclass(frozen=True, slots=True, kw_only=True)
class Payers:
    """Who pays for one unit of output, VND.

    `fund` (offer, class); `budget` and `household` (quintile, offer, class). The three sum to what
    is paid in all: price + top_up + charges. `household` is the user price. `voucher` (quintile,
    offer, class) is the part of `budget` that vouchers pay, None where there are none.
    """

    fund: Array
    budget: Array
    household: Array
    voucher: Array | None = None


def payers(
    price: Array, contract_price: Array, covered: Array, support: Array, extra: Array
) -> Payers:
    """Split of a price between fund, budget and household; VND per unit of output.

    own_share = price − covered·min(price, contract_price); the budget pays own_share·support, the
    household own_share·(1 − support) + extra.

    Parameters
    ----------
    price, contract_price
        Price of the offer and the regulated price at which the fund reimburses it, (offer,).
    covered
        Share that the fund pays, (offer, class), from `covered_share`.
    support
        Budget-financed share of the own share, (quintile, offer, class).
    extra
        What no one reimburses: top_up + charges, (quintile, offer).
    """
    fund = covered * np.minimum(price, contract_price)[:, None]
    own_share = price[:, None] - fund
    budget = own_share * support
    household = own_share - budget
    household += extra[:, :, None]
    return Payers(fund=fund, budget=budget, household=household)


def relieved(paid: Payers, copayment: Array, relief: Array) -> Payers:
    """The split after the budget has paid the share `relief` of the insured's co-payment.

    Parameters
    ----------
    copayment
        Own share inside the package after other support, VND, on (quintile, offer, class).
    relief
        Share of it that the budget pays, (quintile, offer, class).
    """
    moved = relief * copayment
    return replace(paid, budget=paid.budget + moved, household=paid.household - moved)


def with_voucher(paid: Payers, amount: Array, unbilled: Array) -> Payers:
    """The split after a voucher of an `amount` of VND has paid for some of what the unit bills.

    min(amount, household − unbilled): a voucher is worth at most what is still owed the unit.

    Parameters
    ----------
    amount
        VND per unit of output, (quintile, offer, class).
    unbilled
        What the household pays others than the unit, (quintile, offer) or what broadcasts to it.
    """
    owed = np.maximum(paid.household - unbilled[..., None], 0.0)
    spent = np.minimum(amount, owed)
    return replace(
        paid, budget=paid.budget + spent, household=paid.household - spent, voucher=spent
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """Cost of one trip per one-way km: `cost` in VND (both ways), `time` in hours (both ways)."""

    cost: float
    time: float


def travel_burden(travel: Travel, trips: float, hourly_income: Array, distance: Array) -> Array:
    """Money and time of reaching an offer, (quintile, place, offer), VND per unit of output.

    trips·(cost + time·hourly_income)·distance; `hourly_income` (quintile,) is the value of an hour,
    `distance` (place, offer) one way in km.
    """
    per_km = trips * (travel.cost + travel.time * hourly_income)
    return per_km[:, None, None] * distance


def burden(user_price: Array, travel: Array) -> Array:
    """User price plus travel, (quintile, place, offer, class), VND: the pair form of the factors.

    `user_price` (quintile, offer, class); `travel` (quintile, place, offer) from `travel_burden`.
    """
    return user_price[:, None] + travel[..., None]
