"""Whole processes: start-up of the command line, and the peak memory of a worker's work."""

import subprocess
import sys
from collections.abc import Iterator
from functools import partial

from benchmarks.timing import Row, interleaved

PRICING = "from pricing.cli import main; main(['--help'])"
BARE = "import click; click.command()(lambda: None)(['--help'])"
WORK = """
import resource, sys
import benchmarks
from benchmarks.cases import CAN_THO, case, trial
from pricing.engine.simulate import simulate
of = case(CAN_THO)
for replication in range(2):
    simulate(of.city, of.scenario, of.calibrated, trial(replication))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(peak * (1 if sys.platform == "darwin" else 1024))
"""


def rows() -> Iterator[Row]:
    """Start-up against a bare click command, and peak memory."""
    ours, bare = interleaved([partial(_start, PRICING), partial(_start, BARE)])
    yield Row(
        name="pricing --help / bare click --help",
        value=ours / bare,
        unit_of_measure="ratio",
        note=f"{1e3 * ours:.0f} ms against {1e3 * bare:.0f} ms",
    )
    peak = subprocess.run([sys.executable, "-c", WORK], check=True, capture_output=True, text=True)
    yield Row(
        name="peak memory of a process",
        value=float(peak.stdout) / 1e6,
        unit_of_measure="MB",
        note="Can Tho calibrated, two trials; at most 600",
    )


def _start(program: str) -> None:
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
