"""What only the city can tell of a scenario: parameters, conflicts, authority, legal ceilings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pricing.base.draws import Distribution
from pricing.base.errors import InputError, Phrase, Problem, Problems, nearest
from pricing.city.city import City
from pricing.instruments._instrument import Instrument, declared_writes
from pricing.scenario.inherit import Resolved
from pricing.scenario.legal import above_ceiling, beyond_forms
from pricing.world.lever_table import AUTHORITIES, LEVER
from pricing.world.levers import Write, check_conflicts

DEFAULT_AUTHORITY = "city"
SIGNED_UNITS = frozenset({"per_year", "elasticity", "low_central_high"})
"""Units of parameters that may fall below 0 though the city's range does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readable:
    """The parts of a file that could be read, so that one mistake does not hide another."""

    instruments: Mapping[str, Instrument]
    parameters: Mapping[str, Distribution]


def check(
    resolved: Resolved, readable: Readable, city: City, problems: Problems
) -> tuple[Problem, ...]:
    """Note what contradicts the city's tables or the law; warnings are returned."""
    written = resolved.values.get("scenario")
    head = written if isinstance(written, dict) else {}
    ceilings = tuple(above_ceiling(resolved, readable.instruments, city))
    is_strict = head.get("strict_law", True) is not False
    problems.extend(ceilings if is_strict else ())
    problems.extend(_conflicts(resolved, readable.instruments, city))
    problems.extend(_unknown_parameters(resolved, readable.parameters, city))
    return (
        *(() if is_strict else ceilings),
        *beyond_forms(resolved, readable.instruments, city),
        *_beyond_authority(resolved, str(head.get("authority", DEFAULT_AUTHORITY)), readable, city),
        *_outside_range(resolved, readable.parameters, city),
    )


def _unknown_parameters(
    resolved: Resolved, parameters: Mapping[str, Distribution], city: City
) -> Iterator[Problem]:
    """Parameters that the city has not, and fractions for one that counts."""
    table = _table(city)
    for name, given in parameters.items():
        path = ("parameters", name)
        if name not in table:
            allowed = Phrase("scenario.allowed.parameter")
            yield resolved.problem(path, name, allowed, nearest(name, table))
        elif table[name].kind == "discrete" and not _is_whole(given):
            allowed = Phrase("scenario.allowed.parameter_whole")
            yield resolved.problem(path, _said(given), allowed)
        elif given.low < 0.0 and name in _unsigned(city):
            allowed = Phrase("scenario.allowed.parameter_unsigned")
            yield resolved.problem(path, _said(given), allowed)


def _outside_range(
    resolved: Resolved, parameters: Mapping[str, Distribution], city: City
) -> Iterator[Problem]:
    """Parameters that leave the range of the city's table."""
    table = _table(city)
    for name, given in parameters.items():
        known = table.get(name, given)
        if known.is_uncertain and (given.low < known.low or given.high > known.high):
            fields = (("low", f"{known.low:g}"), ("high", f"{known.high:g}"))
            allowed = Phrase("scenario.allowed.parameter_range", fields)
            yield resolved.problem(("parameters", name), _said(given), allowed)


def _table(city: City) -> dict[str, Distribution]:
    return dict(zip(city.parameters.names, city.parameters.distribution, strict=True))


def _unsigned(city: City) -> set[str]:
    """Parameters that cannot be below 0: a bond, a number of days, a share; not rates of growth."""
    table = city.parameters
    rows = zip(table.names, table.distribution, table.unit_of_measure, strict=True)
    return {name for name, known, unit in rows if known.low >= 0.0 and unit not in SIGNED_UNITS}


def _is_whole(given: Distribution) -> bool:
    whole = all(float(value).is_integer() for value in (given.low, given.mode, given.high))
    return whole and given.kind in {"fixed", "discrete"}


def _said(given: Distribution) -> str:
    return f"{given.low:g}" if given.low == given.high else f"{given.low:g} … {given.high:g}"


def _conflicts(
    resolved: Resolved, instruments: Mapping[str, Instrument], city: City
) -> tuple[Problem, ...]:
    """Cells that two instruments claim of one lever, and places that a lever cannot tell apart."""
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
    resolved: Resolved, authority: str, readable: Readable, city: City
) -> Iterator[Problem]:
    """Instruments that move a lever of a higher level than the file that adds them declares."""
    for name, instrument in readable.instruments.items():
        declared = authority if _is_declared_for(resolved, name) else DEFAULT_AUTHORITY
        levers = {write.lever for write in instrument.writes(city) if _proposes(write)}
        beyond = sorted(
            lever for lever in levers if _rank(LEVER[lever].authority) < _rank(declared)
        )
        if beyond:
            fields = (("lever", ", ".join(beyond)), ("authority", LEVER[beyond[0]].authority))
            found = resolved.problem(
                ("instruments", name),
                f'authority = "{declared}"',
                Phrase("scenario.allowed.authority", fields),
            )
            yield replace(found, advice=Phrase("scenario.advice.authority"))


def _is_declared_for(resolved: Resolved, name: str) -> bool:
    """Whether `authority` speaks of an instrument: a parent's says nothing of what a child adds."""
    declared = resolved.origin.get(("scenario", "authority"))
    return declared is not None and declared.file in {
        resolved.shown,
        resolved.place(("instruments", name)).file,
    }


def _proposes(write: Write) -> bool:
    return not write.is_law and bool(write.cells.any())


def _rank(authority: str) -> int:
    """0 for the highest level; a level that is not known counts as lowest."""
    return AUTHORITIES.index(authority) if authority in AUTHORITIES else len(AUTHORITIES)
