"""Builds many profiles: all that can be built is, and what became of each is told and kept."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from mgi_report.batch.journal import Journal, entry
from mgi_report.batch.model import Done, Job
from mgi_report.batch.shards import WHOLE, Shard
from mgi_report.batch.workers import News, Workers
from mgi_report.diagnostics import Diagnostic, Rule, Span
from mgi_report.interrupts import stop_if_asked
from mgi_report.pages.typesetting.crew import cores
from mgi_report.printing import diagnostic_as_json
from mgi_report.program import program
from mgi_report.project import open_project, shown
from mgi_report.variants import Variant
from mgi_report.writing import held, make_folder, write_whole

FOLDER = "build/batch"
"""Where journal and report lie, in the project of the first profile."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Many profiles, built with the same options."""

    folders: tuple[Path, ...]
    options: Mapping[str, Any]
    """What `steps.build` is told beside the folder."""
    jobs: int | None = None
    """How many profiles are built at once, as many as there are processors when None."""
    shard: Shard = WHOLE
    resume: bool = False
    """Pass over what an earlier run of the same batch has done well."""
    seconds: float = 900.0
    """How long a profile may take."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a batch."""

    done: tuple[Done, ...]
    passed_over: int
    """Profiles that an earlier run had done."""
    seconds: float
    path: str = ""
    """Where it is kept, nothing where it could not be."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """What is wrong with the batch itself."""


def run(batch: Batch, hear: Callable[[News], None]) -> Report:
    """Build all profiles of a batch, and tell of each what it is at and what became of it.

    A profile in which something is wrong keeps no other from being built. Raises `Stopped` where
    somebody asked for it: what was done by then is kept, and `resume` goes on from there.
    """
    start = perf_counter()
    folders = batch.shard.part(batch.folders)
    if not folders:
        return Report((), 0, 0.0)
    project, _ = open_project(folders[0])
    name = "all" if batch.shard.of == 1 else f"{batch.shard.number}-of-{batch.shard.of}"
    place = project.root / FOLDER
    report = place / f"{name}.json"
    try:
        with ExitStack() as stack:
            make_folder(place)
            stack.enter_context(held(place, patience=0.0))
            journal = Journal(place / f"{name}.jsonl", _about(batch))
            before = journal.done() if batch.resume else {}
            jobs = [Job(str(folder.absolute()), batch.options) for folder in folders]
            waiting = [job for job in jobs if job.folder not in before]
            journal.begin({job.folder: before[job.folder] for job in jobs if job.folder in before})
            done = []
            for each in stack.enter_context(_built(waiting, batch)):
                stop_if_asked()
                if isinstance(each, Done):
                    journal.add(each)
                    done.append(each)
                hear(each)
            seconds = round(perf_counter() - start, 3)
            made = Report(tuple(done), len(jobs) - len(waiting), seconds, shown(report))
            write_whole(report, _as_text(made, before, batch))
    except OSError as error:
        return Report((), 0, 0.0, diagnostics=(_unkept(place, error),))
    return made


@contextmanager
def _built(jobs: Sequence[Job], batch: Batch) -> Iterator[Iterator[News]]:
    workers = Workers(min(batch.jobs or cores(), len(jobs)), seconds=batch.seconds)
    try:
        yield workers.go_through(jobs)
    finally:
        workers.close()


def _about(batch: Batch) -> dict[str, Any]:
    options = {
        name: str(value.key if isinstance(value, Variant) else value)
        for name, value in sorted(batch.options.items())
    }
    return {"program": program(), "options": options}


def _as_text(report: Report, before: Mapping[str, Mapping[str, Any]], batch: Batch) -> bytes:
    """Write the report: what became of each profile, what it cost, and all in all."""
    costs = [each.cost for each in report.done if each.cost]
    whole = {
        "shard": str(batch.shard),
        "jobs": batch.jobs or cores(),
        "seconds": report.seconds,
        "built": len(report.done),
        "passed-over": report.passed_over,
        "wrong": sum(not each.result.ok for each in report.done),
        "median": {
            name: median(values) if (values := [asdict(cost)[name] for cost in costs]) else None
            for name in ("seconds", "processor", "memory", "written")
        },
        "profiles": [
            *(dict(each) for each in before.values()),
            *(
                {
                    **entry(each),
                    "diagnostics": [diagnostic_as_json(found) for found in each.result.diagnostics],
                }
                for each in report.done
            ),
        ],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def _unkept(place: Path, error: OSError) -> Diagnostic:
    message = f"The batch cannot be begun: {error.strerror or error}"
    hint = "Look whether the folder can be written to and the disk has room."
    if error.errno == errno.EBUSY:
        message = "Another batch is at work in this project."
        hint = "Wait until it is done, or stop it."
    return Diagnostic(Rule.BATCH_IS_KEPT, message, Span(shown(place)), hint)
