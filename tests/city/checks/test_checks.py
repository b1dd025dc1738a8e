"""Breaches between tables: each is one problem that names file, line and column."""

import pytest

from pricing.base.errors import InputError
from pricing.city.load import load_city
from tests.builders import cell, times, toy_folder

BREACHES = {
    "unit in an unknown place": (
        cell("units.csv", "place", "aa", unit="hospital_a"),
        ("units.csv", "place", "aa"),
    ),
    "offer of an unknown unit": (
        cell("offers.csv", "unit", "hospital_b", unit="hospital_a", service="inpatient_stay"),
        ("offers.csv", "unit", "hospital_b"),
    ),
    "offer with an unknown norm": (
        cell("offers.csv", "norm", "visit_citi", unit="hospital_a", norm="visit_city"),
        ("offers.csv", "norm", "visit_citi"),
    ),
    "norm of another service": (
        cell("offers.csv", "norm", "stay_city", unit="hospital_a", norm="visit_city"),
        ("offers.csv", "norm", "stay_city"),
    ),
    "price norm of another service": (
        cell("offers.csv", "price_norm", "stay_city", unit="hospital_a", norm="visit_city"),
        ("offers.csv", "price_norm", "stay_city"),
    ),
    "offer without a price": (
        cell("offers.csv", "own_price_vnd", "", unit="clinics_a"),
        ("offers.csv", "own_price_vnd", "no price"),
    ),
    "offer with two prices": (
        cell("offers.csv", "own_price_vnd", 5, unit="hospital_a", norm="visit_city"),
        ("offers.csv", "own_price_vnd", "both prices"),
    ),
    "use above capacity": (
        times("offers.csv", "capacity_year", 0.5, unit="hospital_a", norm="stay_city"),
        ("offers.csv", "capacity_year", "1.86 of capacity used in the base year"),
    ),
    "use far below capacity": (
        times("offers.csv", "capacity_year", 4.0, unit="hospital_a", norm="stay_city"),
        ("offers.csv", "capacity_year", "0.23 of capacity used in the base year"),
    ),
    "unknown route rule": (
        cell("offers.csv", "route_rule", "insurance_route.x", unit="outside", norm="visit_city"),
        ("offers.csv", "route_rule", "insurance_route.x"),
    ),
    "unit without a place": (
        cell("units.csv", "place", "", unit="clinics_a"),
        ("units.csv", "place", "nothing"),
    ),
    "public unit without an owner": (
        cell("units.csv", "owner", "", unit="hospital_a"),
        ("units.csv", "owner", "nothing"),
    ),
    "unknown sector": (
        cell("units.csv", "sector", "helth", unit="hospital_a"),
        ("units.csv", "sector", "helth"),
    ),
    "need of another sector": (
        cell("needs.csv", "sector", "vocational", need="primary"),
        ("needs.csv", "need", "primary"),
    ),
    "dynamics the sector does not have": (
        cell("needs.csv", "dynamics", "enrolment", need="short_course"),
        ("needs.csv", "dynamics", "enrolment"),
    ),
    "scheme of another sector": (
        cell("needs.csv", "classes", "health", need="primary"),
        ("needs.csv", "classes", "health"),
    ),
    "service in the sector of another need": (
        cell("services.csv", "sector", "health", service="primary"),
        ("services.csv", "sector", "health"),
    ),
    "learners without grades": (
        cell("needs.csv", "grades", 0, need="primary"),
        ("needs.csv", "grades", "0 grades, 9 months"),
    ),
    "learners from nowhere": (
        cell("needs.csv", "entry", "none", need="primary"),
        ("needs.csv", "entry", "none"),
    ),
    "completers of nothing": (
        cell("needs.csv", "entry_from", "", need="upper_secondary"),
        ("needs.csv", "entry_from", "nothing"),
    ),
    "nest shares that miss 1": (
        cell("targets.csv", "value", 0.3, target="nest_share", need="primary", nest="public"),
        ("targets.csv", "value", "a sum of 0.302 for primary, quintile 1"),
    ),
    "nest without a share": (
        cell("targets.csv", "nest", "all", target="nest_share", need="preventive", nest="commune"),
        ("needs.csv", "nest_share", "quintile 1 lacks commune"),
    ),
    "target of an unknown nest": (
        cell("targets.csv", "nest", "home", target="own_place_share", need="primary"),
        ("targets.csv", "nest", "home"),
    ),
    "need without a target": (
        cell("targets.csv", "target", "use_rates", target="use_rate", need="college"),
        ("needs.csv", "use_rate", "rows for 0 quintiles"),
    ),
    "top-up in an unknown nest": (
        cell("topups.csv", "nest", "private", nest="non_public", need="inpatient"),
        ("topups.csv", "nest", "private"),
    ),
    "cover that misses 1": (
        cell("cover.csv", "share", 0, scheme="learner", need="primary", **{"class": "exempt"}),
        ("cover.csv", "share", "a sum of 0 for learner, primary, urban, 1 from 2025"),
    ),
    "unknown class": (
        cell("cover.csv", "class", "c85", scheme="health", **{"class": "c80"}),
        ("cover.csv", "class", "c85"),
    ),
    "period without shares of a kind": (
        cell("cover.csv", "from", 2026, scheme="learner", need="primary", place_kind="urban"),
        ("cover.csv", "learner, primary, 2025, urban, 1", "no rows"),
    ),
    "overlapping laws": (
        cell("laws.csv", "to", "2026-12-31", rule="base_salary", value=2340000),
        ("laws.csv", "from", "base_salary from 2026-07-01"),
    ),
    "law that ends before it begins": (
        cell("laws.csv", "to", "2024-01-01", rule="base_salary", value=2340000),
        ("laws.csv", "to", "2024-01-01"),
    ),
    "law whose value is no number": (
        cell("laws.csv", "value", "much", rule="free_check_up.times"),
        ("laws.csv", "value", "much"),
    ),
    "allowance by no law": (
        cell("posts.csv", "allowance_rule", "health_allowance.x", pay_group="station"),
        ("posts.csv", "allowance_rule", "health_allowance.x"),
    ),
    "benefit by no law": (
        cell("classes.csv", "rate_rule", "insurance_benefit.x", **{"class": "c80"}),
        ("classes.csv", "rate_rule", "insurance_benefit.x"),
    ),
    "seasons that do not average 1": (
        cell("seasons.csv", "factor", 2, need="inpatient", month=1),
        ("seasons.csv", "factor", "a sum of 13.05 for inpatient"),
    ),
    "parameter below its range": (
        cell("parameters.csv", "low", 0.7, name="nest_lambda"),
        ("parameters.csv", "value", "0.7, 0.6, 0.8"),
    ),
    "ages that miss 1": (
        cell("ages.csv", "share", 0, place_kind="rural", age_group="0-4"),
        ("ages.csv", "share", "a sum of 0.93572 for rural"),
    ),
    "age group that is none": (
        cell("ages.csv", "age_group", "young", age_group="0-4"),
        ("ages.csv", "age_group", "young"),
    ),
    "gap between age groups": (
        cell("ages.csv", "age_group", "95-99", age_group="40-44"),
        ("ages.csv", "age_group", None),
    ),
    "rates of an unknown age group": (
        cell("demography.csv", "age_group", "1-2", age_group="0-4", parameter="survival"),
        ("demography.csv", "age_group", "1-2"),
    ),
    "registered people that the communes miss": (
        cell("places.csv", "registered_2025", 80000, place="a"),
        ("places.csv", "registered_2025", "80000"),
    ),
    "form of purchase that is none": (
        cell("laws.csv", "value", "assign|lease", rule="purchase_form.higher_education"),
        ("laws.csv", "value", "lease"),
    ),
    "lot of an unknown service": (
        cell("lots.csv", "service", "check_up", lot="check_up_a"),
        ("lots.csv", "service", "check_up"),
    ),
    "lot for an unknown place": (
        cell("lots.csv", "place", "z", lot="check_up_a"),
        ("lots.csv", "place", "z"),
    ),
    "lot of an unknown unit": (
        cell("lots.csv", "unit", "stations_z", lot="check_up_a"),
        ("lots.csv", "unit", "stations_z"),
    ),
    "lot at an unknown norm": (
        cell("lots.csv", "norm", "check_up", lot="check_up_a"),
        ("lots.csv", "norm", "check_up"),
    ),
    "lot at the norm of another service": (
        cell("lots.csv", "norm", "visit_city", lot="check_up_a"),
        ("lots.csv", "norm", "visit_city"),
    ),
    "lot from a unit without the service": (
        cell("lots.csv", "unit", "clinics_a", lot="check_up_a"),
        ("lots.csv", "unit", "clinics_a"),
    ),
    "lot from a unit that does not reach the place": (
        cell("lots.csv", "unit", "schools_c", lot="preschool_b"),
        ("lots.csv", "unit", "schools_c"),
    ),
    "lot in a form that is none": (
        cell("lots.csv", "scheme", "lease", lot="check_up_a"),
        ("lots.csv", "scheme", "lease"),
    ),
    "lot of nothing": (
        cell("lots.csv", "volume_year", 0, lot="check_up_a"),
        ("lots.csv", "volume_year", "0"),
    ),
    "lot of a negative volume": (
        cell("lots.csv", "volume_year", -5, lot="check_up_a"),
        ("lots.csv", "volume_year", "-5"),
    ),
    "lot beyond the capacity of its candidates": (
        cell("lots.csv", "volume_year", 23314, lot="check_up_a"),
        ("lots.csv", "volume_year", "23314"),
    ),
    "quality floor above 1": (
        cell("lots.csv", "quality_floor", 1.2, lot="check_up_a"),
        ("lots.csv", "quality_floor", "1.2"),
    ),
    "free ceiling": (
        cell("lots.csv", "ceiling_vnd", 0, lot="check_up_a"),
        ("lots.csv", "ceiling_vnd", "0"),
    ),
    "lot for no month": (
        cell("lots.csv", "months", 0, lot="check_up_a"),
        ("lots.csv", "months", "0"),
    ),
    "lot before the base year": (
        cell("lots.csv", "first_month", "2024-12", lot="check_up_a"),
        ("lots.csv", "first_month", "2024-12"),
    ),
    "lot that begins in no month": (
        cell("lots.csv", "first_month", "2026-13", lot="check_up_a"),
        ("lots.csv", "first_month", "2026-13"),
    ),
    "commune in an unknown place": (
        cell("communes.csv", "place", "z", commune=101),
        ("communes.csv", "place", "z"),
    ),
}


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_is_reported_where_it_is(tmp_path, name):
    change, (file, key, read) = BREACHES[name]
    with pytest.raises(InputError) as error:
        load_city(toy_folder(tmp_path / "city", change))
    found = {(p.file, p.key, str(p.read)) for p in error.value.problems}
    assert any((file, key) == place[:2] and read in (None, place[2]) for place in found), f"{found}"


def lines_without(path, wanted):
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(wanted)]
    assert len(kept) < len(lines)
    path.write_text("".join(kept), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "begin", "key"),
    [
        ("people.csv", "b,3,", "b, 3"),
        ("income.csv", "rural,2,", "rural, 2"),
        ("ages.csv", "rural,20-24,", "rural, 20-24"),
        ("ages.csv", "rural,", "rural, 0-4"),
        ("demography.csv", "low,2025,net_migration,0-4,", "low, 2025, net_migration, 0-4"),
        ("demography.csv", "all,2025,female_share", "female_share"),
        ("demography.csv", "all,20", "births, history"),
        ("posts.csv", "station,support,", "station, support"),
        ("seasons.csv", "inpatient,12,", "inpatient"),
        ("cover.csv", "learner,college,", "classes"),
        ("communes.csv", "301,", "place"),
        ("offers.csv", "", "need"),
    ],
)
def test_a_missing_row_is_reported(tmp_path, file, begin, key):
    folder = toy_folder(tmp_path / "city")
    if begin:
        lines_without(folder / file, begin)
    else:
        for unit in ("college_a,college,", "private_training_a,college,"):
            lines_without(folder / file, unit)
    with pytest.raises(InputError) as error:
        load_city(folder)
    assert key in {problem.key for problem in error.value.problems}


def test_an_unknown_id_names_the_nearest_and_its_line(tmp_path):
    change = cell("offers.csv", "norm", "visit_citi", unit="hospital_a", norm="visit_city")
    folder = toy_folder(tmp_path / "city", change)
    with pytest.raises(InputError) as error:
        load_city(folder)
    [problem] = error.value.problems
    assert problem.nearest == "visit_city"
    assert problem.line is not None
    assert (
        "visit_citi"
        in (folder / "offers.csv").read_text(encoding="utf-8").splitlines()[problem.line - 1]
    )
