"""The frozen study: scenarios against a baseline in one city, the years and the design's size."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from os.path import exists
from pathlib import Path

from pydantic import ValidationError

from pricing.base.errors import InputError, Phrase, Problem, Problems, nearest
from pricing.city.city import City
from pricing.city.households import USUAL, synthetic
from pricing.city.load import load_city
from pricing.city.survey import survey
from pricing.scenario.attribution import (
    Chain,
    Measures,
    chain,
    chain_problems,
    without_chains,
)
from pricing.scenario.explain import Reading, explain
from pricing.scenario.inherit import Resolved, inside, resolve, shown_beside
from pricing.scenario.load import read_scenario
from pricing.scenario.scenario import Scenario
from pricing.scenario.schema import HouseholdsSection, SelectionSection, StudyFile, StudySection

# What only reads or names results, and what is hashed by its content.
_NOT_DECISIVE = ("title", "language", "city", "scenarios", "ramsey", "selection", "attribution")
NO_MEASURES: Measures = {}
LONGEST = 50  # years; the population tables end before


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """Scenarios in the order of the file, first simulated and last reported year, and the design.

    `scramblings` × `points` futures are drawn, each with `replications` of chance, from `seed`.
    `authority` is whose levers a recommendation may use. `content_hash` names what decides results:
    `chains` do not, for they only read results.
    """

    name: str
    title: Mapping[str, str]
    city: City
    scenarios: tuple[Scenario, ...]
    baseline: str
    first_year: int
    last_year: int
    scramblings: int
    points: int
    replications: int
    seed: int
    authority: str
    language: str
    content_hash: str
    ramsey: bool = False
    selection: SelectionSection | None = None
    warnings: tuple[Problem, ...] = ()
    chains: tuple[Chain, ...] = ()

    @property
    def horizon(self) -> tuple[int, int]:
        """First and last simulated year."""
        return (self.first_year, self.last_year)


def load_study(path: Path, measures: Measures = NO_MEASURES) -> Study:
    """The study in a file, with its city and all its scenarios.

    Its chains may name the indicators and dimensions of `measures`.

    Raises
    ------
    InputError
        With every problem of the study, the city and the scenarios, by file and line.
    """
    problems = Problems()
    study = read_study(path, str(path), problems, measures)
    if study is None:
        # A parent of several scenarios is read, and refused, once for each of them.
        raise InputError(dict.fromkeys(problems))
    return study


def read_study(
    path: Path, shown: str, problems: Problems, measures: Measures = NO_MEASURES
) -> Study | None:
    """The study in a file that messages call `shown`, or None with what is wrong noted."""
    resolved = resolve(path, shown, problems)
    whole = _validated(resolved, problems) if resolved is not None else None
    if resolved is None or whole is None:
        return None
    section = whole.study
    city = _city(path, section, resolved, problems)
    scenarios = _scenarios(path, section, resolved, city, problems)
    _check(section, resolved, city, problems)
    names = [Path(text).stem for text in section.scenarios]
    problems.extend(chain_problems(resolved, names, measures))
    if city is not None and whole.households is not None:
        city = _peopled(path, (whole.households, section.seed), resolved, city, problems)
    if problems or city is None:
        return None
    return _frozen(path.stem, section, city, scenarios)


def _peopled(
    path: Path,
    wanted: tuple[HouseholdsSection, int],
    resolved: Resolved,
    city: City,
    problems: Problems,
) -> City:
    """The city with the household sample that the study asks for, drawn from the study's seed."""
    section, seed = wanted
    if not section.enabled:
        return city
    if section.file is None:
        return replace(city, households=synthetic(city, section.size or USUAL, seed))
    key = ("households", "file")
    if section.size is not None:
        _note(resolved, ("households", "size"), str(section.size), "size_or_file", None, problems)
    file = _beside(path, section.file, resolved, key, problems)
    if file is None:
        return city
    shown = shown_beside(resolved.shown, section.file)
    return replace(city, households=survey(city, file, shown, seed, problems))


def _validated(resolved: Resolved, problems: Problems) -> StudyFile | None:
    try:
        return StudyFile.model_validate(resolved.values)
    except ValidationError as error:
        explain(error, Reading(resolved=resolved, root=StudyFile, kinds={}), problems)
    with suppress(ValidationError):  # chains that cannot be read hide nothing else of the study
        return StudyFile.model_validate(without_chains(resolved.values))
    return None


def _city(path: Path, section: StudySection, resolved: Resolved, problems: Problems) -> City | None:
    folder = _beside(path, section.city, resolved, ("study", "city"), problems)
    if folder is None:
        return None
    try:
        return load_city(folder)
    except InputError as error:
        problems.extend(error.problems)
        return None


def _scenarios(
    path: Path, section: StudySection, resolved: Resolved, city: City | None, problems: Problems
) -> tuple[Scenario, ...]:
    """The scenarios that can be read, on the study's horizon."""
    horizon = (section.first_year, section.last_year)
    found: list[Scenario] = []
    for index, text in enumerate(section.scenarios):
        key = ("study", "scenarios", str(index))
        file = _beside(path, text, resolved, key, problems)
        if file is None:
            continue
        shown = shown_beside(resolved.shown, text)
        scenario = read_scenario(file, shown, city, problems)
        if scenario is not None:
            found.append(replace(scenario, horizon=horizon))
    return tuple(found)


def _beside(
    path: Path, text: str, resolved: Resolved, key: tuple[str, ...], problems: Problems
) -> Path | None:
    """A file or folder named in the study, if it lies below the study's folder."""
    root = path.parent.resolve()
    target = inside(root, root / path.name, text)
    if target is None:
        _note(resolved, key, text, "outside", None, problems)
    elif not exists(target):  # Path.exists raises where a name is too long
        _note(resolved, key, text, "absent", None, problems)
        return None
    return target


def _check(
    section: StudySection, resolved: Resolved, city: City | None, problems: Problems
) -> None:
    """Note what the schema cannot see: baseline among the scenarios, names once, years in order."""
    names = [Path(text).stem for text in section.scenarios]
    if section.baseline not in names:
        close = nearest(section.baseline, names)
        _note(resolved, ("study", "baseline"), section.baseline, "baseline", close, problems)
    for index, name in enumerate(names):
        if name in names[:index]:
            key = ("study", "scenarios", str(index))
            _note(resolved, key, name, "scenario_twice", None, problems)
    first, last = section.first_year, section.last_year
    if city is not None and first != city.base_year:
        _note(
            resolved,
            ("study", "first_year"),
            str(first),
            "first_year",
            str(city.base_year),
            problems,
        )
    if not first < last <= first + LONGEST:
        _note(resolved, ("study", "last_year"), str(last), "horizon", None, problems)


def _note(
    resolved: Resolved,
    key: tuple[str, ...],
    read: str,
    why: str,
    close: str | None,
    problems: Problems,
) -> None:
    allowed = Phrase(f"scenario.allowed.{why}", (("longest", str(LONGEST)),))
    problems.extend([resolved.problem(key, read, allowed, close)])


def _frozen(name: str, section: StudySection, city: City, scenarios: tuple[Scenario, ...]) -> Study:
    decisive = section.model_dump(exclude={*_NOT_DECISIVE})
    hashes = [*sorted(city.hashes.items()), *((one.name, one.content_hash) for one in scenarios)]
    if city.households is not None:
        hashes.append(("households", repr(sorted(city.households.origin.items()))))
    return Study(
        name=name,
        title=section.title.model_dump(),
        city=city,
        scenarios=scenarios,
        baseline=section.baseline,
        first_year=section.first_year,
        last_year=section.last_year,
        scramblings=section.scramblings,
        points=section.points,
        replications=section.replications,
        seed=section.seed,
        authority=section.authority,
        language=section.language,
        content_hash=sha256(repr((sorted(decisive.items()), hashes)).encode()).hexdigest(),
        ramsey=section.ramsey,
        selection=section.selection,
        warnings=tuple(dict.fromkeys(warning for one in scenarios for warning in one.warnings)),
        chains=tuple(chain(one) for one in section.attribution),
    )
