"""Can Tho as shipped: it adds up, meets its targets, and answers a price rise as it should."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.city.load import load_city
from pricing.engine.assess import LARGEST_ERROR, assess
from pricing.engine.charges import charges
from pricing.engine.fit_targets import FitPrices
from pricing.engine.norms import first_prices, norm_cost
from pricing.engine.payers import split
from pricing.engine.solve import solve_choice, travel_per_km
from pricing.equations.choice import volumes
from tests.acceptance.toy import SHIPPED, tell

RISE = 1.15


@pytest.fixture(scope="module")
def assessed():
    return assess(load_city(SHIPPED / "cities" / "can_tho"))


def test_every_total_of_the_city_holds(assessed):
    assert len(assessed.totals) > 10
    assert [total.total for total in assessed.totals if not total.ok] == []


def test_feasible_targets_are_met_to_a_millionth_and_infeasible_ones_are_listed(assessed):
    assert assessed.largest_error <= LARGEST_ERROR == 1e-6
    for fit in assessed.calibrated.fits:
        assert fit.report.error <= 1e-6, fit.report
    missed = {(one.need, one.target) for one in assessed.infeasible}
    far = {(row.need, row.target) for row in assessed.fitted if row.error > 1e-6}
    assert far <= missed
    for one in assessed.infeasible:
        tell(
            f"infeasible: {one.need} {one.target} wanted {one.wanted:.4f} reached {one.reached:.4f}"
        )


def test_aggregates_are_at_their_targets(assessed):
    aggregates = assessed.calibrated.aggregates
    assert aggregates.is_solved
    assert aggregates.share_target == 0.40
    assert aggregates.out_of_pocket_share == pytest.approx(0.40, abs=1e-6)
    assert aggregates.fund == pytest.approx(aggregates.fund_target, rel=1e-6)


def test_at_least_six_untargeted_moments_have_a_source_and_a_light(assessed):
    assert len(assessed.moments) >= 6
    for one in assessed.moments:
        assert one.moment.source
        assert one.light in {"green", "amber", "red"}
        assert np.isfinite(one.model)
        tell(
            f"{one.moment.name}: {one.model:.4g} in {one.moment.low}…{one.moment.high} {one.light}"
        )


@pytest.mark.parametrize("need", ["ambulatory", "inpatient"])
def test_dearer_health_care_cuts_the_use_of_the_poorest_fifth_a_little(assessed, need):
    """Every health price 15 % up, all else as in the base year: static, at calibrated demand."""
    known, city = assessed.calibrated, assessed.city
    fit = known.fits[city.needs.id.index(need)]
    norm = norm_cost(known.basis, known.levers, 1.0, 0.0)
    parts = first_prices(city, norm, known.levers).component
    usual = charges(known.charge_rules, parts, known.levers, 1.0, 0.0)
    dearer = charges(
        replace(known.charge_rules, own_price=known.charge_rules.own_price * RISE),
        parts * RISE, known.levers, 1.0, 0.0,
    )  # fmt: skip
    before, after = (used(assessed, fit, priced) for priced in (usual, dearer))
    np.testing.assert_allclose(before, fit.volume.sum((1, 2)), rtol=1e-9)
    cut = 1.0 - after / before
    tell(f"{need}: use falls by {', '.join(f'{share:.2%}' for share in cut)} from Q1 to Q5")
    assert 0.002 <= cut[0] <= 0.05
    assert np.all(cut > 0.0)


def used(assessed, fit, priced):
    """Residents' use of a need at some prices, (quintile,) a year."""
    known, city = assessed.calibrated, assessed.city
    parameters = known.parameters
    paid = split(fit.rules, priced, known.levers, 1.0)
    travel = travel_per_km(city, fit.frame.need, parameters, known.income_month, 1.0)
    prices = FitPrices(
        user_price=paid.household,
        price=priced.charged[fit.frame.offers],
        uncovered_class=fit.rules.uncovered,
        travel_per_km=travel,
        income_month=known.income_month,
        self_care_cost=parameters["self_care_cost"] if fit.rules.has_self_care else 0.0,
    )
    return volumes(solve_choice(fit.frame, fit.demand, prices), fit.episodes).sum((1, 2))
