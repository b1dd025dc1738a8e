"""A year's sums of the months' flows, and the quantities they become in December."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from pricing.base.arrays import Array
from pricing.engine.budget_lines import Owed, budget_lines
from pricing.engine.lot_money import LotMoney
from pricing.engine.setup import Setup
from pricing.engine.standing import CASH, CITY_LEVEL, MONTHS
from pricing.equations.quotient import quotient
from pricing.world.accounts import LINES
from pricing.world.flows import WELFARE, Cells, Flows, LotFlows
from pricing.world.recorder import Recorder
from pricing.world.state import State

VOLUMES_OF_LOTS = ("ordered", "delivered", "accepted", "quality")
PRICE, ORDER, GRANT, UNFUNDED = range(4)


class YearSums:
    """Sums over the months of one year, by name; arrays as in ``Flows``."""

    def __init__(self) -> None:
        self._sums: dict[str, Array] = {}

    def __getitem__(self, name: str) -> Array:
        """The year's sum of a flow."""
        return self._sums[name]

    def add(self, flows: Flows, norm_value: Array) -> None:
        """Add one month; ``norm_value`` (offer, component) norm cost of what was delivered."""
        paid, supplied = flows.payments, flows.supply
        total = flows.volume.sum(0) + flows.outsiders
        self._add("volume", flows.volume)
        self._add("outsiders", flows.outsiders)
        self._add("place_volume", flows.place_volume)
        self._add("place_household", flows.place_household)
        self._add("self_treatment", flows.self_treatment)
        self._add("demand", flows.demand)
        self._add("unmet", flows.unmet)
        self._add("household", paid.household)
        self._add("learning", paid.learning)
        self._add("fund", paid.fund)
        self._add("support", paid.support)
        self._add("order", paid.order)
        self._add("lot", paid.lot)
        outside = paid.outside_household + paid.outside_support + paid.outside_order
        self._add("outside", outside)
        self._add("outside_household", paid.outside_household)
        self._add("outside_fund", paid.outside_fund)
        self._add("cost", supplied.cost)
        self._add("grant", supplied.grant)
        self._add("capital", supplied.capital)
        self._add("mandate", supplied.mandate)
        self._add("by_price", flows.earning * total[:, None])
        self._add("by_order", flows.order_earning * total[:, None])
        self._add("wait", flows.wait_days * total)
        self._add("total", total)
        self._add("norm_value", norm_value)
        self._add("price_level", np.asarray(flows.cpi))
        for name in WELFARE:
            self._add(f"welfare_{name}", getattr(flows.welfare, name))
        self._add_cells(flows.cells)

    def _add_cells(self, cells: Cells | None) -> None:
        """Add what the household sample reads."""
        if cells is not None:
            for part in fields(cells):
                self._add(f"cell_{part.name}", getattr(cells, part.name))

    def add_lots(self, lots: LotFlows | None, money: LotMoney) -> None:
        """Add the lots of one month, (lot,), and what assignments moved, (offer,)."""
        self._add("assigned", money.assigned)
        self._add("lot_paid", money.paid)
        self._add("lot_returned", money.returned)
        self._add("lot_administration", money.administration)
        for name in VOLUMES_OF_LOTS:
            values = np.zeros(money.paid.size) if lots is None else getattr(lots, name)
            self._add(f"lot_{name}", values)

    def add_condition(self, budget_change: Array, quality: Array, norm_value: Array) -> None:
        """Add what envelopes change of the outlay, and the quality of what the offers made.

        ``budget_change`` (sector, line, budget_level) VND; ``quality`` and ``norm_value`` (offer,).
        """
        self._add("budget_change", budget_change)
        self._add("quality_value", quality * norm_value)

    def _add(self, name: str, values: Array) -> None:
        if name in self._sums:
            self._sums[name] += values
        else:
            self._sums[name] = np.array(values, dtype=np.float64)


def record_year(
    recorder: Recorder, setup: Setup, sums: YearSums, after: State, year_money: tuple[int, Array]
) -> None:
    """Put the year's quantities into the recorder.

    ``year_money`` the year, and premium subsidies (budget_level,) VND.
    """
    year, subsidy = year_money
    _record_prices(recorder, setup, after, year)
    _record_volumes(recorder, setup, sums, year)
    _record_money(recorder, setup, sums, year)
    recorder.add("outlay", year, _outlay(setup, sums, subsidy))
    _record_funding(recorder, setup, sums, year)
    _record_people(recorder, setup, after, year)
    for name in VOLUMES_OF_LOTS:
        recorder.add(f"lot_{name}", year, sums[f"lot_{name}"])
    recorder.add("lot_paid", year, sums["lot_paid"] - sums["lot_returned"])
    recorder.add("lot_returned", year, sums["lot_returned"])
    recorder.add("lot_administration", year, sums["lot_administration"])


def _record_prices(recorder: Recorder, setup: Setup, after: State, year: int) -> None:
    """Price lists at the year's end, weighted over norms by base-year volume."""
    weight = setup.sums.list_weight  # (service, norm, place_kind)
    total = weight.sum(1)
    safe = np.where(total > 0, total, 1.0)
    prices = after.prices
    parts = np.einsum("snk,nkc->skc", weight, prices.component) / safe[:, :, None]
    recorder.put("list_price", year, parts)
    full = np.einsum("snk,nk->sk", weight, prices.full_cost) / safe
    recorder.put("full_norm_at_decision", year, full)
    recorder.put("weight", year, total)
    recorder.put("ceiling_bound", year, np.einsum("snk,nk->sk", weight, prices.is_bound))


def _record_volumes(recorder: Recorder, setup: Setup, sums: YearSums, year: int) -> None:
    """Volumes, demand, unmet need and waits."""
    by_service = setup.sums.service_of_offer
    recorder.add("volume", year, (sums["volume"] @ by_service).T)
    recorder.add("volume_place", year, sums["place_volume"])
    recorder.add("volume_outsiders", year, sums["outsiders"] @ by_service)
    recorder.add("demand", year, sums["demand"])
    recorder.add("unmet", year, sums["unmet"])
    queued = np.zeros(sums["total"].size)
    queued[setup.queues.offer] = 1.0
    recorder.add("wait_days", year, (sums["wait"] * queued) @ by_service)
    recorder.add("wait_volume", year, (sums["total"] * queued) @ by_service)


def _record_money(recorder: Recorder, setup: Setup, sums: YearSums, year: int) -> None:
    """Who paid for residents, revenue and cost of public units, out-of-pocket spending.

    What the budget gives the units of a service, recurrent or capital, is paid for its users.
    """
    by_service = setup.sums.service_of_offer
    accepted = 1.0 - setup.calibrated.parameters["refusal_share"]
    fund = accepted * sums["fund"]
    budget = sums["support"] + _given(sums) * _share_of_use(sums)
    payment = np.stack([sums["household"], fund, budget])
    recorder.add("payment", year, (payment @ by_service).transpose(2, 1, 0))
    revenue = offer_revenue(setup, sums)
    public = setup.sums.public_service_kind  # (offer, service x place_kind)
    shape = (by_service.shape[1], setup.sums.list_weight.shape[2])
    recorder.add("revenue", year, (revenue @ public).reshape(shape))
    cost = (sums["cost"].T @ public).reshape(-1, *shape)
    recorder.add("cost", year, np.moveaxis(cost, 0, -1))
    recorder.add("out_of_pocket", year, sums["place_household"])
    recorder.add("self_treatment", year, sums["self_treatment"])


def offer_revenue(setup: Setup, sums: YearSums) -> Array:
    """What units earn by services, after refusals, (offer,) VND; no grants, no capital."""
    accepted = 1.0 - setup.calibrated.parameters["refusal_share"]
    paid = sums["household"] + accepted * sums["fund"] + sums["support"]
    lots = sums["lot"] + sums["assigned"]
    revenue: Array = (
        paid.sum(0) + sums["order"] + lots + sums["outside"] + accepted * sums["outside_fund"]
    )
    return revenue


def _given(sums: YearSums) -> Array:
    """Order parts, and lots, grants, capital for the residents among the users, (offer,) VND."""
    residents = quotient(sums["volume"].sum(0), sums["total"], undefined=0.0)
    shared = sums["grant"].sum(1) + sums["capital"] + sums["lot"] + sums["assigned"]
    given: Array = sums["order"] + shared * residents
    return given


def _share_of_use(sums: YearSums) -> Array:
    """Quintiles' shares of the residents' use of each offer, (quintile, offer)."""
    volume = sums["volume"]
    return quotient(volume, volume.sum(0), undefined=0.0)


def _outlay(setup: Setup, sums: YearSums, subsidy: Array) -> Array:
    """Outlay of the budgets, (sector, line, budget_level) VND."""
    table = budget_lines(
        setup,
        Owed(
            support=sums["support"].sum(0),
            order=sums["order"],
            grant=sums["grant"].sum(1),
            capital=sums["capital"],
            mandate=sums["mandate"],
        ),
    )
    bought = setup.city.services.sector[setup.city.lots.service]
    for name, amount in (
        ("lots", sums["lot_paid"] - sums["lot_returned"]),
        ("lot_administration", sums["lot_administration"]),
    ):
        np.add.at(table[:, LINES.index(name), CITY_LEVEL], bought, amount)
    health = setup.health_sector
    table[health, LINES.index("premium_subsidy")] += subsidy
    other = setup.calibrated.parameters["public_health_spending_other"] / MONTHS
    table[health, LINES.index("other_health"), CITY_LEVEL] += other * float(sums["price_level"])
    return np.asarray(table + sums["budget_change"])


def _record_funding(recorder: Recorder, setup: Setup, sums: YearSums, year: int) -> None:
    """Norm cost of public services by channel: price + order + grant + unfunded."""
    public = setup.sums.service_of_offer * setup.offers.is_public[:, None]
    granted = np.zeros_like(sums["by_price"])
    granted[:, :CASH] = sums["grant"]
    granted[:, CASH] = sums["capital"]
    norm = sums["norm_value"]
    channels = np.stack(
        [
            sums["by_price"],
            sums["by_order"],
            granted,
            norm - sums["by_price"] - sums["by_order"] - granted,
        ],
        axis=-1,
    )
    recorder.add("funding", year, np.einsum("ock,os->sck", channels, public))
    recorder.add("norm_cost", year, np.einsum("oc,os->sc", norm, public))


def _record_people(recorder: Recorder, setup: Setup, after: State, year: int) -> None:
    """Residents, people at risk and school-age residents of the year; learners at its end."""
    number = year - setup.people.years[0]
    recorder.put("people", year, setup.people.residents[number])
    at_risk = setup.people.at_risk[number].sum(1)
    recorder.put("at_risk", year, at_risk)
    enrolled = setup.city.needs.is_enrolment[:, None]
    recorder.put("school_age", year, at_risk * enrolled)


def record_schooling(recorder: Recorder, flows: Flows, year: int) -> None:
    """Movements of learners at an intake."""
    if flows.schooling is None:
        return
    moves = flows.schooling
    recorder.add("entrants", year, moves.entrants)
    recorder.add("completed", year, moves.completed)
    recorder.add("dropped", year, moves.dropped)
    recorder.put("opening", year, moves.opening)
    recorder.put("closing", year, moves.closing)
