"""Made-up professionals: vacancies, quits and losses that grow where prices cover full cost."""

import numpy as np

POSTS = {"doctor": (0.08, 0.03), "nurse": (0.05, 0.02), "teacher": (0.04, 0.004)}


def staff(draws, effect) -> dict[tuple[str, str, str], np.ndarray]:
    """Indicators of professions: level of the base year and what the roadmap adds."""
    noise = draws.normal(1.0, 0.1, effect.shape)
    made = {}
    for side, weight in (("public", 1.0), ("non_public", 0.4)):
        for profession, (level, change) in POSTS.items():
            path = weight * (level + change * effect) * noise
            made["vacancy_rate", "ownership*profession", f"{side}*{profession}"] = path
        made["vacancy_rate", "ownership", side] = weight * (0.055 + 0.02 * effect) * noise
    made["quit_rate", "all", ""] = (0.012 + 0.006 * effect) * noise
    made["public_staff_lost", "all", ""] = 60.0 * (effect - 0.3) * noise
    return made
