"""Adapters of free entry and of the value of a private project."""

from pricing.equations import entry, entry_benchmarks, finance
from tests.validation.registry import Adapters

ADAPTERS = Adapters()
adapter = ADAPTERS.adapter


@adapter("fin.entry.cournot", "a", "b", "c", "F")
def cournot(p):
    found = entry_benchmarks.cournot_entry(p["a"], p["b"], p["c"], p["F"])
    return {
        "n": found.n_firms,
        "profit_n": found.profit,
        "profit_n_plus_1": found.profit_with_one_more,
        "price": found.price,
        "quantity": found.quantity,
    }


@adapter("fin.entry.salop", "L", "t", "F", "c")
def salop(p):
    found = entry_benchmarks.salop_entry(p["L"], p["t"], p["F"], p["c"])
    return {
        "N_continuous": found.n_real,
        "N_integer": found.n_firms,
        "price_at_integer": found.price,
        "profit_at_integer": found.profit,
        "N_optimal": found.n_planner,
    }


@adapter("fin.entry.npv", "investment", "cash", "depreciation", "tax", "years", "rate")
def private_project(p):
    project = entry.Project(
        places=1.0,
        capital_place=p["investment"],
        depreciation_year=p["depreciation"],
        construction_years=0,
        life_years=p["years"],
        fixed_cost_year=0.0,
        land_rent_year=0.0,
        debt_share=0.0,
        loan_years=0,
        ramp=(),
    )
    incentives = entry.Incentives(
        tax_rate=p["tax"],
        free_years=0,
        half_years=0,
        land_rent_exempt=0.0,
        interest_subsidy=0.0,
    )
    expected = entry.Prospect(price=p["cash"], mc=0.0, volume_year=1.0)
    return {
        "npv": entry.net_present_value(project, incentives, expected, p["rate"]),
        "irr": finance.internal_rate_of_return(entry.project_flows(project, incentives, expected)),
    }
