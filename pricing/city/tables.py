"""All tables of a city as rows, read from its folder, with the ids they define."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TypeVar, cast, get_args, get_type_hints

from pricing.base.errors import Problems
from pricing.city.read import read_rows
from pricing.city.rows._row import Row
from pricing.city.rows.candidates import CandidateOfferRow, CandidateRow, OwnerRow, StaffRow
from pricing.city.rows.lots import LotRow
from pricing.city.rows.network import OfferRow, TopUpRow, UnitRow
from pricing.city.rows.people import (
    AgeRow,
    CommuneRow,
    DemographyRow,
    IncomeRow,
    PeopleRow,
    PlaceRow,
)
from pricing.city.rows.policy import (
    ClassRow,
    CoverRow,
    LawRow,
    MomentRow,
    ParameterRow,
    SeasonRow,
    TargetRow,
    TotalRow,
)
from pricing.city.rows.services import NeedRow, NormRow, PostRow, ServiceRow

R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """Rows of every table, in file order."""

    places: tuple[PlaceRow, ...]
    communes: tuple[CommuneRow, ...]
    people: tuple[PeopleRow, ...]
    ages: tuple[AgeRow, ...]
    demography: tuple[DemographyRow, ...]
    income: tuple[IncomeRow, ...]
    needs: tuple[NeedRow, ...]
    services: tuple[ServiceRow, ...]
    posts: tuple[PostRow, ...]
    norms: tuple[NormRow, ...]
    units: tuple[UnitRow, ...]
    offers: tuple[OfferRow, ...]
    topups: tuple[TopUpRow, ...]
    cover: tuple[CoverRow, ...]
    classes: tuple[ClassRow, ...]
    seasons: tuple[SeasonRow, ...]
    targets: tuple[TargetRow, ...]
    parameters: tuple[ParameterRow, ...]
    laws: tuple[LawRow, ...]
    totals: tuple[TotalRow, ...]
    moments: tuple[MomentRow, ...]
    lots: tuple[LotRow, ...]
    owners: tuple[OwnerRow, ...]
    candidates: tuple[CandidateRow, ...]
    candidate_offers: tuple[CandidateOfferRow, ...]
    staff: tuple[StaffRow, ...]

    def all(self) -> tuple[tuple[Row, ...], ...]:
        """Every table, one after another."""
        return tuple(getattr(self, field.name) for field in fields(self))

    def ids(self, column: str) -> tuple[str, ...]:
        """Ids that other tables may name in a column such as `unit`, each once, in file order."""
        rows, field = {
            "place": (self.places, "place"),
            "need": (self.needs, "need"),
            "service": (self.services, "service"),
            "pay_group": (self.posts, "pay_group"),
            "norm": (self.norms, "norm"),
            "unit": (self.units, "unit"),
            "scheme": (self.classes, "scheme"),
            "candidate": (self.candidates, "candidate"),
        }[column]
        return tuple(dict.fromkeys(cast(str, getattr(row, field)) for row in rows))


def read_tables(folder: Path, problems: Problems) -> tuple[Tables, dict[str, str]]:
    """Every table of a city's folder, and the SHA-256 of each file by name."""
    hints = get_type_hints(Tables)
    hashes: dict[str, str] = {}
    found: dict[str, tuple[Row, ...]] = {}
    for name, hint in hints.items():
        row = cast(type[Row], get_args(hint)[0])
        found[name], table = read_rows(row, folder, problems)
        if table is not None:
            hashes[table.name] = table.sha256
    return Tables(**found), hashes  # type: ignore[arg-type]  # each field's class was read by its own hint
