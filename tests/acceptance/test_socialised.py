"""The study of socialised provision: scenarios differ in entry, incentives and roadmap alone."""

from functools import cache

import pytest

from pricing.indicators._indicator import measures
from pricing.scenario.scenario import NonPublicSpec, Scenario
from pricing.scenario.study import Study, load_study
from tests.acceptance.toy import SHIPPED

WAYS = ("none", "today", "rural", "ventures")
ROADMAP = "full_cost_"
CUT = ("diversion", "reimbursement")
OWN = {"rural": {"rural_incentives"}, "ventures": {"ventures"}}


@cache
def study() -> Study:
    return load_study(SHIPPED / "socialised.toml", measures())


def scenario(name: str) -> Scenario:
    return next(one for one in study().scenarios if one.name == f"socialised_{name}")


def test_every_way_stands_with_and_without_the_roadmap():
    names = [f"socialised_{roadmap}{way}" for roadmap in ("", ROADMAP) for way in WAYS]
    names += [f"socialised_{ROADMAP}{cut}" for cut in CUT]
    assert [one.name for one in study().scenarios] == names
    assert study().baseline == "socialised_none"
    assert not any(one.warnings for one in study().scenarios)


def test_all_scenarios_share_the_ranges_and_the_licensing_office():
    base = scenario("none")
    for one in study().scenarios:
        assert one.parameters == base.parameters
        assert one.offices == base.offices
        assert "licensing" in one.offices
    table = study().city.parameters
    known = dict(zip(table.names, zip(table.central().values(), strict=True), strict=True))
    for name, given in base.parameters.items():
        assert given.is_uncertain
        assert given.mode == pytest.approx(known[name][0])


@pytest.mark.parametrize("roadmap", ["", ROADMAP])
@pytest.mark.parametrize("way", WAYS)
def test_a_way_adds_its_instrument_and_no_other(roadmap, way):
    none, one = scenario(f"{roadmap}none"), scenario(f"{roadmap}{way}")
    assert set(one.instruments) - set(none.instruments) == OWN.get(way, set())
    assert one.non_public == NonPublicSpec(prices="chosen", entry=way != "none", staff=True)


def test_the_chain_of_the_roadmap_switches_one_link_at_a_time():
    [chain] = study().chains
    links = [
        (spec.reimbursement, spec.staff_cost)
        for spec in (
            scenario(name.removeprefix("socialised_")).non_public for name in chain.scenarios
        )
    ]
    assert links == [(True, True), (False, False), (True, False), (True, True)]
    today, *cut = (scenario(name.removeprefix("socialised_")) for name in chain.scenarios)
    for one in cut:
        assert one.instruments == scenario(f"{ROADMAP}today").instruments
    assert today.instruments.items() < cut[0].instruments.items()


def test_stronger_incentives_reach_rural_and_disadvantaged_places_only():
    keys = scenario("rural").instruments["rural_incentives"]
    assert set(keys.places) == {"rural", "disadvantaged"}
    assert scenario(f"{ROADMAP}rural").instruments["rural_incentives"] == keys
