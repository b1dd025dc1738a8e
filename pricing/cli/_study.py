"""What `run` and `compare` share: their options, progress, the headline and the exit code."""

import shlex
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from pricing.cli._output import FAILED_TRIALS, INTERNAL_ERROR, Output, help_text

if TYPE_CHECKING:  # these load numpy, which --help must not
    from pricing.engine.experiment import Tally
    from pricing.scenario.study import Study
    from pricing.study import Options, StudyRun

P = ParamSpec("P")
R = TypeVar("R")

_STEPS = 10  # plain progress lines a run


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """What an analyst chose: None where the study decides."""

    workers: int | None
    seed: int | None
    replications: int | None
    out: Path
    strict_law: bool = False


def with_run_options(command: Callable[Concatenate[RunOptions, P], R]) -> Callable[..., R]:
    """Give a command --workers, --seed, --replications, --out, --strict-law as one `RunOptions`."""

    @click.option("--workers", type=click.IntRange(1, 512), help=help_text("workers"))
    @click.option("--seed", type=click.IntRange(0, 2**63 - 1), help=help_text("seed"))
    @click.option("--replications", type=click.IntRange(1, 10_000), help=help_text("replications"))
    @click.option(
        "--out",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path("outputs"),
        help=help_text("out"),
    )
    @click.option("--strict-law", is_flag=True, help=help_text("strict_law"))
    @wraps(command)
    def _wrapper(
        workers: int | None,
        seed: int | None,
        replications: int | None,
        out: Path,
        strict_law: bool,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        chosen = RunOptions(
            workers=workers, seed=seed, replications=replications, out=out, strict_law=strict_law
        )
        return command(chosen, *args, **kwargs)

    return _wrapper


def command_text(words: list[str], chosen: RunOptions) -> str:
    """The command that repeats a run, as one types it; workers change no result and stay out."""
    given = {"--seed": chosen.seed, "--replications": chosen.replications, "--out": chosen.out}
    options = [part for name, value in given.items() if value is not None for part in (name, value)]
    return shlex.join(["pricing", *words, *(str(part) for part in options)])


def run_and_report(output: Output, study: "Study", options: "Options") -> None:
    """Run a study with progress on stderr; headline on stdout, exit 5 if a trial failed."""
    from pricing.results.store import StorageError
    from pricing.study import Observer, run_loaded

    output.notes(study.warnings)
    try:
        with _progress(output) as progress:
            observer = Observer(
                progress=progress, waiting=lambda manifest: _waiting(output, manifest)
            )
            found = run_loaded(study, options, observer)
    except StorageError as error:
        message = error.text(output.language)
        output.json({"ok": False, "error": message})
        click.echo(message, err=True)
        click.get_current_context().exit(INTERNAL_ERROR)
    _report(output, found, study.selection is not None)


def _report(output: Output, found: "StudyRun", is_choosing: bool) -> None:
    from pricing.compare.attribution import last_year
    from pricing.reports.text import attribution_text, headline_text, selection_text

    chains = [one.chain for one in found.attributions]
    steps = last_year(found.attributions)
    output.json(
        {
            "run": str(found.folder),
            "baseline": found.result.baseline,
            "headline": [asdict(one) for one in found.headlines],
            "selection": None if found.selection is None else asdict(found.selection),
            "attribution": [asdict(one) for one in steps],
            "failed": len(found.failures),
            "results_sha256": found.manifest["results_sha256"],
        }
    )
    for line in (
        *headline_text(found.headlines, found.result.baseline, output.language),
        *attribution_text(steps, chains, output.language),
    ):
        output.data(line)
    if is_choosing and found.selection is None:
        output.say("reports.selection.nothing", {})
    if found.selection is not None:
        output.data("")
        for line in selection_text(found.selection, output.language):
            output.data(line)
    output.data("")
    output.data(output.text("study.folder", {"folder": found.folder}))
    for key, message in found.failures.items():
        output.say("study.failed", {**key._asdict(), "message": message})
    if found.failures:
        click.get_current_context().exit(FAILED_TRIALS)


def _waiting(output: Output, manifest: Mapping[str, object]) -> None:
    fields = {name: manifest.get(name, "?") for name in ("process", "host", "command")}
    output.say("study.waiting", fields)


@contextmanager
def _progress(output: Output) -> Iterator[Callable[["Tally"], None]]:
    """A bar with the time left on a terminal, some plain lines elsewhere; both on stderr."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _plain_lines(output)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(output.text("study.trials"), total=None)
        yield lambda tally: bar.update(
            task, total=tally.total, completed=tally.finished + tally.failed
        )


def _plain_lines(output: Output) -> Callable[["Tally"], None]:
    said: set[int] = set()

    def say(tally: "Tally") -> None:
        ended = tally.finished + tally.failed
        step = _STEPS * ended // max(tally.total, 1)
        if step not in said:
            said.add(step)
            output.say("study.progress", {"ended": ended, "total": tally.total})

    return say
