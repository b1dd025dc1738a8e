"""Made-up owners: shares and openings that grow where prices cover full cost."""

import numpy as np

SHARES = {
    ("non_public_capacity_share", "inpatient_stay"): 0.06,
    ("non_public_share", "preschool"): 0.12,
}
COUNTS = {
    "entries": 1.5,
    "exits": 0.2,
    "declined_for_return": 70.0,
    "declined_for_rivals": 2.0,
    "declined_for_staff": 1.0,
    "forgone_revenue": 2e11,
}


def owners(draws, effect) -> dict[tuple[str, str, str], np.ndarray]:
    """Indicators of a market of owners: level of the base year and what the roadmap adds."""
    noise = draws.normal(1.0, 0.1, effect.shape)
    made = {
        (indicator, "service", key): level * (1.0 + 0.5 * effect) * noise
        for (indicator, key), level in SHARES.items()
    }
    made["non_public_payment_share", "all", ""] = (0.2 + 0.05 * effect) * noise
    for indicator, level in COUNTS.items():
        made[indicator, "all", ""] = level * (1.0 + 0.3 * effect) * noise
    return made
