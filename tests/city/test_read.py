"""What can be wrong with one table: every problem at once, with its file and line."""

import pytest

from pricing.base.errors import Problems
from pricing.city import read
from pricing.city.read import read_rows
from pricing.city.rows.lots import LotRow
from pricing.city.rows.people import CommuneRow, PlaceRow

HEADER = "place,name_vi,kind,ward_share,latitude,longitude,registered_2025,source,status\n"
GOOD = "a,A,urban,1,10,105,5000,book,published\n"


def problems_of(tmp_path, text, row=PlaceRow):
    if text is not None:
        data = text if isinstance(text, bytes) else text.encode()
        (tmp_path / row.FILE).write_bytes(data)
    problems = Problems()
    rows, table = read_rows(row, tmp_path, problems)
    return rows, table, list(problems)


def test_a_good_table_becomes_rows_with_their_lines(tmp_path):
    rows, table, problems = problems_of(tmp_path, HEADER + "\n" + GOOD)
    assert problems == []
    assert [(row.place, row.line, row.ward_share) for row in rows] == [("a", 3, 1.0)]
    assert len(table.sha256) == 64


def test_a_byte_order_mark_is_tolerated(tmp_path):
    rows, _, problems = problems_of(tmp_path, ("\ufeff" + HEADER + GOOD).encode())
    assert problems == []
    assert rows[0].place == "a"


def test_a_missing_file_names_the_nearest(tmp_path):
    (tmp_path / "place.csv").write_text("x", encoding="utf-8")
    _, _, [problem] = problems_of(tmp_path, None)
    assert str(problem.read) == "no such file"
    assert problem.nearest == "place.csv"


def test_a_missing_optional_file_is_no_problem_and_has_no_rows(tmp_path):
    assert problems_of(tmp_path, None, LotRow) == ((), None, [])


def test_an_optional_file_that_is_there_must_be_good(tmp_path):
    _, _, [problem, *_] = problems_of(tmp_path, "lot,service\nx,y\n", LotRow)
    assert (problem.file, str(problem.read)) == ("lots.csv", "no such column")


def test_a_folder_in_place_of_a_file_is_no_table(tmp_path):
    (tmp_path / "places.csv").mkdir()
    _, _, [problem] = problems_of(tmp_path, None)
    assert str(problem.read) == "a file that cannot be read"


def test_a_large_file_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(read, "LARGEST_FILE", 10)
    _, _, [problem] = problems_of(tmp_path, HEADER + GOOD)
    assert "MB" in str(problem.read)


def test_text_that_is_not_utf8_is_located(tmp_path):
    _, _, [problem] = problems_of(tmp_path, HEADER.encode() + GOOD.encode() + b"b,\xe9,urban\n")
    assert problem.line == 3
    assert "0xe9" in str(problem.read)


@pytest.mark.parametrize("text", ["", "\n\n", HEADER])
def test_an_empty_file_says_what_it_needs(tmp_path, text):
    _, _, [problem] = problems_of(tmp_path, text)
    assert str(problem.read) == "no rows"
    assert "ward_share" in str(problem.allowed)


def test_a_missing_column_names_the_one_that_was_meant(tmp_path):
    _, _, [problem] = problems_of(tmp_path, HEADER.replace("ward_share", "ward_shar") + GOOD)
    assert (problem.line, problem.key, problem.nearest) == (1, "ward_share", "ward_shar")


def test_a_column_that_stands_twice_is_refused(tmp_path):
    header = HEADER.replace("latitude", "longitude")
    _, _, problems = problems_of(tmp_path, header + GOOD)
    assert {problem.key for problem in problems} == {"latitude", "longitude"}


def test_extra_columns_are_left_alone(tmp_path):
    rows, _, problems = problems_of(tmp_path, HEADER[:-1] + ",note\n" + GOOD[:-1] + ",seen\n")
    assert problems == []
    assert len(rows) == 1


def test_all_bad_cells_of_all_rows_are_reported(tmp_path):
    bad = "b,B,urbn,1.5,10,105,many,book,published\n"
    _, _, problems = problems_of(tmp_path, HEADER + bad + GOOD + "c,C,rural,0,10,105,7,,sure\n")
    assert sorted((problem.line, problem.key) for problem in problems) == [
        (2, "kind"),
        (2, "registered_2025"),
        (2, "ward_share"),
        (4, "source"),
        (4, "status"),
    ]
    assert next(problem for problem in problems if problem.key == "kind").nearest == "urban"


def test_a_row_with_too_many_cells_is_reported(tmp_path):
    _, _, [problem] = problems_of(tmp_path, HEADER + "a,A, B,urban,1,10,105,5000,book,published\n")
    assert str(problem.read) == "10 cells"
    assert "quotes" in str(problem.advice)


def test_an_open_quote_is_reported(tmp_path):
    _, _, problems = problems_of(tmp_path, HEADER + 'a,"A,urban\n')
    assert str(problems[0].allowed) == "comma-separated cells, quotes closed"


def test_two_rows_may_not_share_their_key(tmp_path):
    header = (
        "commune,name_vi,kind,place,registered_2025,area_km2,latitude,longitude,source,status\n"
    )
    row = "1,A,ward,a,50,10,10,105,book,published\n"
    _, _, [problem] = problems_of(tmp_path, header + row + row, CommuneRow)
    assert (problem.line, problem.key, str(problem.read)) == (3, "commune", "1")
    assert "line 2" in str(problem.allowed)
