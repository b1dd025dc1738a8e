"""Adapters of inequality, hardship and incidence."""

import numpy as np

from pricing.equations import hardship, inequality
from tests.validation.registry import Adapters

ADAPTERS = Adapters()
adapter = ADAPTERS.adapter
PERSONS = ("weight", "size")


def persons(p):
    """People behind each household of a sample: survey weight times size."""
    weight, size = (np.array(p["data"][name], dtype=float) for name in PERSONS)
    return weight * size


def weights(p):
    return persons(p) if p["weights"] == "person_weighted" else None


def values(p, name):
    return np.array(p["data"][name], dtype=float)


@adapter("eq.rank", "data")
def rank(p):
    weight = persons(p)
    found = inequality.fractional_rank(values(p, "cons"), weight)
    mean = np.average(found, weights=weight)
    return {
        "rank": found.tolist(),
        "mean_rank": mean,
        "var_rank": np.average((found - mean) ** 2, weights=weight),
    }


@adapter("eq.ci", "data", "variable", "weights")
def index(p):
    y, standard = values(p, p["variable"]), values(p, "cons")
    return {
        "concentration_index": inequality.concentration_index(y, standard, weights(p)),
        "se_convenient_regression_ols": inequality.concentration(y, standard).se_regression,
    }


@adapter("eq.ci", "y", "rank_variable")
def standard_errors(p):
    found = inequality.concentration(p["y"], p["rank_variable"])
    return {
        "concentration_index": found.index,
        "se_kwd": found.se,
        "se_convenient_ols": found.se_regression,
    }


def grouped(share, mean):
    order = np.arange(len(share))
    return {"concentration_index": inequality.concentration_index(mean, order, share)}


@adapter("eq.ci", "births", "u5mr")
def by_births(p):
    return grouped(p["births"], p["u5mr"])


@adapter("eq.ci", "population_share", "group_mean")
def by_group(p):
    return grouped(p["population_share"], p["group_mean"])


@adapter("eq.ci", "y", "bounds")
def bounded(p):
    c = inequality.concentration_index(p["y"], np.arange(len(p["y"])))
    wagstaff, erreygers = inequality.bounded_indices(c, float(np.mean(p["y"])), *p["bounds"])
    return {"C": c, "wagstaff": wagstaff, "erreygers": erreygers}


@adapter("eq.ci", "data", "variable", "weights", "nu")
def extended(p):
    y, standard = values(p, p["variable"]), values(p, "cons")
    return {"value": inequality.extended_index(y, standard, p["nu"], weights(p))}


@adapter("eq.kakwani", "data", "weights")
def kakwani(p):
    found = inequality.redistribution(values(p, "cons"), values(p, "oop"), weights(p))
    return {
        "gini": found.gini,
        "C_oop": found.concentration,
        "kakwani": found.kakwani,
        "oop_share": found.share,
        "gini_net": found.gini_net,
        "C_net": found.concentration_net,
        "reynolds_smolensky": found.reynolds_smolensky,
        "redistributive_effect": found.redistributive_effect,
        "reranking": found.reranking,
        "identity_rs": found.share / (1.0 - found.share) * found.kakwani,
    }


def curve(p, name):
    standard, weight = values(p, "cons"), persons(p)
    return inequality.concentration_curve(values(p, name), standard, p["grid"], weight)


@adapter("eq.curve", "data", "grid")
def curves(p):
    lorenz, subsidy = curve(p, "cons"), curve(p, "subsidy")
    gap = subsidy - lorenz
    inside = (np.array(p["grid"]) > 0.0) & (np.array(p["grid"]) < 1.0)
    return {
        "lorenz_consumption": lorenz.tolist(),
        "curve_oop": curve(p, "oop").tolist(),
        "curve_subsidy": subsidy.tolist(),
        "subsidy_dominates_lorenz": inequality.dominates(subsidy, lorenz),
        "subsidy_dominates_equality": inequality.dominates(subsidy, np.array(p["grid"])),
        "min_gap_v_lorenz": float(gap[inside].min()),
    }


def catastrophe(found):
    mpo = found.mean_positive_overshoot
    return {
        "headcount": found.headcount,
        "overshoot": found.overshoot,
        "mpo": None if np.isnan(mpo) else mpo,
        "C_E": found.headcount_concentration,
        "C_O": found.overshoot_concentration,
        "rank_weighted_headcount": found.rank_weighted_headcount,
        "rank_weighted_overshoot": found.rank_weighted_overshoot,
    }


@adapter("eq.cata", "data", "threshold", "denominator")
def catastrophic(p):
    means = values(p, "cons") - (values(p, "food") if p["denominator"] == "nonfood" else 0.0)
    found = hardship.catastrophic(
        values(p, "oop"), means, p["threshold"], values(p, "cons"), persons(p)
    )
    return catastrophe(found)


@adapter("eq.cata", "oop", "total", "threshold")
def catastrophic_alone(p):
    return catastrophe(hardship.catastrophic(p["oop"], p["total"], p["threshold"]))


@adapter("eq.poverty", "data", "poverty_line")
def impoverishment(p):
    line, weight = p["poverty_line"], persons(p)
    before = hardship.poverty(values(p, "cons"), line, weight)
    after = hardship.poverty(values(p, "cons") - values(p, "oop"), line, weight)

    def told(found):
        return {
            "headcount": found.headcount,
            "gap": found.gap,
            "normalised_gap": found.normalised_gap,
            "mean_positive_gap": found.mean_positive_gap,
            "fgt2": found.squared_gap,
        }

    return {
        "pre": told(before),
        "post": told(after),
        "headcount_rise": after.headcount - before.headcount,
        "gap_rise": after.gap - before.gap,
        "normalised_gap_rise": after.normalised_gap - before.normalised_gap,
    }


@adapter("eq.bia", "data")
def subsidy_shares(p):
    found = inequality.quantile_shares(values(p, "subsidy"), values(p, "cons"), weights=persons(p))
    return {"shares": found.tolist()}


@adapter("eq.bia", "unit_cost", "fee", "use_by_quintile")
def unit_subsidy(p):
    found = hardship.benefit_incidence(p["unit_cost"], p["fee"], p["use_by_quintile"])
    quintile = np.arange(len(found))
    return {
        "subsidy": found.tolist(),
        "total_by_service": found.sum(0).tolist(),
        "ci_by_service": [inequality.concentration_index(one, quintile) for one in found.T],
        "ci_total": inequality.concentration_index(found.sum(1), quintile),
    }


@adapter("eq.analytic", "sigma", "beta")
def lognormal(p):
    index = inequality.lognormal_concentration(p["sigma"], p["beta"])
    gini = float(inequality.lognormal_concentration(p["sigma"]))
    return {
        "gini": gini,
        "ci": index.tolist(),
        "kakwani": (index - gini).tolist(),
        "lorenz": inequality.lognormal_lorenz(p["sigma"], [0.2, 0.5]).tolist(),
    }


@adapter("eq.analytic", "alpha")
def pareto(p):
    return {"gini": inequality.pareto_gini(p["alpha"])}


@adapter("eq.analytic", "a", "b", "thresholds")
def beta_shares(p):
    headcount, overshoot = hardship.beta_share_catastrophe(p["a"], p["b"], p["thresholds"])
    return {"headcount": headcount.tolist(), "overshoot": overshoot.tolist()}


@adapter("eq.gini", "samples")
def ginis(p):
    return {"gini": [inequality.gini(one) for one in p["samples"]]}


@adapter("eq.theil_atkinson", "y")
def entropy(p):
    return {
        "theil_T": inequality.theil(p["y"]),
        "mld": inequality.mean_log_deviation(p["y"]),
        "atkinson1": inequality.atkinson(p["y"], 1.0),
    }


@adapter("eq.invariance", "data", "variable")
def invariance(p):
    y, standard, weight = values(p, p["variable"]), values(p, "cons"), persons(p)

    def index(amount, rank, mass):
        return inequality.concentration_index(amount, rank, mass)

    return {
        "ci_base": index(y, standard, weight),
        "ci_y_times_1000": index(1000.0 * y, standard, weight),
        "ci_weights_times_7": index(y, standard, 7.0 * weight),
        "ci_replicated": index(np.tile(y, 2), np.tile(standard, 2), np.tile(weight, 2)),
    }
