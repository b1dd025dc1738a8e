"""Three rules for abnormally low tenders, their lines and their disagreement."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.equations.auction_rules import low_tenders

bids = st.lists(st.floats(10.0, 1000.0), min_size=2, max_size=9)


@given(bids, st.floats(0.5, 1.0), st.floats(0.5, 3.0), st.floats(0.001, 1000.0))
def test_flags_do_not_depend_on_the_unit_and_grow_with_strictness(bid, ratio, deviations, scale):
    flags = low_tenders(bid, ratio, deviations)
    scaled = low_tenders(np.multiply(bid, scale), ratio, deviations)
    assert scaled.mean == pytest.approx(scale * flags.mean)
    assert scaled.deviation == pytest.approx(scale * flags.deviation, abs=1e-6 * scale)
    stricter = low_tenders(bid, 0.9 * ratio, deviations + 0.5)
    assert np.all(flags.below_mean >= stricter.below_mean)
    assert np.all(flags.below_spread >= stricter.below_spread)
    # the mean of the others of a low bid is above the mean of all
    assert np.all(flags.below_others >= flags.below_mean)


@given(bids)
def test_mean_and_deviation_are_those_of_the_sample(bid):
    flags = low_tenders(bid, 0.8, 2.0)
    assert flags.mean == pytest.approx(np.mean(bid))
    assert flags.deviation == pytest.approx(np.std(bid, ddof=1), abs=1e-9)


def test_the_rules_disagree():
    flags = low_tenders(
        [[100.0, 100.0, 83.0], [100.0, 60.0, 62.0], [100.0, 100.0, 78.0]], 0.85, 1.1
    )
    assert flags.below_mean.tolist() == [[False] * 3, [False, True, True], [False, False, True]]
    assert flags.below_others.tolist() == [
        [False, False, True],
        [False, True, True],
        [False, False, True],
    ]
    assert flags.below_spread.tolist() == [[False, False, True], [False] * 3, [False, False, True]]


def test_a_bid_on_the_line_is_not_flagged():
    flags = low_tenders([100.0, 50.0], 0.5, 0.0)
    assert flags.below_others.tolist() == [False, False]
    assert low_tenders([75.0, 75.0], 1.0, 0.0).below_spread.tolist() == [False, False]


def test_who_did_not_bid_does_not_count():
    flags = low_tenders([[100.0, np.nan, 60.0], [90.0, np.nan, np.nan], [np.nan] * 3], 0.85, 0.5)
    assert flags.mean[:2].tolist() == [80.0, 90.0]
    assert np.isnan(flags.mean[2])
    assert np.isnan(flags.deviation[1:]).all()
    assert flags.below_mean.tolist() == [[False, False, True], [False] * 3, [False] * 3]
    assert flags.below_others.tolist() == [[False, False, True], [False] * 3, [False] * 3]
    assert flags.below_spread.tolist() == [[False, False, True], [False] * 3, [False] * 3]
