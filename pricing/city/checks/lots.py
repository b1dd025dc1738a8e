"""Lots name what fits together, and candidates can serve them."""

import numpy as np

from pricing.base.arrays import Array
from pricing.base.errors import Problems, phrase
from pricing.city.checks._note import note
from pricing.city.lots import Lots
from pricing.city.rows.lots import LotRow
from pricing.city.tables import Tables


def check_lots(tables: Tables, problems: Problems) -> None:
    """Note lots with the norm of another service, or a supplier that does not offer theirs."""
    service_of = {row.norm: row.service for row in tables.norms}
    offered = {(row.unit, row.service) for row in tables.offers}
    for lot in tables.lots:
        if service_of[lot.norm] != lot.service:
            note(problems, lot, "norm", lot.norm, phrase("city.norm_of", lot.service))
        if (lot.unit, lot.service) not in offered:
            note(problems, lot, "unit", lot.unit, phrase("city.unit_offering", lot.service))


def check_supply(rows: tuple[LotRow, ...], lots: Lots, capacity: Array, problems: Problems) -> None:
    """Note lots whose supplier does not reach the place, and those no candidates can serve.

    `capacity` (offer,): units of output a year.
    """
    for row, offer, candidates in zip(rows, lots.offer.tolist(), lots.candidates, strict=True):
        if offer not in candidates:
            note(problems, row, "unit", row.unit, phrase("city.unit_reaching", row.place))
        most = float(np.sum(capacity[candidates]))
        if row.volume_year > most:
            note(
                problems,
                row,
                "volume_year",
                f"{row.volume_year:.10g}",
                phrase("city.all_candidates", f"{most:.10g}", candidates.size),
            )
