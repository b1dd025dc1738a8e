"""A small study on the toy city for tests: files on disk, or frozen with the stand-in simulator."""

from dataclasses import replace
from pathlib import Path
from shutil import copytree

from pricing.scenario.scenario import Scenario
from pricing.scenario.study import Study, load_study
from pricing.study import Options
from tests.builders import TOY_CITY
from tests.engine import standin

STUDY = """
[study]
title = { vi = "Thử", en = "Trial" }
city = "cities/toy_city"
scenarios = ["base.toml", "full.toml"]
baseline = "base"
last_year = 2027
scramblings = 2
points = 1
replications = 2
seed = 3
"""
BASE = """
[scenario]
title = { vi = "Gốc", en = "Base" }
authority = "central"

[instruments.law]
kind = "law_path"
"""
FULL = """
extends = "base.toml"

[scenario]
title = { vi = "Đủ", en = "Full" }

[instruments.prices]
kind = "price_roadmap"
sector = "health"
included.management = { 2026 = 1.0 }
"""


def study_folder(folder: Path) -> Path:
    """Write the study, two scenarios and the toy city beside them; the study's file."""
    copytree(TOY_CITY, folder / "cities" / "toy_city")
    for name, text in (("base.toml", BASE), ("full.toml", FULL), ("small.toml", STUDY)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "small.toml"


def standin_study(folder: Path, *scenarios: Scenario) -> Study:
    """The study with scenarios that the stand-in simulator runs, the first one the baseline."""
    study = load_study(study_folder(folder))
    given = scenarios or (standin.scenario("base"), standin.scenario("up", 0.1))
    return replace(study, scenarios=given, baseline=given[0].name)


def standin_options(folder: Path, **changes: object) -> Options:
    """Options for the stand-in: one process, no figures."""
    given = {"out": folder, "workers": 1, "languages": (), "simulator": standin.NAME}
    return Options(**{**given, **changes})  # type: ignore[arg-type]  # a test's own keywords
