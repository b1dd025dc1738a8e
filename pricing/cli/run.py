"""`pricing run`: simulate scenarios without comparing them."""

from pathlib import Path

import click

from pricing.cli._output import Output, help_text, with_output
from pricing.cli._study import RunOptions, command_text, run_and_report, with_run_options


@click.command(help=help_text("run"))
@click.argument("scenarios", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--city", type=click.Path(path_type=Path), help=help_text("city"))
@with_run_options
@with_output
def run(output: Output, chosen: RunOptions, scenarios: tuple[Path, ...], city: Path | None) -> None:
    """Simulate scenarios and print their levels; exit 5 if a trial failed."""
    from pricing.study import Options, resized, study_of  # --help loads no numpy

    made = study_of(scenarios, city)
    if chosen.strict_law:
        output.refuse_illegal(made.warnings)
    study = resized(made, seed=chosen.seed, replications=chosen.replications)
    words = ["run", *map(str, scenarios), *(["--city", str(city)] if city else [])]
    command = command_text(words, chosen)
    options = Options(out=chosen.out, workers=chosen.workers, languages=(), command=command)
    run_and_report(output, study, options)
