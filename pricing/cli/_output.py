"""What every command shares: language, JSON, messages on stderr, data on stdout, exit codes."""

import json
import os
import sys
import traceback
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from tempfile import NamedTemporaryFile
from typing import Concatenate, ParamSpec, TypeVar

import click
from click.decorators import pass_meta_key

from pricing.base.errors import InputError, Problem, said
from pricing.base.words import LANGUAGES, words

INTERNAL_ERROR = 1
INVALID_INPUT = 3
FAILED_TRIALS = 5
INTERRUPTED = 130

_META = "pricing.output"

P = ParamSpec("P")
R = TypeVar("R")


def environment_language() -> str:
    """`en` if the environment speaks English, else `vi`."""
    found = next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), ""
    )
    return "en" if found.lower().startswith("en") else "vi"


def help_text(key: str) -> str:
    """A help text in the language of the environment."""
    return words(environment_language()).text(f"cli.help.{key}")


def printable(text: str) -> str:
    """Text with control, direction and surrogate characters spelt out, as file names may hold."""
    return "".join(
        letter
        if letter.isprintable() or unicodedata.category(letter) == "Zs"
        else f"\\u{ord(letter):04x}"
        for letter in text
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """The reader's language, and whether one JSON object is all that goes to stdout."""

    language: str
    as_json: bool = False
    debug: bool = False

    def text(self, key: str, fields: Mapping[str, object] | None = None) -> str:
        """A sentence of the words tables."""
        return words(self.language).text(key, fields)

    def say(self, key: str, fields: Mapping[str, object] | None = None) -> None:
        """A message to the reader, on stderr."""
        click.echo(printable(self.text(key, fields)), err=True)

    def data(self, line: str) -> None:
        """A line of data on stdout; nothing where JSON is asked for."""
        if not self.as_json:
            click.echo(printable(line))

    def json(self, value: Mapping[str, object]) -> None:
        """The one JSON object on stdout; nothing where it is not asked for."""
        if self.as_json:
            click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))

    def problems(self, problems: Iterable[Problem], warnings: Iterable[Problem] = ()) -> None:
        """Every problem and warning on its own line, and how many there are."""
        problems, warnings = tuple(problems), tuple(warnings)
        self.json(
            {
                "ok": not problems,
                "problems": [self._plain(problem) for problem in problems],
                "warnings": [self._plain(warning) for warning in warnings],
            }
        )
        if not self.as_json:
            self.notes(warnings)
            for problem in problems:
                self.say("cli.problem", {"problem": problem.text(self.language)})
            if problems:
                self.say("cli.count", {"problems": len(problems), "warnings": len(warnings)})

    def refuse_illegal(self, warnings: Iterable[Problem]) -> None:
        """Raise what contradicts the law of its day, for who asked for strict law.

        Raises
        ------
        InputError
            With the warnings that are about the law, if there are any.
        """
        illegal = tuple(warning for warning in warnings if warning.is_legal)
        if illegal:
            raise InputError(dict.fromkeys(illegal))

    def notes(self, warnings: Iterable[Problem]) -> None:
        """Warnings on stderr, one a line."""
        for warning in warnings:
            self.say("cli.warning", {"problem": warning.text(self.language)})

    def _plain(self, problem: Problem) -> dict[str, object]:
        return {
            "file": problem.file,
            "line": problem.line,
            "key": problem.key,
            "read": said(problem.read, self.language),
            "allowed": said(problem.allowed, self.language),
            "nearest": problem.nearest,
            "advice": said(problem.advice, self.language),
            "text": problem.text(self.language),
        }


def current_output(ctx: click.Context) -> Output:
    """The output of the command at work, or one in the environment's language."""
    found = ctx.meta.get(_META)
    return found if isinstance(found, Output) else Output(language=environment_language())


def _set_language(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    output = current_output(ctx)
    ctx.meta[_META] = replace(output, language=value or output.language)


def _set_json(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    ctx.meta[_META] = replace(current_output(ctx), as_json=value)


def _set_debug(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    ctx.meta[_META] = replace(current_output(ctx), debug=value)


def with_output(command: Callable[Concatenate[Output, P], R]) -> Callable[P, R]:
    """Give a command the options --lang, --json and --debug as one `Output`, its first argument."""
    # Eager, so that a mistake in another option is already told in the right form.
    lang = click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        help=help_text("lang"),
        callback=_set_language,
        expose_value=False,
        is_eager=True,
    )
    as_json = click.option(
        "--json",
        is_flag=True,
        help=help_text("json"),
        callback=_set_json,
        expose_value=False,
        is_eager=True,
    )
    debug = click.option(
        "--debug",
        is_flag=True,
        help=help_text("debug"),
        callback=_set_debug,
        expose_value=False,
        is_eager=True,
    )
    passed: Callable[P, R] = pass_meta_key(_META, doc_description="output")(command)
    return lang(as_json(debug(passed)))


def report_crash(output: Output, message: str) -> None:
    """One line on stderr and the traceback in a log file, or on stderr with --debug."""
    if output.debug:
        click.echo(traceback.format_exc(), err=True)
    log = "--debug" if output.debug else _write_log()
    output.json({"ok": False, "error": message, "log": log})
    output.say("cli.crash", {"message": message, "log": log})


def _write_log() -> str:
    try:
        with NamedTemporaryFile(
            "w",
            prefix="pricing-",
            suffix=".log",
            delete=False,
            encoding="utf-8",
            errors="backslashreplace",
        ) as file:
            file.write(f"{sys.version}\n{' '.join(sys.argv)}\n{traceback.format_exc()}")
            return file.name
    except OSError:
        return "--debug"
