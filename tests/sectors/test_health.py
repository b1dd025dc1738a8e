from pricing.sectors.health import SECTOR


def test_care_comes_in_episodes():
    assert set(SECTOR.needs.values()) == {"episode"}
    assert SECTOR.scheme == "health"
