"""Loading a scenario: merge, schema, checks against the city; all problems in one report."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from pricing.base.draws import Distribution
from pricing.base.errors import Problem, Problems
from pricing.city.city import City
from pricing.instruments._instrument import Instrument
from pricing.instruments._registry import instrument_kinds
from pricing.scenario.checks import Readable, check
from pricing.scenario.context import reference_ids
from pricing.scenario.dump import toml_text
from pricing.scenario.explain import Reading, explain
from pricing.scenario.inherit import Resolved, resolve
from pricing.scenario.scenario import Economy, NonPublicSpec, OfficeSpec, Scenario
from pricing.scenario.schema import NonPublicSection, ScenarioFile, Uncertain, scenario_file

# What only names a scenario does not change its results, nor where they are kept.
_NAMING = ("title", "description")


def load_scenario(path: Path, city: City) -> Scenario:
    """The scenario in a file, with its parents, for a city.

    Raises
    ------
    InputError
        With every problem of the file and its parents, by file and line.
    """
    problems = Problems()
    scenario = read_scenario(path, str(path), city, problems)
    problems.raise_if_any()
    assert scenario is not None
    return scenario


def read_scenario(path: Path, shown: str, city: City | None, problems: Problems) -> Scenario | None:
    """The scenario in a file that messages call `shown`, or None with what is wrong noted.

    Without a city, only what does not depend on one is checked.
    """
    before = len(problems)
    resolved = resolve(path, shown, problems)
    if resolved is None:
        return None
    reading = Reading(resolved=resolved, root=scenario_file(), kinds=instrument_kinds())
    file = _validated(reading, city, problems)
    warnings: tuple[Problem, ...] = ()
    if city is not None:
        warnings = check(resolved, _readable(file, reading, city), city, problems)
    if file is None or len(problems) > before:
        return None
    return _frozen(path.stem, file, resolved, warnings)


def _validated(reading: Reading, city: City | None, problems: Problems) -> ScenarioFile | None:
    try:
        return scenario_file().model_validate(reading.resolved.values, context=reference_ids(city))
    except ValidationError as error:
        explain(error, reading, problems)
        return None


def _readable(file: ScenarioFile | None, reading: Reading, city: City) -> Readable:
    """Instruments and parameters that can be read, also where another part of the file cannot."""
    if file is not None:
        return Readable(instruments=file.instruments, parameters=file.parameters)
    instruments: dict[str, Instrument] = {}
    for name, table in _tables(reading, "instruments"):
        model = reading.kinds.get(str(table.get("kind"))) if isinstance(table, dict) else None
        if model is not None:
            with suppress(ValidationError):
                instruments[name] = model.model_validate(table, context=reference_ids(city))
    parameters: dict[str, Distribution] = {}
    for name, value in _tables(reading, "parameters"):
        with suppress(ValidationError):
            parameters[name] = TypeAdapter(Uncertain).validate_python(value)
    return Readable(instruments=instruments, parameters=parameters)


def _tables(reading: Reading, section: str) -> Iterable[tuple[str, object]]:
    found = reading.resolved.values.get(section)
    return found.items() if isinstance(found, dict) else ()


def _frozen(
    name: str, file: ScenarioFile, resolved: Resolved, warnings: tuple[Problem, ...]
) -> Scenario:
    description = file.scenario.description
    return Scenario(
        name=name,
        title=file.scenario.title.model_dump(),
        description=description.model_dump() if description is not None else {},
        authority=file.scenario.authority,
        strict_law=file.scenario.strict_law,
        is_reference=file.scenario.reference,
        people=file.people.variant,
        economy=Economy(
            shocks=file.economy.shocks,
            real_growth=file.economy.real_growth,
            cpi_growth=file.economy.cpi_growth,
        ),
        non_public=_non_public(file.non_public),
        offices={
            office: OfficeSpec(officers=spec.officers, days=spec.days)
            for office, spec in file.offices.items()
        },
        parameters=file.parameters,
        instruments=file.instruments,
        resolved=toml_text(resolved.values),
        content_hash=_content_hash(resolved.values),
        origin={".".join(path): place.text for path, place in resolved.origin.items()},
        warnings=warnings,
    )


def _non_public(section: NonPublicSection) -> NonPublicSpec:
    return NonPublicSpec(
        prices=section.prices,
        entry=section.entry,
        staff=section.staff,
        reimbursement=section.links.reimbursement,
        staff_cost=section.links.staff_cost,
    )


def _content_hash(values: Mapping[str, object]) -> str:
    """SHA-256 of what can change a result, whatever the order of the keys."""
    head = values["scenario"]
    assert isinstance(head, dict)
    kept = {key: value for key, value in head.items() if key not in _NAMING}
    return sha256(toml_text(_sorted({**values, "scenario": kept})).encode()).hexdigest()


def _sorted(table: Mapping[str, object]) -> dict[str, object]:
    return {
        key: _sorted(value) if isinstance(value, Mapping) else value
        for key, value in sorted(table.items())
    }
