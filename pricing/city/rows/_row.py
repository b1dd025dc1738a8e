"""What every row of every table has: its line in the file, its source, its status."""

from dataclasses import dataclass
from typing import ClassVar

from pricing.city.columns import Status, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table; `FILE` is the table's file, `KEY` the columns no two rows may share.

    A city may do without the file of an `OPTIONAL` table, which then has no rows.
    """

    FILE: ClassVar[str]
    KEY: ClassVar[tuple[str, ...]]
    OPTIONAL: ClassVar[bool] = False

    line: int
    source: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced(Row):
    """A row whose figure is statutory, published, estimated or assumed."""

    status: Status
