"""`pricing tender`: one tender alone, its equilibrium beside thousands of simulated tenders."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pricing.base.words import LANGUAGES
from pricing.cli._output import INTERNAL_ERROR, Output, help_text, with_output

if TYPE_CHECKING:  # loads numpy, which --help must not
    from pricing.engine.tender import Laboratory

_HASH_LETTERS = 12


@click.command(help=help_text("tender"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--no-figures", is_flag=True, help=help_text("no_figures"))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("outputs"),
    help=help_text("out"),
)
@with_output
def tender(output: Output, file: Path, no_figures: bool, out: Path) -> None:
    """Study the tender in FILE: a table, and a figure below --out in both languages."""
    from pricing.cli._tender import as_json, lines  # --help loads no numpy
    from pricing.engine.tender import laboratory
    from pricing.scenario.tender import load_tender

    found = laboratory(load_tender(file))
    for line in lines(found, output):
        output.data(line)
    figures = () if no_figures else _draw(output, found, out)
    output.json({"file": str(file), **as_json(found), "figures": [str(path) for path in figures]})


def _draw(output: Output, found: "Laboratory", out: Path) -> tuple[Path, ...]:
    """Files of the figure; exit 1 with the reason if they cannot be written."""
    from pricing.charts._style import save
    from pricing.charts._tender import draw

    study = found.study
    folder = out / f"{study.name}-{study.content_hash[:_HASH_LETTERS]}" / "figures"
    paths: list[Path] = []
    try:
        for language in LANGUAGES:
            paths += save(draw(found, language), folder, f"price_by_bidders.{language}")
    except OSError as error:
        fields = {"path": folder, "reason": error.strerror or str(error)}
        output.json({"ok": False, "error": output.text("tender.not_written", fields)})
        output.say("tender.not_written", fields)
        click.get_current_context().exit(INTERNAL_ERROR)
    output.data("")
    output.data(output.text("tender.folder", {"folder": folder}))
    return tuple(paths)
