"""The chain from money to users carries the numbers of the tables."""

from dataclasses import replace

from pricing.charts import envelope
from pricing.charts._chart import charts
from tests.charts.artists import check_fans


def test_fans_equal_the_tables(figures, tables, cells):
    check_fans(figures["envelope", "vi"], envelope.ROWS, tables, cells)


def test_title_names_the_lowest_quality(tables, cells):
    last = {
        name: cells("mean", "summary", name, "quality", "all", "")[-1] for name in tables.scenarios
    }
    worst = min(last, key=lambda name: last[name])
    assert f"“{tables.titles[worst]['en']}”: quality {100 * last[worst]:.1f} %" in envelope.title(
        tables, "en"
    )


def test_a_study_without_envelopes_does_not_draw_it(tables):
    kept = {
        at: rows for at, rows in tables.summary.index.items() if at[1].indicator != "envelope_use"
    }
    bare = replace(tables, summary=replace(tables.summary, index=kept))
    assert charts()["envelope"].has_matter(tables)
    assert not charts()["envelope"].has_matter(bare)
