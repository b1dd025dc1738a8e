"""Files of a run folder, written whole or not at all."""

import json
import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from pricing.results.store import storage_errors

MANIFEST = "manifest.json"


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file at once: a reader, a kill or a full disk never meets half of it."""
    partial = path.with_name(f".{path.name}.part")
    with storage_errors(path):
        try:
            with partial.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)


def write_manifest(folder: Path, manifest: Mapping[str, object]) -> None:
    """Write the manifest of a run: what went in, what ran, what came out."""
    text = json.dumps(manifest, ensure_ascii=False, indent=2, allow_nan=False)
    write_whole(folder / MANIFEST, f"{text}\n".encode())


def read_manifest(folder: Path) -> dict[str, object]:
    """The manifest of a run folder; empty if the folder has none yet."""
    path = folder / MANIFEST
    content: dict[str, object] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return content


def results_sha256(store_sha256: str, *tables: bytes) -> str:
    """The hash of a result: the store's canonical dump, then its tables' bytes, in this order."""
    digest = sha256(store_sha256.encode())
    for table in tables:
        digest.update(sha256(table).digest())
    return digest.hexdigest()
