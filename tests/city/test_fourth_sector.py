"""A fourth sector is one file of the sectors folder and rows of the city's tables."""

import csv
import sys

import pytest

import pricing.sectors
from pricing.city.load import load_city
from tests.builders import toy_folder

MODULE = '''"""Libraries: visits to read and borrow."""

from pricing.sectors._sector import EPISODE, Sector

SECTOR = Sector(
    kind="culture",
    needs={"reading": EPISODE},
    scheme="learner",
    label="sector.culture",
    indicators=("use_rate",),
)
'''
NORM = "library,loan,public,public,teacher,0.1,0.1,0,9000,0.06,1000,20,0,0"
ROWS = {
    "needs.csv": ["reading,culture,episode,1,5,90,0,none,,,,,learner,0"],
    "services.csv": ["loan,reading,culture,loan,0"],
    "norms.csv": [NORM],
    "units.csv": ["library_a,Thư viện A,a,culture,city,public,library,city,4,0,5,2,1e9,1"],
    "offers.csv": ["library_a,loan,library,public,50000,1,0,80000,5,library,,0,0,,,1,"],
    "cover.csv": [
        f"learner,reading,{kind},{quintile},full_fee,1,,,2025,"
        for kind in ("urban", "rural", "disadvantaged")
        for quintile in range(1, 6)
    ],
    "targets.csv": [
        "use_rate,reading,all,all,0.4,,,x",
        "outside_share,reading,all,all,0.3,,,x",
        "elasticity,reading,all,all,-0.3,,,x",
        *(f"nest_share,reading,{quintile},public,1,,,x" for quintile in range(1, 6)),
    ],
}


@pytest.fixture
def culture(tmp_path, monkeypatch):
    folder = tmp_path / "sectors"
    folder.mkdir()
    (folder / "culture.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.setattr(pricing.sectors, "__path__", [*pricing.sectors.__path__, str(folder)])
    yield
    sys.modules.pop("pricing.sectors.culture", None)


def test_a_fourth_sector_loads_without_other_edits(tmp_path, culture):
    folder = toy_folder(tmp_path / "city")
    for name, rows in ROWS.items():
        with (folder / name).open("a", encoding="utf-8", newline="") as file:
            for row in rows:
                cells = [*next(csv.reader([row])), "invented for tests", "assumed"]
                csv.writer(file, lineterminator="\n").writerow(cells)
    city = load_city(folder)
    assert city.sectors == ("health", "education", "vocational", "culture")
    window = city.need_offers(city.needs.id.index("reading"))
    assert [city.units.id[unit] for unit in city.offers.unit[window]] == ["library_a"]
    assert city.target("use_rate", "reading").tolist() == [0.4] * 5
