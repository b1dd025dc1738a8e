"""Vocational training: short courses taken as episodes, intermediate and college by grade."""

from pricing.sectors._sector import ENROLMENT, EPISODE, Sector

SECTOR = Sector(
    kind="vocational",
    needs={"short_course": EPISODE, "intermediate": ENROLMENT, "college": ENROLMENT},
    scheme="learner",
    label="sector.vocational",
    indicators=("use_rate", "enrolment_rate", "dropout_rate", "cost_recovery", "payer_share"),
)
