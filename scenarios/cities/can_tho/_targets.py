"""Targets: use, nests, elasticities and drop-out by need and quintile, fitted to the volumes."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from _cohorts import WORKING_AGE, Draft, Learners, Quintiles, resident_learners
from _tables import MILLIARD, QUINTILES, Cells, Row, by_script, raked

EPISODES = ("ambulatory", "inpatient", "preventive", "short_course")
NESTS = {
    "ambulatory": ("commune", "public_hospital", "non_public", "elsewhere"),
    "inpatient": ("public_hospital", "non_public", "elsewhere"),
    "preventive": ("commune", "public_hospital", "non_public"),
    "upper_secondary": ("public", "non_public", "continuing"),
    "higher_education": ("public", "non_public", "elsewhere"),
}
SCHOOLS = ("public", "non_public")
# Public schools below upper secondary admit by zone: only non-public pupils cross into
# another place, about a third of them.
ZONED = ("preschool", "primary", "lower_secondary")
CROSSING_SHARE = 0.35
# How the need of learners follows income: families' spending does (sources), places at school
# hardly do, since nearly every candidate already has one.
LEARNER_INCOME_ELASTICITY = {
    "preschool": 0.1,
    "primary": 0.0,
    "lower_secondary": 0.05,
    "upper_secondary": 0.1,
    "higher_education": 0.2,
}


@dataclass(frozen=True)
class Fitted:
    """Use of a need by quintile and its split over nests, meeting what the offers count."""

    need: str
    nests: tuple[str, ...]
    use: Quintiles
    shares: list[Quintiles]

    @property
    def elsewhere(self) -> float:
        """Residents' use outside the city."""
        if "elsewhere" not in self.nests:
            return 0.0
        column = self.nests.index("elsewhere")
        return sum(use * row[column] for use, row in zip(self.use, self.shares, strict=True))


def fitted(known: Learners, need: str, volumes: dict[str, float]) -> Fitted:
    """Use and nest shares of a need; `volumes`: residents' use of each nest inside the city."""
    nests = NESTS.get(need, SCHOOLS)
    seeds = [_seed(known, need, q, nests, volumes) for q in QUINTILES]
    use = _use(known, need, volumes)
    away = [row[nests.index("elsewhere")] if "elsewhere" in nests else 0.0 for row in seeds]
    inside = sum(number * (1.0 - share) for number, share in zip(use, away, strict=True))
    scale = sum(volumes.values()) / inside
    use = [number * scale for number in use]
    gone = sum(number * share for number, share in zip(use, away, strict=True))
    columns = [gone if nest == "elsewhere" else volumes[nest] for nest in nests]
    table = [[n * share for share in row] for n, row in zip(use, seeds, strict=True)]
    cells = raked(table, use, columns)
    shares = [[cell / n for cell in row] for n, row in zip(use, cells, strict=True)]
    return Fitted(need, nests, use, shares)


def _use(known: Learners, need: str, volumes: dict[str, float]) -> Quintiles:
    if need not in EPISODES:
        return resident_learners(known, need, volumes)
    ages = WORKING_AGE if need == "short_course" else (0, 200)
    rate = known.table.line("use_rate", need)
    return [known.people.aged(*ages, q) * rate[q] for q in QUINTILES]


def _seed(
    known: Learners, need: str, quintile: int, nests: tuple[str, ...], volumes: dict[str, float]
) -> Quintiles:
    table = known.table

    def share(target: str, nest: str = "all") -> float:
        return float(table.row(target, need, quintile, nest)["value"])

    if need in ("ambulatory", "inpatient", "preventive"):
        away = share("outside_city_share") if "elsewhere" in nests else 0.0
        return [
            away if nest == "elsewhere" else (1.0 - away) * share("nest_share", nest)
            for nest in nests
        ]
    private = share("non_public_share")
    rest = 0.0
    if need == "higher_education":
        rest = share("outside_city_share")
    if need == "upper_secondary":
        schools = table.line("school_age", need)[quintile] * table.line("enrolment", need)[quintile]
        rest = 1.0 - schools / resident_learners(known, need, volumes)[quintile]
    split = [(1.0 - rest) * (1.0 - private), (1.0 - rest) * private]
    return [*split, rest] if len(nests) == 3 else split


def rows(known: Learners, fits: dict[str, Fitted]) -> Iterator[Cells]:
    """Rows of targets.csv."""
    use = _use_rates(known, fits)
    for need, fit in fits.items():
        yield from _use_rows(known, fit, use[need])
        yield from _nest_rows(known, fit)
        yield from _copied(known.table, need, "outside_share", "share_of_need")
        yield from _copied(known.table, need, "elasticity", "elasticity")
        yield from _income(known.table, need)
        if need in known.hazard:
            yield from _drop_out(known, need)
        yield from _own_place(known.table, fit)
    for need in ("preschool", "primary", "lower_secondary", "upper_secondary"):
        row = known.table.row("elasticity_private_fee", need)
        yield _row(row, "elasticity_private_fee", need, "elasticity")
    yield from _aggregates(known.table)


def _use_rates(known: Learners, fits: dict[str, Fitted]) -> dict[str, Quintiles]:
    use: dict[str, Quintiles] = {}
    for need, fit in fits.items():
        if need in EPISODES:
            ages = WORKING_AGE if need == "short_course" else (0, 200)
            use[need] = [fit.use[q] / known.people.aged(*ages, q) for q in QUINTILES]
        else:
            use[need] = [fit.use[q] / known.per_use(need, q, use) for q in QUINTILES]
    return use


def _use_rows(known: Learners, fit: Fitted, use: Quintiles) -> Iterator[Cells]:
    measure = "episodes_per_person_year" if fit.need in EPISODES else "entrants_per_candidate"
    name = "use_rate" if ("use_rate", fit.need, "all", 0) in known.table.rows else "enrolment"
    for q in QUINTILES:
        row = known.table.row(name, fit.need, q)
        scale = use[q] / float(row["value"])
        low, high = (min(float(row[end]) * scale, 1e9) for end in ("low", "high"))
        note = "use that the volumes of offers.csv imply"
        if fit.need not in EPISODES:
            note = (
                "entrants a candidate (a child born, a completer, a resident of 15-59) whose"
                " stock by grade equals the learners of school year 2024-25"
            )
            high = high if fit.need in ("intermediate", "college") else min(high, 1.0)
        yield (
            *("use_rate", fit.need, q + 1, "all", use[q], low, max(high, use[q]), measure),
            by_script(note, row["source"]),
            row["status"],
        )


def _nest_rows(known: Learners, fit: Fitted) -> Iterator[Cells]:
    for q, (number, nest) in product(QUINTILES, enumerate(fit.nests)):
        share = fit.shares[q][number]
        # The last share is what is left, so that written digits add up to 1.
        if number == len(fit.nests) - 1:
            share = 1.0 - sum(float(f"{other:.7g}") for other in fit.shares[q][:-1])
            share = round(share, 12)
        health = ("nest_share", fit.need, "all" if nest == "all" else nest, q)
        row = known.table.rows.get(health)
        text = row["source"] if row else "shares of the analyst's tables by quintile"
        yield (
            *("nest_share", fit.need, q + 1, nest, f"{share:.10g}"),
            *((row["low"], row["high"]) if row else (None, None)),
            "share_of_use",
            by_script("raked so that nests add up to the volumes of offers.csv", text),
            row["status"] if row else "assumed",
        )


def _copied(table: Draft, need: str, target: str, measure: str) -> Iterator[Cells]:
    name = target
    if target == "elasticity" and ("elasticity_uninsured", need, "all", 0) in table.rows:
        name = "elasticity_uninsured"
    for q in QUINTILES:
        yield _row(table.row(name, need, q), target, need, measure, str(q + 1))


def _row(row: Row, target: str, need: str, measure: str, quintile: str = "all") -> Cells:
    return (
        *(target, need, quintile, "all", row["value"], row["low"], row["high"], measure),
        row["source"] or "judgement",
        row["status"],
    )


def _income(table: Draft, need: str) -> Iterator[Cells]:
    for q in QUINTILES:
        if need in LEARNER_INCOME_ELASTICITY:
            value = LEARNER_INCOME_ELASTICITY[need]
            yield (
                *("income_elasticity", need, q + 1, "all", value, 0.0, 2.0 * value, "elasticity"),
                "need for places, not spending (0.7-0.8, FACTS 7.3): nearly all candidates enter",
                "assumed",
            )
        else:
            sector = "health" if need in ("ambulatory", "inpatient", "preventive") else "vocational"
            row = table.row("income_elasticity_of_spending", sector, q)
            yield _row(row, "income_elasticity", need, "elasticity", str(q + 1))


def _drop_out(known: Learners, need: str) -> Iterator[Cells]:
    for q in QUINTILES:
        row = known.table.rows.get(("drop_out", need, "all", q))
        mixed = need == "upper_secondary"
        scale = known.hazard[need][q] / float(row["value"]) if row and mixed else 1.0
        low, high = (float(row[end]) * scale for end in ("low", "high")) if row else (0.0, 0.0)
        note = by_script("schools and centres by their entrants", row["source"]) if row else ""
        yield (
            *("drop_out", need, q + 1, "all", known.hazard[need][q], low, high, "share_a_year"),
            (note if mixed else row["source"]) if row else "preschool is left only for school",
            row["status"] if row else "assumed",
        )


def _own_place(table: Draft, fit: Fitted) -> Iterator[Cells]:
    row = table.row("own_place_share", fit.need)
    if fit.need not in ZONED:
        yield _row(row, "own_place_share", fit.need, "share_of_use")
        return
    private = fit.nests.index("non_public")
    crossing = sum(n * share[private] for n, share in zip(fit.use, fit.shares, strict=True))
    value = 1.0 - CROSSING_SHARE * crossing / sum(fit.use)
    yield (
        *("own_place_share", fit.need, "all", "all", value, None, 1.0, "share_of_use"),
        by_script("public schools admit by zone; 0.35 (0.2-0.5) of non-public pupils cross"),
        "assumed",
    )


def _aggregates(table: Draft) -> Iterator[Cells]:
    for q in QUINTILES:
        row = table.row("health_spending_per_head_month", "all", q)
        yield _row(row, "health_spending_per_head_month", "all", "vnd_month", str(q + 1))
    for target in (
        "oop_share",
        "che_40_capacity_households",
        "oop_over_10_consumption_people",
        "oop_over_25_consumption_people",
    ):
        yield _row(table.row(target, "all"), target, "all", "share")
    row = table.row("fund_outlay", "all")
    amounts = (float(row[column]) * MILLIARD for column in ("value", "low", "high"))
    yield (
        *("fund_outlay", "all", "all", "all", *amounts, "vnd_year"),
        row["source"],
        row["status"],
    )
    yield _row(table.row("revenue_in_area", "all"), "revenue_in_area", "all", "vnd_year")
