"""Queues of the offers that serve episodes: what is served, who waits, who leaves."""

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, IntArray
from pricing.city.city import City
from pricing.equations.congestion import congestion_update
from pricing.equations.fluid import FluidQueue, fluid_queue, fluid_step, fluid_wait
from pricing.world.flows import QueueFlow
from pricing.world.parameters import Parameters
from pricing.world.state import Queues

WEEKS = 4  # steps a month
MONTH_DAYS = 365.0 / 12.0
LONGEST_DAYS = 180.0
MONTHS = 12
# Time a server is held by one unit of output, days of an open desk or occupied place. A visit takes
# a quarter of an hour of an eight-hour day, 300 days a year; a check-up half an hour (assumed).
DESK_DAYS_A_YEAR = 300.0
VISIT_DAYS = {"visit": 0.25 / 8.0, "check_up": 0.5 / 8.0}
COURSE_DAYS = {"course": 91.0}
SPREAD = 1.0  # (Ca^2 + Cs^2) / 2 of Poisson arrivals and exponential service
PEAKED = frozenset({"visit"})
FULL = 0.98
WARM_MONTHS = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRules:
    """The offers with a queue, (queue,): positions in the city's offers, firms, capacity, servers.

    ``capacity`` units of output a month and ``used`` share of it in the base year; ``peak`` factor
    of morning peaks.
    """

    offer: IntArray
    firms: Array
    capacity: Array
    used: Array
    peak: Array
    lambda_nest: float
    step: float
    queue: FluidQueue


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What queues did in a month, (queue,): shares of arrivals served and lost, wait in days."""

    served: Array
    lost: Array
    load: Array
    wait_days: Array
    persons: QueueFlow
    after: Queues


def queue_rules(city: City, parameters: Parameters, arrivals: Array) -> QueueRules:
    """Queues of all offers in the city that serve episodes.

    Parameters
    ----------
    arrivals : Array
        (offer,) fitted units of output a month in the base year. Capacities are scaled so that
        each offer is used as its table says; a morning peak never passes what its desks serve in
        the base year, whose waits are usual and inside the constants of demand.
    """
    offers = city.offers
    queued = np.flatnonzero(~city.needs.is_enrolment[offers.need] & (offers.place >= 0))
    used = (offers.volume / offers.capacity)[queued]
    stands = used > 0.0
    output = [city.services.unit_of_output[s] for s in offers.service[queued].tolist()]
    stay = city.norms.length_of_stay[offers.norm[queued]]
    firms = city.units.n_firms[offers.unit[queued]].astype(np.float64)
    capacity = offers.capacity[queued] / MONTHS
    capacity[stands] = arrivals[queued][stands] / used[stands]
    held, open_days = _service_days(output, stay)
    servers = np.maximum(capacity / firms * MONTHS * held / open_days, 1.0)
    urgent = offers.urgent_share[queued]
    renege = urgent * parameters["renege_urgent"] + (1.0 - urgent) * parameters["renege_elective"]
    ambulatory = np.array([unit in PEAKED for unit in output])
    renege = np.where(ambulatory, parameters["renege_urgent"], renege)
    return QueueRules(
        offer=queued,
        firms=firms,
        capacity=capacity,
        used=used,
        peak=np.where(ambulatory, _peak(parameters["peak_factor"], used), 1.0),
        lambda_nest=parameters["nest_lambda"],
        step=parameters["congestion_step"],
        queue=fluid_queue(servers, capacity / firms / servers, renege, SPREAD),
    )


def _peak(factor: float, used: Array) -> Array:
    """Morning peak over the mean, never more than the desks serve in the base year, (queue,)."""
    most = np.divide(FULL, used, out=np.full_like(used, np.inf), where=used > 0.0)
    return np.minimum(factor, most)


def _service_days(output: list[str], stay: Array) -> tuple[Array, Array]:
    """Days a unit of output holds a server, and the days a server works a year, (queue,)."""
    held = np.array(
        [
            days if days > 0 else VISIT_DAYS.get(unit, COURSE_DAYS.get(unit, 1.0))
            for unit, days in zip(output, stay.tolist(), strict=True)
        ]
    )
    open_days = np.array([DESK_DAYS_A_YEAR if unit in VISIT_DAYS else 365.0 for unit in output])
    return held, open_days


def first_queues(rules: QueueRules, arrivals: Array) -> Queues:
    """Queues at rest under the base year's arrivals (queue,), congestion zero."""
    state = Queues(in_system=np.zeros(arrivals.size), congestion=np.zeros(arrivals.size))
    for _ in range(WARM_MONTHS):
        after = serve(rules, state, arrivals, 1.0).after
        state = Queues(in_system=after.in_system, congestion=state.congestion)
    return state


def serve(rules: QueueRules, before: Queues, arrivals: Array, growth: float | Array) -> Service:
    """One month of all queues, integrated weekly.

    Parameters
    ----------
    arrivals : Array
        (queue,) units of output asked for this month, residents and outsiders.
    growth : float or Array
        Capacity over the base year's, one for all or (queue,).
    """
    queue = rules.queue
    if np.any(growth != 1.0):
        queue = fluid_queue(queue.servers, queue.rate * growth, queue.renege, queue.spread)
    rate = arrivals * rules.peak / rules.firms
    dt = 1.0 / WEEKS
    in_system = before.in_system
    served, lost = np.zeros_like(rate), np.zeros_like(rate)
    for _ in range(WEEKS):
        state = fluid_step(queue, in_system, rate, dt)
        in_system = state.in_system
        served += state.served
        lost += state.reneged
    total = np.maximum(rate, 1e-12)
    load = arrivals + state.in_queue * rules.firms / rules.peak
    capacity = rules.capacity * growth
    congestion = congestion_update(
        before.congestion, load * rules.peak, capacity, rules.step, rules.lambda_nest
    )
    return Service(
        served=served / total,
        lost=lost / total,
        load=load / np.maximum(capacity, 1e-12),
        wait_days=fluid_wait(state, dt, LONGEST_DAYS / MONTH_DAYS) * MONTH_DAYS,
        persons=QueueFlow(
            opening=before.in_system, arrived=rate, served=served, lost=lost, closing=in_system
        ),
        after=Queues(in_system=in_system, congestion=congestion),
    )
