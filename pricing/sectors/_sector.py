"""What a sector is to the program: names and dynamics; every number stands in the city's tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pricing.base.discover import discover

EPISODE = "episode"
ENROLMENT = "enrolment"
DYNAMICS = (EPISODE, ENROLMENT)

_PACKAGE = "pricing.sectors"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """One sector: its needs with their dynamics, its cover scheme, its words and indicators.

    Parameters
    ----------
    kind
        The id used in every table and scenario.
    needs
        Need → `episode` (a visit, a stay, a course) or `enrolment` (learners by grade).
    scheme
        Cover scheme of `cover.csv` whose classes the sector's users fall into.
    label
        Key of the sector's name in the word tables.
    indicators
        Names of the indicators shown unless a study asks for others.
    """

    kind: str
    needs: Mapping[str, str]
    scheme: str
    label: str
    indicators: tuple[str, ...]

    def __post_init__(self) -> None:
        wrong = sorted(need for need, how in self.needs.items() if how not in DYNAMICS)
        if wrong:
            raise ValueError(f"{self.kind}: dynamics of {', '.join(wrong)} not in {DYNAMICS}")
        object.__setattr__(self, "needs", MappingProxyType(dict(self.needs)))


def sectors() -> dict[str, Sector]:
    """Every sector of the folder by kind, in order of file name."""
    found = discover(_PACKAGE, _kind, one_each=True)
    return {kind: item for kind, item in found.items() if isinstance(item, Sector)}


def _kind(item: object) -> str | None:
    return item.kind if isinstance(item, Sector) else None
