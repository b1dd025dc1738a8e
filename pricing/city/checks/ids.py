"""Every id that a table names must be defined, and every sector must be one of the folder."""

from pricing.base.errors import Problems, phrase
from pricing.city.checks._note import note, note_unknown
from pricing.city.columns import Column
from pricing.city.read import columns, heading
from pricing.city.rows._row import Row
from pricing.city.rows.services import NeedRow
from pricing.city.tables import Tables
from pricing.sectors._sector import Sector, sectors


def check_ids(tables: Tables, problems: Problems) -> None:
    """Columns that name rows of other tables name existing ones."""
    for rows in filter(None, tables.all()):
        for field, column in columns(type(rows[0])).items():
            if column.names:
                _check_column(rows, field, column, (tables, problems))


def _check_column(
    rows: tuple[Row, ...], field: str, column: Column, context: tuple[Tables, Problems]
) -> None:
    tables, problems = context
    known = (*tables.ids(column.names), *column.extra)
    for row in rows:
        named = getattr(row, field)
        if named and named not in known:
            note_unknown(problems, row, heading(field), named, known)


def check_sectors(tables: Tables, problems: Problems) -> None:
    """Sectors are those of the sectors folder, each need one of its sector, unfolding its way."""
    known = sectors()
    for table in (tables.needs, tables.services, tables.units):
        for row in table:
            if row.sector not in known:
                note_unknown(problems, row, "sector", row.sector, known)
    for need in tables.needs:
        if need.sector in known:
            _check_need(need, known[need.sector], problems)
    sector_of = {need.need: need.sector for need in tables.needs}
    for service in tables.services:
        wanted = sector_of.get(service.need, service.sector)
        if service.sector != wanted:
            allowed = phrase("city.sector_of", wanted, service.need)
            note(problems, service, "sector", service.sector, allowed)


def _check_need(need: NeedRow, sector: Sector, problems: Problems) -> None:
    dynamics = sector.needs.get(need.need)
    if dynamics is None:
        note_unknown(problems, need, "need", need.need, sector.needs)
    elif dynamics != need.dynamics:
        allowed = phrase("city.as_sector_says", dynamics, need.sector)
        note(problems, need, "dynamics", need.dynamics, allowed)
    if need.classes != sector.scheme:
        allowed = phrase("city.as_sector_says", sector.scheme, need.sector)
        note(problems, need, "classes", need.classes, allowed)
