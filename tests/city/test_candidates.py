"""Candidates as slots at the end of the unit axis, their owners, the professions."""

import shutil

import numpy as np
import pytest

from pricing.base.errors import InputError
from pricing.city.candidates import is_slot_offer
from pricing.city.load import load_city
from tests.builders import SOCIALISED, socialised_city, toy_city, toy_folder


def test_slots_follow_the_units_that_stand():
    city, plain = socialised_city(), toy_city()
    assert city.units.id[: len(plain.units.id)] == plain.units.id
    assert city.units.id[len(plain.units.id) :] == city.candidates.id
    assert not city.units.is_public[city.candidates.unit].any()


def test_a_slot_has_capacity_and_no_past():
    city = socialised_city()
    slot = is_slot_offer(city.offers, city.candidates)
    assert slot.sum() == sum(one.size for one in city.candidates.offers) == 6
    assert not city.offers.volume[slot].any()
    assert (city.offers.capacity[slot] > 0).all()
    assert not np.isin(np.concatenate(city.lots.candidates), np.flatnonzero(slot)).any()


def test_a_joint_venture_names_its_public_unit():
    city = socialised_city()
    host = city.candidates.host[city.candidates.id.index("venture_a")]
    assert city.units.id[host] == "hospital_a"
    assert (city.candidates.host < 0).sum() == 3


def test_every_unit_has_an_owner_of_its_own_unless_a_chain_joins_them():
    city = socialised_city()
    assert np.unique(city.owners.owner).size == len(city.units.id)
    charity = np.flatnonzero(city.owners.is_non_profit)
    assert [city.units.id[unit] for unit in charity] == ["private_university_a"]


def test_professions_share_the_work_of_their_sector():
    staff = socialised_city().staff
    for sector in np.unique(staff.sector):
        assert np.isclose(staff.work_share[staff.sector == sector].sum(), 1.0)


def test_a_profession_without_anybody_in_public_posts_is_refused(tmp_path):
    folder = toy_folder(tmp_path / "toy_city")
    for table in SOCIALISED.glob("*.csv"):
        shutil.copy(table, folder / table.name)
    staff = folder / "staff.csv"
    staff.write_text(staff.read_text(encoding="utf-8").replace(",0.08,", ",1,", 1), "utf-8")
    with pytest.raises(InputError) as found:
        load_city(folder)
    assert [(one.file, one.key) for one in found.value.problems] == [("staff.csv", "vacancy_share")]
