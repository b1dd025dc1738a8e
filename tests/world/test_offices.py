"""Offices: no order of asking changes a grant; officers are busy until they decide."""

from itertools import permutations

import pytest
import simpy
from hypothesis import given
from hypothesis import strategies as st

from pricing.world.offices import Office, queue_days

Ask = tuple[int, str, int]


def grants(asks: list[Ask], officers: int = 1, days: int = 10) -> list[tuple[float, str, int, int]]:
    """(resumed, address, granted, decided) of requests (day, address, priority)."""
    env = simpy.Environment()
    found = []

    def ask(office: Office, day: int, address: str, priority: int):
        yield env.timeout(day)
        request = yield office.file((address,), priority)
        found.append((env.now, address, request.granted, request.decided))

    office = Office(env, officers, days)
    for day, address, priority in asks:
        env.process(ask(office, day, address, priority))
    env.run(1000)
    return sorted(found)


def test_all_permutations_of_three_that_ask_on_one_day_give_one_result():
    asks = [(5, "health", 0), (5, "education", 0), (5, "vocational", 0)]
    results = {tuple(grants(list(order))) for order in permutations(asks)}
    assert results == {
        (
            (15.0, "education", 5, 15),
            (25.0, "health", 15, 25),
            (35.0, "vocational", 25, 35),
        )
    }


def test_the_first_day_is_a_day_like_others():
    assert grants([(0, "b", 0), (0, "a", 0)]) == [(10.0, "a", 0, 10), (20.0, "b", 10, 20)]


def test_priority_goes_before_the_filing_day_and_that_before_the_address():
    asks = [(0, "first", 0), (1, "b", 1), (2, "a", 1), (3, "z", 0)]
    assert [row[1] for row in grants(asks)] == ["first", "z", "b", "a"]


def test_as_many_at_once_as_there_are_officers():
    asks = [(0, name, 0) for name in "abcde"]
    assert [row[0] for row in grants(asks, officers=2)] == [10, 10, 20, 20, 30]


def test_an_idle_office_grants_on_the_day_of_filing():
    assert grants([(3, "a", 0), (40, "b", 0)]) == [(13.0, "a", 3, 13), (50.0, "b", 40, 50)]


@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.sampled_from("abcdefgh"), st.integers(0, 2)),
        max_size=8,
        unique_by=lambda ask: ask[1],
    ),
    st.integers(1, 3),
    st.randoms(use_true_random=False),
)
def test_any_order_of_processes_gives_the_same_queue(asks, officers, random):
    shuffled = list(asks)
    random.shuffle(shuffled)
    found = grants(asks, officers)
    assert found == grants(shuffled, officers)
    assert len(found) == len(asks)
    for day, address, _ in asks:
        resumed, _, granted, decided = next(row for row in found if row[1] == address)
        assert day <= granted < decided == resumed
    for today in range(400):
        assert sum(granted <= today < decided for *_, granted, decided in found) <= officers


def test_the_queue_tells_how_long_requests_waited():
    env = simpy.Environment()
    office = Office(env, 1, 10)
    for name in "abc":
        office.file((name,))
    env.run(12)
    assert queue_days(office, 12) == {
        "requests": 3.0,
        "decided": 1.0,
        "mean_wait_days": pytest.approx((0 + 10 + 12) / 3),
        "longest_wait_days": 12.0,
    }
    assert queue_days(Office(env, 1, 1), 12)["mean_wait_days"] == 0.0


def test_a_request_may_say_how_long_it_takes():
    env = simpy.Environment()
    office = Office(env, 1, 10)
    waited = {days: office.file((str(days),), days=days) for days in (3, None)}
    resumed = {}

    def wait(days):
        yield waited[days]
        resumed[days] = env.now

    for days in waited:
        env.process(wait(days))
    env.run(100)
    assert resumed == {3: 3, None: 13}
    assert [request.days for request in office.requests] == [3, 10]
    with pytest.raises(ValueError, match="at least one day"):
        office.file(("none",), days=0)


def test_requests_come_on_whole_days_to_an_office_with_someone_in_it():
    env = simpy.Environment()
    office = Office(env, 1, 10)
    env.run(0.5)
    with pytest.raises(ValueError, match="whole days"):
        office.file(("a",))
    for officers, days in ((0, 1), (1, 0)):
        with pytest.raises(ValueError, match="at least one"):
            Office(env, officers, days)
