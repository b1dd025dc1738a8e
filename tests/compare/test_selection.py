"""Selection: chosen on one half, told by the other; what cannot be measured is refused first."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.base.errors import InputError
from pricing.compare.selection import check_selection, selection
from pricing.results.axes import run_axes
from pricing.results.result import Axes, Result, Span
from pricing.scenario.schema import SelectionSection
from tests.studies import standin_study

SCRAMBLINGS, POINTS = 8, 2
AXES = Axes(
    ids={"year": ("2025", "2026"), "place": ("a",), "quintile": ("1", "2"), "sector": ("health",)},
    groups={},
    quantities={
        "outlay": ("year", "sector"),
        "out_of_pocket": ("year", "sector", "place", "quintile"),
        "people": ("year", "place", "quintile"),
    },
)
POOREST = SelectionSection(indicator="out_of_pocket", dimension="quintile", key="1")


def run(options, noise=0.0):
    """A run whose options add to outlay and to what the poorest fifth pays, (cost, gap)."""
    lead = (SCRAMBLINGS * POINTS, 1)
    rng = np.random.default_rng(3)
    arrays: dict[tuple[str, str], np.ndarray] = {}
    finished = {}
    for name, (cost, gap) in {"base": (0.0, 0.0), **options}.items():
        paid = np.full((*lead, 2, 1, 1, 2), 100.0)
        luck = noise * rng.normal(size=(*lead, 1, 1, 1)) * (name != "base")
        paid[..., 0] += gap + luck
        arrays[name, "outlay"] = np.full((*lead, 2, 1), 1e12 + cost)
        arrays[name, "out_of_pocket"] = paid
        arrays[name, "people"] = np.ones((*lead, 2, 1, 2))
        finished[name] = np.ones(lead, bool)
    scrambling = tuple(np.repeat(np.arange(SCRAMBLINGS), POINTS).tolist())
    return Result(
        scenarios=("base", *options),
        baseline="base",
        axes=AXES,
        span=Span(scrambling=scrambling, replications=1, first_year=2026, last_year=2026),
        arrays=arrays,
        finished=finished,
    )


def test_the_cheapest_of_those_that_keep_it_is_chosen():
    found = selection(run({"weak": (1e9, 5.0), "dear": (9e9, -4.0), "fit": (4e9, -1.0)}), POOREST)
    assert found is not None
    assert found.chosen.scenario == "fit"
    assert found.is_kept
    assert found.is_confirmed
    assert found.chosen.gap.mean == pytest.approx(-1.0)
    assert found.chosen.cost.mean == pytest.approx(4e9)
    assert [one.keeps for one in found.options] == [False, True, True]


def test_if_none_keeps_it_the_smallest_gap_is_told():
    found = selection(run({"weak": (1e9, 5.0), "less": (9e9, 2.0)}), POOREST)
    assert found is not None
    assert not found.is_kept
    assert not found.is_confirmed
    assert found.chosen.scenario == "less"
    assert found.chosen.gap.mean == pytest.approx(2.0)


def test_fresh_futures_have_no_say_in_the_choice():
    """Of many options that differ by luck alone, the one that looks best is not so on the rest."""
    options = {f"option_{number:02}": (float(number), 0.0) for number in range(40)}
    result = run(options, noise=1.0)
    found = selection(result, POOREST)
    assert found is not None
    best = min(found.options, key=lambda one: one.gap_seen)
    assert best.gap_seen < -0.5
    assert best.gap.mean > best.gap_seen
    assert best.gap.low < best.gap.mean < best.gap.high
    keeping = [one for one in found.options if one.keeps]
    assert found.chosen.cost_seen == min(one.cost_seen for one in keeping)
    spoilt = {
        at: np.concatenate([values[: len(values) // 2], values[len(values) // 2 :] + 1e6])
        if at[1] == "out_of_pocket" and at[0] != "base"
        else values
        for at, values in result.arrays.items()
    }
    other = selection(replace(result, arrays=spoilt), POOREST)
    assert other is not None
    assert other.chosen.scenario == found.chosen.scenario
    assert other.chosen.gap.mean > 1e5


def test_what_should_be_high_is_missed_from_below():
    section = SelectionSection(indicator="out_of_pocket", options=("fit",), year=2026)
    found = selection(run({"weak": (1e9, -5.0), "fit": (9e9, 2.0)}), section)
    assert found is not None
    assert [one.scenario for one in found.options] == ["fit"]
    assert not found.is_kept


def test_what_a_case_avoided_costs_counts_from_the_reference():
    section = POOREST.model_copy(update={"reference": "none", "avoided": "out_of_pocket"})
    options = {"none": (-9e9, 5.0), "fit": (-7e9, -3.0), "worse": (0.0, 6.0)}
    found = selection(run(options), section)
    assert found is not None
    none, fit, worse = found.options
    assert none.per_avoided is None
    assert none.avoided is None
    assert fit.avoided is not None
    assert fit.per_avoided is not None
    assert fit.avoided.mean == pytest.approx(8.0)
    assert fit.per_avoided.mean == pytest.approx(2e9 / 8.0)
    assert fit.per_avoided.low == pytest.approx(fit.per_avoided.high)
    assert worse.per_avoided is None


def test_without_options_or_with_few_scramblings_nothing_is_chosen():
    assert selection(run({}), POOREST) is None
    whole = run({"fit": (1.0, 0.0)})
    nobody = {
        at: np.zeros_like(values) if at[1] == "people" else values
        for at, values in whole.arrays.items()
    }
    assert selection(replace(whole, arrays=nobody), POOREST) is None
    half = {name: done.copy() for name, done in whole.finished.items()}
    half["fit"][6:] = False
    assert selection(replace(whole, finished=half), POOREST) is None


@pytest.mark.parametrize(
    ("keys", "named"),
    [
        ({"indicator": "out_of_pockets"}, r"selection\.indicator.*out_of_pocket"),
        ({"indicator": "volume", "dimension": "need", "key": "ambulatory"}, "indicator"),
        ({"cost": "outlays"}, r"selection\.cost.*outlay"),
        ({"dimension": "quintiles"}, r"selection\.dimension.*quintile"),
        ({"key": "6"}, r"selection\.key"),
        ({"options": ("upp",)}, r"selection\.options.*up"),
        ({"year": 2040}, r"selection\.year"),
        ({"reference": "nobody"}, r"selection\.reference"),
        ({"avoided": "case"}, r"selection\.avoided"),
    ],
)
def test_what_cannot_be_measured_is_refused(tmp_path, keys, named):
    study = replace(standin_study(tmp_path), scramblings=4)
    axes = run_axes(study.city, study.first_year, study.last_year)
    check_selection(replace(study, selection=POOREST), axes)
    check_selection(study, axes)
    wrong = POOREST.model_copy(update=keys)
    with pytest.raises(InputError, match=named):
        check_selection(replace(study, selection=wrong), axes)


def test_two_halves_need_two_scramblings_each(tmp_path):
    study = replace(standin_study(tmp_path), selection=POOREST)
    axes = run_axes(study.city, study.first_year, study.last_year)
    with pytest.raises(InputError, match=r"study\.scramblings"):
        check_selection(replace(study, scramblings=3), axes)
