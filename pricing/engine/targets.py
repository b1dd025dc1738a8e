"""Targets of one need as the fit wants them, from the city's tables and one future's parameters."""

from dataclasses import replace

import numpy as np

from pricing.base.arrays import Array
from pricing.city.city import City
from pricing.engine.fit_targets import FitTargets
from pricing.engine.frames import Demand, NeedFrame
from pricing.engine.people import class_share
from pricing.world.parameters import Parameters

START_DISTANCE = 0.06
LARGEST_OUTSIDE = 0.95


def start_demand(city: City, need: int, parameters: Parameters) -> Demand:
    """Cold start: zero constants, lambda ln(size), alpha open, and the need rate of the targets.

    need_rate = use_rate / (1 - outside_share) (model section 5).
    """
    name = city.needs.id[need]
    window = city.need_offers(need)
    outside = np.minimum(
        city.targets.by_quintile("outside_share", name) * parameters["outside_share_scale"],
        LARGEST_OUTSIDE,
    )
    use = city.targets.by_quintile("use_rate", name)
    return Demand(
        asc=np.zeros((use.size, len(city.nests[need]))),
        alpha=np.full(use.size, np.nan),
        offer_constant=parameters["nest_lambda"]
        * np.log(np.maximum(city.offers.size[window], 1e-9)),
        distance_weight=START_DISTANCE,
        need_rate=use / (1.0 - outside),
        nest_lambda=parameters["nest_lambda"],
    )


def with_slots(city: City, frame: NeedFrame, demand: Demand) -> Demand:
    """The fitted demand with constants of slots: the mean appeal of their nest at their own size.

    lambda ln(size) plus what the standing offers' constants hold beyond it, weighted by volume.
    """
    window, stands = frame.offers, frame.stands
    by_size = demand.nest_lambda * np.log(np.maximum(city.offers.size[window], 1e-9))
    constant = demand.offer_constant.copy()
    for nest in frame.nests:
        here = stands[nest]
        if here.all() or not here.any():
            continue
        beyond = (constant - by_size)[nest][here]
        mean = np.average(beyond, weights=city.offers.volume[window][nest][here])
        constant[nest] = np.where(here, constant[nest], by_size[nest] + mean)
    return replace(demand, offer_constant=constant)


def fit_targets(
    city: City, frame: NeedFrame, parameters: Parameters, pool: Array, need_rate: Array
) -> FitTargets:
    """Targets of a need whose candidates are ``pool`` (quintile, place) people a year.

    The elasticity is the use elasticity of people without cover; at fee-free levels it is the
    elasticity of non-public use, since nobody pays the public price.
    """
    name, targets = frame.name, city.targets
    share = class_share(city, frame.need, city.base_year)
    use = targets.by_quintile("use_rate", name) * pool.sum(1)
    nests = city.nests[frame.need]
    nest_share = np.stack([targets.by_quintile("nest_share", name, nest) for nest in nests], 1)
    sector = city.sectors[city.needs.sector[frame.need]]
    scale = parameters[f"elasticity_scale_{sector}"]
    private = targets.has("elasticity_private_fee", name) and "non_public" in nests
    kind = "elasticity_private_fee" if private else "elasticity"
    known = city.offers.volume_known[frame.offers]
    resident = city.offers.volume * (1.0 - city.offers.outsider_share)
    return FitTargets(
        episodes=(pool * need_rate[:, None])[:, :, None] * share,
        nest_volume=use[:, None] * nest_share,
        offer_volume=np.where(known, resident[frame.offers], np.nan),
        elasticity=np.abs(targets.by_quintile(kind, name)) * scale,
        elastic_nest=nests.index("non_public") if private else -1,
        own_place_share=(
            targets.value("own_place_share", name)
            if targets.has("own_place_share", name)
            else np.nan
        ),
    )
