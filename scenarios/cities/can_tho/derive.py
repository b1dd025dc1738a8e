"""Derives the tables of this city from the analyst's: `python derive.py [folder to write to]`.

Analyst's tables stand in sources/, tables kept by hand beside this file; it writes places, posts,
norms, units, offers, lots, cover and targets. Every row it computes says so in its source.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import _cohorts
import _health
import _learning
import _lots
import _targets
from _tables import HERE, Cells, Derived, derived, kept, residents, source, ward_share, write

UNIT = (
    "unit name_vi place sector unit_level ownership kind owner autonomy_tier beds"
    " posts_professional posts_other asset_value_vnd n_firms"
)
OFFER = (
    "unit service norm nest volume_2025 volume_known outsider_share capacity_year size price_norm"
    " own_price_vnd contracted urgent_share reach_km tuition_vnd right_route_share route_rule"
)
NORM = (
    "norm service scope ownership pay_group hours_professional hours_support hours_management"
    " direct_vnd overhead_rate depreciation_vnd useful_life_years bundle length_of_stay_days"
)
POST = (
    "pay_group post_class coefficient allowance allowance_rule employer_contribution"
    " paid_hours_year"
)
PLACE = "place name_vi kind ward_share latitude longitude registered_2025"
LOT = (
    "lot service place norm scheme unit volume_year months quality_floor ceiling_vnd user_share"
    " first_month"
)
COVER = "scheme need place_kind quintile class share low high from to"
TARGET = "target need quintile nest value low high unit_of_measure"
HEALTH_CLASSES = {"1": "full", "0.95": "c95", "0.8": "c80", "uninsured": "none"}
LEARNER_CLASSES = {"exempt": "exempt", "reduced": "reduced", "full": "full_fee"}


def main(folder: Path) -> None:
    """Write every derived table to a folder."""
    for table in tables():
        write(table, folder)


def tables() -> Iterator[Derived]:
    """Every derived table."""
    people, norm = residents(), _learning.items()
    known = _cohorts.learners(_cohorts.draft(), people)
    care = _health.care(people)
    entrants = _learning.Entrants(
        _cohorts.mean_drop_out(known.table),
        _cohorts.outsider_share(known.table, people, _learning.intake()),
    )
    learning = list(_learning.offers(norm, entrants))
    fits = {
        need: _targets.fitted(known, need, volumes)
        for need, volumes in _volumes(care, learning).items()
    }
    elsewhere = {need: fit.elsewhere for need, fit in fits.items()}
    health = list(_health.offers(care, elsewhere))
    yield derived("places.csv", PLACE, _places())
    yield derived("posts.csv", POST, [*_health.posts(), *_learning.posts(norm)])
    yield derived("norms.csv", NORM, [*_health.norms(), *_learning.norms(norm)])
    units = [*_health.units(), *_learning.units()]
    yield derived("units.csv", UNIT, units)
    study = _learning.study_elsewhere(elsewhere["higher_education"], norm)
    offers = sorted([*health, *learning, study], key=_order)
    place_of = {str(unit): str(place) for unit, _, place, *_ in units}
    yield derived("offers.csv", OFFER, offers)
    yield derived("lots.csv", LOT, _lots.rows(offers, place_of))
    yield derived("cover.csv", COVER, [*_health_cover(), *_learner_cover()])
    yield derived("targets.csv", TARGET, _targets.rows(known, fits))


def _order(offer: Cells) -> tuple[int, int]:
    need = {row["service"]: row["need"] for row in kept("services")}[str(offer[1])]
    needs = [row["need"] for row in kept("needs")]
    nests = _targets.NESTS.get(need, _targets.SCHOOLS)
    return needs.index(need), nests.index(str(offer[3]))


def _volumes(care: list[_health.Care], learning: list[Cells]) -> dict[str, dict[str, float]]:
    """Residents' use of each nest inside the city, by need."""
    need = {row["service"]: row["need"] for row in kept("services")}
    found: dict[str, dict[str, float]] = {row["need"]: {} for row in kept("needs")}
    for item in care:
        nests = found[need[item.service]]
        nest = _health.nest_of(item.scope)
        nests[nest] = nests.get(nest, 0.0) + item.volume * (1.0 - item.outsider_share)
    for row in learning:
        _, service, _, nest, volume, _, outsiders, *_ = map(str, row)
        nests = found[need[service]]
        nests[nest] = nests.get(nest, 0.0) + float(volume) * (1.0 - float(outsiders))
    return found


def _places() -> Iterator[Cells]:
    wards = ward_share()
    for row in source("places"):
        yield (
            *(row["place"], row["name"], row["kind"], wards[row["place"]]),
            *(row["latitude"], row["longitude"], row["registered_2025"]),
            "derive.py: ward share from communes.csv; registered people are the sum of the"
            " communes; centre weighted by people; kind is judgement (FACTS 17.3)",
            "estimated",
        )


def _health_cover() -> Iterator[Cells]:
    rows = source("cover_health")
    sums: dict[tuple[str, ...], float] = {}
    for row in rows:
        key = row["measure"], row["place_kind"], row["quintile"], row["from"]
        sums[key] = sums.get(key, 0.0) + float(row["share"])
    for row in rows:
        if row["measure"] != "cover_share":
            continue
        total = sums[row["measure"], row["place_kind"], row["quintile"], row["from"]]
        yield (
            *("health", "all", row["place_kind"], row["quintile"], HEALTH_CLASSES[row["class"]]),
            f"{float(row['share']) / total:.10g}",
            *(row["low"], row["high"], row["from"][:4], row["to"][:4]),
            "derive.py: shares normalised to 1; " + row["source"],
            row["status"],
        )


def _learner_cover() -> Iterator[Cells]:
    for row in source("cover_education"):
        for column, name in LEARNER_CLASSES.items():
            yield (
                *("learner", row["need"], row["place_kind"], row["quintile"], name, row[column]),
                *(None, None, 2025, None, row["source"], row["status"]),
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
