"""Text is measured as it is drawn; equal figures become equal bytes."""

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from pricing.charts._style import CM, LOOKS, filled, look_of, save, text_width, wrapped

LONG = "Chi phí ròng của khu vực công năm 2035 thấp nhất theo “Tính đủ chi phí”: giảm 4,5 %"


def test_measured_width_holds_what_is_drawn():
    figure = Figure(dpi=300)
    renderer = FigureCanvasAgg(figure).get_renderer()
    for size, weight in ((6.0, "normal"), (9.5, "bold")):
        text = figure.text(0, 0, LONG, fontsize=size, weight=weight, family="DejaVu Sans")
        drawn = text.get_window_extent(renderer).width / 300 / CM
        assert drawn <= text_width(LONG, size, weight) <= 1.04 * drawn


def test_lines_fit_and_are_evened_out():
    full, even = filled(LONG, 6.0, 7.0), wrapped(LONG, 6.0, 7.0)
    assert len(full) == len(even) > 1
    assert max(text_width(line, 7.0) for line in full) <= 6.0
    assert text_width(even[-1], 7.0) >= text_width(full[-1], 7.0)
    assert " ".join(even).replace("\N{NO-BREAK SPACE}", " ") == LONG


def test_numbers_stay_with_their_unit_and_years_with_their_word():
    for width in (2.0, 3.0, 4.0, 5.0):
        for line in filled(LONG, width, 7.0):
            assert not line.startswith(("2035", "%"))


def test_looks_are_told_apart_without_colour():
    assert len({(look.dashes, look.marker) for look in LOOKS}) == len(LOOKS)
    assert look_of(len(LOOKS)) == LOOKS[0]


def test_equal_figures_are_equal_bytes_without_a_date(tmp_path, figures, tables):
    figure = figures["fund", "vi"]
    first, second = save(figure, tmp_path / "a", "fund"), save(figure, tmp_path / "b", "fund")
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes()
    assert b"<dc:date>" not in first[1].read_bytes()
