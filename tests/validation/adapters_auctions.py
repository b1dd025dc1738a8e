"""Adapters of the procurement auctions with symmetric bidders."""

import numpy as np

from pricing.equations import (
    auction,
    auction_bidders,
    auction_common_value,
    auction_costs,
    auction_default,
    auction_outcomes,
    auction_rules,
)
from tests.validation.registry import Adapters

ADAPTERS = Adapters()
adapter = ADAPTERS.adapter

UNIFORM = ("distribution", "lo", "hi")
BETA = ("distribution", "a", "b", "lo", "hi")
LOG_NORMAL = ("distribution", "mean", "cv")
TENDER = ("ceiling", "n_bidders")

COSTS = {
    "uniform": (auction_costs.Uniform, ("lo", "hi")),
    "beta": (auction_costs.Beta, ("a", "b", "lo", "hi")),
    "lognormal": (auction_costs.LogNormal, ("mean", "cv")),
}


def tender(p, ceiling="ceiling"):
    kind, names = COSTS[p["distribution"]]
    return auction.Tender(
        costs=kind(**{name: p[name] for name in names}),
        bidders=auction_bidders.known_number(p["n_bidders"]),
        ceiling=p[ceiling],
    )


def outcome(expected):
    return {
        "failure_prob": expected.failure_probability,
        "expected_price_given_award": expected.price,
        "expected_payment_unconditional": expected.payment,
        "expected_winning_cost_given_award": expected.winning_cost,
        "expected_savings_rate_given_award": expected.saving_rate,
        "expected_winner_rent_given_award": expected.winner_rent,
        "sd_price_second_price_given_award": expected.deviation_second_price,
        "sd_price_first_price_given_award": expected.deviation_first_price,
    }


@adapter("auc.sym", *UNIFORM, *TENDER)
@adapter("auc.sym", *BETA, *TENDER)
@adapter("auc.sym", *LOG_NORMAL, *TENDER)
def symmetric(p):
    return outcome(auction_outcomes.expected_outcome(tender(p)))


@adapter("auc.bid", *UNIFORM, *TENDER, "costs")
@adapter("auc.bid", *BETA, *TENDER, "costs")
@adapter("auc.bid", *LOG_NORMAL, *TENDER, "costs")
def bids(p):
    return {"bids": auction.first_price_bid(tender(p), p["costs"])}


@adapter("auc.closed", *UNIFORM, *TENDER)
def closed_form(p):
    expected = auction_outcomes.expected_outcome(tender(p))
    return {
        "expected_price": expected.price,
        "expected_winning_cost": expected.winning_cost,
        "bid_at_0_4": auction.first_price_bid(tender(p), 0.4),
        "var_first_price": expected.variance_first_price,
        "var_second_price": expected.variance_second_price,
    }


@adapter("auc.surplus", *UNIFORM, *TENDER, "buyer_value")
def surplus(p):
    expected = auction_outcomes.expected_outcome(tender(p))
    return {"buyer_surplus": auction_outcomes.buyer_surplus(expected, p["buyer_value"])}


@adapter("auc.ceiling", *UNIFORM, "base_ceiling", "factor", "n_bidders")
def misjudged_ceiling(p):
    misjudged = auction.misjudged(tender(p, ceiling="base_ceiling"), p["factor"])
    return outcome(auction_outcomes.expected_outcome(misjudged))


@adapter("auc.default", *UNIFORM, *TENDER, "shock_sd", "bond")
def default(p):
    shock = auction_default.Shock(deviation=p["shock_sd"], bond=p["bond"])
    return {"default_prob": auction_default.default_probability(tender(p), shock)}


@adapter("auc.curse", "n_bidders", "a")
def winners_curse(p):
    n, a = p["n_bidders"], p["a"]
    return {
        "mean_bias_of_lowest_signal": auction_common_value.lowest_signal_bias(n, a),
        "var_lowest_signal": auction_common_value.lowest_signal_variance(n, a),
    }


@adapter("auc.alt", "bids", "ratio", "k_sd")
def abnormally_low(p):
    flags = auction_rules.low_tenders(p["bids"], p["ratio"], p["k_sd"])
    values = np.asarray(p["bids"])
    return {
        "mean": flags.mean,
        "sd_sample": flags.deviation,
        "flagged_all": values[flags.below_mean].tolist(),
        "flagged_others": values[flags.below_others].tolist(),
        "flagged_sd": values[flags.below_spread].tolist(),
    }
