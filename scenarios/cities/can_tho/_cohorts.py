"""The analyst's targets, and learners by cohort: who may enter a level, who is in it."""

from dataclasses import dataclass

from _tables import LAST_SCHOOL_YEAR, QUINTILES, Residents, Row, kept, needs, source

WORKING_AGE = (15, 59)

NEEDS = needs()

Quintiles = list[float]


@dataclass(frozen=True)
class Draft:
    """The analyst's targets by target, need, nest and quintile (−1: all)."""

    rows: dict[tuple[str, str, str, int], Row]

    def row(self, target: str, need: str, quintile: int = -1, nest: str = "all") -> Row:
        """The row of a quintile, else that of all quintiles."""
        return self.rows.get((target, need, nest, quintile)) or self.rows[target, need, nest, -1]

    def line(self, target: str, need: str, nest: str = "all") -> Quintiles:
        """Values by quintile."""
        return [float(self.row(target, need, q, nest)["value"]) for q in QUINTILES]


def grades_of(need: str) -> int:
    """Years of a level, 0 for episodes."""
    return int(NEEDS[need]["grades"])


def draft() -> Draft:
    """Targets of health and of education in one table."""
    rows = [*source("targets_health"), *source("targets_education")]
    return Draft(
        {
            (
                row["target"],
                row["need"],
                row.get("nest", "all"),
                -1 if row["quintile"] == "all" else int(row["quintile"]) - 1,
            ): row
            for row in rows
        }
    )


def mean_drop_out(table: Draft) -> dict[str, float]:
    """Drop-out of training averaged over its entrants by quintile."""
    means = {}
    for need in ("intermediate", "college"):
        use, hazard = table.line("use_rate", need), table.line("drop_out", need)
        means[need] = sum(u * h for u, h in zip(use, hazard, strict=True)) / sum(use)
    return means


def outsider_share(table: Draft, people: Residents, intake: dict[str, float]) -> dict[str, float]:
    """Share of training's entrants who do not live in the city: intake beyond residents' use."""
    return {
        course: 1.0
        - sum(people.aged(*WORKING_AGE, q) * table.line("use_rate", course)[q] for q in QUINTILES)
        / entrants
        for course, entrants in intake.items()
    }


@dataclass(frozen=True)
class Learners:
    """Learners by need and quintile, and what feeds them."""

    table: Draft
    people: Residents
    births: dict[int, float]
    hazard: dict[str, Quintiles]

    def cohort(self, year: int, quintile: int) -> float:
        """Children of a birth year in a quintile: births spread like the residents under five."""
        children = [self.people.aged(0, 4, q) for q in QUINTILES]
        births = self.births[max(year, min(self.births))]
        return births * children[quintile] / sum(children)

    def candidates(self, need: str, year: int, quintile: int, use: dict[str, Quintiles]) -> float:
        """People who may enter grade 1 of a need in the school year that starts in `year`."""
        entry = NEEDS[need]["entry"]
        if entry == "births":
            return self.cohort(year - int(NEEDS[need]["entry_lag"]), quintile)
        if entry == "completers":
            before = NEEDS[need]["entry_from"]
            grades, hazard = grades_of(before), self.hazard[before][quintile]
            entered = self.candidates(before, year - grades, quintile, use) * use[before][quintile]
            return entered * (1.0 - hazard) ** grades
        return self.people.aged(*WORKING_AGE, quintile)

    def per_use(self, need: str, quintile: int, use: dict[str, Quintiles]) -> float:
        """Stock of learners at the start of the base year if every candidate entered.

        Grade g holds those who entered g − 1 years before school year 2024-25 and did not drop out.
        """
        return sum(
            self.candidates(need, LAST_SCHOOL_YEAR - grade, quintile, use)
            * (1.0 - self.hazard[need][quintile]) ** grade
            for grade in range(grades_of(need))
        )


def after_lower_secondary(table: Draft) -> tuple[Quintiles, Quintiles]:
    """Shares of those who complete lower secondary and go on to schools, and to centres."""
    target = "transition_after_lower_secondary"
    public, private, centre = (
        table.line(target, f"{where}upper_secondary{owner}")
        for where, owner in (("", "_public"), ("", "_non_public"), ("continuing_", ""))
    )
    return [one + two for one, two in zip(public, private, strict=True)], centre


def learners(table: Draft, people: Residents) -> Learners:
    """Birth cohorts and drop-out hazards; continuing education is part of upper secondary."""
    births = {
        int(row["year"]): float(row["value"])
        for row in kept("demography")
        if row["age_group"] == "history"
    }
    hazard = {
        need: table.line("drop_out", need) if need != "preschool" else [0.0] * 5
        for need in NEEDS
        if grades_of(need)
    }
    continuing = table.line("drop_out", "continuing_upper_secondary")
    school, centre = after_lower_secondary(table)
    hazard["upper_secondary"] = [
        (s * h + c * k) / (s + c)
        for s, h, c, k in zip(school, hazard["upper_secondary"], centre, continuing, strict=True)
    ]
    return Learners(table, people, births, hazard)


def resident_learners(known: Learners, need: str, volumes: dict[str, float]) -> Quintiles:
    """Resident learners by quintile, scaled to those that the units count."""
    table = known.table
    if need in ("intermediate", "college"):
        shape = [
            known.people.aged(*WORKING_AGE, q)
            * table.line("use_rate", need)[q]
            * sum((1.0 - known.hazard[need][q]) ** grade for grade in range(grades_of(need)))
            for q in QUINTILES
        ]
        return [number * sum(volumes.values()) / sum(shape) for number in shape]
    age, rate = table.line("school_age", need), table.line("enrolment", need)
    schools = [number * share for number, share in zip(age, rate, strict=True)]
    if need != "upper_secondary":
        return schools
    to_school, centre = after_lower_secondary(table)
    shape = [n * c / s for n, c, s in zip(schools, centre, to_school, strict=True)]
    return [n + c * volumes["continuing"] / sum(shape) for n, c in zip(schools, shape, strict=True)]
