"""The desk: signatures, masks, time, offices, conflicts; and the registry of kinds."""

import numpy as np
import pytest

from pricing.base.errors import ConflictError, InputError
from pricing.instruments._instrument import Instrument, declared_writes, months_later
from pricing.instruments._lot import LotInstrument
from pricing.instruments._registry import documentation, instrument_kinds, kind_of
from pricing.world.lever_table import AUTHORITIES, LEVER
from tests.builders import socialised_city, toy_city
from tests.instruments.life import instrument, live

CITY = toy_city()
EXAMPLES: dict[str, dict[str, object]] = {
    "price_roadmap": {
        "included": {"management": {"2027": 1.0}},
        "accumulation_rate": {"2027": 0.1},
    },
    "per_pupil_share": {"share": {"2027": 1.0}},
    "tuition_frame": {"needs": ["preschool"], "growth": 0.1},
    "support": {
        "needs": ["preschool", "ambulatory"],
        "rate": {"2027": 1.0},
        "private_support": {"2027": 2.0},
    },
    "voucher": {"needs": ["ambulatory"], "amount": {"2027": 50_000}, "quintiles": [1]},
    "copayment_fund": {"share": {"2027": 0.8}, "means_tested": True},
    "wage_path": {"cpi": 0.02, "allowance": {"hospital": {"2027": 0.1}}},
    "law_path": {},
    "contribution_rate": {
        "rate": {"2027": 0.051},
        "rise_below_months": 7.0,
        "floor_months": {"2027": 2.0},
        "hold_below_months": 7.0,
        "advance": {"2027": 0.8},
        "central_share": {"2027": 0.5},
    },
    "envelope": {
        "cut": {"2027": 0.1},
        "amount": {"city": {"2027": 1e12}},
        "extra": {"2028": 1e9},
        "recycling": {"envelope": 0.0, "premium": 0.5, "prevention": 0.5},
        "links": {"cash": False, "assets": False, "quality": False, "use": False},
    },
    "entry_incentive": {
        "land_rent_exempt": {"2027": 1.0},
        "interest_subsidy": {"2027": "3 %/năm"},
        "tax_half_years": {"2027": 12},
        "supported_quota": {"2027": 0.1},
    },
    "joint_venture": {},
    "task_assignment": {},
    "ordering": {"lots": ["check_up_a"], "services": ["preschool"]},
    "bidding": {"places": ["b"]},
}


OF_CANDIDATES = ("entry_incentive", "joint_venture")  # their cells are none in the plain toy city


def test_every_kind_has_an_example_here():
    assert set(EXAMPLES) == set(instrument_kinds())


@pytest.mark.parametrize("kind", EXAMPLES)
def test_an_instrument_writes_what_it_declares_and_signs_it(kind):
    city = socialised_city() if kind in OF_CANDIDATES else CITY
    life = live({"mine": {"kind": kind, **EXAMPLES[kind]}}, city=city)
    model = instrument({"kind": kind, **EXAMPLES[kind]})
    still = live({}, city=city)
    for write in declared_writes({"mine": model}, city):
        assert write.by == "mine"
        moved = life.at(2035, 12, write.lever) != still.at(2035, 12, write.lever)
        moved &= ~np.isnan(life.at(2035, 12, write.lever))
        assert not (moved & ~write.cells).any(), write.lever
        if not write.is_law:
            # what lots cost and how they are served may be as usual, but it was said
            assert moved.any() or write.lever.startswith("lot_"), write.lever
            assert life.levers.attribute(write.lever)["mine"].any(), write.lever


@pytest.mark.parametrize("kind", EXAMPLES)
def test_no_instrument_moves_a_lever_it_has_not_declared(kind):
    life, still = live({"mine": {"kind": kind, **EXAMPLES[kind]}}), live({})
    model = instrument({"kind": kind, **EXAMPLES[kind]})
    declared = {write.lever for write in model.writes(CITY)}
    for name in set(LEVER) - declared:
        np.testing.assert_array_equal(life.at(2035, 12, name), still.at(2035, 12, name))


@pytest.mark.parametrize("kind", EXAMPLES)
def test_its_authority_is_the_highest_among_its_levers(kind):
    model = instrument({"kind": kind, **EXAMPLES[kind]})
    levels = {LEVER[write.lever].authority for write in model.writes(CITY)}
    assert model.authority == min(levels, key=AUTHORITIES.index)


@pytest.mark.parametrize("kind", EXAMPLES)
def test_every_instrument_and_every_key_is_documented(kind):
    assert documentation(kind)
    model = instrument_kinds()[kind]
    assert kind_of(model) == kind
    undocumented = [name for name, field in model.model_fields.items() if not field.description]
    assert undocumented == ["kind"]


def test_only_instruments_have_a_kind():
    assert kind_of(Instrument) is None
    assert kind_of(3) is None
    assert kind_of(dict) is None


def test_two_roadmaps_on_one_cell_conflict_before_the_first_month():
    road = {"kind": "price_roadmap", "included": {"management": {"2027": 1.0}}}
    with pytest.raises(ConflictError, match=r"one \+ two.*included"):
        live({"one": road, "two": road})


def test_two_roadmaps_share_a_lever_by_place_or_by_time():
    road = {"kind": "price_roadmap", "included": {"management": {"2027": 1.0}}}
    live({"one": {**road, "places": ["urban"]}, "two": {**road, "places": ["rural"]}})
    live({"one": {**road, "until": "2029"}, "two": {**road, "from": "2030"}})


def test_an_accumulation_rate_cannot_be_limited_to_places():
    road = {"kind": "price_roadmap", "accumulation_rate": {"2027": 0.1}, "places": ["urban"]}
    with pytest.raises(InputError, match="accumulation_rate"):
        live({"road": road})


def test_all_misplaced_instruments_are_reported_at_once():
    road = {"kind": "price_roadmap", "included": {"management": {"2027": 1.0}}, "places": ["a"]}
    with pytest.raises(InputError) as caught:
        live({"one": {**road, "sector": "health"}, "two": {**road, "sector": "education"}})
    assert {problem.key for problem in caught.value.problems} == {
        "instruments.one.places",
        "instruments.two.places",
    }
    assert "theo loại địa bàn" in caught.value.problems[0].text("vi")


def test_an_instrument_without_a_story_says_so():
    bare = Instrument()
    assert bare.typed_prices(CITY) == ()
    with pytest.raises(NotImplementedError):
        bare.writes(CITY)
    with pytest.raises(NotImplementedError):
        bare.run(None)  # type: ignore[arg-type]  # no desk is needed to refuse
    with pytest.raises(NotImplementedError):
        LotInstrument().buy(None, None)  # type: ignore[arg-type]  # no book is needed to refuse


def test_months_of_mean_length():
    assert months_later(100, 0.0) == 100
    assert months_later(100, 12.0) == 465
    assert months_later(0, 1200.0) == 36524


def test_what_is_said_outside_its_own_cells_is_not_heard():
    """`places` is a mask of the desk: the story itself proposes for all places."""
    life = live({"heads": {"kind": "per_pupil_share", "share": {"2026": 1.0}, "places": ["urban"]}})
    share = life.at(2030, 1, "per_pupil_share")
    assert share[:, 0].max() == 1.0
    assert not share[:, 1:].any()


def test_common_keys_of_a_day_that_never_comes():
    life = live({"heads": {"kind": "per_pupil_share", "share": {"2026": 1.0}, "from": "2050"}})
    assert not life.at(2035, 12, "per_pupil_share").any()
