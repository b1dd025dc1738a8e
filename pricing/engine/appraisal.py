"""What a candidate's case is worth: one solve of the choice model at the prices owners quote.

The candidate takes the market of the last round of prices, opens every project committed before
it and itself at full size, and values the margin on the users who would come within its capacity
and its staff (model section 7). Real flows meet the real hurdle rate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, BoolArray
from pricing.engine.setup import Setup
from pricing.equations.entry import Incentives, Project, Prospect, net_present_value
from pricing.equations.oligopoly_market import Market, demand, only, resized
from pricing.world.investors import RAMP, Verdict
from pricing.world.levers import LeverValues
from pricing.world.state import Quote, State

SOCIALISED_TAX = "profit_tax.socialised"
FREE_YEARS = "profit_tax_holiday.free_years"
INCENTIVES = ("land_rent_exempt", "interest_subsidy", "tax_half_years", "supported_quota")


@dataclass(slots=True)
class Latest:
    """The last closed month, which investors look at: its state and its levers."""

    state: State
    levers: LeverValues


class Appraiser:
    """Verdicts on candidates in a trial, remembered while what they rest on stands."""

    def __init__(self, setup: Setup, latest: Latest) -> None:
        self._setup, self._latest = setup, latest
        self._users = Users()
        self._known: dict[int, tuple[tuple[object, ...], Verdict]] = {}

    def __call__(self, candidate: int, committed: BoolArray) -> Verdict:
        """The case of a candidate, given the candidates committed, (candidate,)."""
        levers = self._latest.levers
        basis = (
            committed.tobytes(),
            *(None if quote is None else quote.cpi for quote in self._latest.state.quotes),
            *(float(levers[name][candidate]) for name in INCENTIVES),
            levers.scalar("cpi_growth"),
        )
        known = self._known.get(candidate)
        if known is None or known[0] != basis:
            self._known[candidate] = basis, self._verdict(candidate, committed)
        return self._known[candidate][1]

    def _verdict(self, candidate: int, committed: BoolArray) -> Verdict:
        case = _Case(setup=self._setup, latest=self._latest, candidate=candidate, users=self._users)
        value = case.value(committed, full_staff=False)
        if value > 0.0:
            return Verdict(value=value, without_rivals=value, with_staff=value)
        none = np.zeros_like(committed)
        return Verdict(
            value=value,
            without_rivals=case.value(none, full_staff=False) if committed.any() else value,
            with_staff=case.value(committed, full_staff=True),
        )


class Users:
    """Users that offers may expect, remembered while a need's market stands as it was quoted."""

    def __init__(self) -> None:
        self._quotes: dict[int, Quote] = {}
        self._found: dict[tuple[int, int, bytes], float] = {}

    def of(self, need: int, quote: Quote, size: Array, at: int) -> float:
        """Users a year of the offer at position ``at`` once all are open at ``size`` (offer,)."""
        if self._quotes.get(need) is not quote:
            self._quotes[need] = quote
            self._found = {key: known for key, known in self._found.items() if key[0] != need}
        key = need, at, size.tobytes()
        if key not in self._found:
            self._found[key] = expected_users(quote.market, size, at)
        return self._found[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One candidate at one review."""

    setup: Setup
    latest: Latest
    candidate: int
    users: Users

    def value(self, committed: BoolArray, *, full_staff: bool) -> float:
        """Net present value at the hurdle rate, VND; no value before the first round of prices."""
        offers = self.setup.city.candidates.offers[self.candidate].tolist()
        quotes = [self.latest.state.quotes[int(self.setup.city.offers.need[o])] for o in offers]
        asked = [quote for quote in quotes if quote is not None]
        if len(asked) < len(quotes):
            return -np.inf
        slots = self._opening(committed)
        margin = sum(
            self._margin(offer, quote, slots, full_staff=full_staff)
            for offer, quote in zip(offers, asked, strict=True)
        )
        parameters = self.setup.calibrated.parameters
        nominal = 1.0 + parameters["hurdle_rate"]
        hurdle = nominal / (1.0 + self.latest.levers.scalar("cpi_growth")) - 1.0
        # What a year of full use leaves above marginal cost, as one unit of output.
        expected = Prospect(price=margin, mc=0.0, volume_year=1.0)
        project = self._project(asked[0].cpi)
        return net_present_value(project, self.incentives(), expected, max(hurdle, 0.0))

    def _opening(self, committed: BoolArray) -> BoolArray:
        """Slots that will be open beside those that are: committed ones, and its own; (unit,)."""
        city = self.setup.city
        opening = committed.copy()
        opening[self.candidate] = True
        slots = np.zeros(len(city.units.id), dtype=np.bool_)
        slots[city.candidates.unit[opening]] = True
        return slots

    def _margin(self, offer: int, quote: Quote, slots: BoolArray, *, full_staff: bool) -> float:
        """Margin of one offer, VND a year; the supported part of its users brings no top-up."""
        need = int(self.setup.city.offers.need[offer])
        book = self.setup.books[need]
        assert book is not None
        at = int(np.searchsorted(book.offer, offer))
        size = np.where(slots[self.setup.city.offers.unit[book.offer]], 1.0, quote.opened)
        staffed = 1.0 if full_staff else min(float(quote.filled[at]), 1.0)
        sought = self.users.of(need, quote, size, at)
        served = min(sought, float(quote.capacity[at]) * staffed)
        quota = float(self.latest.levers["supported_quota"][self.candidate])
        price = quote.price[at] - quota * (quote.price[at] - quote.floor[at])
        return max(float(price - quote.mc[at]), 0.0) * served * self._output_a_user(need)

    def _output_a_user(self, need: int) -> float:
        """Units of output a year for each user of a year: a learner stays for the later grades."""
        start = self.setup.entry[need]
        if start is None:
            return 1.0
        grades = float(start.stock.sum() / start.stock[0].sum())
        return grades * float(self.setup.city.needs.teaching_months[need])

    def _project(self, cpi: float) -> Project:
        """The plan at the prices of the last round."""
        candidates, parameters = self.setup.city.candidates, self.setup.calibrated.parameters
        k = self.candidate
        places = float(candidates.places[k])
        capital = float(candidates.capital_place[k]) * cpi
        life = int(candidates.life_years[k])
        ramp = tuple(parameters[name] for name in RAMP)
        return Project(
            places=places,
            capital_place=capital,
            depreciation_year=places * capital / life,
            construction_years=int(candidates.construction_years[k]),
            life_years=life,
            fixed_cost_year=0.0,
            land_rent_year=places * float(candidates.land_rent_place_year[k]) * cpi,
            debt_share=parameters["debt_share"],
            loan_years=round(parameters["loan_years"]),
            ramp=ramp,
        )

    def incentives(self) -> Incentives:
        """Incentives in force."""
        levers, laws = self.latest.levers, self.setup.city.laws
        return Incentives(
            tax_rate=laws.value(SOCIALISED_TAX, 0),
            free_years=int(laws.value(FREE_YEARS, 0)),
            half_years=int(levers["tax_half_years"][self.candidate]),
            land_rent_exempt=float(levers["land_rent_exempt"][self.candidate]),
            interest_subsidy=float(levers["interest_subsidy"][self.candidate]),
        )


def expected_users(market: Market, size: Array, at: int) -> float:
    """Users a year of the offer at position ``at`` once all are open at ``size`` (offer,)."""
    folded = only(resized(market, size), at)
    return float(demand(folded, folded.reference)[0])
