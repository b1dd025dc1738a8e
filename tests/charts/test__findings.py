"""What a title may claim when there is little to claim it from."""

from dataclasses import replace

from pricing.charts._data import Measure, table
from pricing.charts._findings import certainty, lowest, name_of, probability_lower

COST = Measure(indicator="net_public_cost")


def test_a_single_scenario_is_compared_with_nothing(tables):
    alone = replace(tables, scenarios=(tables.baseline,), comparison=table([]))
    finding = lowest(alone, COST)
    assert (finding.scenario, finding.probability) == (tables.baseline, None)
    assert not finding.is_distinguished
    assert certainty(alone, finding, "en") == "no other scenario to compare with"


def test_the_baseline_has_no_probability_against_itself(tables):
    assert probability_lower(tables, tables.baseline, COST) is None


def test_a_scenario_without_a_title_goes_by_its_stem(tables):
    assert name_of(tables, "base", "vi") == "Cơ sở: pháp luật hiện hành"
    assert name_of(replace(tables, titles={"base": {"en": "Law"}}), "base", "vi") == "base"


def test_a_level_without_its_comparison_is_named_without_probability(tables):
    bare = replace(tables, comparison=table([]))
    finding = lowest(bare, COST)
    assert (finding.scenario, finding.overlapping) == ("full_cost_2030", ())
    assert finding.probability is None
