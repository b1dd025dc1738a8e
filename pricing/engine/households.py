"""A year in the life of the household sample: bills, learning, the ceiling on own shares, raking.

What a cell paid in the year is known from the market; the sample says which households paid it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array
from pricing.base.calendar import Month, start_day
from pricing.city.sample import Pool
from pricing.city.spread import FIRST_ILLNESS
from pricing.engine.homes import Homes, class_of, weights
from pricing.engine.illness import bills, poisson_counts, shifted
from pricing.engine.people import class_share
from pricing.engine.reach import Reach, reach_of
from pricing.engine.setup import Setup
from pricing.engine.standing import MONTHS
from pricing.engine.yearly import YearSums
from pricing.equations.quotient import quotient
from pricing.world.ledger import Ledger, check_stock

CEILING = "insurance_own_share_ceiling"
NEAR = 0.1  # a raking factor this near to 1 is within


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """A year of the sample; (household,) unless said.

    ``weight`` households it stands for; ``consumption`` VND in the year; ``food`` VND of it that is
    no capacity to pay; ``paid`` (sector, household) VND before the rebate; ``rebate`` VND;
    ``learns`` 1 where a member learns; ``price_level`` over the base year; ``factors`` (sector,
    cell) of raking, NaN where nobody of the sample had paid, 0 where nothing was to be paid.
    """

    homes: Homes
    year: int
    weight: Array
    consumption: Array
    food: Array
    paid: Array
    rebate: Array
    learns: Array
    price_level: float
    factors: Array

    def by_cell(self, amount: Array) -> Array:
        """Weighted sums of an amount (…, household), (…, cell)."""
        return self.homes.sample.by_cell(self.weight * amount)


def live(
    homes: Homes | None, setup: Setup, sums: YearSums, month: Month, reference: float
) -> Lived | None:
    """The year of the sample in December, None in other months or without a sample.

    Parameters
    ----------
    homes : Homes or None
        The sample in this trial.
    sums : YearSums
        Of all months of the year.
    reference : float
        Reference level (base salary) of the month, VND.
    """
    if homes is None or month.number != MONTHS:
        return None
    number = month.year - setup.people.years[0]
    residents = setup.people.residents[number]
    weight = weights(homes, residents)
    price_level = float(sums["price_level"]) / MONTHS
    grown = (1.0 + setup.economy.real_growth) ** (number + 0.5)
    base = MONTHS * homes.sample.consumption_month * homes.sample.size
    elasticity = setup.calibrated.parameters["food_elasticity"]
    ill, own_share = _ill(homes, setup, sums, month.year)
    learning, learns = _learning(homes, setup, sums, weight)
    learning[setup.health_sector] += _by_household(homes, ill)
    paid, factors = rake(homes, weight, learning, sums["place_household"])
    raked = own_share * np.nan_to_num(factors[setup.health_sector])[homes.sample.member_cell]
    ceiling = _ceiling(setup, month, reference)
    rebate = np.maximum(raked - ceiling, 0.0) * homes.is_tenured
    return Lived(
        homes=homes,
        year=month.year,
        weight=weight,
        consumption=base * (grown * price_level),
        food=MONTHS * homes.food * (grown**elasticity * price_level),
        paid=paid,
        rebate=_by_household(homes, rebate),
        learns=learns,
        price_level=price_level,
        factors=factors,
    )


def rake(homes: Homes, weight: Array, raw: Array, totals: Array) -> tuple[Array, Array]:
    """Payments that meet the cells' totals, (sector, household), and factors, (sector, cell).

    Parameters
    ----------
    raw : Array
        (sector, household) VND.
    totals : Array
        (sector, place, quintile) VND. Where nobody of the sample paid in a cell its total is spread
        over the cell by head, and the factor is NaN.
    """
    wanted = totals.reshape(totals.shape[0], -1)
    heads = homes.sample.by_cell(weight * homes.sample.size)
    paid, factors = np.empty_like(raw), np.empty_like(wanted)
    for sector, amount in enumerate(raw):
        held = homes.sample.by_cell(weight * amount)
        found = quotient(wanted[sector], held)
        nobody = ~np.isfinite(found)
        by_head = quotient(wanted[sector] * nobody, heads, undefined=0.0)
        paid[sector] = amount * np.where(nobody, 0.0, found)[homes.sample.cell]
        paid[sector] += by_head[homes.sample.cell] * homes.sample.size
        factors[sector] = np.where(wanted[sector] > 0.0, found, 0.0)
    return paid, factors


def within(factors: Array) -> tuple[int, int]:
    """How many cells were raked, and how many of them by a factor within a tenth of 1."""
    raked = ~(factors == 0.0)
    near = np.abs(factors - 1.0) <= NEAR
    return int(raked.sum()), int((raked & near).sum())


def _ceiling(setup: Setup, month: Month, reference: float) -> float:
    """What a member of five years pays at most in the year, VND (Health Insurance Law art. 22)."""
    day = start_day(month)
    laws = setup.city.laws
    return laws.value(CEILING, day) * reference if laws.has(CEILING, day) else np.inf


def _ill(homes: Homes, setup: Setup, sums: YearSums, year: int) -> tuple[Array, Array]:
    """Payments for care and own shares under the ceiling, before raking, (member,) VND."""
    log_sd = setup.calibrated.parameters["household_bill_log_sd"]
    number = year - setup.people.years[0]
    place, quintile = np.divmod(homes.sample.member_cell, setup.people.residents.shape[2])
    cover = class_of(homes, year)
    paid, own = np.zeros(place.size), np.zeros(place.size)
    for position, need in enumerate(homes.sample.illness):
        rate, mean, counted = _need(setup, sums, need, year)
        at = (quintile * rate.shape[1] + place) * rate.shape[2] + cover
        happens, costs = homes.illness[number, 2 * position : 2 * position + 2]
        dimension = FIRST_ILLNESS + 2 * position
        u = shifted(homes.sample, dimension, happens)
        count = poisson_counts(rate.take(at) * homes.frailty, u)
        ill = np.flatnonzero(count)
        u = shifted(homes.sample, dimension + 1, costs, ill)
        amount = bills(count[ill], mean.take(at[ill]), u, log_sd)
        reach = _reach(sums, need)
        if reach is not None:
            amount *= reach.factor((quintile[ill], cover[ill]), homes.luck[ill])
        paid[ill] += amount
        own[ill] += amount * counted[quintile[ill], cover[ill]]
    return paid, own


def _need(setup: Setup, sums: YearSums, need: int, year: int) -> tuple[Array, Array, Array]:
    """One need in the year: episodes a person and payment an episode, (quintile, place, class).

    Last the share of payments that counts towards the ceiling, (quintile, class).
    """
    shares = class_share(setup.city, need, year)
    classes = shares.shape[2]
    residents = setup.people.residents[year - setup.people.years[0]]
    episodes = sums["cell_episodes"][need][:, :, :classes]
    household = sums["cell_household"][need][:, :, :classes]
    own_share = sums["cell_own_share"][need][:, :classes]
    counted = quotient(own_share, household.sum(1), undefined=0.0)
    return (
        quotient(episodes, residents.T[:, :, None] * shares, undefined=0.0),
        quotient(household, episodes, undefined=0.0),
        np.minimum(counted, 1.0),
    )


def _reach(sums: YearSums, need: int) -> Reach | None:
    """Whom programmes for one need reached in the year."""
    household = sums["cell_household"][need].sum(1)
    return reach_of(household, sums["cell_relief"][need], sums["cell_reached"][need])


def _learning(homes: Homes, setup: Setup, sums: YearSums, weight: Array) -> tuple[Array, Array]:
    """Payments for learning, (sector, household) VND, and who learns, (household,) 1 or 0."""
    city = setup.city
    paid = np.zeros((len(city.sectors), weight.size))
    learns = np.zeros(weight.size)
    for need, pool in homes.sample.pools.items():
        if city.needs.is_enrolment[need]:
            learners = sums["cell_learners"][need] / max(int(city.needs.teaching_months[need]), 1)
            spent = sums["cell_learning"][need]
        else:
            learners = sums["cell_episodes"][need].sum(2)
            spent = sums["cell_household"][need].sum(2)
        of_each = quotient(spent, learners, undefined=0.0)
        share = attending(pool, weight, learners.T.ravel())
        taken = np.flatnonzero(share)
        household = pool.household[taken]
        amount = share[taken] * of_each.T.ravel()[pool.cell[taken]]
        paid[city.needs.sector[need]] += np.bincount(household, amount, weight.size)
        learns[household] = 1.0
    return paid, learns


def attending(pool: Pool, weight: Array, learners: Array) -> Array:
    """Share of the year that each of a pool learns, (pool member,).

    Members are taken in their order until the cell's learners (cell,) are met; the last one taken
    learns a part of the year, so that a cell has its learners to the last one.
    """
    mass = weight[pool.household]
    up_to = np.cumsum(mass)
    before = up_to - mass
    start = np.append(before, 0.0)[np.minimum(pool.start, before.size)]
    left = learners[pool.cell] - (before - start[pool.cell])
    share: Array = np.clip(left / mass, 0.0, 1.0)
    return share


def _by_household(homes: Homes, amount: Array) -> Array:
    """Sums over the members of each household, (household,)."""
    total: Array = np.add.reduceat(amount, homes.sample.start)
    return total


def pay_back(lived: Lived | None, setup: Setup, ledger: Ledger) -> Array:
    """Post what the fund pays back beyond the ceiling, (place, quintile) VND; 0 but in December."""
    shape = setup.people.residents.shape[1:]
    if lived is None:
        return np.zeros(shape)
    rebate = lived.by_cell(lived.rebate).reshape(shape)
    ledger.post("fund", "household", "ceiling_rebate", rebate.sum(0))
    return rebate


def check_homes(lived: Lived, ledger: Ledger, month: Month, rebate: Array) -> None:
    """Households of the sample add up to the accounts of the ledger, quintile by quintile.

    Raises
    ------
    InvariantError
        Where payments or rebates of the year differ by more than 1e-9.
    """
    paid = sum(
        ledger.turnover(purpose, month.year, "household")
        for purpose in ("user_payment", "learning_charges", "self_treatment")
    )
    found = lived.by_cell(lived.paid.sum(0)).reshape(rebate.shape).sum(0)
    none = np.zeros_like(found)
    gross = float(found.sum()) + 1.0
    check_stock("household sample", found, none, np.asarray(paid), month, gross)
    received = ledger.receipts("ceiling_rebate", month.year, "household")
    check_stock("ceiling rebate", rebate.sum(0), none, received, month, gross)
