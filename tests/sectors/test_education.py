from pricing.sectors.education import SECTOR


def test_every_level_is_an_enrolment():
    assert list(SECTOR.needs) == [
        "preschool",
        "primary",
        "lower_secondary",
        "upper_secondary",
        "higher_education",
    ]
    assert set(SECTOR.needs.values()) == {"enrolment"}
