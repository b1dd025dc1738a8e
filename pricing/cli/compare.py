"""`pricing compare`: run what a study lacks, compare with its baseline, draw, and print a table."""

from pathlib import Path

import click

from pricing.base.words import LANGUAGES
from pricing.cli._output import Output, help_text, with_output
from pricing.cli._study import RunOptions, command_text, run_and_report, with_run_options


@click.command(help=help_text("compare"))
@click.argument("study", type=click.Path(path_type=Path))
@click.option("--no-figures", is_flag=True, help=help_text("no_figures"))
@with_run_options
@with_output
def compare(output: Output, chosen: RunOptions, study: Path, no_figures: bool) -> None:
    """Compare the scenarios of a study; exit 5 if a trial failed."""
    from pricing.indicators._indicator import measures  # --help loads no numpy
    from pricing.scenario.study import load_study
    from pricing.study import Options, resized

    read = load_study(study, measures())
    if chosen.strict_law:
        output.refuse_illegal(read.warnings)
    loaded = resized(read, seed=chosen.seed, replications=chosen.replications)
    words = ["compare", str(study), *(["--no-figures"] if no_figures else [])]
    options = Options(
        out=chosen.out,
        workers=chosen.workers,
        languages=() if no_figures else LANGUAGES,
        command=command_text(words, chosen),
    )
    run_and_report(output, loaded, options)
