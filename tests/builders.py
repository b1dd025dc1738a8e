"""Small real objects for tests: the toy city, with the cells a test wants changed."""

import csv
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pricing.city.city import City
from pricing.city.load import load_city

TOY_CITY = Path(__file__).parent / "toy_city"
SOCIALISED = Path(__file__).parent / "toy_socialised"


@dataclass(frozen=True)
class Cell:
    """New text, or a factor, for one column of the rows in which every column of `where` fits."""

    file: str
    column: str
    value: str | float
    where: tuple[tuple[str, str], ...]


def cell(file: str, column: str, text: object, **where: object) -> Cell:
    """Replace a cell: `cell("needs.csv", "grades", 3, need="preschool")`."""
    return Cell(file, column, str(text), tuple((key, str(wanted)) for key, wanted in where.items()))


def times(file: str, column: str, factor: float, **where: object) -> Cell:
    """Multiply a column: `times("people.csv", "residents_2025", 2.0)`."""
    return Cell(file, column, factor, tuple((key, str(wanted)) for key, wanted in where.items()))


@cache
def toy_city(*changes: Cell) -> City:
    """The three-place toy city, with changes; equal changes give the same object."""
    if not changes:
        return load_city(TOY_CITY)
    with TemporaryDirectory() as folder:
        return load_city(toy_folder(Path(folder) / "toy_city", *changes))


@cache
def socialised_city() -> City:
    """The toy city with candidates, owners and staff."""
    with TemporaryDirectory() as folder:
        return load_city(socialised_folder(Path(folder) / "toy_city"))


def toy_folder(folder: Path, *changes: Cell) -> Path:
    """A copy of the toy city's tables with changes, for what must be read from disk."""
    shutil.copytree(TOY_CITY, folder)
    return _changed(folder, changes)


def socialised_folder(folder: Path, *changes: Cell) -> Path:
    """A copy of the toy city's tables with candidates, owners and staff, and with changes."""
    shutil.copytree(TOY_CITY, folder)
    for table in SOCIALISED.glob("*.csv"):
        shutil.copy(table, folder / table.name)
    return _changed(folder, changes)


def _changed(folder: Path, changes: tuple[Cell, ...]) -> Path:
    for change in changes:
        _apply(folder / change.file, change)
    return folder


def _apply(path: Path, change: Cell) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    index = {name: number for number, name in enumerate(header)}
    hit = [row for row in rows if all(row[index[key]] == wanted for key, wanted in change.where)]
    if not hit:
        raise LookupError(f"no row of {change.file} fits {change.where}")
    for row in hit:
        old = row[index[change.column]]
        new = change.value
        row[index[change.column]] = new if isinstance(new, str) else repr(float(old) * new)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
