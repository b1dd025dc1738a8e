"""The frame of indicators: found by scan, summed before the ratio, keys in order of the axes."""

import numpy as np
import pytest

from pricing.base.errors import PricingError
from pricing.base.words import LANGUAGES, words
from pricing.indicators._indicator import (
    DIMENSION_ORDER,
    Indicator,
    Ratio,
    axes_of,
    indicator,
    indicators,
    keys_of,
    measured,
)
from pricing.world.quantities import QUANTITIES
from tests.results.tables import AXES, result

ALL = (
    "asset_age award_over_ceiling awarded_lots budget_arrears catastrophic_cases "
    "catastrophic_headcount catastrophic_overshoot ceiling_binding ceiling_rebate "
    "concentration_of_supply contributions cost_of_public_money cost_recovery deadweight_loss "
    "declined_for_return declined_for_rivals declined_for_staff defaulted_lots "
    "delivered_over_ordered dropout_rate enrolment_rate entries entries_so_far "
    "envelope_marginal envelope_use exits failed_lots forgone_care forgone_revenue "
    "full_cost_ratio fund_deficit fund_exhausted fund_months fund_net_position fund_reserve "
    "fund_top_up impoverished impoverishing_gap interruption_days lot_administration "
    "lot_bidders lot_cycle_days lot_price lot_quality lot_saving mean_positive_overshoot "
    "moved_prices near_ceiling_share net_public_cost net_social_benefit "
    "non_public_capacity_share non_public_payment_share non_public_price_ratio "
    "non_public_price_real non_public_share non_public_share_made opened_places out_of_pocket "
    "outlay payer_concentration payer_share payment_concentration payment_curve "
    "payment_progressivity payments_over_consumption price_bound_share price_component "
    "price_full_share price_residual public_benefit_concentration public_benefit_share "
    "public_staff_lost quality quit_rate raking_near_one relative_pay service_price "
    "single_bid_share social_welfare tendered_lots travel_concentration travel_cost "
    "tuition_burden unit_arrears unit_surplus units_cash unmet_need unplaced_staff use_rate "
    "user_surplus user_surplus_per_resident vacancy_rate volume wait waiting_concentration "
    "waiting_cost"
)


def made(dimension: str, formula) -> Indicator:
    """An indicator of one dimension."""
    return indicator("VND", dimension, source="a test")(formula)


def test_every_indicator_is_found_by_scan() -> None:
    assert " ".join(indicators()) == ALL


@pytest.mark.parametrize("name", ALL.split())
def test_an_indicator_has_words_a_source_and_dimensions_in_order(name: str) -> None:
    found = indicators()[name]
    assert found.source
    assert found.formula.__doc__
    for language in LANGUAGES:
        assert words(language).label("indicator", name)
    for dimension in found.dimensions:
        axes = axes_of(dimension)
        assert len(axes) <= 2
        assert list(axes) == sorted(axes, key=DIMENSION_ORDER.index)


def test_the_poor_dimension_is_refused() -> None:
    with pytest.raises(ValueError, match="out of order"):
        made("quintile*service", lambda quantity: Ratio(of=quantity("volume")))
    with pytest.raises(ValueError, match="better 'up'"):
        indicator("VND", "all", better="up", source="a test")(
            lambda quantity: Ratio(of=quantity("volume"))
        )


def test_a_dimension_that_the_quantity_lacks_is_refused() -> None:
    lacking = made("place", lambda quantity: Ratio(of=quantity("volume")))
    with pytest.raises(PricingError, match=r"place: .* cannot be split"):
        measured(result(), "base", {"lacking": lacking})


def test_keys_run_through_the_last_axis_first() -> None:
    assert keys_of("all", AXES) == ("",)
    assert keys_of("sector*quintile", AXES) == (
        "health*1",
        "health*2",
        "education*1",
        "education*2",
    )


def test_groups_sum_to_the_total_and_ids_without_a_group_fall_out() -> None:
    found = result()
    of = lambda quantity: Ratio(of=quantity("volume"))  # noqa: E731 - a formula as a test's own
    wanted = {one: made(one, of) for one in ("all", "sector*quintile", "education_level")}
    values = measured(found, "base", wanted)
    total = values["all", "all"][..., 0]
    assert np.allclose(values["sector*quintile", "sector*quintile"].sum(axis=-1), total)
    lessons = found.labelled("volume", "base").values[..., 2, :].sum(axis=-1)
    assert np.allclose(values["education_level", "education_level"][..., 0], lessons)


def test_every_recorded_yearly_name_that_indicators_read_exists() -> None:
    read = {
        "list_price", "weight", "full_norm_at_decision", "ceiling_bound", "outlay", "claims",
        "administration", "contribution", "fund_reserve", "out_of_pocket", "people", "payment",
        "volume", "at_risk", "closing", "school_age", "dropped", "opening", "entrants",
        "wait_days", "wait_volume", "unmet", "demand", "revenue", "cost", "lot_ordered",
        "lot_delivered", "lot_accepted", "lot_quality", "lot_paid", "lot_returned",
        "lot_administration", "lot_event",
    }  # fmt: skip
    assert read <= set(QUANTITIES)
