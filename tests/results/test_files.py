"""Files of a run folder: whole or not at all, and the manifest that reads back."""

import json
import resource
from pathlib import Path

import pytest

from pricing.results.files import (
    MANIFEST,
    read_manifest,
    results_sha256,
    write_manifest,
    write_whole,
)
from pricing.results.store import StorageError


def test_a_file_is_replaced_and_nothing_else_left(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.csv", b"old")
    write_whole(tmp_path / "a.csv", b"new")
    assert (tmp_path / "a.csv").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_disk_that_refuses_leaves_the_old_file(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.csv", b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(StorageError) as caught:
            write_whole(tmp_path / "a.csv", b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert caught.value.kind == "disk_full"
    assert (tmp_path / "a.csv").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_manifest_reads_back_and_is_text_for_people(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) == {}
    write_manifest(tmp_path, {"title": "lộ trình", "share": 0.25})
    assert read_manifest(tmp_path) == {"title": "lộ trình", "share": 0.25}
    assert "lộ trình" in (tmp_path / MANIFEST).read_text("utf-8")


def test_a_manifest_holds_no_number_that_json_lacks(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="JSON"):
        write_manifest(tmp_path, {"share": float("nan")})


def test_results_hash_moves_with_store_and_each_table() -> None:
    hashes = {
        results_sha256("0", b"a", b"b"),
        results_sha256("1", b"a", b"b"),
        results_sha256("0", b"ab", b""),
        results_sha256("0", b"b", b"a"),
        results_sha256("0", b"a"),
    }
    assert len(hashes) == 5
    assert json.loads(f'"{results_sha256("0")}"') == results_sha256("0")
