"""Tenders, from the plan to the contract; failed ones are repeated, then an order takes over."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from pricing.base.arrays import Array, IntArray
from pricing.instruments._lot_award import signed, tell_award
from pricing.instruments._lot_bidders import Field, field
from pricing.instruments._lot_book import Book
from pricing.instruments._lot_direct import INSTEAD, order_instead
from pricing.instruments._lot_room import has_room
from pricing.instruments._lot_story import Procedure, Story
from pricing.instruments._lot_supply import (
    SHOCK,
    SHOCK_SLOTS,
    SHORT,
    performance,
    shock_factor,
    usual_cost,
)

BIDDING = "bidding"
OPENING_DAYS = ("tender_documents_days", "tender_notice_days")
AWARD_DAYS = ("tender_evaluation_days", "tender_appraisal_days", "tender_contract_days")
BIDDING_DAYS = ("lot_planning_days", *OPENING_DAYS, *AWARD_DAYS)
NOTICE, OPEN, FAILED, AWARD = "notice", "open", "failed", "award"
MOST_TENDERS = 3
"""After so many failed tenders in a row the lot is ordered."""
NEAR_CEILING = 0.98

Bidding: TypeAlias = Callable[[Field, Array, float, Array], Array]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How lots are tendered.

    Parameters
    ----------
    bids
        What bidders bid: field, ceiling, spread of private costs, cost of preparing a bid.
    ceiling
        VND per unit of output in place of the lot's own; None: as the lot says.
    ceiling_factor
        Multiplies the ceiling.
    is_neutral
        Public bidders count what the grant pays.
    n_bidders
        How many bid; by chance if None.
    """

    bids: Bidding
    ceiling: float | None
    ceiling_factor: float
    is_neutral: bool
    n_bidders: int | None

    def ceiling_of(self, book: Book, lots: IntArray) -> Array:
        """Ceiling prices of lots: as given, or the lot's, or its norm price at full cost."""
        own = book.city.lots.ceiling[lots]
        if self.ceiling is not None:
            own = np.full(lots.size, self.ceiling)
        return np.where(np.isnan(own), book.norm_price(lots), own) * self.ceiling_factor


class Tendering:
    """Tenders of one instrument: the steps of its lots, and the best bids until contracts are made.

    Parameters
    ----------
    n_lots
        Lots of the city.
    """

    def __init__(self, rules: Rules, n_lots: int) -> None:
        self._rules = rules
        self._offer = np.full(n_lots, -1)
        self._price, self._ceiling = np.zeros(n_lots), np.zeros(n_lots)
        self._cost, self._factor = np.zeros(n_lots), np.zeros(n_lots)
        self._is_guest = np.zeros(n_lots, dtype=np.bool_)

    @property
    def procedure(self) -> Procedure:
        """Up to three tenders, then an order; after a default without a new plan."""
        return Procedure(
            begin=self._begin,
            steps={
                NOTICE: self._notice,
                OPEN: self._open,
                FAILED: self._fail,
                AWARD: self._award,
                **INSTEAD,
            },
            with_papers=frozenset({FAILED, AWARD, *INSTEAD}),
            lead=BIDDING_DAYS,
        )

    def _begin(self, story: Story, lots: IntArray) -> None:
        book = story.book
        book.failures[lots] = 0
        again = book.attempt[lots] > 0
        new = lots[~again]
        book.plan(new)
        story.next(NOTICE, book.days("lot_planning_days"), new)
        story.next(NOTICE, 0, lots[again])

    def _notice(self, story: Story, lots: IntArray) -> None:
        """Publish the notice, shorter where the tender is repeated."""
        book = story.book
        again = book.attempt[lots] > 0
        book.tell("retender", lots[again])
        book.tell("tender", lots)
        story.hand_in(SHORT[BIDDING], lots)
        story.next(OPEN, book.days("retender_notice_days"), lots[again])
        story.next(OPEN, book.days(*OPENING_DAYS), lots[~again])

    def _open(self, story: Story, lots: IntArray) -> None:
        """Open the bids; a known number of bidders has come to bid, whatever that costs them."""
        book, rules = story.book, self._rules
        parameters, ceiling = book.desk.parameters, rules.ceiling_of(book, lots)
        book.release(lots)
        found = field(book, lots, is_neutral=rules.is_neutral, number=rules.n_bidders)
        share = parameters["bid_preparation_share"] if rules.n_bidders is None else 0.0
        price = rules.bids(found, ceiling, parameters["bidder_cost_sd"], share * ceiling)
        best = self._best(book, lots, found, price)
        failed, won = lots[best < 0], lots[best >= 0]
        book.tell("failed", failed)
        story.next(FAILED, 0, failed)
        rows = np.flatnonzero(best >= 0)
        at = (rows, best[rows])
        self._offer[won], self._price[won] = found.offer[at], price[at]
        self._cost[won], self._factor[won] = found.cost[at], found.factor[at]
        self._is_guest[won], self._ceiling[won] = found.is_outside[best[rows]], ceiling[rows]
        self._tell_bids(book, won, np.isfinite(price[rows]).sum(axis=1))
        story.next(AWARD, book.days(*AWARD_DAYS), won)

    def _best(self, book: Book, lots: IntArray, found: Field, price: Array) -> IntArray:
        """The lowest bid of each lot whose bidder has room for it, bound at once; -1: none.

        In rounds: each lot turns to the lowest bidder that has not dropped out, each bidder takes
        one lot a round in file order, and drops out where it has won too much for another.
        """
        best = np.full(lots.size, -1)
        order = np.argsort(price, axis=1, kind="stable")
        n_bids, rank = np.isfinite(price).sum(axis=1), np.zeros(lots.size, dtype=np.int64)
        rows = np.flatnonzero(n_bids > 0)
        while rows.size:
            bidder = order[rows, rank[rows]]
            offer = found.offer[rows, bidder]
            is_own = found.is_outside[bidder] | (offer == book.city.lots.offer[lots[rows]])
            able = is_own | has_room(book, lots[rows], offer[:, None])[:, 0]
            first = np.zeros(rows.size, dtype=np.bool_)
            contested = np.flatnonzero(able & ~is_own)
            first[contested[np.unique(offer[contested], return_index=True)[1]]] = True
            taken = is_own | first
            best[rows[taken]] = bidder[taken]
            book.bind(lots[rows[taken]], offer[taken])
            rank[rows[~able]] += 1
            rows = rows[~taken & (rank[rows] < n_bids[rows])]
        return best

    def _tell_bids(self, book: Book, lots: IntArray, n_bids: IntArray) -> None:
        """Note the number of bids and what the open contracting standard flags in red."""
        price, ceiling = self._price[lots], self._ceiling[lots]
        book.tell("bids", lots, n_bids)
        book.tell("single_bid", lots[n_bids == 1])
        book.tell("near_ceiling", lots[price >= NEAR_CEILING * ceiling])
        low = book.desk.parameters["abnormally_low_share"] * ceiling
        book.tell("abnormally_low", lots[price < low])

    def _fail(self, story: Story, lots: IntArray) -> None:
        """Repeat failed tenders; after the last, order."""
        book = story.book
        self._charge(book, lots)
        book.attempt[lots] += 1
        book.failures[lots] += 1
        spent = book.failures[lots] >= MOST_TENDERS
        story.next(NOTICE, 0, lots[~spent])
        order_instead(story, lots[spent])

    def _award(self, story: Story, lots: IntArray) -> None:
        """Contracts: winners spend their cost; who would lose more than his bond will leave."""
        book, parameters = story.book, story.book.desk.parameters
        self._charge(book, lots)
        price, factor, offer = self._price[lots], self._factor[lots], self._offer[lots]
        tell_award(book, lots, price, self._ceiling[lots])
        done = performance(book, lots, BIDDING, price, (usual_cost(book, offer), factor))
        spent = self._cost[lots] * done.cost_factor / factor * shock_factor(book, lots)
        at_stake = parameters["performance_bond_share"] + parameters["default_penalty_share"]
        leaves = spent - price * done.acceptance > at_stake * price
        leaves &= book.months[lots] > 1
        full = signed(book, BIDDING, lots, (offer, price), done)
        last = np.where(leaves, full.start + _months_served(book, lots), full.end)
        guest = self._is_guest[lots]
        story.serve(replace(full, end=last, is_broken=leaves, is_guest=guest))

    def _charge(self, book: Book, lots: IntArray) -> None:
        book.register.charge(lots, book.desk.parameters["administration_cost_bidding"])


def _months_served(book: Book, lots: IntArray) -> IntArray:
    """Months before a default, from 1: the supplier leaves at the beginning of the next."""
    uniform = book.uniforms(SHOCK, lots, SHOCK_SLOTS)[:, 1]
    return 1 + (uniform * (book.months[lots] - 1)).astype(np.int64)
