"""The month's account of professionals: heads checked by profession, flows and stocks recorded."""

from __future__ import annotations

from pricing.base.calendar import Month
from pricing.engine.setup import Setup
from pricing.engine.staff_rules import relative_pay
from pricing.world.flows import Flows
from pricing.world.ledger import check_stock
from pricing.world.recorder import Recorder
from pricing.world.state import State


def check_staff(setup: Setup, change: tuple[State, State], flows: Flows, month: Month) -> None:
    """Heads in posts: opening + joined − left = closing, by side and profession.

    Raises
    ------
    InvariantError
        Naming profession, month and heads that are missing or too many.
    """
    rules, moves = setup.staffing, flows.staff
    before, after = (state.staff for state in change)
    if rules is None or moves is None or before is None or after is None:
        return
    for place, profession in enumerate(rules.id):
        check_stock(
            f"heads of {profession}",
            before.heads[:, place],
            moves.net[:, place],
            after.heads[:, place],
            month,
            float(before.heads[:, place].sum() + 1.0),
        )


def record_staff(recorder: Recorder, setup: Setup, after: State, flows: Flows, year: int) -> None:
    """Flows of the month, and heads, posts and pay as they stand; nothing where staff stay put."""
    rules, staff, moves = setup.staffing, after.staff, flows.staff
    if rules is None or staff is None or moves is None:
        return
    recorder.put("staff", year, staff.heads)
    recorder.put("staff_posts", year, staff.posts)
    recorder.put("staff_relative_pay", year, rules.pay_ratio * relative_pay(rules, staff))
    recorder.add("staff_quits", year, moves.quits)
    recorder.add("staff_hired", year, moves.hired)
    recorder.add("staff_rehired", year, moves.rehired)
    recorder.add("staff_displaced", year, moves.displaced)
    recorder.add("staff_retired", year, moves.retired)
    recorder.add("staff_emigrated", year, moves.emigrated)
    recorder.add("staff_unplaced", year, moves.unplaced_graduates + moves.unplaced_displaced)
