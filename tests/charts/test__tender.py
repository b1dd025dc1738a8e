"""Price against bidders: the figure carries the numbers of the laboratory and reads in print."""

import numpy as np
import pytest
from matplotlib import rcParams

from pricing.charts._chart import charts
from pricing.charts._tender import BAND, draw, title
from pricing.engine.tender import laboratory
from tests.charts.artists import line, overlaps, printed, uprights
from tests.tenders import INCUMBENT, tender_study

LANGUAGES = ("vi", "en")


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return laboratory(tender_study(tmp_path_factory.mktemp("tender")))


@pytest.fixture(scope="module")
def figure(found):
    return draw(found, "en")


def test_it_is_no_chart_of_a_run():
    assert "tender" not in charts()


def test_curves_are_the_equilibrium_s(found, figure):
    prices, chances = figure.axes
    number = found.curve.number.tolist()
    assert line(prices, "price") == (number, found.curve.price.tolist())
    assert line(prices, "cost") == (number, found.curve.cost.tolist())
    assert line(prices, "ceiling") == (number, [found.study.ceiling] * len(number))
    assert line(chances, "failure") == (number, found.curve.failure.tolist())
    assert line(chances, "default") == (number, found.curve.default.tolist())


def test_crosses_are_the_simulated_means(found, figure):
    prices, chances = figure.axes
    for axes, measure in ((prices, "first_price"), (chances, "failure"), (chances, "default")):
        x, y = line(axes, f"simulated_{measure}")
        assert x == [case.number for case in found.cases]
        assert y == [case.figure(measure).simulated for case in found.cases]


def test_bars_hold_nine_of_ten_simulated_prices(found, figure):
    for case in found.cases:
        low, high = uprights(figure.axes[0], f"spread_{case.number}")
        assert low + high == np.percentile(case.prices, BAND).tolist()
        inside = (case.prices >= low[0]) & (case.prices <= high[0])
        assert (~inside).sum() <= 0.1 * len(inside) + 2  # two ends, each within one tender


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_overlaps_or_leaves_the_page(found, language):
    made = draw(found, language)
    page = printed(made)
    assert overlaps(page, tolerance=made.dpi / 50) == []
    width, height = made.get_size_inches() * made.dpi
    for text, box in page:
        assert box.x0 >= 0, text
        assert box.y0 >= 0, text
        assert box.x1 <= width, text
        assert box.y1 <= height, text


def test_the_title_tells_what_further_bidders_bring(found, tmp_path):
    first, last = found.curve.price[[0, 2]]
    assert title(found, "en") == (
        f"From 1 to 3 bidders: expected price {first:.1f} VND, then {last:.1f} VND"
    )
    alone = laboratory(tender_study(tmp_path, ("[1, 3]", "3")))
    assert title(alone, "en") == f"Number of bidders: 3; expected price: {last:.1f} VND"
    assert "nhà thầu" in title(alone, "vi")


def test_without_a_bond_nobody_defaults_on_the_figure(tmp_path):
    bare = tender_study(tmp_path, ("[default]\ncost_shock = 8\nbond       = 3\n", ""))
    made = draw(laboratory(bare), "vi")
    assert [item.get_label() for item in made.axes[1].lines] == ["failure", "simulated_failure"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_bidders_with_costs_of_their_own_are_told_at_the_foot(tmp_path, language):
    found = laboratory(tender_study(tmp_path, ("[default]", INCUMBENT)))
    made = draw(found, language)
    x, y = line(made.axes[0], "price")
    assert x == [1.0, 3.0]
    assert y == found.curve.price.tolist()
    texts = " ".join(text for text, _ in printed(made))
    assert {"vi": "2 cơ sở ngoài công lập", "en": "non-public (2)"}[language] in texts
    assert overlaps(printed(made), tolerance=made.dpi / 50) == []


def test_a_number_under_which_every_draw_failed_is_still_drawn(tmp_path):
    study = tender_study(tmp_path, ("ceiling   = 110", "ceiling   = 80.001"))
    found = laboratory(study)
    assert not len(found.cases[0].prices)
    draw(found, "en").canvas.draw()


def test_drawing_leaves_the_settings_of_matplotlib_alone(found):
    before = dict(rcParams)
    draw(found, "vi")
    assert dict(rcParams) == before
