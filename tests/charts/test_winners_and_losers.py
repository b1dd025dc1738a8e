"""Gains and losses are the table's, on one axis, and the title names both ends."""

import numpy as np

from pricing.charts import winners_and_losers as chart


def test_dots_are_the_differences_of_the_cells(figures, tables, cells):
    panels = [axes for axes in figures["winners_and_losers", "vi"].axes if axes.lines]
    kinds = chart.drawn_kinds(tables)
    assert len(panels) == len(kinds) * len(tables.roadmaps)
    panel = panels[len(tables.roadmaps)]  # the second kind of place, the first roadmap
    [dots] = [line for line in panel.lines if line.get_label() == "difference"]
    wanted = [
        cells(
            "difference",
            "comparison",
            tables.roadmaps[0],
            "user_surplus_per_resident",
            "place_kind*quintile",
            f"{kinds[1]}*{quintile}",
        )[-1]
        for quintile in range(1, 6)
    ]
    np.testing.assert_allclose(dots.get_ydata(), wanted)


def test_all_panels_share_one_axis(figures):
    panels = [axes for axes in figures["winners_and_losers", "en"].axes if axes.lines]
    assert len({axes.get_ylim() for axes in panels}) == 1


def test_the_title_names_who_loses_and_who_gains_most(tables):
    first, second = chart.title(tables, "en").split("\n")
    assert first.startswith("Richest fifth, urban")
    assert "−" in first
    assert second.startswith("Poorest fifth, places in difficulty")
    assert "Full cost by 2030, with protection" in second
