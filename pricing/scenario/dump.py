"""TOML text of resolved values: a run folder keeps it, and it loads to the same scenario."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time

from pricing.scenario.positions import KeyPath
from pricing.scenario.scenario import Scenario

_BARE = re.compile(r"[A-Za-z0-9_-]+")
# A section, and a named table inside it, get a header; deeper tables are written on one line.
_HEADER_DEPTH = 2
_NAMED = frozenset({"instruments", "offices"})


def resolved_toml(scenario: Scenario) -> str:
    """The scenario as one TOML file without parents; loading it gives an equal scenario."""
    return scenario.resolved


def toml_text(values: Mapping[str, object]) -> str:
    """TOML text of nested tables; `tomllib.loads` gives equal values back."""
    return "\n".join(_lines(values, ())).strip() + "\n"


def _lines(table: Mapping[str, object], path: KeyPath) -> Iterator[str]:
    inner = {key: value for key, value in table.items() if _has_header((*path, key), value)}
    own = {key: value for key, value in table.items() if key not in inner}
    if path and (own or not inner):
        yield ""
        yield f"[{'.'.join(_key(key) for key in path)}]"
    for key, value in own.items():
        yield f"{_key(key)} = {toml_value(value)}"
    for key, value in inner.items():
        assert isinstance(value, dict)
        yield from _lines(value, (*path, key))


def _has_header(path: KeyPath, value: object) -> bool:
    return isinstance(value, dict) and (
        len(path) == 1 or (len(path) == _HEADER_DEPTH and path[0] in _NAMED)
    )


def toml_value(value: object) -> str:
    """One value on one line: number, text, date, list or inline table."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, date | time):  # a datetime is a date
        return value.isoformat()
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{_key(key)} = {toml_value(inner)}" for key, inner in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, Sequence):
        return f"[{', '.join(toml_value(inner) for inner in value)}]"
    return repr(value)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _quoted(key)


def _quoted(text: str) -> str:
    """Text between quotes; JSON's escapes are TOML's, but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
