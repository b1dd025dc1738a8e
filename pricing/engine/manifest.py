"""What a manifest says of a run's inputs, and the hash by which the same inputs are found again."""

import json
import platform
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import pricing
from pricing.base.draws import Distribution
from pricing.engine.design import Design
from pricing.scenario.study import Study

LIBRARIES = ("numpy", "scipy", "simpy", "pydantic")
# What can change a trial; indicators, tables and figures are made anew in every run.
_MODEL_FOLDERS = (
    "base", "city", "sectors", "equations", "world", "instruments", "scenario", "engine",
)  # fmt: skip


def inputs(study: Study, design: Design, simulator: str) -> dict[str, object]:
    """Everything that decides a run's results, as plain values for JSON."""
    sample = study.city.households
    return {
        "study": study.name,
        "baseline": study.baseline,
        "first_year": study.first_year,
        "last_year": study.last_year,
        "design": asdict(design.plan),
        "scenarios": {one.name: one.content_hash for one in study.scenarios},
        "city": {"name": study.city.name, "files": dict(sorted(study.city.hashes.items()))},
        "households": None if sample is None else dict(sample.origin),
        "package": {"version": pricing.__version__, "source_sha256": source_sha256()},
        "simulator": simulator,
    }


def identity(found: Mapping[str, object]) -> str:
    """The hash of a run's inputs; the order of keys does not matter, that of scenarios does not."""
    return sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


def parameters(study: Study, design: Design) -> dict[str, object]:
    """Every uncertain parameter with its Sobol column, and the share of all that are assumed."""
    table = study.city.parameters
    column = {name: position for position, name in enumerate(design.columns)}
    rows = zip(table.names, table.distribution, table.status, table.source, strict=True)
    return {
        "uncertain_parameters": [
            {
                "name": name,
                "sobol_column": column[name],
                **_plain(distribution),
                "status": status,
                "source": source,
            }
            for name, distribution, status, source in rows
            if name in column
        ],
        "scenario_distributions": {
            one.name: {name: _plain(law) for name, law in sorted(one.parameters.items())}
            for one in study.scenarios
            if one.parameters
        },
        "n_parameters": len(table.names),
        "assumed_share": table.status.count("assumed") / max(len(table.names), 1),
    }


def machine() -> dict[str, object]:
    """What the run ran on: Python, libraries, system."""
    return {
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
        "system": platform.platform(),
    }


@cache
def source_sha256() -> str:
    """Hash of the code that simulates, so that changed code never continues an older run."""
    root = Path(pricing.__file__).parent
    digest = sha256()
    for folder in _MODEL_FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _plain(distribution: Distribution) -> dict[str, object]:
    return {
        "distribution": distribution.kind,
        "low": distribution.low,
        "mode": distribution.mode,
        "high": distribution.high,
    }
