"""A result whose every number can be done in the head, for the tests of the indicator families."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from pricing.indicators._indicator import indicators, keys_of, measured
from pricing.results.result import Axes, Result, Span
from pricing.world.chronicle import LOT_EVENTS
from pricing.world.flows import CAUSES
from pricing.world.investors import ENTRY_EVENTS

IDS = {
    "year": ("2025", "2026"),
    "service": ("visit", "lesson"),
    "need": ("ambulatory", "primary"),
    "sector": ("health", "education"),
    "education_level": ("primary",),
    "line": ("recurrent_grant", "premium_subsidy", "forgone_revenue", "interest_subsidy"),
    "budget_level": ("central", "city"),
    "place": ("a", "b"),
    "place_kind": ("urban", "rural"),
    "quintile": ("1", "2"),
    "component": ("labour", "direct"),
    "payer": ("household", "fund", "budget"),
    "ownership": ("public", "non_public"),
    "contributor": ("household", "budget"),
    "member_class": ("payroll", "family"),
    "lot": ("check_up", "preschool", "course"),
    "lot_event": LOT_EVENTS,
    "threshold": ("consumption_10", "capacity_40"),
    "payment_kind": ("health", "learning"),
    "curve": ("consumption", "health"),
    "tenth": ("50", "100"),
    "profession": ("doctor", "teacher"),
    "price_cause": CAUSES,
    "entry_event": ENTRY_EVENTS,
}
GROUPS = {
    ("service", "sector"): (0, 1),
    ("service", "need"): (0, 1),
    ("service", "education_level"): (-1, 0),
    ("need", "sector"): (0, 1),
    ("need", "education_level"): (-1, 0),
    ("place", "place_kind"): (0, 1),
    ("lot", "service"): (0, 1, 1),
    ("profession", "sector"): (0, 1),
}


def value(
    indicator: str, dimension: str, key: str, quantities: Mapping[str, tuple[str, Any]]
) -> float:
    """An indicator of one trial in 2026, from quantities given as (axes, values of 2026)."""
    axes = Axes(
        ids=IDS,
        groups=GROUPS,
        quantities={name: ("year", *own.split()) for name, (own, _) in quantities.items()},
    )
    arrays = {
        ("base", name): np.stack([np.full(np.shape(values), 1e6), np.asarray(values, float)])[
            None, None
        ]
        for name, (_, values) in quantities.items()
    }
    result = Result(
        scenarios=("base",),
        baseline="base",
        axes=axes,
        span=Span(scrambling=(0,), replications=1, first_year=2026, last_year=2026),
        arrays=arrays,
        finished={"base": np.ones((1, 1), bool)},
    )
    found = measured(result, "base", {indicator: indicators()[indicator]})
    return float(found[indicator, dimension][0, 0, 0, keys_of(dimension, axes).index(key)])
