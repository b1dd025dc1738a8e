"""One writer a run folder: a second run on the same folder waits until the first one ends."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pricing.results.store import storage_errors

FILE = "run.lock"
_PAUSE_SECONDS = 0.2


@contextmanager
def exclusive(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold a run folder alone; `waiting` is called once if somebody else holds it.

    The lock is SQLite's own exclusive lock on an empty file: it works on every system that runs the
    store, and the operating system drops it when the holder dies, however it dies.
    """
    path = folder / FILE
    with storage_errors(path), closing(sqlite3.connect(path, timeout=0.0)) as connection:
        connection.isolation_level = None
        if not _taken(connection):
            waiting()
            while not _taken(connection):
                time.sleep(_PAUSE_SECONDS)
        yield
        connection.execute("ROLLBACK")


def _taken(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("PRAGMA journal_mode = MEMORY")  # no file beside the lock's own
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True
