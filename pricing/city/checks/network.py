"""Offers fit their units, norms and needs; every need can be met; use fits capacity."""

from pricing.base.errors import Problems, phrase
from pricing.city.checks._note import check_sum, grouped, note, note_unknown
from pricing.city.rows.candidates import CandidateOfferRow
from pricing.city.rows.network import OfferRow, TopUpRow, UnitRow
from pricing.city.rows.people import QUINTILES
from pricing.city.rows.policy import ALL, TargetRow
from pricing.city.rows.services import NeedRow
from pricing.city.tables import Tables

LOWEST_UTILISATION = 0.4
HIGHEST_UTILISATION = 1.0
ROUNDING = 1e-3

# What calibration cannot do without, whatever the need.
WANTED_TARGETS = ("use_rate", "outside_share", "elasticity")


def check_network(tables: Tables, problems: Problems) -> None:
    """Note every breach between offers, units, norms, needs and targets."""
    for offer in tables.offers:
        check_norm_and_price(offer, tables, problems)
        _check_utilisation(offer, problems)
    for unit in tables.units:
        _check_unit(unit, problems)
    need_of = {row.service: row.need for row in tables.services}
    nests: dict[str, dict[str, None]] = {row.need: {} for row in tables.needs}
    for offer in tables.offers:
        nests[need_of[offer.service]][offer.nest] = None
    for need in tables.needs:
        if not nests[need.need]:
            note(problems, need, "need", need.need, phrase("city.need_with_offers"))
        _check_entry(need, problems)
        _check_targets(need, list(nests[need.need]), tables, problems)
    rows: tuple[TargetRow | TopUpRow, ...] = (*tables.targets, *tables.topups)
    for row in rows:
        if row.nest != ALL and row.nest not in nests[row.need]:
            note_unknown(problems, row, "nest", row.nest, nests[row.need])


def _check_unit(unit: UnitRow, problems: Problems) -> None:
    if not unit.place and unit.unit != "outside":
        note(problems, unit, "place", phrase("city.nothing"), phrase("city.place_needed"))
    if unit.ownership == "public" and not unit.owner and unit.place:
        note(problems, unit, "owner", phrase("city.nothing"), phrase("city.owner_needed"))


def check_norm_and_price(
    offer: OfferRow | CandidateOfferRow, tables: Tables, problems: Problems
) -> None:
    """Note a norm of another service, and an offer that has not exactly one price."""
    norms = {row.norm: row for row in tables.norms}
    if norms[offer.norm].service != offer.service:
        note(problems, offer, "norm", offer.norm, phrase("city.norm_of", offer.service))
    if offer.price_norm and norms[offer.price_norm].service != offer.service:
        note(problems, offer, "price_norm", offer.price_norm, phrase("city.norm_of", offer.service))
    has_own = offer.own_price_vnd == offer.own_price_vnd
    if bool(offer.price_norm) == has_own:
        note(
            problems,
            offer,
            "own_price_vnd",
            phrase("city.both_prices" if has_own else "city.no_price"),
            phrase("city.either_price"),
        )


def _check_utilisation(offer: OfferRow, problems: Problems) -> None:
    used = offer.volume_2025 / offer.capacity_year
    if not LOWEST_UTILISATION - ROUNDING <= used <= HIGHEST_UTILISATION + ROUNDING:
        note(
            problems,
            offer,
            "capacity_year",
            phrase("city.capacity_used", f"{used:.2f}"),
            phrase("city.range", f"{LOWEST_UTILISATION:g}", f"{HIGHEST_UTILISATION:g}"),
            phrase("city.volume_or_capacity"),
        )


def _check_entry(need: NeedRow, problems: Problems) -> None:
    if need.dynamics == "episode":
        return
    if need.grades < 1 or need.teaching_months < 1 or need.intake_month < 1:
        note(
            problems,
            need,
            "grades",
            phrase("city.grades_months", need.grades, need.teaching_months),
            phrase("city.learners_need"),
        )
    if need.entry == "none":
        note(problems, need, "entry", need.entry, phrase("city.entry_words"))
    if (need.entry == "completers") != bool(need.entry_from):
        note(
            problems,
            need,
            "entry_from",
            need.entry_from or phrase("city.nothing"),
            phrase("city.need_for_completers"),
        )


def _check_targets(need: NeedRow, nests: list[str], tables: Tables, problems: Problems) -> None:
    rows = [row for row in tables.targets if row.need == need.need]
    for target in WANTED_TARGETS:
        found = {row.quintile for row in rows if row.target == target and row.nest == ALL}
        if ALL not in found and len(found) < QUINTILES:
            note(
                problems,
                need,
                target,
                phrase("city.rows_for_quintiles", len(found)),
                phrase("city.row_for_each"),
            )
    shares = grouped((row.quintile, row) for row in rows if row.target == "nest_share")
    for quintile in (str(q) for q in range(1, QUINTILES + 1)):
        group = shares.get(quintile, [])
        named = {row.nest for row in group}
        if named != set(nests):
            lacking = ", ".join(sorted(set(nests) - named)) or "none"
            note(
                problems,
                need,
                "nest_share",
                phrase("city.quintile_lacks", quintile, lacking),
                phrase("city.share_of_each_nest", ", ".join(nests)),
            )
        else:
            check_sum(problems, group, "value", f"{need.need}, quintile {quintile}")
