"""The study entry point: one folder a study, continued, hashed, and told in its manifest."""

import csv
import json
import subprocess
import sys
import time
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

import pricing
from pricing.base.errors import InputError
from pricing.compare.tables import Cell, row
from pricing.engine.experiment import Tally
from pricing.reports.csv import attribution_csv
from pricing.results.files import read_manifest, results_sha256
from pricing.results.store import StorageError, reading
from pricing.scenario.load import load_scenario
from pricing.scenario.study import load_study
from pricing.study import (
    Observer,
    Options,
    default_workers,
    resized,
    run_loaded,
    run_study,
    study_of,
)
from tests.builders import toy_city
from tests.compare.chains import chain
from tests.engine import standin
from tests.studies import standin_options, standin_study, study_folder

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for studies and their outputs."""
    return tmp_path_factory.mktemp("study")


@pytest.fixture(scope="module")
def study(folder: Path):
    """The study that the stand-in runs."""
    return standin_study(folder / "files")


@pytest.fixture(scope="module")
def ran(folder: Path, study):
    """The study run once, uninterrupted, in this process."""
    return run_loaded(
        study, standin_options(folder / "whole", command="pricing compare small.toml")
    )


def exported(folder: Path) -> tuple[str, bytes, bytes]:
    """The canonical export of a run folder."""
    files = [(folder / name).read_bytes() for name in ("summary.csv", "comparison.csv")]
    return str(read_manifest(folder)["results_sha256"]), files[0], files[1]


def test_the_folder_holds_what_it_should(ran) -> None:
    names = {path.name for path in ran.folder.iterdir()}
    assert {"manifest.json", "results.sqlite", "summary.csv", "comparison.csv", "resolved"} <= names
    assert ran.folder.name == f"small-{ran.manifest['inputs_sha256'][:12]}"
    assert {path.name for path in (ran.folder / "resolved").iterdir()} == {"base.toml", "up.toml"}
    assert tomllib.loads((ran.folder / "resolved" / "up.toml").read_text()) == {
        "scenario": {"name": "up"}
    }


def test_the_manifest_says_what_went_in_and_what_it_cost(ran) -> None:
    found = json.loads((ran.folder / "manifest.json").read_text("utf-8"))
    assert found == ran.manifest
    assert found["status"] == "complete"
    assert found["trials"] == {"total": 8, "finished": 8, "failed": 0}
    assert found["design"] == {"scramblings": 2, "points": 1, "replications": 2, "seed": 3}
    assert found["command"] == "pricing compare small.toml"
    assert found["package"]["version"] == pricing.__version__
    assert found["city"]["files"] == dict(toy_city().hashes)
    assert found["wall_seconds"] > 0.0
    assert found["cpu_seconds"] > 0.0
    assert found["peak_memory_bytes"] > 10_000_000
    assert set(found["libraries"]) >= {"numpy", "scipy", "simpy"}


def test_the_manifest_lists_every_uncertain_parameter_with_its_column(ran) -> None:
    table = toy_city().parameters
    listed = ran.manifest["uncertain_parameters"]
    assert [row["name"] for row in listed] == list(table.uncertain)
    assert [row["sobol_column"] for row in listed] == list(range(len(listed)))
    status = dict(zip(table.names, table.status, strict=True))
    assert all(row["status"] == status[row["name"]] and row["source"] for row in listed)
    assert ran.manifest["assumed_share"] == table.status.count("assumed") / len(table.names)


def test_reported_years_leave_the_warm_up_out(ran) -> None:
    with (ran.folder / "summary.csv").open(encoding="utf-8-sig", newline="") as file:
        years = {row["year"] for row in csv.DictReader(file)}
    assert years == {"2026", "2027"}


def test_the_same_study_finds_its_folder_and_runs_nothing(ran, study, folder: Path) -> None:
    before = exported(ran.folder)
    seen: list[int] = []
    observer = Observer(progress=lambda tally: seen.append(tally.finished))
    again = run_loaded(study, standin_options(folder / "whole"), observer)
    assert again.folder == ran.folder
    assert seen == [8]
    assert exported(again.folder) == before
    assert again.manifest["wall_seconds"] > ran.manifest["wall_seconds"]


@pytest.mark.parametrize("workers", [2, 4])
def test_workers_give_the_same_bytes(ran, study, tmp_path: Path, workers: int) -> None:
    found = run_loaded(study, standin_options(tmp_path, workers=workers))
    assert exported(found.folder) == exported(ran.folder)
    assert found.folder.name == ran.folder.name


def test_an_interrupted_study_says_so_and_goes_on(ran, study, tmp_path: Path) -> None:
    def interrupt(tally: Tally) -> None:
        if tally.finished == 3:
            raise KeyboardInterrupt

    options = standin_options(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        run_loaded(study, options, Observer(progress=interrupt))
    half = tmp_path / ran.folder.name
    assert read_manifest(half)["status"] == "interrupted"
    assert not (half / "summary.csv").exists()
    run_loaded(study, options)
    assert exported(half) == exported(ran.folder)


def test_what_decides_results_decides_the_folder(ran, study, folder: Path, tmp_path: Path) -> None:
    others = [
        resized(study, seed=4),
        resized(study, replications=1),
        replace(study, last_year=2026),
        replace(study, scenarios=(study.scenarios[0], standin.scenario("up", 0.2))),
    ]
    for one in others:
        short = replace(
            one, scenarios=tuple(replace(s, horizon=one.horizon) for s in one.scenarios)
        )
        assert run_loaded(short, standin_options(tmp_path)).folder.name != ran.folder.name
    assert resized(study) == study


def test_failed_trials_are_named_and_the_rest_is_compared(
    study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STANDIN_FAIL", "up/1/0")
    found = run_loaded(study, standin_options(tmp_path))
    message = "InvariantError: units.cash does not add up in 2026-03: off by 12.5"
    assert found.failures == {("up", 1, 0): message}
    assert found.manifest["status"] == "failed trials"
    assert found.manifest["failures"] == [
        {"scenario": "up", "future": 1, "replication": 0, "message": message}
    ]
    counts = {one.scenario: one.n for one in found.headlines}
    assert counts == {"base": 4, "up": 2}


def test_no_figures_where_a_scenario_has_nothing(
    study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STANDIN_PREPARE", "broken")
    found = run_loaded(study, standin_options(tmp_path, languages=("en",)))
    assert len(found.failures) == 8
    assert found.headlines == ()
    assert not (found.folder / "figures").exists()
    assert (found.folder / "comparison.csv").read_text("utf-8-sig").count("\n") == 1


def test_a_chain_added_later_reruns_nothing_and_is_part_of_the_result(
    study, tmp_path: Path
) -> None:
    options = standin_options(tmp_path, languages=("en",))
    plain = run_loaded(study, options)
    before = exported(plain.folder)
    assert plain.attributions == ()
    assert not (plain.folder / "attribution.csv").exists()
    links = chain("base", "up", indicators=("outlay",))
    seen: list[int] = []
    observer = Observer(progress=lambda tally: seen.append(tally.finished))
    chained = run_loaded(replace(study, chains=(links,)), options, observer)
    assert chained.folder == plain.folder
    assert seen == [8]
    assert [one.chain for one in chained.attributions] == [links]
    written = (chained.folder / "attribution.csv").read_bytes()
    assert written == attribution_csv(chained.attributions)
    with reading(chained.folder) as store:
        tables = (*exported(chained.folder)[1:], written)
        assert chained.manifest["results_sha256"] == results_sha256(store.sha256(), *tables)
    figures = {path.name for path in (chained.folder / "figures").glob("attribution*")}
    assert figures == {"attribution.links.en.png", "attribution.links.en.svg"}
    again = run_loaded(study, options)
    assert exported(again.folder) == before
    assert not (again.folder / "attribution.csv").exists()
    assert not list((again.folder / "figures").glob("attribution*"))


SECOND = """
import sys
from pathlib import Path
from tests.studies import standin_options, standin_study
from pricing.study import Observer, run_loaded
if __name__ == "__main__":
    run_loaded(
        standin_study(Path(sys.argv[1])), standin_options(Path(sys.argv[2])),
        Observer(waiting=lambda manifest: print("waiting for", manifest["process"], flush=True)),
    )
"""


def test_two_at_once_on_one_folder_double_nothing(ran, study, tmp_path: Path) -> None:
    def other(name: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", SECOND, str(tmp_path / name), str(tmp_path / "out")]
        return subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE)

    started: list[subprocess.Popen[str]] = []

    def start(tally: Tally) -> None:
        if not started:
            started.append(other("second"))
            assert started[0].stdout is not None
            assert started[0].stdout.readline().startswith("waiting for ")

    first = run_loaded(study, standin_options(tmp_path / "out"), Observer(progress=start))
    assert started[0].wait(60) == 0
    assert started[0].stdout is not None
    started[0].stdout.close()
    assert exported(first.folder) == exported(ran.folder)
    assert len(list((tmp_path / "out").iterdir())) == 1


KILLED = """
import sys
from pathlib import Path
from tests.studies import standin_options, standin_study
from pricing.study import run_loaded
if __name__ == "__main__":
    run_loaded(standin_study(Path(sys.argv[1])), standin_options(Path(sys.argv[2]), workers=2))
"""


def test_a_killed_study_continues_to_the_same_bytes(
    ran, study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STANDIN_PAUSE", "0.5")
    command = [sys.executable, "-c", KILLED, str(tmp_path / "files"), str(tmp_path / "out")]
    with subprocess.Popen(command, cwd=ROOT) as killed:
        while finished(tmp_path / "out" / ran.folder.name) < 2:
            assert killed.poll() is None
            time.sleep(0.02)
        killed.kill()
    half = tmp_path / "out" / ran.folder.name
    assert read_manifest(half)["status"] == "running"
    monkeypatch.delenv("STANDIN_PAUSE")
    run_loaded(study, standin_options(tmp_path / "out"))
    assert exported(half) == exported(ran.folder)


def finished(folder: Path) -> int:
    """How many trials a run folder holds, 0 before there is a store."""
    try:
        with reading(folder) as store:
            return len(store.connection.execute("SELECT * FROM trial").fetchall())
    except StorageError:
        return 0


def test_the_toy_city_from_files_to_figures(tmp_path: Path) -> None:
    path = study_folder(tmp_path)
    found = run_study(path, Options(out=tmp_path / "outputs", workers=1, languages=("vi",)))
    assert found.failures == {}
    assert (found.folder / "figures").is_dir()
    with reading(found.folder) as store:
        assert store.failures() == {}
    price = row(found.tables.comparison, Cell("full", "full_cost_ratio", "sector", "health"), 2027)
    assert price is not None
    assert price["difference"] > 0.0
    assert price["probability_lower"] == 1 / 3


def test_scenarios_alone_are_not_compared(tmp_path: Path) -> None:
    study_folder(tmp_path)
    made = study_of((tmp_path / "base.toml", tmp_path / "full.toml", tmp_path / "base.toml"))
    assert made.name == "base+full"
    assert [one.name for one in made.scenarios] == ["base", "full"]
    assert (made.scramblings, made.points, made.replications) == (8, 4, 2)
    small = replace(
        resized(made, replications=1),
        scramblings=1,
        points=1,
        scenarios=(load_scenario(tmp_path / "base.toml", made.city),),
    )
    found = run_loaded(small, Options(out=tmp_path / "outputs", workers=1))
    assert found.result.baseline is None
    assert not (found.folder / "comparison.csv").exists()
    assert all(one.against_baseline is None for one in found.headlines)


def test_one_worker_a_core() -> None:
    assert default_workers() >= 1


def test_a_study_may_select_and_set_second_best_prices_beside(tmp_path: Path) -> None:
    file = study_folder(tmp_path)
    plain = load_study(file)
    text = file.read_text(encoding="utf-8").replace("scramblings = 2", "scramblings = 4")
    file.write_text(text, encoding="utf-8")
    usual = load_study(file)
    more = 'ramsey = true\nselection = { indicator = "out_of_pocket", cost = "net_public_cost" }\n'
    file.write_text(text + more, encoding="utf-8")
    study = load_study(file)
    assert study.content_hash == usual.content_hash != plain.content_hash
    found = run_loaded(
        replace(study, replications=1), Options(out=tmp_path / "outputs", workers=1, languages=())
    )
    assert found.selection is not None
    assert found.selection.chosen.scenario == "full"
    with (found.folder / "selection.csv").open(encoding="utf-8-sig", newline="") as lines:
        assert [row["scenario"] for row in csv.DictReader(lines)] == ["full"]
    with (found.folder / "ramsey.csv").open(encoding="utf-8-sig", newline="") as lines:
        assert {row["scenario"] for row in csv.DictReader(lines)} == {"base", "full"}


def test_what_a_study_cannot_select_by_is_refused_before_it_runs(tmp_path: Path) -> None:
    file = study_folder(tmp_path)
    more = 'selection = { indicator = "happiness" }\n'
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    with pytest.raises(InputError, match=r"study\.selection\.indicator"):
        run_study(file, Options(out=tmp_path / "outputs"))
    assert not (tmp_path / "outputs").exists()
