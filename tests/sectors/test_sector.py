"""The description of a sector, and the scan that finds them."""

from types import MappingProxyType

import pytest

from pricing.sectors._sector import Sector, sectors


def test_the_scan_finds_the_three_sectors():
    found = sectors()
    assert list(found) == ["education", "health", "vocational"]
    assert all(sector.kind == kind for kind, sector in found.items())


def test_a_need_unfolds_in_a_known_way():
    with pytest.raises(ValueError, match="ballet"):
        Sector(kind="arts", needs={"ballet": "leap"}, scheme="learner", label="", indicators=())


def test_needs_cannot_be_changed():
    needs = sectors()["health"].needs
    assert isinstance(needs, MappingProxyType)
