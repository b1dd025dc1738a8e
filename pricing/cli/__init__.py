"""The command line: commands imported when they are called, and the last line of defence."""

import os
from importlib import import_module
from types import MappingProxyType

import click

from pricing import __version__
from pricing.base.errors import InputError, PricingError
from pricing.base.words import words
from pricing.cli._output import (
    INTERNAL_ERROR,
    INTERRUPTED,
    INVALID_INPUT,
    Output,
    current_output,
    environment_language,
    report_crash,
)

# One thread a process: experiments run one process a core. Read when numpy is first imported.
for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")

COMMANDS = MappingProxyType(
    {
        "new": "pricing.cli.new:new",
        "list": "pricing.cli.list:list_things",
        "check": "pricing.cli.check:check",
        "show": "pricing.cli.show:show",
        "run": "pricing.cli.run:run",
        "compare": "pricing.cli.compare:compare",
        "tender": "pricing.cli.tender:tender",
        "calibrate": "pricing.cli.calibrate:calibrate",
        "doctor": "pricing.cli.doctor:doctor",
    }
)


class Commands(click.Group):
    """A group that imports a command's module only when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order an analyst meets them."""
        del ctx
        return [*COMMANDS]  # the module `list` of this package hides the builtin here

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, imported now."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from the words tables alone."""
        del ctx
        word = words(environment_language())
        with formatter.section(word.text("cli.commands")):
            formatter.write_dl([(name, word.text(f"cli.help.{name}")) for name in COMMANDS])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a user's mistake ends in messages, a crash in one line and a log."""
        try:
            return super().invoke(ctx)
        except InputError as error:
            current_output(ctx).problems(error.problems)
            ctx.exit(INVALID_INPUT)
        except KeyboardInterrupt:
            current_output(ctx).say("cli.interrupted")
            ctx.exit(INTERRUPTED)
        except (click.exceptions.Exit, click.ClickException, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            _crash(current_output(ctx), error)
            ctx.exit(INTERNAL_ERROR)


def _crash(output: Output, error: Exception) -> None:
    """One line for what should not happen; its own words if the package raised it on purpose."""
    known = isinstance(error, PricingError)
    report_crash(output, str(error) if known else f"{type(error).__name__}: {error}")


@click.group(cls=Commands, help=words(environment_language()).text("cli.help.pricing"))
@click.version_option(__version__, prog_name="pricing")
def main() -> None:
    """Entry point of the command `pricing`."""
