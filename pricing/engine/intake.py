"""The intake of a school year: grades move up, levels are completed, new learners enter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, BoolArray
from pricing.city.rows.people import PLACE_KINDS
from pricing.engine.charges import Charges
from pricing.engine.clock import Clock
from pricing.engine.entry import pool
from pricing.engine.frames import fixed_utility
from pricing.engine.payers import split
from pricing.engine.people import class_share
from pricing.engine.setup import Setup
from pricing.engine.solve import monthly_utility, travel_per_km
from pricing.engine.surplus import Journeys, learner_surplus, learner_travel
from pricing.equations.choice import Choice, choose, fixed_part, monthly_part, offer_shares
from pricing.equations.enrolment import admit_by_score, drop_out_hazard, promote
from pricing.equations.quotient import quotient
from pricing.world.flows import Schooling
from pricing.world.levers import LeverValues
from pricing.world.state import Learners, State

SCORED_NEED = "upper_secondary"
FULL = 1.0 - 1e-9  # rounding is no free seat
# Mean score of a quintile's applicants in standard deviations of ability (assumed).
SCORE_GRADIENT = np.array([-0.4, -0.2, 0.0, 0.2, 0.4])


@dataclass(frozen=True, slots=True, kw_only=True)
class Intakes:
    """What an intake reads besides the state; ``opened`` (unit,) share of a unit that is open."""

    clock: Clock
    charges: Charges
    levers: LeverValues
    opened: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """Learners after the intake by need, and the movements by need and quintile.

    ``surplus`` (need, place_kind, quintile) VND and ``journeys`` by need are of the school year.
    """

    learners: tuple[Learners | None, ...]
    schooling: Schooling | None
    demand: Array
    unmet: Array
    surplus: Array
    journeys: dict[int, Journeys]


def intake(setup: Setup, state: State, month: Intakes) -> Intake:
    """Move every enrolment need into the new school year, lower levels first."""
    n_needs, quintiles = len(setup.city.needs.id), setup.calibrated.income_month.size
    moves = {
        name: np.zeros((n_needs, quintiles))
        for name in ("opening", "entrants", "completed", "dropped", "closing", "demand", "unmet")
    }
    completed: dict[int, Array] = {}
    learners = list(state.learners)
    surplus = np.zeros((n_needs, len(PLACE_KINDS), quintiles))
    journeys: dict[int, Journeys] = {}
    for need, before in enumerate(state.learners):
        if before is None or setup.city.needs.intake_month[need] != month.clock.month.number:
            continue
        after, completed[need], surplus[need] = _advance(
            setup, (need, before), month, completed, moves
        )
        learners[need] = after
        journeys[need] = learner_travel(setup, need, after.stock, month.clock)
    demand, unmet = moves.pop("demand"), moves.pop("unmet")
    schooling = Schooling(**moves) if completed else None
    return Intake(
        learners=tuple(learners),
        schooling=schooling,
        demand=demand,
        unmet=unmet,
        surplus=surplus,
        journeys=journeys,
    )


def _advance(
    setup: Setup,
    level: tuple[int, Learners],
    month: Intakes,
    completed: dict[int, Array],
    moves: dict[str, Array],
) -> tuple[Learners, Array, Array]:
    """One need: promotion with drop-out, then entry; fills its row of ``moves``.

    Returns its learners, those who completed it, and the surplus of the school year.
    """
    need, before = level
    fit, start = setup.calibrated.fits[need], setup.entry[need]
    assert start is not None
    paid = split(fit.rules, month.charges, month.levers, month.clock.cpi)
    hazard = drop_out_hazard(
        start.hazard[:, None, None],
        setup.calibrated.parameters["drop_out_eta"],
        paid.household / month.clock.income_month[:, None, None],
        setup.base_burden[need],
        np.ones(()),
    )
    choice = _choice(setup, need, paid.household, month)
    candidates = pool(setup.city, need, month.clock.month.year, setup.people, completed)
    seekers = candidates * start.scale * fit.demand.need_rate[:, None]
    episodes = seekers[:, :, None] * class_share(setup.city, need, month.clock.month.year)
    wanted = offer_shares(choice) * episodes[:, :, None, :]
    moved = promote(before.stock, hazard[:, None], np.zeros(wanted.shape))
    opened = month.opened[setup.city.offers.unit][fit.frame.offers]
    stock = rehoused(moved.stock, choice, opened > 0.0)
    entrants, refused = _seated(setup, (need, opened), wanted, stock, choice)
    stock[0] = entrants
    finished = moved.completed.sum((2, 3))
    for name, values in (
        ("opening", _by_quintile(before.stock)),
        ("entrants", _by_quintile(entrants[None])),
        ("completed", finished.sum(1)),
        ("dropped", _by_quintile(moved.dropped)),
        ("closing", _by_quintile(stock)),
        ("demand", _by_quintile(wanted[None])),
        ("unmet", refused),
    ):
        moves[name][need] = values
    gain = learner_surplus(setup, need, choice, paid.household, month.clock)
    return learners_of(stock), finished, gain


def _by_quintile(stock: Array) -> Array:
    """Learners of each quintile, (quintile,), from (grade, quintile, place, offer, class)."""
    grades, quintiles = stock.shape[:2]
    total: Array = stock.reshape(grades, quintiles, -1).sum(2).sum(0)
    return total


def learners_of(stock: Array) -> Learners:
    """Learners with the sums that months read; stock (grade, quintile, place, offer, class)."""
    total = stock.sum(0)
    by_place = total.reshape(*total.shape[:2], -1).sum(2)
    return Learners(
        stock=stock,
        enrolled=total.sum(1),
        by_place=by_place,
        place_share=quotient(by_place, by_place.sum(1)[:, None], undefined=0.0),
    )


def rehoused(stock: Array, choice: Choice, is_open: BoolArray) -> Array:
    """Learners of closed schools at other schools of their level and grade; nobody is lost.

    ``stock`` (grade, quintile, place, offer, class); they follow the choice of entrants alike,
    without the option not to learn, so classes of zone schools grow.
    """
    closed = ~is_open & (stock.sum((0, 1, 2, 4)) > 0.0)
    if not closed.any():
        return stock
    shares = offer_shares(choice) * is_open[:, None]
    going = quotient(shares, shares.sum(2)[:, :, None], undefined=0.0)
    left: Array = stock * ~closed[:, None]
    moved: Array = left + going * (stock * closed[:, None]).sum(3)[:, :, :, None]
    return moved


def _choice(setup: Setup, need: int, user_price: Array, month: Intakes) -> Choice:
    """Choice of the entrants at this month's money."""
    fit, clock = setup.calibrated.fits[need], month.clock
    travel = travel_per_km(
        setup.city, need, setup.calibrated.parameters, clock.income_month, clock.cpi
    )
    nests = setup.nests[need]
    money, opened = (travel, clock.income_month), month.opened[setup.city.offers.unit]
    fixed = fixed_part(fixed_utility(fit.frame, fit.demand, money, opened[fit.frame.offers]), nests)
    utility = monthly_utility(fit.frame, fit.demand, user_price, clock.income_month, 0.0)
    return choose(fixed, monthly_part(utility, np.zeros(user_price.shape[0]), nests), nests)


def _seated(
    setup: Setup, level: tuple[int, Array], wanted: Array, kept: Array, choice: Choice
) -> tuple[Array, Array]:
    """Entrants who find a seat (quintile, place, offer, class), and who is turned away (quintile,).

    Compulsory public schools of the zone take everybody (classes grow). Elsewhere seats bind: upper
    secondary fills them by score, other levels admit in proportion. Who is refused chooses once
    more among the offers with seats left and not learning on. ``level`` is the need and the share
    of each of its offers that is open, (offer,).
    """
    need, opened = level
    seats = setup.seats[need]
    if seats is None:
        return wanted, np.zeros(wanted.shape[0])
    seats = np.where(opened == 1.0, seats, np.nan_to_num(seats, posinf=0.0) * opened)
    offers, classes = kept.shape[3:]
    staying = kept[1:].reshape(-1, offers * classes).sum(0).reshape(offers, classes).sum(1)
    free = np.maximum(seats - staying, 0.0)
    by_quintile = wanted.sum((1, 3))
    if setup.city.needs.id[need] == SCORED_NEED:
        admitted = admit_by_score(by_quintile, free, SCORE_GRADIENT).admitted
        share = quotient(admitted, by_quintile, undefined=1.0)[:, None, :, None]
    else:
        share = np.minimum(quotient(free, by_quintile.sum(0), undefined=1.0), 1.0)[:, None]
    entrants = wanted * share
    refused = (wanted - entrants).sum(2)
    if not refused.any():
        return entrants, np.zeros(wanted.shape[0])
    taken = entrants.sum((0, 1, 3))
    left = np.where(taken < FULL * free, free - taken, 0.0)
    second = _second_choice(choice, refused, left)
    return entrants + second, (refused - second.sum(2)).sum((1, 2))


def _second_choice(choice: Choice, refused: Array, left: Array) -> Array:
    """Where the refused (quintile, place, class) go, (quintile, place, offer, class).

    They choose among offers with seats ``left`` (offer,) and the outside option in the proportions
    of their first choice; what exceeds the seats stays away.
    """
    shares = offer_shares(choice) * (left > 0.0)[:, None]
    total = shares.sum(2) + choice.outside_probability
    going = shares * quotient(refused, total, undefined=0.0)[:, :, None, :]
    admitted = np.minimum(quotient(left, going.sum((0, 1, 3)), undefined=1.0), 1.0)
    placed: Array = going * admitted[:, None]
    return placed
