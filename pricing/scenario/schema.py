"""The shape of scenario and study files; the kinds of instruments come from the folder scan."""

from collections.abc import Iterator, Mapping
from functools import cache, reduce
from operator import or_
from typing import Annotated, Any, Literal, TypeAlias, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, create_model
from pydantic_core import PydanticCustomError

from pricing.base.draws import DISTRIBUTIONS, Distribution
from pricing.base.errors import nearest
from pricing.base.fields import Rate
from pricing.city.households import LARGEST, SMALLEST
from pricing.instruments._instrument import Instrument
from pricing.instruments._registry import instrument_kinds

KIND = "kind"  # the key that tells the models of a union apart

Name: TypeAlias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Text: TypeAlias = Annotated[str, Field(min_length=1, max_length=2_000)]
Growth: TypeAlias = Annotated[Rate, Field(ge=-0.2, le=0.5)]


class Section(BaseModel):
    """A table of a file: unknown keys are refused, values are not converted in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Languages(Section):
    """One text in Vietnamese and in English."""

    vi: Text
    en: Text


class Head(Section):
    """`[scenario]`: what it is called, who can decide it, whether legal ceilings are errors."""

    title: Languages
    description: Languages | None = None
    authority: Literal["central", "city", "commune"] = "city"
    strict_law: Annotated[bool, Field(strict=True)] = True
    reference: Annotated[bool, Field(strict=True)] = False


class PeopleSection(Section):
    """`[people]`: the variant of the population projection."""

    variant: Literal["central", "low", "high", "constant"] = "central"


class EconomySection(Section):
    """`[economy]`: growth a year, and whether chance moves prices and demand."""

    shocks: Annotated[bool, Field(strict=True)] = True
    real_growth: Growth | None = None
    cpi_growth: Growth | None = None


class OfficeSection(Section):
    """`[offices.<name>]`: officers, and days one request takes."""

    officers: Annotated[int, Field(strict=True, ge=1, le=1_000)]
    days: Annotated[int, Field(strict=True, ge=1, le=1_000)] | None = None


class LinksSection(Section):
    """`[non_public] links`: what of a roadmap reaches the owners; a link switched off stays still.

    `reimbursement`: contract prices follow the regulated list; `staff_cost`: their pay follows that
    of public units. Switched off, what the rest does can be told apart.
    """

    reimbursement: Annotated[bool, Field(strict=True)] = True
    staff_cost: Annotated[bool, Field(strict=True)] = True


class NonPublicSection(Section):
    """`[non_public]`: whether its prices are chosen, units enter and leave, and staff move.

    `prices` move with costs alone, or are chosen each year by the owners.
    """

    prices: Literal["with_costs", "chosen"] = "with_costs"
    entry: Annotated[bool, Field(strict=True)] = False
    staff: Annotated[bool, Field(strict=True)] = False
    links: LinksSection = LinksSection()


def _distribution(value: object) -> object:
    """A number, or a table { distribution, low, mode, high }, as a Distribution."""
    if isinstance(value, Mapping):
        return _table_distribution(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e300:
        raise PydanticCustomError("number_or_distribution", "number or distribution")
    return Distribution(kind="fixed", low=float(value), mode=float(value), high=float(value))


def _table_distribution(table: Mapping[str, object]) -> Distribution:
    wanted = ("distribution", "low", "mode", "high")
    unknown = next((key for key in table if key not in wanted), None)
    if unknown is not None:
        close = nearest(unknown, wanted) or ""
        raise PydanticCustomError(
            "distribution_key", "unknown key {read}", {"read": unknown, "nearest": close}
        )
    numbers = {key: table[key] for key in wanted[1:] if key in table}
    if {"low", "high"} - set(numbers) or any(not _is_number(value) for value in numbers.values()):
        raise PydanticCustomError("distribution_numbers", "low, high and mode are numbers")
    kind = table.get("distribution")
    if kind not in DISTRIBUTIONS:
        raise PydanticCustomError(
            "distribution_kind",
            "unknown distribution {read}",
            {"read": str(kind), "nearest": nearest(str(kind), DISTRIBUTIONS) or ""},
        )
    return _ordered(str(kind), {key: float(str(value)) for key, value in numbers.items()})


def _is_number(value: object) -> bool:
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return plain and abs(float(str(value))) < 1e300


def _ordered(kind: str, numbers: Mapping[str, float]) -> Distribution:
    low, high = numbers["low"], numbers["high"]
    mode = numbers.get("mode", (low + high) / 2.0)
    try:
        return Distribution(kind=kind, low=low, mode=mode, high=high)
    except ValueError:
        raise PydanticCustomError("distribution_order", "low ≤ mode ≤ high") from None


Uncertain: TypeAlias = Annotated[Distribution, BeforeValidator(_distribution)]


def _power_of_two(value: int) -> int:
    if value & (value - 1):
        raise PydanticCustomError("power_of_two", "not a power of two")
    return value


Count: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=10_000)]
PowerOfTwo: TypeAlias = Annotated[Count, AfterValidator(_power_of_two)]
Year: TypeAlias = Annotated[int, Field(strict=True, ge=2000, le=2100)]
Path: TypeAlias = Annotated[str, Field(min_length=1, max_length=500)]


class SelectionSection(Section):
    """`[study.selection]`: the cheapest option that keeps an indicator at its base value.

    `cost` is the indicator that says what is cheap; `options` are all scenarios but the baseline if
    not named; the year is the last one if not given. With a `reference` scenario, what an option
    costs beyond it is told per unit of the indicator `avoided`, on the same dimension and key.
    """

    indicator: Name
    dimension: Annotated[str, Field(min_length=1, max_length=60)] = "all"
    key: Annotated[str, Field(max_length=200)] = ""
    keep: Literal["base"] = "base"
    cost: Name = "outlay"
    year: Year | None = None
    options: Annotated[tuple[Text, ...], Field(max_length=100)] = ()
    reference: Text | None = None
    avoided: Name | None = None


class AttributionSection(Section):
    """An entry of `[[study.attribution]]`: scenarios in a chain, a label for each step of it."""

    name: Name
    title: Languages
    indicators: Annotated[list[Text], Field(min_length=1, max_length=8)]  # what a page can hold
    dimension: Text = "all"
    scenarios: Annotated[list[Text], Field(min_length=2, max_length=8)]
    steps: list[Languages]


class StudySection(Section):
    """`[study]`: scenarios against a baseline, years, size of the design, authority, readings.

    `ramsey` sets second-best prices beside every scenario's; neither it nor `selection` moves a
    trial.
    """

    title: Languages
    city: Path
    scenarios: Annotated[list[Path], Field(min_length=1, max_length=100)]
    baseline: Text
    first_year: Year = 2025
    last_year: Year = 2035
    scramblings: Count = 8
    points: PowerOfTwo = 4
    replications: Count = 2
    seed: Annotated[int, Field(strict=True, ge=0, lt=2**63)] = 0
    authority: Literal["central", "city", "commune"] = "city"
    language: Literal["vi", "en"] = "vi"
    ramsey: Annotated[bool, Field(strict=True)] = False
    selection: SelectionSection | None = None
    attribution: Annotated[list[AttributionSection], Field(max_length=20)] = []


class HouseholdsSection(Section):
    """`[households]`: a sample of `size` households, or those of a survey's file."""

    enabled: Annotated[bool, Field(strict=True)] = True
    size: Annotated[int, Field(strict=True, ge=SMALLEST, le=LARGEST)] | None = None
    file: Path | None = None


class StudyFile(Section):
    """A study file: the study, and its household sample if there is one."""

    study: StudySection
    households: HouseholdsSection | None = None


class ScenarioFile(Section):
    """A scenario file without its parents' references: sections, and instruments by name."""

    scenario: Head
    people: PeopleSection = PeopleSection()
    economy: EconomySection = EconomySection()
    non_public: NonPublicSection = NonPublicSection()
    offices: dict[Name, OfficeSection] = {}
    parameters: dict[str, Uncertain] = {}
    instruments: dict[Name, Instrument] = {}


@cache
def scenario_file() -> type[ScenarioFile]:
    """The model of a scenario file, its instruments a union told apart by `kind`."""
    union: Any = reduce(or_, instrument_kinds().values())  # no type that mypy can follow
    entry: Any = Annotated[union, Field(discriminator=KIND)]
    return create_model("ScenarioFile", __base__=ScenarioFile, instruments=(dict[Name, entry], {}))


def model_at(
    path: tuple[str, ...],
    values: Mapping[str, object],
    root: type[BaseModel],
    kinds: Mapping[str, type[Instrument]],
) -> type[BaseModel] | None:
    """The model whose keys are allowed in the table at a key path, if a model rules it."""
    model: type[BaseModel] | None = root
    known = 0
    if path[:1] == ("instruments",) and len(path) > 1:
        model, known = kinds.get(_kind_written(values, path[:2])), 2
    elif path[:1] == ("offices",) and len(path) > 1:
        model, known = OfficeSection, 2
    for length in range(known + 1, len(path) + 1):
        if path[length - 1].isdigit():
            continue  # an entry of a list of tables has the keys of the list's model
        kind = _kind_written(values, path[:length])
        model = _model_of_field(model, path[length - 1], kind) if model is not None else None
    return model


def _kind_written(values: Mapping[str, object], path: tuple[str, ...]) -> str:
    """The kind that the table at a key path gives itself, if there is such a table."""
    table: object = values
    for key in path:
        table = table.get(key) if isinstance(table, dict) else None
    return str(table.get(KIND)) if isinstance(table, dict) else ""


def _model_of_field(model: type[BaseModel], key: str, kind: str) -> type[BaseModel] | None:
    """The model in the type of the field that a key names; of several, the one of a kind."""
    for name, field in model.model_fields.items():
        if key in {name, field.alias}:
            found = [*_models(field.annotation)]
            return next((one for one in found if kind in _kinds(one)), next(iter(found), None))
    return None


def _kinds(model: type[BaseModel]) -> tuple[object, ...]:
    field = model.model_fields.get(KIND)
    return get_args(field.annotation) if field is not None else ()


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)
