"""Tender files: what is read of them, and every problem at its key and line."""

import pytest

from pricing.base.errors import InputError
from pricing.base.words import LANGUAGES
from pricing.equations.auction_costs import Beta, LogNormal, Power, Uniform
from pricing.equations.auction_default import Shock
from pricing.scenario.tender import load_tender
from tests.scenario.files import shipped
from tests.tenders import INCUMBENT, TENDER, tender_file, tender_study

UNIFORM = 'kind = "uniform"\nlow  = 80\nhigh = 120'


def found(path):
    with pytest.raises(InputError) as caught:
        load_tender(path)
    return caught.value.problems


def test_the_file_says_what_is_studied(tmp_path):
    study = tender_study(tmp_path)
    assert study.name == "lot"
    assert study.title == {"vi": "Gói thử", "en": "A lot on trial"}
    assert study.costs == Uniform(lo=80.0, hi=120.0)
    assert study.numbers == (1, 3)
    assert study.shock == Shock(deviation=8.0, bond=3.0)
    assert study.low_rule is not None
    assert study.low_rule.ratio == 0.85
    assert (study.simulated, study.seed, study.turnout, study.announced) == (2000, 7, 1.0, False)
    assert study.tender(3).ceiling == 110.0
    assert study.tender(3).bidders.chances == (0.0, 0.0, 0.0, 1.0)


@pytest.mark.parametrize(
    ("written", "costs"),
    [
        ('kind = "lognormal"\nmean = "100 đồng"\ncv = "25 %"', LogNormal(mean=100.0, cv=0.25)),
        (
            'kind = "beta"\na = 2\nb = 5\nlow = 60\nhigh = 140',
            Beta(a=2.0, b=5.0, lo=60.0, hi=140.0),
        ),
        (
            'kind = "power"\ndraws = 3\nlow = 60\nhigh = 140',
            Power(draws=3.0, lo=60.0, hi=140.0),
        ),
    ],
)
def test_costs_have_four_kinds(tmp_path, written, costs):
    assert tender_study(tmp_path, (UNIFORM, written)).costs == costs


def test_one_number_of_bidders_needs_no_list_and_two_sections_may_be_left_out(tmp_path):
    short = TENDER[TENDER.index("[default]") :]
    study = tender_study(tmp_path, ("[1, 3]", "4"), (short, ""))
    assert study.numbers == (4,)
    assert study.shock is None
    assert study.low_rule is None


def test_bidders_may_stay_away(tmp_path):
    study = tender_study(tmp_path, ("seed      = 7", 'turnout = "50 %"'))
    assert study.tender(2).bidders.chances == pytest.approx((0.25, 0.5, 0.25))


def test_a_tender_may_say_only_what_it_changes(tmp_path):
    tender_file(tmp_path)
    child = tmp_path / "child.toml"
    child.write_text('extends = "lot.toml"\n[tender]\nceiling = 100\n', encoding="utf-8")
    assert load_tender(child).ceiling == 100.0
    child.write_text('extends = "lot.toml"\n[tender]\nceiling = 70\n', encoding="utf-8")
    (problem,) = found(child)
    assert (problem.file, problem.line) == (str(child), 3)


def test_only_what_decides_results_is_in_the_hash(tmp_path):
    same = tender_study(tmp_path).content_hash
    assert tender_study(tmp_path, ("A lot on trial", "Another")).content_hash == same
    assert tender_study(tmp_path, ("bond       = 3", "bond = 4")).content_hash != same


def test_bidders_may_have_costs_of_their_own(tmp_path):
    study = tender_study(tmp_path, ("[default]", INCUMBENT))
    assert list(study.types(3)) == ["usual", "incumbent", "non_public"]
    assert [one.count for one in study.types(3).values()] == [3, 1, 2]
    assert study.types(3)["incumbent"].costs == Uniform(lo=75.0, hi=110.0)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (("low = 75, high = 110", "low = 75, high = 75"), "incumbent.costs.high"),
        (("low = 75,", "lowe = 75,"), "incumbent.costs.lowe"),
        (("a = 2,", 'a = "hai",'), "non_public.costs.a"),
        (("number = 2", "number = 0"), "non_public.number"),
        (("seed      = 7", 'turnout = "50 %"'), "tender.turnout"),
        (("ceiling   = 110", "ceiling = 70"), "tender.ceiling"),
    ],
)
def test_a_mistake_about_them_is_told_at_its_key(tmp_path, change, key):
    problems = found(tender_file(tmp_path, ("[default]", INCUMBENT), change))
    assert key in {problem.key for problem in problems}
    (problem,) = [problem for problem in problems if problem.key == key]
    assert problem.line is not None
    if key.endswith("lowe"):
        assert problem.nearest == "low"


def test_a_ceiling_below_the_costs_of_some_is_no_mistake(tmp_path):
    study = tender_study(tmp_path, ("[default]", INCUMBENT), ("ceiling   = 110", "ceiling = 78"))
    assert study.ceiling == 78.0


PLANTED = {
    "ceiling below every cost": (("ceiling   = 110", "ceiling   = 79"), "tender.ceiling", 4),
    "negative ceiling": (("ceiling   = 110", "ceiling   = -1"), "tender.ceiling", 4),
    "ceiling without unit": (("ceiling   = 110", 'ceiling   = "1.850"'), "tender.ceiling", 4),
    "fewer than one bidder": (("[1, 3]", "[0, 3]"), "tender.bidders.0", 5),
    "no number": (("[1, 3]", "[]"), "tender.bidders", 5),
    "a number twice": (("[1, 3]", "[3, 3]"), "tender.bidders.1", 5),
    "negative bond": (("bond       = 3", "bond       = -3"), "default.bond", 16),
    "no shock": (("cost_shock = 8", "cost_shock = 0"), "default.cost_shock", 15),
    "unknown distribution": (('"uniform"', '"unifrom"'), "costs.kind", 10),
    "costs that fall": (("high = 120", "high = 70"), "costs.high", 12),
    "wrong key": (("cost_shock", "cost_shok"), "default.cost_shok", 15),
    "key of another kind": (("low  = 80", "mean = 80"), "costs.mean", 11),
    "share above one": (('"85 %"', '"850 %"'), "abnormally_low.ratio", 19),
}
ALSO_MISSING = {"wrong key": "default.cost_shock", "key of another kind": "costs.low"}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_problem_is_found_at_its_line_and_nothing_else(tmp_path, name):
    change, key, line = PLANTED[name]
    problems = found(tender_file(tmp_path, change))
    others = {problem.key for problem in problems if problem.key != key}
    assert others == {ALSO_MISSING[name]} if name in ALSO_MISSING else not others
    (problem,) = [problem for problem in problems if problem.key == key]
    assert problem.line == line
    texts = {language: problem.text(language) for language in LANGUAGES}
    assert texts["vi"] != texts["en"]
    assert all(text.startswith(f"{tmp_path / 'lot.toml'}:{line}, ") for text in texts.values())


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("wrong key", "cost_shock"), ("unknown distribution", "uniform")],
)
def test_the_nearest_word_is_told(tmp_path, name, nearest):
    key = PLANTED[name][1]
    problems = found(tender_file(tmp_path, PLANTED[name][0]))
    assert [one.nearest for one in problems if one.key == key] == [nearest]


def test_all_problems_come_at_once(tmp_path):
    changes = [PLANTED[name][0] for name in ("negative bond", "no number", "share above one")]
    keys = [problem.key for problem in found(tender_file(tmp_path, *changes))]
    assert keys == ["tender.bidders", "default.bond", "abnormally_low.ratio"]


def test_keys_of_the_kind_written_are_offered(tmp_path):
    (wrong, _) = sorted(
        found(tender_file(tmp_path, PLANTED["key of another kind"][0])),
        key=lambda problem: problem.key != "costs.mean",
    )
    assert "kind, low, high" in wrong.text("en")


def test_a_ceiling_that_nobody_meets_is_told_with_the_lowest_cost(tmp_path):
    change, *_ = PLANTED["ceiling below every cost"]
    (problem,) = found(tender_file(tmp_path, change))
    assert "above 80" in problem.text("en")


def test_a_scenario_is_no_tender(tmp_path):
    path = tmp_path / "base.toml"
    path.write_text('[scenario]\ntitle = { vi = "a", en = "b" }\n', encoding="utf-8")
    assert {problem.key for problem in found(path)} == {"scenario", "tender", "costs"}


@pytest.mark.parametrize("path", shipped("tender"), ids=lambda path: path.stem)
def test_a_shipped_tender_holds_every_section(path):
    study = load_tender(path)
    assert study.shock is not None
    assert study.low_rule is not None
    assert study.ceiling == 350_000.0
    assert len(study.numbers) > 1
