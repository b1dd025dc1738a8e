"""Chains of a study: read as written, refused with line and nearest name, decisive of nothing."""

import shutil
from hashlib import sha256

import pytest

from pricing.base.errors import InputError
from pricing.scenario.attribution import without_chains
from pricing.scenario.study import load_study
from tests.builders import TOY_CITY
from tests.scenario.files import HEAD, LAW, write

MEASURES = {
    "outlay": ("all", "sector"),
    "out_of_pocket": ("all", "sector", "quintile"),
    "use_rate": ("quintile",),
}
STUDY = """[study]
title = { vi = "Thử", en = "Trial" }
city = "cities/toy_city"
scenarios = ["base.toml", "mid.toml", "end.toml"]
baseline = "base"
last_year = 2030
"""
CHAIN = """
[[study.attribution]]
name = "links"
title.vi = "Chuỗi"
title.en = "Links"
indicators = ["outlay", "out_of_pocket"]
scenarios = ["base", "mid", "end"]
steps = [
  { vi = "một", en = "one" },
  { vi = "hai", en = "two" },
]
"""


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(TOY_CITY, tmp_path / "cities" / "toy_city")
    write(tmp_path, "base.toml", HEAD + LAW)
    for name in ("mid", "end"):
        write(tmp_path, f"{name}.toml", 'extends = "base.toml"\n')
    return tmp_path


def load(folder, text, measures=MEASURES):
    return load_study(write(folder, "study.toml", text), measures)


def problems_of(folder, text, measures=MEASURES):
    with pytest.raises(InputError) as caught:
        load(folder, text, measures)
    return caught.value.problems


def test_a_chain_is_read_as_it_is_written(folder):
    [found] = load(folder, STUDY + CHAIN).chains
    assert found.name == "links"
    assert found.title == {"vi": "Chuỗi", "en": "Links"}
    assert (found.indicators, found.dimension) == (("outlay", "out_of_pocket"), "all")
    assert found.scenarios == ("base", "mid", "end")
    assert [label["en"] for label in found.steps] == ["one", "two"]


def test_a_chain_decides_no_result(folder):
    bare = load(folder, STUDY)
    assert bare.chains == ()
    assert load(folder, STUDY + CHAIN).content_hash == bare.content_hash


def test_a_study_without_chains_is_named_as_before_there_were_any(folder):
    study = load(folder, STUDY)
    decisive = {
        "baseline": "base", "first_year": 2025, "last_year": 2030, "scramblings": 8, "points": 4,
        "replications": 2, "seed": 0, "authority": "city",
    }  # fmt: skip
    hashes = [
        *sorted(study.city.hashes.items()),
        *((one.name, one.content_hash) for one in study.scenarios),
    ]
    expected = sha256(repr((sorted(decisive.items()), hashes)).encode()).hexdigest()
    assert study.content_hash == expected


@pytest.mark.parametrize(
    ("old", "new", "key", "line", "nearest", "allowed"),
    [
        ('"mid", "end"]', '"mdi", "end"]', "scenarios.1", 13, "mid", "scenarios"),
        ('"mid", "end"]', '"base", "end"]', "scenarios.1", 13, None, "once"),
        ('["base", "mid", "end"]', '["base"]', "scenarios", 13, None, "at least 2 entries"),
        ('  { vi = "hai", en = "two" },\n', "", "steps", 14, None, "2 labels"),
        ('"outlay", ', '"outaly", ', "indicators.0", 12, "outlay", "pricing list indicators"),
        ('"outlay", ', '"out_of_pocket", ', "indicators.1", 12, None, "once"),
        ('["outlay", "out_of_pocket"]', "[]", "indicators", 12, None, "at least 1 entries"),
        ("scenarios = [\"base\", \"mid", 'dimension = "sectro"\nscenarios = ["base", "mid',
         "dimension", 13, "sector", "all, sector"),
        ("scenarios = [\"base\", \"mid", 'dimension = "quintile"\nscenarios = ["base", "mid',
         "dimension", 13, None, "all, sector"),
        ('"outlay", ', '"use_rate", ', "dimension", 8, None, "has: –"),
        ('name = "links"', 'name = "Links!"', "name", 9, None, "small letters"),
        ('name = "links"', 'nmae = "links"', "nmae", 9, "name", "title, indicators"),
    ],
)  # fmt: skip
def test_what_a_chain_gets_wrong_has_its_line(folder, old, new, key, line, nearest, allowed):
    text = STUDY + CHAIN
    assert text.count(old) == 1
    if key == "dimension" and line == 8:
        text = text.replace('"out_of_pocket"]', '"outlay"]')
    found = problems_of(folder, text.replace(old, new))
    at = {problem.key: problem for problem in found}
    problem = at[f"study.attribution.0.{key}"]
    assert (problem.line, problem.nearest) == (line, nearest)
    assert problem.file.endswith("study.toml")
    assert allowed in str(problem.allowed)
    assert all(one.read or one.key.endswith("name") for one in found)


def test_a_chain_has_its_name_to_itself(folder):
    [problem] = problems_of(folder, STUDY + CHAIN + CHAIN)
    assert (problem.key, problem.line) == ("study.attribution.1.name", 20)


def test_everything_wrong_is_in_one_report(folder):
    """A chain that the schema refuses, one that leads nowhere, the study and a scenario."""
    write(folder, "mid.toml", 'extends = "base.toml"\n[people]\nvariant = 1\n')
    refused = CHAIN.replace("links", "broken").replace('["base", "mid", "end"]', '"base"')
    lost = CHAIN.replace('"end"]', '"edn"]').replace("outlay", "outaly")
    text = STUDY.replace('baseline = "base"', 'baseline = "bsae"') + refused + lost
    keys = {problem.key for problem in problems_of(folder, text)}
    assert keys == {
        "study.baseline",
        "study.attribution.0.scenarios",
        "study.attribution.1.scenarios.2",
        "study.attribution.1.indicators.0",
        "people.variant",
    }


def test_chains_that_are_no_list_are_refused(folder):
    [problem] = problems_of(folder, STUDY + "attribution = 3\n")
    assert (problem.key, problem.line) == ("study.attribution", 7)


def test_a_study_that_is_no_table_is_refused(folder):
    found = problems_of(folder, "study = 3\n")
    assert [problem.key for problem in found] == ["study"]
    assert without_chains({"study": 3}) == {"study": 3}


def test_without_known_indicators_a_chain_is_refused(folder):
    """Whoever does not say which indicators there are cannot load a chain unchecked."""
    keys = [problem.key for problem in problems_of(folder, STUDY + CHAIN, {})]
    assert keys == [f"study.attribution.0.indicators.{at}" for at in (0, 1)]


def test_a_list_of_chains_replaces_the_parents(folder):
    write(folder, "study.toml", STUDY + CHAIN)
    other = CHAIN.replace("links", "other")
    child = load_study(write(folder, "child.toml", 'extends = "study.toml"\n' + other), MEASURES)
    assert [one.name for one in child.chains] == ["other"]
