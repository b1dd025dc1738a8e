"""Health care: visits, stays and check-ups, priced by the bundle and paid with insurance."""

from pricing.sectors._sector import EPISODE, Sector

SECTOR = Sector(
    kind="health",
    needs={"ambulatory": EPISODE, "inpatient": EPISODE, "preventive": EPISODE},
    scheme="health",
    label="sector.health",
    indicators=("use_rate", "wait", "unmet_need", "out_of_pocket", "payer_share", "fund_reserve"),
)
