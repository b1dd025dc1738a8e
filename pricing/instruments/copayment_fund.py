"""A budget-financed fund that pays the co-payment of insured patients who are poor."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from pricing.base.refs import NeedId
from pricing.city.city import City
from pricing.instruments._desk import Desk
from pricing.instruments._fields import SharePath, in_order
from pricing.instruments._programme import REACH, Programme
from pricing.world.levers import Write
from pricing.world.offices import Process

LEVER = "copayment_relief"


class CopaymentFund(Programme):
    """Quỹ hỗ trợ cùng chi trả: a fund of the city pays part of the co-payment at public prices.

    The co-payment is the insured patient's part of the bill inside the package: nothing is paid
    outside the package, of top-ups, or for people without a card.
    """

    authority: ClassVar[str] = "city"

    kind: Literal["copayment_fund"]
    needs: Annotated[tuple[NeedId, ...], Field(min_length=1, max_length=50)] = (
        "ambulatory",
        "inpatient",
    )
    """Care whose co-payment it pays."""
    share: SharePath
    """Day → share of the co-payment that the fund pays from then on."""

    def writes(self, city: City) -> tuple[Write, ...]:
        """Relief of its needs, quintiles and classes."""
        return (self.write(LEVER, self.users(city, LEVER)), self.reached(city))

    def run(self, desk: Desk) -> Process:
        """Each share from its day on."""
        for day, share in in_order(self.share):
            yield desk.until(day)
            desk.propose(LEVER, share * self.reach(desk))
            desk.propose(REACH, self.reach(desk))
