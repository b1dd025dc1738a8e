"""The experiment: any number of workers, any interruption, one result; and nobody left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pricing.engine.design import Design, Plan, design
from pricing.engine.experiment import ATTEMPTS, Tally, run_experiment
from pricing.engine.worker import Model
from pricing.results.result import TrialKey
from pricing.results.store import StorageError, reading, writing
from tests.builders import toy_city
from tests.engine import standin

ROOT = Path(__file__).parents[2]
SCENARIOS = {
    name: standin.scenario(name, strength) for name, strength in (("base", 0.0), ("up", 0.1))
}
MODEL = Model(city=toy_city(), scenarios=SCENARIOS, simulator=standin.NAME)
DESIGN = design(
    Plan(scramblings=2, points=2, replications=2, seed=5),
    toy_city().parameters,
    {name: one.parameters for name, one in SCENARIOS.items()},
)
SMALL = design(
    Plan(scramblings=2, points=1, replications=1, seed=5),
    toy_city().parameters,
    {name: one.parameters for name, one in SCENARIOS.items()},
)
AXES = standin.axes_of(toy_city(), SCENARIOS["base"])


def ignore(tally: Tally) -> None:
    """A progress that nobody watches."""


def run(
    folder: Path, workers: int, progress=ignore, design: Design = DESIGN
) -> tuple[Tally, str, dict[TrialKey, str]]:
    """Run what is missing in a folder: the tally, the store's hash and its failures."""
    folder.mkdir(exist_ok=True)
    with writing(folder, AXES) as store:
        tally = run_experiment(MODEL, design, store, workers=workers, progress=progress)
        return tally, store.sha256(), store.failures()


@pytest.fixture(scope="module")
def expected(tmp_path_factory) -> str:
    """The hash of an uninterrupted run in this process."""
    tally, found, failures = run(tmp_path_factory.mktemp("whole"), 1)
    assert (tally.total, tally.finished, tally.failed, failures) == (16, 16, 0, {})
    return found


@pytest.mark.parametrize("workers", [2, 4])
def test_workers_do_not_change_a_bit(tmp_path: Path, expected: str, workers: int) -> None:
    tally, found, _ = run(tmp_path, workers)
    assert found == expected
    assert tally.finished == 16
    assert tally.cpu_seconds > 0.0
    assert tally.peak_memory > 10_000_000


def test_progress_counts_every_trial(tmp_path: Path) -> None:
    seen: list[int] = []
    run(tmp_path, 1, lambda tally: seen.append(tally.finished))
    assert seen == list(range(17))


def test_only_what_is_missing_runs(tmp_path: Path, expected: str) -> None:
    class StopError(Exception):
        """Enough for now."""

    def stop(tally: Tally) -> None:
        if tally.finished == 5:
            raise StopError

    with pytest.raises(StopError):
        run(tmp_path, 1, stop)
    seen: list[int] = []
    _, found, _ = run(tmp_path, 1, lambda tally: seen.append(tally.finished))
    assert seen == list(range(5, 17))
    assert found == expected


def test_interrupting_the_parent_stops_workers_and_keeps_what_finished(tmp_path: Path) -> None:
    def interrupt(tally: Tally) -> None:
        if tally.finished == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, 2, interrupt)
    assert not children()
    with reading(tmp_path) as store:
        assert len(store.missing([trial.key for trial in DESIGN.trials])) == 13


@pytest.mark.parametrize("workers", [1, 2])
def test_a_broken_trial_is_recorded_and_the_others_go_on(
    tmp_path: Path, expected: str, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setenv("STANDIN_FAIL", "up/2/1")
    tally, found, failures = run(tmp_path, workers)
    assert (tally.finished, tally.failed) == (15, 1)
    message = "InvariantError: units.cash does not add up in 2026-03: off by 12.5"
    assert failures == {("up", 2, 1): message}
    assert found != expected
    monkeypatch.delenv("STANDIN_FAIL")
    tally, found, failures = run(tmp_path, workers)
    assert (tally.finished, tally.failed, failures) == (16, 0, {})
    assert found == expected


def test_a_future_that_cannot_be_prepared_fails_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STANDIN_PREPARE", "broken")
    tally, _, failures = run(tmp_path, 1)
    assert (tally.finished, tally.failed) == (0, 16)
    assert set(failures.values()) == {"ArithmeticError: no fixed point"}


@pytest.mark.parametrize("kills", [1, ATTEMPTS - 1])
def test_killed_workers_are_replaced(
    tmp_path: Path, expected: str, monkeypatch: pytest.MonkeyPatch, kills: int
) -> None:
    (tmp_path / "kills").mkdir()
    monkeypatch.setenv("STANDIN_KILL", str(tmp_path / "kills"))
    monkeypatch.setenv("STANDIN_KILLS", str(kills))
    _, found, failures = run(tmp_path / "run", 2)
    assert len(list((tmp_path / "kills").iterdir())) == kills
    assert failures == {}
    assert found == expected
    assert not children()


def test_a_future_that_kills_every_worker_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kills").mkdir()
    monkeypatch.setenv("STANDIN_KILL", str(tmp_path / "kills"))
    monkeypatch.setenv("STANDIN_KILLS", "1000")
    tally, _, failures = run(tmp_path / "run", 2, design=SMALL)
    assert tally.failed == 4
    assert set(failures.values()) == {"its worker died 3 times, last with code -9"}
    assert not children()


def test_a_full_disk_stops_the_run_and_its_workers(tmp_path: Path) -> None:
    with writing(tmp_path, AXES) as store:
        pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
        store.connection.execute(f"PRAGMA max_page_count = {pages + 20}")
        with pytest.raises(StorageError):
            run_experiment(MODEL, DESIGN, store, workers=2, progress=ignore)
    assert not children()


PARENT = """
import sys
from pathlib import Path
from tests.engine.test_experiment import run
if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]))
"""


@pytest.mark.parametrize("workers", [1, 2])
def test_killing_the_parent_loses_and_leaves_nothing(
    tmp_path: Path, expected: str, workers: int
) -> None:
    environment = {**os.environ, "STANDIN_PAUSE": "0.2"}
    command = [sys.executable, "-c", PARENT, str(tmp_path), str(workers)]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as parent:
        while finished(tmp_path) < 3:
            assert parent.poll() is None
            time.sleep(0.02)
        family = [parent.pid, *descendants(parent.pid)]
        parent.send_signal(signal.SIGKILL)
    assert len(family) > workers - 1
    wait_until_gone(family)
    assert 3 <= finished(tmp_path) < 16
    _, found, _ = run(tmp_path, 1)
    assert found == expected


def finished(folder: Path) -> int:
    """How many trials of the design a folder holds, 0 before there is a store."""
    try:
        with reading(folder) as store:
            return len(DESIGN.trials) - len(store.missing([one.key for one in DESIGN.trials]))
    except StorageError:
        return 0


def children() -> list[int]:
    """Living worker processes of this process; the tracker of spawned processes is not one."""
    return [pid for pid in descendants(os.getpid()) if "spawn_main" in command_line(pid)]


def descendants(pid: int) -> list[int]:
    """Children of a process and theirs."""
    try:
        own = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:
        return []
    return [found for child in map(int, own) for found in (child, *descendants(child))]


def command_line(pid: int) -> str:
    """What a process runs, empty once it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except FileNotFoundError:
        return ""


def wait_until_gone(family: list[int]) -> None:
    """Fail unless all processes end soon; one that nobody has reaped yet counts as ended."""
    deadline = time.monotonic() + 20.0
    while any(command_line(pid) for pid in family):
        assert time.monotonic() < deadline, [command_line(pid) for pid in family]
        time.sleep(0.05)
