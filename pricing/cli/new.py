"""`pricing new`: a working folder with the shipped scenarios, study and city."""

from pathlib import Path

import click

from pricing.base.errors import InputError, Phrase, Problem
from pricing.cli._output import Output, help_text, with_output


@click.command(help=help_text("new"))
@click.argument("folder", type=click.Path(path_type=Path))
@with_output
def new(output: Output, folder: Path) -> None:
    """Copy the starter into FOLDER/scenarios, which must not hold anything yet."""
    from pricing.scenario.starter import copy_starter

    try:
        study = copy_starter(folder)
    except OSError as error:
        allowed = Phrase("cli.not_written", (("reason", error.strerror or str(error)),))
        raise InputError(
            [Problem(file=str(folder), line=None, key="", read="", allowed=allowed)]
        ) from error
    output.json({"ok": True, "folder": str(folder), "study": str(study)})
    output.data(output.text("cli.new_done", {"folder": folder, "study": study}))
