"""The frozen scenario: instruments by name, people, economy, offices, origin of each value."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pricing.base.draws import Distribution
from pricing.base.errors import Problem
from pricing.instruments._instrument import Instrument

VARIANTS = ("central", "low", "high", "constant")
AUTHORITIES = ("central", "city", "commune")
HORIZON = (2025, 2035)  # the base year, which warms up, to the last year reported


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeSpec:
    """An office: officers at work, and days one request takes (None: the city's parameter)."""

    officers: int
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Economy:
    """Growth a year as fractions (None: the city's parameter), and whether chance moves them."""

    shocks: bool = True
    real_growth: float | None = None
    cpi_growth: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NonPublicSpec:
    """What non-public provision does; `prices` are "with_costs" or "chosen".

    `reimbursement` and `staff_cost` say whether contract prices follow the regulated list, and pay
    that of public units, after the base year.
    """

    prices: str = "with_costs"
    entry: bool = False
    staff: bool = False
    reimbursement: bool = True
    staff_cost: bool = True

    @property
    def is_market(self) -> bool:
        """Whether owners look at their market at all, to set prices or to enter."""
        return self.entry or self.prices == "chosen"


AS_BEFORE = NonPublicSpec()


AS_BEFORE = NonPublicSpec()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One roadmap or reference as resolved from its file and the file's parents.

    `instruments` are in file order, by the name that signs their proposals. `is_reference` marks a
    yardstick that is no option. `parameters` replace rows of the city's parameter table. `origin`
    gives `file:line` by dotted key path. `resolved` is the merged file as TOML text. Two scenarios
    are equal if they say the same, wherever it stands.
    """

    name: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    authority: str
    strict_law: bool
    is_reference: bool
    people: str
    economy: Economy
    offices: Mapping[str, OfficeSpec]
    parameters: Mapping[str, Distribution]
    instruments: Mapping[str, Instrument]
    resolved: str
    content_hash: str
    non_public: NonPublicSpec = NonPublicSpec()
    horizon: tuple[int, int] = HORIZON
    origin: Mapping[str, str] = field(default_factory=dict, compare=False)
    warnings: tuple[Problem, ...] = field(default=(), compare=False)
