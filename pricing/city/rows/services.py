"""Rows of the tables about needs, services, norms and posts."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pricing.city.columns import (
    Amount,
    Flag,
    OptionalText,
    Positive,
    Real,
    Share,
    Text,
    id_of,
    number,
    one_of,
    whole,
)
from pricing.city.rows._row import Sourced

OWNERSHIPS = ("public", "non_public")
POST_CLASSES = ("professional", "support", "management")
ENTRIES = ("births", "completers", "residents", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRow(Sourced):
    """What people seek: how it unfolds, who is at risk, where its learners come from.

    `grades` years of schooling; `entry` says whose number feeds grade 1: the births of
    `entry_lag` years ago, the completers of need `entry_from`, or residents of the age band.
    """

    FILE: ClassVar[str] = "needs.csv"
    KEY: ClassVar[tuple[str, ...]] = ("need",)

    need: Text
    sector: Text
    dynamics: Annotated[str, one_of("episode", "enrolment")]
    trips: Amount
    age_from: Annotated[int, whole(0, 120)]
    age_to: Annotated[int, whole(0, 120)]
    grades: Annotated[int, whole(0, 12)]
    entry: Annotated[str, one_of(*ENTRIES)]
    entry_from: Annotated[str, id_of("need", blank="")]
    entry_lag: Annotated[int, whole(0, 30, blank=0)]
    intake_month: Annotated[int, whole(1, 12, blank=0)]
    teaching_months: Annotated[int, whole(0, 12, blank=0)]
    classes: Annotated[str, id_of("scheme")]
    self_care: Flag


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRow(Sourced):
    """What is produced and priced for one need."""

    FILE: ClassVar[str] = "services.csv"
    KEY: ClassVar[tuple[str, ...]] = ("service",)

    service: Text
    need: Annotated[str, id_of("need")]
    sector: Text
    unit_of_output: Text
    charges_year_vnd: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class NormRow(Sourced):
    """Economic-technical norm of a service at one scope: all per unit of output.

    Enrolment services are priced by the pupil-month. `overhead_rate` is management over
    labour + direct. `bundle`: the sector's bundle scale multiplies hours and amounts.
    """

    FILE: ClassVar[str] = "norms.csv"
    KEY: ClassVar[tuple[str, ...]] = ("norm",)

    norm: Text
    service: Annotated[str, id_of("service")]
    scope: Text
    ownership: Annotated[str, one_of(*OWNERSHIPS)]
    pay_group: Annotated[str, id_of("pay_group")]
    hours_professional: Amount
    hours_support: Amount
    hours_management: Amount
    direct_vnd: Amount
    overhead_rate: Share
    depreciation_vnd: Amount
    useful_life_years: Positive
    bundle: Flag
    length_of_stay_days: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRow(Sourced):
    """Pay of one class of posts: coefficient × base salary × (1 + allowance) × (1 + employer's).

    The change of law `allowance_rule` since the base year is added to the allowance.
    """

    FILE: ClassVar[str] = "posts.csv"
    KEY: ClassVar[tuple[str, ...]] = ("pay_group", "post_class")

    pay_group: Text
    post_class: Annotated[str, one_of(*POST_CLASSES)]
    coefficient: Positive
    allowance: Real
    allowance_rule: OptionalText
    employer_contribution: Share
    paid_hours_year: Annotated[float, number(above=0.0)]
