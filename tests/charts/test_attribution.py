"""Waterfalls carry the numbers of attribution.csv: levels, steps, and intervals at their ends."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.charts import attribution as chart
from pricing.charts._data import Measure, read_tables
from tests.charts.artists import bars, collection, texts, uprights
from tests.charts.chains import CHAIN, write_chain
from tests.charts.synthetic import TITLES, csv_rows, values, write_run

KIND = "attribution"
LAST = "2035"


@pytest.fixture(scope="module")
def last_rows(folder, tables):
    """The rows of the last year by indicator and step, read without the package."""
    del tables  # which writes the file
    rows = [row for row in csv_rows(folder, "attribution.csv") if row["year"] == LAST]
    return {(row["indicator"], row["step"]): row for row in rows}


def level_marks(axes, label):
    return [np.asarray(path.vertices)[0, 1] for path in collection(axes, label).get_paths()]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_bars_levels_and_intervals_equal_the_table(figures, last_rows, language):
    panels = figures[KIND, language].axes
    assert len(panels) == len(CHAIN.indicators)
    for axes, indicator in zip(panels, CHAIN.indicators, strict=True):
        steps = [last_rows[indicator, str(place)] for place in (1, 2, 3)]
        total = last_rows[indicator, "total"]
        drawn = [float(row["difference"]) for row in steps]
        assert bars(axes, "step") == pytest.approx(drawn, rel=1e-6)
        ends = [float(total["from_mean"]), float(steps[-1]["to_mean"])]
        assert level_marks(axes, "level") == ends
        for label, names in (
            ("parameter_band", ("p05", "p95")),
            ("estimate_interval", ("estimate_low", "estimate_high")),
        ):
            expected = tuple(
                [float(row["from_mean"]) + float(row[name]) for row in (*steps, total)]
                for name in names
            )
            assert uprights(axes, label) == expected


def test_steps_lead_from_the_first_level_to_the_last(figures):
    for axes in figures[KIND, "en"].axes:
        first, last = level_marks(axes, "level")
        assert first + sum(bars(axes, "step")) == pytest.approx(last)
        running = level_marks(axes, "running")
        low, high = axes.get_ylim()
        assert low < min(running) <= max(running) < high


@pytest.mark.parametrize("language", ["vi", "en"])
def test_columns_are_named_in_the_language(figures, language):
    said = {" ".join(item.get_text().split()) for item in texts(figures[KIND, language])}
    assert {f"+ {label[language]}" for label in CHAIN.steps} <= said
    assert {TITLES[CHAIN.scenarios[end]][language] for end in (0, -1)} <= said


def test_the_title_names_the_largest_step_of_the_first_measure(tables, last_rows):
    title = chart.title(tables, tables.chains[0], "en")
    moves = [float(last_rows["net_public_cost", str(place)]["difference"]) for place in (1, 2, 3)]
    most = int(np.argmax(np.abs(moves)))
    assert f"most by “{CHAIN.steps[most]['en']}”" in title
    assert title.startswith("Full cost, step by step.\nNet public cost: −")
    assert "in 2035" in title


@pytest.mark.parametrize(
    ("lower", "said"),
    [
        (32 / 33, "probability of a fall: 0.96"),
        (1 / 33, "probability of a rise: 0.96"),
        (0.6, "sign not distinguishable, probability of a fall: 0.60"),
        (0.4, "sign not distinguishable, probability of a rise: 0.60"),
    ],
)
def test_the_title_says_how_surely_a_step_has_its_sign(tables, lower, said):
    [one] = tables.chains
    columns = one.table.columns
    always = np.full(columns["year"].shape, lower)
    table = replace(one.table, columns={**columns, "probability_lower": always})
    assert chart.title(tables, replace(one, table=table), "en").endswith(f"({said})")


def test_shares_move_by_points(tables):
    [one] = tables.chains
    shares = replace(one, chain=replace(one.chain, indicators=("lot_saving",)))
    units = {measure: unit for measure, unit in one.table.units.items() if unit == "share"}
    shares = replace(shares, table=replace(one.table, units=units))
    assert "percentage points in 2035" in chart.title(tables, shares, "en")


def by_need(tmp_path, **changes):
    """A chain split by more keys than a page holds."""
    given = {"indicators": ("enrolment_rate",), "dimension": "education_level*quintile"}
    chain = replace(CHAIN, **{**given, **changes})
    made = values()
    write_run(tmp_path, made)
    write_chain(tmp_path, made, chain)
    return read_tables(tmp_path, titles=TITLES, chains=(chain,))


def test_of_many_keys_those_that_move_most_are_drawn_and_the_foot_says_so(tmp_path):
    tables = by_need(tmp_path)
    [one] = tables.chains
    known = chart.measures(tables, one)
    kept = chart.largest(one, known)
    assert len(known) == 35
    assert len(kept) == chart.PANELS
    moved = {measure: abs(one.table.last("total", measure, "difference")) for measure in known}
    assert min(moved[measure] for measure in kept) >= max(
        moved[measure] for measure in known if measure not in kept
    )
    figure = chart.draw(tables, "en")
    assert len(figure.axes) == chart.PANELS
    said = " ".join(" ".join(item.get_text() for item in texts(figure)).split())
    assert "drawn: 8 of 35 rows" in said
    assert "poorest fifth" in said


def test_what_has_no_number_in_the_last_year_is_not_drawn(tables):
    [one] = tables.chains
    days = Measure(indicator="interruption_days")
    early = {at: rows[:-1] if at[1] == days else rows for at, rows in one.table.index.items()}
    short = replace(one, table=replace(one.table, index=early))
    drawn = [measure.indicator for measure in chart.measures(tables, short)]
    assert drawn == ["net_public_cost", "lot_saving"]
    nothing = replace(one, table=replace(one.table, units={}))
    assert chart.parts(replace(tables, chains=(nothing, short))) == {
        CHAIN.name: replace(tables, chains=(short,))
    }


def test_a_chain_that_moves_nothing_is_still_drawn(tables):
    [one] = tables.chains
    still = {name: np.zeros_like(column) for name, column in one.table.columns.items()}
    still["year"] = one.table.columns["year"]
    flat = replace(tables, chains=(replace(one, table=replace(one.table, columns=still)),))
    figure = chart.draw(flat, "vi")
    assert all(np.isfinite(axes.get_ylim()).all() for axes in figure.axes)


def test_chains_without_rows_are_not_there(folder, tables):
    other = replace(CHAIN, name="another")
    assert [one.chain for one in read_tables(folder, chains=(other, CHAIN)).chains] == [CHAIN]
    assert read_tables(folder).chains == ()
