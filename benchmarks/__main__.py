"""Runs every benchmark, prints the table, writes it as JSON."""

import argparse
import json
import platform
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np

import pricing
from benchmarks import auctions, households, lots, month, owners, processes, trials
from benchmarks.timing import Row

DEFAULT = Path("outputs") / "benchmarks.json"


def main() -> None:
    """Entry point of `python -m benchmarks`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", type=Path, default=DEFAULT, help=f"file to write ({DEFAULT})")
    target: Path = parser.parse_args().json
    found = list(_measured())
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(_report(found), indent=2, ensure_ascii=False), encoding="utf-8")


def _measured() -> Iterator[Row]:
    """Every row, printed as soon as it is known."""
    for family in (auctions, month, trials, lots, households, owners, processes):
        for row in family.rows():
            print(f"{row.name:<38} {row.value:>10.3g} {row.unit_of_measure:<6} {row.note}".rstrip())
            yield row


def _report(rows: list[Row]) -> dict[str, object]:
    """The rows with the versions and the machine behind them."""
    return {
        "pricing": pricing.__version__,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "machine": platform.machine(),
        "rows": [asdict(row) for row in rows],
    }


if __name__ == "__main__":
    main()
