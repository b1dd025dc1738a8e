"""Scenarios as they reach the engine: frozen, equal if they say the same, cheap to send away."""

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from pricing.base.calendar import parse_day
from pricing.base.errors import InputError
from pricing.scenario.load import load_scenario
from pricing.scenario.scenario import Economy, NonPublicSpec, OfficeSpec
from tests.builders import toy_city
from tests.scenario.files import HEAD, LAW, write

SHIPPED = Path(__file__).parents[2] / "scenarios"
ROADMAPS = ("full_cost_2030", "full_cost_fast", "full_cost_slow", "full_cost_protected")


def shipped(name):
    return load_scenario(SHIPPED / f"{name}.toml", toy_city())


def kinds(scenario):
    return {name: instrument.kind for name, instrument in scenario.instruments.items()}


def last(scenario, name, component):
    path = scenario.instruments[name].included[component]
    return max(path), path[max(path)]


@pytest.mark.parametrize("name", ["base", "frozen_2026", *ROADMAPS])
def test_shipped_scenarios_load_without_a_warning_and_travel(name):
    scenario = shipped(name)
    assert scenario.warnings == ()
    assert scenario.name == name
    assert set(scenario.title) == set(scenario.description) == {"vi", "en"}
    assert pickle.loads(pickle.dumps(scenario)) == scenario


def test_the_baseline_is_the_law_and_pay_with_price_decisions():
    base = shipped("base")
    assert kinds(base) == {"law": "law_path", "wages": "wage_path"}
    assert base.instruments["wages"].reprice is True
    assert base.offices == {"price_appraisal": OfficeSpec(officers=6)}
    assert (base.people, base.economy) == ("central", Economy())


def test_every_other_scenario_holds_the_instruments_of_the_baseline():
    base = kinds(shipped("base"))
    for name in ("frozen_2026", *ROADMAPS):
        assert kinds(shipped(name)).items() >= base.items()


def test_frozen_2026_differs_in_law_and_pay_only():
    base, frozen = shipped("base"), shipped("frozen_2026")
    assert frozen.instruments["law"].levels_of == 2026
    assert frozen.instruments["wages"].hold is True
    assert list(frozen.instruments) == list(base.instruments)


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("full_cost_2030", 2030),
        ("full_cost_fast", 2028),
        ("full_cost_slow", 2035),
        ("full_cost_protected", 2030),
    ],
)
def test_roadmaps_reach_full_cost_in_all_sectors_in_their_year(name, year):
    scenario = shipped(name)
    for sector in ("health", "school", "vocational"):
        for component in ("management", "depreciation"):
            day, share = last(scenario, f"{sector}_prices", component)
            assert share == 1.0
            assert day <= parse_day(str(year))
        assert last(scenario, f"{sector}_prices", "depreciation")[0] == parse_day(str(year))
    share = scenario.instruments["per_pupil"].share
    assert share[max(share)] == 1.0
    assert max(share) == parse_day(str(year))


def test_only_the_slow_roadmap_slips_and_only_the_protected_protects():
    assert shipped("full_cost_slow").instruments["health_prices"].slip is not None
    assert shipped("full_cost_2030").instruments["health_prices"].slip is None
    protected = shipped("full_cost_protected").instruments
    assert protected["frozen_places"].freeze is True
    assert protected["frozen_places"].places == ("disadvantaged",)
    assert protected["poorest"].quintiles == (1, 2)


def test_every_value_knows_its_line():
    scenario = shipped("full_cost_protected")
    lines = (SHIPPED / "base.toml").read_text(encoding="utf-8").splitlines()
    file, line = scenario.origin["instruments.law.kind"].rsplit(":", 1)
    assert Path(file).name == "base.toml"
    assert "law_path" in lines[int(line) - 1]
    assert "full_cost_2030.toml" in scenario.origin["instruments.per_pupil.share.2028"]


def test_the_hash_follows_what_decides_results_alone(tmp_path):
    def hash_of(text):
        return load_scenario(write(tmp_path, "a.toml", text), toy_city()).content_hash

    wages = '[instruments.wages]\nkind = "wage_path"\n'
    told = HEAD.replace("Trial", "Another title") + "# a comment\n"
    assert hash_of(HEAD + LAW + wages) == hash_of(told + wages + LAW)
    assert hash_of(HEAD + LAW + wages) != hash_of(HEAD + LAW + wages + "hold = true\n")
    assert hash_of(HEAD + LAW) != hash_of(HEAD.replace("central", "commune") + LAW)


def test_instruments_stay_in_the_order_of_the_file(tmp_path):
    text = HEAD + '[instruments.wages]\nkind = "wage_path"\n' + LAW
    assert list(load_scenario(write(tmp_path, "a.toml", text), toy_city()).instruments) == [
        "wages",
        "law",
    ]


def test_sections_reach_the_scenario(tmp_path):
    text = HEAD + (
        'strict_law = false\n[people]\nvariant = "constant"\n'
        '[economy]\nshocks = false\nreal_growth = 0\ncpi_growth = "3,5 %/năm"\n'
        "[offices.price_appraisal]\nofficers = 1\ndays = 10\n"
    )
    scenario = load_scenario(write(tmp_path, "a.toml", text), toy_city())
    assert scenario.strict_law is False
    assert scenario.people == "constant"
    assert scenario.economy == Economy(shocks=False, real_growth=0.0, cpi_growth=0.035)
    assert scenario.offices == {"price_appraisal": OfficeSpec(officers=1, days=10)}


def test_owners_price_with_costs_and_none_enters_unless_a_scenario_says_so(tmp_path):
    still = load_scenario(write(tmp_path, "a.toml", HEAD + LAW), toy_city())
    assert still.non_public == NonPublicSpec(
        prices="with_costs", entry=False, staff=False, reimbursement=True, staff_cost=True
    )
    said = '[non_public]\nprices = "chosen"\nentry = true\nstaff = true\n'
    moving = load_scenario(write(tmp_path, "b.toml", HEAD + LAW + said), toy_city())
    assert moving.non_public == NonPublicSpec(prices="chosen", entry=True, staff=True)
    assert moving.content_hash != still.content_hash


@pytest.mark.parametrize("link", ["reimbursement", "staff_cost"])
def test_a_child_switches_one_link_off_and_keeps_the_rest_of_the_section(tmp_path, link):
    said = '[non_public]\nprices = "chosen"\nentry = true\n'
    write(tmp_path, "parent.toml", HEAD + LAW + said)
    child = f'extends = "parent.toml"\n[non_public]\nlinks = {{ {link} = false }}\n'
    scenario = load_scenario(write(tmp_path, "child.toml", child), toy_city())
    chosen = NonPublicSpec(prices="chosen", entry=True)
    off = {"reimbursement": replace(chosen, reimbursement=False)}
    off["staff_cost"] = replace(chosen, staff_cost=False)
    assert scenario.non_public == off[link]
    resolved = write(tmp_path, "again.toml", scenario.resolved)
    assert load_scenario(resolved, toy_city()).non_public == scenario.non_public
    assert scenario.origin[f"non_public.links.{link}"].endswith("child.toml:3")


def test_mistakes_in_the_section_are_told_with_what_is_allowed(tmp_path):
    said = '[non_public]\nprices = "choosen"\nentry = 1\nlinks = { staff_costs = false }\n'
    with pytest.raises(InputError) as caught:
        load_scenario(write(tmp_path, "a.toml", HEAD + LAW + said), toy_city())
    problems = {problem.key: problem.nearest for problem in caught.value.problems}
    assert problems == {
        "non_public.prices": "chosen",
        "non_public.entry": None,
        "non_public.links.staff_costs": "staff_cost",
    }


def test_a_parent_that_cannot_be_read_is_the_only_problem(tmp_path):
    write(tmp_path, "base.toml", "[scenario\n")
    child = write(tmp_path, "a.toml", 'extends = "base.toml"\n[people]\nvariant = 1\n')
    with pytest.raises(InputError) as caught:
        load_scenario(child, toy_city())
    assert [Path(problem.file).name for problem in caught.value.problems] == ["base.toml"]
