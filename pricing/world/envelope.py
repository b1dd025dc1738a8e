"""What a budget under an envelope leaves unpaid, and what that does to units and their users."""

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, BoolArray
from pricing.city.rows.network import BUDGET_LEVELS


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvelopeState:
    """Stocks that budgets under an envelope leave at a month's end.

    ``owed`` (budget_level, unit) VND of recurrent money; ``saved`` (budget_level,) VND of the
    envelope not used since January; ``worn`` (unit,) assets that postponed capital did not replace,
    as a share of the base year's; ``unpaid_months`` (unit,) months of cash cost that units owe
    because budgets owe them; ``hidden`` (offer,) quality lost that users do not see.
    """

    owed: Array
    saved: Array
    worn: Array
    unpaid_months: Array
    hidden: Array

    @classmethod
    def none(cls, n_units: int, n_offers: int) -> "EnvelopeState":
        """Nothing owed, saved, worn or hidden."""
        levels = len(BUDGET_LEVELS)
        return cls(
            owed=np.zeros((levels, n_units)),
            saved=np.zeros(levels),
            worn=np.zeros(n_units),
            unpaid_months=np.zeros(n_units),
            hidden=np.zeros(n_offers),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvelopeFlows:
    """One month of the budgets under their envelopes; VND.

    ``is_bound`` (budget_level,) which have one; ``cap`` (budget_level,) the month's part of it, 0
    where there is none; ``due`` (line, budget_level) obligations; ``share`` (line, budget_level) of
    them paid; ``marginal`` (line, budget_level) what each would take of one more VND; ``unpaid``
    and ``repaid`` (budget_level, unit) recurrent money newly owed, and paid of what was owed;
    ``postponed`` (budget_level, unit) capital not paid, which nobody owes; ``premium`` and
    ``prevention`` (budget_level,) what savings buy; ``saved`` (budget_level,) at the month's end.
    """

    is_bound: BoolArray
    cap: Array
    due: Array
    share: Array
    marginal: Array
    unpaid: Array
    repaid: Array
    postponed: Array
    premium: Array
    prevention: Array
    saved: Array

    @property
    def short_of(self) -> Array:
        """What units lack of the month's obligations, repaid arrears taken off, (level, unit)."""
        lacking: Array = self.unpaid + self.postponed - self.repaid
        return lacking
