"""Adapters of second-best prices, welfare losses, and the insurance fund."""

import numpy as np

from pricing.equations import demand, finance, insurance, loss, ramsey
from tests.validation.registry import Adapters

ADAPTERS = Adapters()
adapter = ADAPTERS.adapter


def array(values):
    return np.asarray(values, dtype=float)


@adapter("dem.ramsey", "A", "elasticity", "marginal_cost", "required_margin")
def isoelastic(p):
    cost = p["marginal_cost"]
    found = ramsey.isoelastic_ramsey(p["A"], p["elasticity"], cost, p["required_margin"])
    return {
        "ramsey_number": found.number,
        "prices": found.price,
        "quantities": found.quantity,
        "lerner": found.margin_rates(cost),
        "margin": found.margin(cost),
    }


@adapter("dem.ramsey", "a", "b", "marginal_cost", "required_margin")
def linear(p):
    cost = p["marginal_cost"]
    found = ramsey.linear_ramsey(p["a"], p["b"], cost, p["required_margin"])
    elasticity = [
        -float(demand.linear_elasticity(a, b, price))
        for a, b, price in zip(p["a"], p["b"], found.price, strict=True)
    ]
    return {
        "t": found.number,
        "prices": found.price,
        "quantities": found.quantity,
        "lerner_times_elasticity": found.margin_rates(cost) * elasticity,
    }


@adapter("dem.ramsey", "lambda", "elasticity", "marginal_cost")
def by_cost_of_funds(p):
    funds = 1.0 + p["lambda"]
    return {
        "ramsey_number": 1.0 - 1.0 / funds,
        "prices": ramsey.second_best_prices(p["marginal_cost"], p["elasticity"], funds),
    }


@adapter("dem.ramsey", "R", "lambda", "elasticity", "marginal_cost")
def by_weights(p):
    cost = array(p["marginal_cost"])
    price = ramsey.second_best_prices(cost, p["elasticity"], 1.0 + p["lambda"], p["R"])
    return {"lerner": (price - cost) / price, "prices": price}


@adapter("dem.twopart", "a", "b", "marginal_cost", "fixed_cost", "users")
def two_part(p):
    a, b, cost, users = p["a"], p["b"], p["marginal_cost"], p["users"]
    found = loss.two_part_tariff(a, b, users, cost, p["fixed_cost"])
    each = float(demand.linear_quantity(a, b, array(cost)))
    surplus = -float(demand.linear_surplus_change(a, b, array(cost), array(a / b)))
    return {
        "usage_price": found.price,
        "quantity_each": each,
        "cs_each_at_mc": surplus,
        "break_even_entry_fee": found.fee,
        "max_entry_fee": surplus,
        "feasible": found.is_feasible,
        "average_cost": cost + p["fixed_cost"] / (users * each),
    }


@adapter("dem.twopart", "a", "b", "n", "marginal_cost", "fixed_cost")
def two_part_of_groups(p):
    cost = p["marginal_cost"]
    found = loss.two_part_tariff(p["a"], p["b"], p["n"], cost, p["fixed_cost"])
    surplus = [
        -float(demand.linear_surplus_change(a, b, array(cost), array(a / b)))
        for a, b in zip(p["a"], p["b"], strict=True)
    ]
    return {"usage_price": found.price, "entry_fee": found.fee, "fee_cap_at_mc": min(surplus)}


@adapter("dem.dwl", "a", "b", "unit_cost", "subsidy")
def linear_loss(p):
    a, b, cost, subsidy = p["a"], p["b"], array(p["unit_cost"]), p["subsidy"]
    after = demand.linear_quantity(a, b, cost - subsidy)
    gain = demand.linear_surplus_change(a, b, cost, cost - subsidy)
    return {
        "q0": demand.linear_quantity(a, b, cost),
        "q1": after,
        "budget_cost": demand.revenue(array(subsidy), after),
        "cs_gain": gain,
        "dwl": loss.deadweight_loss(subsidy, after, gain),
        "dwl_with_mcpf_1_3": loss.deadweight_loss(subsidy, after, gain, 1.3),
    }


@adapter("dem.dwl", "q0", "unit_cost", "elasticity", "subsidy")
def isoelastic_loss(p):
    q0, cost, epsilon, subsidy = (p[key] for key in ("q0", "unit_cost", "elasticity", "subsidy"))
    price = array(cost - subsidy)
    after = demand.isoelastic_quantity(q0, cost, epsilon, price)
    gain = demand.isoelastic_surplus_change(q0, cost, epsilon, price)
    return {
        "q1": after,
        "budget_cost": demand.revenue(array(subsidy), after),
        "cs_gain": gain,
        "dwl": loss.deadweight_loss(subsidy, after, gain),
        "harberger": loss.harberger_triangle(q0, cost, epsilon, subsidy),
    }


@adapter("dem.mcpf", "t", "eta")
def funds(p):
    return {"mcpf": loss.cost_of_public_funds(p["t"], p["eta"])}


@adapter("dem.insurance", "a", "b", "P", "coinsurance")
def moral_hazard(p):
    found = loss.insured_demand(p["a"], p["b"], p["P"], p["coinsurance"])
    return {"quantity": found.quantity, "fund_outlay": found.outlay, "dwl": found.loss}


@adapter("dem.capacity", "a", "b", "price", "capacity")
def rationing(p):
    wanted = float(demand.linear_quantity(p["a"], p["b"], array(p["price"])))
    efficient, alike = loss.rationed_surplus(p["a"], p["b"], p["price"], p["capacity"])
    return {
        "demand": wanted,
        "rationed": wanted - p["capacity"],
        "cs_efficient": efficient,
        "cs_proportional": alike,
    }


@adapter(
    "dem.roadmap",
    *("q0", "price_nominal", "cpi", "income_index_real", "price_elasticity", "income_elasticity"),
)
def roadmap(p):
    real = array(p["price_nominal"]) / array(p["cpi"])
    by_price = demand.isoelastic_quantity(p["q0"], real[0], p["price_elasticity"], real)
    income = array(p["income_index_real"])
    return {
        "quantity": demand.isoelastic_quantity(by_price, income[0], p["income_elasticity"], income)
    }


@adapter(
    "fin.fund",
    *("b0", "interest", "premium0", "premium_growth", "admin", "claims0", "claims_growth", "years"),
)
def fund_path(p):
    balance: list[float] = []
    for year in range(p["years"]):
        premium = p["premium0"] * (1.0 + p["premium_growth"]) ** year
        claims = p["claims0"] * (1.0 + p["claims_growth"]) ** year
        before = balance[-1] if balance else p["b0"]
        balance.append(
            finance.fund_reserve(before, p["interest"], premium, claims, p["admin"] * premium)
        )
    return {
        "balance": balance,
        "first_negative_year_index": next(i for i, one in enumerate(balance) if one < 0.0),
    }


@adapter("fin.fund", "base_salary", "small_bill_share", "costs", "rates")
def insurer(p):
    return {
        "insurer": {
            str(rate): insurance.insurer_part(
                p["costs"], rate, p["base_salary"], p["small_bill_share"]
            )
            for rate in p["rates"]
        }
    }


@adapter("fin.fund", "base_salary", "cap_multiple", "copay", "bills")
def own_share(p):
    ceiling = p["cap_multiple"] * p["base_salary"]
    found = insurance.capped_own_shares(p["bills"], p["copay"], ceiling)
    return {"patient_by_bill": found, "total": found.sum()}


@adapter(
    "fin.fund", "members", "visits_pc", "visit_cost", "adm_pc", "adm_cost", "admin", "coverage"
)
def premium(p):
    use, cost = (p["visits_pc"], p["adm_pc"]), (p["visit_cost"], p["adm_cost"])
    claims = insurance.expected_claims(p["members"], use, cost, p["coverage"])
    return {
        "expected_claims": claims,
        "premium_per_member": insurance.break_even_premium(claims, p["members"], p["admin"]),
    }
