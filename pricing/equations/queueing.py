"""Queues: Erlang's formulas, approximations for general queues, and the fluid state of the model.

Gross et al., Fundamentals of Queueing Theory (2008), ch. 3; Allen, Probability, Statistics and
Queueing Theory (1990), ch. 5; Sakasegawa (1977), Ann. Inst. Statist. Math. 29.
Rates are per unit of time, waits in that unit.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pricing.base.arrays import Array
from pricing.equations.quotient import quotient


def erlang_b(servers: npt.ArrayLike, offered_load: npt.ArrayLike) -> Array:
    """Probability that a loss system M/G/c/c is full, on the common axes; load in Erlang.

    B(k) = a·B(k−1) / (k + a·B(k−1)), B(0) = 1; insensitive to the law of service times.
    """
    count, load = np.broadcast_arrays(
        np.asarray(servers, dtype=np.int64), np.asarray(offered_load, dtype=np.float64)
    )
    blocked: Array = np.ones(count.shape)
    for k in range(1, int(count.max(initial=0)) + 1):
        blocked = np.where(k <= count, load * blocked / (k + load * blocked), blocked)
    return blocked


@dataclass(frozen=True, slots=True, kw_only=True)
class LossSystem:
    """Beds without a queue, on the common axes: blocking, mean occupied beds, occupancy."""

    servers: Array
    blocking: Array
    occupied: Array
    occupancy: Array


def loss_system(servers: npt.ArrayLike, offered_load: npt.ArrayLike) -> LossSystem:
    """Blocking and occupancy of M/G/c/c (Erlang B)."""
    blocking = erlang_b(servers, offered_load)
    occupied = np.asarray(offered_load) * (1.0 - blocking)
    return LossSystem(
        servers=np.asarray(servers, dtype=np.float64),
        blocking=blocking,
        occupied=occupied,
        occupancy=quotient(occupied, servers),
    )


def fewest_servers(offered_load: float, target: float) -> int:
    """Smallest number of servers whose Erlang B blocking is at most `target` ∈ (0, 1]."""
    if not 0.0 < target <= 1.0:
        raise ValueError(f"target {target}: blocking must lie in (0, 1]")
    servers, blocked = 0, 1.0
    while blocked > target:
        servers += 1
        blocked = offered_load * blocked / (servers + offered_load * blocked)
    return servers


@dataclass(frozen=True, slots=True, kw_only=True)
class ErlangQueue:
    """Stationary M/M/c on the common axes; NaN where arrivals reach or exceed capacity.

    `probability_wait` is Erlang C; `wait` and `wait_deviation` are mean and standard deviation of
    the wait of all, `wait_if_waiting` the mean of those who wait; `time_in_system`; `in_queue` and
    `in_system` are numbers; `drain_rate` = cμ − λ.
    """

    utilisation: Array
    probability_wait: Array
    wait: Array
    wait_if_waiting: Array
    wait_deviation: Array
    time_in_system: Array
    in_queue: Array
    in_system: Array
    drain_rate: Array


def erlang_queue(
    arrivals: npt.ArrayLike, rate: npt.ArrayLike, servers: npt.ArrayLike
) -> ErlangQueue:
    """M/M/c with `arrivals` λ and service `rate` μ per unit of time.

    C = B/(1 − ρ(1 − B)), Wq = C/(cμ − λ), sd(Wq) = √(2C − C²)/(cμ − λ).
    """
    arrival = np.asarray(arrivals, dtype=np.float64)
    speed = np.asarray(rate, dtype=np.float64)
    capacity = speed * np.asarray(servers)
    utilisation = quotient(arrival, capacity, undefined=np.inf)
    stable = np.where(utilisation < 1.0, utilisation, np.nan)
    blocked = erlang_b(servers, arrival / speed)
    delayed = blocked / (1.0 - stable * (1.0 - blocked))
    drain: Array = capacity * (1.0 - stable)
    wait = delayed / drain
    time_in_system = wait + 1.0 / speed
    return ErlangQueue(
        utilisation=utilisation,
        probability_wait=delayed,
        wait=wait,
        wait_if_waiting=1.0 / drain,
        wait_deviation=np.sqrt(delayed * (2.0 - delayed)) / drain,
        time_in_system=time_in_system,
        in_queue=arrival * wait,
        in_system=arrival * time_in_system,
        drain_rate=drain,
    )


def probability_wait_exceeds(queue: ErlangQueue, time: npt.ArrayLike) -> Array:
    """P(wait > time) = C·exp(−(cμ − λ)·time) of a stationary M/M/c."""
    late: Array = queue.probability_wait * np.exp(-queue.drain_rate * np.asarray(time))
    return late


def variability(scv_arrival: npt.ArrayLike, scv_service: npt.ArrayLike) -> Array:
    """(Ca² + Cs²)/2, mean squared coefficient of variation of arrivals and services; 1 in M/M/c."""
    return 0.5 * np.add(scv_arrival, scv_service, dtype=np.float64)


def allen_cunneen_wait(queue: ErlangQueue, spread: npt.ArrayLike) -> Array:
    """Mean wait of G/G/c, Wq(M/M/c)·(Ca² + Cs²)/2; `spread` from `variability`. Approximate."""
    return queue.wait * np.asarray(spread, dtype=np.float64)


def sakasegawa_wait(
    utilisation: npt.ArrayLike, servers: npt.ArrayLike, rate: npt.ArrayLike, spread: npt.ArrayLike
) -> Array:
    """Mean wait of G/G/c by Sakasegawa (1977): spread·ρ^(√(2(c+1)) − 1) / (c·μ·(1 − ρ)), ρ < 1."""
    rho = np.asarray(utilisation, dtype=np.float64)
    count = np.asarray(servers, dtype=np.float64)
    busy = rho ** (np.sqrt(2.0 * (count + 1.0)) - 1.0)
    wait: Array = np.asarray(spread) * busy / (count * np.asarray(rate) * (1.0 - rho))
    return wait
