"""One-key mutations of a TOML file: what an analyst's slip of the hand can do to it."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from pricing.scenario.dump import toml_text

Table = dict[str, object]
WRONG_TYPES: tuple[object, ...] = (True, "x", 0.5, 3, [], ["a"], {}, {"a": 1}, {"2027": "x"})
WRONG_UNITS: tuple[object, ...] = ("1.850", "7,5", "5 điểm", "3 kg", "1,5 tỷ", "20 %/tháng", "")
HUGE: tuple[object, ...] = (10**400, 1e300, -(10**30), "9" * 500 + " đồng", float("inf"))
KINDS = ("delete", "misspell", "type", "unit", "negative", "huge")


def mutations(path: Path, count: int, seed: int) -> Iterator[str]:
    """Texts of a file with one key changed each; equal seeds give equal texts."""
    chance = np.random.default_rng(seed)
    for number in range(count):
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        places = list(_places(values))
        table, key = places[chance.integers(len(places))]
        _mutate(table, key, KINDS[number % len(KINDS)], chance)
        extends = values.pop("extends", None)
        first = "" if extends is None else toml_text({"extends": extends})
        yield first + toml_text(values)


def _places(table: Table) -> Iterator[tuple[Table, str]]:
    for key, value in table.items():
        yield table, key
        if isinstance(value, dict):
            yield from _places(value)


def _mutate(table: Table, key: str, kind: str, chance: np.random.Generator) -> None:
    value = table[key]
    if kind == "delete":
        del table[key]
    elif kind == "misspell":
        place = int(chance.integers(len(key)))
        del table[key]
        table[key[:place] + "xq_-2"[chance.integers(5)] + key[place + 1 :]] = value
    else:
        table[key] = _wrong(value, kind, chance)


def _wrong(value: object, kind: str, chance: np.random.Generator) -> object:
    if kind == "negative":
        return -value if isinstance(value, int | float) else -1
    wrong = {"type": WRONG_TYPES, "unit": WRONG_UNITS, "huge": HUGE}[kind]
    return wrong[chance.integers(len(wrong))]
