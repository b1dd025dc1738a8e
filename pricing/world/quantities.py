"""What a trial records: every quantity with its axes, its unit and whether it flows or stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pricing.city.city import City
from pricing.city.rows.network import BUDGET_LEVELS
from pricing.city.rows.people import PLACE_KINDS
from pricing.city.rows.services import OWNERSHIPS
from pricing.world.accounts import LINES
from pricing.world.chronicle import LOT_EVENTS
from pricing.world.flows import CAUSES
from pricing.world.investors import ENTRY_EVENTS

COMPONENTS = ("labour", "direct", "management", "depreciation")
PAYERS = ("household", "fund", "budget")
CONTRIBUTORS = ("household", "employer", "budget")
MEMBER_CLASSES = ("payroll", "budget_paid", "pupil", "near_poor", "family")
CHANNELS = ("price", "order", "grant", "unfunded")
QUINTILES = ("1", "2", "3", "4", "5")
THRESHOLDS = ("consumption_10", "consumption_25", "capacity_40")
PAYMENTS = ("health", "learning", "catastrophic")
CURVES = ("consumption", "health", "learning")
TENTHS = tuple(str(share) for share in range(10, 101, 10))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A recorded array: its axes after the year (or month), unit, and whether it is a `flow`.

    A flow is summed over the months of a year; a stock is put once, as it stands at the year's end.
    """

    name: str
    axes: tuple[str, ...]
    unit_of_measure: str
    is_flow: bool = True


def _flow(name: str, axes: str, unit_of_measure: str) -> Quantity:
    return Quantity(name=name, axes=tuple(axes.split()), unit_of_measure=unit_of_measure)


def _stock(name: str, axes: str, unit_of_measure: str) -> Quantity:
    return Quantity(
        name=name, axes=tuple(axes.split()), unit_of_measure=unit_of_measure, is_flow=False
    )


YEARLY: tuple[Quantity, ...] = (
    _stock("list_price", "service place_kind component", "vnd_per_unit_of_output"),
    _stock("full_norm_at_decision", "service place_kind", "vnd_per_unit_of_output"),
    _stock("weight", "service place_kind", "units_of_output"),
    _stock("ceiling_bound", "service place_kind", "units_of_output"),
    _flow("volume", "service quintile", "units_of_output"),
    _flow("volume_place", "service place", "units_of_output"),
    _flow("volume_outsiders", "service", "units_of_output"),
    _flow("payment", "service quintile payer", "vnd"),
    _flow("revenue", "service place_kind", "vnd"),
    _flow("cost", "service place_kind component", "vnd"),
    _flow("outlay", "sector line budget_level", "vnd"),
    _flow("claims", "", "vnd"),
    _flow("administration", "", "vnd"),
    _flow("contribution", "contributor", "vnd"),
    _flow("contribution_class", "member_class contributor", "vnd"),
    _stock("fund_reserve", "", "vnd"),
    _stock("fund_months", "", "months"),
    _stock("fund_deficit", "", "flag"),
    _stock("fund_exhausted", "", "flag"),
    _flow("fund_top_up", "", "vnd"),
    _flow("out_of_pocket", "sector place quintile", "vnd"),
    _flow("self_treatment", "quintile", "vnd"),
    _stock("people", "place quintile", "people"),
    _stock("at_risk", "need quintile", "people"),
    _flow("demand", "need quintile", "episodes_or_learner_months"),
    _flow("unmet", "need quintile", "episodes_or_learner_months"),
    _flow("entrants", "need quintile", "learners"),
    _flow("completed", "need quintile", "learners"),
    _flow("dropped", "need quintile", "learners"),
    _stock("opening", "need quintile", "learners"),
    _stock("closing", "need quintile", "learners"),
    _stock("school_age", "need quintile", "people"),
    _flow("wait_days", "service", "days"),
    _flow("wait_volume", "service", "units_of_output"),
    _flow("funding", "service component channel", "vnd"),
    _flow("norm_cost", "service component", "vnd"),
    _flow("user_surplus", "need place_kind quintile", "vnd"),
    _flow("travel_km", "need quintile", "km"),
    _flow("travel_cost", "need quintile", "vnd"),
    _flow("detour_cost", "need quintile", "vnd"),
    _flow("waiting", "need quintile", "days"),
    _flow("waiting_cost", "need quintile", "vnd"),
    _flow("unit_surplus", "sector ownership", "vnd"),
    _flow("payment_outsiders", "service payer", "vnd"),
    _stock("cost_of_funds", "", "vnd_per_vnd"),
    _stock("social_weight", "quintile", "ratio"),
    _flow("envelope_cap", "budget_level", "vnd"),
    _flow("obligation", "line budget_level", "vnd"),
    _flow("envelope_marginal", "line budget_level", "share_of_a_vnd"),
    _stock("budget_arrears", "sector budget_level", "vnd"),
    _stock("units_cash", "sector", "vnd"),
    _stock("unit_arrears", "sector", "vnd"),
    _stock("asset_age", "sector", "vnd_times_share"),
    _stock("asset_value", "sector", "vnd"),
    _flow("quality_value", "sector", "quality_times_vnd"),
    _flow("quality_weight", "sector", "vnd"),
    _flow("lot_ordered", "lot", "units_of_output"),
    _flow("lot_delivered", "lot", "units_of_output"),
    _flow("lot_accepted", "lot", "units_of_output"),
    _flow("lot_quality", "lot", "quality_times_units_of_output"),
    _flow("lot_paid", "lot", "vnd"),
    _flow("lot_returned", "lot", "vnd"),
    _flow("lot_administration", "lot", "vnd"),
    _flow("lot_event", "lot lot_event", "events_days_or_vnd"),
    _flow("provided", "service place ownership", "units_of_output"),
    _flow("use_ownership", "service quintile ownership", "units_of_output"),
    _stock("capacity_ownership", "service ownership", "units_of_output_or_seats"),
    _flow("paid_ownership", "service ownership", "vnd"),
    _flow("concentration", "service", "index_times_units_of_output"),
    _stock("price_offers", "service", "offers"),
    _stock("price_bound", "service", "offers"),
    _stock("price_full", "service", "offers"),
    _stock("price_real", "service", "offers_times_base_price"),
    _stock("price_residual", "service", "share_of_price"),
    _stock("price_moved", "service price_cause", "offers"),
    _flow("entry_event", "sector place entry_event", "events_or_places"),
    _stock("sampled_people", "place_kind quintile", "people"),
    _stock("household_spending", "place_kind quintile", "vnd"),
    _stock("household_paid", "sector place_kind quintile", "vnd"),
    _stock("ceiling_rebate", "place_kind quintile", "vnd"),
    _stock("catastrophic", "threshold place_kind quintile", "people_or_households"),
    _stock("overshoot", "threshold place_kind quintile", "shares_of_people_or_households"),
    _stock("exposed", "threshold place_kind quintile", "people_or_households"),
    _stock("poor", "place_kind quintile", "people"),
    _stock("impoverished", "place_kind quintile", "people"),
    _stock("poverty_gap_added", "place_kind quintile", "vnd"),
    _stock("learner_spending", "place_kind quintile", "vnd"),
    _stock("learner_paid", "place_kind quintile", "vnd"),
    _stock("forgone", "need quintile", "episodes"),
    _stock("potential", "need quintile", "episodes"),
    _stock("raked_cells", "", "cells"),
    _stock("raked_cells_near", "", "cells"),
    _stock("payment_concentration", "payment_kind", "index"),
    _stock("payment_progressivity", "payment_kind", "index"),
    _stock("payment_curve", "curve tenth", "share"),
    _stock("staff", "ownership profession", "people"),
    _stock("staff_posts", "ownership profession", "posts"),
    _stock("staff_relative_pay", "profession", "ratio"),
    _flow("staff_quits", "profession", "people"),
    _flow("staff_hired", "ownership profession", "people"),
    _flow("staff_rehired", "ownership profession", "people"),
    _flow("staff_displaced", "ownership profession", "people"),
    _flow("staff_retired", "ownership profession", "people"),
    _flow("staff_emigrated", "ownership profession", "people"),
    _flow("staff_unplaced", "profession", "people"),
)

MONTHLY: tuple[Quantity, ...] = (
    _flow("outlay_month", "", "vnd"),
    _flow("claims_month", "", "vnd"),
    _flow("out_of_pocket_month", "", "vnd"),
    _flow("inflation_month", "", "per_year"),
)

QUANTITIES: Mapping[str, Quantity] = MappingProxyType(
    {quantity.name: quantity for quantity in (*YEARLY, *MONTHLY)}
)


def axis_ids(city: City) -> dict[str, tuple[str, ...]]:
    """Ids along every axis of the quantities in a city, in the order of the arrays."""
    return {
        "place": city.places.id,
        "place_kind": PLACE_KINDS,
        "quintile": QUINTILES,
        "need": city.needs.id,
        "service": city.services.id,
        "sector": city.sectors,
        "component": COMPONENTS,
        "payer": PAYERS,
        "ownership": OWNERSHIPS,
        "budget_level": BUDGET_LEVELS,
        "line": LINES,
        "contributor": CONTRIBUTORS,
        "member_class": MEMBER_CLASSES,
        "channel": CHANNELS,
        "lot": city.lots.id,
        "lot_event": LOT_EVENTS,
        "price_cause": CAUSES,
        "entry_event": ENTRY_EVENTS,
        "threshold": THRESHOLDS,
        "payment_kind": PAYMENTS,
        "curve": CURVES,
        "tenth": TENTHS,
        "profession": city.staff.id,
    }
