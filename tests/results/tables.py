"""A small run in memory for the tests of results, indicators and comparisons."""

import numpy as np

from pricing.results.result import Axes, Result, Span

AXES = Axes(
    ids={
        "year": ("2025", "2026", "2027"),
        "month": ("2025-01", "2025-02"),
        "service": ("visit", "stay", "lesson"),
        "need": ("ambulatory", "inpatient", "primary"),
        "sector": ("health", "education"),
        "education_level": ("primary",),
        "place": ("a", "b", "c"),
        "place_kind": ("urban", "rural", "disadvantaged"),
        "quintile": ("1", "2"),
    },
    groups={
        ("service", "sector"): (0, 0, 1),
        ("service", "need"): (0, 1, 2),
        ("service", "education_level"): (-1, -1, 0),
        ("need", "sector"): (0, 0, 1),
        ("need", "education_level"): (-1, -1, 0),
        ("place", "place_kind"): (0, 2, 2),
    },
    quantities={
        "volume": ("year", "service", "quintile"),
        "at_risk": ("year", "need", "quintile"),
        "claims": ("year",),
        "claims_month": ("month",),
    },
)
SPAN = Span(scrambling=(0, 0, 1, 1), replications=2, first_year=2026, last_year=2027)


def arrays(seed: int, axes: Axes = AXES) -> dict[str, np.ndarray]:
    """One trial's arrays."""
    rng = np.random.default_rng(seed)
    return {name: rng.random(axes.shape(name)) for name in axes.quantities}


def result(scenarios: tuple[str, ...] = ("base", "other"), axes: Axes = AXES) -> Result:
    """A finished run of some scenarios, the first of them the baseline."""
    lead = (SPAN.futures, SPAN.replications)
    rng = np.random.default_rng(1)
    return Result(
        scenarios=scenarios,
        baseline=scenarios[0],
        axes=axes,
        span=SPAN,
        arrays={
            (name, quantity): 1.0 + rng.random((*lead, *axes.shape(quantity)))
            for name in scenarios
            for quantity in axes.quantities
        },
        finished={name: np.ones(lead, bool) for name in scenarios},
    )
