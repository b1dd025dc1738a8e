"""The calibrated base year as untargeted moments read it: fits by name, own prices, averages."""

from dataclasses import dataclass, replace

import numpy as np

from pricing.base.arrays import Array
from pricing.base.errors import InputError, Problem, nearest
from pricing.city.city import City
from pricing.city.population import Population
from pricing.engine.calibrate import Calibrated, NeedFit, moved_class
from pricing.engine.charges import Charges
from pricing.engine.fit_targets import FitPrices
from pricing.engine.norms import norm_cost
from pricing.engine.payers import split
from pricing.engine.people import population
from pricing.engine.rules import HEALTH_SCHEME
from pricing.engine.solve import solve_choice, travel_per_km
from pricing.equations.choice import Choice
from pricing.equations.user_price import Payers

MOMENTS_FILE = "moments.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseYear:
    """A calibrated city in its base year."""

    city: City
    calibrated: Calibrated
    people: Population

    def fit(self, need: str) -> NeedFit:
        """The fitted demand of a need.

        Raises
        ------
        InputError
            If the city has no such need.
        """
        known = self.city.needs.id
        if need not in known:
            raise InputError(
                [
                    Problem(
                        file=MOMENTS_FILE,
                        line=None,
                        key="moment",
                        read=need,
                        allowed=", ".join(known),
                        nearest=nearest(need, known),
                    )
                ]
            )
        return self.calibrated.fits[known.index(need)]

    def health_fits(self) -> tuple[NeedFit, ...]:
        """Fits of the needs that health insurance covers."""
        return tuple(fit for fit in self.calibrated.fits if fit.rules.scheme == HEALTH_SCHEME)

    def payers(self, fit: NeedFit) -> Payers:
        """Who pays for one unit of output of each offer, VND."""
        return split(fit.rules, self.calibrated.charges, self.calibrated.levers, 1.0)

    def own_share(self, fit: NeedFit) -> Array:
        """What the user pays of the price itself, (quintile, offer, class) VND.

        A rise of the price by x % raises this by x %; top-ups and the school's other charges stay.
        """
        extra = fit.rules.top_up + fit.rules.charges
        own: Array = self.payers(fit).household - extra[:, :, None]
        return own

    def public(self, fit: NeedFit) -> Array:
        """1 where a public unit makes the offer, (offer,)."""
        return self.city.units.is_public[self.city.offers.unit[fit.rules.offers]].astype(np.float64)

    def sensitivity(self, fit: NeedFit) -> Array:
        """alpha/income, (quintile,) utility per VND."""
        return fit.demand.alpha / self.calibrated.income_month

    def norm(self) -> Array:
        """Norm cost of each offer, (offer, component) VND per unit of output."""
        calibrated = self.calibrated
        return norm_cost(calibrated.basis, calibrated.levers, 1.0, 0.0)[self.city.offers.norm]

    def choice_at(self, fit: NeedFit, charges: Charges, income_month: Array) -> Choice:
        """The choice at other prices and incomes, all that was fitted held."""
        prices = fit_prices(replace(self.calibrated, charges=charges), fit, self.city, income_month)
        return solve_choice(fit.frame, fit.demand, prices)


def base_year(city: City, calibrated: Calibrated) -> BaseYear:
    """The base year of a calibrated city, with its people."""
    return BaseYear(
        city=city, calibrated=calibrated, people=population(city, calibrated.parameters)
    )


def fit_prices(calibrated: Calibrated, fit: NeedFit, city: City, income_month: Array) -> FitPrices:
    """Money that enters a need's choice, at incomes (quintile,) in VND a month."""
    parameters, rules = calibrated.parameters, fit.rules
    paid = split(rules, calibrated.charges, calibrated.levers, 1.0)
    return FitPrices(
        user_price=paid.household,
        price=calibrated.charges.charged[rules.offers],
        uncovered_class=moved_class(rules, fit.episodes),
        travel_per_km=travel_per_km(city, rules.need, parameters, income_month, 1.0),
        income_month=income_month,
        self_care_cost=parameters["self_care_cost"] if rules.has_self_care else 0.0,
    )


def mean(values: Array, weight: Array) -> float:
    """Weighted mean over all axes; cells of weight zero may hold NaN."""
    return float(np.nansum(np.where(weight > 0.0, values, 0.0) * weight) / weight.sum())
