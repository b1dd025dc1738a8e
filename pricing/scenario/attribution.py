"""Chains of a study: scenarios that switch on link after link, so that each step has its part."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import reduce
from typing import TypeAlias

from pydantic import ValidationError

from pricing.base.errors import Phrase, Problem, nearest
from pricing.scenario.inherit import Resolved
from pricing.scenario.positions import KeyPath
from pricing.scenario.schema import AttributionSection

Measures: TypeAlias = Mapping[str, Collection[str]]  # indicator → dimensions it can be split by
PATH: KeyPath = ("study", "attribution")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Scenarios in a row; `steps` names, by language, what each adds to the one before it."""

    name: str
    title: Mapping[str, str]
    indicators: tuple[str, ...]
    dimension: str
    scenarios: tuple[str, ...]
    steps: tuple[Mapping[str, str], ...]


def chain(section: AttributionSection) -> Chain:
    """A checked entry of `[[study.attribution]]`, frozen."""
    return Chain(
        name=section.name,
        title=section.title.model_dump(),
        indicators=tuple(section.indicators),
        dimension=section.dimension,
        scenarios=tuple(section.scenarios),
        steps=tuple(label.model_dump() for label in section.steps),
    )


def without_chains(values: Mapping[str, object]) -> dict[str, object]:
    """The values of a study file without its chains, which nothing else in it depends on."""
    study = values.get(PATH[0])
    if not isinstance(study, dict):
        return dict(values)
    kept = {key: value for key, value in study.items() if key != PATH[1]}
    return {**values, PATH[0]: kept}


def chain_problems(
    resolved: Resolved, scenarios: Sequence[str], measures: Measures
) -> Iterator[Problem]:
    """What the schema cannot see in the chains that it can read: names that lead nowhere."""
    seen: set[str] = set()
    for index, section in _readable(resolved):
        check = _Check(resolved=resolved, path=(*PATH, str(index)), section=section)
        if section.name in seen:
            yield check.problem(("name",), section.name, Phrase("scenario.allowed.chain_twice"))
        seen.add(section.name)
        yield from check.names("scenarios", section.scenarios, scenarios)
        yield from check.steps()
        yield from check.names("indicators", section.indicators, tuple(measures))
        yield from check.dimension(measures)


def _readable(resolved: Resolved) -> Iterator[tuple[int, AttributionSection]]:
    """The entries that the schema accepts, also where it refuses others, by their position."""
    study = resolved.values[PATH[0]]
    entries = study.get(PATH[1], []) if isinstance(study, dict) else []
    for index, entry in enumerate(entries if isinstance(entries, list) else []):
        with suppress(ValidationError):
            yield index, AttributionSection.model_validate(entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Check:
    """One entry and where it stands."""

    resolved: Resolved
    path: KeyPath
    section: AttributionSection

    def problem(
        self, key: KeyPath, read: str, allowed: Phrase, close: str | None = None
    ) -> Problem:
        """Something wrong at a key of the entry."""
        return self.resolved.problem((*self.path, *key), read, allowed, close)

    def names(self, key: str, read: Sequence[str], known: Sequence[str]) -> Iterator[Problem]:
        """Names of a list that are not known, and those that stand in it twice."""
        for index, name in enumerate(read):
            at = (key, str(index))
            if name not in known:
                allowed = Phrase(f"scenario.allowed.chain_{key}")
                yield self.problem(at, name, allowed, nearest(name, known))
            elif name in read[:index]:
                yield self.problem(at, name, Phrase("scenario.allowed.chain_once"))

    def steps(self) -> Iterator[Problem]:
        """A label too many or too few."""
        wanted, read = len(self.section.scenarios) - 1, len(self.section.steps)
        if read != wanted:
            allowed = Phrase("scenario.allowed.chain_steps", (("wanted", str(wanted)),))
            yield self.problem(("steps",), str(read), allowed)

    def dimension(self, measures: Measures) -> Iterator[Problem]:
        """A dimension by which some known indicator of the entry cannot be split."""
        owned = [tuple(measures[name]) for name in self.section.indicators if name in measures]
        if not owned or all(self.section.dimension in own for own in owned):
            return
        shared = reduce(lambda left, own: tuple(one for one in left if one in own), owned)
        listed = (("dimensions", ", ".join(shared) or "–"),)
        allowed = Phrase("scenario.allowed.chain_dimension", listed)
        read = self.section.dimension
        yield self.problem(("dimension",), read, allowed, nearest(read, shared))
