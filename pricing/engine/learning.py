"""Where the offers of all levels lie, so that a month counts its learners in one go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pricing.base.arrays import Array, IntArray
from pricing.city.city import City
from pricing.engine.calibrate import Calibrated


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningOffers:
    """Offers of the enrolment needs, one need after another; (learning offer,) unless said.

    ``offer`` position among the city's offers; ``need``, ``kind``, ``start`` (enrolment need,)
    first offer of each; ``is_regulated`` 1 where the price is a public list price; ``charges`` VND
    and ``top_up`` (quintile, learning offer) at base-year prices; ``teaching`` (month of the year,
    learning offer) 1 in months in which learners are taught and pay; ``service`` and ``sector`` of
    each enrolment need; ``n_classes`` of the widest cover scheme.
    """

    offer: IntArray
    need: IntArray
    kind: IntArray
    start: IntArray
    needs: IntArray
    is_regulated: Array
    charges: Array
    top_up: Array
    teaching: Array
    service: IntArray
    sector: IntArray
    n_classes: int


def learning_offers(city: City, calibrated: Calibrated, teaching: Array) -> LearningOffers:
    """Index tables of the learners' offers; ``teaching`` (need, month of the year)."""
    needs = np.flatnonzero(city.needs.is_enrolment)
    windows = [np.arange(city.offers.unit.size)[city.need_offers(int(n))] for n in needs]
    offer = np.concatenate([*windows, np.empty(0, dtype=np.int64)]).astype(np.int64)
    rules = [calibrated.fits[int(n)].rules for n in needs]
    need = city.offers.need[offer]
    first = [int(window[0]) for window in windows]
    quintiles = calibrated.income_month.size
    return LearningOffers(
        offer=offer,
        need=need,
        kind=city.offers.kind[offer],
        start=np.cumsum([0, *(window.size for window in windows)])[:-1],
        needs=needs,
        is_regulated=(city.offers.price_norm[offer] >= 0).astype(np.float64),
        charges=city.services.charges_month[city.offers.service[offer]],
        top_up=np.concatenate([np.empty((quintiles, 0)), *(one.top_up for one in rules)], axis=1),
        teaching=teaching[need].T,
        service=city.offers.service[np.array(first, dtype=np.int64)],
        sector=city.needs.sector[needs],
        n_classes=max((one.n_classes for one in rules), default=1),
    )
