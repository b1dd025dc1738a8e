"""The envelope as levers: levels, cuts, amounts, order, recycling, links."""

import numpy as np
import pytest
from pydantic import ValidationError

from pricing.world.accounts import LINES
from tests.instruments.life import instrument, live

CENTRAL, CITY, COMMUNE = range(3)


def life_of(**keys: object):
    return live({"cap": {"kind": "envelope", **keys}})


def test_a_cut_binds_from_its_first_date_at_its_levels():
    life = life_of(cut={"2027": 0.1, "2029": 0.2})
    assert np.all(np.isinf(life.at(2026, 12, "envelope_factor")))
    assert life.at(2027, 1, "envelope_factor").tolist() == [np.inf, 0.9, 0.9]
    assert life.at(2029, 1, "envelope_factor")[CITY] == 0.8
    assert np.isinf(life.at(2035, 12, "envelope_factor")[CENTRAL])


def test_without_a_path_it_holds_from_its_own_day():
    life = live({"cap": {"kind": "envelope", "from": 2028, "levels": ["city"]}})
    assert np.isinf(life.at(2027, 12, "envelope_factor")).all()
    assert life.at(2028, 1, "envelope_factor").tolist() == [np.inf, 1.0, np.inf]


def test_an_amount_replaces_the_reference_of_its_level():
    life = life_of(amount={"city": {"2027": "9.000 tỷ đồng", "2028": 8e12}}, extra={"2028": 1e9})
    assert np.isnan(life.at(2026, 12, "envelope_amount")).all()
    assert life.at(2027, 1, "envelope_amount")[CITY] == 9e12
    assert life.at(2028, 1, "envelope_amount")[CITY] == 8e12
    assert np.isnan(life.at(2028, 1, "envelope_amount")[COMMUNE])
    assert life.at(2028, 1, "envelope_extra").tolist() == [0.0, 1e9, 1e9]


def test_the_order_ranks_its_lines_and_no_other():
    order = ["recurrent_grant", "capital"]
    rank = life_of(cut={"2027": 0.1}, order=order).at(2030, 1, "envelope_rank")
    ranked = {line: rank[LINES.index(line)] for line in LINES if rank[LINES.index(line)]}
    assert ranked == {"recurrent_grant": 1.0, "capital": 2.0}
    rank = life_of(cut={"2027": 0.1}, order=order, rule="proportional").at(2030, 1, "envelope_rank")
    assert rank[LINES.index("capital")] == rank[LINES.index("recurrent_grant")] == 1.0


def test_recycling_and_links_are_told():
    life = life_of(
        recycling={"envelope": 0.2, "premium": 0.5, "prevention": 0.3}, links={"cash": False}
    )
    assert life.at(2030, 1, "envelope_recycling").tolist() == [0.5, 0.3]
    assert life.at(2030, 1, "envelope_link").tolist() == [0.0, 1.0, 1.0, 1.0]


@pytest.mark.parametrize(
    "keys",
    [
        {"cut": {"2027": 1.1}},
        {"levels": []},
        {"levels": ["ward"]},
        {"order": ["capital", "capital"]},
        {"order": ["lots"]},
        {"amount": {"central": {"2027": 1e12}}},
        {"recycling": {"premium": 0.5}},
        {"links": {"cash": "no"}},
        {"links": {"cache": False}},
    ],
)
def test_what_makes_no_sense_is_refused(keys):
    with pytest.raises(ValidationError):
        instrument({"kind": "envelope", **keys})
