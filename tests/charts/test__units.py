"""Numbers as both languages write them on axes and in sentences."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.charts._units import NumberTicks, Scale, digits_of, scale_of, signed, written


@pytest.mark.parametrize(
    ("unit", "value", "language", "text"),
    [
        ("VND", 2.0661e13, "vi", "20,7 nghìn tỷ đồng"),
        ("VND", -6.02e11, "en", "−602 billion VND"),
        ("VND per resident and year", 1.7412e6, "vi", "1,74 triệu đồng/người/năm"),
        ("VND", 0.0, "en", "0.00 VND"),
        ("share", 0.4333, "vi", "43,3 %"),
        ("VND", 999.0, "vi", "999 đồng"),
        ("days", 73.0, "en", "73.0 days"),
        ("lots", 3.42, "vi", "3,42 gói"),
    ],
)
def test_levels_in_sentences(unit, value, language, text):
    assert written(value, unit, language) == text


@pytest.mark.parametrize(("value", "text"), [(0.04, "0,0"), (1.26, "+1,3"), (-1.26, "−1,3")])
def test_differences_carry_their_sign(value, text):
    assert signed(value, "vi", 1) == text


def test_a_scale_without_numbers_is_the_unit_itself():
    assert scale_of("VND", np.array([np.nan]), "en") == Scale(factor=1.0, word="VND")


def test_ticks_show_the_decimals_that_tell_them_apart():
    ticks = NumberTicks(Scale(factor=1e12, word=""), "vi")
    assert ticks.format_ticks([1.0e12, 1.5e12]) == ["1,0", "1,5"]
    assert ticks.format_ticks([-1e15, 1e15]) == ["−1.000", "1.000"]
    assert ticks(2e12) == "2"


@given(st.sampled_from([1, 2, 5]), st.integers(-6, 6))
def test_digits_write_a_round_step_exactly(lead, power):
    step = lead * 10.0**power
    assert float(f"{step:.{digits_of(step)}f}") == pytest.approx(step)


def test_no_step_needs_no_digits():
    assert digits_of(0.0) == digits_of(float("inf")) == 0
