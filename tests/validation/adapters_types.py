"""Adapters of tenders among bidder types, of scoring and of entry."""

from pricing.equations import (
    auction_costs,
    auction_entry,
    auction_scoring,
    auction_types,
    auction_types_outcomes,
)
from tests.validation.registry import Adapters

ADAPTERS = Adapters()
adapter = ADAPTERS.adapter

UNIFORM = ("lo", "hi")


def uniform(p):
    return auction_costs.Uniform(lo=p["lo"], hi=p["hi"])


def pair(costs, ceiling):
    """Equilibrium of one bidder each, and what both formats bring."""
    types = tuple(auction_types.BidderType(costs=c, count=1) for c in costs)
    solved = auction_types.types_equilibrium(types, ceiling)
    first = auction_types_outcomes.first_price_outcome(solved)
    second = auction_types_outcomes.second_price_outcome(types, ceiling)
    return solved, {
        "lowest_equilibrium_bid": solved.lowest_bid,
        "expected_price_first": first.price,
        "expected_price_second": second.price,
        "prob_entrant_wins_first": first.wins[1],
        "prob_entrant_wins_second": second.wins[1],
    }


@adapter(
    "auc.asym.maskin_riley",
    *("z", "cbar", "scale", "incumbent_support", "entrant_support", "bids"),
)
def maskin_riley(p):
    supports = (p["incumbent_support"], p["entrant_support"])
    costs = [auction_costs.Uniform(lo=lo, hi=hi) for lo, hi in supports]
    solved, result = pair(costs, p["cbar"])
    return result | {
        "incumbent_cost_bidding_that": solved.cost_bidding(0, p["bids"]),
        "entrant_cost_bidding_that": solved.cost_bidding(1, p["bids"]),
    }


@adapter("auc.asym.power", "k_incumbent", "k_entrant", "ceiling")
def power(p):
    costs = [
        auction_costs.Power(draws=p[key], lo=0.0, hi=1.0) for key in ("k_incumbent", "k_entrant")
    ]
    solved, result = pair(costs, p["ceiling"])
    return result | {
        "incumbent_cost_bidding_0_6": solved.cost_bidding(0, 0.6),
        "entrant_cost_bidding_0_6": solved.cost_bidding(1, 0.6),
    }


@adapter("auc.scoring.che", "n_bidders", "thetas")
def che(p):
    """The title of the case fixes S = 2√q − p and θ ~ U[1, 2]."""
    tender = auction_scoring.ScoreTender(
        costs=auction_costs.Uniform(lo=1.0, hi=2.0),
        bidders=p["n_bidders"],
        value=auction_scoring.QualityValue(),
    )
    bid = auction_scoring.first_score_bid(tender, p["thetas"])
    naive, optimal = auction_scoring.worth_rule(tender), auction_scoring.optimal_rule(tender)
    return {
        "quality": bid.quality,
        "price": bid.price,
        "score": bid.score,
        "buyer_utility_naive_rule": naive.utility,
        "expected_quality_naive": naive.quality,
        "expected_price_naive": naive.price,
        "buyer_utility_optimal_rule": optimal.utility,
        "expected_quality_optimal": optimal.quality,
        "expected_price_optimal": optimal.price,
    }


@adapter("auc.scoring.weighted", "bids", "weight_technical", "min_technical")
def weighted(p):
    names, technical, price = zip(
        *((bid["name"], bid["tech"], bid["price"]) for bid in p["bids"]), strict=True
    )
    result = auction_scoring.weighted_scores(
        technical, price, p["weight_technical"], p["min_technical"]
    )
    rows = list(zip(names, result.score.tolist(), result.admitted.tolist(), strict=True))
    return {
        "scores": {name: score for name, score, admitted in rows if admitted},
        "winner": names[result.winner] if result.winner >= 0 else None,
        "excluded": [name for name, _, admitted in rows if not admitted],
    }


def entry(p):
    return auction_entry.Entry(
        costs=uniform(p),
        potential=p["n_potential"],
        preparation=p["entry_cost"],
        ceiling=p["ceiling"],
    )


@adapter("auc.entry.levin_smith", *UNIFORM, "n_potential", "entry_cost", "ceiling")
def levin_smith(p):
    result = auction_entry.mixed_entry(entry(p))
    return {
        "entry_prob": result.probability,
        "expected_entrants": result.entrants,
        "no_bid_prob": result.failure_probability,
        "expected_payment_unconditional": result.payment,
        "expected_price_given_award": result.price,
        "total_entry_cost": result.preparation,
    }


@adapter("auc.entry.samuelson", *UNIFORM, "n_potential", "entry_cost", "ceiling")
def samuelson(p):
    result = auction_entry.threshold_entry(entry(p))
    return {
        "threshold": result.threshold,
        "expected_entrants": result.entrants,
        "failure_prob": result.failure_probability,
    }
