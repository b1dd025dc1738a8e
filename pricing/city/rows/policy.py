"""Rows of the tables about cover, law, targets, parameters and what the city must add up to."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pricing.city.columns import (
    Amount,
    Day,
    Flag,
    OptionalDay,
    OptionalReal,
    OptionalText,
    OptionalYear,
    Real,
    Share,
    Status,
    Text,
    Year,
    id_of,
    one_of,
    whole,
)
from pricing.city.rows._row import Row, Sourced
from pricing.city.rows.people import PLACE_KINDS, QUINTILES

ALL = "all"
LAW_STATUSES = ("enacted", "scheduled", "proposed")
AUTHORITIES = ("central", "city", "commune", "unit")
EVERY_QUINTILE = (ALL, *(str(q) for q in range(1, QUINTILES + 1)))


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverRow(Sourced):
    """Share of a place kind's quintile in one class of a scheme, for years `from` to `to`."""

    FILE: ClassVar[str] = "cover.csv"
    KEY: ClassVar[tuple[str, ...]] = (
        "scheme",
        "need",
        "place_kind",
        "quintile",
        "class_",
        "from_",
    )

    scheme: Annotated[str, id_of("scheme")]
    need: Annotated[str, id_of("need", ALL)]
    place_kind: Annotated[str, one_of(*PLACE_KINDS)]
    quintile: Annotated[int, whole(1, QUINTILES)]
    class_: Text
    share: Share
    low: OptionalReal
    high: OptionalReal
    from_: Year
    to: OptionalYear


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRow(Sourced):
    """A cover class: benefit of the insured, or share of tuition the budget takes over."""

    FILE: ClassVar[str] = "classes.csv"
    KEY: ClassVar[tuple[str, ...]] = ("scheme", "class_")

    scheme: Text
    class_: Text
    rate: Share
    rate_rule: OptionalText
    uninsured: Flag


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonRow(Sourced):
    """Use of a need in a calendar month over the mean month of the year."""

    FILE: ClassVar[str] = "seasons.csv"
    KEY: ClassVar[tuple[str, ...]] = ("need", "month")

    need: Annotated[str, id_of("need")]
    month: Annotated[int, whole(1, 12)]
    factor: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow(Sourced):
    """What calibration must meet, or what is reported beside its result."""

    FILE: ClassVar[str] = "targets.csv"
    KEY: ClassVar[tuple[str, ...]] = ("target", "need", "quintile", "nest")

    target: Text
    need: Annotated[str, id_of("need", ALL)]
    quintile: Annotated[str, one_of(*EVERY_QUINTILE)]
    nest: Text
    value: Real
    low: OptionalReal
    high: OptionalReal
    unit_of_measure: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterRow(Sourced):
    """A number of the model with its distribution."""

    FILE: ClassVar[str] = "parameters.csv"
    KEY: ClassVar[tuple[str, ...]] = ("name",)

    name: Text
    value: Real
    low: Real
    high: Real
    distribution: Annotated[str, one_of("fixed", "uniform", "triangular", "discrete")]
    unit_of_measure: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class LawRow(Row):
    """A value the law gives a rule from a day to a day; `status` is that of the law.

    `value` is a number, or words where `unit_of_measure` is `form`.
    """

    FILE: ClassVar[str] = "laws.csv"
    KEY: ClassVar[tuple[str, ...]] = ("rule", "from_", "status")

    rule: Text
    sector: Text
    value: Text
    unit_of_measure: Text
    from_: Day
    to: OptionalDay
    authority: Annotated[str, one_of(*AUTHORITIES)]
    status: Annotated[str, one_of(*LAW_STATUSES)]
    citation: Text
    source_tag: OptionalText
    note: OptionalText
    data_status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalRow(Sourced):
    """A published total the city's tables must add up to within a relative tolerance."""

    FILE: ClassVar[str] = "totals.csv"
    KEY: ClassVar[tuple[str, ...]] = ("total",)

    total: Text
    value: Real
    tolerance: Share
    unit_of_measure: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentRow(Sourced):
    """A range in which a result should lie that calibration does not aim at."""

    FILE: ClassVar[str] = "moments.csv"
    KEY: ClassVar[tuple[str, ...]] = ("moment",)

    moment: Text
    low: Real
    high: Real
    unit_of_measure: Text
