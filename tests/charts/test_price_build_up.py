"""The bars of the price build-up are the components of the tables, stacked to the price."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.charts import price_build_up
from tests.charts.artists import bars


def test_bars_equal_the_table_and_stack_to_the_price(figures, tables, cells):
    axes = iter(figures["price_build_up", "vi"].axes)
    for service in price_build_up.SERVICES:
        for scenario in tables.scenarios:
            panel = next(axes)
            address = "summary", scenario, "price_component", "service*component"
            for component in price_build_up.COMPONENTS:
                expected = cells("mean", *address, f"{service}*{component}")
                assert bars(panel, component) == pytest.approx(expected, rel=1e-12, abs=0)
            tops = [patch.get_y() + patch.get_height() for patch in panel.containers[-1]]
            price = cells("mean", "summary", scenario, "service_price", "service", service)
            assert tops == pytest.approx(price, rel=1e-12)


def test_share_of_full_cost_stands_in_each_panel(figures, tables, cells):
    for place, scenario in enumerate(tables.scenarios):
        (mark,) = figures["price_build_up", "en"].axes[place].texts
        ratio = cells(
            "mean", "summary", scenario, "full_cost_ratio", "service", "hospital_outpatient_visit"
        )[-1]
        assert mark.get_text() == f"{100 * ratio:.0f} %"


def test_a_run_that_does_not_state_the_share_is_drawn_without_it(tables):
    index = {
        at: rows
        for at, rows in tables.summary.index.items()
        if at[1].indicator != "full_cost_ratio"
    }
    bare = replace(tables, summary=replace(tables.summary, index=index))
    assert not any(axes.texts for axes in price_build_up.draw(bare, "en").axes)


def test_other_services_take_their_place_where_a_city_has_none_of_them(tables):
    units = {
        measure: unit
        for measure, unit in tables.summary.units.items()
        if measure.key.split("*")[0] not in ("hospital_outpatient_visit", "inpatient_stay")
    }
    vocational = {measure: unit for measure, unit in units.items() if "college" in measure.key}
    fewer = replace(tables, summary=replace(tables.summary, units=vocational))
    assert price_build_up.drawn_services(fewer) == ("college",)
    renamed = {
        replace(measure, key=measure.key.replace("college", "music_school")): unit
        for measure, unit in vocational.items()
    }
    other = replace(tables, summary=replace(tables.summary, units=renamed))
    assert price_build_up.drawn_services(other) == ("music_school",)


def test_title_gives_the_ends_of_the_first_price(tables, cells):
    prices = [
        cells("mean", "summary", name, "service_price", "service", "hospital_outpatient_visit")[-1]
        for name in tables.scenarios
    ]
    title = price_build_up.title(tables, "en")
    for end in (np.min(prices), np.max(prices)):
        assert f"{end / 1000:.0f} thousand VND" in title
