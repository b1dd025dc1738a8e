"""Demand for episodes this month, and what each class of people pays for them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array
from pricing.engine.cells import NeedCells, counted_own_share, need_cells
from pricing.engine.charges import Charges
from pricing.engine.clock import Clock
from pricing.engine.payers import own_share_in_package, split
from pricing.engine.reach import relief
from pricing.engine.setup import Setup
from pricing.engine.solve import monthly_utility
from pricing.equations.choice import (
    Choice,
    FixedPart,
    choose,
    expected_amounts,
    monthly_part,
    volumes,
)
from pricing.equations.quotient import quotient
from pricing.equations.user_price import Payers
from pricing.world.levers import LeverValues
from pricing.world.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedDemand:
    """One need this month.

    Potential ``episodes`` (quintile, place, class), the solved ``choice``, demanded ``volume``
    (quintile, offer, class), its sum ``by_quintile`` (quintile, offer), who pays for a unit at the
    ``money`` of the month, and the ``lift`` (offer of the need,) of utility by quality and
    crowding.
    """

    need: int
    episodes: Array
    choice: Choice
    volume: Array
    by_quintile: Array
    paid: Payers
    lift: Array
    money: tuple[Charges, LeverValues]


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """One need's episodes after the queues.

    Residents, (quintile, offer): ``volume``, ``household``, ``fund``, ``support`` VND; by place:
    ``place_volume`` (nest, place), ``place_household`` (quintile, place); ``demand``, ``unmet``
    (quintile,), ``self_treated`` (quintile, place) episodes; ``voucher`` (quintile, offer, class)
    VND, a part of ``support``, None without vouchers; ``cells`` None without a household sample.
    """

    volume: Array
    household: Array
    fund: Array
    support: Array
    place_volume: Array
    place_household: Array
    demand: Array
    unmet: Array
    self_treated: Array
    voucher: Array | None
    cells: NeedCells | None


def demand(
    setup: Setup, state: State, clock: Clock, charges: Charges, levers: LeverValues
) -> list[NeedDemand]:
    """Choices of all episode needs at this month's money, congestion and quality."""
    lift = lift_of(setup, state)
    found = []
    for need, fixed in enumerate(state.fixed_part):
        potential = setup.potential[clock.year_number][need]
        if fixed is None or potential is None:
            continue
        episodes = (
            potential
            * (
                setup.chance.demand[clock.number, need]
                * setup.city.season[need, clock.month.number - 1]
                * clock.need_growth[need]
            )[:, None, None]
        )
        found.append(_need(setup, need, fixed, episodes, (clock, charges, levers, lift)))
    return found


def _need(
    setup: Setup,
    need: int,
    fixed: FixedPart,
    episodes: Array,
    month: tuple[Clock, Charges, LeverValues, Array],
) -> NeedDemand:
    clock, charges, levers, lift = month
    fit = setup.calibrated.fits[need]
    paid = split(fit.rules, charges, levers, clock.cpi)
    utility = monthly_utility(
        fit.frame, fit.demand, paid.household, clock.income_month, lift[fit.frame.offers]
    )
    outside = outside_utility(setup, need, clock)
    nests = setup.nests[need]
    choice = choose(fixed, monthly_part(utility, outside, nests), nests)
    volume = volumes(choice, episodes)
    return NeedDemand(
        need=need,
        episodes=episodes,
        choice=choice,
        volume=volume,
        by_quintile=np.einsum("qoc->qo", volume),
        paid=paid,
        lift=lift[fit.frame.offers],
        money=(charges, levers),
    )


def outside_utility(setup: Setup, need: int, clock: Clock) -> Array:
    """Utility of not using a need, (quintile,): self-treatment paid in full where there is any."""
    fit = setup.calibrated.fits[need]
    self_care = setup.calibrated.parameters["self_care_cost"] * clock.cpi
    utility: Array = -fit.demand.alpha / clock.income_month * (self_care * fit.rules.has_self_care)
    return utility


def lift_of(setup: Setup, state: State) -> Array:
    """What moves offers' utility besides money, (offer,): quality gained, less congestion."""
    lift = setup.calibrated.parameters["quality_weight"] * (state.quality - setup.quality)
    lift[setup.queues.offer] -= state.queues.congestion
    return lift


def serve_need(setup: Setup, found: NeedDemand, factor: Array, lost: Array) -> Served:
    """Payments of one need's residents after the queues.

    Parameters
    ----------
    factor : Array
        (offer of the need,) units of output delivered over episodes demanded.
    lost : Array
        (offer of the need,) share of the episodes demanded that left unserved.
    """
    paid, sought = found.paid, found.by_quintile
    spent = expected_amounts(found.choice, paid.household * factor[:, None])
    used = found.choice.nest_probability * found.episodes
    by_nest = _nest_factor(setup, found, factor)
    return Served(
        volume=sought * factor,
        household=np.einsum("qoc,qoc->qo", found.volume, paid.household) * factor,
        fund=np.einsum("qoc,oc->qo", found.volume, paid.fund) * factor,
        support=np.einsum("qoc,qoc->qo", found.volume, paid.budget) * factor,
        place_volume=np.einsum("gqpc->gp", used) * by_nest[:, None],
        place_household=np.einsum("gqpc,qpc->qp", spent, found.episodes),
        demand=sought.sum(1),
        unmet=sought @ lost,
        self_treated=np.einsum("qpc,qpc->qp", found.episodes, found.choice.outside_probability),
        voucher=_by_voucher(found, factor),
        cells=_cells(setup, found, (spent, by_nest, factor)),
    )


def _cells(setup: Setup, found: NeedDemand, served: tuple[Array, Array, Array]) -> NeedCells | None:
    """What the household sample reads; served (nest, quintile, place, class) VND, and factors."""
    if setup.city.households is None:
        return None
    spent, by_nest, factor = served
    volume = found.volume * factor[:, None]
    rules = setup.calibrated.fits[found.need].rules
    own = own_share_in_package(rules, *found.money, found.paid.fund)
    own_share = counted_own_share(rules, volume, own)
    given = relief(rules, found.money[1], volume, found.paid.budget)
    return need_cells(found.episodes, found.choice, spent, by_nest, own_share, given)


def _by_voucher(found: NeedDemand, factor: Array) -> Array | None:
    """What vouchers pay for the episodes delivered, (quintile, offer, class) VND."""
    if found.paid.voucher is None:
        return None
    return found.volume * found.paid.voucher * factor[:, None]


def _nest_factor(setup: Setup, found: NeedDemand, factor: Array) -> Array:
    """Delivered over demanded by nest, (nest,)."""
    by_offer = found.by_quintile.sum(0)
    start = [window.start for window in setup.nests[found.need].slices]
    delivered = np.add.reduceat(by_offer * factor, start)
    return quotient(delivered, np.add.reduceat(by_offer, start), undefined=1.0)
