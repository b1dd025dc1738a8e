"""Any file of an analyst: scenario, study, tender or city folder, told apart by what it holds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pricing.base.errors import InputError, Phrase, Problem, Problems
from pricing.city.city import City
from pricing.city.load import load_city
from pricing.scenario.attribution import Measures
from pricing.scenario.dump import toml_text, toml_value
from pricing.scenario.inherit import Resolved, resolve
from pricing.scenario.load import load_scenario
from pricing.scenario.positions import KeyPath
from pricing.scenario.scenario import Scenario
from pricing.scenario.study import NO_MEASURES, Study, load_study

if TYPE_CHECKING:  # a tender needs more of scipy than other files do
    from pricing.scenario.tender import TenderStudy

CITIES = "cities"
TENDER = "tender"
_CITY_FILE = "places.csv"
_LEVELS = 3  # folders above a scenario in which its city is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a file turned out to be, with the warnings found on the way."""

    found: "Scenario | Study | TenderStudy | City"
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Merged values of a file, and the place of each."""

    resolved: Resolved
    values: dict[str, object] = field(default_factory=dict)

    def text(self) -> str:
        """All values as one TOML file."""
        return toml_text(self.values)

    def origins(self) -> dict[str, str]:
        """`file:line` by dotted key path."""
        return {".".join(path): self.resolved.place(path).text for path, _ in _leaves(self.values)}

    def lines_with_origin(self) -> list[str]:
        """One `key.path = value  # file:line` a value."""
        pairs = [
            (f"{'.'.join(path)} = {toml_value(value)}", self.resolved.place(path).text)
            for path, value in _leaves(self.values)
        ]
        width = min(60, max((len(left) for left, _ in pairs), default=0))
        return [f"{left:<{width}}  # {place}" for left, place in pairs]


def read_any(path: Path, city: Path | None = None, measures: Measures = NO_MEASURES) -> Read:
    """The scenario, study, tender or city at a path; a scenario's city is found if not given.

    The chains of a study may name the indicators and dimensions of `measures`.

    Raises
    ------
    InputError
        With every problem.
    """
    if path.is_dir() and (path / _CITY_FILE).is_file():
        return Read(found=load_city(path))
    sections = resolved_values(path).values
    if "study" in sections:
        study = load_study(path, measures)
        return Read(found=study, warnings=study.warnings)
    if TENDER in sections:
        from pricing.scenario.tender import load_tender

        return Read(found=load_tender(path))
    scenario = load_scenario(path, load_city(city or find_city(path)))
    return Read(found=scenario, warnings=scenario.warnings)


def resolved_values(path: Path) -> Shown:
    """The values of a file merged over its parents, not yet checked against the schema."""
    problems = Problems()
    resolved = resolve(path, str(path), problems)
    problems.raise_if_any()
    assert resolved is not None
    return Shown(resolved=resolved, values=resolved.values)


def find_city(path: Path) -> Path:
    """The only city in the folder `cities` beside a file or in a folder above it.

    Raises
    ------
    InputError
        If there is none, or more than one to choose from.
    """
    for folder in [path.parent, *path.absolute().parent.parents][: _LEVELS + 1]:
        cities = sorted(place.parent for place in (folder / CITIES).glob(f"*/{_CITY_FILE}"))
        if len(cities) == 1:
            return cities[0]
        if cities:
            _refuse(path, "city_unclear", ", ".join(str(city) for city in cities))
    return _refuse(path, "city_absent", "")


def _refuse(path: Path, why: str, read: str) -> Path:
    allowed = Phrase(f"scenario.file.{why}")
    raise InputError([Problem(file=str(path), line=None, key="", read=read, allowed=allowed)])


def _leaves(table: dict[str, object], above: KeyPath = ()) -> Iterator[tuple[KeyPath, object]]:
    for key, value in table.items():
        if isinstance(value, dict) and value:
            yield from _leaves(value, (*above, key))
        else:
            yield (*above, key), value
