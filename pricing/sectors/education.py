"""Education from preschool to university: learners by grade, priced by the pupil-month."""

from pricing.sectors._sector import ENROLMENT, Sector

SECTOR = Sector(
    kind="education",
    needs={
        "preschool": ENROLMENT,
        "primary": ENROLMENT,
        "lower_secondary": ENROLMENT,
        "upper_secondary": ENROLMENT,
        "higher_education": ENROLMENT,
    },
    scheme="learner",
    label="sector.education",
    indicators=("enrolment_rate", "dropout_rate", "cost_recovery", "out_of_pocket", "payer_share"),
)
