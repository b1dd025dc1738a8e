"""Made-up shares of non-public units by place: large in towns, nil in some of the countryside."""

import numpy as np

PLACES = {
    "ninh_kieu": 0.42,
    "cai_rang": 0.27,
    "soc_trang": 0.18,
    "vi_thanh": 0.12,
    "nga_bay": 0.06,
    "long_phu": 0.0,
    "ke_sach": 0.0,
    "my_xuyen": 0.0,
}
STAYS = {"ninh_kieu": 0.21, "soc_trang": 0.0}  # beds stand in few places


def places(draws, effect) -> dict[tuple[str, str, str], np.ndarray]:
    """Non-public share by service and place: level of the base year and what the roadmap adds."""
    noise = draws.normal(1.0, 0.1, effect.shape)
    return {
        ("non_public_share_made", "service*place", f"{service}*{place}"): (
            level * (1.0 + 0.5 * effect) * noise
        )
        for service, levels in (("inpatient_stay", STAYS), ("preschool", PLACES))
        for place, level in levels.items()
    }
