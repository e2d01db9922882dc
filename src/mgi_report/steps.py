"""The order of the six steps: load, resolve, compose, typeset, bind, audit.

Nothing else knows it. Each step is called with what the one before it gave, and all that any of
them found is reported together.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mgi_report.content.load import read_facts
from mgi_report.diagnostics import Diagnostic, Rule, Span, has_errors
from mgi_report.pages.model import BoundSection, Conformance
from mgi_report.pages.press import Progress, tell
from mgi_report.pages.store import Store
from mgi_report.project import DiskProject, Project, open_project, shown, write_whole
from mgi_report.workshop import Made, Workshop, each_once


@dataclass(frozen=True, slots=True)
class Output:
    """A volume that was made."""

    profile: str
    """"mali-2021"."""
    lang: str
    variant: str
    path: str
    """Where the PDF lies, relative to the folder the build was started in where it is inside it."""
    pages: int
    sections: tuple[BoundSection, ...]
    typeset: frozenset[str]
    """Ids of the sections that were typeset in this build."""
    seconds: float


@dataclass(frozen=True, slots=True)
class Result:
    """What a build made, and all that it found."""

    outputs: tuple[Output, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing found is an error."""
        return not has_errors(self.diagnostics)


def build(
    folder: str | Path,
    *,
    languages: Sequence[str] = (),
    output: str | Path | None = None,
    standard: str = "ua1+3a",
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Result:
    """Make the PDFs of a profile and write each of them whole, or not at all.

    `folder` is the profile's folder; `languages` are BCP 47 tags, all of the profile's when empty;
    `output` is the folder for the PDFs, build/<profile>/<language>/ of the project when None;
    `standard` is "ua1+3a" or "ua2+4f". A language in which something is wrong is not written.
    """
    project, inside = open_project(Path(folder))
    store = Store.of(project.root)
    facts = read_facts(project, inside)
    if facts.value is None:
        return Result(diagnostics=facts.diagnostics)
    outputs: list[Output] = []
    diagnostics: list[Diagnostic] = []
    chosen, unknown = _languages(facts.value.languages, languages, facts.value.span)
    diagnostics += unknown
    for lang in chosen:
        start = time.perf_counter()
        workshop = Workshop.of(project, inside, lang, standard=standard, store=store, jobs=jobs)
        made = workshop.make(progress)
        workshop.close()
        diagnostics += made.diagnostics
        if made.volume is None or has_errors(made.diagnostics):
            continue
        path = output_path(project, facts.value.id, lang, output)
        try:
            write_whole(path, made.volume.pdf)
        except OSError as error:
            diagnostics.append(_not_written(path, error))
            continue
        outputs.append(
            Output(
                profile=facts.value.id,
                lang=lang,
                variant="screen",
                path=shown(path),
                pages=made.volume.pages,
                sections=made.volume.sections,
                typeset=made.typeset,
                seconds=round(time.perf_counter() - start, 3),
            )
        )
    return Result(tuple(outputs), each_once(diagnostics))


def check(
    folder: str | Path,
    *,
    languages: Sequence[str] = (),
    standard: str = "ua1+3a",
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Result:
    """Find all that is wrong with a profile's content and with its PDFs; write nothing."""
    from mgi_report.checks.audit import conforms

    project, inside = open_project(Path(folder))
    store = Store.of(project.root)
    facts = read_facts(project, inside)
    if facts.value is None:
        return Result(diagnostics=facts.diagnostics)
    chosen, unknown = _languages(facts.value.languages, languages, facts.value.span)
    diagnostics = list(unknown)
    for lang in chosen:
        workshop = Workshop.of(project, inside, lang, standard=standard, store=store, jobs=jobs)
        made = workshop.make(progress)
        workshop.close()
        diagnostics += made.diagnostics
        if made.volume is not None:
            tell(progress, f"{lang}: 6 judge by {standard}")
            diagnostics += conforms(made.volume.pdf, Conformance(standard))
    return Result((), each_once(diagnostics))


def make(
    project: Project,
    folder: str,
    lang: str,
    *,
    standard: str = "ua1+3a",
    progress: Progress | None = None,
) -> Made:
    """Go through the six steps for one language; nothing is written or kept."""
    return Workshop.of(project, folder, lang, standard=standard).make(progress)


def output_path(project: DiskProject, profile: str, lang: str, output: str | Path | None) -> Path:
    """Give where a volume's PDF is written."""
    folder = Path(output) if output else project.root / "build" / profile / lang
    return folder.absolute() / f"{profile}-{lang}.pdf"


def _languages(
    known: Sequence[str], wanted: Sequence[str], span: Span
) -> tuple[Sequence[str], list[Diagnostic]]:
    unknown = [
        Diagnostic(
            Rule.VALUE_IS_VALID,
            f'The profile has no language "{lang}".',
            span,
            f"It has: {', '.join(known)}.",
        )
        for lang in wanted
        if lang not in known
    ]
    return [lang for lang in wanted if lang in known] if wanted else known, unknown


def _not_written(path: Path, error: OSError) -> Diagnostic:
    return Diagnostic(
        Rule.FILE_EXISTS,
        f"The PDF cannot be written: {error.strerror}.",
        Span(str(path)),
        "Look whether the folder can be written to and the disk has room; what was there is "
        "still there.",
    )
