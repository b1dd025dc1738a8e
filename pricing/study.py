"""The Python entry point: run what a study still lacks, then its tables, figures and manifest."""

import os
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pricing.city.load import load_city
from pricing.compare.attribution import Attribution, attributions
from pricing.compare.headline import Headline, headlines
from pricing.compare.ramsey import benchmarks
from pricing.compare.selection import Selection, check_selection, selection
from pricing.compare.tables import Tables, tables
from pricing.engine.design import Design, Plan, design
from pricing.engine.experiment import Progress, Tally, run_experiment
from pricing.engine.manifest import identity, inputs, machine, parameters
from pricing.engine.simulate import prepare
from pricing.engine.worker import Model, peak_memory
from pricing.indicators._indicator import indicators, measures
from pricing.reports.csv import (
    ATTRIBUTION,
    COMPARISON,
    RAMSEY,
    SELECTION,
    SUMMARY,
    attribution_csv,
    comparison_csv,
    ramsey_csv,
    selection_csv,
    summary_csv,
)
from pricing.results.axes import run_axes
from pricing.results.files import read_manifest, results_sha256, write_manifest, write_whole
from pricing.results.lock import exclusive
from pricing.results.result import Result, Span, TrialKey
from pricing.results.store import Store, storage_errors, writing
from pricing.scenario.load import load_scenario
from pricing.scenario.read import find_city
from pricing.scenario.schema import Languages, StudySection
from pricing.scenario.study import Study, load_study

SIMULATOR = "pricing.engine.simulate"
RESOLVED = "resolved"
FIGURES = "figures"
CHAINS_CHART = "attribution"

_HASH_LETTERS = 12
_NAME_LETTERS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a study is run. None of this changes a result, but for `simulator`, which tests replace.

    `workers` is one a core if not given; `command` is what repeats the run; figures are drawn in
    `languages`, and only where scenarios are compared.
    """

    out: Path = Path("outputs")
    workers: int | None = None
    languages: tuple[str, ...] = ("vi", "en")
    command: str = ""
    simulator: str = SIMULATOR


def _ignored(_: object) -> None:
    """What an observer does that was not told otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observer:
    """Who hears of each trial as it ends, and of another run that holds the folder."""

    progress: Progress = _ignored
    waiting: Callable[[Mapping[str, object]], None] = _ignored


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyRun:
    """A study that ran: its folder, results, tables, headline and manifest, and what failed.

    `selection` is what it chose, where it asks for a choice.
    """

    folder: Path
    result: Result
    tables: Tables
    headlines: tuple[Headline, ...]
    attributions: tuple[Attribution, ...]
    manifest: Mapping[str, object]
    failures: Mapping[TrialKey, str]
    selection: Selection | None = None


def default_workers() -> int:
    """One worker a core that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """A study with its design, options and folder; `known` opens its manifest."""

    study: Study
    options: Options
    design: Design
    folder: Path
    known: Mapping[str, object]

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Names of the scenarios in the study's order."""
        return tuple(one.name for one in self.study.scenarios)


def run_study(path: Path, options: Options, observer: Observer | None = None) -> StudyRun:
    """Load the study in a file and run it; see `run_loaded`."""
    return run_loaded(load_study(path, measures()), options, observer)


def run_loaded(study: Study, options: Options, observer: Observer | None = None) -> StudyRun:
    """Run what is missing of a study, then write its tables, figures and manifest.

    The name of the run folder follows from everything that decides results, so the same study
    finds and continues its folder. A second run on one folder waits for the first.

    Raises
    ------
    InputError
        If the study selects by what cannot be measured.
    StorageError
        If the disk is full or the folder cannot be used; finished trials are kept.
    KeyboardInterrupt
        On Ctrl-C; finished trials are kept.
    """
    observer = observer or Observer()
    check_selection(study, run_axes(study.city, study.first_year, study.last_year))
    job = _job(study, options)
    with storage_errors(job.folder):
        job.folder.mkdir(parents=True, exist_ok=True)
        with exclusive(job.folder, lambda: observer.waiting(read_manifest(job.folder))):
            return _run(job, observer)


def resized(study: Study, *, seed: int | None = None, replications: int | None = None) -> Study:
    """A study with its seed or its number of replications replaced where one is given."""
    return replace(
        study,
        seed=study.seed if seed is None else seed,
        replications=study.replications if replications is None else replications,
    )


def study_of(paths: Sequence[Path], city_folder: Path | None = None) -> Study:
    """A study of some scenario files that compares nothing, of the size that studies have.

    Without a city folder, the one beside the first scenario.
    """
    city = load_city(city_folder or find_city(paths[0]))
    found = [load_scenario(path, city) for path in dict.fromkeys(paths)]
    name = "+".join(one.name for one in found)[:_NAME_LETTERS]
    usual = StudySection(  # for its default years and size
        title=Languages(vi=name, en=name), city=city.name, scenarios=[name], baseline=name
    )
    horizon = (usual.first_year, usual.last_year)
    return Study(
        name=name,
        title=usual.title.model_dump(),
        city=city,
        scenarios=tuple(replace(one, horizon=horizon) for one in found),
        baseline="",
        first_year=usual.first_year,
        last_year=usual.last_year,
        scramblings=usual.scramblings,
        points=usual.points,
        replications=usual.replications,
        seed=usual.seed,
        authority=usual.authority,
        language=usual.language,
        content_hash="",
        warnings=tuple(warning for one in found for warning in one.warnings),
    )


def _job(study: Study, options: Options) -> _Job:
    plan = Plan(
        scramblings=study.scramblings,
        points=study.points,
        replications=study.replications,
        seed=study.seed,
    )
    changes = {one.name: one.parameters for one in study.scenarios}
    designed = design(plan, study.city.parameters, changes)
    what = inputs(study, designed, options.simulator)
    hashed = identity(what)
    return _Job(
        study=study,
        options=options,
        design=designed,
        folder=options.out / f"{study.name}-{hashed[:_HASH_LETTERS]}",
        known={
            "command": options.command,
            "inputs_sha256": hashed,
            **what,
            **machine(),
            **parameters(study, designed),
        },
    )


def _run(job: _Job, observer: Observer) -> StudyRun:
    clock = _Clock.started(read_manifest(job.folder))
    _note(job, clock.read(), status="running", process=os.getpid(), host=socket.gethostname())
    _keep_scenarios(job)
    axes = run_axes(job.study.city, job.study.first_year, job.study.last_year)
    with writing(job.folder, axes) as store:
        try:
            tally = _simulated(job, store, observer.progress)
        except KeyboardInterrupt:
            _note(job, clock.read(), status="interrupted")
            raise
        return _read_out(job, store, clock, tally)


def _simulated(job: _Job, store: Store, progress: Progress) -> Tally:
    model = Model(
        city=job.study.city,
        scenarios={one.name: one for one in job.study.scenarios},
        simulator=job.options.simulator,
    )
    workers = job.options.workers or default_workers()
    return run_experiment(model, job.design, store, workers=workers, progress=progress)


def _read_out(job: _Job, store: Store, clock: "_Clock", tally: Tally) -> StudyRun:
    """Tables, figures and the final manifest from what the store holds."""
    plan = job.design.plan
    span = Span(
        scrambling=plan.scrambling,
        replications=plan.replications,
        first_year=job.study.first_year + 1,  # the first simulated year warms up
        last_year=job.study.last_year,
    )
    result = store.load(job.scenarios, job.study.baseline or None, span)
    found = tables(result, indicators())
    steps = attributions(result, job.study.chains, indicators())
    written = _write_tables(job.folder, found, steps)
    chosen = _read_further(job, result)
    failures = store.failures()
    _draw(job, found)
    manifest = _note(
        job,
        clock.read(tally),
        status="failed trials" if failures else "complete",
        trials={"total": tally.total, "finished": tally.finished, "failed": len(failures)},
        failures=[{**key._asdict(), "message": failures[key]} for key in sorted(failures)],
        results_sha256=results_sha256(store.sha256(), *written),
    )
    return StudyRun(
        folder=job.folder,
        result=result,
        tables=found,
        headlines=headlines(result, found),
        attributions=steps,
        manifest=manifest,
        failures=failures,
        selection=chosen,
    )


def _read_further(job: _Job, result: Result) -> Selection | None:
    """Write what the study asks for besides its tables; the choice among its options, if any."""
    study = job.study
    if study.ramsey:
        calibrated = prepare(study.city, study.city.parameters.central())
        rows = benchmarks(result, study.city, calibrated)
        write_whole(job.folder / RAMSEY, ramsey_csv(rows))
    if study.selection is None:
        return None
    chosen = selection(result, study.selection)
    if chosen is not None:
        write_whole(job.folder / SELECTION, selection_csv(chosen))
    return chosen


def _write_tables(folder: Path, found: Tables, steps: tuple[Attribution, ...]) -> list[bytes]:
    written = {SUMMARY: summary_csv(found)}
    if found.baseline is not None:
        written[COMPARISON] = comparison_csv(found)
    if steps:
        written[ATTRIBUTION] = attribution_csv(steps)
    else:
        (folder / ATTRIBUTION).unlink(missing_ok=True)  # of chains that the study no longer has
    for name, content in written.items():
        write_whole(folder / name, content)
    return list(written.values())


def _keep_scenarios(job: _Job) -> None:
    folder = job.folder / RESOLVED
    folder.mkdir(exist_ok=True)
    for one in job.study.scenarios:
        write_whole(folder / f"{one.name}.toml", one.resolved.encode())


def _draw(job: _Job, found: Tables) -> None:
    """Every chart in every language, if each scenario came out with something to draw."""
    drawable = {block.scenario for block in found.comparison}
    if not job.options.languages or drawable != set(job.scenarios):
        return
    # matplotlib costs half a second to load, so only where figures are wanted
    from pricing.charts._chart import save_charts
    from pricing.charts._data import read_tables

    share = float(str(job.known["assumed_share"]))
    titles = {one.name: one.title for one in job.study.scenarios}
    references = frozenset(one.name for one in job.study.scenarios if one.is_reference)
    tables = read_tables(job.folder, titles, share, job.study.chains)
    drawn = replace(tables, references=references)
    for stale in (job.folder / FIGURES).glob(f"{CHAINS_CHART}.*"):
        stale.unlink()  # of chains that the study no longer has; charts have fixed names otherwise
    save_charts(drawn, job.folder / FIGURES, job.options.languages)


def _note(job: _Job, usage: Mapping[str, object], **what: object) -> dict[str, object]:
    manifest = {**what, **usage, **job.known}
    write_manifest(job.folder, manifest)
    return manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clock:
    """What a run has cost, earlier sessions on its folder included."""

    wall_start: float
    cpu_start: float
    earlier: Mapping[str, object]

    @classmethod
    def started(cls, manifest: Mapping[str, object]) -> "_Clock":
        """A clock that goes on from the manifest of an earlier session, if there was one."""
        return cls(wall_start=time.perf_counter(), cpu_start=time.process_time(), earlier=manifest)

    def read(self, tally: Tally | None = None) -> dict[str, object]:
        """Seconds and bytes so far, with the workers' as the tally has them."""
        workers_cpu = tally.cpu_seconds if tally else 0.0
        peaks = [
            peak_memory(),
            tally.peak_memory if tally else 0,
            int(self._before("peak_memory_bytes")),
        ]
        return {
            "wall_seconds": self._before("wall_seconds") + time.perf_counter() - self.wall_start,
            "cpu_seconds": self._before("cpu_seconds")
            + time.process_time()
            - self.cpu_start
            + workers_cpu,
            "peak_memory_bytes": max(peaks),
        }

    def _before(self, name: str) -> float:
        value = self.earlier.get(name, 0.0)
        return float(value) if isinstance(value, int | float) else 0.0
