"""From the parameters of a validation case to the package's public functions, and back.

One function a family and shape; it names inputs and outputs and computes nothing itself.
"""

import numpy as np

from pricing.equations import (
    allocation,
    choice,
    cost,
    demand,
    elasticity,
    finance,
    grant,
    queueing,
    welfare,
)
from pricing.equations.quotient import quotient
from tests.validation.registry import Adapters

ADAPTERS = Adapters()
adapter = ADAPTERS.adapter


def array(value):
    return np.asarray(value, dtype=np.float64)


def named(names, values):
    return dict(zip(names, values.tolist(), strict=True))


def centres(p):
    names = list(p["direct"])
    use = [[p["use"].get(row, {}).get(column, 0.0) for column in names] for row in names]
    final = np.array([name in p["final"] for name in names])
    return names, array(list(p["direct"].values())), array(use), final


def only(names, result, wanted):
    return {name: value for name, value in named(names, result).items() if name in wanted}


@adapter("cost.alloc", "direct", "use", "final")
def allocation_methods(p):
    names, direct, use, final = centres(p)
    support = [name for name in names if name not in p["final"]]
    both_ways = allocation.reciprocal(direct, use, final)
    result = {
        "direct_method": only(names, allocation.direct_allocation(direct, use, final), p["final"]),
        "reciprocal": only(names, both_ways.full, p["final"]),
        "reciprocal_gross": only(names, both_ways.gross, support),
    }
    for first in support:
        order = [names.index(name) for name in sorted(support, key=lambda name: name != first)]
        full = allocation.step_down(direct, use, order)
        result[f"stepdown_{first}_first"] = only(names, full, p["final"])
    return result


@adapter("cost.alloc", "direct", "use", "final", "order", "units")
def allocation_step_down(p):
    names, direct, use, _ = centres(p)
    full = allocation.step_down(direct, use, [names.index(name) for name in p["order"]])
    units = array([p["units"].get(name, 0.0) for name in names])
    return {
        "full_cost": only(names, full, p["final"]),
        "unit_cost": only(names, quotient(full, units), p["final"]),
        "total": full.sum(),
    }


@adapter("cost.annuity", "rate", "years")
def annuity(p):
    years = array(p["years"])
    return {
        "annuity_factor": cost.annuity_factor(p["rate"], years),
        "eac_per_1000": cost.equivalent_annual_cost(array(1000.0), p["rate"], years),
    }


@adapter("cost.capital", "cost", "rate", "life", "salvage", "share")
def capital(p):
    value, rate, life, salvage = (array(p[key]) for key in ("cost", "rate", "life", "salvage"))
    share = array(p["share"])
    return {
        "straight_line": cost.straight_line(value, salvage, life, share),
        "eac": cost.equivalent_annual_cost(value, rate, life, salvage, share),
        "book_value_after_3": cost.book_value(value, salvage, life, 3.0),
        "eac_minus_sl": cost.interest_on_capital(value, rate, life, salvage, share),
    }


@adapter("cost.capital", "cost", "rate", "life")
def capital_in_advance(p):
    value = array(p["cost"])
    return {
        "arrears": cost.equivalent_annual_cost(value, p["rate"], p["life"]),
        "advance": cost.equivalent_annual_cost_advance(value, p["rate"], p["life"]),
    }


@adapter("cost.capital", "historic", "index_then", "index_now", "rate", "life")
def capital_replaced(p):
    value = cost.replacement_value(array(p["historic"]), p["index_then"], p["index_now"])
    return {
        "replacement": value,
        "eac": cost.equivalent_annual_cost(value, p["rate"], p["life"]),
    }


@adapter("cost.breakeven", "F_block", "block", "v", "q")
def breakeven(p):
    return {"average": cost.step_average_cost(p["F_block"], p["block"], p["v"], array(p["q"]))}


@adapter("dem.iso", "q0", "p0", "elasticity", "p1", "unit_cost")
def isoelastic(p):
    q0, p0, p1, epsilon = array(p["q0"]), array(p["p0"]), array(p["p1"]), p["elasticity"]
    q1 = demand.isoelastic_quantity(q0, p0, epsilon, p1)
    return {
        "q1": q1,
        "revenue1": demand.revenue(p1, q1),
        "delta_CS": demand.isoelastic_surplus_change(q0, p0, epsilon, p1),
        "arc_elasticity": elasticity.arc_elasticity(q0, q1, p0, p1),
        "subsidy0": demand.cost_gap(p0, q0, p["unit_cost"]),
        "subsidy1": demand.cost_gap(p1, q1, p["unit_cost"]),
        "linear_approx_q1": demand.tangent_quantity(q0, p0, epsilon, p1),
    }


@adapter("dem.linear", "a", "b", "p0", "p1")
def linear(p):
    a, b, p0, p1 = p["a"], p["b"], array(p["p0"]), array(p["p1"])
    return {
        "q0": demand.linear_quantity(a, b, p0),
        "q1": demand.linear_quantity(a, b, p1),
        "delta_CS": demand.linear_surplus_change(a, b, p0, p1),
        "elasticity_at_p0": demand.linear_elasticity(a, b, p0),
        "choke_price": demand.choke_price(a, b),
    }


@adapter("dem.arc", "q1", "q2", "p1", "p2")
def arc(p):
    points = tuple(array(p[key]) for key in ("q1", "q2", "p1", "p2"))
    return {
        "arc": elasticity.arc_elasticity(*points),
        "from_first": elasticity.elasticity_from_first(*points),
        "log": elasticity.log_elasticity(*points),
    }


def multinomial(utility):
    return choice.nested_logit(utility, np.arange(np.shape(utility)[-1]), 1.0)


@adapter("dem.logit", "V_before", "V_after", "alpha")
def logit(p):
    before, after = multinomial(p["V_before"]), multinomial(p["V_after"])
    return {
        "shares_before": before.probability,
        "shares_after": after.probability,
        "logsum_before": before.log_sum,
        "logsum_after": after.log_sum,
        "consumer_surplus_change": welfare.compensating_variation(
            before.log_sum, after.log_sum, p["alpha"]
        ),
    }


@adapter("dem.logit", "V", "alpha", "price")
def logit_elasticities(p):
    table = elasticity.share_elasticities(multinomial(p["V"]), p["alpha"], array(p["price"]))
    return {"own": np.diag(table)[1:], "cross_of_price": table[0, 1:]}


@adapter("dem.logit", "income", "alpha_times_income", "asc", "p0", "p1")
def logit_by_quintile(p):
    income, alpha = array(p["income"]), p["alpha_times_income"]
    before, after = (
        choice.price_utility(p["asc"], alpha, p[price], income) for price in ("p0", "p1")
    )
    sums = [
        multinomial(np.stack([np.zeros_like(use), use], axis=-1)).log_sum for use in (before, after)
    ]
    return {
        "cv": welfare.compensating_variation(sums[0], sums[1], alpha, income),
        "cv_share_of_income": welfare.compensating_variation(sums[0], sums[1], alpha),
    }


def care(utility, lambda_care):
    """Nested logit of one outside alternative, first, and one nest of all others."""
    nest = [0] + [1] * (len(utility) - 1)
    return choice.nested_logit(utility, nest, [1.0, lambda_care])


@adapter("dem.nested", "const", "price", "alpha", "lambda_care", "delta_public_price")
def nested(p):
    names = ["none", *(name for name in p["const"] if name != "none")]
    constant, price = (array([p[key][name] for name in names]) for key in ("const", "price"))
    public = names.index("public")
    raised = price.copy()
    raised[public] += p["delta_public_price"]
    alpha, lambda_care = p["alpha"], p["lambda_care"]
    before = care(choice.price_utility(constant, alpha, price), lambda_care)
    after = care(choice.price_utility(constant, alpha, raised), lambda_care)
    table = elasticity.share_elasticities(before, alpha, price)
    diverted = elasticity.diversion_ratios(before.probability, after.probability, public)
    return {
        "shares_before": named(names, before.probability),
        "shares_after": named(names, after.probability),
        "inclusive_value_care": before.inclusive_value[1],
        "logsum_before": before.log_sum,
        "logsum_after": after.log_sum,
        "consumer_surplus_change": welfare.compensating_variation(
            before.log_sum, after.log_sum, alpha
        ),
        "elasticities": {
            f"{of}|{by}": table[i, k] for i, of in enumerate(names) for k, by in enumerate(names)
        },
        **{f"diversion_to_{name}": diverted[i] for i, name in enumerate(names)},
    }


@adapter("dem.nested", "const", "price", "alpha", "nests", "lam")
def nested_any(p):
    names = list(p["const"])
    constant, price = (array([p[key][name] for name in names]) for key in ("const", "price"))
    nest = [next(g for g, row in enumerate(p["nests"].values()) if name in row) for name in names]
    lambdas = [p["lam"][name] for name in p["nests"]]
    solved = choice.nested_logit(choice.price_utility(constant, p["alpha"], price), nest, lambdas)
    return {"shares": named(names, solved.probability), "logsum": solved.log_sum}


@adapter("dem.nested", "V", "lambda_care")
def nested_utilities(p):
    names = ["none", *(name for name in p["V"] if name != "none")]
    solved = care(array([p["V"][name] for name in names]), p["lambda_care"])
    return {"shares": named(names, solved.probability)}


@adapter("que.mmc", "lam", "mu", "c", "t")
def erlang_c(p):
    queue = queueing.erlang_queue(p["lam"], p["mu"], p["c"])
    return {
        "rho": queue.utilisation,
        "P_wait": queue.probability_wait,
        "Lq": queue.in_queue,
        "Wq": queue.wait,
        "W": queue.time_in_system,
        "L": queue.in_system,
        "Wq_given_wait": queue.wait_if_waiting,
        "sd_Wq": queue.wait_deviation,
        "P_Wq_gt_t": queueing.probability_wait_exceeds(queue, p["t"]),
    }


@adapter("que.erlang_b", "beds", "offered_load")
def loss_beds(p):
    system = queueing.loss_system(p["beds"], p["offered_load"])
    return {
        "P_block": system.blocking,
        "mean_occupied": system.occupied,
        "occupancy": system.occupancy,
    }


@adapter("que.erlang_b", "offered_load", "target")
def loss_beds_needed(p):
    beds = queueing.fewest_servers(p["offered_load"], p["target"])
    return {
        "beds": beds,
        "P_block": queueing.erlang_b(beds, p["offered_load"]),
        "P_block_one_less": queueing.erlang_b(beds - 1, p["offered_load"]),
    }


@adapter("que.ggc_approx", "lam", "mu", "c", "scv_arrival", "scv_service")
def general_queue(p):
    queue = queueing.erlang_queue(p["lam"], p["mu"], p["c"])
    spread = queueing.variability(p["scv_arrival"], p["scv_service"])
    return {"Wq": queueing.allen_cunneen_wait(queue, spread)}


@adapter("fin.subsidy", "volume", "unit_cost", "fee", "insurance_per_case", "exempt_share")
def subsidy(p):
    keys = ("volume", "unit_cost", "fee", "insurance_per_case", "exempt_share")
    result = grant.subsidy(*(array(p[key]) for key in keys))
    return {
        "total_cost": result.total_cost,
        "user": result.user,
        "insurance": result.insurance,
        "budget": result.budget,
        "self_financing_rate": result.self_financing_rate,
        "subsidy_per_case": result.per_case,
    }


@adapter("fin.pv", "rate", "flows")
def net_present_value(p):
    flow = array(p["flows"])
    return {
        "npv": finance.present_value(p["rate"], flow),
        "irr": finance.internal_rate_of_return(flow),
    }


@adapter("fin.pv", "rate", "flows_years_1_to_3")
def timing(p):
    rate, flow = p["rate"], array(p["flows_years_1_to_3"])
    return {
        "end_year": finance.present_value(rate, flow, finance.END_OF_YEAR),
        "mid_year": finance.present_value(rate, flow, finance.MID_YEAR),
        "beginning": finance.present_value(rate, flow, finance.BEGINNING_OF_YEAR),
    }


def fractions(percent):
    """The package knows plain fractions only, the case file writes percent."""
    return array(percent) / 100.0


@adapter("fin.deflate", "inflation_pct", "nominal", "base")
def deflate_by_inflation(p):
    years = list(p["inflation_pct"])
    base = years.index(str(p["base"]))
    index = finance.chain_index(fractions(list(p["inflation_pct"].values())), base)
    return {
        "index": named(years, index),
        f"real_{p['base']}_value": named(years, finance.deflate(array(p["nominal"]), index, base)),
    }


@adapter("fin.deflate", "index", "nominal", "base")
def deflate_by_index(p):
    years = list(p["index"])
    nominal = array([p["nominal"][year] for year in years])
    index = array(list(p["index"].values()))
    real = finance.deflate(nominal, index, years.index(str(p["base"])))
    growth = finance.growth(real)
    return {
        "real": named(years, real),
        **{f"real_growth_{year}": growth[i] for i, year in enumerate(years[1:])},
    }


@adapter("fin.real_rate", "nominal", "inflation", "real_flow", "years")
def real_rate(p):
    flow = np.full(p["years"], array(p["real_flow"]))
    exact = finance.real_rate(p["nominal"], p["inflation"])
    paid = finance.inflate(flow, p["inflation"], finance.END_OF_YEAR)
    return {
        "real_exact": exact,
        "real_approx": finance.real_rate_approximate(p["nominal"], p["inflation"]),
        "pv_real": finance.present_value(exact, flow, finance.END_OF_YEAR),
        "pv_nominal": finance.present_value(p["nominal"], paid, finance.END_OF_YEAR),
    }


@adapter(
    "fin.shift",
    *("volume", "salary_component", "insured_share"),
    *("insurer_rate", "demand_elasticity", "old_user_price"),
)
def pay_shift(p):
    insured = grant.Insured(share=p["insured_share"], insurer_rate=p["insurer_rate"])
    volume, pay, price = (array(p[k]) for k in ("volume", "salary_component", "old_user_price"))
    result = grant.pay_shift(volume, pay, insured, p["demand_elasticity"], price)
    return {
        "user_price_rise_insured": result.price_rise_insured,
        "user_price_rise_uninsured": result.price_rise_uninsured,
        "q_insured": result.volume_insured,
        "q_uninsured": result.volume_uninsured,
        "budget_saving": result.budget_saving,
        "extra_insurer_cost": result.insurer_cost,
    }
