"""The headline as text: scaled, aligned, in the reader's language."""

from dataclasses import replace

import pytest

from pricing.compare.attribution import StepRow
from pricing.compare.headline import Difference, Headline
from pricing.compare.selection import Estimate, Option, Selection
from pricing.compare.tables import Cell
from pricing.reports.text import attribution_text, headline_text, selection_text
from tests.compare.chains import chain

BASE = Headline(
    scenario="base",
    indicator="net_public_cost",
    dimension="all",
    key="",
    year=2035,
    unit_of_measure="VND",
    n=64,
    mean=12_345_678_900_000.0,
    against_baseline=None,
)
FOUND = Difference(
    difference=1_234_560_000_000.0,
    estimate_low=1_200_000_000_000.0,
    estimate_high=1_250_000_000_000.0,
    p05=1e12,
    p95=1.5e12,
    probability_lower=1 / 33,
    probability_low=0.0,
    probability_high=0.0765,
    gain_futures=25.04,
    gain_chance=None,
)
OTHER = replace(BASE, scenario="full_cost_2030", mean=13_580_238_900_000.0, against_baseline=FOUND)


def test_numbers_as_vietnamese_writes_them() -> None:
    lines = headline_text([BASE, OTHER], "base", "vi")
    assert lines[0] == "Năm 2035, n = 64 (tương lai × lần lặp); chênh lệch so với “base”"
    text = "\n".join(lines)
    assert "(tỷ đồng)" in text
    assert "12.345,7" in text
    assert "+1.234,6" in text
    assert "[1.200,0; 1.250,0]" in text
    assert "0,03 [0,00; 0,08]" in text
    assert "25,0×; –" in text


def test_numbers_as_english_writes_them() -> None:
    text = "\n".join(headline_text([BASE, OTHER], "base", "en"))
    assert "Net public cost (billion VND)" in text
    assert "12,345.7" in text
    assert "+1,234.6" in text


def test_columns_line_up() -> None:
    rows = [line for line in headline_text([BASE, OTHER], "base", "vi") if line.startswith("  ")]
    assert len(rows) == 3
    assert len({len(line) for line in rows}) == 1


def test_shares_in_percent_and_differences_in_points() -> None:
    share = replace(BASE, indicator="cost_recovery", unit_of_measure="share", mean=0.5)
    fall = replace(FOUND, difference=-0.0123, estimate_low=None, estimate_high=None)
    lines = headline_text(
        [share, replace(share, scenario="up", against_baseline=fall)], "base", "en"
    )
    text = "\n".join(lines)
    assert "Cost recovery (%)" in text
    assert "difference (percentage points)" in text
    assert "50.00" in text
    assert "-1.23" in text
    assert "[–; –]" in text


@pytest.mark.parametrize(
    ("mean", "unit"),
    [(2e8, "million VND"), (2_500_000.0, "thousand VND"), (2_500.0, "VND"), (0.0, "VND")],
)
def test_money_per_head_names_its_scale_and_group(mean: float, unit: str) -> None:
    poorest = replace(
        BASE,
        indicator="out_of_pocket",
        dimension="quintile",
        key="1",
        unit_of_measure="VND per resident and year",
        mean=mean,
    )
    lines = headline_text([poorest], None, "en")
    assert lines[0] == "Year 2035, n = 64 (futures × replications)"
    assert lines[2] == f"Out-of-pocket payments, poorest fifth ({unit} per resident and year)"
    assert "difference" not in "\n".join(lines)


def test_no_headline_no_text() -> None:
    assert headline_text([], "base", "en") == []


def chosen(gap: Estimate, seen: float) -> Selection:
    option = Option(
        scenario="vouchers",
        gap_seen=seen,
        cost_seen=1e9,
        gap=gap,
        cost=Estimate(mean=250e9, low=240e9, high=260e9),
    )
    return Selection(
        cell=Cell("base", "out_of_pocket", "quintile", "1"),
        cost="outlay",
        year=2035,
        unit_of_measure="share",
        cost_unit="VND",
        reference="none",
        options=(option,),
        chosen=option,
    )


def test_a_choice_is_told_with_its_fresh_interval() -> None:
    sure = chosen(Estimate(mean=-0.02, low=-0.03, high=-0.01), -0.01)
    lines = selection_text(sure, "en")
    assert "poorest fifth" in lines[0]
    assert "“vouchers”" in lines[0]
    assert "-2.00 [-3.00; -1.00] percentage points" in lines[1]
    assert "250.0 [240.0; 260.0] billion VND" in lines[1]
    assert "confirm it" in lines[2]
    doubtful = chosen(Estimate(mean=-0.02, low=-0.05, high=0.01), -0.01)
    assert "chưa xác nhận" in selection_text(doubtful, "vi")[2]


def test_what_a_case_costs_is_told() -> None:
    found = chosen(Estimate(mean=-0.02, low=-0.03, high=-0.01), -0.01)
    case = Estimate(mean=410e6, low=320e6, high=500e6)
    option = replace(found.chosen, per_avoided=case)
    lines = selection_text(replace(found, chosen=option, options=(option,)), "en")
    assert "one case avoided costs 410.0 [320.0; 500.0] million VND" in lines[-1]
    counted = replace(found, unit_of_measure="cases")
    assert "[0.0; 0.0] cases" in selection_text(counted, "en")[1]


def test_that_none_does_is_said() -> None:
    lines = selection_text(chosen(Estimate(mean=0.02, low=0.01, high=0.03), 0.02), "en")
    assert lines[0].startswith("No option tested keeps")
    assert len(lines) == 2


CHAIN = chain("base", "mid", "end", indicators=("outlay",), dimension="all")
STEP = StepRow(
    chain="links",
    step="1",
    start="base",
    end="mid",
    indicator="outlay",
    dimension="all",
    key="",
    year=2035,
    unit_of_measure="VND",
    n=64,
    from_mean=12_000e9,
    to_mean=12_345.6e9,
    difference=345.6e9,
    estimate_low=300e9,
    estimate_high=390e9,
    p05=1e11,
    p95=5e11,
    probability_lower=1 / 33,
)
ROWS = (
    STEP,
    replace(STEP, step="2", from_mean=12_345.6e9, to_mean=12_300e9, difference=-45.6e9,
            estimate_low=None, estimate_high=None),
    replace(STEP, step="total", to_mean=12_300e9, difference=300e9),
)  # fmt: skip


def test_a_chain_is_told_step_by_step() -> None:
    lines = attribution_text(ROWS, [CHAIN], "en")
    title = "Links, year 2035, n = 64 (futures × replications): steps from “base” to “end”"
    assert lines[:4] == ["", title, "", "Budget outlay (billion VND)"]
    cells = [line.split() for line in lines[5:]]
    assert cells[0] == ["base", "12,000.0", "–", "–", "–"]
    assert cells[1] == ["+", "to", "mid", "12,345.6", "+345.6", "[300.0;", "390.0]", "0.03"]
    assert cells[2] == ["+", "to", "end", "12,300.0", "-45.6", "[–;", "–]", "0.03"]
    assert cells[3][:4] == ["all", "steps", "12,300.0", "+300.0"]
    assert len({len(line) for line in lines[4:]}) == 1


def test_a_chain_in_vietnamese_and_in_percent() -> None:
    shares = [
        replace(one, indicator="cost_recovery", unit_of_measure="share", from_mean=0.5,
                to_mean=0.6, difference=0.1) for one in ROWS
    ]  # fmt: skip
    text = "\n".join(attribution_text(shares, [CHAIN], "vi"))
    assert "Chuỗi, năm 2035" in text
    assert "chênh lệch (điểm %)" in text
    assert "+10,00" in text
    assert "+ đến mid" in text


def test_counted_units_are_no_percentages() -> None:
    lots = [replace(one, indicator="failed_lots", unit_of_measure="lots", from_mean=8.0,
                    to_mean=9.5, difference=1.5) for one in ROWS]  # fmt: skip
    text = "\n".join(attribution_text(lots, [CHAIN], "en"))
    assert "(lots)" in text
    assert "+1.5" in text


def test_of_many_keys_those_that_move_most_are_told() -> None:
    split = replace(CHAIN, dimension="place*quintile")
    rows = [
        replace(one, dimension="place*quintile", key=f"p{at}*1", difference=1e9 * (at % 7))
        for at in range(7)
        for one in ROWS
    ]
    lines = attribution_text(rows, [split], "en")
    named = [line for line in lines if line.startswith("Budget outlay")]
    assert named == [f"Budget outlay, p{at}, poorest fifth (billion VND)" for at in range(2, 7)]
    assert lines[-1] == "  … and 2 more in attribution.csv"


def test_no_chain_no_text() -> None:
    assert attribution_text([], [], "vi") == []
