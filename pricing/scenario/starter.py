"""Where the shipped scenarios and cities are: in a wheel inside the package, else beside it."""

from pathlib import Path

import pricing
from pricing.base.errors import InputError, Phrase, Problem


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
