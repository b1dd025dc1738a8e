"""Loading: all problems of all tables at once, then read-only arrays."""

import csv

import numpy as np
import pytest

from pricing.base.draws import Draws
from pricing.base.errors import InputError
from pricing.city.load import load_city
from pricing.city.totals import city_totals
from tests.builders import cell, toy_city, toy_folder


def test_the_toy_city_has_three_sectors_and_its_name():
    city = toy_city()
    assert city.name == "toy_city"
    assert city.sectors == ("health", "education", "vocational")
    assert len(city.needs.id) == 11
    assert len(city.services.id) == 12


def test_every_array_of_the_city_is_read_only():
    city = toy_city()
    parts = (city.places, city.people, city.income, city.ages, city.needs, city.services)
    more = (city.posts, city.norms, city.units, city.offers, city.lots)
    for part in (*parts, *more, city, city.origin):
        for name in part.__slots__:
            value = getattr(part, name)
            if isinstance(value, np.ndarray):
                assert not value.flags.writeable, f"{type(part).__name__}.{name}"


def test_problems_of_several_files_come_in_one_error(tmp_path):
    folder = toy_folder(
        tmp_path / "city",
        cell("places.csv", "ward_share", "1.2", place="a"),
        cell("norms.csv", "useful_life_years", "0", norm="stay_city"),
        cell("laws.csv", "authority", "state", rule="base_salary"),
    )
    (folder / "moments.csv").unlink()
    with pytest.raises(InputError) as error:
        load_city(folder)
    found = {(problem.file, problem.key) for problem in error.value.problems}
    assert found == {
        ("places.csv", "ward_share"),
        ("norms.csv", "useful_life_years"),
        ("laws.csv", "authority"),
        ("moments.csv", ""),
    }


def test_equal_tables_have_equal_hashes_and_a_change_shows():
    changed = toy_city(cell("places.csv", "name_vi", "Phường Một", place="a"))
    same = {name for name, value in toy_city().hashes.items() if changed.hashes[name] == value}
    assert set(toy_city().hashes) - same == {"places.csv"}


def test_seasons_average_1_and_are_1_where_nothing_is_said():
    city = toy_city()
    np.testing.assert_allclose(city.season.mean(axis=1), 1.0)
    assert set(city.season[city.needs.id.index("primary")].tolist()) == {1.0}
    assert city.season[0, 1] == 0.9


def test_a_total_that_nothing_computes_is_a_problem(tmp_path):
    folder = toy_folder(
        tmp_path / "city", cell("totals.csv", "total", "residentz", total="residents")
    )
    with pytest.raises(InputError) as error:
        load_city(folder)
    [problem] = error.value.problems
    assert problem.nearest == "residents"


CELLS = ["", "-1", "x", "1e9", "0", "nan", "2025", "all", "a", "1,5", "2024-02-30", "central"]


@pytest.mark.parametrize("seed", range(10))
def test_any_changed_cell_loads_or_is_reported(tmp_path, seed):
    folder = toy_folder(tmp_path / "city")
    for chance in Draws(seed, 0).table("cell", (15, 4)):
        path = one_of(sorted(folder.glob("*.csv")), chance[0])
        before = path.read_bytes()
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        row = one_of(rows, chance[1])
        row[int(chance[2] * len(row))] = one_of(CELLS, chance[3])
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        assert all(problem.file.endswith(".csv") for problem in problems_of(folder))
        path.write_bytes(before)


def one_of(items, chance):
    return items[int(chance * len(items))]


def problems_of(folder):
    try:
        city_totals(load_city(folder))
    except InputError as error:
        return error.problems
    return ()
