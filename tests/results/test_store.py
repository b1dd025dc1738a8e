"""The store keeps whole trials, gives them back bit by bit, and says plainly when it cannot."""

import errno
import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from pricing.base.words import LANGUAGES
from pricing.results.result import TrialKey
from pricing.results.store import FILE, StorageError, Store, reading, storage_errors, writing
from tests.results.tables import AXES, SPAN, arrays

KEYS = [
    TrialKey(name, future, k) for name in ("base", "other") for future in range(4) for k in (0, 1)
]


def test_what_was_written_comes_back_bit_by_bit(tmp_path: Path) -> None:
    with writing(tmp_path, AXES) as store:
        for seed, key in enumerate(KEYS):
            store.write(key, arrays(seed))
    with reading(tmp_path) as store:
        found = store.load(("base", "other"), "base", SPAN)
    assert found.axes == AXES
    for seed, (name, future, k) in enumerate(KEYS):
        for quantity, values in arrays(seed).items():
            assert np.array_equal(found.array(quantity, name)[future, k], values)
    assert all(array.all() for array in found.finished.values())


def test_missing_are_the_trials_not_finished_in_their_order(tmp_path: Path) -> None:
    with writing(tmp_path, AXES) as store:
        store.write(KEYS[3], arrays(0))
        store.fail(KEYS[1], "off by 1")
        assert store.missing(KEYS) == [key for key in KEYS if key != KEYS[3]]
        assert store.failures() == {KEYS[1]: "off by 1"}
        store.write(KEYS[1], arrays(0))
        assert store.failures() == {}
        assert KEYS[1] not in store.missing(KEYS)


def test_a_trial_that_failed_or_is_missing_is_not_a_number(tmp_path: Path) -> None:
    with writing(tmp_path, AXES) as store:
        store.write(KEYS[0], arrays(0))
        store.fail(KEYS[1], "off by 1")
        found = store.load(("base",), None, SPAN)
    assert np.isfinite(found.array("claims", "base")[0, 0]).all()
    assert np.isnan(found.array("claims", "base")[0, 1]).all()
    assert found.finished["base"].sum() == 1
    assert found.baseline is None


def test_hash_depends_on_content_and_not_on_the_order_of_writing(tmp_path: Path) -> None:
    hashes = []
    for number, order in enumerate((KEYS, KEYS[::-1], KEYS[:-1])):
        folder = tmp_path / str(number)
        folder.mkdir()
        with writing(folder, AXES) as store:
            for key in order:
                store.write(key, arrays(KEYS.index(key)))
            hashes.append(store.sha256())
    assert hashes[0] == hashes[1] != hashes[2]


def test_one_changed_bit_changes_the_hash(tmp_path: Path) -> None:
    with writing(tmp_path, AXES) as store:
        store.write(KEYS[0], arrays(0))
        before = store.sha256()
        store.connection.execute("DELETE FROM series WHERE quantity = 'claims'")
        assert store.sha256() != before


def test_a_trial_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    with writing(tmp_path, AXES) as store:
        with pytest.raises(ValueError, match="lacks or adds"):
            store.write(KEYS[0], {"claims": np.zeros(3)})
        with pytest.raises(ValueError, match="claims has shape"):
            store.write(KEYS[0], {**arrays(0), "claims": np.zeros(4)})
        assert store.missing(KEYS) == KEYS


def write_all(store: Store) -> None:
    """Write every trial but the first."""
    for key in KEYS[1:]:
        store.write(key, arrays(1))


def test_full_disk_keeps_what_finished(tmp_path: Path) -> None:
    with writing(tmp_path, AXES) as store:
        store.write(KEYS[0], arrays(0))
        pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
        store.connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StorageError) as caught:
            write_all(store)
    assert caught.value.kind == "disk_full"
    with reading(tmp_path) as store:
        kept = set(KEYS) - set(store.missing(KEYS))
        assert KEYS[0] in kept
        found = store.load(("base", "other"), "base", SPAN)
    for name, future, k in kept:
        assert np.isfinite(found.array("volume", name)[future, k]).all()


def test_messages_in_both_languages_name_file_and_reason(tmp_path: Path) -> None:
    for kind in ("disk_full", "unreadable"):
        error = StorageError(kind, tmp_path / FILE, "why")
        texts = {error.text(language) for language in LANGUAGES}
        assert len(texts) == len(LANGUAGES)
        assert all(FILE in text and "why" in text for text in texts)
        assert str(error) == error.text("en")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_system_errors_of_a_full_disk_are_storage_errors(tmp_path: Path, number: int) -> None:
    with pytest.raises(StorageError, match="could not be written"), storage_errors(tmp_path):
        raise OSError(number, "no")


def test_other_system_errors_pass(tmp_path: Path) -> None:
    with pytest.raises(PermissionError), storage_errors(tmp_path):
        raise PermissionError(errno.EACCES, "no")


def test_files_that_are_no_store_are_unreadable(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="not there"), reading(tmp_path):
        pass
    (tmp_path / FILE).write_text(
        "this is not a database, and longer than a header of a hundred bytes" * 4
    )
    with pytest.raises(StorageError) as caught, writing(tmp_path, AXES):
        pass
    assert caught.value.kind == "unreadable"


def test_a_store_without_axes_is_unreadable(tmp_path: Path) -> None:
    with writing(tmp_path, AXES) as store:
        store.connection.execute("DELETE FROM about")
        store.connection.commit()
    with pytest.raises(StorageError, match="no axes"), reading(tmp_path):
        pass


@pytest.mark.parametrize("change", ["shape = '[2]'", "data = x'00'"])
def test_a_damaged_series_is_unreadable(tmp_path: Path, change: str) -> None:
    with writing(tmp_path, AXES) as store:
        store.write(KEYS[0], arrays(0))
        store.connection.execute(f"UPDATE series SET {change} WHERE quantity = 'claims'")
        with pytest.raises(StorageError, match="base, claims"):
            store.load(("base",), None, SPAN)


WRITER = """
import os, signal, sys
from pathlib import Path
from pricing.results.store import writing
from tests.results.tables import AXES, arrays
from tests.results.test_store import KEYS
with writing(Path(sys.argv[1]), AXES) as store:
    store.write(KEYS[0], arrays(0))
    store.connection.execute("INSERT INTO trial VALUES ('base', 9, 9, NULL)")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_kill_keeps_finished_trials_and_no_half_one(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", WRITER, str(tmp_path)], cwd=root, check=False)
    assert done.returncode == -9
    with reading(tmp_path) as store:
        assert store.missing([*KEYS, TrialKey("base", 9, 9)]) == [*KEYS[1:], TrialKey("base", 9, 9)]
        assert store.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_every_commit_is_synchronised(tmp_path: Path) -> None:
    with writing(tmp_path, AXES) as store:
        assert store.connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert sqlite3.threadsafety
