"""Reading and writing the tables of this folder, and the few sums that several of them need."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
QUINTILES = range(5)
BASE_YEAR = 2025
LAST_SCHOOL_YEAR = 2024
MILLIARD = 1e9

Row = dict[str, str]
Cells = Sequence[object]


@dataclass(frozen=True)
class Derived:
    """A table to write: file name, header, rows."""

    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def source(name: str) -> list[Row]:
    """Rows of an analyst's table in sources/."""
    return _rows(HERE / "sources" / f"{name}.csv")


def kept(name: str) -> list[Row]:
    """Rows of a table of this folder that is kept by hand."""
    return _rows(HERE / f"{name}.csv")


def needs() -> dict[str, Row]:
    """needs.csv by need."""
    return {row["need"]: row for row in kept("needs")}


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def derived(file: str, header: str, rows: Iterable[Cells]) -> Derived:
    """A table with `header` of words and cells as text; numbers with seven significant digits."""
    columns = (*header.split(), "source", "status")
    lines = tuple(tuple(map(text, row)) for row in rows)
    for line in lines:
        if len(line) != len(columns):
            raise ValueError(f"{file}: {len(line)} cells for {len(columns)} columns: {line}")
    return Derived(file, columns, lines)


def text(value: object) -> str:
    """A cell: nothing for None, numbers without needless digits."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{float(f'{value:.7g}'):.12g}"
    return str(value)


def write(table: Derived, folder: Path) -> None:
    """Write a table as UTF-8 CSV."""
    with (folder / table.file).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([table.header, *table.rows])


def by_script(note: str, source_text: str = "") -> str:
    """Source of a derived row: this script, the rule, and where its inputs come from."""
    return f"derive.py: {note}" + (f"; {source_text}" if source_text else "")


@dataclass(frozen=True)
class Residents:
    """Residents of the base year by place and quintile, and the age structure of place kinds."""

    kind: dict[str, str]
    people: dict[tuple[str, int], float]
    ages: dict[tuple[str, str], float]

    def aged(self, first: int, last: int, quintile: int) -> float:
        """Residents of a quintile in the five-year groups from `first` to `last`."""
        return sum(
            number * self._share(self.kind[place], first, last)
            for (place, q), number in self.people.items()
            if q == quintile
        )

    def of_place(self, place: str) -> float:
        """All residents of a place."""
        return sum(self.people[place, q] for q in QUINTILES)

    def of_quintile(self, quintile: int) -> float:
        """All residents of a quintile."""
        return self.aged(0, 200, quintile)

    def _share(self, kind: str, first: int, last: int) -> float:
        return sum(
            share
            for (owner, group), share in self.ages.items()
            if owner == kind and first <= int(group.rstrip("+").split("-")[0]) <= last
        )


def residents() -> Residents:
    """Residents by place, quintile and age from the tables kept by hand."""
    return Residents(
        kind={row["place"]: row["kind"] for row in source("places")},
        people={
            (row["place"], int(row["quintile"]) - 1): float(row["residents_2025"])
            for row in kept("people")
        },
        ages={(row["place_kind"], row["age_group"]): float(row["share"]) for row in kept("ages")},
    )


def ward_share() -> dict[str, float]:
    """Share of a place's registered people who live in wards."""
    wards: dict[str, float] = {}
    everyone: dict[str, float] = {}
    for row in kept("communes"):
        number = float(row["registered_2025"])
        everyone[row["place"]] = everyone.get(row["place"], 0.0) + number
        wards[row["place"]] = wards.get(row["place"], 0.0) + number * (row["kind"] == "ward")
    return {place: wards[place] / everyone[place] for place in everyone}


def raked(table: list[list[float]], rows: list[float], columns: list[float]) -> list[list[float]]:
    """Proportional fitting of a table to row sums and column sums (which must agree in total)."""
    scale = sum(rows) / sum(columns)
    wanted = [column * scale for column in columns]
    cells = [list(row) for row in table]
    for _ in range(500):
        for row, total in zip(cells, rows, strict=True):
            factor = total / sum(row)
            row[:] = [cell * factor for cell in row]
        for number, total in enumerate(wanted):
            factor = total / sum(row[number] for row in cells)
            for row in cells:
                row[number] *= factor
    for row, total in zip(cells, rows, strict=True):
        factor = total / sum(row)
        row[:] = [cell * factor for cell in row]
    return cells
