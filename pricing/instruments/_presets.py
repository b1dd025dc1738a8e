"""Roadmaps that decrees and plans once laid down, as months between their stages."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pricing.base.calendar import month_of_day, start_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A statutory roadmap: months from its first stage until each component is in the price."""

    citation: str
    after_months: Mapping[str, int]

    def replayed(self, first_day: int) -> dict[str, dict[int, float]]:
        """Component → path, were the first stage to come in the month of a day."""
        first = month_of_day(first_day)
        return {
            component: {start_day(first + months): 1.0}
            for component, months in self.after_months.items()
        }


PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        "decree_85_2012": Preset(
            citation="Decree 85/2012 art. 18: direct cost to 2013, pay 2014-2017, all from 2018",
            after_months={"direct": 0, "labour": 24, "management": 72, "depreciation": 72},
        ),
        "decree_16_2015": Preset(
            citation="Decree 16/2015 art. 10: pay and direct cost to 2016, management to 2018, "
            "depreciation to 2020",
            after_months={"labour": 0, "direct": 0, "management": 24, "depreciation": 48},
        ),
        "ministry_plan_2019": Preset(
            citation="Ministry of Health, plan of 2019: management in 2019, depreciation in 2021",
            after_months={"management": 0, "depreciation": 24},
        ),
        "decree_60_2021": Preset(
            citation="Decree 60/2021 art. 5(3)a: all components by the end of 2021",
            after_months={"labour": 0, "direct": 0, "management": 0, "depreciation": 0},
        ),
    }
)
