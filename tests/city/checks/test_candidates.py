"""Planted mistakes in the tables of non-public provision: each is told with file, line, column."""

import pytest

from pricing.base.errors import InputError
from pricing.city.load import load_city
from tests.builders import cell, socialised_folder, times

C, OFFERS, OWN, S = "candidates.csv", "candidate_offers.csv", "owners.csv", "staff.csv"
HOSPITAL, SCHOOL, VENTURE = "new_hospital_b", "new_school_a", "venture_a"
BREACHES = {
    "unknown place": (cell(C, "place", "zz", candidate=SCHOOL), (C, "place", "zz")),
    "unknown host": (cell(C, "host", "hospital_x", candidate=VENTURE), (C, "host", "hospital_x")),
    "unknown sector": (cell(C, "sector", "helth", candidate=VENTURE), (C, "sector", "helth")),
    "host that is not public": (
        cell(C, "host", "private_hospital_a", candidate=VENTURE),
        (C, "host", "private_hospital_a"),
    ),
    "host in another place": (
        cell(C, "place", "b", candidate=VENTURE),
        (C, "host", "hospital_a"),
    ),
    "more than a fifth of the host's beds": (
        cell(C, "places", 53, candidate=VENTURE),
        (C, "places", "53"),
    ),
    "beds too few for its stays": (
        cell(C, "places", 20, candidate=HOSPITAL),
        (C, "places", "20"),
    ),
    "seats too few for its learners": (
        cell(C, "places", 239, candidate=SCHOOL),
        (C, "places", "239"),
    ),
    "offer of an unknown candidate": (
        cell(OFFERS, "candidate", "new_school_b", candidate=SCHOOL),
        (OFFERS, "candidate", "new_school_b"),
    ),
    "norm of another service": (
        cell(OFFERS, "norm", "stay_private", candidate=SCHOOL),
        (OFFERS, "norm", "stay_private"),
    ),
    "price norm of another service": (
        cell(OFFERS, "price_norm", "visit_city", candidate=VENTURE),
        (OFFERS, "price_norm", "visit_city"),
    ),
    "two prices": (
        cell(OFFERS, "own_price_vnd", 5, candidate=VENTURE),
        (OFFERS, "own_price_vnd", "both prices"),
    ),
    "no price": (
        cell(OFFERS, "own_price_vnd", "", candidate=SCHOOL),
        (OFFERS, "own_price_vnd", "no price"),
    ),
    "nest that the need has not": (
        cell(OFFERS, "nest", "private", candidate=SCHOOL),
        (OFFERS, "nest", "private"),
    ),
    "service of another sector": (
        cell(C, "sector", "vocational", candidate=SCHOOL),
        (OFFERS, "service", "preschool"),
    ),
    "size on another scale": (
        times(OFFERS, "size", 0.1, candidate=SCHOOL),
        (OFFERS, "size", "13.33 of capacity a unit of size"),
    ),
    "owner of an unknown unit": (
        cell(OWN, "unit", "university_x", unit="private_university_a"),
        (OWN, "unit", "university_x"),
    ),
    "owner of a public unit": (
        cell(OWN, "unit", "hospital_a", unit="private_university_a"),
        (OWN, "unit", "hospital_a"),
    ),
    "unknown sector of a profession": (
        cell(S, "sector", "helth", profession="trainer"),
        (S, "sector", "helth"),
    ),
    "work shares below 1": (
        cell(S, "work_share", 0.5, profession="nurse"),
        (S, "work_share", "a sum of 0.95 for health"),
    ),
}


def problems_of(folder):
    with pytest.raises(InputError) as error:
        load_city(folder)
    return [(one.file, one.key, one.text("en")) for one in error.value.problems]


def append(path, *lines):
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


@pytest.mark.parametrize("name", BREACHES)
def test_a_planted_mistake_is_named(tmp_path, name):
    change, (file, key, read) = BREACHES[name]
    found = problems_of(socialised_folder(tmp_path / "city", change))
    assert [one for one in found if one[:2] == (file, key) and read in one[2]], found


def test_a_candidate_is_no_unit_that_stands(tmp_path):
    changes = [cell(file, "candidate", "hospital_a", candidate=VENTURE) for file in (C, OFFERS)]
    [problem] = problems_of(socialised_folder(tmp_path / "city", *changes))
    assert problem[:2] == (C, "candidate")
    assert "hospital_a" in problem[2]


def test_a_candidate_without_offers_is_named(tmp_path):
    folder = socialised_folder(tmp_path / "city")
    lines = (folder / OFFERS).read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(SCHOOL)]
    (folder / OFFERS).write_text("\n".join(kept) + "\n", encoding="utf-8")
    assert [one[:2] for one in problems_of(folder)] == [(C, "candidate")]


def test_joint_ventures_share_the_beds_that_the_law_allows_their_host(tmp_path):
    folder = socialised_folder(tmp_path / "city")
    row = (folder / C).read_text(encoding="utf-8").splitlines()[-1]
    append(folder / C, row.replace(VENTURE, "venture_b").replace(",40,", ",13,"))
    offer = next(x for x in (folder / OFFERS).read_text().splitlines() if x.startswith(VENTURE))
    append(folder / OFFERS, offer.replace(VENTURE, "venture_b").replace("2000,1500", "1000,750"))
    [problem] = problems_of(folder)
    assert problem[:2] == (C, "places")
    assert "53" in problem[2]
    assert "52" in problem[2]


def test_a_chain_works_for_profit_or_does_not(tmp_path):
    folder = socialised_folder(
        tmp_path / "city",
        cell(OWN, "chain", "both", unit="private_university_a"),
        cell(C, "chain", "both", candidate=SCHOOL),
    )
    [problem] = problems_of(folder)
    assert problem[:2] == (C, "non_profit")
    assert "both" in problem[2]


@pytest.mark.parametrize(
    ("place", "services", "least"),
    [
        ("a", ("upper_secondary",), 15),
        ("a", ("primary",), 10),
        ("c", ("primary",), 5),
        ("c", ("lower_secondary",), 8),
        ("a", ("primary", "lower_secondary"), 9),
    ],
)
def test_schools_have_the_classes_that_the_law_wants(tmp_path, place, services, least):
    def school(classes):
        folder = socialised_folder(
            tmp_path / str(classes), cell(C, "place", place, candidate=SCHOOL)
        )
        lines = (folder / OFFERS).read_text(encoding="utf-8").splitlines()
        standing = (folder / "offers.csv").read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if not line.startswith(SCHOOL)]
        for service in services:
            offered = next(line.split(",") for line in standing if f",{service}," in line)
            size = float(offered[8]) / float(offered[7]) * 50.0
            kept.append(
                f"{SCHOOL},{service},{offered[2]},{offered[3]},50,{size},,1000000,0,0,15,,test,assumed"
            )
        (folder / OFFERS).write_text("\n".join(kept) + "\n", encoding="utf-8")
        rows = (folder / C).read_text(encoding="utf-8")
        (folder / C).write_text(rows.replace(",240,12,", f",240,{classes},"), encoding="utf-8")
        return folder

    load_city(school(least))
    [problem] = problems_of(school(least - 1))
    assert problem[:2] == (C, "classes")
    assert f"{least} classes" in problem[2]


def test_preschools_have_no_least_number_of_classes(tmp_path):
    load_city(socialised_folder(tmp_path / "city", cell(C, "classes", 1, candidate=SCHOOL)))


def test_all_mistakes_are_told_at_once_in_both_languages(tmp_path):
    changes = [
        cell(C, "sector", "helth", candidate=VENTURE),
        cell(C, "places", 100, candidate=SCHOOL),
        times(OFFERS, "size", 0.01, candidate=HOSPITAL),
        cell(OWN, "unit", "hospital_a", unit="private_university_a"),
        cell(S, "work_share", 0.9, profession="teacher"),
    ]
    with pytest.raises(InputError) as error:
        load_city(socialised_folder(tmp_path / "city", *changes))
    assert {one.file for one in error.value.problems} == {C, OFFERS, OWN, S}
    for problem in error.value.problems:
        assert problem.line is None or problem.line > 1
        assert problem.text("vi") != problem.text("en")


def test_a_city_whose_law_limits_nothing_takes_any_venture(tmp_path):
    folder = socialised_folder(tmp_path / "city", cell(C, "places", 200, candidate=VENTURE))
    laws = folder / "laws.csv"
    lines = laws.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("on_request_bed_share_max")]
    laws.write_text("\n".join(kept) + "\n", encoding="utf-8")
    assert load_city(folder).candidates.places.max() == 240.0
