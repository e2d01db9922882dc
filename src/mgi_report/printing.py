"""How the command line writes what a command did and found."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from mgi_report.diagnostics import Diagnostic, Severity, has_errors
from mgi_report.interrupts import stop_if_asked
from mgi_report.progress import Progress, Stage
from mgi_report.reasons import NOT_KEPT
from mgi_report.results import FURNITURE, Output, Result

FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people, or for programs: json is one JSON object on standard output.",
)


def typeset_again(output: Output) -> Iterator[str]:
    """Say what was typeset again and why; of a first build only how many sections."""
    reasons: dict[str, list[str]] = {}
    for each in output.retypeset:
        reasons.setdefault(each.reason, []).append(each.section_id)
    said = {
        reason: sections if len(sections) < _MANY else [f"{len(sections)} sections"]
        for reason, sections in reasons.items()
    }
    is_first = output.furniture == NOT_KEPT and NOT_KEPT in said
    if output.furniture and not is_first:
        said.setdefault(output.furniture, []).append(FURNITURE)
    for reason, names in said.items():
        yield f"typeset again: {', '.join(names)} ({reason})"


_MANY = 6
"""Sections that are counted rather than named."""


def summary(profile: Path, result: Result) -> str:
    """Give the last line: what was made, and how much is wrong."""
    errors = sum(each.severity is Severity.ERROR for each in result.diagnostics)
    warnings = len(result.diagnostics) - errors
    made = [
        f"{output.profile} {output.lang}: "
        f"{'nothing changed, ' if output.unchanged else ''}"
        f"{output.pages} page{'s' if output.pages > 1 else ''} "
        f"in {output.seconds:.{2 if output.unchanged else 1}f} s"
        for output in result.outputs
    ]
    found = [
        f"{count} {name}{'s' if count > 1 else ''}"
        for count, name in ((errors, "error"), (warnings, "warning"))
        if count
    ]
    if errors:  # a language with an error has no new PDF
        rest = "the rest was not written, earlier PDFs of it stay"
        found.append(rest if made else "nothing was written")
    said = "; ".join([*made, ", ".join(found) or "nothing wrong"])
    return said if made else f"{profile}: {said}"


def as_json(results: Sequence[Result]) -> dict[str, object]:
    """Give what a command did and found as the object that `--format json` prints."""
    return {
        "outputs": [
            {
                "profile": output.profile,
                "lang": output.lang,
                "variant": output.variant,
                "path": output.path,
                "pages": output.pages,
                "sections": [
                    {
                        "id": section.id,
                        "title": section.title,
                        "folio": section.folio,
                        "pages": section.pages,
                        "typeset": section.id in why,
                        "reason": why.get(section.id),
                    }
                    for section in output.sections
                ],
                "furniture": {
                    "typeset": output.furniture is not None,
                    "reason": output.furniture,
                },
                "unchanged": output.unchanged,
                "seconds": output.seconds,
            }
            for result in results
            for output in result.outputs
            for why in [{each.section_id: each.reason for each in output.retypeset}]
        ],
        "bundles": [list(result.bundle) for result in results if result.bundle],
        "diagnostics": [
            diagnostic_as_json(each) for result in results for each in result.diagnostics
        ],
    }


def diagnostic_as_json(diagnostic: Diagnostic) -> dict[str, object]:
    """Give a diagnostic as the object that `--format json` prints."""
    span = diagnostic.span
    return {
        "severity": str(diagnostic.severity),
        "rule": str(diagnostic.rule),
        "message": diagnostic.message,
        "file": span.file if span else None,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "hint": diagnostic.hint,
    }


def print_line(text: str | bytes, *, err: bool = False) -> None:
    """Write a line to standard output, or to standard error."""
    try:
        click.echo(text, err=err)
    except OSError as error:
        message = f"What was done cannot be printed: {error.strerror}."
        raise click.ClickException(message) from error


def end(
    form: str,
    diagnostics: Iterable[Diagnostic],
    said: str = "",
    entries: dict[str, object] | None = None,
) -> int:
    """Print what was done and found, and give the exit status."""
    some = tuple(diagnostics)
    if form == "json":
        told = [diagnostic_as_json(each) for each in some]
        whole = {**(entries or {}), "diagnostics": told}
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2).encode())
    else:
        for each in some:
            click.echo(str(each), err=True)
        if said:
            click.echo(said)
    return 1 if has_errors(some) else 0


@contextmanager
def shown_progress(form: str) -> Iterator[Progress]:
    """Show what the build is at: on a terminal in one line that changes, else a line a step."""
    if sys.stderr.isatty():
        from rich.console import Console

        console = Console(stderr=True)
        if not console.is_dumb_terminal:
            from rich.live import Live
            from rich.spinner import Spinner

            spinner = Spinner("dots", style="status.spinner")
            # Moves when there is news, and not by a thread: a process with threads cannot be
            # copied, and workers are copies (`pages.typesetting.crew`).
            with Live(spinner, console=console, auto_refresh=False, transient=True) as live:

                def show(text: str) -> None:
                    spinner.update(text=text)
                    live.refresh()

                yield lambda stage: _tell(stage, show)
            return
    told: set[str] = set()

    def tell_once(text: str) -> None:
        if text not in told and form == "text":
            told.add(text)
            print_line(text, err=True)

    yield lambda stage: _tell(replace(stage, part=""), tell_once)


def _tell(stage: Stage, show: Callable[[str], None]) -> None:
    stop_if_asked()
    show(f"{stage.profile} {stage.lang}: {stage.step} {stage.part}".rstrip())
