"""One TOML file read with care: size, encoding, syntax, and the line of every key."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from pricing.base.errors import Phrase, Problems, phrase
from pricing.scenario.positions import KeyPath, key_lines

SIZE_LIMIT = 1_000_000  # bytes; the largest shipped scenario has less than a hundredth of this
DEPTH_LIMIT = 12  # tables and lists inside one another; a path of years inside an instrument has 5

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_ADVICE = {  # start of a message of tomllib: advice in the words tables
    "Invalid value": "quotes",
    "Cannot overwrite a value": "twice",
    "Cannot declare": "twice",
    "Cannot mutate immutable namespace": "twice",
    "Unterminated string": "quotes",
    "Expected '=' after a key": "equals",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file as read: its resolved path, the name shown to the reader, values and lines."""

    path: Path
    shown: str
    values: dict[str, object]
    lines: dict[KeyPath, int]


def read_source(path: Path, shown: str, problems: Problems) -> Source | None:
    """The values and lines of a TOML file, or None with what is wrong noted."""
    data = _read_bytes(path, shown, problems)
    values = None if data is None else _parse(data, shown, problems)
    if data is None or values is None:
        return None
    return Source(path=path, shown=shown, values=values, lines=key_lines(data))


def _read_bytes(path: Path, shown: str, problems: Problems) -> bytes | None:
    """Content of a regular file within the size limit."""
    try:
        status = path.stat()
        wrong = _unreadable(status.st_mode, status.st_size)
        data = b"" if wrong else path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        is_absent = isinstance(error, FileNotFoundError)
        read = phrase("base.no_file" if is_absent else "base.unreadable_file")
        _refuse(problems, shown, None, "missing", read)
        return None
    if not wrong and not data.strip():
        wrong = "empty"
    if wrong:
        _refuse(problems, shown, None, wrong, "")
        return None
    return data


def _unreadable(mode: int, size: int) -> str:
    """Why a file is not even opened, as a key of the words tables; blank if it may be."""
    if S_ISDIR(mode):
        return "directory"
    if not S_ISREG(mode):
        return "special"
    return "too_large" if size > SIZE_LIMIT else ""


def _parse(data: bytes, shown: str, problems: Problems) -> dict[str, object] | None:
    try:
        text = data.decode("utf-8")
        values = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        _refuse(problems, shown, line, "encoding", f"0x{data[error.start]:02x}")
    except tomllib.TOMLDecodeError as error:
        _note_syntax(str(error), text, shown, problems)
    except RecursionError:
        _refuse(problems, shown, None, "too_deep", "")
    except ValueError as error:  # a number of thousands of digits
        _refuse(problems, shown, None, "syntax", str(error))
    else:
        if _depth(values) <= DEPTH_LIMIT:
            return values
        _refuse(problems, shown, None, "too_deep", "")
    return None


def _note_syntax(message: str, text: str, shown: str, problems: Problems) -> None:
    """Note the first syntax error with its line, column and the line's text."""
    found = _PLACE.search(message)
    at_line, column = found.groups() if found else (None, None)
    bare = message[: found.start()] if found else message
    lines = text.splitlines()
    line = int(at_line) if at_line else max(1, len(lines))
    # At the end of the document, what began before is not closed, whatever the message.
    advice = next((_ADVICE[start] for start in _ADVICE if at_line and bare.startswith(start)), "")
    problems.add(
        file=shown,
        line=line,
        key="",
        read=lines[line - 1].strip()[:80] if line <= len(lines) else "",
        allowed=Phrase("scenario.allowed.syntax", (("message", bare), ("column", column or "1"))),
        advice=Phrase(f"scenario.syntax.{advice or 'syntax'}"),
    )


def _refuse(problems: Problems, shown: str, line: int | None, why: str, read: str | Phrase) -> None:
    problems.add(
        file=shown,
        line=line,
        key="",
        read=read,
        allowed=Phrase(f"scenario.file.{why}"),
    )


def _depth(values: object) -> int:
    """How deep tables and lists stand inside one another, counted without recursion."""
    level, depth = [values], 0
    while level:
        depth += 1
        tables = (value for value in level if isinstance(value, dict | list))
        level = [
            inner
            for value in tables
            for inner in (value.values() if isinstance(value, dict) else value)
            if isinstance(inner, dict | list)
        ]
    return depth
