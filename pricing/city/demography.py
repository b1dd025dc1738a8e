"""Births, deaths and moves by single year of age, and the people of the base year by age."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, frozen
from pricing.city.places import People, Places
from pricing.city.rows.people import PLACE_KINDS, VARIANTS, AgeRow, DemographyRow

AGES = 101
GROUP_YEARS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Ages:
    """Age structure of each place kind at the start of the base year; `share` (kind, group)."""

    groups: tuple[str, ...]
    share: Array

    @classmethod
    def of(cls, rows: tuple[AgeRow, ...]) -> "Ages":
        """Age groups in the order of their first age."""
        groups = tuple(sorted({row.age_group for row in rows}, key=first_age))
        share = np.zeros((len(PLACE_KINDS), len(groups)))
        for row in rows:
            share[PLACE_KINDS.index(row.place_kind), groups.index(row.age_group)] = row.share
        return cls(groups=groups, share=frozen(share))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Yearly rates of one variant; (year, age) of the years from the base year on.

    `survival`: alive after a year; `migration`: net movers a resident; `fertility`: births a woman;
    `birth_survival` (year,): alive at the end of the year of birth.
    """

    survival: Array
    migration: Array
    fertility: Array
    birth_survival: Array

    def blend(self, other: "Rates", weight: float) -> "Rates":
        """These rates and `weight` of the way to others."""

        def between(one: Array, two: Array) -> Array:
            return frozen((1.0 - weight) * one + weight * two)

        return Rates(
            survival=between(self.survival, other.survival),
            migration=between(self.migration, other.migration),
            fertility=between(self.fertility, other.fertility),
            birth_survival=between(self.birth_survival, other.birth_survival),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Demography:
    """What moves the people: rates by variant, and the births behind today's children.

    Parameters
    ----------
    rates
        Variant → rates.
    births_history
        Calendar year → resident birth cohort, years before the base year.
    female_share
        Women among residents of child-bearing age.
    reference
        Variant → (`births`, `residents`) of the analyst's own projection, (2, year): a check.
    """

    base_year: int
    n_years: int
    rates: Mapping[str, Rates]
    births_history: Mapping[int, float]
    female_share: float
    reference: Mapping[str, Array]

    @property
    def survival(self) -> dict[str, Array]:
        """Variant → share alive after a year, (year, age)."""
        return {variant: rates.survival for variant, rates in self.rates.items()}

    @property
    def migration(self) -> dict[str, Array]:
        """Variant → net movers a resident and year, (year, age)."""
        return {variant: rates.migration for variant, rates in self.rates.items()}

    @property
    def fertility(self) -> dict[str, Array]:
        """Variant → births a woman and year, (year, age)."""
        return {variant: rates.fertility for variant, rates in self.rates.items()}


def demography(rows: tuple[DemographyRow, ...], ages: Ages, base_year: int) -> Demography:
    """Rates and past births, five-year groups spread over single years of age."""
    value = {(row.variant, row.parameter, row.age_group, row.year): row.value for row in rows}
    n_years = 1 + max(row.year for row in rows if row.age_group != "history") - base_year
    years = range(base_year, base_year + n_years)
    group_of_age = [
        ages.groups[min(age // GROUP_YEARS, len(ages.groups) - 1)] for age in range(AGES)
    ]

    def by_age(variant: str, parameter: str) -> Array:
        return frozen(
            [
                [value.get((variant, parameter, group, year), 0.0) for group in group_of_age]
                for year in years
            ]
        )

    def by_year(variant: str, parameter: str, group: str) -> Array:
        return frozen([value[variant, parameter, group, year] for year in years])

    return Demography(
        base_year=base_year,
        n_years=n_years,
        rates={
            variant: Rates(
                survival=by_age(variant, "survival"),
                migration=by_age(variant, "net_migration"),
                fertility=by_age(variant, "fertility"),
                birth_survival=by_year(variant, "survival", "birth"),
            )
            for variant in VARIANTS
        },
        births_history={row.year: row.value for row in rows if row.age_group == "history"},
        female_share=next(row.value for row in rows if row.parameter == "female_share"),
        reference={
            variant: np.stack([by_year(variant, name, "all") for name in ("births", "residents")])
            for variant in VARIANTS
        },
    )


def residents_by_age(
    places: Places, people: People, ages: Ages, births_history: Mapping[int, float], base_year: int
) -> Array:
    """Residents at the start of the base year, (place, quintile, single year of age).

    A five-year group is spread over its years like the birth cohorts behind it where these are
    known, else evenly; the last group stands at its first age and grows older from there.
    """
    spread = np.zeros((len(ages.groups), AGES))
    for number, group in enumerate(ages.groups):
        first = first_age(group)
        years = [first] if group.endswith("+") else range(first, first + GROUP_YEARS)
        cohort = [births_history.get(base_year - 1 - age, np.nan) for age in years]
        weight = np.ones(len(cohort)) if np.isnan(cohort).any() else np.array(cohort)
        spread[number, list(years)] = weight / weight.sum()
    by_kind = ages.share @ spread
    table: Array = people.residents[:, :, None] * by_kind[places.kind][:, None, :]
    return table


def first_age(group: str) -> int:
    """First age of a group such as `15-19` or `80+`."""
    return int(group.rstrip("+").split("-")[0])
