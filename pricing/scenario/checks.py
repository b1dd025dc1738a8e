"""What only the city can tell of a scenario: parameters, conflicts, authority, legal ceilings."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pricing.base.draws import Distribution
from pricing.base.errors import InputError, Phrase, Problem, Problems, nearest
from pricing.city.city import City
from pricing.instruments._instrument import Instrument, declared_writes
from pricing.scenario.inherit import Resolved
from pricing.scenario.legal import above_ceiling
from pricing.scenario.positions import KeyPath
from pricing.world.lever_table import AUTHORITIES, LEVER
from pricing.world.levers import Write, check_conflicts


def check(
    resolved: Resolved, instruments: Mapping[str, Instrument], city: City, problems: Problems
) -> tuple[Problem, ...]:
    """Note what contradicts the city's tables or the law; what is only worth knowing is returned.

    `instruments` are those that could be read, so that one mistake does not hide another.
    """
    head = resolved.values.get("scenario")
    written = head if isinstance(head, dict) else {}
    ceilings = tuple(above_ceiling(resolved, instruments, city))
    warnings = list(_beyond_authority(resolved, str(written.get("authority", "city")), instruments, city))
    if written.get("strict_law", True) is False:
        warnings.extend(ceilings)
    else:
        problems.extend(ceilings)
    problems.extend(_conflicts(resolved, instruments, city))
    return tuple(warnings)


def check_parameters(
    resolved: Resolved,
    parameters: Mapping[str, Distribution],
    city: City,
    problems: Problems,
) -> tuple[Problem, ...]:
    """Note parameters that the city has not; return those that leave the range of its table."""
    table = dict(zip(city.parameters.names, city.parameters.distribution, strict=True))
    warnings: list[Problem] = []
    for name, given in parameters.items():
        path = ("parameters", name)
        if name not in table:
            close = nearest(name, table)
            problems.extend([_problem(resolved, path, name, Phrase("scenario.allowed.parameter"), close)])
        elif table[name].kind == "discrete" and not _is_whole(given):
            problems.extend([_problem(resolved, path, _said(given), Phrase("scenario.allowed.parameter_whole"))])
        elif given.low < table[name].low or given.high > table[name].high:
            fields = (("low", f"{table[name].low:g}"), ("high", f"{table[name].high:g}"))
            allowed = Phrase("scenario.allowed.parameter_range", fields)
            warnings.append(_problem(resolved, path, _said(given), allowed))
    return tuple(warnings)


def _is_whole(given: Distribution) -> bool:
    whole = all(float(value).is_integer() for value in (given.low, given.mode, given.high))
    return whole and given.kind in {"fixed", "discrete"}


def _said(given: Distribution) -> str:
    return f"{given.low:g}" if given.low == given.high else f"{given.low:g} … {given.high:g}"


def _conflicts(
    resolved: Resolved, instruments: Mapping[str, Instrument], city: City
) -> tuple[Problem, ...]:
    """Two instruments on one cell of a lever that takes one, and places a lever cannot tell apart."""
    try:
        check_conflicts(declared_writes(instruments, city))
    except InputError as error:
        return tuple(_placed(resolved, problem) for problem in error.problems)
    return ()


def _placed(resolved: Resolved, problem: Problem) -> Problem:
    """A problem that names only a key, with the file and line of that key."""
    place = resolved.place(tuple(problem.key.split(".")))
    return replace(problem, file=place.file, line=place.line)


def _beyond_authority(
    resolved: Resolved, authority: str, instruments: Mapping[str, Instrument], city: City
) -> Iterator[Problem]:
    """Instruments that move a lever which a higher level than the scenario's own decides on."""
    for name, instrument in instruments.items():
        levers = {write.lever for write in instrument.writes(city) if _proposes(write)}
        beyond = sorted(lever for lever in levers if _rank(LEVER[lever].authority) < _rank(authority))
        if beyond:
            fields = (("lever", ", ".join(beyond)), ("authority", LEVER[beyond[0]].authority))
            allowed = Phrase("scenario.allowed.authority", fields)
            path = ("scenario", "authority")
            yield replace(
                _problem(resolved, ("instruments", name), f'authority = "{authority}"', allowed),
                advice=Phrase("scenario.advice.authority"),
                key=".".join(path),
            )


def _proposes(write: Write) -> bool:
    return not write.is_law and bool(write.cells.any())


def _rank(authority: str) -> int:
    """0 for the highest level; a level that is not known, and a problem already, counts as lowest."""
    return AUTHORITIES.index(authority) if authority in AUTHORITIES else len(AUTHORITIES)


def _problem(
    resolved: Resolved, path: KeyPath, read: str, allowed: Phrase, close: str | None = None
) -> Problem:
    place = resolved.place(path)
    return Problem(
        file=place.file,
        line=place.line,
        key=".".join(path),
        read=read,
        allowed=allowed,
        nearest=close,
    )
