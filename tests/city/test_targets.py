import numpy as np
import pytest

from tests.builders import toy_city


def test_a_target_is_given_by_quintile():
    assert toy_city().target("use_rate", "ambulatory").tolist() == [4.8, 4.9, 5.0, 5.1, 5.2]


def test_one_number_fills_the_quintiles():
    city = toy_city()
    assert city.target("own_place_share", "ambulatory").tolist() == [0.6] * 5
    assert city.targets.value("oop_share") == 0.4


def test_nest_shares_add_up_to_1():
    city = toy_city()
    for need, nests in zip(city.needs.id, city.nests, strict=True):
        total = sum(city.target("nest_share", need, nest) for nest in nests)
        np.testing.assert_allclose(total, 1.0, atol=1e-6)


def test_an_unknown_target_names_the_nearest():
    city = toy_city()
    assert not city.targets.has("use_rat", "ambulatory")
    with pytest.raises(KeyError, match="nearest: use_rate"):
        city.target("use_rat", "ambulatory")


def test_a_target_by_quintile_is_not_one_number():
    with pytest.raises(KeyError, match="differs by quintile"):
        toy_city().targets.value("use_rate", "ambulatory")


def test_moments_carry_range_and_source():
    [first, *_] = toy_city().moments
    assert first.low < first.high
    assert first.source
