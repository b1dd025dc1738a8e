"""A tender file: one lot put to tender, what it costs its bidders, what may follow the award."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field, ValidationError

from pricing.base.errors import Phrase, Problems
from pricing.base.fields import Amount, Rate, Share
from pricing.base.words import words
from pricing.equations.auction import Tender
from pricing.equations.auction_bidders import binomial_number
from pricing.equations.auction_costs import Beta, CostDistribution, LogNormal, Power, Uniform
from pricing.equations.auction_default import Shock
from pricing.equations.auction_types import BidderType
from pricing.scenario.dump import toml_text
from pricing.scenario.explain import Reading, explain
from pricing.scenario.inherit import Resolved, resolve
from pricing.scenario.positions import KeyPath
from pricing.scenario.schema import Languages, Section

SECTION = "tender"
USUAL = "usual"  # the type of the bidders whom `bidders` counts
SMALLEST = 0.01  # VND a unit; and costs between 0 and 1 can be studied, as textbooks do
LARGEST = 1e15  # VND a unit: more than any lot of the country costs as a whole
RARE = 1e-6  # a ceiling that fewer costs than this lie below is one that nobody meets
NARROW = 1e-3  # costs that differ by less are one cost, and no bidder has a secret

Money: TypeAlias = Annotated[Amount, Field(ge=SMALLEST, le=LARGEST)]
Free: TypeAlias = Annotated[Amount, Field(ge=0.0, le=LARGEST)]
Shape: TypeAlias = Annotated[Amount, Field(ge=0.25, le=100.0)]
Number: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=20)]
Flag: TypeAlias = Annotated[bool, Field(strict=True)]


def _listed(value: object) -> object:
    """One number of bidders as a list of one."""
    return [value] if isinstance(value, int) else value


class TenderSection(Section):
    """`[tender]`: ceiling price, numbers of bidders to look at, size of the simulation."""

    title: Languages
    ceiling: Money
    bidders: Annotated[list[Number], BeforeValidator(_listed), Field(min_length=1, max_length=8)]
    turnout: Annotated[Share, Field(gt=0.0)] = 1.0
    announced: Flag = False
    simulated: Annotated[int, Field(strict=True, ge=100, le=100_000)] = 10_000
    seed: Annotated[int, Field(strict=True, ge=0, lt=2**63)] = 0


class UniformCosts(Section):
    """`[costs]`, `kind = "uniform"`: every cost between `low` and `high` is equally likely."""

    kind: Literal["uniform"]
    low: Free
    high: Money

    def distribution(self) -> CostDistribution:
        """The costs as equations take them."""
        return Uniform(lo=self.low, hi=self.high)


class BetaCosts(Section):
    """`[costs]`, `kind = "beta"`: Beta(a, b) between `low` and `high`."""

    kind: Literal["beta"]
    a: Shape
    b: Shape
    low: Free
    high: Money

    def distribution(self) -> CostDistribution:
        """The costs as equations take them."""
        return Beta(a=self.a, b=self.b, lo=self.low, hi=self.high)


class PowerCosts(Section):
    """`[costs]`, `kind = "power"`: the lowest of `draws` uniform costs between `low` and `high`."""

    kind: Literal["power"]
    draws: Shape
    low: Free
    high: Money

    def distribution(self) -> CostDistribution:
        """The costs as equations take them."""
        return Power(draws=self.draws, lo=self.low, hi=self.high)


class LogNormalCosts(Section):
    """`[costs]`, `kind = "lognormal"`: mean cost, and its coefficient of variation."""

    kind: Literal["lognormal"]
    mean: Money
    cv: Annotated[Rate, Field(ge=0.001, le=2.0)]

    def distribution(self) -> CostDistribution:
        """The costs as equations take them."""
        return LogNormal(mean=self.mean, cv=self.cv)


Costs: TypeAlias = Annotated[
    UniformCosts | BetaCosts | PowerCosts | LogNormalCosts, Field(discriminator="kind")
]


class OthersSection(Section):
    """`[incumbent]`, `[non_public]`: how many bidders with costs of their own take part as well."""

    number: Annotated[int, Field(strict=True, ge=1, le=10)] = 1
    costs: Costs

    def bidders(self) -> BidderType:
        """The type as equations take it."""
        return BidderType(costs=self.costs.distribution(), count=self.number)


class DefaultSection(Section):
    """`[default]`: deviation of the cost shock after the award, and what a defaulter forfeits."""

    cost_shock: Money
    bond: Free


class LowBidSection(Section):
    """`[abnormally_low]`: below which share of the mean, or how many deviations, a bid is asked."""

    ratio: Annotated[Share, Field(gt=0.0)]
    deviations: Annotated[Amount, Field(ge=0.0, le=10.0)]


class TenderFile(Section):
    """A tender file: the lot, the bidders' costs, and sections that may be left out."""

    tender: TenderSection
    costs: Costs
    incumbent: OthersSection | None = None
    non_public: OthersSection | None = None
    default: DefaultSection | None = None
    abnormally_low: LowBidSection | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LowRule:
    """Share of the mean bid, and sample deviations below it, that make a bid abnormally low."""

    ratio: float
    deviations: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TenderStudy:
    """One lot under several numbers of bidders; prices and costs in VND per accepted unit.

    Each of the bidders takes part with chance `turnout`; `announced`: they learn how many do before
    they bid. `simulated` tenders are drawn from `seed`. `content_hash` names what decides results.
    """

    name: str
    title: Mapping[str, str]
    costs: CostDistribution
    ceiling: float
    numbers: tuple[int, ...]
    turnout: float
    announced: bool
    others: Mapping[str, BidderType]
    shock: Shock | None
    low_rule: LowRule | None
    simulated: int
    seed: int
    content_hash: str

    def types(self, number: int) -> Mapping[str, BidderType]:
        """The types of bidders by name, the file's number of `usual` ones first."""
        return {USUAL: BidderType(costs=self.costs, count=number), **self.others}

    def tender(self, number: int) -> Tender:
        """The tender with a number of bidders, all alike."""
        return Tender(
            costs=self.costs,
            bidders=binomial_number(number, self.turnout),
            ceiling=self.ceiling,
        )


def others_said(study: TenderStudy, language: str) -> str:
    """Who takes part beside the bidders that are counted, in a sentence; blank if nobody does."""
    word = words(language)
    named = [
        word.text(f"tender.{name}", {"number": one.count}) for name, one in study.others.items()
    ]
    return word.text("tender.others", {"others": ", ".join(named)}) if named else ""


def load_tender(path: Path) -> TenderStudy:
    """The tender in a file, merged over its parents.

    Raises
    ------
    InputError
        With every problem, by file and line.
    """
    problems = Problems()
    study = _read(path, problems)
    problems.raise_if_any()
    assert study is not None
    return study


def _read(path: Path, problems: Problems) -> TenderStudy | None:
    resolved = resolve(path, str(path), problems)
    file = _validated(resolved, problems) if resolved is not None else None
    if resolved is None or file is None:
        return None
    _check(file, resolved, problems)
    return None if problems else _frozen(path.stem, file, resolved)


def _validated(resolved: Resolved, problems: Problems) -> TenderFile | None:
    try:
        return TenderFile.model_validate(resolved.values)
    except ValidationError as error:
        explain(error, Reading(resolved=resolved, root=TenderFile, kinds={}), problems)
        return None


def _check(file: TenderFile, resolved: Resolved, problems: Problems) -> None:
    """Note what the schema cannot see: costs in order, a ceiling somebody meets, numbers once."""
    tender = file.tender
    for index, number in enumerate(tender.bidders):
        if number in tender.bidders[:index]:
            key = (SECTION, "bidders", str(index))
            _note(resolved, key, str(number), Phrase("scenario.allowed.number_twice"), problems)
    others = _others(file)
    if others:
        _check_certain(tender, resolved, problems)
    tables: dict[KeyPath, Costs] = {("costs",): file.costs}
    tables |= {(name, "costs"): section.costs for name, section in others.items()}
    wide = [_is_wide(key, costs, resolved, problems) for key, costs in tables.items()]
    if not all(wide):
        return
    lowest = min(float(costs.distribution().quantile(RARE)) for costs in tables.values())
    if tender.ceiling <= lowest:
        allowed = Phrase("scenario.allowed.ceiling_met", (("low", f"{lowest:,.6g}"),))
        _note(resolved, (SECTION, "ceiling"), f"{tender.ceiling:,.15g}", allowed, problems)


def _others(file: TenderFile) -> dict[str, OthersSection]:
    """The sections of bidders with costs of their own that the file has."""
    sections = {"incumbent": file.incumbent, "non_public": file.non_public}
    return {name: section for name, section in sections.items() if section is not None}


def _check_certain(tender: TenderSection, resolved: Resolved, problems: Problems) -> None:
    """Bidders of several types take part for certain: only so is their equilibrium solved."""
    allowed = Phrase("scenario.allowed.certain")
    if tender.turnout < 1.0:
        _note(resolved, (SECTION, "turnout"), f"{tender.turnout:g}", allowed, problems)


def _is_wide(key: KeyPath, costs: Costs, resolved: Resolved, problems: Problems) -> bool:
    """Whether costs have a width; noted if they have none."""
    if isinstance(costs, LogNormalCosts) or costs.high >= (least := costs.low * (1.0 + NARROW)):
        return True
    allowed = Phrase("scenario.allowed.above_low", (("least", f"{least:,.15g}"),))
    _note(resolved, (*key, "high"), f"{costs.high:,.15g}", allowed, problems)
    return False


def _note(
    resolved: Resolved, key: tuple[str, ...], read: str, allowed: Phrase, problems: Problems
) -> None:
    place = resolved.place(key)
    problems.add(file=place.file, line=place.line, key=".".join(key), read=read, allowed=allowed)


def _frozen(name: str, file: TenderFile, resolved: Resolved) -> TenderStudy:
    tender, default, low = file.tender, file.default, file.abnormally_low
    return TenderStudy(
        name=name,
        title=tender.title.model_dump(),
        costs=file.costs.distribution(),
        ceiling=tender.ceiling,
        numbers=tuple(tender.bidders),
        turnout=tender.turnout,
        announced=tender.announced,
        others={name: section.bidders() for name, section in _others(file).items()},
        shock=Shock(deviation=default.cost_shock, bond=default.bond) if default else None,
        low_rule=LowRule(ratio=low.ratio, deviations=low.deviations) if low else None,
        simulated=tender.simulated,
        seed=tender.seed,
        content_hash=_content_hash(resolved.values),
    )


def _content_hash(values: Mapping[str, object]) -> str:
    """SHA-256 of everything but the title."""
    section = values[SECTION]
    assert isinstance(section, dict)
    kept = {key: value for key, value in section.items() if key != "title"}
    return sha256(toml_text({**values, SECTION: kept}).encode()).hexdigest()
