from dataclasses import fields

from pricing.base.errors import Problems
from pricing.city.tables import Tables, read_tables
from tests.builders import TOY_CITY

OPTIONAL = {"lots", "owners", "candidates", "candidate_offers", "staff"}
REQUIRED = {field.name for field in fields(Tables)} - OPTIONAL


def test_every_table_of_the_toy_city_is_read_and_hashed():
    problems = Problems()
    tables, hashes = read_tables(TOY_CITY, problems)
    assert list(problems) == []
    absent = OPTIONAL - {"lots"}
    assert len(hashes) == len(fields(Tables)) - len(absent) == len(list(TOY_CITY.glob("*.csv")))
    assert all(getattr(tables, field.name) for field in fields(Tables) if field.name not in absent)


def test_ids_stand_once_in_file_order():
    tables, _ = read_tables(TOY_CITY, Problems())
    assert tables.ids("place") == ("a", "b", "c")
    assert tables.ids("pay_group") == ("hospital", "station", "teacher", "lecturer")


def test_an_empty_folder_lacks_every_table_it_must_have(tmp_path):
    problems = Problems()
    read_tables(tmp_path, problems)
    assert {problem.file for problem in problems} == {f"{name}.csv" for name in REQUIRED}
