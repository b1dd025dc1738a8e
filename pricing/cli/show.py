"""`pricing show`: the resolved values of a scenario or study, and where each was written."""

from pathlib import Path

import click

from pricing.cli._output import Output, help_text, with_output


@click.command(help=help_text("show"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--origin", is_flag=True, help=help_text("origin"))
@with_output
def show(output: Output, file: Path, origin: bool) -> None:
    """Print resolved values; with --origin one line a value and its file:line."""
    from pricing.scenario.read import resolved_values  # --help loads no numpy

    shown = resolved_values(file)
    output.json({"file": str(file), "values": shown.values, "origin": shown.origins()})
    for line in shown.lines_with_origin() if origin else shown.text().splitlines():
        output.data(line)
