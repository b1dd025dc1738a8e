"""The default city: it loads, adds up, is derived by its script, and says what is assumed."""

import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import brentq

from pricing.base.calendar import Month, day_of, start_day
from pricing.city.city import City
from pricing.city.columns import STATUSES
from pricing.city.load import load_city
from pricing.city.lots import capacity
from pricing.city.purchase import eligible_forms
from pricing.city.totals import city_totals
from pricing.equations.entry import Incentives, Project, Prospect, project_flows
from pricing.world.investors import RAMP

FOLDER = Path(__file__).parents[2] / "scenarios" / "cities" / "can_tho"
DERIVED = ("places", "posts", "norms", "units", "offers", "lots", "cover", "targets")


@pytest.fixture(scope="module")
def city() -> City:
    return load_city(FOLDER)


def test_the_script_writes_the_tables_that_are_here(tmp_path):
    script = str(FOLDER / "derive.py")
    subprocess.run([sys.executable, "-B", script, str(tmp_path)], check=True)
    assert {path.stem for path in tmp_path.glob("*.csv")} == set(DERIVED)
    for name in DERIVED:
        made = (tmp_path / f"{name}.csv").read_bytes()
        assert made == (FOLDER / f"{name}.csv").read_bytes(), name


def test_every_total_of_the_city_holds(city):
    checks = city_totals(city)
    assert len(checks) >= 40
    assert [check for check in checks if not check.ok] == []


def test_rows_say_how_far_they_are_assumed(city, capsys):
    rows = [row for table in city.tables.all() for row in table]
    status = Counter(getattr(row, "data_status", None) or row.status for row in rows)
    share = {name: status[name] / len(rows) for name in STATUSES}
    with capsys.disabled():
        print(" Can Tho:", ", ".join(f"{name} {share[name]:.0%}" for name in STATUSES), end=" ")  # noqa: T201 - the share of each status is to be seen with the tests
    assert set(status) == set(STATUSES)
    # Mostly assumed is the truth of this city; a rise means assumptions crept in.
    assert share["assumed"] < 0.72
    assert all(row.source for row in rows)


def test_derived_rows_that_claim_to_be_published_name_no_script(city):
    for table in city.tables.all():
        for row in table:
            if row.source.startswith("derive.py"):
                assert row.status in ("estimated", "assumed"), row


def test_the_projection_meets_the_analysts_own(city):
    for weight, variant in ((-1.0, "low"), (0.0, "central"), (1.0, "high")):
        people = city.population(weight, 2035)
        births, residents = city.demography.reference[variant]
        np.testing.assert_allclose(people.residents.sum(axis=(1, 2)), residents, rtol=0.005)
        np.testing.assert_allclose([people.births[y] for y in people.years], births, rtol=0.005)


def test_grade_stocks_from_cohorts_are_the_published_pupils(city):
    """Stock of grade g: who entered g − 1 years before school year 2024-25 and stayed."""
    people, needs = city.population(0.0, 2026), city.needs

    def candidates(need: int, year: int):
        if needs.entry[need] == "births":
            share = people.birth_share.sum(axis=0)
            return people.cohort(year - int(needs.entry_lag[need])) * share
        if needs.entry[need] == "residents":
            return people.at_risk[0, need].sum(axis=0)
        before = int(needs.entry_from[need])
        grades = int(needs.grades[before])
        entered = candidates(before, year - grades) * city.target("use_rate", needs.id[before])
        return entered * (1.0 - city.target("drop_out", needs.id[before])) ** grades

    for need in np.flatnonzero(needs.is_enrolment):
        name, window = needs.id[need], city.need_offers(int(need))
        stay = 1.0 - city.target("drop_out", name)
        stock = sum(
            candidates(int(need), 2024 - grade) * city.target("use_rate", name) * stay**grade
            for grade in range(int(needs.grades[need]))
        )
        learners = city.offers.volume * (1.0 - city.offers.outsider_share)
        assert stock.sum() == pytest.approx(float(learners[window].sum()), rel=1e-4), name


def test_use_by_nest_is_what_the_units_count(city):
    people = city.population(0.0, 2025).at_risk[0].sum(axis=1)
    for need in np.flatnonzero(~city.needs.is_enrolment):
        name, window = city.needs.id[need], city.need_offers(int(need))
        use = people[need] * city.target("use_rate", name)
        resident = (city.offers.volume * (1.0 - city.offers.outsider_share))[window]
        for number, nest in enumerate(city.nests[need]):
            wanted = float(np.sum(use * city.target("nest_share", name, nest)))
            at_nest = resident[city.offers.nest[window] == number].sum()
            assert wanted == pytest.approx(float(at_nest), rel=1e-4), (name, nest)


def test_use_never_passes_need(city):
    for name, entry in zip(city.needs.id, city.needs.entry, strict=True):
        if entry in ("births", "completers"):
            assert np.all(city.target("use_rate", name) < 1.0), name


def test_lots_of_a_service_fit_the_idle_capacity_of_the_city(city):
    lots, offers = city.lots, city.offers
    made = capacity(offers, city.needs)
    idle = made * (1.0 - offers.volume / offers.capacity)
    for service in np.unique(lots.service):
        wanted = lots.volume_year[lots.service == service].sum()
        assert wanted < idle[offers.service == service].sum(), city.services.id[service]
    for volume, candidates in zip(lots.volume_year, lots.candidates, strict=True):
        assert volume < idle[candidates].sum()


def test_lots_are_bought_as_the_law_has_it_and_served_at_home(city):
    lots = city.lots
    assert 40 <= len(lots.id) <= 80
    assert np.array_equal(city.units.place[lots.unit], lots.place)
    for service, scheme, month in zip(lots.service, lots.scheme, lots.first_month, strict=True):
        day = start_day(Month.of(city.base_year, 1) + int(month))
        assert scheme in eligible_forms(city, city.services.id[service], day)


def test_check_ups_are_bought_under_the_ceiling_of_the_law(city):
    lots = city.lots
    check_ups = lots.service == city.services.id.index("preventive_check_up")
    legal = city.law("free_check_up.price_ceiling", day_of(date(2027, 1, 1)))
    assert set(lots.ceiling[check_ups].tolist()) == {legal}
    assert not lots.user_share[check_ups].any()


def test_the_whole_city_is_reached_by_hospitals_and_schools(city):
    # Every place has a public offer of each need within reach.
    for need, name in enumerate(city.needs.id):
        window = city.need_offers(need)
        place, reach = city.offers.place[window], city.offers.reach[window]
        public = city.units.is_public[city.offers.unit[window]]
        for home in range(len(city.places.id)):
            near = np.where(place == home, 0.0, city.distance[home, np.maximum(place, 0)])
            ok = public & ((place < 0) | np.isnan(reach) | (1.3 * near <= reach))
            assert ok.any(), (name, city.places.id[home])


def rate_of_return(project: Project, exempt: float, margin: float) -> float:
    """Internal rate of return of a project at a yearly margin, with part of its rent exempt."""
    incentives = Incentives(
        tax_rate=0.1, free_years=4, half_years=5, land_rent_exempt=exempt, interest_subsidy=0.0
    )
    flows = project_flows(project, incentives, Prospect(price=margin, mc=0.0, volume_year=1.0))
    year = np.arange(flows.size)
    return float(brentq(lambda rate: np.sum(flows / (1.0 + rate) ** year), -0.5, 2.0))


def test_a_full_holiday_of_land_rent_is_worth_one_to_two_points(city):
    ramp = tuple(city.parameters.central()[name] for name in RAMP)
    for row in city.tables.candidates:
        if row.host:
            assert row.land_rent_place_year_vnd == 0.0
            continue
        project = Project(
            places=1.0,
            capital_place=row.capital_place_vnd,
            depreciation_year=row.capital_place_vnd / row.life_years,
            construction_years=row.construction_years,
            life_years=row.life_years,
            fixed_cost_year=0.0,
            land_rent_year=row.land_rent_place_year_vnd,
            debt_share=0.5,
            loan_years=10,
            ramp=ramp,
        )
        at_hurdle = brentq(
            lambda margin, plan=project: rate_of_return(plan, 1.0, margin) - 0.16,
            0.05 * row.capital_place_vnd,
            2.0 * row.capital_place_vnd,
        )
        assert 0.01 <= 0.16 - rate_of_return(project, 0.0, at_hurdle) <= 0.02, row.candidate


def test_the_stocks_of_staff_stand_still_in_the_base_year(city):
    staff = city.staff
    leaving = staff.retirement_rate + staff.out_migration_rate
    quits = staff.quit_rate * staff.public
    arrivals = staff.graduates_year * staff.stay_rate
    np.testing.assert_allclose(quits, staff.non_public * leaving, rtol=5e-3)
    np.testing.assert_allclose(arrivals, staff.public * leaving + quits, rtol=5e-3)
    posts = {"public": 0.0, "non_public": 0.0}
    for row in city.tables.units:
        posts[row.ownership] += row.posts_professional
    filled = staff.public / (1.0 - staff.vacancy_share)
    assert filled.sum() == pytest.approx(posts["public"], rel=1e-3)
    assert staff.non_public.sum() == pytest.approx(posts["non_public"], rel=1e-3)


def test_candidates_begin_at_prices_that_stand(city):
    standing = {
        (row.service, row.nest, row.price_norm, row.contracted, row.own_price_vnd)
        for row in city.tables.offers
        if row.price_norm or row.own_price_vnd > 0.0
    }
    known = {tuple(map(str, key)) for key in standing}
    for row in city.tables.candidate_offers:
        key = (row.service, row.nest, row.price_norm, row.contracted, row.own_price_vnd)
        assert tuple(map(str, key)) in known, row


def test_only_extensions_that_were_announced_are_named_and_no_candidate_is_published(city):
    named = [row.candidate for row in city.tables.candidates if "generic" not in row.source]
    assert named == ["nam_can_tho_hospital_stage_2", "sis_stage_2"]
    assert {row.status for row in city.tables.candidates} == {"assumed", "estimated"}
    assert not city.owners.is_non_profit.any()
    places = {city.places.kind[place] for place in city.candidates.place}
    assert places == {0, 1, 2}
