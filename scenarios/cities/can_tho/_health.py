"""Units, norms, pay and offers of health care."""

from collections.abc import Iterator
from dataclasses import dataclass

from _tables import MILLIARD, Cells, Residents, Row, by_script, kept, source

SCOPE_OF_KIND = {
    "regional_medical_centre": "district",
    "regional_medical_centre_site": "district",
    "district_centre": "district",
    "long_stay_hospital": "long_stay",
    "station_group": "commune",
    "private_hospital": "private",
    "clinic_group": "clinic",
    "preventive": "preventive",
}
NEST = {"commune": "commune", "private": "non_public", "clinic": "non_public"}
REACH_KM = {"commune": 12, "clinic": 25, "district": 45}
FAR_KM = 130
# Waiting rooms fill in the morning: visits at 1.3 times these stay below capacity.
VISIT_UTILISATION = {
    "commune": 0.65,
    "district": 0.70,
    "city": 0.74,
    "long_stay": 0.74,
    "central": 0.75,
    "private": 0.65,
    "clinic": 0.65,
}
CHECK_UP_UTILISATION = 0.65
OTHER_POSTS_PER_PROFESSIONAL = 0.45
ROUTE = "insurance_route."
OUTPATIENT_ROUTE = {
    "city": (0.7, f"{ROUTE}outpatient_self_specialised_former_provincial"),
    "long_stay": (0.7, f"{ROUTE}outpatient_self_specialised_former_provincial"),
    "central": (0.7, f"{ROUTE}outpatient_self_specialised_former_central"),
    "private": (0.7, f"{ROUTE}outpatient_self_basic_50_70_points"),
}
INPATIENT_ROUTE = {
    "city": (1.0, f"{ROUTE}inpatient_self_specialised_former_provincial"),
    "long_stay": (1.0, f"{ROUTE}inpatient_self_specialised_former_provincial"),
    "central": (0.8, f"{ROUTE}inpatient_self_specialised_former_central"),
}
ROUTE_NOTE = "right-route share assumed 0.7 (0.5-0.9) for visits, 0.8 (0.6-0.95) for central stays"
PRIVATE_CHECK_UP_VND = 350_000


@dataclass(frozen=True)
class Care:
    """One offer of care before it becomes a row."""

    unit: Row
    scope: str
    service: str
    volume: float
    outsider_share: float
    capacity: float
    size: float


def scope_of(unit: Row) -> str:
    """The norm scope of a unit: its kind's, else its level."""
    return SCOPE_OF_KIND.get(unit["kind"], unit["unit_level"])


def nest_of(scope: str) -> str:
    """The nest in which people find a scope."""
    return NEST.get(scope, "public_hospital")


def units() -> Iterator[Cells]:
    """Rows of units.csv."""
    firms = _firms()
    for unit in source("units_health"):
        owner = {"central": "central", "commune": "commune"}.get(unit["unit_level"], "city")
        professionals = float(unit["professionals"])
        yield (
            unit["unit"],
            unit["name_vi"],
            unit["place"],
            "health",
            unit["unit_level"],
            unit["ownership"],
            unit["kind"],
            owner if unit["ownership"] == "public" else None,
            unit["autonomy_tier"],
            unit["beds"],
            unit["professionals"],
            float(round(professionals * OTHER_POSTS_PER_PROFESSIONAL)),
            float(unit["asset_value_bn_vnd"]) * MILLIARD,
            firms.get(unit["unit"], 1),
            unit["source"] + "; other posts 0.45 (0.3-0.6) of professionals (assumed)",
            unit["status"],
        )
    yield (
        *("outside", "Ngoài thành phố", None, "health", "central", "public", "outside"),
        *(None, None, 0, 0, 0, 0, 1),
        "care and study elsewhere: one offer a need, so that what leaves the city is chosen",
        "assumed",
    )


def _firms() -> dict[str, int]:
    """Providers in a group: communes of the place for stations, clinics by visits."""
    communes = [row["place"] for row in kept("communes")]
    groups = [row for row in source("units_health") if row["kind"] == "clinic_group"]
    visits = sum(float(row["outpatient_visits_year"]) for row in groups)
    clinics = len(groups) * _pay()["clinics_per_group"][0]
    return {
        row["unit"]: max(1, round(clinics * float(row["outpatient_visits_year"]) / visits))
        if row["kind"] == "clinic_group"
        else communes.count(row["place"])
        for row in source("units_health")
        if row["kind"] in ("clinic_group", "station_group")
    }


def _pay() -> dict[str, tuple[float, Row]]:
    return {row["item"]: (float(row["value"]), row) for row in source("pay_health")}


def norms() -> Iterator[Cells]:
    """Rows of norms.csv for health: per visit, stay, check-up, before the bundle scale."""
    for row in source("norms_health"):
        private = row["scope"] in ("private", "clinic")
        yield (
            f"{row['service']}_{row['scope']}",
            row["service"],
            row["scope"],
            "non_public" if private else "public",
            "health_station" if row["scope"] == "commune" else "health_hospital",
            row["hours_professional"],
            row["hours_support"],
            row["hours_management"],
            row["direct_cost_vnd"],
            row["overhead_rate"],
            row["depreciation_vnd"],
            row["useful_life_years"],
            1,
            row["length_of_stay_days"],
            row["source"],
            row["status"],
        )


def posts() -> Iterator[Cells]:
    """Rows of posts.csv for health, from sources/pay_health.csv."""
    pay = _pay()
    rules = {
        ("health_hospital", "professional"): "ordinary_care_laboratory_nursing",
        ("health_station", "professional"): "stations_and_preventive",
        ("health_hospital", "support"): "school_nurses_non_medical",
        ("health_station", "support"): "school_nurses_non_medical",
    }
    for group in ("health_hospital", "health_station"):
        for post in ("professional", "support", "management"):
            coefficient, row = pay[f"pay_coefficient_{post}"]
            rule = rules.get((group, post))
            yield (
                group,
                post,
                coefficient,
                pay[f"allowance_base_{post}"][0],
                f"health_allowance.{rule}" if rule else None,
                pay["employer_contribution"][0],
                12 * pay["paid_hours"][0],
                row["source"] + "; allowance inside the price of 2025, later changes by law",
                row["status"],
            )


def care(people: Residents) -> list[Care]:
    """Every offer of care inside the city."""
    rates = {
        (row["need"], row["nest"]): float(row["value"])
        for row in source("targets_health")
        if row["target"] == "outsider_share"
    }
    stay = {
        row["scope"]: float(row["length_of_stay_days"])
        for row in source("norms_health")
        if row["service"] == "inpatient_stay"
    }
    found: list[Care] = []
    for unit in source("units_health"):
        scope = scope_of(unit)
        group = "city" if scope == "long_stay" else scope
        visits, stays = (
            float(unit[f"{name}_year"]) for name in ("outpatient_visits", "inpatient_stays")
        )
        if visits > 0.0:
            service = "commune_consultation" if scope == "commune" else "hospital_outpatient_visit"
            found.append(
                Care(
                    unit,
                    scope,
                    service,
                    visits,
                    rates["ambulatory", group],
                    visits / VISIT_UTILISATION[scope],
                    float(unit["professionals"]),
                )
            )
        if stays > 0.0:
            beds = float(unit["beds"])
            capacity = beds * 365.0 / stay[scope]
            found.append(
                Care(
                    unit, scope, "inpatient_stay", stays, rates["inpatient", group], capacity, beds
                )
            )
    return found + check_ups(people)


def check_ups(people: Residents) -> list[Care]:
    """Preventive check-ups: use by nest, spread over units by residents or by visits."""
    weights: dict[str, list[tuple[Row, float]]] = {}
    for unit in source("units_health"):
        scope = scope_of(unit)
        if scope in ("commune", "district"):
            weights.setdefault(nest_of(scope), []).append((unit, people.of_place(unit["place"])))
        elif scope in ("private", "clinic"):
            visits = float(unit["outpatient_visits_year"])
            weights.setdefault("non_public", []).append((unit, visits))
    targets = {
        (row["target"], row["nest"], int(row["quintile"]) - 1): float(row["value"])
        for row in source("targets_health")
        if row["need"] == "preventive" and row["quintile"] != "all"
    }
    found = []
    for nest, members in weights.items():
        volume = sum(
            people.of_quintile(q) * targets["use_rate", "all", q] * targets["nest_share", nest, q]
            for q in range(5)
        )
        total = sum(weight for _, weight in members)
        for unit, weight in members:
            share = volume * weight / total
            capacity = share / CHECK_UP_UTILISATION
            size = float(unit["professionals"])
            found.append(
                Care(unit, scope_of(unit), "preventive_check_up", share, 0.0, capacity, size)
            )
    return found


def offers(found: list[Care], elsewhere: dict[str, float]) -> Iterator[Cells]:
    """Rows of offers.csv for health; `elsewhere`: residents' use outside the city by need."""
    urgent = {
        (row["service"], row["scope"]): row["urgent_share"] for row in source("services_health")
    }
    for item in found:
        yield _offer(item, urgent)
    outside = {"ambulatory": "hospital_outpatient_visit", "inpatient": "inpatient_stay"}
    for need, service in outside.items():
        routes = OUTPATIENT_ROUTE if need == "ambulatory" else INPATIENT_ROUTE
        share, rule = routes["central"]
        yield (
            *("outside", service, f"{service}_central", "elsewhere", elsewhere[need], 0, 0),
            *(elsewhere[need] / 0.75, elsewhere[need], f"{service}_central", None, 1),
            *(urgent[service, "central"], None, None, share, rule),
            by_script("outside_city_share of residents' use; price and cost of a central unit"),
            "assumed",
        )


def _offer(item: Care, urgent: dict[tuple[str, str], str]) -> Cells:
    scope, service = item.scope, item.service
    inpatient, check_up = service == "inpatient_stay", service == "preventive_check_up"
    norm_scope = scope if inpatient or scope != "long_stay" else "city"
    if check_up and scope == "clinic":
        norm_scope = "private"
    routes = INPATIENT_ROUTE if inpatient else OUTPATIENT_ROUTE
    share, rule = (1.0, None) if check_up else routes.get(scope, (1.0, None))
    own = _own_price(scope, check_up=check_up)
    # Circular 21/2024: the fund pays a private hospital the price of the city's hospitals.
    price_scope = "city" if scope == "private" else norm_scope
    known = not check_up
    notes = [
        "check-ups by nest, spread over units by residents or visits" if check_up else "",
        "" if inpatient else "capacity from an assumed use of it, 0.60-0.80",
        "beds x 365 / length of stay" if inpatient else "",
        ROUTE_NOTE if rule else "",
    ]
    return (
        item.unit["unit"],
        service,
        f"{service}_{norm_scope}",
        nest_of(scope),
        item.volume,
        int(known),
        item.outsider_share,
        item.capacity,
        item.size,
        None if own else f"{service}_{price_scope}",
        own,
        int(not check_up and scope != "clinic"),
        urgent.get((service, norm_scope), "0"),
        REACH_KM.get(scope, FAR_KM),
        None,
        share,
        rule,
        by_script("; ".join(note for note in notes if note), item.unit["source"]),
        "assumed" if check_up else _weaker(item.unit["status"]),
    )


def _own_price(scope: str, *, check_up: bool) -> int | None:
    if check_up:
        return PRIVATE_CHECK_UP_VND if scope in ("private", "clinic") else None
    if scope != "clinic":
        return None
    row = next(row for row in source("services_health") if row["scope"] == "clinic")
    return int(row["fee_vnd"])


def _weaker(status: str) -> str:
    return "estimated" if status in ("published", "statutory") else status
