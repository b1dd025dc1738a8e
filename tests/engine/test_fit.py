"""The inversion of demand: what is put in comes out, and what cannot be met is said."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from pricing.base.arrays import Array
from pricing.base.draws import Draws
from pricing.engine.fit import fit_need
from pricing.engine.fit_search import DISTANCE_BOUND
from pricing.engine.fit_targets import FitPrices, FitTargets
from pricing.engine.frames import Demand, NeedFrame
from pricing.engine.solve import solve_choice
from pricing.equations.choice import Choice, offer_shares, volumes

NAN = float("nan")
STEP = 1e-5


@dataclass(frozen=True)
class Need:
    """A need with a demand that is known to be true, and the targets that it implies."""

    frame: NeedFrame
    truth: Demand
    prices: FitPrices
    targets: FitTargets


def frame() -> NeedFrame:
    """Two places, two nests: two offers in the first (one a place), three in the second."""
    place = np.array([0, 1, 0, 1, 1])
    distance = np.where(place == np.arange(2)[:, None], 3.0, 20.0)
    return NeedFrame(
        need=0,
        name="care",
        offers=slice(0, 5),
        nests=(slice(0, 2), slice(2, 5)),
        nest=np.array([0, 0, 1, 1, 1]),
        distance=distance,
        reach=np.ones((2, 5)),
        open_reach=np.ones((2, 5)),
        own_place=(place == np.arange(2)[:, None]).astype(float),
    )


def money() -> FitPrices:
    price = np.array([50.0, 60.0, 200.0, 150.0, 180.0])
    covered = np.array([0.2, 1.0])
    user = price[:, None] * covered
    return FitPrices(
        user_price=np.broadcast_to(user, (2, 5, 2)).copy() + 5.0,
        price=price,
        uncovered_class=1,
        travel_per_km=np.array([0.5, 0.8]),
        income_month=np.array([1_000.0, 3_000.0]),
        self_care_cost=30.0,
    )


def truth() -> Demand:
    return Demand(
        asc=np.array([[0.5, 0.3], [0.2, 0.9]]),
        alpha=np.array([3.0, 2.0]),
        offer_constant=np.array([0.2, -0.2, 0.4, -0.1, -0.3]),
        distance_weight=0.05,
        need_rate=np.ones(2),
        nest_lambda=0.6,
    )


def episodes() -> Array:
    return np.array(
        [[[300.0, 100.0], [200.0, 60.0]], [[150.0, 80.0], [250.0, 20.0]]]
    )  # (quintile, place, class)


def use(choice: Choice, nest: int = -1) -> Array:
    """Use by the uncovered class, of the need or of one nest, (quintile,)."""
    share = choice.nest_probability[..., 1]
    used = share.sum(0) if nest < 0 else share[nest]
    total: Array = (episodes()[..., 1] * used).sum(1)
    return total


def elasticity(demand: Demand, nest: int = -1) -> Array:
    """Finite difference of ln use to a common change of prices (of one nest's, if one is given)."""
    prices = money()
    offers = slice(None) if nest < 0 else frame().nests[nest]
    logs = []
    for sign in (1.0, -1.0):
        moved = prices.user_price.copy()
        moved[:, offers, 1] += sign * STEP * prices.price[offers]
        choice = solve_choice(frame(), demand, replace(prices, user_price=moved))
        logs.append(np.log(use(choice, nest)))
    return np.asarray(np.abs(logs[0] - logs[1]) / (2.0 * STEP))


def need(demand: Demand | None = None, elastic_nest: int = -1) -> Need:
    demand = truth() if demand is None else demand
    choice = solve_choice(frame(), demand, money())
    used = volumes(choice, episodes())
    shares = offer_shares(choice) * episodes()[:, :, None, :]
    own = (shares.sum((0, 3)) * frame().own_place).sum() / shares.sum()
    targets = FitTargets(
        episodes=episodes(),
        nest_volume=np.stack([used[:, nest].sum((1, 2)) for nest in frame().nests], axis=1),
        offer_volume=used.sum((0, 2)),
        elasticity=elasticity(demand, elastic_nest),
        elastic_nest=elastic_nest,
        own_place_share=float(own),
    )
    return Need(frame(), demand, money(), targets)


def cold() -> Demand:
    return replace(
        truth(),
        asc=np.zeros((2, 2)),
        alpha=np.full(2, NAN),
        offer_constant=np.zeros(5),
        distance_weight=0.06,
    )


def model_volume(case: Need, demand: Demand) -> Array:
    return volumes(solve_choice(case.frame, demand, case.prices), case.targets.episodes)


@pytest.mark.parametrize("elastic_nest", [-1, 1])
def test_a_fit_finds_the_demand_that_made_its_targets(elastic_nest):
    case = need(elastic_nest=elastic_nest)
    demand, report = fit_need(case.frame, cold(), case.targets, case.prices)
    assert report.error < 1e-10
    assert report.infeasible == ()
    # the finite difference behind the elasticity target limits alpha, and alpha the rest
    np.testing.assert_allclose(demand.alpha, case.truth.alpha, rtol=1e-7)
    assert demand.distance_weight == pytest.approx(case.truth.distance_weight, rel=1e-6)
    np.testing.assert_allclose(
        model_volume(case, demand), model_volume(case, case.truth), rtol=1e-7
    )


@pytest.mark.parametrize("number", range(12))
def test_any_demand_within_reason_is_found_again(number):
    draw = Draws(number, 0).table("demand", (8,))
    nest_lambda = 0.4 + 0.4 * float(draw[0])
    made = replace(
        truth(),
        alpha=0.3 + 5.0 * draw[1:3],
        distance_weight=0.01 + 0.1 * float(draw[3]),
        asc=2.0 * draw[4:].reshape(2, 2) - 1.0,
        nest_lambda=nest_lambda,
    )
    case = need(made)
    start = replace(cold(), nest_lambda=nest_lambda)
    demand, report = fit_need(case.frame, start, case.targets, case.prices)
    assert report.error < 1e-9
    np.testing.assert_allclose(demand.alpha, made.alpha, rtol=1e-6)
    np.testing.assert_allclose(model_volume(case, demand), model_volume(case, made), rtol=1e-6)


def test_the_elasticity_that_was_aimed_at_is_that_of_use_without_cover():
    case = need()
    wanted = np.array([0.15, 0.4])
    targets = replace(case.targets, elasticity=wanted)
    demand, report = fit_need(case.frame, cold(), targets, case.prices)
    assert report.error < 1e-10
    np.testing.assert_allclose(elasticity(demand), wanted, rtol=1e-7)


def test_people_who_do_not_mind_the_price_have_alpha_zero():
    case = need()
    targets = replace(case.targets, elasticity=np.array([0.0, 0.3]))
    demand, report = fit_need(case.frame, cold(), targets, case.prices)
    assert demand.alpha[0] == 0.0
    assert demand.alpha[1] > 0.0
    assert report.error < 1e-10
    dearer = replace(case.prices, user_price=2.0 * case.prices.user_price)
    before = solve_choice(case.frame, demand, case.prices).nest_probability
    after = solve_choice(case.frame, demand, dearer).nest_probability
    np.testing.assert_allclose(after[:, 0], before[:, 0], rtol=1e-14)
    assert np.all(after[:, 1].sum(0) < before[:, 1].sum(0))


def test_a_larger_elasticity_needs_a_larger_alpha():
    case = need()
    alphas = [
        fit_need(
            case.frame,
            cold(),
            replace(case.targets, elasticity=scale * case.targets.elasticity),
            case.prices,
        )[0].alpha
        for scale in (0.5, 1.0, 1.5)
    ]
    assert np.all(np.diff(alphas, axis=0) > 0.0)


@pytest.mark.parametrize(("wanted", "bound"), [(0.99999, DISTANCE_BOUND), (0.02, 0.0)])
def test_a_share_that_no_distance_weight_gives_is_said_with_the_nearest(wanted, bound):
    case = need()
    targets = replace(case.targets, own_place_share=wanted, offer_volume=np.full(5, NAN))
    demand, report = fit_need(case.frame, cold(), targets, case.prices)
    (missed,) = report.infeasible
    assert (missed.need, missed.target, missed.wanted) == ("care", "own_place_share", wanted)
    assert demand.distance_weight == bound
    shares = offer_shares(solve_choice(case.frame, demand, case.prices))
    here = shares * episodes()[:, :, None, :]
    own = (here.sum((0, 3)) * case.frame.own_place).sum() / here.sum()
    assert missed.reached == pytest.approx(own, rel=1e-9)
    # what can be met is met all the same
    assert report.error < 1e-10
    by_nest = [model_volume(case, demand)[:, nest].sum((1, 2)) for nest in case.frame.nests]
    np.testing.assert_allclose(np.stack(by_nest, axis=1), targets.nest_volume, rtol=1e-9)


def test_without_a_share_of_the_own_place_the_distance_weight_stays():
    case = need()
    targets = replace(case.targets, own_place_share=NAN)
    demand, report = fit_need(case.frame, cold(), targets, case.prices)
    assert demand.distance_weight == cold().distance_weight
    assert report.infeasible == ()
    assert report.error < 1e-10


def test_offers_without_a_known_volume_keep_their_size():
    case = need()
    known = case.targets.offer_volume.copy()
    known[2:] = NAN
    start = replace(cold(), offer_constant=np.array([0.0, 0.0, 0.7, 0.1, -0.4]))
    targets = replace(case.targets, offer_volume=known)
    demand, report = fit_need(case.frame, start, targets, case.prices)
    assert report.error < 1e-10
    np.testing.assert_array_equal(demand.offer_constant[2:], start.offer_constant[2:])
    np.testing.assert_allclose(
        model_volume(case, demand).sum((0, 2))[:2], case.targets.offer_volume[:2], rtol=1e-9
    )


def test_known_volumes_give_way_to_what_the_nest_leaves_them():
    case = need()
    wrong = case.targets.offer_volume * np.array([1.3, 1.3, 0.5, 0.5, 0.5])
    targets = replace(case.targets, offer_volume=wrong)
    demand, report = fit_need(case.frame, cold(), targets, case.prices)
    assert report.error < 1e-10
    np.testing.assert_allclose(
        model_volume(case, demand).sum((0, 2)), case.targets.offer_volume, rtol=1e-9
    )


def test_a_warm_start_ends_where_a_cold_one_does():
    case = need()
    found, _ = fit_need(case.frame, cold(), case.targets, case.prices)
    near = replace(case.truth, alpha=2.0 * case.truth.alpha, distance_weight=0.2)
    again, report = fit_need(case.frame, near, case.targets, case.prices)
    assert report.error < 1e-10
    np.testing.assert_allclose(again.alpha, found.alpha, rtol=1e-8)
    np.testing.assert_allclose(model_volume(case, again), model_volume(case, found), rtol=1e-8)


def test_the_fit_starts_warm_at_the_answer_in_one_round():
    case = need()
    found, _ = fit_need(case.frame, cold(), case.targets, case.prices)
    again, report = fit_need(case.frame, found, case.targets, case.prices)
    assert report.rounds == 1
    np.testing.assert_allclose(again.asc, found.asc, atol=1e-9)
