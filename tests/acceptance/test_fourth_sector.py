"""A fourth sector is one file and rows of the tables, and runs like the others."""

import csv
from dataclasses import replace

import numpy as np

from pricing.city.load import load_city
from pricing.engine.simulate import prepare, simulate
from pricing.instruments._registry import instrument_kinds
from tests.acceptance.toy import shipped, trial
from tests.builders import toy_folder
from tests.city.test_fourth_sector import ROWS, culture

__all__ = ["culture"]  # a fixture

# Dear enough, and open to all places, that people from afar can be told apart by what they pay.
ROWS_TO_RUN = {
    **ROWS,
    "norms.csv": ["library,loan,public,public,teacher,1.5,0.5,0,90000,0.06,10000,20,0,0"],
    "offers.csv": ["library_a,loan,library,public,50000,1,0,80000,5,library,,0,0,,90000,1,"],
    "parameters.csv": ["elasticity_scale_culture,1,0.5,2,triangular,times_targets"],
}


def test_a_fourth_sector_is_priced_used_paid_and_funded(tmp_path, culture):
    folder = toy_folder(tmp_path / "city")
    for name, rows in ROWS_TO_RUN.items():
        with (folder / name).open("a", encoding="utf-8", newline="") as file:
            for row in rows:
                cells = [*next(csv.reader([row])), "invented for tests", "assumed"]
                csv.writer(file, lineterminator="\n").writerow(cells)
    city = load_city(folder)
    roadmap = instrument_kinds()["price_roadmap"].model_validate(
        {"kind": "price_roadmap", "sector": "culture", "included": {"management": {"2026": 1.0}}}
    )
    base = shipped("base", (2025, 2027))
    scenario = replace(base, instruments={**base.instruments, "library_prices": roadmap})
    known = prepare(city, city.parameters.central())
    series = simulate(city, scenario, known, trial(scenario)).series
    service, sector = city.services.id.index("loan"), city.sectors.index("culture")
    assert np.all(series["volume"][:, service].sum(1) > 10_000.0)
    assert np.all(series["outlay"][:, sector].sum((1, 2)) > 0.0)
    assert np.all(series["out_of_pocket"][:, sector].sum((1, 2)) >= 0.0)
    management = series["list_price"][:, service, 0, 2]
    assert management[0] == 0.0
    assert management[2] > 0.0
    funded = series["funding"][:, service].sum(-1)
    np.testing.assert_allclose(funded, series["norm_cost"][:, service], rtol=1e-9)
