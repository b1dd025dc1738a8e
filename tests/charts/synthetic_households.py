"""What a made-up run says of its household sample: hardship, burden, concentration."""

import numpy as np

SECTORS = {"health": 0.044, "education": 0.038, "vocational": 0.006}
WEIGHTS = {
    "quintile": {str(quintile): 1.3 - 0.12 * quintile for quintile in range(1, 6)},
    "place_kind": {"disadvantaged": 1.15, "rural": 1.05, "urban": 0.9},
}
LIMITS = {"consumption_10": 0.05, "consumption_25": 0.003, "capacity_40": 0.011}
INDICES = {"health": 0.15, "learning": 0.18, "catastrophic": -0.33}
BENDS = {"consumption": 1.7, "health": 1.45, "learning": 1.5}


def households(draws, effect) -> dict[tuple[str, str, str], np.ndarray]:
    """Outcomes (future, year) that grow with the effect of a roadmap."""
    noise = draws.normal(1, 0.05, (effect.shape[0], 1)) * np.ones_like(effect)
    made = {
        ("catastrophic_headcount", "threshold", name): level * noise * (1 + 0.2 * effect)
        for name, level in LIMITS.items()
    }
    for dimension, weights in WEIGHTS.items():
        for key, weight in weights.items():
            made |= _burden((dimension, key), weight * noise, effect)
    for sector, level in SECTORS.items():
        made["payments_over_consumption", "sector", sector] = level * noise
    for kind, index in INDICES.items():
        made["payment_concentration", "payment_kind", kind] = index * noise - 0.02 * effect
    for curve, bend in BENDS.items():
        for tenth in range(10, 101, 10):
            held = (tenth / 100) ** (bend * noise**0.1)
            made["payment_curve", "curve*tenth", f"{curve}*{tenth}"] = held
    return made


def _burden(key, level, effect) -> dict[tuple[str, str, str], np.ndarray]:
    """Payments over consumption of one group, by sector and in all."""
    dimension, group = key
    parts = {
        sector: share * level * (1 + 0.1 * effect * (sector == "health"))
        for sector, share in SECTORS.items()
    }
    found = {
        ("payments_over_consumption", f"sector*{dimension}", f"{sector}*{group}"): part
        for sector, part in parts.items()
    }
    return found | {("payments_over_consumption", dimension, group): sum(parts.values())}
