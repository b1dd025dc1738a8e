"""What carries over from one month to the next; only the market makes a new one."""

from dataclasses import dataclass

from pricing.base.arrays import Array
from pricing.equations.choice import FixedPart
from pricing.equations.oligopoly_market import Market
from pricing.world.envelope import EnvelopeState
from pricing.world.staff import StaffState


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceList:
    """Regulated prices in force, VND per unit of output, by norm row and place kind.

    ``component`` (norm, place_kind, component) parts that add up to the price; ``full_cost``
    (norm, place_kind) (1 + accumulation) x full norm cost at the last decision; ``decided``
    (norm, place_kind) day of the last decision; ``is_bound`` 1 where a legal ceiling cut the price.
    """

    component: Array
    full_cost: Array
    decided: Array
    is_bound: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Queues:
    """Fluid state of the offers that queue, (queue,): persons in them, and the shadow price."""

    in_system: Array
    congestion: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Learners:
    """Learners of one enrolment need.

    ``stock`` (grade, quintile, place, offer, class); ``enrolled`` (quintile, offer, class) and
    ``by_place`` (quintile, place) its sums; ``place_share`` (quintile, place) of each quintile.
    """

    stock: Array
    enrolled: Array
    by_place: Array
    place_share: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class NonPublic:
    """What non-public providers and professionals have come to.

    ``opened`` (unit,) share of a unit's full size that is open: 1 for those that stand, 0 for slots
    of candidates; ``factor`` (offer,) what owners ask over the path of the base year's price, or of
    the top-up where insurance pays a contract price; ``filled`` (offer,) posts filled over those
    filled in the base year; ``cost_index`` (offer,) cost of non-public staff over the path of the
    base year's marginal cost.
    """

    opened: Array
    factor: Array
    filled: Array
    cost_index: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A need as its owners priced it last; (offer,) are the offers that set their own price.

    ``market`` with every slot at its full size, at the reference ``price`` VND; ``opened`` share of
    it that is open; ``floor`` contract price, ``mc`` marginal cost, VND; ``capacity`` for residents
    a year at full size and staff; ``filled`` posts over those of the base year; ``cpi`` price level
    of the round.
    """

    market: Market
    opened: Array
    price: Array
    floor: Array
    mc: Array
    capacity: Array
    filled: Array
    cpi: float


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The city at the end of a month.

    ``cpi`` price level over the base year; ``prices`` lists in force; ``queues``; ``quality``
    (offer,); ``asset`` (unit,) as a share of the base year's; ``learners`` by need, None for
    episodes; ``plan`` (offer,) monthly units of output of the stability period; ``volume_year``
    (offer,) units of output since January; ``users`` (offer,) units of output last month, of
    learners in a month of teaching; ``non_public`` providers and staff; ``quotes`` by need, None
    where nobody priced; ``fixed_part`` by need, the part of exp(V/lambda) that holds for a year,
    None for enrolment; ``envelope`` what budgets that have one left behind; ``staff`` None where
    staff stay put.
    """

    cpi: float
    prices: PriceList
    queues: Queues
    quality: Array
    asset: Array
    learners: tuple[Learners | None, ...]
    plan: Array
    volume_year: Array
    users: Array
    non_public: NonPublic
    quotes: tuple[Quote | None, ...]
    fixed_part: tuple[FixedPart | None, ...]
    envelope: EnvelopeState
    staff: StaffState | None = None
