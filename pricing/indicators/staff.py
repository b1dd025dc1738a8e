"""Professionals: vacancies, quits to non-public units, what public units lose, who finds no post.

All come from staff that move; where a scenario lets them stand still there is no row.
"""

from pricing.indicators._indicator import Quantities, Ratio, indicator
from pricing.results.labelled import Labelled

_WORKFORCE = "WHO 2010, Models and Tools for Health Workforce Planning and Projections"
_SEPARATIONS = "Manning 2003, Monopsony in Motion, ch. 4"


def _public(quantity: Quantities, name: str) -> Labelled:
    """What a quantity by ownership comes to in public units, by profession."""
    return (quantity(name) * quantity.only("ownership", "public")).total("ownership")


@indicator(
    "share", "ownership", "profession", "sector", "ownership*profession",
    better="lower", source=_WORKFORCE,
)  # fmt: skip
def vacancy_rate(quantity: Quantities) -> Ratio:
    """Posts of professionals that are not filled at the year's end."""
    return Ratio(of=quantity("staff_posts") - quantity("staff"), over=quantity("staff_posts"))


@indicator("share", "all", "profession", "sector", source=_SEPARATIONS)
def quit_rate(quantity: Quantities) -> Ratio:
    """Public staff who go to non-public units in a year, over public staff at its end."""
    return Ratio(of=quantity("staff_quits"), over=_public(quantity, "staff"))


@indicator("people", "all", "profession", "sector", better="lower", source=_WORKFORCE)
def public_staff_lost(quantity: Quantities) -> Ratio:
    """Professionals whom public units lose in a year less those who join them."""
    left = quantity("staff_quits") + _public(quantity, "staff_displaced")
    left = left + _public(quantity, "staff_retired") + _public(quantity, "staff_emigrated")
    joined = _public(quantity, "staff_hired") + _public(quantity, "staff_rehired")
    return Ratio(of=left - joined, where=_public(quantity, "staff_posts"))


@indicator("people", "all", "profession", "sector", better="lower", source=_WORKFORCE)
def unplaced_staff(quantity: Quantities) -> Ratio:
    """Graduates and staff of closed units who find no post in a year, and leave the city."""
    return Ratio(of=quantity("staff_unplaced"), where=quantity("staff_posts").total("ownership"))


@indicator("ratio", "profession", source=_SEPARATIONS)
def relative_pay(quantity: Quantities) -> Ratio:
    """Pay in non-public units over pay in public ones at the year's end."""
    posts = quantity("staff_posts").total("ownership")
    return Ratio(of=quantity("staff_relative_pay"), where=posts)
