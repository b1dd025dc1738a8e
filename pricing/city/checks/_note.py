"""How the checks between tables note a problem of a row."""

from collections.abc import Hashable, Iterable
from typing import TypeVar

from pricing.base.errors import Phrase, Problems, nearest, phrase
from pricing.city.rows._row import Row

SUM_TOLERANCE = 1e-6

K = TypeVar("K", bound=Hashable)
R = TypeVar("R", bound=Row)


def note(
    problems: Problems,
    row: Row,
    key: str,
    read: str | Phrase,
    allowed: str | Phrase,
    advice: str | Phrase = "",
) -> None:
    """Note what is wrong with one row."""
    problems.add(file=row.FILE, line=row.line, key=key, read=read, allowed=allowed, advice=advice)


def note_unknown(problems: Problems, row: Row, key: str, read: str, known: Iterable[str]) -> None:
    """Note an id that no other table defines, with the nearest one that does."""
    ids = list(known)
    problems.add(
        file=row.FILE,
        line=row.line,
        key=key,
        read=read,
        allowed=phrase("city.known_ids", len(ids))
        if len(ids) > 12
        else phrase("city.one_of", ", ".join(ids)),
        nearest=nearest(read, ids),
    )


def note_missing(
    problems: Problems, file: str, key: str, read: str | Phrase, allowed: str | Phrase
) -> None:
    """Note a row that a table lacks."""
    problems.add(file=file, line=None, key=key, read=read, allowed=allowed)


def grouped(pairs: Iterable[tuple[K, R]]) -> dict[K, list[R]]:
    """Rows by key, in order."""
    groups: dict[K, list[R]] = {}
    for key, row in pairs:
        groups.setdefault(key, []).append(row)
    return groups


def check_sum(
    problems: Problems, group: list[R], column: str, key: str, wanted: float = 1.0
) -> None:
    """The rows of a group must add up in a column; noted at the group's first row."""
    total = sum(float(getattr(row, column)) for row in group)
    if abs(total - wanted) > SUM_TOLERANCE * wanted:
        lines = ", ".join(str(row.line) for row in group)
        note(
            problems,
            group[0],
            column,
            phrase("city.sum_for", f"{total:.7g}", key),
            phrase("city.sum", f"{wanted:g}"),
            phrase("city.see_lines", lines),
        )
