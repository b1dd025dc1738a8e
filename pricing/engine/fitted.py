"""Targets beside fitted values, computed anew from the solved choice, not by the fit."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array
from pricing.city.city import City
from pricing.city.rows.policy import ALL
from pricing.engine.calibrate import Calibrated, NeedFit, moved_class
from pricing.engine.targets import fit_targets
from pricing.equations.choice import offer_shares
from pricing.equations.elasticity import nest_elasticities, use_elasticity
from pricing.equations.quotient import quotient


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """One target of a need, or of all together: wanted and reached, (quintile,) or one number."""

    need: str
    target: str
    nest: str
    wanted: Array
    reached: Array

    @property
    def error(self) -> float:
        """Largest relative distance; absolute where nothing is wanted."""
        apart = np.abs(self.reached - self.wanted)
        relative = quotient(apart, np.abs(self.wanted))
        return float(np.max(np.where(self.wanted == 0.0, apart, relative)))


def fitted_targets(city: City, calibrated: Calibrated) -> tuple[Fitted, ...]:
    """Every target that calibration aims at, by need, then the two aggregates.

    `offer_share` stands for the known volumes of single offers: of each nest, the offer whose share
    of the volume of the nest's known offers is furthest from the published one.
    """
    rows: list[Fitted] = []
    for fit in calibrated.fits:
        rows.extend(_of_need(city, calibrated, fit))
    found = calibrated.aggregates
    rows.append(_single("fund_outlay", found.fund_target, found.fund))
    rows.append(_single("oop_share", found.share_target, found.out_of_pocket_share))
    return tuple(rows)


def _single(target: str, wanted: float, reached: float, need: str = ALL) -> Fitted:
    return Fitted(
        need=need, target=target, nest=ALL, wanted=np.array([wanted]), reached=np.array([reached])
    )


def _of_need(city: City, calibrated: Calibrated, fit: NeedFit) -> Iterator[Fitted]:
    name, nests = fit.frame.name, city.nests[fit.frame.need]
    use = fit.volume.sum((1, 2))
    seekers = fit.episodes.sum((1, 2)) / fit.demand.need_rate
    yield Fitted(
        need=name,
        target="use_rate",
        nest=ALL,
        wanted=city.target("use_rate", name),
        reached=use / seekers,
    )
    for nest, window in zip(nests, fit.frame.nests, strict=True):
        yield Fitted(
            need=name,
            target="nest_share",
            nest=nest,
            wanted=city.target("nest_share", name, nest),
            reached=fit.volume[:, window].sum((1, 2)) / use,
        )
    yield from _elasticity(city, calibrated, fit)
    if city.targets.has("own_place_share", name):
        wanted = city.targets.value("own_place_share", name)
        yield _single("own_place_share", wanted, _own_place_share(fit), name)
    yield from _offers(city, fit)


def _elasticity(city: City, calibrated: Calibrated, fit: NeedFit) -> Iterator[Fitted]:
    """Elasticity of those without cover, of the whole need or, at fee-free levels, of one nest."""
    pool = fit.episodes.sum(2) / fit.demand.need_rate[:, None]
    aim = fit_targets(city, fit.frame, calibrated.parameters, pool, fit.demand.need_rate)
    charged = calibrated.charges.charged[fit.rules.offers][:, None]
    sensitivity = fit.demand.alpha / calibrated.income_month
    chosen = moved_class(fit.rules, fit.episodes)
    nest, target = ALL, "elasticity"
    if aim.elastic_nest >= 0:
        nest, target = city.nests[fit.frame.need][aim.elastic_nest], "elasticity_private_fee"
        both = nest_elasticities(fit.choice, fit.episodes, charged, sensitivity)
        reached = both[aim.elastic_nest, aim.elastic_nest]
    else:
        reached = use_elasticity(fit.choice, fit.episodes, charged, sensitivity)
    yield Fitted(
        need=fit.frame.name,
        target=target,
        nest=nest,
        wanted=-aim.elasticity,
        reached=reached[:, chosen],
    )


def _own_place_share(fit: NeedFit) -> float:
    """Share of residents' use at offers in their own place."""
    shares: Array = offer_shares(fit.choice)
    by_place = (shares * fit.episodes[:, :, None, :]).sum((0, 3))
    return float((by_place * fit.frame.own_place).sum() / by_place.sum())


def _offers(city: City, fit: NeedFit) -> Iterator[Fitted]:
    """The worst met known volume of an offer in each nest, as a share of its nest."""
    window = fit.rules.offers
    volume = (city.offers.volume * (1.0 - city.offers.outsider_share))[window]
    known = city.offers.volume_known[window]
    reached = fit.volume.sum((0, 2))
    for nest, members in zip(city.nests[fit.frame.need], fit.frame.nests, strict=True):
        chosen = np.flatnonzero(known[members] & (volume[members] > 0.0))
        if chosen.size < 2:
            continue
        wanted = volume[members][chosen] / volume[members][chosen].sum()
        got = reached[members][chosen] / reached[members][chosen].sum()
        worst = int(np.argmax(np.abs(got / wanted - 1.0)))
        yield Fitted(
            need=fit.frame.name,
            target="offer_share",
            nest=nest,
            wanted=wanted[[worst]],
            reached=got[[worst]],
        )
