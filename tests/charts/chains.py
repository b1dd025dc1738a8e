"""A made-up chain of three steps over the made-up run, written as the run's attribution.csv."""

import csv
from pathlib import Path

import numpy as np

from pricing.scenario.attribution import Chain
from tests.charts import synthetic

CHAIN = Chain(
    name="full_cost_in_steps",
    title={"vi": "Tính đủ chi phí từng bước", "en": "Full cost, step by step"},
    indicators=("net_public_cost", "lot_saving", "interruption_days"),
    dimension="all",
    scenarios=("base", "full_cost_slow", "full_cost_2030", "full_cost_protected"),
    steps=(
        {"vi": "quản lý vào giá", "en": "management in prices"},
        {"vi": "khấu hao vào giá, từ năm 2030", "en": "depreciation in prices, from 2030"},
        {"vi": "bảo vệ người nghèo", "en": "protection of the poor"},
    ),
)


def write_chain(folder: Path, made: synthetic.Values, chain: Chain = CHAIN) -> None:
    """The rows of a chain as the run folder holds them."""
    lines = [row for address in _addresses(made, chain) for row in _rows(made, chain, address)]
    with (folder / "attribution.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)


def _addresses(made: synthetic.Values, chain: Chain) -> list[tuple[str, str, str]]:
    return [
        (indicator, dimension, key)
        for wanted in chain.indicators
        for indicator, dimension, key, scenario in made
        if (indicator, dimension, scenario) == (wanted, chain.dimension, chain.scenarios[0])
    ]


def _rows(made, chain, address) -> list[dict[str, str]]:
    outcomes = [made[*address, scenario] for scenario in chain.scenarios]
    last = len(outcomes) - 1
    pairs = [(str(end), end - 1, end) for end in range(1, last + 1)] + [("total", 0, last)]
    return [
        _row(chain, address, (step, start, end), (outcomes[start][:, at], outcomes[end][:, at]))
        | {"year": str(year)}
        for step, start, end in pairs
        for at, year in enumerate(synthetic.YEARS)
    ]


def _row(chain, address, part, levels) -> dict[str, str]:
    step, start, end = part
    moved = levels[1] - levels[0]
    found = synthetic.spread(moved)
    numbers = {
        "difference": found["mean"],
        **{name: found[name] for name in ("estimate_low", "estimate_high", "p05", "p95")},
        "probability_lower": float(np.clip(np.mean(moved < 0), 1 / 33, 32 / 33)),
        "from_mean": float(levels[0].mean()),
        "to_mean": float(levels[1].mean()),
    }
    indicator, dimension, key = address
    return {
        "chain": chain.name,
        "step": step,
        "from": chain.scenarios[start],
        "to": chain.scenarios[end],
        "indicator": indicator,
        "dimension": dimension,
        "key": key,
        "unit_of_measure": synthetic.unit_of(indicator),
        "n": "64.0",
        **{name: repr(value) for name, value in numbers.items()},
    }
