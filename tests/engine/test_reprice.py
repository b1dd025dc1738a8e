"""Rounds of prices: base prices come back, conditions hold, moves have causes, capacity binds."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.base.calendar import Month
from pricing.base.errors import InvariantError
from pricing.engine import market, reprice
from pricing.engine.base_year import base_levers
from pricing.engine.price_book import price_books
from pricing.engine.start import first_state
from pricing.equations.oligopoly import Equilibrium, equilibrium
from pricing.scenario.scenario import NonPublicSpec
from pricing.world.levers import LeverValues
from tests.builders import socialised_city
from tests.engine.owners import PRICES, known, market_of


def steps(setup, months: int, levers=None):
    values = levers or base_levers(setup.city, setup.calibrated.parameters)
    state = first_state(setup)
    for number in range(months):
        state, flows = market.step(setup, values, state, Month(2025 * 12 + number))
        yield state, flows


def changed(setup, **values) -> LeverValues:
    base = base_levers(setup.city, setup.calibrated.parameters)
    moved = {name: np.asarray(value) for name, value in values.items()}
    return LeverValues({**base.values, **moved}, {**base.at_end, **moved})


def test_base_prices_are_reproduced():
    setup = market_of(PRICES)
    state, flows = next(steps(setup, 1))
    assert flows.pricing is not None
    priced = flows.pricing.is_priced
    assert priced.sum() == 4
    assert np.allclose(flows.pricing.real[priced], 1.0, rtol=1e-12)
    assert np.allclose(state.non_public.factor, 1.0, rtol=1e-12)


def test_every_round_meets_its_condition_and_learners_are_priced_at_their_intake():
    setup, months = market_of(PRICES, 0.03), []
    for number, (_, flows) in enumerate(steps(setup, 36)):
        if flows.pricing is not None:
            months.append(number % 12 + 1)
            assert flows.pricing.residual.max() <= 1e-8
    assert set(months) == {1, 9}


def test_richer_users_pay_higher_markups():
    poor, rich = market_of(PRICES), market_of(PRICES, 0.04)
    real = [[*steps(setup, 49)][-1][1].pricing.real for setup in (poor, rich)]
    priced = real[0] > 0
    assert np.all(real[1][priced] > real[0][priced])


def test_without_a_market_nobody_prices():
    setup = market_of(NonPublicSpec())
    assert setup.books == ()
    assert all(flows.pricing is None for _, flows in steps(setup, 9))


def test_entry_alone_quotes_prices_and_leaves_them():
    setup = market_of(NonPublicSpec(entry=True), 0.04)
    state, _ = [*steps(setup, 25)][-1]
    assert np.array_equal(state.non_public.factor, np.ones_like(state.non_public.factor))
    assert any(quote is not None for quote in state.quotes)


def test_a_contract_price_that_rises_is_a_floor():
    setup = market_of(PRICES)
    included = np.ones_like(base_levers(setup.city, setup.calibrated.parameters)["included"])
    day = np.zeros_like(base_levers(setup.city, setup.calibrated.parameters)["price_decision"])
    state, flows = next(steps(setup, 1, changed(setup, included=included, price_decision=day)))
    for quote in state.quotes:
        if quote is not None:
            assert np.all(quote.price >= quote.floor * (1.0 - 1e-9))
    assert np.all(flows.top_up >= 0.0)


def test_without_reimbursement_a_roadmap_leaves_contract_prices():
    prices = []
    for reimbursement in (True, False):
        setup = market_of(replace(PRICES, reimbursement=reimbursement))
        base = base_levers(setup.city, setup.calibrated.parameters)
        full = changed(
            setup,
            included=np.ones_like(base["included"]),
            price_decision=np.zeros_like(base["price_decision"]),
        )
        _, flows = next(steps(setup, 1, full))
        prices.append(flows.charged)
    city = socialised_city()
    contracted = ~city.units.is_public[city.offers.unit] & (city.offers.price_norm >= 0)
    assert np.all(prices[1][contracted] < prices[0][contracted])
    public = city.units.is_public[city.offers.unit]
    assert np.allclose(prices[1][public], prices[0][public])
    assert np.allclose(prices[1][contracted], known().charges.charged[contracted])


def test_a_quota_of_supported_users_lowers_what_the_mean_user_pays():
    setup = market_of(PRICES)
    quota = np.zeros(len(setup.city.candidates.id))
    quota[setup.city.candidates.id.index("new_school_a")] = 0.25
    _, plain = next(steps(setup, 1))
    _, supported = next(steps(setup, 1, changed(setup, supported_quota=quota)))
    offers = setup.city.candidates.offers[setup.city.candidates.id.index("new_school_a")]
    assert np.allclose(supported.charged[offers], 0.75 * plain.charged[offers])
    others = np.setdiff1d(np.arange(plain.charged.size), offers)
    assert np.allclose(supported.charged[others], plain.charged[others])


def test_a_price_that_misses_its_condition_stops_the_trial(monkeypatch):
    def worse(*given) -> Equilibrium:
        found = equilibrium(*given)
        return replace(found, residual=found.residual + 1e-6)

    monkeypatch.setattr(reprice, "equilibrium", worse)
    with pytest.raises(InvariantError, match=r"price of .* 2025-01"):
        next(steps(market_of(PRICES), 1))


def test_what_moves_a_price_adds_up_to_its_move():
    setup = market_of(PRICES, 0.06)
    highest = 1.0
    for state, flows in steps(setup, 121):
        highest = max(highest, float(state.non_public.factor.max()))
        if flows.pricing is None:
            continue
        real = flows.pricing.real[flows.pricing.is_priced]
        outside = (real < reprice.LOWEST) | (real > reprice.HIGHEST)
        causes = flows.pricing.cause[flows.pricing.is_priced]
        assert np.array_equal(causes >= 0, outside)
    assert highest > 1.2


def test_books_have_one_owner_a_unit_and_costs_below_prices():
    books = price_books(socialised_city(), known())
    for book in books:
        if book is None:
            continue
        assert np.all(book.costs.mc > 0.0)
        assert np.all(book.costs.mc < book.base_price)
        assert np.all((book.costs.conduct > 0.0) & (book.costs.conduct <= 1.0))
    city = socialised_city()
    slots = np.concatenate(city.candidates.offers)
    assert np.isin(slots, np.concatenate([book.offer for book in books if book])).all()
