"""Support: who gets it, when, where; and non-public learners."""

import numpy as np
import pytest
from pydantic import ValidationError

from pricing.base.errors import InputError
from tests.builders import toy_city
from tests.instruments.life import instrument, live

CITY = toy_city()
AMBULATORY = CITY.needs.id.index("ambulatory")
PRESCHOOL = CITY.needs.id.index("preschool")
KEYS = {
    "kind": "support",
    "needs": ["ambulatory"],
    "classes": ["c80", "none"],
    "quintiles": [1, 2],
    "rate": {"2027": "40 %", "2029": 0.6},
}


def test_only_the_named_users_are_supported():
    life = live({"help": KEYS})
    support = life.at(2028, 1, "support")[AMBULATORY]
    users = np.zeros_like(support, dtype=bool)
    wanted = [n for n, name in enumerate(CITY.classes["health"].id) if name in KEYS["classes"]]
    users[np.ix_(range(3), [0, 1], wanted)] = True
    np.testing.assert_array_equal(support, np.where(users, 0.4, 0.0))
    np.testing.assert_array_equal(
        life.at(2029, 1, "support")[AMBULATORY], np.where(users, 0.6, 0.0)
    )
    assert not life.at(2026, 12, "support")[AMBULATORY].any()


def test_without_names_all_users_of_the_places_are():
    life = live(
        {
            "help": {
                "kind": "support",
                "needs": ["ambulatory"],
                "rate": {"2027": 1},
                "places": ["rural"],
            }
        }
    )
    support = life.at(2027, 1, "support")[AMBULATORY]
    assert np.all(support[1] == 1.0)
    assert not support[[0, 2]].any()


def test_it_ends_on_its_last_day():
    life = live({"help": {**KEYS, "until": "2030-06-15"}})
    assert life.at(2030, 5, "support")[AMBULATORY].max() == 0.6
    assert life.at(2030, 6, "support")[AMBULATORY].max() == 0.0
    june = life.months[min(m for m in life.months if m.text == "2030-06")]["support"]
    assert june[AMBULATORY].max() == pytest.approx(0.6 * 15 / 30)


def test_private_support_is_in_public_tuitions():
    keys = {"kind": "support", "needs": ["preschool"], "private_support": {"2027": 1.5}}
    life = live({"help": keys})
    assert life.at(2026, 12, "private_support")[PRESCHOOL] == 1.0
    after = life.at(2027, 1, "private_support")
    assert after[PRESCHOOL] == 1.5
    assert np.all(np.delete(after, PRESCHOOL) == 1.0)


def test_private_support_cannot_be_limited_to_places():
    keys = {"kind": "support", "needs": ["preschool"], "private_support": {"2027": 1.5}}
    with pytest.raises(InputError, match=r"instruments\.help\.places.*private_support"):
        live({"help": {**keys, "places": ["urban"]}})


def test_support_is_by_kind_of_place_not_by_place():
    with pytest.raises(InputError, match="urban, rural, disadvantaged"):
        live({"help": {**KEYS, "places": ["b"]}})


@pytest.mark.parametrize(
    "keys", [{"rate": None}, {"quintiles": [0]}, {"needs": []}, {"rate": {"2027": "40"}}]
)
def test_what_makes_no_sense_is_refused(keys):
    with pytest.raises(ValidationError):
        instrument({**KEYS, **keys})


def test_a_means_test_misses_some_and_lets_in_others():
    tested = {**KEYS, "classes": [], "means_tested": True}
    changes = {
        "support_take_up": 0.5,
        "means_test_exclusion_error": 0.3,
        "means_test_inclusion_error": 0.1,
    }
    support = live({"help": tested}, changes=changes).at(2027, 1, "support")[AMBULATORY]
    for quintile, reached in enumerate([0.35, 0.35, 0.05, 0.05, 0.05]):
        np.testing.assert_allclose(support[:, quintile], 0.4 * reached)
    own = {**tested, "take_up": 1.0, "exclusion_error": 0.0, "inclusion_error": 0.0}
    perfect = live({"help": own}, changes=changes).at(2027, 1, "support")
    plain = live({"help": {**KEYS, "classes": []}}).at(2027, 1, "support")
    np.testing.assert_array_equal(perfect, plain)


def test_take_up_counts_without_a_means_test_too():
    life = live({"help": {**KEYS, "take_up": 0.25, "inclusion_error": 0.5}})
    support = life.at(2027, 1, "support")[AMBULATORY, 0, :, CITY.classes["health"].id.index("c80")]
    np.testing.assert_allclose(support, 0.4 * 0.25 * np.array([1.0, 1.0, 0.5, 0.5, 0.5]))
