"""`pricing calibrate`: a city's totals, targets and fit, and what nothing aims at."""

from pathlib import Path

import click

from pricing.base.errors import InputError, Phrase, Problem, nearest
from pricing.cli._output import INVALID_INPUT, Output, help_text, with_output

CITIES = Path("scenarios/cities")


@click.command(help=help_text("calibrate"))
@click.argument("city", type=click.Path(path_type=Path))
@with_output
def calibrate(output: Output, city: Path) -> None:
    """Calibrate CITY, a folder or a name; exit 0 if totals hold and targets are met, else 3."""
    from pricing.city.load import load_city  # --help loads no numpy
    from pricing.cli._calibration import as_json, lines
    from pricing.engine.assess import assess

    found = assess(load_city(city_folder(city)))
    output.json(as_json(found))
    for line in lines(found, output):
        output.data(line)
    if not found.ok:
        click.get_current_context().exit(INVALID_INPUT)


def city_folder(city: Path) -> Path:
    """A folder as it is, or a city by its name: in scenarios/cities here, or a shipped one.

    Raises
    ------
    InputError
        If there is neither.
    """
    from pricing.scenario.starter import shipped_cities

    if city.is_dir():
        return city
    here = {folder.name: folder for folder in sorted(CITIES.glob("*/")) if folder.is_dir()}
    known = {folder.name: folder for folder in shipped_cities()} | here
    if str(city) in known:
        return known[str(city)]
    raise InputError(
        [
            Problem(
                file=str(city),
                line=None,
                key="",
                read="",
                allowed=Phrase("calibrate.no_city", (("cities", ", ".join(known)),)),
                nearest=nearest(str(city), known),
            )
        ]
    )
