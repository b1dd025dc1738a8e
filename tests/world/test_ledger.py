"""Double entry: what leaves arrives; a dropped, doubled or crooked posting is caught."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.base.calendar import Month
from pricing.base.errors import InvariantError
from pricing.world.accounts import Accounts
from pricing.world.ledger import Ledger, check_stock
from tests.builders import toy_city

CITY = toy_city()
ACCOUNTS = Accounts.of(CITY)
UNITS = len(CITY.units.id)
JUNE, DECEMBER = Month.of(2026, 6), Month.of(2026, 12)
CASH = 1e9


def ledger() -> Ledger:
    return Ledger(ACCOUNTS, {"units": np.full(UNITS, CASH)})


def busy_month() -> Ledger:
    book = ledger()
    book.post("household", "units", "user_payment", np.arange(5 * UNITS).reshape(5, UNITS) * 1e3)
    book.post("fund", "units", "claims", np.full(UNITS, 5e6))
    book.post("budget", "fund", "premium_subsidy", [1e6, 2e6, 3e6])
    book.post("units", "staff", "pay", np.full(UNITS, 4e6))
    book.post("employers", "fund", "contribution", 7e6)
    return book


def test_a_month_that_adds_up_closes():
    book = busy_month()
    book.close_month(JUNE)
    assert book.gross() == 0.0
    np.testing.assert_allclose(
        book.balance("units"), CASH + 1e6 + np.arange(5 * UNITS).reshape(5, UNITS).sum(0) * 1e3
    )
    np.testing.assert_array_equal(book.balance("budget"), [-1e6, -2e6, -3e6])


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    ("household", "units", "user_payment", 5 * UNITS),
                    ("fund", "units", "claims", UNITS),
                    ("units", "suppliers", "purchases", UNITS),
                    ("employers", "fund", "contribution", 1),
                    ("budget", "units", "recurrent_grant", 3 * UNITS),
                ]
            ),
            st.floats(0.0, 1e6),
        ),
        max_size=30,
    )
)
def test_all_accounts_together_never_change(posts):
    book = ledger()
    total = sum(book.balance(group.name).sum() for group in ACCOUNTS.groups)
    for (payer, payee, purpose, size), amount in posts:
        shape = {1: (), UNITS: (UNITS,)}.get(size, (size // UNITS, UNITS))
        book.post(payer, payee, purpose, np.full(shape, amount))
    book.close_month(JUNE)
    left = sum(book.balance(group.name).sum() for group in ACCOUNTS.groups)
    assert left == pytest.approx(total, rel=1e-12)


def test_a_posting_that_reached_nobody_is_caught():
    book = busy_month()
    book._balances[book._slices["units"].start + 2] -= 1e6
    with pytest.raises(InvariantError, match=r"all accounts.*2026-06.*-1e\+06"):
        book.close_month(JUNE)


def test_a_posting_booked_to_another_account_is_caught_by_name():
    book = busy_month()
    start = book._slices["units"].start
    book._balances[start + 2] -= 1e6
    book._balances[start + 4] += 1e6
    with pytest.raises(InvariantError) as caught:
        book.close_month(JUNE)
    assert caught.value.name == "units[2]"
    assert caught.value.amount == pytest.approx(-1e6)


def test_a_flow_that_arrives_smaller_than_it_left_is_caught():
    book = busy_month()
    flow = book._flows["fund", "units", "claims"]
    flow.received[0] -= 1e6
    flow.payee_balance[0] -= 1e6
    flow.payer_balance[0] += 1e6
    with pytest.raises(InvariantError, match="claims"):
        book.close_month(JUNE)


@pytest.mark.parametrize("times", [0, 2], ids=["dropped", "doubled"])
def test_a_dropped_or_doubled_posting_differs_from_what_was_delivered(times):
    volume, price, share = np.arange(1.0, UNITS + 1), 2e5, 0.8
    book = ledger()
    book.post("fund", "units", "claims", volume * price * share)
    for _ in range(times):
        book.post("fund", "units", "claims", volume * price * share)
    book.close_month(DECEMBER)
    delivered = 2.0 * volume * price * share
    with pytest.raises(InvariantError, match=r"claims\["):
        check_stock(
            "claims",
            np.zeros(UNITS),
            delivered,
            book.receipts("claims", 2026, "units"),
            DECEMBER,
            delivered.sum(),
        )


def test_a_receivable_catches_a_payment_that_was_never_posted():
    book = ledger()
    owed, delivered = np.full(UNITS, 3e6), np.full(UNITS, 5e6)
    book.post("fund", "units", "claims", owed)
    paid = book.balance("units") - CASH
    check_stock("receivable", owed, delivered - paid, delivered, JUNE, delivered.sum())
    with pytest.raises(InvariantError, match=r"receivable\[0\] does not add up in 2026-06"):
        check_stock("receivable", owed, delivered, delivered, JUNE, delivered.sum())


def test_a_stock_of_one_is_named_without_index_and_rounding_is_forgiven():
    check_stock("reserve", np.asarray(1e12), np.asarray(1.0), np.asarray(1e12), JUNE, 1e12)
    with pytest.raises(InvariantError, match=r"^reserve does"):
        check_stock("reserve", np.asarray(1e12), np.asarray(1e4), np.asarray(1e12), JUNE, 1e12)


def test_not_a_number_never_passes():
    with pytest.raises(InvariantError):
        check_stock("reserve", np.asarray(np.nan), np.asarray(0.0), np.asarray(0.0), JUNE, 1.0)
    book = ledger()
    book.post("fund", "units", "claims", np.full(UNITS, np.nan))
    with pytest.raises(InvariantError):
        book.close_month(JUNE)


def test_a_unit_may_not_spend_what_it_has_not():
    book = ledger()
    np.testing.assert_array_equal(book.available("units"), CASH)
    assert np.all(np.isinf(book.available("budget")))
    amounts = np.zeros(UNITS)
    amounts[3] = CASH + 5.0e3
    book.post("units", "staff", "pay", amounts)
    assert book.available("units")[3] == 0.0
    with pytest.raises(InvariantError, match=r"overdraft of units\[3\].*-5000"):
        book.close_month(JUNE)


def test_a_negative_payment_is_refused():
    book = ledger()
    amounts = np.zeros(UNITS)
    amounts[1] = -1e3
    book.post("fund", "units", "claims", amounts)
    with pytest.raises(InvariantError, match="claims of fund"):
        book.close_month(JUNE)


def test_only_declared_purposes_between_declared_groups():
    book = ledger()
    with pytest.raises(ValueError, match="not paid by units to household"):
        book.post("units", "household", "claims", 1.0)
    with pytest.raises(KeyError):
        book.post("fund", "units", "gifts", np.ones(UNITS))


@pytest.mark.parametrize(
    ("payer", "payee", "purpose", "shape"),
    [
        ("fund", "units", "claims", ()),
        ("units", "staff", "pay", (UNITS + 1,)),
        ("household", "units", "user_payment", (UNITS,)),
        ("household", "units", "user_payment", (UNITS, 5)),
    ],
)
def test_amounts_stand_on_the_axes_of_the_groups(payer, payee, purpose, shape):
    book = ledger()
    with pytest.raises(ValueError, match="amounts of shape"):
        book.post(payer, payee, purpose, np.ones(shape))


def test_turnover_receipts_and_outlay_of_a_year():
    book = busy_month()
    book.close_month(JUNE)
    book.post("budget", "units", "recurrent_grant", np.ones((3, UNITS)))
    book.post("household_outside", "units", "user_payment", np.ones(UNITS))
    book.close_month(DECEMBER)
    household = np.arange(5 * UNITS).reshape(5, UNITS) * 1e3
    np.testing.assert_allclose(
        book.turnover("user_payment", 2026, "household"), household.sum(axis=1)
    )
    np.testing.assert_allclose(
        book.receipts("user_payment", 2026, "units"), household.sum(axis=0) + 1.0
    )
    assert book.turnover("claims", 2026, "fund_outside") == 0.0
    assert book.turnover("claims", 2027, "fund") == 0.0
    outlay = book.outlay(2026)
    np.testing.assert_array_equal(outlay["premium_subsidy"], [1e6, 2e6, 3e6])
    np.testing.assert_array_equal(outlay["recurrent_grant"], UNITS)
    np.testing.assert_array_equal(outlay["check_up"], 0.0)


def test_receipts_of_the_open_month_add_up_over_payers():
    book = busy_month()
    book.post("fund_outside", "units", "claims", np.ones(UNITS))
    np.testing.assert_array_equal(book.month_receipts("claims", "units"), 5e6 + 1.0)
    book.close_month(JUNE)
    np.testing.assert_array_equal(book.month_receipts("claims", "units"), 0.0)


def test_years_are_kept_apart():
    book = ledger()
    for year in (2026, 2027):
        book.post("employers", "fund", "contribution", float(year))
        book.close_month(Month.of(year, 12))
    assert book.turnover("contribution", 2026, "employers") == 2026.0
    assert book.turnover("contribution", 2027, "employers") == 2027.0
