"""Reading a table: a CSV file becomes rows of its class, and every bad cell becomes a problem."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, fields
from hashlib import sha256
from pathlib import Path
from typing import TypeVar, get_type_hints

from pricing.base.errors import Problems, nearest, phrase
from pricing.city.columns import Column
from pricing.city.rows._row import Row

LARGEST_FILE = 20_000_000

R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The text of one file with its name in messages and its SHA-256."""

    name: str
    text: str
    sha256: str


def heading(field: str) -> str:
    """The column of a field; a field that would be a Python keyword carries an underscore."""
    return field.removesuffix("_")


def columns(row: type[Row]) -> dict[str, Column]:
    """The columns of a table by field name, from the annotations of its row class."""
    hints = get_type_hints(row, include_extras=True)
    return {
        field.name: part
        for field in fields(row)
        for part in getattr(hints[field.name], "__metadata__", ())
        if isinstance(part, Column)
    }


def read_rows(row: type[R], folder: Path, problems: Problems) -> tuple[tuple[R, ...], Table | None]:
    """All good rows of a class's table, and the text they came from."""
    path = folder / row.FILE
    if row.OPTIONAL and not path.exists():
        return (), None
    return read_file(row, path, problems)


def read_file(row: type[R], path: Path, problems: Problems) -> tuple[tuple[R, ...], Table | None]:
    """All good rows of a file with the columns of a class, and the text they came from."""
    spec = columns(row)
    table = _text(path, problems)
    if table is None:
        return (), None
    lines = list(_records(table, problems))
    if len(lines) < 2:
        problems.add(
            file=table.name,
            line=1,
            key="",
            read=phrase("city.no_rows"),
            allowed=phrase("city.header_and_rows", ", ".join(map(heading, spec))),
        )
        return (), table
    (_, header), *records = lines
    if not _has_columns(spec, table.name, header, problems):
        return (), table
    rows = []
    for line, cells in records:
        values = _values(spec, (table.name, line), (header, cells), problems)
        if values is not None:
            rows.append(row(line=line, **values))  # type: ignore[arg-type]  # read column by column
    _report_duplicates(row, table.name, rows, problems)
    return tuple(rows), table


def _text(path: Path, problems: Problems) -> Table | None:
    name = path.name
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            problems.add(
                file=name,
                line=None,
                key="",
                read=f"{size / 1e6:,.0f} MB",
                allowed=phrase("city.at_most_mb", f"{LARGEST_FILE / 1e6:.0f}"),
                advice=phrase("city.own_rows"),
            )
            return None
        data = path.read_bytes()
    except OSError:
        there = [other.name for other in path.parent.glob("*.csv")]
        problems.add(
            file=name,
            line=None,
            key="",
            read=phrase("base.no_file" if not path.exists() else "base.unreadable_file"),
            allowed=phrase("city.csv_file"),
            nearest=nearest(name, there),
        )
        return None
    return _decoded(name, data, problems)


def _decoded(name: str, data: bytes, problems: Problems) -> Table | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.add(
            file=name,
            line=data.count(b"\n", 0, error.start) + 1,
            key="",
            read=phrase("city.byte", f"0x{data[error.start]:02x}"),
            allowed=phrase("city.utf8"),
            advice=phrase("city.save_utf8"),
        )
        return None
    return Table(name=name, text=text, sha256=sha256(data).hexdigest())


def _records(table: Table, problems: Problems) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(table.text, newline=""), strict=True)
    found: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((start, [cell.strip() for cell in cells]))
            start = reader.line_num + 1
    except csv.Error as error:
        problems.add(
            file=table.name,
            line=start,
            key="",
            read=str(error),
            allowed=phrase("city.cells_quoted"),
        )
    return found


def _has_columns(
    spec: Mapping[str, Column], file: str, header: list[str], problems: Problems
) -> bool:
    wanted = [heading(field) for field in spec]
    unknown = [column for column in header if column not in wanted]
    missing = [column for column in wanted if column not in header]
    for column in missing:
        problems.add(
            file=file,
            line=1,
            key=column,
            read=phrase("city.no_column"),
            allowed=", ".join(wanted),
            nearest=nearest(column, unknown),
            advice=phrase("city.header_names") if not unknown else "",
        )
    twice = sorted({column for column in header if header.count(column) > 1 and column in wanted})
    for column in twice:
        problems.add(
            file=file,
            line=1,
            key=column,
            read=phrase("city.column_twice"),
            allowed=phrase("city.column_once"),
        )
    return not missing and not twice


def _values(
    spec: Mapping[str, Column],
    where: tuple[str, int],
    record: tuple[list[str], list[str]],
    problems: Problems,
) -> dict[str, object] | None:
    (file, line), (header, cells) = where, record
    if len(cells) != len(header):
        problems.add(
            file=file,
            line=line,
            key="",
            read=phrase("city.cells", len(cells)),
            allowed=phrase("city.cells_of_header", len(header)),
            advice=phrase("city.quote_commas"),
        )
        return None
    by_name = dict(zip(header, cells, strict=True))
    values: dict[str, object] = {}
    for field, column in spec.items():
        cell = by_name[heading(field)]
        try:
            values[field] = _value(column, cell)
        except ValueError:
            problems.add(
                file=file,
                line=line,
                key=heading(field),
                read=cell or phrase("city.nothing"),
                allowed=column.allowed,
                nearest=nearest(cell, column.words),
            )
    return values if len(values) == len(spec) else None


def _value(column: Column, cell: str) -> object:
    if cell:
        return column.read(cell)
    if column.must_be_filled:
        raise ValueError(cell)
    return column.blank


def _report_duplicates(row: type[Row], file: str, rows: list[R], problems: Problems) -> None:
    first: dict[tuple[object, ...], int] = {}
    for entry in rows:
        key = tuple(getattr(entry, field) for field in row.KEY)
        line = first.setdefault(key, entry.line)
        if line != entry.line:
            problems.add(
                file=file,
                line=entry.line,
                key=", ".join(map(heading, row.KEY)),
                read=", ".join(map(str, key)),
                allowed=phrase("city.only_once", line),
            )
