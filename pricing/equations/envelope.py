"""How a budget divides an envelope over its obligations, and what one more VND would pay.

State Budget Law: obligations of a higher priority are met first, equal ones in proportion. The
share of each line in one more VND is the gradient of what is paid in the envelope: where the
envelope binds it is the multiplier of the rule, which buys a VND of the marginal lines and nothing
of the others (Boadway & Bruce, Welfare Economics, 1984, ch. 2, on rationing by priority).
"""

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array
from pricing.equations.quotient import quotient


@dataclass(frozen=True, slots=True, kw_only=True)
class Allotment:
    """``paid`` and ``marginal`` (line, budget_level), ``left`` (budget_level,) beyond all dues."""

    paid: Array
    marginal: Array
    left: Array


def allot(cap: Array, due: Array, rank: Array) -> Allotment:
    """Divide envelopes over obligations by rank; lines of rank 0 are paid in full, whatever it is.

    Parameters
    ----------
    cap
        Envelope of each level, (budget_level,) VND; infinite where there is none.
    due
        Obligations, (line, budget_level) VND.
    rank
        Order of payment, (line,): 1 first; lines of equal rank are paid the same share.
    """
    paid = np.where((rank == 0.0)[:, None], due, 0.0)
    marginal = np.zeros_like(due)
    left = np.maximum(cap - paid.sum(0), 0.0)
    is_open = np.ones(cap.shape, dtype=np.bool_)
    for step in np.unique(rank[rank > 0.0]):
        mine = (rank == step)[:, None]
        asking = np.where(mine, due, 0.0)
        asked = asking.sum(0)
        is_cut = asked > left
        share = np.where(is_cut, quotient(np.where(is_cut, left, 0.0), asked, undefined=1.0), 1.0)
        paid = np.where(mine, due * share, paid)
        is_short = is_open & is_cut
        part = quotient(asking, asked, undefined=0.0)
        marginal = np.where(mine & is_short, part, marginal)
        is_open &= ~is_short
        left = np.maximum(left - asked, 0.0)
    return Allotment(paid=paid, marginal=marginal, left=left)
