"""Where the shipped scenarios and cities are: in a wheel inside the package, else beside it."""

import tomllib
from pathlib import Path
from shutil import copytree, ignore_patterns

import pricing
from pricing.base.errors import InputError, Phrase, Problem

STUDY = "roadmaps.toml"

_TITLED = ("scenario", "study", "tender")


def starter_folder() -> Path:
    """The folder that holds the shipped `*.toml` and `cities/`.

    Raises
    ------
    InputError
        If the installation has neither folder.
    """
    package = Path(pricing.__file__).parent
    for folder in (package / "starter", package.parent / "scenarios"):
        if (folder / "cities").is_dir():
            return folder
    raise InputError([_absent(package)])


def _absent(package: Path) -> Problem:
    allowed = Phrase("scenario.file.no_starter")
    return Problem(file=str(package / "starter"), line=None, key="", read="", allowed=allowed)


def copy_starter(folder: Path) -> Path:
    """Copy the shipped scenarios and cities below an empty or absent folder; returns its study.

    Raises
    ------
    InputError
        If the folder holds something, or is no folder.
    OSError
        If it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        allowed = Phrase("scenario.file.not_empty")
        raise InputError([Problem(file=str(folder), line=None, key="", read="", allowed=allowed)])
    target = folder / "scenarios"
    copytree(starter_folder(), target, ignore=ignore_patterns("__pycache__", ".*"))
    (folder / "outputs").mkdir()
    return target / STUDY


def shipped_cities() -> tuple[Path, ...]:
    """Folders of the shipped cities, by name."""
    return tuple(sorted(file.parent for file in starter_folder().glob("cities/*/places.csv")))


def shipped_titles(language: str) -> dict[str, str]:
    """File name of each shipped scenario, study and tender, with its title in a language."""
    titles: dict[str, str] = {}
    for path in sorted(starter_folder().glob("*.toml")):
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        head: dict[str, dict[str, str]] = next(
            (values[section] for section in _TITLED if section in values), {}
        )
        titles[path.name] = head.get("title", {}).get(language, "")
    return titles
