"""The page of all roadmaps: fans and table are the tables' numbers, the title is computed."""

import numpy as np
import pytest

from pricing.charts import summary
from pricing.charts._units import number, signed
from tests.charts.artists import check_fans
from tests.charts.synthetic import BASELINE, TITLES, csv_rows, made_tables, values

COST = ("net_public_cost", "all", "")
BURDEN = ("out_of_pocket", "quintile", "1")


def last_rows(folder, name, address):
    """Rows of the last year of a measure by scenario, read without the package."""
    return {
        row["scenario"]: row
        for row in csv_rows(folder, f"{name}.csv")
        if (row["indicator"], row["dimension"], row["key"]) == address and row["year"] == "2035"
    }


def with_cost(folder, differences):
    """A run whose net public cost differs from the baseline's by given draws, VND."""
    made = values()
    base = made[(*COST, BASELINE)]
    for scenario in TITLES.keys() - {BASELINE}:
        made[(*COST, scenario)] = base + differences(base.shape)
    return made_tables(folder, made)


def test_fans_equal_the_tables(figures, tables, cells):
    check_fans(figures["summary", "vi"], summary.ROWS, tables, cells)


def test_table_prints_level_difference_and_band(figures, tables, folder):
    page = figures["summary", "en"].axes[-1]
    printed = [item.get_text() for item in page.texts]
    rows = last_rows(folder, "comparison", COST)
    for scenario in tables.roadmaps:
        difference, low, high = (
            float(rows[scenario][name]) / 1e12 for name in ("difference", "p05", "p95")
        )
        assert signed(difference, "en", 2) in printed
        assert f"[{signed(low, 'en', 2)}; {signed(high, 'en', 2)}]" in printed
    level = float(last_rows(folder, "summary", COST)[BASELINE]["mean"]) / 1e12
    assert number(level, "en", 2) in printed


def test_only_what_is_distinguishable_is_bold(tmp_path):
    tables = with_cost(tmp_path, lambda shape: np.resize([4e11, -5e11], shape[::-1]).T)
    page = summary.draw(tables, "en").axes[-1]
    cost = [item for item in page.texts if item.get_text() == "−0.05"]
    assert [item.get_fontweight() for item in cost] == ["normal"] * 5


def test_title_follows_the_comparison(tables, folder):
    means = {name: float(row["mean"]) for name, row in last_rows(folder, "summary", COST).items()}
    burdens = {
        name: float(row["mean"]) for name, row in last_rows(folder, "summary", BURDEN).items()
    }
    least, heaviest = min(means, key=means.__getitem__), max(burdens, key=burdens.__getitem__)
    below = float(last_rows(folder, "comparison", COST)[least]["probability_lower"])
    above = 1 - float(last_rows(folder, "comparison", BURDEN)[heaviest]["probability_lower"])
    assert min(below, above) >= 0.9
    first, second = summary.title(tables, "en").split("\n")
    base = TITLES[BASELINE]["en"]
    assert f"lowest under “{TITLES[least]['en']}”: {means[least] / 1e12:.1f} trillion" in first
    assert f"probability of lying below “{base}”: {np.floor(100 * below) / 100}" in first
    assert f"most under “{TITLES[heaviest]['en']}”: {burdens[heaviest] / 1e6:.2f} million" in second
    assert f"probability of lying above “{base}”: {np.floor(100 * above) / 100}" in second
    assert "distinguishable" not in first + second


def test_title_names_roadmaps_that_overlap_the_first(tables, folder):
    rows = last_rows(folder, "comparison", COST)
    first, _ = summary.title(tables, "vi").split("\n")
    least = "full_cost_2030"
    for name in set(tables.roadmaps) - {least}:
        apart = float(rows[name]["estimate_low"]) > float(rows[least]["estimate_high"])
        assert (TITLES[name]["vi"] in first) is not apart


def test_below_nine_in_ten_nothing_is_told_apart(tmp_path):
    tables = with_cost(tmp_path, lambda shape: np.resize([4e11, -5e11], shape[::-1]).T)
    lower = last_rows(tmp_path, "comparison", COST)["full_cost_2030"]["probability_lower"]
    assert lower == "0.5"
    first, _ = summary.title(tables, "vi").split("\n")
    assert "chưa phân biệt được với “Cơ sở: pháp luật hiện hành”, xác suất thấp hơn: 0,50" in first
    assert "not distinguishable from “Baseline: the law as it stands”" in summary.title(
        tables, "en"
    )


@pytest.mark.parametrize(
    ("share", "words"),
    [(1.0, "probability of lying below “Levels of 2026 kept”: 0.96"), (0.5, "not distinguishable")],
)
def test_a_baseline_that_comes_first_is_held_against_the_next(tmp_path, share, words):
    def dearer(shape):
        sign = np.where(np.arange(shape[0]) < share * shape[0], 1.0, -0.5)
        return np.full(shape, 3e11) * sign[:, None]

    tables = with_cost(tmp_path, dearer)
    first, _ = summary.title(tables, "en").split("\n")
    assert "lowest under “Baseline: the law as it stands”" in first
    assert words in first
