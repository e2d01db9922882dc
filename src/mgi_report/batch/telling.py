"""What `mgi-report build` says of many profiles, as they are done and at the end."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from mgi_report.batch.model import Done
from mgi_report.batch.running import Batch, Report, run
from mgi_report.batch.workers import News
from mgi_report.printing import as_json, print_line, shown_progress, summary
from mgi_report.project import shown
from mgi_report.results import Result
from mgi_report.writing import is_a_file


def profiles_in(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Leave out what `content/*` brings along and is no profile: files, and shared texts."""
    return tuple(path for path in paths if path.name != "shared" and not is_a_file(path))


def build_many(batch: Batch, form: str) -> int:
    """Build a batch, say what becomes of it, and give the exit status."""
    total = len(batch.shard.part(batch.folders))
    with ExitStack() as stack:
        # Where nobody watches, a line for each profile is enough.
        progress = stack.enter_context(shown_progress(form)) if sys.stderr.isatty() else None
        count = 0

        def hear(news: News) -> None:
            nonlocal count
            if isinstance(news, Done):
                count += 1
                if form == "text":
                    _say(news, f"{count}/{total} ")
            elif progress:
                progress(replace(news, profile=f"{count}/{total} {news.profile}"))

        report = run(batch, hear)
    results = _in_order(report, batch)
    if form == "json":
        said = {**as_json(results), "batch": {"report": report.path, "seconds": report.seconds}}
        print_line(json.dumps(said, ensure_ascii=False, indent=2).encode())
    else:
        for diagnostic in report.diagnostics:
            print_line(str(diagnostic), err=True)
        print_line(_summary(report), err=True)
    return 0 if all(result.ok for result in results) else 1


def _in_order(report: Report, batch: Batch) -> list[Result]:
    """Give what became of the profiles in the order in which they were asked for."""
    order = {str(folder.absolute()): number for number, folder in enumerate(batch.folders)}
    done = sorted(report.done, key=lambda each: order[each.job.folder])
    own = [Result((), report.diagnostics)] if report.diagnostics else []
    return [*own, *(each.result for each in done)]


def _say(done: Done, count: str) -> None:
    for diagnostic in done.result.diagnostics:
        print_line(str(diagnostic), err=True)
    for output in done.result.outputs:
        print_line(output.path)
    print_line(f"{count}{summary(Path(shown(Path(done.job.folder))), done.result)}", err=True)


def _summary(report: Report) -> str:
    wrong = [Path(each.job.folder).name for each in report.done if not each.result.ok]
    well = len(report.done) - len(wrong)
    pages = sum(output.pages for each in report.done for output in each.result.outputs)
    said = [f"{well} profiles built, {pages} pages in {report.seconds:.1f} s"]
    if report.passed_over:
        said.append(f"{report.passed_over} passed over, which were done before")
    if wrong:
        said.append(f"{len(wrong)} with errors: {', '.join(wrong)}")
    if report.path:
        said.append(report.path)
    return "; ".join(said)
