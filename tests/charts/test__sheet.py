"""Every figure in both languages: nothing collides or leaves the page, and no word is foreign."""

import re
from dataclasses import replace

import pytest

from pricing.base.words import words
from pricing.charts._chart import charts
from pricing.charts._sheet import source_line
from tests.charts.artists import overlaps

KINDS = tuple(charts())
BOTH = [(kind, language) for kind in KINDS for language in ("vi", "en")]
WORD = re.compile(r"[a-z]{4,}")


def vocabulary(language):
    """Words of a language's table, the names of placeholders left out."""
    sentences = " ".join(words(language).table.values())
    return set(WORD.findall(re.sub(r"\{.*?\}", " ", sentences).lower()))


@pytest.mark.parametrize(("kind", "language"), BOTH)
def test_texts_stand_apart_inside_the_page(figures, pages, kind, language):
    figure, page = figures[kind, language], pages[kind, language]
    assert overlaps(page, tolerance=figure.dpi / 50) == []
    for text, box in page:
        assert box.x0 >= 0, text
        assert box.y0 >= 0, text
        assert box.x1 <= figure.bbox.width, text
        assert box.y1 <= figure.bbox.height, text


@pytest.mark.parametrize("kind", KINDS)
def test_no_english_is_left_in_a_vietnamese_figure(pages, tables, kind):
    english = vocabulary("en") - vocabulary("vi")
    drawn = " ".join(text for text, _ in pages[kind, "vi"]).lower()
    assert english & set(WORD.findall(drawn.replace(tables.run, ""))) == set()
    assert {"baseline", "depreciation"} <= english  # the test knows English


@pytest.mark.parametrize("kind", KINDS)
def test_foot_names_run_trials_and_assumptions(pages, tables, kind):
    drawn = " ".join(text for text, _ in pages[kind, "vi"])
    drawn = drawn.replace("\n", " ").replace("\N{NO-BREAK SPACE}", " ")
    for part in (tables.run, "n = 64", "46 % tham số là giả định"):
        assert part in drawn


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_have_the_decimal_mark_of_the_language(pages, kind):
    for language, foreign in (("vi", r"\d\.\d{1,2}\b"), ("en", r"\d,\d{1,2}\b")):
        for text, _ in pages[kind, language]:
            assert not re.search(foreign, text), text


def test_share_of_assumed_parameters_is_left_out_where_it_is_not_known(tables):
    assert "assumed" in source_line(tables, "en")
    assert "assumed" not in source_line(replace(tables, assumed_share=None), "en")


@pytest.mark.parametrize(("kind", "language"), BOTH)
def test_some_axis_names_its_unit(figures, kind, language):
    named = [axes.get_ylabel() for axes in figures[kind, language].axes if axes.get_ylabel()]
    assert named
    if kind != "use_by_quintile":  # its unit, percent, stands in the subtitle
        assert all(title.endswith(")") for title in named)
