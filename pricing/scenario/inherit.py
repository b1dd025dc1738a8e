"""A scenario file with its parents: `extends`, `unset`, the merge, and the origin of each value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from os.path import exists
from pathlib import Path
from typing import TypeGuard

from pricing.base.errors import Phrase, Problem, Problems, nearest
from pricing.base.words import words
from pricing.scenario.positions import KeyPath
from pricing.scenario.source import Source, read_source

MAX_DEPTH = 4  # files in one chain of `extends`, the file itself not counted
UNSET_LIMIT = 200
NEAREST_LIMIT = 2_000  # keys among which the nearest to an absent path is looked for
# Tables inside these sections have a name of the author's choice and merge key by key as well.
NAMED = frozenset({"instruments", "offices"})
_CONTROL = frozenset({"extends", "unset"})


@dataclass(frozen=True, slots=True)
class Place:
    """File, as shown to the reader, and line."""

    file: str
    line: int | None

    @property
    def text(self) -> str:
        """The place as `file:line`."""
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A file merged over its parents: values by section, and where each key path was written."""

    shown: str
    values: dict[str, object]
    origin: dict[KeyPath, Place]

    def place(self, path: KeyPath) -> Place:
        """Where a key path was written, or else the table that should hold it."""
        for length in range(len(path), 0, -1):
            found = self.origin.get(path[:length])
            if found is not None:
                return found
        return Place(self.shown, None)

    def problem(
        self, path: KeyPath, read: str, allowed: Phrase, close: str | None = None
    ) -> Problem:
        """Something wrong at a key path, with the file and line that hold it."""
        place = self.place(path)
        return Problem(
            file=place.file,
            line=place.line,
            key=".".join(path),
            read=read,
            allowed=allowed,
            nearest=close,
        )


def resolve(path: Path, shown: str, problems: Problems) -> Resolved | None:
    """The file at `path` merged over its parents, or None with what is wrong noted.

    Parents lie, after links are resolved, below the folder of `path`.
    """
    chain = _chain(path, shown, problems)
    if chain is None:
        return None
    merged = Resolved(shown=shown, values={}, origin={})
    for source in reversed(chain):
        merged = _drop(merged, source, problems)
        merged = _merge(merged, source)
    return Resolved(shown=shown, values=merged.values, origin=merged.origin)


def inside(root: Path, beside: Path, text: str) -> Path | None:
    """The path `text` relative to the file `beside`, if it lies below `root`, links resolved."""
    try:
        target = (beside.parent / text).resolve()
    except (OSError, RuntimeError, ValueError):  # links in a circle, a null character
        return None
    return target if not Path(text).is_absolute() and target.is_relative_to(root) else None


def shown_beside(shown: str, text: str) -> str:
    """The name shown for a file written in another, relative to that file's shown name."""
    return str(Path(shown).parent / text)


def _chain(path: Path, shown: str, problems: Problems) -> list[Source] | None:
    """The file, its parent, and so on to the file that extends nothing."""
    root = path.parent.resolve()
    chain: list[Source] = []
    following: Path | None = path.parent.resolve() / path.name
    while following is not None:
        source = read_source(following, shown, problems)
        if source is None:
            return None
        chain.append(source)
        if "extends" not in source.values:
            break
        following = _parent(root, chain, problems)
        if following is None:
            return None
        shown = shown_beside(source.shown, str(source.values["extends"]))
    return chain


def _parent(root: Path, chain: list[Source], problems: Problems) -> Path | None:
    """The file that the last of the chain extends, if it may be read."""
    child = chain[-1]
    text = child.values["extends"]
    target = inside(root, child.path, text) if isinstance(text, str) and text.strip() else None
    why = _no_parent(text, target, chain)
    if not why:
        return target
    advice = f"scenario.advice.{why}"
    problems.add(
        file=child.shown,
        line=child.lines.get(("extends",)),
        key="extends",
        read=str(text)[:80],
        allowed=Phrase(f"scenario.allowed.{why}", (("depth", str(MAX_DEPTH)),)),
        advice=Phrase(advice) if advice in words("en").table else "",
    )
    return None


def _no_parent(text: object, target: Path | None, chain: list[Source]) -> str:
    """Why a file may not be the next parent, as a key of the words tables; blank if it may."""
    if not isinstance(text, str) or not text.strip():
        return "extends_text"
    if target is None:
        return "outside"
    if any(target == source.path.resolve() for source in chain):
        return "cyclic"
    if len(chain) > MAX_DEPTH:
        return "chain"
    return "" if exists(target) else "absent"  # Path.exists raises where a name is too long


def _drop(merged: Resolved, source: Source, problems: Problems) -> Resolved:
    """The parents' values without the paths that `source` unsets."""
    listed = source.values.get("unset", [])
    if not _is_list_of_paths(listed):
        _refuse_unset(source, ("unset",), str(listed), None, problems)
        return merged
    values, known = merged.values, {".".join(path) for path in _paths(merged.values)}
    for index, entry in enumerate(listed):
        if entry in known:
            values = _without(values, tuple(entry.split(".")))
            known = {".".join(path) for path in _paths(values)}
        else:
            close = nearest(entry, known) if len(known) <= NEAREST_LIMIT else None
            _refuse_unset(source, ("unset", str(index)), entry, close, problems)
    kept = {path: place for path, place in merged.origin.items() if _present(values, path)}
    return Resolved(shown=merged.shown, values=values, origin=kept)


def _is_list_of_paths(listed: object) -> TypeGuard[list[str]]:
    if not isinstance(listed, list) or len(listed) > UNSET_LIMIT:
        return False
    return all(isinstance(entry, str) for entry in listed)


def _refuse_unset(
    source: Source, key: KeyPath, read: str, close: str | None, problems: Problems
) -> None:
    why = "unset_list" if len(key) == 1 else "unset_absent"
    problems.add(
        file=source.shown,
        line=source.lines.get(key) or source.lines.get(key[:1]),
        key="unset",
        read=read[:80],
        allowed=Phrase(f"scenario.allowed.{why}"),
        nearest=close,
    )


def _merge(merged: Resolved, source: Source) -> Resolved:
    """The child's values over the parents'."""
    child = {key: value for key, value in source.values.items() if key not in _CONTROL}
    replaced: set[KeyPath] = set()
    values = _over(merged.values, child, (), replaced)
    origin = {
        path: place
        for path, place in merged.origin.items()
        if not any(path[:length] in replaced for length in range(1, len(path) + 1))
    }
    origin |= {
        path: Place(source.shown, line)
        for path, line in source.lines.items()
        if path[0] not in _CONTROL
    }
    return Resolved(shown=merged.shown, values=values, origin=origin)


def _over(
    parent: Mapping[str, object],
    child: Mapping[str, object],
    path: KeyPath,
    replaced: set[KeyPath],
) -> dict[str, object]:
    """Two tables as one: tables that merge go key by key, any other value is replaced whole."""
    values = dict(parent)
    for key, value in child.items():
        here = (*path, key)
        below = parent.get(key)
        if isinstance(value, dict) and isinstance(below, dict) and _merges(here, below, value):
            values[key] = _over(below, value, here, replaced)
        else:
            values[key] = value
            replaced.add(here)
    return values


def _merges(path: KeyPath, parent: Mapping[str, object], child: Mapping[str, object]) -> bool:
    """Whether a table merges key by key: a section, an office, an instrument of the same kind."""
    if len(path) == 1:
        return True
    changes_kind = path[0] == "instruments" and child.get("kind", parent.get("kind")) != parent.get(
        "kind"
    )
    return len(path) == 2 and path[0] in NAMED and not changes_kind


def _paths(values: Mapping[str, object], above: KeyPath = ()) -> Iterator[KeyPath]:
    """Every key path of nested tables."""
    for key, value in values.items():
        yield (*above, key)
        if isinstance(value, dict):
            yield from _paths(value, (*above, key))


def _without(values: Mapping[str, object], path: KeyPath) -> dict[str, object]:
    """Nested tables without one path."""
    key, *rest = path
    inner = values[key]
    kept = {name: value for name, value in values.items() if name != key}
    if not rest or not isinstance(inner, dict):
        return kept
    return {
        name: _without(inner, tuple(rest)) if name == key else value
        for name, value in values.items()
    }


def _present(values: object, path: KeyPath) -> bool:
    for key in path:
        if isinstance(values, list):
            values = dict(enumerate(values)).get(int(key)) if key.isdigit() else None
        else:
            values = values.get(key) if isinstance(values, dict) else None
        if values is None:
            return False
    return True
