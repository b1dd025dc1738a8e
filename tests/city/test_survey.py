"""A survey takes the sample's place, or is refused with file, line, column, read and allowed."""

import csv

import numpy as np
import pytest

from pricing.base.errors import InputError, Problems
from pricing.city.cover import HEALTH_SCHEME
from pricing.city.households import benefit_order, class_at, health_shares, synthetic
from pricing.city.survey import MOST_NOTED, survey
from pricing.scenario.study import load_study
from tests.builders import cell, toy_city
from tests.studies import study_folder

HEADER = [
    "household",
    "place",
    "quintile",
    "weight",
    "consumption_month",
    "ages",
    "cover",
    "source",
]
CITY = toy_city()
CLASSES = CITY.classes[HEALTH_SCHEME].id


def rows(count=3):
    """Households of every place and quintile, the last member without cover."""
    found = []
    for place in CITY.places.id:
        for quintile in range(1, 6):
            for number in range(count):
                name = f"{place}{quintile}{number}"
                money = 1_000_000 * quintile + 1_000 * number
                cover = f"{CLASSES[0]} {CLASSES[2]} {CLASSES[3]}"
                found.append([name, place, quintile, number + 1, money, "40 38 9", cover, "made"])
    return found


def write(path, table, header=HEADER):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *table])
    return path


def read(tmp_path, table, header=HEADER):
    problems = Problems()
    path = write(tmp_path / "mine.csv", table, header)
    return survey(CITY, path, "x/mine.csv", 3, problems), list(problems)


def test_a_survey_is_weighted_to_the_people_and_keeps_its_classes(tmp_path):
    sample, problems = read(tmp_path, rows())
    assert problems == []
    people = np.zeros((3, 5))
    np.add.at(people, (sample.place, sample.quintile), sample.weight * sample.size)
    np.testing.assert_allclose(people, CITY.people.residents, rtol=1e-12)
    np.testing.assert_allclose(sample.weight[1] / sample.weight[0], 2.0)
    shares = health_shares(CITY, CITY.base_year)
    kind = CITY.places.kind[sample.place][sample.household]
    own = shares[kind, sample.quintile[sample.household]]
    found = class_at(sample.cover_rank, own, benefit_order(CITY))
    np.testing.assert_array_equal(found, np.tile([0, 2, 3], 45))
    np.testing.assert_array_equal(sample.age[:3], [40, 38, 9])
    assert sample.origin["file"] == "x/mine.csv"
    assert len(sample.origin["sha256"]) == 64


@pytest.mark.parametrize(
    ("column", "text", "allowed"),
    [
        ("place", "zz", "one of a, b, c"),
        ("quintile", "6", "a whole number from 1 to 5"),
        ("weight", "0", "above 0"),
        ("consumption_month", "much", "above 0"),
        ("ages", "40 x 9", "the age of each member"),
        ("ages", "40 38", "as many entries as ages"),
        ("cover", "best best best", "one of"),
        ("household", "", "text"),
    ],
)
def test_a_bad_cell_is_named_with_its_line_and_what_is_allowed(tmp_path, column, text, allowed):
    table = rows()
    table[4][HEADER.index(column)] = text
    sample, [problem, *_] = read(tmp_path, table)
    assert sample is None
    assert (problem.file, problem.line) == ("x/mine.csv", 6)
    assert problem.key in (column, "cover")
    assert allowed in str(problem.allowed)


def test_a_class_that_nobody_has_is_refused(tmp_path):
    first, second = health_shares(CITY, CITY.base_year)[0, 0, :2]
    where = {"scheme": "health", "need": "all", "place_kind": "urban", "quintile": 1}
    moved = (
        cell("cover.csv", "share", 0, **where, **{"class": CLASSES[1]}),
        cell("cover.csv", "share", first + second, **where, **{"class": CLASSES[0]}),
    )
    city = toy_city(*moved)
    table = rows()
    place = city.places.id[int(np.flatnonzero(city.places.kind == 0)[0])]
    at = next(number for number, row in enumerate(table) if row[1:3] == [place, 1])
    table[at][6] = f"{CLASSES[1]} {CLASSES[2]} {CLASSES[3]}"
    problems = Problems()
    path = write(tmp_path / "mine.csv", table)
    assert survey(city, path, "mine.csv", 3, problems) is None
    [problem] = problems
    assert (problem.line, problem.read) == (at + 2, CLASSES[1])
    assert "cover.csv" in str(problem.allowed)


def test_a_cell_without_households_is_named(tmp_path):
    table = [row for row in rows() if row[1:3] != ["b", 4]]
    sample, [problem] = read(tmp_path, table)
    assert sample is None
    assert (problem.key, str(problem.read)) == ("b", "none of quintile 4")


def test_a_file_that_is_wrong_throughout_is_not_listed_whole(tmp_path):
    table = [[*row[:1], "zz", *row[2:]] for row in rows(20)]
    _, problems = read(tmp_path, table)
    assert len(problems) == MOST_NOTED


def test_a_missing_column_is_named(tmp_path):
    table = [row[:-2] + row[-1:] for row in rows()]
    _, [problem] = read(tmp_path, table, HEADER[:-2] + HEADER[-1:])
    assert problem.key == "cover"


def sample_of(study):
    """The sample of a study that has one."""
    assert study.city.households is not None
    return study.city.households


def study_with(tmp_path, section):
    path = study_folder(tmp_path)
    path.write_text(path.read_text(encoding="utf-8") + section, encoding="utf-8")
    return path


def test_a_study_draws_the_sample_it_asks_for(tmp_path):
    study = load_study(study_with(tmp_path, "\n[households]\nsize = 1000\n"))
    drawn = synthetic(study.city, 1000, study.seed)
    np.testing.assert_array_equal(sample_of(study).age, drawn.age)
    plain = load_study(study_folder(tmp_path / "plain"))
    assert plain.city.households is None
    assert plain.content_hash != study.content_hash


def test_a_study_may_switch_its_sample_off(tmp_path):
    study = load_study(study_with(tmp_path, "\n[households]\nenabled = false\n"))
    assert study.city.households is None


def test_a_study_takes_a_survey_of_its_folder(tmp_path):
    path = study_with(tmp_path, '\n[households]\nfile = "mine.csv"\n')
    write(tmp_path / "mine.csv", rows())
    assert sample_of(load_study(path)).place.size == 45


@pytest.mark.parametrize(
    ("section", "key", "allowed"),
    [
        ('file = "none.csv"', "households.file", "exists"),
        ('file = "../far.csv"', "households.file", "below the folder"),
        ("size = 10", "households.size", "1000"),
        ('size = 2000\nfile = "small.toml"', "households.size", "either"),
        ("seize = 2000", "households.seize", ""),
    ],
)
def test_a_bad_section_is_refused_with_its_line(tmp_path, section, key, allowed):
    path = study_with(tmp_path, f"\n[households]\n{section}\n")
    with pytest.raises(InputError) as caught:
        load_study(path)
    problem = next(one for one in caught.value.problems if one.key == key)
    assert problem.file == str(path)
    assert problem.line is not None
    assert problem.line > 10
    assert allowed in str(problem.allowed)
