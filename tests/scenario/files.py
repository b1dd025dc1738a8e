"""Scenario files for tests: text written below a folder."""

from pathlib import Path

HEAD = '[scenario]\ntitle = { vi = "Thử", en = "Trial" }\nauthority = "central"\n'
LAW = '[instruments.law]\nkind = "law_path"\n'


def write(folder: Path, name: str, text: str) -> Path:
    """A file with a text, its folders made."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
