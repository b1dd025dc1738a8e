"""The durable store of one run: a SQLite file that holds each trial from the moment it ends.

Write-ahead log with full synchronisation, one transaction a trial: what is in the store survives a
kill, a power cut and a full disk, and is never half a trial. Numbers are little-endian float64
blobs beside their shape; nothing is ever unpickled.
"""

import errno
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from pricing.base.arrays import Array
from pricing.base.errors import PricingError
from pricing.base.words import words
from pricing.results.result import Arrays, Axes, Result, Span, TrialKey

FILE = "results.sqlite"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS trial (
    scenario TEXT, future INTEGER, replication INTEGER, failure TEXT,
    PRIMARY KEY (scenario, future, replication));
CREATE TABLE IF NOT EXISTS series (
    scenario TEXT, future INTEGER, replication INTEGER, quantity TEXT,
    shape TEXT NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (scenario, future, replication, quantity));
"""
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# SQLite reports a refused write as FULL or, on some file systems, as an input/output error.
_SQLITE_NO_SPACE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
_PRIMARY_CODE = 0xFF


class StorageError(PricingError):
    """A run folder that cannot be written or read; `kind` is `disk_full` or `unreadable`."""

    def __init__(self, kind: str, path: Path, reason: str) -> None:
        self.kind = kind
        self.path = path
        self.reason = reason
        super().__init__(kind, path, reason)

    def text(self, language: str) -> str:
        """What happened, what is kept and what to do, in one sentence."""
        fields = {"path": self.path, "reason": self.reason}
        return words(language).text(f"results.{self.kind}", fields)

    def __str__(self) -> str:
        """The sentence in English."""
        return self.text("en")


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn a full disk or a damaged store met inside the block into a StorageError about `path`."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE
        kind = "disk_full" if code in _SQLITE_NO_SPACE else "unreadable"
        raise StorageError(kind, path, str(error)) from error
    except OSError as error:
        if error.errno not in _NO_SPACE:
            raise
        raise StorageError("disk_full", path, str(error)) from error


Row: TypeAlias = tuple[Any, ...]  # what SQLite hands over: text, integers and blobs


@dataclass(frozen=True, slots=True)
class Store:
    """The trials of one run folder; only one process at a time writes to it (see `lock`)."""

    path: Path
    axes: Axes
    connection: sqlite3.Connection

    def missing(self, keys: Iterable[TrialKey]) -> list[TrialKey]:
        """Those of some trials that have not finished, failed ones included, in the given order."""
        rows = self._rows("SELECT scenario, future, replication FROM trial WHERE failure IS NULL")
        finished = {TrialKey(*row) for row in rows}
        return [key for key in keys if key not in finished]

    def write(self, key: TrialKey, arrays: Arrays) -> None:
        """Keep a finished trial: on return it is on the disk."""
        expected, got = set(self.axes.quantities), set(arrays)
        if expected != got:
            raise ValueError(f"trial {key} lacks or adds the quantities {sorted(expected ^ got)}")
        rows = [(*key, name, *self._packed(name, arrays[name])) for name in sorted(arrays)]
        with storage_errors(self.path), self.connection:
            self._set_trial(key, None)
            self.connection.executemany("INSERT INTO series VALUES (?, ?, ?, ?, ?, ?)", rows)

    def fail(self, key: TrialKey, message: str) -> None:
        """Note that a trial failed, and why; it stays missing, so a later run tries it again."""
        with storage_errors(self.path), self.connection:
            self._set_trial(key, message)

    def failures(self) -> dict[TrialKey, str]:
        """The failed trials and their messages, in key order."""
        rows = self._rows(
            "SELECT scenario, future, replication, failure FROM trial"
            " WHERE failure IS NOT NULL ORDER BY 1, 2, 3"
        )
        return {TrialKey(*key): message for *key, message in rows}

    def load(self, scenarios: tuple[str, ...], baseline: str | None, span: Span) -> Result:
        """The finished trials of some scenarios as arrays on (future, replication, …)."""
        arrays = {
            (scenario, quantity): self._array(scenario, quantity, span)
            for scenario in scenarios
            for quantity in self.axes.quantities
        }
        finished = {name: np.zeros((span.futures, span.replications), bool) for name in scenarios}
        rows = self._rows("SELECT scenario, future, replication FROM trial WHERE failure IS NULL")
        for scenario, future, replication in rows:
            if scenario in finished:
                finished[scenario][future, replication] = True
        return Result(
            scenarios=scenarios,
            baseline=baseline,
            axes=self.axes,
            span=span,
            arrays=arrays,
            finished=finished,
        )

    def sha256(self) -> str:
        """Hash of the canonical dump: every trial and every series in key order."""
        digest = sha256(_as_text(self.axes).encode())
        for row in self._rows("SELECT * FROM trial ORDER BY 1, 2, 3"):
            digest.update(json.dumps(row).encode())
        for *key, data in self._rows("SELECT * FROM series ORDER BY 1, 2, 3, 4"):
            digest.update(json.dumps(key).encode())
            digest.update(data)
        return digest.hexdigest()

    def _set_trial(self, key: TrialKey, failure: str | None) -> None:
        self.connection.execute("INSERT OR REPLACE INTO trial VALUES (?, ?, ?, ?)", (*key, failure))

    def _packed(self, quantity: str, values: Array) -> tuple[str, bytes]:
        if values.shape != self.axes.shape(quantity):
            wanted = self.axes.shape(quantity)
            raise ValueError(f"{quantity} has shape {values.shape}, its axes say {wanted}")
        return json.dumps(values.shape), values.astype("<f8").tobytes()

    def _array(self, scenario: str, quantity: str, span: Span) -> Array:
        shape = self.axes.shape(quantity)
        values = np.full((span.futures, span.replications, *shape), np.nan)
        rows = self._rows(
            "SELECT future, replication, shape, data FROM series"
            " WHERE scenario = ? AND quantity = ?",
            (scenario, quantity),
        )
        for future, replication, stored, data in rows:
            if tuple(json.loads(stored)) != shape or len(data) != values[0, 0].nbytes:
                what = f"{scenario}, {quantity}: {stored}"
                raise StorageError("unreadable", self.path, what)
            values[future, replication] = np.frombuffer(data, "<f8").reshape(shape)
        return values

    def _rows(self, query: str, values: tuple[str, ...] = ()) -> list[Row]:
        with storage_errors(self.path):
            return self.connection.execute(query, values).fetchall()


@contextmanager
def writing(folder: Path, axes: Axes) -> Iterator[Store]:
    """The store of a run folder, made if it is not there yet, open for writing."""
    path = folder / FILE
    with storage_errors(path), closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        with connection:
            connection.executescript(_SCHEMA)
            connection.execute("INSERT OR REPLACE INTO about VALUES ('axes', ?)", (_as_text(axes),))
        yield Store(path, axes, connection)


@contextmanager
def reading(folder: Path) -> Iterator[Store]:
    """The store of a finished or interrupted run, with the axes it was written on."""
    path = folder / FILE
    if not path.is_file():
        raise StorageError("unreadable", path, f"{FILE} is not there")
    with storage_errors(path), closing(sqlite3.connect(path)) as connection:
        row = connection.execute("SELECT value FROM about WHERE name = 'axes'").fetchone()
        if row is None:
            raise StorageError("unreadable", path, "no axes")
        yield Store(path, _from_text(row[0]), connection)


def _as_text(axes: Axes) -> str:
    return json.dumps(
        {
            "ids": {name: list(ids) for name, ids in sorted(axes.ids.items())},
            "groups": [[*pair, list(index)] for pair, index in sorted(axes.groups.items())],
            "quantities": {name: list(own) for name, own in sorted(axes.quantities.items())},
        }
    )


def _from_text(text: str) -> Axes:
    raw = json.loads(text)
    return Axes(
        ids={name: tuple(ids) for name, ids in raw["ids"].items()},
        groups={(fine, coarse): tuple(index) for fine, coarse, index in raw["groups"]},
        quantities={name: tuple(own) for name, own in raw["quantities"].items()},
    )
