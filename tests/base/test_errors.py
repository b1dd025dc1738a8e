"""Problems are collected, told in one line each, and raised once."""

import pickle

import pytest

from pricing.base.errors import (
    ConflictError,
    InputError,
    InvariantError,
    Phrase,
    Problem,
    Problems,
    nearest,
)

TYPO = Problem(
    file="base.toml",
    line=14,
    key="instruments.roadmap.inclded",
    read="a table",
    allowed="",
    nearest="included",
    advice="see `pricing list`",
)


def test_a_problem_is_one_line_in_each_language():
    assert TYPO.text("en") == (
        "base.toml:14, instruments.roadmap.inclded: read a table; "
        "did you mean 'included'?; see `pricing list`"
    )
    assert TYPO.text("vi").startswith("base.toml:14, instruments.roadmap.inclded: đọc được a table")


def test_what_is_not_known_is_left_out():
    problem = Problem(file="places.csv", line=None, key="", read="", allowed="28 rows")
    assert problem.text() == "places.csv: allowed: 28 rows"


def test_a_phrase_is_said_in_the_readers_language():
    read = Phrase("base.problem_read", (("read", "5"),))
    problem = Problem(file="a.toml", line=1, key="k", read="", allowed=read, advice=read)
    assert problem.text("en") == "a.toml:1, k: allowed: read 5; read 5"
    assert problem.text("vi").endswith("đọc được 5")


def test_problems_raise_once_and_keep_their_order():
    problems = Problems()
    problems.raise_if_any()
    assert not problems
    problems.extend([TYPO])
    problems.add(file="base.toml", line=2, key="from", read="'soon'", allowed="a month")
    with pytest.raises(InputError) as raised:
        problems.raise_if_any()
    assert raised.value.problems == tuple(problems)
    assert [problem.key for problem in problems] == [TYPO.key, "from"]
    assert len(problems) == len(str(raised.value).splitlines()) == 2


@pytest.mark.parametrize("kind", [InputError, ConflictError])
def test_input_errors_survive_the_way_between_processes(kind):
    error = pickle.loads(pickle.dumps(kind([TYPO])))
    assert type(error) is kind
    assert error.problems == (TYPO,)


def test_an_invariant_names_account_month_and_amount_in_any_process():
    error = pickle.loads(pickle.dumps(InvariantError("budget.city", "2027-03", -12.5)))
    assert (error.name, error.month, error.amount) == ("budget.city", "2027-03", -12.5)
    assert str(error) == "budget.city does not add up in 2027-03: off by -12.5"


def test_nearest_finds_a_typing_error_and_nothing_else():
    assert nearest("inclded", ("included", "places")) == "included"
    assert nearest("zzz", ("included", "places")) is None
