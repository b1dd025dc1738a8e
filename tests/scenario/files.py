"""Scenario files for tests: text written below a folder, and what is shipped."""

import tomllib
from pathlib import Path

SCENARIOS = Path(__file__).parents[2] / "scenarios"

HEAD = '[scenario]\ntitle = { vi = "Thử", en = "Trial" }\nauthority = "central"\n'
LAW = '[instruments.law]\nkind = "law_path"\n'


def write(folder: Path, name: str, text: str) -> Path:
    """A file with a text, its folders made."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def shipped(section: str) -> list[Path]:
    """The shipped files that hold a section: scenarios, studies or tenders."""
    return [
        path
        for path in sorted(SCENARIOS.glob("*.toml"))
        if section in tomllib.loads(path.read_text(encoding="utf-8"))
    ]
