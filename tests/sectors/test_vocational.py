from pricing.sectors.vocational import SECTOR


def test_short_courses_are_episodes_and_longer_training_is_by_grade():
    assert dict(SECTOR.needs) == {
        "short_course": "episode",
        "intermediate": "enrolment",
        "college": "enrolment",
    }
