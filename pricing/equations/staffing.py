"""A labour market of professions over a month: who joins, changes side, retires, leaves.

Heads by side of the market, public posts first, non-public second, and by profession. Accounting of
stocks and flows of posts and heads, as in forecasts of the health workforce (WHO 2010, Models and
Tools for Health Workforce Planning and Projections); who is not in a post has left the city and is
counted, so nobody vanishes.
"""

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array
from pricing.equations.quotient import quotient

PUBLIC, NON_PUBLIC = 0, 1
MONTHS_A_YEAR = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Yearly rates of professions, (profession,).

    ``graduates`` heads a year, of whom ``stay`` look for work in the city; ``retirement``,
    ``out_migration`` and ``quit`` per head; ``quit_elasticity`` to the relative pay elsewhere.
    """

    graduates: Array
    stay: Array
    retirement: Array
    out_migration: Array
    quit: Array
    quit_elasticity: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMoves:
    """What a month did to heads; (side, profession), or (profession,) where said.

    ``opening`` and ``closing`` heads in posts; ``retired``; ``emigrated``; ``displaced`` whose post
    was closed; ``quits`` (profession,) from public to non-public posts; ``hired`` graduates and
    ``rehired`` displaced by the side that takes them; ``unplaced_graduates`` and
    ``unplaced_displaced`` (profession,) who found no vacancy and left.
    """

    opening: Array
    closing: Array
    retired: Array
    emigrated: Array
    displaced: Array
    quits: Array
    hired: Array
    rehired: Array
    unplaced_graduates: Array
    unplaced_displaced: Array

    @property
    def net(self) -> Array:
        """Net change of heads by what entered and left, (side, profession)."""
        moved = np.stack([-self.quits, self.quits])
        left: Array = self.retired + self.emigrated + self.displaced
        net: Array = moved + self.hired + self.rehired - left
        return net


def staff_moves(heads: Array, posts: Array, rates: Rates, relative_pay: Array) -> StaffMoves:
    """One month of the market.

    stock' = stock + graduates·stay/12 − retirements − out-migration; public + non-public + vacant =
    posts. Public staff quit at quit/12·(relative pay)^elasticity (constant elasticity of separation
    to relative pay, as in Manning 2003, Monopsony in Motion), as far as there are non-public
    vacancies; the rest stay. Who lost a closed post and who graduated then fill what is vacant on
    both sides, in proportion to vacancies; who finds none leaves.

    Parameters
    ----------
    heads, posts
        (side, profession) in posts at the month's start, and posts there are this month.
    relative_pay
        (profession,) non-public over public pay, over the same of the base year; > 0.
    """
    retired = heads * rates.retirement / MONTHS_A_YEAR
    emigrated = heads * rates.out_migration / MONTHS_A_YEAR
    left = heads - retired - emigrated
    displaced = np.maximum(left - posts, 0.0)
    stayed = left - displaced
    vacant = np.maximum(posts - stayed, 0.0)
    rate = rates.quit / MONTHS_A_YEAR * relative_pay**rates.quit_elasticity
    quits = np.minimum(np.minimum(rate, 1.0) * stayed[PUBLIC], vacant[NON_PUBLIC])
    moved = np.stack([-quits, quits])
    vacant = vacant - moved
    graduates = rates.graduates * rates.stay / MONTHS_A_YEAR
    seekers = graduates + displaced.sum(0)
    total = vacant.sum(0)
    filled = vacant * quotient(np.minimum(seekers, total), total, undefined=0.0)
    hired = filled * quotient(graduates, seekers, undefined=0.0)
    rehired = filled - hired
    return StaffMoves(
        opening=heads,
        closing=stayed + moved + filled,
        retired=retired,
        emigrated=emigrated,
        displaced=displaced,
        quits=quits,
        hired=hired,
        rehired=rehired,
        unplaced_graduates=np.maximum(graduates - hired.sum(0), 0.0),
        unplaced_displaced=np.maximum(displaced.sum(0) - rehired.sum(0), 0.0),
    )
