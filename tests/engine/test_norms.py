"""Norm cost and price lists: a price moves by a decision, and by nothing else."""

import numpy as np
import numpy.typing as npt
import pytest

from pricing.engine.norms import decided_prices, first_prices, month_prices, norm_basis, norm_cost
from pricing.world.levers import LeverValues
from tests.builders import toy_city
from tests.engine.small import still_levers, with_levers

CITY = toy_city()
BASIS = norm_basis(CITY, 1.0, 0.0)
LEVERS = still_levers()
NORM = norm_cost(BASIS, LEVERS, 1.0, 0.0)
LABOUR, DIRECT, MANAGEMENT, DEPRECIATION = range(4)
STAY = CITY.norms.id.index("stay_city")
PRIMARY = CITY.norms.id.index("primary_public")


def test_the_norm_of_a_stay_by_hand():
    hospital = CITY.posts
    group = CITY.norms.pay_group[STAY]
    labour = sum(
        hours * coefficient * 2_340_000.0 * (1.0 + allowance) * (1.0 + employer) * 12.0 / paid
        for hours, coefficient, allowance, employer, paid in zip(
            (24.423, 13.171, 0.0),
            hospital.coefficient[group],
            hospital.allowance[group],
            hospital.employer[group],
            hospital.paid_hours[group],
            strict=True,
        )
    )
    assert LEVERS.scalar("base_salary") == 2_340_000.0
    assert NORM[STAY, LABOUR] == pytest.approx(labour)
    assert NORM[STAY, DIRECT] == 2_760_000.0
    assert NORM[STAY, MANAGEMENT] == pytest.approx(0.0575 * (labour + 2_760_000.0))
    assert NORM[STAY, DEPRECIATION] == 480_000.0


def test_the_bundle_scale_moves_all_components_of_bundles_and_no_others():
    twice = norm_cost(norm_basis(CITY, 2.0, 0.0), LEVERS, 1.0, 0.0)
    bundles = CITY.norms.bundle
    np.testing.assert_allclose(twice[bundles], 2.0 * NORM[bundles])
    np.testing.assert_array_equal(twice[~bundles], NORM[~bundles])
    assert bundles[STAY]
    assert not bundles[PRIMARY]


def test_pay_moves_labour_and_its_overhead_prices_the_rest():
    base = LEVERS.scalar("base_salary")
    paid = norm_cost(BASIS, with_levers(LEVERS, {"base_salary": 1.1 * base}), 1.0, 0.0)
    np.testing.assert_allclose(paid[:, LABOUR], 1.1 * NORM[:, LABOUR])
    np.testing.assert_array_equal(paid[:, [DIRECT, DEPRECIATION]], NORM[:, [DIRECT, DEPRECIATION]])
    rise = BASIS.overhead_rate * (paid[:, LABOUR] - NORM[:, LABOUR])
    np.testing.assert_allclose(paid[:, MANAGEMENT] - NORM[:, MANAGEMENT], rise)
    dearer = norm_cost(BASIS, LEVERS, 1.2, 0.0)
    np.testing.assert_array_equal(dearer[:, LABOUR], NORM[:, LABOUR])
    np.testing.assert_allclose(
        dearer[:, [DIRECT, DEPRECIATION]], 1.2 * NORM[:, [DIRECT, DEPRECIATION]]
    )


def test_drug_prices_drift_in_bundles_only():
    drifted = norm_cost(norm_basis(CITY, 1.0, 0.01), LEVERS, 1.0, 5.0)
    assert drifted[STAY, DIRECT] == pytest.approx(NORM[STAY, DIRECT] * 1.01**5)
    np.testing.assert_array_equal(drifted[PRIMARY], NORM[PRIMARY])


def test_the_first_lists_hold_what_the_law_lets_in():
    prices = first_prices(CITY, NORM, LEVERS)
    np.testing.assert_allclose(prices.component, LEVERS["included"] * NORM[:, None, :])
    np.testing.assert_allclose(prices.full_cost, np.broadcast_to(NORM.sum(1)[:, None], (27, 3)))
    np.testing.assert_array_equal(prices.is_bound, 0.0)
    assert np.all(prices.component[:, :, DEPRECIATION] == 0.0)


FIRST = first_prices(CITY, NORM, LEVERS)


def decision(day: float, norm: int, kind: int, **changes: npt.ArrayLike) -> LeverValues:
    """Levers on which one price is decided on a day, everything let in, and other changes."""
    decided = LEVERS["price_decision"].copy()
    decided[norm, kind] = day
    return with_levers(LEVERS, {"included": 1.0, "price_decision": decided, **changes})


def test_without_a_decision_a_price_stands_whatever_it_costs():
    levers = with_levers(LEVERS, {"included": 1.0, "accumulation_rate": 0.1})
    assert decided_prices(FIRST, 3.0 * NORM, levers) is FIRST


def test_a_decision_moves_its_own_price_and_no_other():
    after = decided_prices(FIRST, 1.1 * NORM, decision(40.0, STAY, 1))
    np.testing.assert_allclose(after.component[STAY, 1], 1.1 * NORM[STAY])
    assert after.full_cost[STAY, 1] == pytest.approx(1.1 * NORM[STAY].sum())
    assert after.decided[STAY, 1] == 40.0
    others = np.ones((27, 3), dtype=bool)
    others[STAY, 1] = False
    np.testing.assert_array_equal(after.component[others], FIRST.component[others])
    np.testing.assert_array_equal(after.full_cost[others], FIRST.full_cost[others])
    again = decided_prices(after, 2.0 * NORM, decision(40.0, STAY, 1))
    assert again is after


def test_accumulation_comes_on_top_of_every_component():
    after = decided_prices(FIRST, NORM, decision(3.0, STAY, 0, accumulation_rate=0.05))
    np.testing.assert_allclose(after.component[STAY, 0], 1.05 * NORM[STAY])
    assert after.full_cost[STAY, 0] == pytest.approx(1.05 * NORM[STAY].sum())


def test_a_ceiling_cuts_all_components_alike_and_is_flagged():
    limit = 0.8 * NORM[STAY].sum()
    ceiling = LEVERS["price_ceiling"].copy()
    ceiling[STAY] = limit
    after = decided_prices(FIRST, NORM, decision(3.0, STAY, 0, price_ceiling=ceiling))
    np.testing.assert_allclose(after.component[STAY, 0], 0.8 * NORM[STAY])
    assert after.component[STAY, 0].sum() == pytest.approx(limit)
    assert after.is_bound[STAY, 0] == 1.0
    assert after.is_bound.sum() == 1.0
    assert after.full_cost[STAY, 0] == pytest.approx(NORM[STAY].sum())


@pytest.mark.parametrize(
    ("day", "new_share"), [(0.0, 1.0), (10.0, 21.0 / 31.0), (30.0, 1.0 / 31.0)]
)
def test_a_price_decided_in_a_month_holds_for_the_days_left_of_it(day, new_share):
    after = decided_prices(FIRST, NORM, decision(day, STAY, 2))
    month = month_prices(FIRST, after, 0, 31)
    expected = new_share * NORM[STAY] + (1.0 - new_share) * FIRST.component[STAY, 2]
    np.testing.assert_allclose(month[STAY, 2], expected)
    np.testing.assert_array_equal(month[PRIMARY], FIRST.component[PRIMARY])


def test_a_month_without_decisions_has_the_lists_themselves():
    assert month_prices(FIRST, FIRST, 31, 28) is FIRST.component
