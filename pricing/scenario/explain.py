"""Findings of the schema as problems: file and line, key path, what was read, what is allowed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from pricing.base.errors import Phrase, Problems, Unreadable, nearest
from pricing.base.words import words
from pricing.instruments._instrument import Instrument
from pricing.scenario.dump import toml_value
from pricing.scenario.inherit import Resolved
from pricing.scenario.positions import KeyPath
from pricing.scenario.schema import KIND, model_at

READ_LIMIT = 80  # letters of a value repeated in a message
NEAREST_LIMIT = 100  # problems of one file for which a nearest word is looked for

_QUOTED = re.compile(r"'([^']*)'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was validated: the resolved file, its root model, and the instrument models by kind."""

    resolved: Resolved
    root: type[BaseModel]
    kinds: Mapping[str, type[Instrument]]


def explain(error: ValidationError, reading: Reading, problems: Problems) -> None:
    """Note each finding of pydantic as a problem with its line, in the order of the lines."""
    found = [(detail, _key_path(detail, reading)) for detail in error.errors(include_url=False)]
    found = [pair for pair in found if not _follows(pair, found)]
    found.sort(key=lambda pair: reading.resolved.place(pair[1]).line or 0)
    for number, (detail, path) in enumerate(found):
        close = _nearest(detail, path, reading) if number < NEAREST_LIMIT else None
        fields = _fields(detail, path, reading)
        place = reading.resolved.place(path)
        problems.add(
            file=place.file,
            line=place.line,
            key=".".join(path),
            read=_read(detail),
            allowed=_phrase("allowed", detail, fields) or Phrase("scenario.allowed.other", fields),
            nearest=close,
            advice=_phrase("advice", detail, fields) or "",
        )


def _follows(pair: tuple[ErrorDetails, KeyPath], found: list[tuple[ErrorDetails, KeyPath]]) -> bool:
    """Whether a list is too short only because pydantic left out its bad entries."""
    detail, path = pair
    return detail["type"] == "too_short" and any(
        len(other) > len(path) and other[: len(path)] == path for _, other in found
    )


def _phrase(part: str, detail: ErrorDetails, fields: tuple[tuple[str, str], ...]) -> Phrase | None:
    cause = detail.get("ctx", {}).get("error")
    if part == "allowed" and isinstance(cause, Unreadable):
        return cause.phrase
    key = f"scenario.{part}.{detail['type']}"
    return Phrase(key, fields) if key in words("en").table else None


def _fields(detail: ErrorDetails, path: KeyPath, reading: Reading) -> tuple[tuple[str, str], ...]:
    """What a message may name: pydantic's context and words, and the keys of the table."""
    fields = {name: _plain(value) for name, value in detail.get("ctx", {}).items()}
    fields["message"] = detail["msg"].removeprefix("Value error, ")
    if detail["type"] == "extra_forbidden":
        fields["keys"] = ", ".join(_keys(path[:-1], reading))
    return tuple(fields.items())


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _keys(table: KeyPath, reading: Reading) -> tuple[str, ...]:
    """The keys allowed in a table."""
    model = model_at(table, reading.resolved.values, reading.root, reading.kinds)
    fields = model.model_fields if model is not None else {}
    return tuple(field.alias or name for name, field in fields.items())


def _read(detail: ErrorDetails) -> str:
    """The value as TOML text, shortened; blank where a key is missing."""
    if detail["type"] in {"missing", "union_tag_not_found"}:
        return ""
    text = toml_value(detail.get("ctx", {}).get("tag", detail["input"]))
    return text if len(text) <= READ_LIMIT else f"{text[:READ_LIMIT]}…"


def _key_path(detail: ErrorDetails, reading: Reading) -> KeyPath:
    """The dotted path as the author wrote it: without the tags that pydantic puts in between."""
    parts = [str(part) for part in detail["loc"]]
    if parts[:1] == ["instruments"] and len(parts) > 2 and parts[2] in reading.kinds:
        del parts[2]
    path: list[str] = []
    here: object = reading.resolved.values
    for part in parts:
        inner = _inner(here, part)
        if inner is not None:
            path.append(part)
            here = inner
    if detail["type"] == "missing":
        path.append(parts[-1])
    elif detail["type"].startswith("union_tag"):
        path.append(KIND)
    return tuple(path)


def _inner(here: object, part: str) -> object | None:
    if isinstance(here, dict):
        return here.get(part)
    if isinstance(here, list) and part.isdigit() and int(part) < len(here):
        entry: object = here[int(part)]
        return entry
    return None


def _nearest(detail: ErrorDetails, path: KeyPath, reading: Reading) -> str | None:
    """The valid word most like the one read, from the source that the finding points to."""
    look = _NEAREST.get(detail["type"], _nearest_of_context)
    return look(detail, path, reading)


def _nearest_key(detail: ErrorDetails, path: KeyPath, reading: Reading) -> str | None:
    del detail
    return nearest(path[-1], _keys(path[:-1], reading)) if path else None


def _nearest_expected(detail: ErrorDetails, path: KeyPath, reading: Reading) -> str | None:
    del path, reading
    context = detail.get("ctx", {})
    expected = str(context.get("expected", context.get("expected_tags", "")))
    return nearest(str(context.get("tag", detail["input"]))[:READ_LIMIT], _QUOTED.findall(expected))


def _nearest_of_context(detail: ErrorDetails, path: KeyPath, reading: Reading) -> str | None:
    del path, reading
    return str(detail.get("ctx", {}).get("nearest", "")) or None


_NEAREST: dict[str, Callable[[ErrorDetails, KeyPath, Reading], str | None]] = {
    "extra_forbidden": _nearest_key,
    "literal_error": _nearest_expected,
    "union_tag_invalid": _nearest_expected,
}
