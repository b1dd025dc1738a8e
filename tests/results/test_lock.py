"""One run at a time holds a folder; the next waits, and goes on when the holder ends or dies."""

import subprocess
import sys
from pathlib import Path

import pytest

from pricing.results.lock import exclusive

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys, time
from pathlib import Path
from pricing.results.lock import exclusive
with exclusive(Path(sys.argv[1]), lambda: None):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_second_waits_until_the_holder_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        waited = []

        def told() -> None:
            waited.append(holder.poll())
            holder.kill()

        with exclusive(tmp_path, told):
            assert waited == [None]


def test_free_again_afterwards_also_after_an_error(tmp_path: Path) -> None:
    def never() -> None:
        raise AssertionError("nobody holds the folder")

    with exclusive(tmp_path, never):
        pass
    with pytest.raises(ZeroDivisionError), exclusive(tmp_path, never):
        raise ZeroDivisionError
    with exclusive(tmp_path, never):
        pass
