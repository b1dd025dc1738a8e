"""Killed at any moment, the same command goes on to the same result and leaves nobody behind."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from pricing.base.draws import Draws
from pricing.reports.csv import COMPARISON, SUMMARY
from pricing.results.files import read_manifest
from pricing.results.store import StorageError, reading
from tests.acceptance.toy import study_folder
from tests.engine.test_experiment import command_line, descendants, wait_until_gone

ROOT = Path(__file__).parents[2]
TRIALS = 4 * 2  # scenarios × points of the toy study
PATIENCE = 60.0

COMMAND = """
import sys
from pathlib import Path
from pricing.study import Options, run_study
if __name__ == "__main__":
    run_study(Path(sys.argv[1]), Options(out=Path(sys.argv[2]), workers=2, languages=()))
"""


@dataclass(frozen=True)
class Run:
    """A study on its own outputs folder, run by a command in another process."""

    study: Path
    out: Path

    def start(self) -> subprocess.Popen[bytes]:
        """The command, always the same."""
        command = [sys.executable, "-c", COMMAND, str(self.study), str(self.out)]
        return subprocess.Popen(command, cwd=ROOT)

    def finish(self) -> None:
        """Run what is missing to the end."""
        with self.start() as process:
            assert process.wait(timeout=PATIENCE) == 0
        wait_until_gone([process.pid])

    @property
    def folder(self) -> Path | None:
        """The run folder once there is one; there is never a second one."""
        found = list(self.out.glob("*/results.sqlite"))
        assert len(found) <= 1
        return found[0].parent if found else None

    def finished(self) -> int:
        """How many trials are in the store."""
        try:
            with reading(self.folder or self.out) as store:
                return int(store.connection.execute(COUNT).fetchone()[0])
        except StorageError:
            return 0

    def export(self) -> tuple[bytes, bytes, str, object]:
        """Both tables, the store in key order, and the hash of all three."""
        assert self.folder is not None
        with reading(self.folder) as store:
            dump = store.sha256()
        tables = [(self.folder / name).read_bytes() for name in (SUMMARY, COMPARISON)]
        return tables[0], tables[1], dump, read_manifest(self.folder)["results_sha256"]


COUNT = "SELECT count(*) FROM trial WHERE failure IS NULL"


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Run:
    """The toy study, run without interruption."""
    folder = tmp_path_factory.mktemp("whole")
    run = Run(study_folder(folder), folder / "outputs")
    run.finish()
    assert run.finished() == TRIALS
    return run


def workers_of(process: subprocess.Popen[bytes]) -> list[int]:
    """The worker processes of a running command."""
    return [pid for pid in descendants(process.pid) if "spawn_main" in command_line(pid)]


def kill(run: Run, victim: str, after: int, pause: float) -> list[int]:
    """Start the command, kill one of its processes once some trials are there; who was alive."""
    with run.start() as process:
        deadline = time.monotonic() + PATIENCE
        while run.finished() < after or (victim == "worker" and not workers_of(process)):
            assert process.poll() is None, "it ended before anybody was killed"
            assert time.monotonic() < deadline
            time.sleep(0.005)
        time.sleep(pause)
        workers = workers_of(process)
        family = [process.pid, *descendants(process.pid)]
        if victim == "parent":
            process.send_signal(signal.SIGKILL)
        elif workers:
            os.kill(workers[0], signal.SIGKILL)
            assert process.wait(timeout=PATIENCE) == 0, "the others go on without it"
    return family


def moment(purpose: str, number: int) -> list[float]:
    """Three numbers by chance."""
    return [float(u) for u in Draws(number, 0).table(purpose, (1, 3))[0]]


@pytest.mark.parametrize(("victim", "after"), [("parent", 0), ("worker", 1), ("parent", 3)])
def test_a_kill_at_any_moment_changes_nothing(whole, tmp_path, victim, after):
    interrupted(whole, tmp_path, victim, after, 0.1 * moment(victim, after)[0])


@pytest.mark.slow
@pytest.mark.parametrize("number", range(10))
def test_ten_kills_at_random_moments_change_nothing(whole, tmp_path, number):
    who, after, pause = moment("ten", number)
    victim = "parent" if who < 0.5 else "worker"
    interrupted(whole, tmp_path, victim, int(after * (TRIALS - 2)), 0.3 * pause)


def interrupted(whole: Run, folder: Path, victim: str, after: int, pause: float) -> None:
    """Kill once, run the same command again, and compare with the uninterrupted run."""
    run = Run(whole.study, folder / "outputs")
    family = kill(run, victim, after, pause)
    wait_until_gone(family)
    kept = run.finished()
    assert kept >= after
    run.finish()
    assert run.finished() == TRIALS
    assert run.export() == whole.export()
    assert run.folder is not None
    assert whole.folder is not None
    assert run.folder.name == whole.folder.name
