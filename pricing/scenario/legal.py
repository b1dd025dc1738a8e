"""Typed prices against the legal ceilings of their dates, purchases against the legal forms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isinf

import numpy as np

from pricing.base.errors import Phrase, Problem
from pricing.base.money import format_number
from pricing.city.city import City
from pricing.city.laws import LawPeriod
from pricing.city.purchase import PurchaseRule, purchase_rule
from pricing.city.rows.people import PLACE_KINDS
from pricing.instruments._instrument import Instrument, Purchase, TypedPrice
from pricing.scenario.inherit import Resolved
from pricing.world.law import LAW_LEVERS, Book, Law, LawLever
from pricing.world.parameters import Parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """The highest price the law allows of a need at a kind of place: VND, rule and citation."""

    vnd: float
    rule: str
    citation: str


def above_ceiling(
    resolved: Resolved, instruments: Mapping[str, Instrument], city: City
) -> Iterator[Problem]:
    """Prices typed in instruments that are above the legal ceiling of their first day."""
    for name, instrument in instruments.items():
        for price in instrument.typed_prices(city):
            ceiling = ceiling_of(price, city)
            if price.vnd > ceiling.vnd:
                yield _problem(resolved, ("instruments", name, *price.key), price, ceiling)


def beyond_forms(
    resolved: Resolved, instruments: Mapping[str, Instrument], city: City
) -> Iterator[Problem]:
    """Purchases in a form that the law of their first day does not foresee for the service."""
    for name, instrument in instruments.items():
        for purchase in instrument.purchases(city):
            rule = purchase_rule(city, purchase.service, purchase.day)
            if purchase.form not in rule.forms:
                yield _form_problem(resolved, ("instruments", name), purchase, rule)


def ceiling_of(price: TypedPrice, city: City) -> Ceiling:
    """The legal ceiling of a typed price on its day; infinite if the law sets none.

    Where a need has norms of several fields, the price may reach the ceiling of the dearest.
    """
    row = next(row for row in LAW_LEVERS if row.lever == price.lever)
    book = Book(laws=city.laws)
    central = Parameters(city.parameters.central())
    law = Law(city=city, parameters=central, book=book, day=price.day)
    need = city.needs.id.index(price.need)
    norms = city.services.need[city.norms.service] == need
    vnd = float(np.max(row.value(law)[norms, PLACE_KINDS.index(price.place_kind)]))
    if isinf(vnd):
        return Ceiling(vnd=vnd, rule="", citation="")
    rule, period = _source(price, row, book, vnd)
    return Ceiling(vnd=vnd, rule=rule, citation=period.citation)


def _source(price: TypedPrice, row: LawLever, book: Book, vnd: float) -> tuple[str, LawPeriod]:
    """The rule behind a ceiling: of those that name the need, if any, the highest within it."""
    found = [
        (rule, period)
        for rule in book.names(row.families)
        for period in book.laws.in_force[rule]
        if period.start <= price.day < period.end and period.value <= vnd
    ]
    naming = [pair for pair in found if f".{price.need}." in pair[0]]
    return max(naming or found, key=lambda pair: pair[1].value)


def _problem(
    resolved: Resolved, path: tuple[str, ...], price: TypedPrice, ceiling: Ceiling
) -> Problem:
    place = resolved.place(path)
    fields = {
        "ceiling": f"{format_number(ceiling.vnd, 'vi')} đồng",
        "rule": ceiling.rule,
        "citation": ceiling.citation,
    }
    return Problem(
        file=place.file,
        line=place.line,
        key=".".join(path),
        read=f"{format_number(price.vnd, 'vi')} đồng ({price.need})",
        allowed=Phrase("scenario.allowed.ceiling", tuple(fields.items())),
        advice=Phrase("scenario.advice.ceiling"),
        is_legal=True,
    )


def _form_problem(
    resolved: Resolved, path: tuple[str, ...], purchase: Purchase, rule: PurchaseRule
) -> Problem:
    place = resolved.place(path)
    fields = {
        "service": purchase.service,
        "forms": ", ".join(sorted(rule.forms)) or "-",
        "rule": rule.rule or "-",
        "citation": rule.citation or "-",
    }
    return Problem(
        file=place.file,
        line=place.line,
        key=".".join(path),
        read=f"{purchase.form} ({purchase.service})",
        allowed=Phrase("scenario.allowed.purchase_form", tuple(fields.items())),
        advice=Phrase("scenario.advice.purchase_form"),
        is_legal=True,
    )
