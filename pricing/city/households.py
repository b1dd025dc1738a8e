"""The household sample: who lives together, what they spend, and who is insured how.

Drawn from the city's margins (places, quintiles, ages, household size, cover) or read from a
survey; once for a study, so that all its scenarios and futures meet the same households.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri, pdtr

from pricing.base.arrays import Array, IntArray, frozen
from pricing.base.draws import Draws
from pricing.city.arrays import frozen_ints
from pricing.city.city import City
from pricing.city.cover import HEALTH_SCHEME
from pricing.city.rows.people import QUINTILES
from pricing.city.sample import Households
from pricing.city.spread import dimensions_of, illnesses, points, pools

SMALLEST = 1_000
USUAL = 20_000
LARGEST = 200_000
MOST_DRAWN = 12  # members of a drawn household
HEAD_FROM = 20  # age from which a drawn member may be the head
FREE_BELOW = 6  # Health Insurance Law 25/2008 art. 12: children under six have the full benefit


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """Households before their weights meet the city's people.

    (household,) `place`, `quintile`, `weight`, `consumption_month`, `size`; (member,) `age`.
    """

    place: IntArray
    quintile: IntArray
    weight: Array
    consumption_month: Array
    size: IntArray
    age: IntArray


def synthetic(city: City, size: int, seed: int) -> Households:
    """A sample drawn from the city's margins.

    Cells of place and quintile get households by the root of their people (power allocation,
    Bankier 1988), so that small ones are seen too. Members are drawn one by one from the ages of
    the cell, the first among adults. Consumption is log-normal over all people, cut at the
    quintiles (FACTS 18.1), and meets the mean of the cell. A household shares one standing in the
    order of cover, but for children under six, who come first.
    """
    draws = Draws(seed, 0)
    people = city.people.residents
    number = _allocated(np.sqrt(people).ravel(), size)
    cell = np.repeat(np.arange(number.size), number)
    place, quintile = np.divmod(cell, QUINTILES)
    values = city.parameters.central()
    members = _sizes(values, quintile, draws.table("household_size", (size,)))
    household = np.repeat(np.arange(size), members)
    weight = _weighted(people, place, quintile, (np.ones(size), members))
    standing = ranks(cell, draws.table("household_consumption", (size,)), weight * members)
    age = _ages(city, cell[household], members, draws)
    shared = draws.table("household_cover", (size,))[household]
    raw = Members(
        place=place,
        quintile=quintile,
        weight=weight,
        consumption_month=_consumption(city, cell, (standing, weight * members)),
        size=members,
        age=age,
    )
    rank = ranks(cell[household], shared - (age < FREE_BELOW), weight[household])
    return ordered(city, raw, rank, (seed, {"drawn": size, "seed": seed}))


def ordered(
    city: City, raw: Members, rank: Array, source: tuple[int, Mapping[str, str | int]]
) -> Households:
    """The sample with its weights and the members' points; `raw` by place and quintile.

    Parameters
    ----------
    rank
        Cover rank of the members, (member,).
    source
        Seed of the turns, and the origin.
    """
    seed, origin = source
    household = np.repeat(np.arange(raw.size.size), raw.size)
    weight = _weighted(city.people.residents, raw.place, raw.quintile, (raw.weight, raw.size))
    kind = city.places.kind[raw.place]
    shares = health_shares(city, city.base_year)[kind, raw.quintile][household]
    chance = Draws(seed, 0).table("household_turn", (household.size,))
    of_home = raw.place * QUINTILES + raw.quintile
    cell = of_home[household]
    order = np.lexsort((chance, class_at(rank, shares, benefit_order(city)), cell))
    turn = np.empty(household.size, dtype=np.int64)
    turn[order] = np.arange(household.size)
    spread = points(turn - _first(cell)[cell], dimensions_of(city))
    return Households(
        place=frozen_ints(raw.place.tolist()),
        quintile=frozen_ints(raw.quintile.tolist()),
        cell=frozen_ints(of_home.tolist()),
        weight=frozen(weight),
        consumption_month=frozen(raw.consumption_month),
        size=frozen(raw.size.astype(np.float64)),
        start=frozen_ints(_first(household).tolist()),
        household=frozen_ints(household.tolist()),
        member_cell=frozen_ints(cell.tolist()),
        age=frozen_ints(raw.age.tolist()),
        cover_rank=frozen(rank),
        first=frozen_ints(_first(of_home).tolist()),
        points=frozen(spread),
        illness=illnesses(city),
        pools=pools(city, raw.age, (household, cell), spread),
        origin=origin,
    )


def benefit_order(city: City) -> IntArray:
    """Classes of health cover from the best benefit to none, (class,)."""
    order: IntArray = np.argsort(-city.classes[HEALTH_SCHEME].rate, kind="stable")
    return order


def class_at(rank: Array, shares: Array, order: IntArray) -> IntArray:
    """Cover class at ranks from best to none, given each member's class shares (member, class)."""
    edges = np.cumsum(shares[:, order], axis=1)[:, :-1]
    found: IntArray = order[(rank[:, None] >= edges).sum(1)]
    return found


def health_shares(city: City, year: int) -> Array:
    """Shares of the health classes, (place kind, quintile, class)."""
    return city.cover.share(city.needs.scheme.index(HEALTH_SCHEME), year)


def _first(cell: IntArray) -> IntArray:
    """How many entries there are of the cells before each, (cell,)."""
    counts = np.bincount(cell)
    first: IntArray = np.cumsum(counts) - counts
    return first


def _allocated(share: Array, total: int) -> IntArray:
    """Whole numbers in proportion to shares that add up to a total, at least one each."""
    wanted = np.maximum(share / share.sum() * total, 1.0)
    number = np.floor(wanted).astype(np.int64)
    rest = np.argsort(number - wanted, kind="stable")
    missing = total - int(number.sum())
    number[rest[: max(missing, 0)]] += 1
    number[int(np.argmax(number))] += min(missing, 0)
    allocated: IntArray = number
    return allocated


def _sizes(values: Mapping[str, float], quintile: IntArray, u: Array) -> IntArray:
    """Members: one and a Poisson number more, fewer in richer quintiles; (household,)."""
    middle = (QUINTILES - 1) / 2.0
    slope = (values["household_size_poorest"] - 1.0) / middle
    mean = values["household_size"] * (1.0 + slope * (middle - quintile))
    more = u[:, None] > pdtr(np.arange(MOST_DRAWN - 1), (mean - 1.0)[:, None])
    members: IntArray = 1 + more.sum(1)
    return members


def _weighted(
    people: Array, place: IntArray, quintile: IntArray, of: tuple[Array, IntArray]
) -> Array:
    """Weights scaled so that members meet the people of each place and quintile, (household,)."""
    weight, size = of
    cell = place * QUINTILES + quintile
    held = np.bincount(cell, weight * size, people.size)
    scaled: Array = weight * people.ravel()[cell] / held[cell]
    return scaled


def ranks(cell: IntArray, key: Array, mass: Array) -> Array:
    """Share of the cell's mass with a smaller key, half of one's own counted; within (0, 1)."""
    order = np.lexsort((key, cell))
    held = mass[order]
    before = np.cumsum(held) - 0.5 * held
    total = np.bincount(cell, mass)
    start = np.cumsum(total) - total
    rank = np.empty(cell.size)
    rank[order] = (before - start[cell[order]]) / total[cell[order]]
    return rank


def _ages(city: City, cell: IntArray, size: IntArray, draws: Draws) -> IntArray:
    """Ages of all members: the head adult, the others so that the cell keeps its ages; (member,).

    `cell` (member,), place by quintile.
    """
    people = city.origin.residents.reshape(-1, city.origin.residents.shape[-1])
    shape = people / people.sum(1, keepdims=True)
    adult = np.arange(shape.shape[1]) >= HEAD_FROM
    head = shape * adult / (shape * adult).sum(1, keepdims=True)
    is_head = np.zeros(cell.size, dtype=np.bool_)
    is_head[np.cumsum(size) - size] = True
    members = np.bincount(cell, minlength=people.shape[0])
    heads = np.bincount(cell[is_head], minlength=people.shape[0])
    rest = np.maximum(members[:, None] * shape - heads[:, None] * head, 0.0)
    rest = np.where(rest.sum(1, keepdims=True) > 0.0, rest, shape)
    u = draws.table("household_age", (size.size, MOST_DRAWN))
    within = np.arange(cell.size) - np.repeat(np.cumsum(size) - size, size)
    chance = u[np.repeat(np.arange(size.size), size), within]
    drawn = rest / rest.sum(1, keepdims=True)
    age = np.empty(cell.size, dtype=np.int64)
    for who, table in ((is_head, head), (~is_head, drawn)):
        standing = ranks(cell[who], chance[who], np.ones(int(who.sum())))
        for one in np.unique(cell[who]).tolist():
            here = np.flatnonzero(who)[cell[who] == one]
            edges = np.cumsum(table[one])[:-1]
            age[here] = np.searchsorted(edges, standing[cell[who] == one], side="right")
    return age


def _consumption(city: City, cell: IntArray, of: tuple[Array, Array]) -> Array:
    """Consumption a head by the standing in the quintile, VND a month; meets the cell's mean."""
    standing, mass = of
    place, quintile = np.divmod(cell, QUINTILES)
    sd = city.parameters.central()["consumption_log_sd"]
    shape = np.exp(sd * ndtri((quintile + standing) / QUINTILES))
    mean = np.bincount(cell, shape * mass) / np.bincount(cell, mass)
    found: Array = shape / mean[cell] * city.income.consumption_month[place, quintile]
    return found
