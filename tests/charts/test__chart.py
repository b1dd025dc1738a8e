"""Charts are found by the folder scan, drawn in one style and written in every language."""

import struct
from dataclasses import replace

import numpy as np
from matplotlib import rcParams

from pricing.charts._chart import charts, save_charts

HOUSEHOLDS = {"catastrophic_fan", "concentration", "household_burden"}
KINDS = {
    *HOUSEHOLDS,
    "attribution",
    "fund",
    "lots_outlay",
    "lots_price_failure_quality",
    "lots_timeline",
    "out_of_pocket_by_quintile",
    "outlay_fan",
    "envelope",
    "price_build_up",
    "protection",
    "ramsey",
    "staff_flows",
    "entries",
    "non_public_share",
    "non_public_places",
    "summary",
    "use_by_quintile",
    "who_pays",
    "winners_and_losers",
}


def test_the_kind_of_a_chart_is_the_name_of_its_file():
    found = charts()
    assert set(found) == KINDS
    for kind, item in found.items():
        assert item.draw.__module__ == f"pricing.charts.{kind}"


def test_drawing_leaves_the_settings_of_matplotlib_alone(tables):
    before = dict(rcParams)
    charts()["fund"](tables, "en")
    assert dict(rcParams) == before


def test_all_are_written_at_print_size(tables, tmp_path):
    paths = save_charts(tables, tmp_path, ("vi",))
    in_parts = {"attribution.full_cost_in_steps", "non_public_places.preschool"}
    starts = KINDS - {"attribution", "non_public_places"} | in_parts
    names = {f"{start}.vi.{end}" for start in starts for end in ("png", "svg")}
    assert {path.name for path in paths} == names == {path.name for path in tmp_path.iterdir()}
    for path in paths:
        if path.suffix == ".png":
            width, height = struct.unpack(">II", path.read_bytes()[16:24])
            expected = 2480 if path.name.startswith("summary") else 1889  # 21 and 16 cm at 300 dpi
            assert width == expected
            assert height <= 3508


def test_a_study_without_lots_has_no_charts_of_them(tables, tmp_path):
    no_lots = lambda measure: not {"lot", "lots"} & set(measure.indicator.split("_"))  # noqa: E731 - a rule of one line
    kept = {
        at: rows
        for at, rows in tables.summary.index.items()
        if no_lots(at[1]) and at[1].indicator not in ("interruption_days", "award_over_ceiling")
    }
    bare = replace(tables, summary=replace(tables.summary, index=kept))
    kinds = {path.name.split(".")[0] for path in save_charts(bare, tmp_path, ("en",))}
    assert kinds == {kind for kind in KINDS if not kind.startswith("lots_")}


def test_a_study_without_chains_has_no_chart_of_them(tables, tmp_path):
    kinds = {
        path.name.split(".")[0]
        for path in save_charts(replace(tables, chains=()), tmp_path, ("en",))
    }
    assert kinds == KINDS - {"attribution"}


def test_a_baseline_alone_has_nothing_to_compare(tables, tmp_path):
    alone = replace(tables, scenarios=(tables.baseline,))
    assert save_charts(alone, tmp_path / "figures", ("vi",)) == ()
    assert not (tmp_path / "figures").exists()


def test_a_single_scrambling_has_no_estimate_interval_and_is_still_drawn(tables):
    def without(table):
        unknown = np.full(table.columns["year"].size, np.nan)
        gone = {"estimate_low": unknown, "estimate_high": unknown}
        return replace(table, columns={**table.columns, **gone})

    bare = replace(tables, summary=without(tables.summary), comparison=without(tables.comparison))
    for item in charts().values():
        item(bare, "vi").canvas.draw()


def test_a_study_without_households_has_no_charts_of_them(tables, tmp_path):
    of = ("catastrophic_headcount", "payments_over_consumption", "payment_concentration")
    kept = {at: rows for at, rows in tables.summary.index.items() if at[1].indicator not in of}
    bare = replace(tables, summary=replace(tables.summary, index=kept))
    kinds = {path.name.split(".")[0] for path in save_charts(bare, tmp_path, ("en",))}
    assert kinds == KINDS - HOUSEHOLDS
