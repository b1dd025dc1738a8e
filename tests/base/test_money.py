"""Amounts are read as their unit words say, and what is unclear is refused with both readings."""

import math
import re
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.base.money import (
    format_amount,
    format_number,
    format_rate,
    parse_amount,
    parse_rate,
)

LANGUAGES = st.sampled_from(("vi", "en"))


@pytest.mark.parametrize(
    ("text", "vnd"),
    [
        ("1.850 tỷ đồng", 1.85e12),
        ("1,5 tỷ đồng", 1.5e9),
        ("450 nghìn đồng/tháng", 450e3),
        ("2,34 triệu đồng", 2.34e6),
        ("36.500 đồng/lượt", 36500.0),
        ("5 triệu đồng/học sinh/năm", 5e6),
        ("5.400.000 VND", 5.4e6),
        ("5,400,000 vnd", 5.4e6),
        ("2.5 million VND", 2.5e6),
        ("1,850 billion VND / year", 1.85e12),
        ("-3 triệu đồng", -3e6),
        ("− 3".replace(" ", "") + " triệu đồng", -3e6),
        ("200000₫", 200e3),
        (normalize("NFD", "1.850 TỶ ĐỒNG"), 1.85e12),
    ],
)
def test_amounts(text, vnd):
    assert parse_amount(text) == pytest.approx(vnd, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "rate"),
    [("7,5 %/năm", 0.075), ("20 %", 0.2), ("20%", 0.2), ("6.5 %/year", 0.065), ("7.5 %", 0.075)],
)
def test_rates(text, rate):
    assert parse_rate(text) == pytest.approx(rate, rel=1e-15)


@pytest.mark.parametrize(
    ("parse", "text", "readings"),
    [
        (parse_amount, "1.850", ("'1850 đồng'", "'1.85 VND'")),
        (parse_amount, "1,5", ("'1,5 đồng'", "'15 VND'")),
        (parse_amount, "5 tỷ", ("'5 tỷ đồng'", "'5 billion VND'")),
        (parse_amount, "1.500 VND", ("'1500 đồng'", "'1.5 VND'")),
        (parse_amount, "1.125 VND", ("'1125 đồng'", "'1.1250 VND'")),
        (parse_amount, "1.5 tỷ đồng", ("'15 tỷ đồng'", "'1,5 tỷ đồng'")),
        (parse_rate, "0,2", ("'0,2 %'", "'2 %'")),
        (parse_rate, "7,500 %", ("'7,5 %'", "'7500 %'")),
    ],
)
def test_what_is_unclear_is_refused_with_both_readings(parse, text, readings):
    with pytest.raises(ValueError, match=re.escape(" / ".join(readings))):
        parse(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no amount"),
        ("nghìn đồng", "no amount"),
        ("5 tỷ USD", "unknown"),
        ("5 hours", "unknown"),
        ("5 tỷ tỷ đồng", "unknown"),
        ("5 triệu đồng/tuần", "'/tuần' is not one of"),
        ("1.850 billion đồng", "mixes"),
        ("5 VND/tháng/year", "mixes"),
    ],
)
def test_what_is_no_amount_is_refused(text, message):
    with pytest.raises(ValueError, match=message):
        parse_amount(text)


def test_what_an_amount_is_paid_for_is_checked_where_the_text_says_it():
    assert parse_amount("450 nghìn đồng/tháng", per="month") == 450e3
    assert parse_amount("450 nghìn đồng", per="month") == 450e3
    with pytest.raises(ValueError, match="per year; this key takes an amount per month"):
        parse_amount("5,4 triệu đồng/năm", per="month")


@pytest.mark.parametrize(
    ("value", "digits", "vietnamese", "english"),
    [
        (1234567.84, 1, "1.234.567,8", "1,234,567.8"),
        (0.5, 2, "0,50", "0.50"),
        (-0.001, 0, "0", "0"),
        (-1234.0, 0, "-1.234", "-1,234"),
        (math.nan, 1, "–", "–"),
        (math.inf, 1, "∞", "∞"),
        (-math.inf, 1, "-∞", "-∞"),
    ],
)
def test_numbers(value, digits, vietnamese, english):
    assert format_number(value, "vi", digits) == vietnamese
    assert format_number(value, "en", digits) == english


@pytest.mark.parametrize(
    ("vnd", "vietnamese", "english"),
    [
        (1.85e12, "1.850 tỷ đồng", "1,850 billion VND"),
        (2.34e6, "2,34 triệu đồng", "2.34 million VND"),
        (450e3, "450 nghìn đồng", "450 thousand VND"),
        (36500.0, "36,5 nghìn đồng", "36.5 thousand VND"),
        (12.0, "12 đồng", "12 VND"),
        (0.0, "0 đồng", "0 VND"),
        (-5e9, "-5 tỷ đồng", "-5 billion VND"),
        (math.nan, "– đồng", "– VND"),
    ],
)
def test_amounts_in_text(vnd, vietnamese, english):
    assert format_amount(vnd, "vi") == vietnamese
    assert format_amount(vnd, "en") == english


def test_rates_in_text():
    assert format_rate(0.075, "vi") == "7,5 %"
    assert format_rate(0.075, "en") == "7.5 %"


@given(st.floats(1e3, 1e15), LANGUAGES)
def test_an_amount_reads_back_as_it_was_written(vnd, language):
    assert parse_amount(format_amount(vnd, language)) == pytest.approx(vnd, rel=5.1e-3)


@given(st.floats(-1e12, 1e12), LANGUAGES)
def test_a_number_with_its_unit_reads_back(value, language):
    unit = {"vi": " đồng", "en": " VND/year"}[language]
    assert parse_amount(format_number(value, language, 2) + unit) == pytest.approx(value, abs=0.006)


@given(st.from_regex(r"\d{1,4}([.,]\d{1,4}){0,2}", fullmatch=True))
def test_whatever_is_refused_offers_readings_that_are_accepted(number):
    for text, parse in ((number, parse_amount), (number + " %", parse_rate)):
        try:
            parse(text)
        except ValueError as error:
            for offer in re.findall(r"'([^']+ (?:đồng|VND|%))'", str(error).split("write")[1]):
                parse(offer)
