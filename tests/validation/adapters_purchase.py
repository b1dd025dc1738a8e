"""Adapters of autonomy, and of orders against tenders."""

import numpy as np

from pricing.equations import auction_bidders, auction_costs, auction_outcomes, autonomy, scheme
from pricing.equations.auction import Tender
from tests.validation.registry import Adapters

ADAPTERS = Adapters()
adapter = ADAPTERS.adapter


def tier(*amounts):
    index = int(autonomy.autonomy_tier(*amounts))
    return None if index == autonomy.UNDEFINED else autonomy.TIERS[index]


@adapter("fin.autonomy", "A", "B", "investment_self_financed", "depreciation")
def autonomy_tiers(p):
    return {
        "rate_percent": 100.0 * autonomy.self_financing_rate(p["A"], p["B"]),
        "group": tier(p["A"], p["B"], p["investment_self_financed"], p["depreciation"]),
    }


@adapter("fin.autonomy", "fees_and_insurance", "budget_money", "recurrent")
def state_order(p):
    result = {}
    for form, stream in (("subsidy", "grant"), ("order", "order")):
        income = np.zeros(len(autonomy.STREAMS))
        income[autonomy.STREAMS.index("service")] = p["fees_and_insurance"]
        income[autonomy.STREAMS.index(stream)] = p["budget_money"]
        revenue = autonomy.self_financing_revenue(income)
        rate = autonomy.self_financing_rate(revenue, p["recurrent"])
        result[f"rate_as_{form}"] = 100.0 * rate
        result[f"group_as_{form}"] = tier(revenue, p["recurrent"], 0.0, 0.0)
    return result


@adapter("fin.order_v_bid", "lo", "hi", "lots", "ceiling", "order_price", "n_bidders", "fallback")
def order_against_bid(p):
    bidders = auction_bidders.known_number(p["n_bidders"])
    tender = Tender(
        costs=auction_costs.Uniform(lo=p["lo"], hi=p["hi"]), bidders=bidders, ceiling=p["ceiling"]
    )
    expected = auction_outcomes.expected_outcome(tender)
    ordering = scheme.ordering_cost(p["lots"], p["order_price"])
    bidding = scheme.bidding_cost(
        p["lots"], expected.payment, expected.failure_probability, p["fallback"]
    )
    return {
        "ordering_cost": ordering,
        "bidding_expected_cost": bidding,
        "expected_saving": ordering - bidding,
    }
