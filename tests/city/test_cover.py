import numpy as np

from tests.builders import toy_city


def test_shares_add_up_to_1_for_every_need_and_year():
    city = toy_city()
    for need in range(len(city.needs.id)):
        for year in (2025, 2026, 2035):
            np.testing.assert_allclose(city.cover.share(need, year).sum(axis=2), 1.0)


def test_the_near_poor_move_to_full_benefit_in_2026():
    city = toy_city()
    full = city.classes["health"].id.index("full")
    before, after = city.cover.share(0, 2025), city.cover.share(0, 2026)
    assert np.all(after[:, 0, full] > before[:, 0, full])
    np.testing.assert_array_equal(after, city.cover.share(1, 2035))


def test_a_year_before_the_first_table_takes_the_first():
    city = toy_city()
    np.testing.assert_array_equal(city.cover.share(0, 2020), city.cover.share(0, 2025))


def test_learners_have_shares_of_their_own_need():
    city = toy_city()
    exempt = city.classes["learner"].id.index("exempt")
    primary, college = (city.needs.id.index(need) for need in ("primary", "college"))
    assert np.all(city.cover.share(primary, 2030)[..., exempt] == 1.0)
    assert np.all(city.cover.share(college, 2030)[..., exempt] < 1.0)


def test_only_one_class_is_without_cover():
    for classes in toy_city().classes.values():
        assert classes.uninsured.sum() == 1
        assert classes.rate[classes.uninsured].tolist() == [0.0]
