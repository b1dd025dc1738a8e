"""A study with households says what payments do to them; without the section nothing moves."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from pricing.indicators._indicator import indicators
from pricing.study import Options, run_study
from tests.builders import toy_city
from tests.studies import study_folder

OF_HOMES = sorted(
    name
    for name, item in indicators().items()
    if item.formula.__module__ == "pricing.indicators.hardship"
)
# Claims and out-of-pocket payments hold the rebate, and what is made of them.
REBATED = {
    "cost_of_public_money", "deadweight_loss", "fund_net_position", "fund_months", "fund_reserve",
    "net_public_cost", "net_social_benefit", "out_of_pocket", "social_welfare",
}  # fmt: skip
SECTIONS = {
    "plain": "",
    "drawn": "\n[households]\nsize = 2000\n",
    "survey": '\n[households]\nfile = "mine.csv"\n',
}


def ran(folder: Path, section: str) -> Path:
    """The run folder of the small study with a section at its end."""
    path = study_folder(folder)
    write_survey(folder / "mine.csv")
    text = path.read_text(encoding="utf-8").replace("replications = 2", "replications = 1")
    path.write_text(text + section, encoding="utf-8")
    return run_study(path, Options(out=folder / "out", workers=1, languages=())).folder


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Run folders without households, with a drawn sample, and with a survey."""
    root = tmp_path_factory.mktemp("households")
    return {kind: ran(root / kind, section) for kind, section in SECTIONS.items()}


def write_survey(path: Path) -> None:
    """Forty households of every place and quintile."""
    rng = np.random.default_rng(3)
    city = toy_city()
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        names = "household place quintile weight consumption_month ages cover source"
        out.writerow(names.split())
        for place in city.places.id:
            for quintile in range(1, 6):
                for number in range(40):
                    spent = 1e6 * quintile * (1.0 + 0.2 * rng.random())
                    ages = " ".join(map(str, [40, *rng.integers(3, 70, 3)]))
                    cover = " ".join(rng.choice(["full", "c95", "c80", "none"], 4))
                    name = f"{place}{quintile}-{number}"
                    out.writerow([name, place, quintile, 10, round(spent), ages, cover, "made"])


def summary(folder: Path) -> dict[tuple[str, ...], float]:
    """Means by scenario, indicator, dimension, key and year."""
    with (folder / "summary.csv").open(encoding="utf-8-sig", newline="") as file:
        return {
            tuple(row[name] for name in ("scenario", "indicator", "dimension", "key", "year")): (
                float(row["mean"])
            )
            for row in csv.DictReader(file)
        }


@pytest.mark.parametrize("kind", ["drawn", "survey"])
def test_every_indicator_of_households_has_rows_and_shares_are_shares(folders, kind):
    found = summary(folders[kind])
    assert {key[1] for key in found} >= set(OF_HOMES)
    for key, value in found.items():
        if key[1] in ("catastrophic_headcount", "impoverished", "raking_near_one"):
            assert 0.0 <= value <= 1.0


def test_without_households_there_are_no_rows_of_them(folders):
    assert not {key[1] for key in summary(folders["plain"])} & set(OF_HOMES)


def test_households_move_no_number_but_those_of_the_rebate(folders):
    plain, drawn = summary(folders["plain"]), summary(folders["drawn"])
    moved = {key[1] for key, value in plain.items() if drawn[key] != value}
    assert moved <= REBATED
    for key, value in plain.items():
        assert drawn[key] == pytest.approx(value, rel=0.02, abs=1e-9), key


def test_manifests_say_where_the_households_come_from(folders):
    told = {
        kind: json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["households"]
        for kind, folder in folders.items()
    }
    assert told["plain"] is None
    assert told["drawn"] == {"drawn": 2000, "seed": 3}
    assert told["survey"]["file"].endswith("mine.csv")
    assert len({folder.name for folder in folders.values()}) == 3


def test_higher_limits_are_passed_by_fewer(folders):
    found = summary(folders["drawn"])
    for scenario in ("base", "full"):
        low, high = (
            found[scenario, "catastrophic_headcount", "threshold", name, "2027"]
            for name in ("consumption_10", "consumption_25")
        )
        assert low > high
