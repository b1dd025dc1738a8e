"""Needs, the services that meet them, what a unit of each may cost, and what posts are paid."""

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, BoolArray, IntArray, frozen
from pricing.city.arrays import frozen_flags, frozen_ints, positions
from pricing.city.rows.services import POST_CLASSES, NeedRow, NormRow, PostRow, ServiceRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What people seek, on axis (need,).

    `sector` indexes the city's sectors, `entry_from` a need (−1: none), `scheme` the cover schemes.
    `is_enrolment`: learners by grade instead of episodes. Ages are inclusive. See `NeedRow`.
    """

    id: tuple[str, ...]
    sector: IntArray
    dynamics: tuple[str, ...]
    is_enrolment: BoolArray
    trips: Array
    age_from: IntArray
    age_to: IntArray
    grades: IntArray
    entry: tuple[str, ...]
    entry_from: IntArray
    entry_lag: IntArray
    intake_month: IntArray
    teaching_months: IntArray
    scheme: tuple[str, ...]
    self_care: BoolArray

    @classmethod
    def of(cls, rows: tuple[NeedRow, ...], sectors: tuple[str, ...]) -> "Needs":
        """Needs in file order."""
        ids = tuple(row.need for row in rows)
        return cls(
            id=ids,
            sector=positions((row.sector for row in rows), sectors),
            dynamics=tuple(row.dynamics for row in rows),
            is_enrolment=frozen_flags(row.dynamics == "enrolment" for row in rows),
            trips=frozen([row.trips for row in rows]),
            age_from=frozen_ints(row.age_from for row in rows),
            age_to=frozen_ints(row.age_to for row in rows),
            grades=frozen_ints(row.grades for row in rows),
            entry=tuple(row.entry for row in rows),
            entry_from=positions((row.entry_from for row in rows), ids),
            entry_lag=frozen_ints(row.entry_lag for row in rows),
            intake_month=frozen_ints(row.intake_month for row in rows),
            teaching_months=frozen_ints(row.teaching_months for row in rows),
            scheme=tuple(row.classes for row in rows),
            self_care=frozen_flags(row.self_care for row in rows),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What is produced and priced, on axis (service,).

    `charges_month`: the family's other spending per unit of output (a pupil-month); VND.
    """

    id: tuple[str, ...]
    need: IntArray
    sector: IntArray
    unit_of_output: tuple[str, ...]
    charges_month: Array

    @classmethod
    def of(cls, rows: tuple[ServiceRow, ...], needs: Needs, sectors: tuple[str, ...]) -> "Services":
        """Services in file order."""
        need = positions((row.need for row in rows), needs.id)
        months = np.maximum(needs.teaching_months[need], 1)
        return cls(
            id=tuple(row.service for row in rows),
            need=need,
            sector=positions((row.sector for row in rows), sectors),
            unit_of_output=tuple(row.unit_of_output for row in rows),
            charges_month=frozen(np.array([row.charges_year_vnd for row in rows]) / months),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Posts:
    """Pay of posts in the base year, on axes (pay group, post class).

    `employer` is the employer's contribution on pay, `paid_hours` the hours paid a year,
    `allowance_rule` the law whose change since the base year adds to `allowance` (blank: none).
    """

    id: tuple[str, ...]
    coefficient: Array
    allowance: Array
    employer: Array
    paid_hours: Array
    allowance_rule: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, rows: tuple[PostRow, ...]) -> "Posts":
        """Pay groups in file order, post classes in the order of POST_CLASSES."""
        ids = tuple(dict.fromkeys(row.pay_group for row in rows))
        table = {(row.pay_group, row.post_class): row for row in rows}
        grid = [[table[group, post] for post in POST_CLASSES] for group in ids]
        return cls(
            id=ids,
            coefficient=frozen([[row.coefficient for row in line] for line in grid]),
            allowance=frozen([[row.allowance for row in line] for line in grid]),
            employer=frozen([[row.employer_contribution for row in line] for line in grid]),
            paid_hours=frozen([[row.paid_hours_year for row in line] for line in grid]),
            allowance_rule=tuple(tuple(row.allowance_rule for row in line) for line in grid),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Norms:
    """Economic-technical norms, per unit of output of the base year, on axis (norm,).

    `hours` (norm, post class); `direct`, `depreciation` VND; `bundle`: the sector's bundle scale
    applies; `length_of_stay` days, 0 where nobody stays.
    """

    id: tuple[str, ...]
    service: IntArray
    scope: tuple[str, ...]
    is_public: BoolArray
    pay_group: IntArray
    hours: Array
    direct: Array
    overhead_rate: Array
    depreciation: Array
    useful_life: Array
    bundle: BoolArray
    length_of_stay: Array

    @classmethod
    def of(cls, rows: tuple[NormRow, ...], services: Services, posts: Posts) -> "Norms":
        """Norms in file order."""
        return cls(
            id=tuple(row.norm for row in rows),
            service=positions((row.service for row in rows), services.id),
            scope=tuple(row.scope for row in rows),
            is_public=frozen_flags(row.ownership == "public" for row in rows),
            pay_group=positions((row.pay_group for row in rows), posts.id),
            hours=frozen(
                [[row.hours_professional, row.hours_support, row.hours_management] for row in rows]
            ),
            direct=frozen([row.direct_vnd for row in rows]),
            overhead_rate=frozen([row.overhead_rate for row in rows]),
            depreciation=frozen([row.depreciation_vnd for row in rows]),
            useful_life=frozen([row.useful_life_years for row in rows]),
            bundle=frozen_flags(row.bundle for row in rows),
            length_of_stay=frozen([row.length_of_stay_days for row in rows]),
        )
