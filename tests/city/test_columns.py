from math import nan

import pytest

from pricing.base.errors import phrase
from pricing.city.columns import number, one_of, several, whole
from pricing.city.read import columns
from pricing.city.rows.people import PlaceRow
from pricing.city.rows.policy import LawRow


@pytest.mark.parametrize("cell", ["0", "0.25", "1", "1e-3"])
def test_a_share_lies_between_0_and_1(cell):
    assert number(0.0, 1.0).read(cell) == float(cell)


@pytest.mark.parametrize("cell", ["1.01", "-0.1", "nan", "inf", "1,5", "half"])
def test_what_is_no_share_is_refused(cell):
    with pytest.raises(ValueError, match=cell):
        number(0.0, 1.0).read(cell)


def test_above_excludes_its_limit():
    with pytest.raises(ValueError, match="0"):
        number(above=0.0).read("0")
    assert str(number(above=0.0).allowed) == "a number above 0, with a decimal point"


@pytest.mark.parametrize("cell", ["0", "13", "6.0", "x"])
def test_a_month_is_a_whole_number_from_1_to_12(cell):
    with pytest.raises(ValueError, match=cell):
        whole(1, 12).read(cell)


def test_words_are_named_in_what_is_allowed():
    column = one_of("ward", "commune")
    assert str(column.allowed) == "one of ward, commune"
    assert column.must_be_filled


def test_the_columns_of_a_table_come_from_its_row_class():
    assert list(columns(PlaceRow))[1:4] == ["status", "place", "name_vi"]
    assert str(columns(PlaceRow)["ward_share"].allowed).startswith("a number from 0 to 1")


def test_an_optional_day_and_flag_read_what_they_say():
    spec = columns(LawRow)
    assert spec["to"].blank is None
    assert str(spec["from_"].read("2026-07-01")) == "2026-07-01"
    with pytest.raises(ValueError, match="1 July"):
        spec["from_"].read("1 July 2026")


def test_a_blank_cell_may_have_a_value():
    column = number(blank=nan)
    assert column.blank is nan
    assert not column.must_be_filled


def test_several_entries_are_read_one_by_one_and_counted():
    column = several(whole(0, 9).read, 2, phrase("city.ages", 9, 2))
    assert column.read("3 4") == (3, 4)
    for cell in ("3 4 5", "3 x", "12"):
        with pytest.raises(ValueError, match=r"[35x]|12"):
            column.read(cell)
