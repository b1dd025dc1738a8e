"""The documentation says what the program does: tables, columns, keys and examples are checked."""

import re
from shutil import copytree

import pytest

from pricing.base.words import words
from pricing.city.read import columns, heading
from pricing.city.rows.lots import SCHEMES
from pricing.cli.list import RISKS
from pricing.indicators._indicator import measures
from pricing.instruments._registry import instrument_kinds
from pricing.scenario.load import load_scenario
from pricing.scenario.schema import (
    AttributionSection,
    EconomySection,
    Head,
    LinksSection,
    NonPublicSection,
    OfficeSection,
    PeopleSection,
    StudySection,
)
from pricing.scenario.study import load_study
from pricing.scenario.tender import (
    DefaultSection,
    LogNormalCosts,
    LowBidSection,
    OthersSection,
    TenderSection,
    load_tender,
)
from tests.docs import CALIBRATION, ROOT, can_tho, current, label, numbers, page

HEAD = """
[scenario]
title = { vi = "Thử", en = "Trial" }
authority = "central"
"""
EVERYBODY_S = {"kind", "places", "from", "until"}


def chapter(kind):
    """The part of docs/scenarios.md about an instrument kind."""
    text = page("scenarios.md")
    return text[text.index(f"\n### {kind} ") :].split("\n### ")[1].split("\n## ")[0]


def examples(text):
    return re.findall(r"```toml\n(.*?)```", text, re.DOTALL)


def test_the_numbers_of_calibration_are_those_of_the_command():
    text = page(CALIBRATION.name)
    assert current(text, can_tho()) == text, "run: python -m tests.docs"


@pytest.mark.parametrize("light", ["red", "amber"])
def test_the_lights_that_are_not_green_are_explained_beside_their_numbers(light):
    part = page(CALIBRATION.name).split(f"## {light.capitalize()} lights")[1].split("\n## ")[0]
    explained = " ".join(part.split())
    wanted = {row for row in can_tho().moments if row.light == light}
    assert set(re.findall(r"\*\*(.+?)\*\*", explained)) == {label(row) for row in wanted}
    for row in wanted:
        assert f"**{label(row)}** ({numbers(row)})" in explained


def test_every_table_and_column_of_a_city_is_described():
    text = page("city.md")
    for row in [type(table[0]) for table in can_tho().city.tables.all()]:
        part = text[text.index(f"### {row.FILE}") :].split("\n### ")[0]
        for name in map(heading, columns(row)):
            assert f"`{name}`" in part or name in ("source", "status"), (row.FILE, name)


SCENARIO_SECTIONS = [
    Head,
    PeopleSection,
    EconomySection,
    NonPublicSection,
    LinksSection,
    OfficeSection,
    StudySection,
    AttributionSection,
]
TENDER_SECTIONS = [TenderSection, LogNormalCosts, OthersSection, DefaultSection, LowBidSection]


@pytest.mark.parametrize("model", [*SCENARIO_SECTIONS, *TENDER_SECTIONS])
def test_every_key_of_the_sections_is_shown(model):
    shown = "\n".join(examples(page("scenarios.md")))
    for name in model.model_fields:
        assert re.search(rf"^(\[\[\w+\.)?{name}\b", shown, re.MULTILINE), name


@pytest.mark.parametrize("kind", sorted(instrument_kinds()))
def test_every_key_of_an_instrument_is_described(kind):
    part = chapter(kind)
    for name, field in instrument_kinds()[kind].model_fields.items():
        assert f"`{name}`" in part or (field.alias or name) in EVERYBODY_S, name


@pytest.mark.parametrize("kind", sorted(instrument_kinds()))
def test_examples_are_valid(kind, tmp_path):
    [example] = examples(chapter(kind))
    file = tmp_path / "example.toml"
    file.write_text(HEAD + example, encoding="utf-8")
    found = load_scenario(file, can_tho().city)
    written = {model.model_dump(by_alias=True)["kind"] for model in found.instruments.values()}
    assert written == {kind}


def test_the_example_of_a_tender_is_valid(tmp_path):
    [example] = examples(page("scenarios.md").split("\n## A tender alone")[1])
    file = tmp_path / "example.toml"
    file.write_text(example, encoding="utf-8")
    found = load_tender(file)
    assert found.numbers == (2, 4, 8)
    assert found.shock is not None
    assert list(found.others) == ["incumbent"]


def test_the_example_of_a_chain_is_valid(tmp_path):
    [example] = examples(
        page("scenarios.md").split("\n### What each step adds")[1].split("\n### ")[0]
    )
    shipped = ROOT / "scenarios"
    for file in shipped.glob("*.toml"):
        (tmp_path / file.name).write_text(file.read_text("utf-8"), encoding="utf-8")
    copytree(shipped / "cities", tmp_path / "cities")
    study = tmp_path / "chained.toml"
    study.write_text('extends = "roadmaps.toml"\n' + example, encoding="utf-8")
    [found] = load_study(study, measures()).chains
    assert found.name == "full_cost_in_steps"


def test_the_first_example_extends_the_shipped_baseline(tmp_path):
    base = (ROOT / "scenarios" / "base.toml").read_text(encoding="utf-8")
    (tmp_path / "base.toml").write_text(base, encoding="utf-8")
    file = tmp_path / "first.toml"
    file.write_text(examples(page("scenarios.md"))[0], encoding="utf-8")
    found = load_scenario(file, can_tho().city)
    assert found.instruments.keys() == {"law", "wages"}
    assert found.offices["price_appraisal"].days == 45


def test_the_table_of_risks_is_the_one_that_is_listed():
    part = page("scenarios.md").split("## Who bears which risk")[1].split("\n## ")[0]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in part.splitlines()]
    table = {row[0].replace(" ", "_"): row[1:] for row in rows if len(row) == 1 + len(SCHEMES)}
    for risk in RISKS:
        said = [words("en").text(f"risks.{scheme}.{risk}") for scheme in SCHEMES]
        assert table[risk] == said
