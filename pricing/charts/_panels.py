"""Small multiples: rows of measures, one panel a scenario, one y axis a row."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from pricing.base.arrays import Array
from pricing.charts._sheet import HEADER, LEADING, Lettering, Sheet, year_axis
from pricing.charts._style import CM, POINT, wrapped

LEFT, GAP, ROW_TITLE, YEARS = 1.05, 0.18, 0.66, 0.5  # cm
X_TITLE = 0.3
COLUMN = Lettering(weight="bold", across="center", upright="bottom")
HEADING = Lettering(weight="bold", upright="bottom")
X_LETTERS = Lettering(across="center", upright="bottom")


def panels(
    page: Sheet, columns: Sequence[str], row_titles: Sequence[str], x_title: str = ""
) -> tuple[tuple[Axes, ...], ...]:
    """Panels filling the page, a header over each column, a title with the unit over each row."""
    left = page.margin + LEFT
    width = (page.width - page.margin - left - GAP * (len(columns) - 1)) / len(columns)
    headers = [wrapped(name, width, HEADER, "bold") for name in columns]
    tall = max(len(lines) for lines in headers)
    top = page.top - tall * HEADER * LEADING * POINT
    floor = page.bottom + YEARS + (X_TITLE if x_title else 0.0)
    step = (top - floor) / len(row_titles)
    for position, lines in enumerate(headers):
        corner = left + position * (width + GAP), top + 0.05
        page.text(corner, "\n".join(lines), HEADER, HEADING)
    rows = []
    for place, title in enumerate(row_titles):
        bottom = top - (place + 1) * step
        rows.append(_row(page, (left, bottom, width, step - ROW_TITLE), len(columns), title))
    page.text(((left + page.width - page.margin) / 2, page.bottom), x_title, 7.0, X_LETTERS)
    return tuple(rows)


def column_headers(page: Sheet, names: Sequence[str]) -> float:
    """Names centred over columns that rows share; what height is left below them, cm."""
    left = page.margin + LEFT
    width = (page.width - page.margin - left) / len(names)
    headers = [wrapped(name, width - 0.2, HEADER, "bold") for name in names]
    floor = page.top - max(len(lines) for lines in headers) * HEADER * LEADING * POINT
    for place, lines in enumerate(headers):
        page.text((left + (place + 0.5) * width, floor), "\n".join(lines), HEADER, COLUMN)
    return floor - 0.1


def year_axes(rows: Sequence[Sequence[Axes]], years: Array) -> None:
    """Years below the last row; the same limits without ticks above it."""
    for row in rows[:-1]:
        for axes in row:
            axes.set_xlim(years[0] - 0.7, years[-1] + 0.7)
            axes.set_xticks([])
    for axes in rows[-1]:
        year_axis(axes, years)


def _row(
    page: Sheet, box: tuple[float, float, float, float], count: int, title: str
) -> tuple[Axes, ...]:
    left, bottom, width, height = box
    first = page.axes((left, bottom, width, height))
    rest = [
        page.axes((left + place * (width + GAP), bottom, width, height), like=first)
        for place in range(1, count)
    ]
    for axes in rest:
        axes.tick_params(axis="y", labelleft=False)
    name_rows(first, title, page.margin - left, height)
    return (first, *rest)


def name_rows(axes: Axes, title: str, offset: float, height: float, above: float = 0.1) -> None:
    """The y title of a row, level and `above` it in cm, to read without turning the page."""
    axes.set_ylabel(title, rotation=0, ha="left", va="bottom", fontstyle="italic")
    axes.yaxis.set_label_coords(offset / width_of(axes), 1 + above / height)


def width_of(axes: Axes) -> float:
    """Width of axes; cm."""
    return float(axes.get_window_extent().width) / axes.figure.dpi / CM
