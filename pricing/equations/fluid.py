"""The fluid state of a queue: one number in the system that is right below, at and above capacity.

dL/dt = arrivals − c·μ·ρ(L) − θ·max(0, L − c·ρ(L)), where utilisation ρ ∈ [0, 1) solves
L = c·ρ + spread·ρ^√(2(c+1)) / (1 − ρ), spread = (Ca² + Cs²)/2: the number in system that Sakasegawa
(1977) gives a stationary queue (pointwise stationary fluid flow: Wang, Tipper & Banerjee 1996).
Arrays are (resource,), times in one unit, numbers are persons.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pricing.base.arrays import Array

# Newton's error is the square of its last step.
_TOLERANCE = 1e-5
_TINY = 1e-200


@dataclass(frozen=True, slots=True, kw_only=True)
class FluidQueue:
    """Resources of one kind, (resource,): servers c, service rate μ, reneging rate θ, spread.

    `exponent` = √(2(c+1)). Build it with `fluid_queue`.
    """

    servers: Array
    rate: Array
    renege: Array
    spread: Array
    exponent: Array


def fluid_queue(
    servers: npt.ArrayLike, rate: npt.ArrayLike, renege: npt.ArrayLike, spread: npt.ArrayLike
) -> FluidQueue:
    """Resources on their common axes; servers ≥ 0, rate ≥ 0, renege ≥ 0, spread > 0."""
    count, speed, leave, variation = (
        np.array(values, dtype=np.float64)
        for values in np.broadcast_arrays(servers, rate, renege, spread)
    )
    return FluidQueue(
        servers=count,
        rate=speed,
        renege=leave,
        spread=variation,
        exponent=np.sqrt(2.0 * (count + 1.0)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FluidState:
    """State after a step and what happened in it, (resource,).

    `in_system` L, `in_queue` L − c·ρ, `utilisation` ρ at the end of the step; `served` and
    `reneged` in the step: L_before + arrivals·dt = L + served + reneged.
    """

    in_system: Array
    in_queue: Array
    utilisation: Array
    served: Array
    reneged: Array


def in_system(queue: FluidQueue, utilisation: Array) -> Array:
    """L(ρ) = c·ρ + spread·ρ^√(2(c+1)) / (1 − ρ), (resource,), for utilisation ρ ∈ [0, 1)."""
    waiting = queue.spread * utilisation**queue.exponent / (1.0 - utilisation)
    return queue.servers * utilisation + waiting


def fluid_step(queue: FluidQueue, before: Array, arrivals: Array, dt: float) -> FluidState:
    """One implicit Euler step of length dt from `before` persons with `arrivals` per unit of time.

    Unconditionally stable, also where service is much shorter than the step. ρ at the end of the
    step solves, with Q(ρ) = L(ρ) − c·ρ and D = L_before + arrivals·dt,

        F(ρ) = (1 + θ·dt)·Q(ρ) + c·(1 + μ·dt)·ρ − D = 0,

    increasing and convex. Newton starts at an upper bound of the root, so it falls to it without
    overshoot, in three to five steps. The number in the queue is then read off F = 0 and not off
    Q, so that persons are conserved to rounding, whatever the tolerance of ρ.
    """
    supply = before + arrivals * dt
    slope = queue.servers * (1.0 + queue.rate * dt)
    stay = 1.0 + queue.renege * dt
    utilisation = _solve(queue.exponent, stay * queue.spread, slope, supply)
    waiting = np.maximum(supply - slope * utilisation, 0.0) / stay
    busy = queue.servers * utilisation
    return FluidState(
        in_system=busy + waiting,
        in_queue=waiting,
        utilisation=utilisation,
        served=busy * queue.rate * dt,
        reneged=waiting * queue.renege * dt,
    )


def _solve(exponent: Array, weight: Array, slope: Array, supply: Array) -> Array:
    """Root ρ of weight·ρ^k/(1 − ρ) + slope·ρ = supply in [0, 1).

    Works on idle = 1 − ρ, which keeps its digits in overload, and starts at a lower bound of it:
    what is left if nobody queued, or if ρ^k were its tangent 1 − k·idle, whichever is more.
    """
    unqueued = supply / np.maximum(slope, _TINY)
    middle = supply + weight * exponent - slope
    root = np.sqrt(middle * middle + 4.0 * slope * weight)
    # Two forms of one root of a quadratic: the one that adds numbers of like sign keeps its digits.
    tangent = np.where(
        middle > 0.0,
        2.0 * weight / np.maximum(middle + root, _TINY),
        (root - middle) / np.maximum(2.0 * slope, _TINY),
    )
    idle = np.minimum(np.maximum(tangent, 1.0 - unqueued), 1.0)
    step = np.ones_like(idle)
    while np.any(step > _TOLERANCE * idle):
        rho = 1.0 - idle
        power = weight * rho ** (exponent - 1.0) / idle
        excess = (power + slope) * rho - supply
        step = excess / (power * (exponent + rho / idle) + slope + _TINY)
        idle = np.minimum(idle + step, 1.0)
    return np.minimum(1.0 - idle, unqueued)


def fluid_wait(state: FluidState, dt: float, longest: float) -> Array:
    """Wait of who comes now, (L − c·ρ)/throughput, (resource,), in units of time, ≤ `longest`."""
    hopeless = state.in_queue * dt > longest * state.served
    throughput = np.where(hopeless, 1.0, np.maximum(state.served, _TINY))
    return np.where(hopeless, longest, state.in_queue * dt / throughput)
