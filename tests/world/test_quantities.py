"""The table of quantities: names once, axes that a city gives ids to."""

from pricing.world.accounts import LINES
from pricing.world.quantities import MONTHLY, QUANTITIES, YEARLY, axis_ids
from tests.builders import toy_city


def test_axes_have_ids():
    ids = axis_ids(toy_city())
    for row in QUANTITIES.values():
        assert set(row.axes) <= set(ids), row.name
        assert row.unit_of_measure, row.name
    assert ids["line"] == LINES
    assert ids["sector"] == ("health", "education", "vocational")
    assert all(len(set(names)) == len(names) for names in ids.values())


def test_names_are_unique():
    assert len(QUANTITIES) == len(YEARLY) + len(MONTHLY)
