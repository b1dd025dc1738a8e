"""The levers of policy: axes, unit, authority, and how proposals fold on the law of the day."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from pricing.city.city import City
from pricing.city.rows.people import PLACE_KINDS, QUINTILES
from pricing.city.rows.services import POST_CLASSES

AUTHORITIES = ("central", "city", "commune", "unit")
FIXED_AXES = {
    "place_kind": len(PLACE_KINDS),
    "component": 4,
    "quintile": QUINTILES,
    "post_class": len(POST_CLASSES),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeverRow:
    """One lever.

    Parameters
    ----------
    axes
        Names of the axes of its values; `()` is a scalar.
    neutral
        Value where neither law nor proposal says anything.
    rule
        How proposals fold on top of the law of the day: `min`, `max`, `add`, `multiply`, `replace`
        (one proposer a cell) or `conflict` (one proposer for the whole lever).
    law
        Family of rules in laws.csv that sets the base value; empty if the law is silent.
    within_month
        `mean` weights the values of a month by their days; `last` keeps the one at the month's end.
    is_lasting
        What was decided is a fact: withdrawing the proposer does not undo it.
    held_by
        Lever, on the first axes of this one, whose cells above 0 make proposals fall on deaf ears.
    """

    name: str
    axes: tuple[str, ...]
    unit_of_measure: str
    neutral: float
    rule: str
    authority: str
    meaning: str
    law: str = ""
    within_month: str = "mean"
    is_lasting: bool = False
    held_by: str = ""

    def shape(self, city: City) -> tuple[int, ...]:
        """Lengths of the lever's axes in a city."""
        sizes = axis_sizes(city)
        return tuple(sizes[axis] for axis in self.axes)


LEVERS: tuple[LeverRow, ...] = (
    LeverRow(
        name="included",
        axes=("norm", "place_kind", "component"),
        unit_of_measure="share_of_norm",
        neutral=0.0,
        rule="replace",
        authority="central",
        law="insurance_price_included",
        held_by="price_freeze",
        meaning="share of each cost component that the next price decision lets into the price",
    ),
    LeverRow(
        name="accumulation_rate",
        axes=("norm",),
        unit_of_measure="share_of_cost",
        neutral=0.0,
        rule="replace",
        authority="central",
        meaning="accumulation the price law allows on cost",
    ),
    LeverRow(
        name="price_decision",
        axes=("norm", "place_kind"),
        unit_of_measure="days_since_2025",
        neutral=-1.0,
        rule="max",
        authority="city",
        within_month="last",
        is_lasting=True,
        held_by="price_freeze",
        meaning="day of the last price decision; -1: the price of the base year stands",
    ),
    LeverRow(
        name="price_freeze",
        axes=("norm", "place_kind"),
        unit_of_measure="flag",
        neutral=0.0,
        rule="max",
        authority="city",
        within_month="last",
        meaning="1 where no price decision takes effect, nor what it would let in",
    ),
    LeverRow(
        name="price_ceiling",
        axes=("norm",),
        unit_of_measure="vnd_per_unit_of_output",
        neutral=np.inf,
        rule="min",
        authority="central",
        law="free_check_up.price_ceiling",
        meaning="highest regulated price",
    ),
    LeverRow(
        name="per_pupil_share",
        axes=("norm", "place_kind"),
        unit_of_measure="share_of_norm",
        neutral=0.0,
        rule="replace",
        authority="city",
        meaning="part of the service price that follows the pupil instead of the base enrolment",
    ),
    LeverRow(
        name="tuition",
        axes=("offer",),
        unit_of_measure="vnd_per_unit_of_output",
        neutral=np.nan,
        rule="replace",
        authority="city",
        meaning="tuition of public offers; NaN where none is charged",
    ),
    LeverRow(
        name="tuition_frame",
        axes=("norm", "place_kind"),
        unit_of_measure="vnd_per_unit_of_output",
        neutral=np.inf,
        rule="min",
        authority="central",
        law="tuition_frame, university_ceiling, vocational_ceiling",
        meaning="highest tuition of units that do not cover their recurrent cost",
    ),
    LeverRow(
        name="support",
        axes=("need", "place_kind", "quintile", "class"),
        unit_of_measure="share_of_own_share",
        neutral=0.0,
        rule="max",
        authority="city",
        law="class rates",
        meaning="share of the user's own share or tuition that the budget takes over",
    ),
    LeverRow(
        name="voucher",
        axes=("need", "place_kind", "quintile", "class"),
        unit_of_measure="vnd_per_unit_of_output",
        neutral=0.0,
        rule="replace",
        authority="city",
        meaning="what the budget pays per use of the user's bill, at any unit in the city",
    ),
    LeverRow(
        name="copayment_relief",
        axes=("need", "place_kind", "quintile", "class"),
        unit_of_measure="share_of_copayment",
        neutral=0.0,
        rule="max",
        authority="city",
        meaning="share of the insured patient's own share inside the package that the budget pays",
    ),
    LeverRow(
        name="support_reach",
        axes=("need", "place_kind", "quintile", "class"),
        unit_of_measure="share_of_people",
        neutral=0.0,
        rule="max",
        authority="city",
        meaning="share of a cell's people whom programmes of support reach; 0: none says",
    ),
    LeverRow(
        name="private_support",
        axes=("need",),
        unit_of_measure="times_public_tuition",
        neutral=1.0,
        rule="replace",
        authority="city",
        meaning="support of non-public learners, in tuitions of the public schools of the place",
    ),
    LeverRow(
        name="benefit",
        axes=("health_class",),
        unit_of_measure="share_of_bill",
        neutral=0.0,
        rule="replace",
        authority="central",
        law="insurance_benefit",
        meaning="share of a listed bill that the insurance fund pays, by cover class",
    ),
    LeverRow(
        name="route",
        axes=("offer",),
        unit_of_measure="share_of_benefit",
        neutral=1.0,
        rule="replace",
        authority="central",
        law="insurance_route",
        meaning="mean share of the benefit that is paid, over right and other routes to the offer",
    ),
    LeverRow(
        name="fee_waiver",
        axes=(),
        unit_of_measure="share_of_own_share",
        neutral=0.0,
        rule="max",
        authority="central",
        law="basic_hospital_fee_waiver",
        meaning="share of the own share inside the package that the fund takes over",
    ),
    LeverRow(
        name="contribution_rate",
        axes=(),
        unit_of_measure="share_of_pay",
        neutral=0.0,
        rule="replace",
        authority="central",
        law="insurance_contribution_rate",
        meaning="contribution to health insurance",
    ),
    LeverRow(
        name="base_salary",
        axes=(),
        unit_of_measure="vnd_per_month",
        neutral=0.0,
        rule="replace",
        authority="central",
        law="base_salary",
        meaning="base salary of public posts",
    ),
    LeverRow(
        name="allowance",
        axes=("pay_group", "post_class"),
        unit_of_measure="share_of_pay",
        neutral=0.0,
        rule="add",
        authority="central",
        law="health_allowance, teacher_allowance",
        meaning="professional allowances on grade pay",
    ),
    LeverRow(
        name="cpi_growth",
        axes=(),
        unit_of_measure="per_year",
        neutral=0.0,
        rule="replace",
        authority="central",
        meaning="mean yearly growth of consumer prices",
    ),
    LeverRow(
        name="premium_support",
        axes=(),
        unit_of_measure="share_of_contributions",
        neutral=0.0,
        rule="replace",
        authority="central",
        law="insurance_pupil_premium_support",
        meaning="share of health insurance contributions that the budgets pay",
    ),
    LeverRow(
        name="check_up_support",
        axes=(),
        unit_of_measure="share_of_residents",
        neutral=0.0,
        rule="max",
        authority="central",
        law="free_check_up.times",
        meaning="share of residents whose yearly check-up the budget pays",
    ),
    LeverRow(
        name="lot_offer",
        axes=("lot",),
        unit_of_measure="index_of_offer",
        neutral=-1.0,
        rule="replace",
        authority="city",
        within_month="last",
        meaning="offer that serves the lot; -1: none",
    ),
    LeverRow(
        name="lot_scheme",
        axes=("lot",),
        unit_of_measure="code",
        neutral=0.0,
        rule="replace",
        authority="city",
        within_month="last",
        meaning="how the lot is bought: 0 not, 1 task assignment, 2 ordering, 3 bidding",
    ),
    LeverRow(
        name="lot_price",
        axes=("lot",),
        unit_of_measure="vnd_per_unit_of_output",
        neutral=0.0,
        rule="replace",
        authority="city",
        meaning="contract price of an accepted unit; under assignment the estimate",
    ),
    LeverRow(
        name="lot_volume",
        axes=("lot",),
        unit_of_measure="units_of_output_a_month",
        neutral=0.0,
        rule="replace",
        authority="city",
        meaning="volume that the lot buys in a month of service",
    ),
    LeverRow(
        name="lot_quality",
        axes=("lot",),
        unit_of_measure="share",
        neutral=1.0,
        rule="replace",
        authority="city",
        within_month="last",
        meaning="quality that the supplier delivers on the lot",
    ),
    LeverRow(
        name="lot_acceptance",
        axes=("lot",),
        unit_of_measure="share_of_delivered",
        neutral=1.0,
        rule="replace",
        authority="city",
        within_month="last",
        meaning="part of what is delivered on the lot that the buyer accepts",
    ),
    LeverRow(
        name="lot_cost_factor",
        axes=("lot",),
        unit_of_measure="share_of_usual_cost",
        neutral=1.0,
        rule="replace",
        authority="city",
        within_month="last",
        meaning="the supplier's cost on the lot over its usual cost",
    ),
    LeverRow(
        name="lot_administration",
        axes=("lot",),
        unit_of_measure="vnd_per_month",
        neutral=0.0,
        rule="add",
        authority="city",
        meaning="what buying and inspecting the lot costs the administration",
    ),
)

LEVER: Mapping[str, LeverRow] = MappingProxyType({row.name: row for row in LEVERS})


def axis_sizes(city: City) -> dict[str, int]:
    """Length of every lever axis in a city; `class` is as long as the longest scheme's classes."""
    classes = {scheme: len(table.id) for scheme, table in city.classes.items()}
    return {
        **FIXED_AXES,
        "norm": len(city.norms.id),
        "need": len(city.needs.id),
        "offer": len(city.offers.unit),
        "pay_group": len(city.posts.id),
        "class": max(classes.values()),
        "health_class": classes["health"],
        "lot": len(city.lots.id),
    }
