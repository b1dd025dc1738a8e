"""What a year says of non-public provision: shares, prices, concentration, capacity, forgone."""

from __future__ import annotations

import numpy as np

from pricing.base.arrays import Array
from pricing.city.rows.services import OWNERSHIPS
from pricing.engine.entry_money import OwnerBooks
from pricing.engine.setup import Setup
from pricing.engine.standing import CITY_LEVEL
from pricing.engine.yearly import YearSums
from pricing.equations.quotient import quotient
from pricing.world.accounts import LINES
from pricing.world.flows import CAUSES
from pricing.world.recorder import Recorder
from pricing.world.state import State


def record_owners(
    recorder: Recorder,
    setup: Setup,
    sums: YearSums,
    books: OwnerBooks,
    end: tuple[State, int],
) -> None:
    """Put the year's quantities of non-public provision; ``end`` state in December, and year."""
    after, year = end
    city, offers = setup.city, setup.city.offers
    inside = offers.place >= 0
    public = city.units.is_public[offers.unit]
    recorder.add("outlay", year, _forgone(setup, books))
    service = setup.sums.service_of_offer
    volume = sums["total"] * inside
    place = np.where(inside, offers.place, 0)
    provided = np.zeros((len(city.services.id), len(city.places.id), len(OWNERSHIPS)))
    owned = np.where(public, 0, 1)
    np.add.at(provided, (offers.service, place, owned), volume)
    recorder.add("provided", year, provided)
    by_quintile = sums["volume"] * inside
    ownership = np.stack([public, ~public])
    used = np.einsum("qo,wo,os->sqw", by_quintile, ownership.astype(float), service)
    recorder.add("use_ownership", year, used)
    opened = after.non_public.opened[offers.unit] * after.non_public.filled
    capacity = np.zeros((len(city.services.id), len(OWNERSHIPS)))
    np.add.at(capacity, (offers.service, owned), offers.capacity * opened * inside)
    recorder.put("capacity_ownership", year, capacity)
    paid = (sums["household"] + sums["fund"] + sums["support"]).sum(0) * inside
    worth = np.zeros_like(capacity)
    np.add.at(worth, (offers.service, owned), paid)
    recorder.add("paid_ownership", year, worth)
    recorder.add("concentration", year, _concentration(setup, volume))
    _record_rounds(recorder, setup, books, year)


def _forgone(setup: Setup, books: OwnerBooks) -> Array:
    """Revenue forgone and interest subsidies of the year, (sector, line, budget_level) VND."""
    table = np.zeros((len(setup.city.sectors), len(LINES), 3))
    table[:, LINES.index("forgone_revenue"), CITY_LEVEL] = books.forgone[:, 0]
    table[:, LINES.index("interest_subsidy"), CITY_LEVEL] = books.forgone[:, 1]
    return table


def _concentration(setup: Setup, volume: Array) -> Array:
    """Herfindahl index of owners times output, (service,): Σ owner's output² / output.

    A group of firms counts as that many owners of equal size; public units of one budget level are
    owners of their own, since they compete for users.
    """
    city = setup.city
    unit = city.offers.unit
    pair = city.offers.service * len(city.units.id) + city.owners.owner[unit]
    size = len(city.services.id) * len(city.units.id)
    firms = city.units.n_firms[unit].astype(float)
    by_owner = np.bincount(pair, volume, size)
    weighted = np.bincount(pair, volume**2 / firms, size)
    alone = np.bincount(pair, volume**2, size)
    squared = by_owner**2 * quotient(weighted, alone, undefined=1.0)
    rows = squared.reshape(len(city.services.id), -1).sum(1)
    total = by_owner.reshape(len(city.services.id), -1).sum(1)
    return quotient(rows, total, undefined=0.0)


def _record_rounds(recorder: Recorder, setup: Setup, books: OwnerBooks, year: int) -> None:
    """Rounds of prices by service: how many priced, how well, at which bounds, why they moved."""
    rounds, service = books.pricing, setup.sums.service_of_offer
    priced = rounds.is_priced.astype(float)
    recorder.put("price_offers", year, priced @ service)
    recorder.put("price_bound", year, rounds.is_bound @ service)
    recorder.put("price_full", year, rounds.is_full @ service)
    recorder.put("price_real", year, (rounds.real * priced) @ service)
    recorder.put("price_residual", year, (rounds.residual[:, None] * service).max(0))
    moved = np.stack([(rounds.cause == cause) @ service for cause in range(len(CAUSES))], axis=1)
    recorder.put("price_moved", year, moved)
