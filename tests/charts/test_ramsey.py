"""The dots are the ratios of the file, and the title names both ends."""

from dataclasses import replace

import numpy as np

from pricing.charts import ramsey
from pricing.charts._chart import charts
from tests.charts.synthetic import RAMSEY


def test_dots_are_second_best_over_own_prices(figures, tables):
    [axes] = figures["ramsey", "vi"].axes
    lines = {line.get_label(): line for line in axes.lines}
    for scenario in tables.scenarios:
        wanted = [best / own for own, best in RAMSEY.values()]
        np.testing.assert_allclose(lines[scenario].get_xdata(), wanted)


def test_the_title_names_what_would_be_dearer_and_cheaper(tables):
    text = ramsey.title(tables, "en")
    assert "consultation at a commune station cost them more (+50 %)" in text
    assert "inpatient stay less (−20 %)" in text


def test_a_run_without_the_file_has_no_such_chart(tables):
    assert charts()["ramsey"].has_matter(tables)
    assert not charts()["ramsey"].has_matter(replace(tables, files={}))


def test_a_scenario_that_the_file_does_not_know_has_no_dots(tables):
    services = ramsey.drawn_services(tables)
    assert ramsey.ratios(tables, "nobody", services).size == 0
