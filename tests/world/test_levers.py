"""Levers: fold on the law of the day, weighted by days, the same in any order of calls."""

from collections.abc import Callable
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.base.calendar import Month, start_day
from pricing.base.errors import ConflictError
from pricing.world.lever_table import LEVER, LEVERS
from pricing.world.levers import LAW, Levers, Write, check_conflicts
from tests.builders import toy_city

JANUARY = Month.of(2025, 1)
MARCH = Month.of(2025, 3)
CITY = toy_city()


def levers(**law: float) -> Levers:
    return Levers(CITY, {name: np.asarray(value) for name, value in law.items()})


def cells(lever: str) -> np.ndarray:
    return np.full(LEVER[lever].shape(CITY), np.nan)


def test_a_lever_without_law_or_proposal_is_neutral():
    values = levers().month(JANUARY)
    for row in LEVERS:
        assert values[row.name].shape == row.shape(CITY)
        np.testing.assert_array_equal(values[row.name], row.neutral)


def test_an_unknown_lever_of_law_is_refused():
    with pytest.raises(KeyError, match="tutition"):
        levers(tutition=1.0)


def test_values_are_read_only():
    values = levers(base_salary=2.0).month(JANUARY)
    with pytest.raises(ValueError, match="read-only"):
        values["included"][0, 0, 0] = 1.0


def test_a_month_weighs_its_values_by_their_days():
    moved = levers(base_salary=31.0)
    moved.propose("base_salary", np.asarray(62.0), by="wages", day=start_day(MARCH) + 11)
    assert moved.month(JANUARY).scalar("base_salary") == 31.0
    assert moved.month(JANUARY + 1).scalar("base_salary") == 31.0
    assert moved.month(MARCH).scalar("base_salary") == pytest.approx(11 + 2 * 20, rel=1e-14)
    assert moved.last("base_salary") == 62.0
    assert moved.month(MARCH + 1).scalar("base_salary") == 62.0


def test_cells_that_do_not_move_keep_their_value_to_the_last_bit():
    moved = levers(included=0.1)
    values = cells("included")
    values[0, 0, 0] = 1.0
    moved.propose("included", values, by="road", day=10)
    month = moved.month(JANUARY)["included"]
    assert month[0, 0, 0] == pytest.approx(0.1 * 10 / 31 + 21 / 31)
    assert np.count_nonzero(month != 0.1) == 1


def test_a_ceiling_that_begins_within_a_month_does_not_bind_it():
    moved = levers()
    moved.enact("price_ceiling", np.asarray(350e3), day=10)
    assert np.all(np.isinf(moved.month(JANUARY)["price_ceiling"]))
    assert np.all(moved.last("price_ceiling") == 350e3)
    assert np.all(moved.month(JANUARY + 1)["price_ceiling"] == 350e3)


def test_the_day_of_a_decision_is_no_mean():
    moved = levers()
    moved.propose("price_decision", np.asarray(10.0), by="road", day=10)
    np.testing.assert_array_equal(moved.month(JANUARY)["price_decision"], 10.0)


def test_an_unchanged_month_returns_the_same_objects():
    moved = levers()
    first = moved.month(JANUARY)
    assert moved.month(JANUARY) is first
    assert moved.month(JANUARY + 1) is first
    moved.propose("fee_waiver", np.asarray(0.5), by="waiver", day=start_day(MARCH) + 9)
    third = moved.month(MARCH)
    fourth = moved.month(MARCH + 1)
    assert third["included"] is first["included"]
    assert third["fee_waiver"] is not fourth["fee_waiver"]
    assert moved.month(MARCH + 2) is fourth


def test_changes_are_told_by_month_and_counted():
    moved = levers()
    moved.month(JANUARY)
    assert moved.changed("fee_waiver", JANUARY)
    assert moved.version("fee_waiver") == 1
    moved.propose("fee_waiver", np.asarray(0.5), by="waiver", day=start_day(MARCH))
    moved.month(JANUARY + 1)
    assert not moved.changed("fee_waiver", JANUARY + 1)
    moved.month(MARCH)
    assert moved.changed("fee_waiver", MARCH)
    assert not moved.changed("included", MARCH)
    assert moved.version("fee_waiver") == 2


def test_repeating_what_stands_changes_nothing():
    moved = levers(contribution_rate=0.045)
    first = moved.month(JANUARY)
    moved.enact("contribution_rate", np.asarray(0.045), day=40)
    assert moved.month(JANUARY + 1)["contribution_rate"] is first["contribution_rate"]


def test_an_event_far_ahead_waits_for_its_month():
    moved = levers()
    moved.propose("fee_waiver", np.asarray(0.5), by="waiver", day=start_day(MARCH))
    assert moved.month(JANUARY).scalar("fee_waiver") == 0.0
    assert moved.month(JANUARY + 1).scalar("fee_waiver") == 0.0
    assert moved.month(MARCH).scalar("fee_waiver") == 0.5


def test_a_closed_month_takes_no_event_and_is_not_read_again():
    moved = levers()
    moved.month(MARCH)
    with pytest.raises(ValueError, match="closed"):
        moved.propose("fee_waiver", np.asarray(0.5), by="late", day=start_day(MARCH) + 30)
    with pytest.raises(ValueError, match="2025-01 is closed"):
        moved.month(JANUARY)


def test_a_proposal_keeps_the_cells_it_does_not_name():
    moved = levers()
    for row in (0, 1):
        values = cells("accumulation_rate")
        values[row] = 0.1 * (row + 1)
        moved.propose("accumulation_rate", values, by="road", day=row)
    np.testing.assert_allclose(moved.last("accumulation_rate")[:3], 0.0)
    moved.month(JANUARY)
    np.testing.assert_allclose(moved.last("accumulation_rate")[:3], [0.1, 0.2, 0.0])


def test_withdrawing_gives_the_law_back_but_a_decision_lasts():
    moved = levers(fee_waiver=0.25)
    moved.propose("fee_waiver", np.asarray(0.5), by="pilot", day=0)
    moved.propose("price_decision", np.asarray(0.0), by="pilot", day=0)
    moved.month(JANUARY)
    assert moved.last("fee_waiver") == 0.5
    moved.withdraw("fee_waiver", by="pilot", day=31)
    moved.withdraw("price_decision", by="pilot", day=31)
    moved.withdraw("fee_waiver", by="nobody", day=31)
    moved.month(JANUARY + 1)
    assert moved.last("fee_waiver") == 0.25
    assert np.all(moved.last("price_decision") == 0.0)


def test_a_freeze_holds_decisions_made_under_it_even_on_its_first_day():
    for order in permutations(range(2)):
        moved = levers()
        calls = [
            lambda to: to.propose("price_freeze", frozen_row(), by="freeze", day=5),
            lambda to: to.propose("price_decision", np.asarray(5.0), by="wages", day=5),
        ]
        for number in order:
            calls[number](moved)
        moved.month(JANUARY)
        assert np.all(moved.last("price_decision")[0] == -1.0)
        assert np.all(moved.last("price_decision")[1:] == 5.0)


def test_after_a_freeze_only_the_next_decision_counts():
    moved = levers()
    moved.propose("price_freeze", frozen_row(), by="freeze", day=0)
    moved.propose("price_decision", np.asarray(5.0), by="wages", day=5)
    moved.withdraw("price_freeze", by="freeze", day=10)
    moved.month(JANUARY)
    assert np.all(moved.last("price_decision")[0] == -1.0)
    moved.propose("price_decision", np.asarray(40.0), by="wages", day=40)
    moved.month(JANUARY + 1)
    assert np.all(moved.last("price_decision") == 40.0)


def frozen_row() -> np.ndarray:
    values = cells("price_freeze")
    values[0] = 1.0
    return values


CALLS: tuple[Callable[[Levers], None], ...] = (
    lambda to: to.propose("allowance", np.asarray(0.1), by="b", day=7),
    lambda to: to.propose("allowance", np.asarray(0.7), by="a", day=7),
    lambda to: to.propose("allowance", np.asarray(0.0003), by="c", day=7),
    lambda to: to.enact("allowance", np.asarray(0.35), day=7),
    lambda to: to.propose("fee_waiver", np.asarray(0.2), by="a", day=7),
    lambda to: to.propose("fee_waiver", np.asarray(0.3), by="b", day=3),
)


def test_any_order_of_calls_gives_the_same_bits():
    found = set()
    for order in permutations(CALLS):
        moved = levers(allowance=0.3)
        for call in order:
            call(moved)
        values = moved.month(JANUARY)
        found.add((values["allowance"].tobytes(), values["fee_waiver"].tobytes()))
    assert len(found) == 1


@given(
    st.lists(
        st.tuples(
            st.integers(0, 58), st.sampled_from("abc"), st.floats(0.0, 1.0, allow_subnormal=False)
        ),
        max_size=8,
        unique_by=lambda call: call[:2],
    ),
    st.randoms(use_true_random=False),
)
def test_any_history_folds_the_same_in_any_order(calls, random):
    shuffled = list(calls)
    random.shuffle(shuffled)
    read = []
    for order in (calls, shuffled):
        moved = levers()
        for day, by, value in order:
            moved.propose("check_up_support", np.asarray(value), by=by, day=day)
        read.append([moved.month(JANUARY + m)["check_up_support"].tobytes() for m in range(3)])
    assert read[0] == read[1]
    standing = {by: value for day, by, value in sorted(calls)}
    assert moved.last("check_up_support") == max([0.0, *standing.values()])


def test_attribution_is_a_partition_of_a_replaced_lever():
    moved = levers(included=1.0)
    for norm, by in ((0, "health"), (3, "schools")):
        values = cells("included")
        values[norm, :, 2] = 0.5
        moved.propose("included", values, by=by, day=0)
    moved.month(JANUARY)
    attributed = moved.attribute("included")
    assert list(attributed) == [LAW, "health", "schools"]
    np.testing.assert_array_equal(sum(cell.astype(int) for cell in attributed.values()), 1)
    assert attributed["health"].sum() == attributed["schools"].sum() == 3


def test_attribution_of_a_bound_names_who_binds():
    moved = levers(price_ceiling=350e3)
    values = cells("price_ceiling")
    values[:2] = (300e3, 400e3)
    moved.propose("price_ceiling", values, by="cap", day=0)
    moved.month(JANUARY)
    np.testing.assert_array_equal(np.flatnonzero(moved.attribute("price_ceiling")["cap"]), [0])


def test_two_proposers_on_one_replaced_cell_are_refused_even_if_undeclared():
    moved = levers()
    moved.propose("base_salary", np.asarray(3e6), by="one", day=0)
    moved.propose("base_salary", np.asarray(4e6), by="two", day=0)
    with pytest.raises(ConflictError, match=r"base_salary.*one \+ two"):
        moved.month(JANUARY)


def write(
    by: str,
    lever: str = "included",
    rows: slice = slice(None),
    days: tuple[int, int] = (0, 999),
    *,
    is_law: bool = False,
) -> Write:
    marks = np.zeros(LEVER[lever].shape(CITY), dtype=bool)
    marks[(rows,) if marks.ndim else ()] = True
    return Write(
        lever=lever, by=by, cells=marks, from_day=days[0], until_day=days[1], is_law=is_law
    )


@pytest.mark.parametrize(
    "other",
    [
        write("b", rows=slice(3, 5)),
        write("b", rows=slice(0, 3), days=(999, 2000)),
        write("a", rows=slice(0, 3)),
        write("b", "price_decision", rows=slice(0, 3)),
        write("b", rows=slice(0, 3), is_law=True),
    ],
    ids=["other cells", "other days", "itself", "other lever", "law below"],
)
def test_writes_that_do_not_meet_are_no_conflict(other):
    check_conflicts([write("a", rows=slice(0, 3)), other])


def test_two_writers_of_a_cell_conflict_whatever_their_order():
    texts = set()
    for order in permutations([write("a"), write("b"), write("c", rows=slice(0, 1))]):
        with pytest.raises(ConflictError) as caught:
            check_conflicts(order)
        texts.add(str(caught.value))
        assert len(caught.value.problems) == 3
    assert len(texts) == 1


def test_a_lever_that_folds_takes_many_proposers():
    check_conflicts([write("a", "price_decision"), write("b", "price_decision")])


def test_the_law_has_one_voice():
    laws = [write(by, "fee_waiver", is_law=True) for by in ("law", "other_law")]
    with pytest.raises(ConflictError, match="fee_waiver"):
        check_conflicts(laws)
