"""Candidates fit their hosts, their offers, the law; owners agree; professions share the work."""

from collections.abc import Iterable

from pricing.base.errors import Problems, phrase
from pricing.city.checks._note import check_sum, grouped, note, note_unknown
from pricing.city.checks.network import check_norm_and_price
from pricing.city.rows.candidates import CandidateOfferRow, CandidateRow, OwnerRow, StaffRow
from pricing.city.rows.network import UnitRow
from pricing.city.tables import Tables

BED_SHARE = "on_request_bed_share_max"
MINIMUM = "socialised_minimum."
SEVERAL_LEVELS = "multi_level"
HARD_KIND = "disadvantaged"
DAYS_A_YEAR = 365.0
SCALE = 2.0  # how far capacity over size may leave the range of the standing offers
ROUNDING = 1e-6


def check_candidates(tables: Tables, problems: Problems) -> None:
    """Note every breach of candidates, their offers, owners and professions."""
    offers = grouped((row.candidate, row) for row in tables.candidate_offers)
    for candidate in tables.candidates:
        _check_candidate(candidate, offers.get(candidate.candidate, []), tables, problems)
    for host, guests in grouped((row.host, row) for row in tables.candidates if row.host).items():
        _check_host(_unit(tables, host), guests, tables, problems)
    _check_offers(tables, problems)
    _check_owners(tables, problems)
    for profession in tables.staff:
        _check_sector(profession, tables, problems)
    for sector, group in grouped((row.sector, row) for row in tables.staff).items():
        check_sum(problems, group, "work_share", sector)


def _check_candidate(
    candidate: CandidateRow, offers: list[CandidateOfferRow], tables: Tables, problems: Problems
) -> None:
    if candidate.candidate in tables.ids("unit"):
        allowed = phrase("city.new_unit")
        note(problems, candidate, "candidate", candidate.candidate, allowed)
    _check_sector(candidate, tables, problems)
    if not offers:
        allowed = phrase("city.candidate_with_offers")
        note(problems, candidate, "candidate", candidate.candidate, allowed)
    _check_places(candidate, offers, tables, problems)
    _check_classes(candidate, offers, tables, problems)


def _check_sector(row: CandidateRow | StaffRow, tables: Tables, problems: Problems) -> None:
    known = dict.fromkeys(need.sector for need in tables.needs)
    if row.sector not in known:
        note_unknown(problems, row, "sector", row.sector, known)


def _check_places(
    candidate: CandidateRow, offers: list[CandidateOfferRow], tables: Tables, problems: Problems
) -> None:
    """What it could serve must find room in its beds, and its learners seats."""
    stay = {row.norm: row.length_of_stay_days for row in tables.norms}
    seats = _enrolment_services(tables)
    beds = sum(row.capacity_year * stay[row.norm] / DAYS_A_YEAR for row in offers)
    learners = sum(row.capacity_year for row in offers if row.service in seats)
    filled = beds + learners
    if filled > candidate.places * (1.0 + ROUNDING):
        allowed = phrase("city.places_for", f"{filled:.7g}")
        note(problems, candidate, "places", f"{candidate.places:.10g}", allowed)


def _enrolment_services(tables: Tables) -> set[str]:
    enrolled = {need.need for need in tables.needs if need.dynamics == "enrolment"}
    return {row.service for row in tables.services if row.need in enrolled}


def _check_classes(
    candidate: CandidateRow, offers: list[CandidateOfferRow], tables: Tables, problems: Problems
) -> None:
    """Schools have the classes that the law wants of a socialised school of their level."""
    need_of = {row.service: row.need for row in tables.services}
    levels = {need_of[row.service] for row in offers}
    ruled = [need for need in levels if _law(tables, f"{MINIMUM}{need}_classes") is not None]
    if not ruled:
        return
    level = ruled[0] if len(ruled) == 1 else SEVERAL_LEVELS
    rule = f"{MINIMUM}{level}_classes"
    kind = next(row.kind for row in tables.places if row.place == candidate.place)
    in_hard_area = _law(tables, f"{rule}_hard_area") if kind == HARD_KIND else None
    least = in_hard_area if in_hard_area is not None else _law(tables, rule)
    if least is not None and candidate.classes < least:
        allowed = phrase("city.least_classes", f"{least:g}", rule)
        note(problems, candidate, "classes", str(candidate.classes), allowed)


def _law(tables: Tables, rule: str) -> float | None:
    """The last value that the law gives a rule; None where it has no such rule."""
    rows = [row for row in tables.laws if row.rule == rule and row.status != "proposed"]
    return float(max(rows, key=lambda row: row.from_).value) if rows else None


def _unit(tables: Tables, unit: str) -> UnitRow:
    return next(row for row in tables.units if row.unit == unit)


def _check_host(
    host: UnitRow, guests: list[CandidateRow], tables: Tables, problems: Problems
) -> None:
    """Hosts are public, of the place and sector; beds on request are part of theirs at most."""
    for guest in guests:
        is_host = host.ownership == "public" and (host.place, host.sector) == (
            guest.place,
            guest.sector,
        )
        if not is_host:
            allowed = phrase("city.public_host", guest.sector, guest.place)
            note(problems, guest, "host", guest.host, allowed)
    share = _law(tables, BED_SHARE)
    stay = {row.norm: row.length_of_stay_days for row in tables.norms}
    with_beds = {row.candidate for row in tables.candidate_offers if stay[row.norm] > 0.0}
    beds = [guest for guest in guests if guest.candidate in with_beds]
    if share is not None and sum(guest.places for guest in beds) > share * host.beds:
        allowed = phrase("city.beds_of_host", f"{share * host.beds:g}", host.unit)
        read = f"{sum(guest.places for guest in beds):g}"
        note(problems, beds[0], "places", read, allowed)


def _check_offers(tables: Tables, problems: Problems) -> None:
    need_of = {row.service: row.need for row in tables.services}
    sector_of = {row.candidate: row.sector for row in tables.candidates}
    nests = grouped((need_of[row.service], row) for row in tables.offers)
    service_sector = {row.service: row.sector for row in tables.services}
    for offer in tables.candidate_offers:
        check_norm_and_price(offer, tables, problems)
        sector = sector_of[offer.candidate]
        if service_sector[offer.service] != sector:
            allowed = phrase("city.sector_of", sector, offer.candidate)
            note(problems, offer, "service", offer.service, allowed)
        known = dict.fromkeys(row.nest for row in nests.get(need_of[offer.service], []))
        if offer.nest not in known:
            note_unknown(problems, offer, "nest", offer.nest, known)
        _check_size(offer, tables, problems)


def _check_size(offer: CandidateOfferRow, tables: Tables, problems: Problems) -> None:
    """A size is on the scale of the standing offers, whose pull on users it is measured by."""
    standing = [
        row.capacity_year / row.size
        for row in tables.offers
        if (row.service, row.nest) == (offer.service, offer.nest)
    ]
    if not standing:
        return
    lowest, highest = min(standing) / SCALE, max(standing) * SCALE
    ratio = offer.capacity_year / offer.size
    if not lowest * (1.0 - ROUNDING) <= ratio <= highest * (1.0 + ROUNDING):
        read = phrase("city.capacity_a_size", f"{ratio:.4g}")
        allowed = phrase("city.range", f"{lowest:.4g}", f"{highest:.4g}")
        note(problems, offer, "size", read, allowed, phrase("city.size_scale"))


def _check_owners(tables: Tables, problems: Problems) -> None:
    """Owners are told of non-public units; the units of a chain work for profit, or none does."""
    for owner in tables.owners:
        if _unit(tables, owner.unit).ownership == "public":
            note(problems, owner, "unit", owner.unit, phrase("city.non_public_unit"))
    rows: Iterable[OwnerRow | CandidateRow] = (*tables.owners, *tables.candidates)
    for chain, members in grouped((row.chain, row) for row in rows if row.chain).items():
        for member in members:
            if member.non_profit != members[0].non_profit:
                allowed = phrase("city.one_status", chain)
                note(problems, member, "non_profit", f"{member.non_profit:d}", allowed)
