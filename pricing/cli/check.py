"""`pricing check`: every problem of scenarios, studies and cities in one report."""

from pathlib import Path

import click

from pricing.base.errors import InputError, Problem
from pricing.cli._output import INVALID_INPUT, Output, help_text, with_output


@click.command(help=help_text("check"))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--city", type=click.Path(path_type=Path), help=help_text("city"))
@click.option("--strict-law", is_flag=True, help=help_text("strict_law"))
@with_output
def check(output: Output, files: tuple[Path, ...], city: Path | None, strict_law: bool) -> None:
    """Check files; exit 0 if all can be used, 3 if one cannot."""
    problems: list[Problem] = []
    warnings: list[Problem] = []
    for file in files:
        found = _check_one(file, city, warnings)
        if strict_law:
            found += tuple(warning for warning in warnings if warning.is_legal)
            warnings = [warning for warning in warnings if not warning.is_legal]
        problems.extend(found)
        if not found:
            output.data(output.text("cli.fine", {"file": file}))
    output.problems(dict.fromkeys(problems), dict.fromkeys(warnings))
    if problems:
        click.get_current_context().exit(INVALID_INPUT)


def _check_one(file: Path, city: Path | None, warnings: list[Problem]) -> tuple[Problem, ...]:
    """The problems of one file or city folder; its warnings are added to the list."""
    from pricing.indicators._indicator import measures  # --help loads no numpy
    from pricing.scenario.read import read_any

    try:
        warnings.extend(read_any(file, city, measures()).warnings)
    except InputError as error:
        return error.problems
    return ()
