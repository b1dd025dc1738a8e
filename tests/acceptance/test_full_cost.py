"""Full cost means full cost: to the last digit, unless a named ceiling binds, and funded once."""

from datetime import date

import numpy as np
import pytest

from pricing.base.arrays import Array
from pricing.base.calendar import day_of
from pricing.engine.funding import supply
from pricing.engine.standing import CASH
from pricing.world.flows import Supply
from pricing.world.quantities import CHANNELS, COMPONENTS
from tests.acceptance.toy import HORIZON, Closed, closed_months, run, shipped, tell
from tests.builders import toy_city

YEAR = 2030 - HORIZON[0]
TOLERANCE = 1e-9


@pytest.fixture(scope="module")
def full_cost():
    return run(shipped("full_cost_2030")).series


@pytest.mark.parametrize("service", toy_city().services.id)
def test_list_prices_reach_full_cost_unless_a_ceiling_binds(full_cost, service):
    number = toy_city().services.id.index(service)
    weight = full_cost["weight"][YEAR, number]
    bound = full_cost["ceiling_bound"][YEAR, number]
    listed = weight > 0
    ratio = full_cost["list_price"][YEAR, number].sum(-1)[listed]
    ratio /= full_cost["full_norm_at_decision"][YEAR, number][listed]
    free = bound[listed] == 0.0
    assert np.all(np.abs(ratio[free] - 1.0) <= 1e-12)
    assert np.all(ratio[~free] < 1.0 - 1e-6)
    tell(f"{service}: share under a binding ceiling {bound.sum() / weight.sum():.3f}")


def test_every_sector_has_a_service_at_full_cost_and_one_ceiling_binds(full_cost):
    bound = full_cost["ceiling_bound"][YEAR].sum(-1)
    free = (bound == 0.0) & (full_cost["weight"][YEAR].sum(-1) > 0)
    assert set(toy_city().services.sector[free].tolist()) == {0, 1, 2}
    names = [toy_city().services.id[service] for service in np.flatnonzero(bound)]
    assert names == ["preventive_check_up"]
    assert toy_city().laws.has("free_check_up.price_ceiling", day_of(date(2030, 1, 1)))


def test_before_the_roadmap_prices_are_below_full_cost(full_cost):
    price = full_cost["list_price"][0].sum(-1)
    full = full_cost["full_norm_at_decision"][0]
    listed = full_cost["weight"][0] > 0
    assert np.all(price[listed] < 0.95 * full[listed])


def test_channels_of_money_add_up_to_norm_cost(full_cost):
    funding, norm = full_cost["funding"], full_cost["norm_cost"]
    assert np.all(np.abs(funding.sum(-1) - norm) <= TOLERANCE * norm)


def test_management_moves_from_grant_to_price_in_full(full_cost):
    base = run(shipped("base")).series
    management = COMPONENTS.index("management")
    health = toy_city().services.sector == toy_city().sectors.index("health")

    def share(series, channel):
        paid = series["funding"][-1, health, management, CHANNELS.index(channel)].sum()
        return paid / series["norm_cost"][-1, health, management].sum()

    assert share(base, "price") == 0.0
    assert share(base, "grant") > 0.2
    assert share(full_cost, "price") > 0.9
    assert share(full_cost, "grant") < 0.3 * share(base, "grant")


def doubly_funded(closed: Closed) -> list[str]:
    """Unit, service, component and month of what price, order and grant fund beyond norm cost."""
    setup, flows = closed.setup, closed.flows
    offers, plan = setup.city.offers, closed.after.plan
    norm = flows.norm[offers.norm]
    earned = flows.earning + flows.order_earning
    granted = np.column_stack([flows.supply.grant, flows.supply.capital])
    allowed = np.maximum(norm - earned, 0.0) * plan[:, None]
    over = granted > allowed + TOLERANCE * norm * plan[:, None]
    return [
        f"{setup.city.units.id[offers.unit[offer]]} "
        f"{setup.city.services.id[offers.service[offer]]} {COMPONENTS[part]} {closed.month.text}"
        for offer, part in zip(
            *np.nonzero(over & (setup.offers.is_public > 0)[:, None]), strict=True
        )
    ]


def unexplained(closed: Closed) -> Array:
    """Norm cost of what was delivered that neither price, order, grant nor a shortfall explains.

    Relative, by offer and component. The grant fills what prices leave at the plan of the stability
    period where the state covers the unit; elsewhere, and beyond the plan, it stays unfunded.
    """
    setup, flows = closed.setup, closed.flows
    norm = flows.norm[setup.city.offers.norm][:, :CASH]
    delivered = (flows.volume.sum(0) + flows.outsiders)[:, None]
    earned = (flows.earning + flows.order_earning)[:, :CASH]
    gap = np.maximum(norm - earned, 0.0)
    covered = (closed.after.plan * setup.offers.granted)[:, None]
    surplus = np.maximum(earned - norm, 0.0)
    funded = earned * delivered + flows.supply.grant + gap * (delivered - covered)
    public = (setup.offers.is_public > 0)[:, None]
    missing = np.where(public, norm * delivered - funded + surplus * delivered, 0.0)
    relative: Array = missing / (norm * np.maximum(delivered, covered) + 1.0)
    return relative


@pytest.mark.parametrize("name", ["base", "full_cost_2030", "full_cost_protected"])
def test_every_unit_service_and_component_is_funded_once(monkeypatch, name):
    with closed_months(monkeypatch) as months:
        run(shipped(name))
    assert len(months) == 12 * (HORIZON[1] - HORIZON[0] + 1)
    assert not [complaint for closed in months for complaint in doubly_funded(closed)]
    assert max(float(np.abs(unexplained(closed)).max()) for closed in months) <= TOLERANCE


def test_a_planted_double_grant_is_caught(monkeypatch):
    def doubled(setup, state, money, norm, activity):
        made = supply(setup, state, money, norm, activity)
        grant = made.grant.copy()
        offer = int(np.argmax(grant[:, 2] * (setup.offers.is_public > 0)))
        grant[offer, 2] *= 2.0
        return Supply(
            cost=made.cost,
            grant=grant,
            capital=made.capital,
            mandate=made.mandate,
            activity=made.activity,
        )

    monkeypatch.setattr("pricing.engine.market.supply", doubled)
    with closed_months(monkeypatch) as months:
        run(shipped("base", (2025, 2026)))
    complaints = [complaint for closed in months for complaint in doubly_funded(closed)]
    assert complaints
    assert all(" management " in complaint for complaint in complaints)
    assert max(float(np.abs(unexplained(closed)).max()) for closed in months) > 0.01
