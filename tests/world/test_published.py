"""Published figures: before the first month, those of the base year."""

import numpy as np
import pytest

from pricing.world.published import ListFigures, LotFigures, Published


def published() -> Published:
    return Published.base_year(
        inflation=0.035,
        fund=(40e12, 160e12),
        outlay_year=12e12,
        use=(np.array([1.0, 2.0]), np.array([3.0])),
        lists=ListFigures(
            norm=np.ones((1, 4)),
            list_price=np.ones((1, 3)),
            offer_volume=np.ones(2),
            cost_factor=np.ones(2),
        ),
        lots=LotFigures.none(2),
    )


def test_the_base_year_is_published_as_of_december():
    first = published()
    assert first.month.text == "2024-12"
    assert first.fund_reserve_months == pytest.approx(3.0)
    assert first.inflation == 0.035
    assert first.lots.paid.tolist() == [0.0, 0.0]


def test_nobody_changes_what_was_published():
    first = published()
    with pytest.raises(AttributeError):
        first.inflation = 0.0  # type: ignore[misc]  # the point of the test
    with pytest.raises(ValueError, match="read-only"):
        first.volume[0] = 5.0
