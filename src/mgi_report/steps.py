"""What a program may ask for: a profile's PDFs (`build`), or a judgement on them (`check`).

Each language is made by a `Workshop`, which knows the order of the steps. It is loaded when there
is something to make: a build in which nothing has changed ends before.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span, each_once, has_errors
from mgi_report.namesakes import check_namesakes, check_numbers
from mgi_report.pages.store import Store
from mgi_report.progress import Progress, telling
from mgi_report.project import (
    DiskProject,
    Project,
    digest_of,
    digest_of_disk,
    open_project,
    shown,
)
from mgi_report.receipts import Receipt
from mgi_report.results import Output, Result
from mgi_report.variants import SCREEN, Variant
from mgi_report.writing import write_whole

if TYPE_CHECKING:
    from mgi_report.content.facts import Facts
    from mgi_report.workshop import Made, Workshop

__all__ = [
    "Output",
    "Result",
    "build",
    "check",
    "make",
    "misread",
    "output_path",
    "unread",
    "volumes",
    "write_whole",
]


def build(
    folder: str | Path,
    *,
    languages: Sequence[str] = (),
    output: str | Path | None = None,
    standard: str = "ua1+3a",
    variant: Variant = SCREEN,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Result:
    """Make the PDFs of a profile and write each of them whole, or not at all.

    `folder` is the profile's folder; `languages` are BCP 47 tags, all of the profile's when empty;
    `output` is the folder for the PDFs, build/<profile>/<language>/ of the project when None;
    `standard` is "ua1+3a" or "ua2+4f"; `variant` the published volume unless given;
    `jobs` is how many sections may be typeset at once, as many as there are processors when None. A
    language in which something is wrong is not written.

    Only sections that changed are typeset: others are found in build/.store of the project. Where
    nothing has changed at all since the last build, the PDFs are left as they are.
    """
    start = time.perf_counter()
    project, inside = open_project(Path(folder))
    others = DiskProject(project.root)
    if found := tuple(check_namesakes(others, inside, has_output=output is not None)):
        return Result((), found)
    store = Store.of(project.root)
    form = variant.name
    receipt = Receipt(store, project, inside, languages, output, standard, variant.key)
    if (before := receipt.result()) is not None:
        seconds = round(time.perf_counter() - start, 3)
        return Result(
            tuple(replace(each, seconds=seconds) for each in before.outputs), before.diagnostics
        )

    with _workshops(project, inside, standard, store, jobs, output, variant) as workshop:
        return _build(project, inside, languages, output, form, receipt, workshop, progress)


def _build(
    project: DiskProject,
    folder: str,
    languages: Sequence[str],
    output: str | Path | None,
    form: str,
    receipt: Receipt,
    workshop: Callable[[str], Workshop],
    progress: Progress | None,
) -> Result:
    from mgi_report.content.loading.load import read_facts

    project.begin()
    facts = read_facts(project, folder)
    receipt.note()
    if facts.value is None:
        return Result(diagnostics=facts.diagnostics)
    outputs: list[Output] = []
    paths: list[Path] = []
    diagnostics: list[Diagnostic] = []
    chosen, unknown = _languages(facts.value.languages, languages, facts.value.span)
    diagnostics += unknown if chosen else (*facts.diagnostics, *unknown)
    for lang in chosen:
        start = time.perf_counter()
        made = workshop(lang).make(progress)
        receipt.note()
        diagnostics += made.diagnostics
        if made.volume is None or has_errors(made.diagnostics):
            continue
        telling(progress, facts.value.id, lang)("write")
        files = {form: made.volume}
        if made.volume.cover:
            files[f"{form}-cover"] = made.volume.cover
        for name, volume in files.items():
            path = output_path(project, facts.value.id, lang, output, name)
            if failed := _write(path, volume.pdf):
                diagnostics.append(failed)
                continue
            is_first = volume is made.volume
            paths.append(path)
            outputs.append(
                Output(
                    profile=facts.value.id,
                    lang=lang,
                    variant=name,
                    path=shown(path),
                    pages=volume.pages,
                    sections=volume.sections,
                    seconds=round(time.perf_counter() - start, 3),
                    retypeset=made.retypeset if is_first else (),
                    furniture=made.furniture if is_first else None,
                )
            )
    result = Result(tuple(outputs), each_once(diagnostics))
    receipt.keep(result, paths)
    return result


def check(
    folder: str | Path,
    *,
    languages: Sequence[str] = (),
    standard: str = "ua1+3a",
    variant: Variant = SCREEN,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Result:
    """Find all that is wrong with a profile's content and with its PDFs; write nothing."""
    judged = volumes(
        folder,
        languages=languages,
        standard=standard,
        variant=variant,
        jobs=jobs,
        progress=progress,
    )
    return Result((), judged.diagnostics)


def volumes(
    folder: str | Path,
    *,
    languages: Sequence[str] = (),
    standard: str = "ua1+3a",
    variant: Variant = SCREEN,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Outcome[tuple[Made, ...]]:
    """Make the volumes of a profile, one for each language, and judge them; write nothing."""
    project, inside = open_project(Path(folder))
    store = Store.of(project.root, writes=False)
    with _workshops(project, inside, standard, store, jobs, None, variant) as workshop:
        for_press = variant.is_for_press
        return _volumes(
            project, inside, languages, standard, workshop, progress, is_for_press=for_press
        )


def _volumes(
    project: DiskProject,
    folder: str,
    languages: Sequence[str],
    standard: str,
    workshop: Callable[[str], Workshop],
    progress: Progress | None,
    *,
    is_for_press: bool,
) -> Outcome[tuple[Made, ...]]:
    from mgi_report.checks.audit import conforms
    from mgi_report.checks.covers import cover_flaws
    from mgi_report.content.loading.load import read_facts
    from mgi_report.content.loading.questions_left import check_questions
    from mgi_report.content.loading.registration import check_registration
    from mgi_report.mending import style_of
    from mgi_report.pages.model import Conformance

    facts = read_facts(project, folder)
    if facts.value is None:
        return Outcome((), facts.diagnostics)
    chosen, unknown = _languages(facts.value.languages, languages, facts.value.span)
    found: list[Made] = []
    diagnostics = [*unknown] if chosen else [*facts.diagnostics, *unknown]
    diagnostics += check_namesakes(DiskProject(project.root), folder, has_output=False)
    diagnostics += check_numbers(DiskProject(project.root), folder)
    diagnostics += check_registration(project, folder)
    diagnostics += check_questions(project, folder, chosen)
    for lang in chosen:
        made = workshop(lang).make(progress)
        found.append(made)
        diagnostics += made.diagnostics
        if made.profile is not None:
            style = style_of(project, folder, lang)
            diagnostics += (*(each.told() for each in style.value), *style.diagnostics)
        if made.volume is not None and made.leaves and not is_for_press:
            told = {each.message for each in made.diagnostics}
            diagnostics += cover_flaws(made.leaves, _front(project, facts.value), facts.value, told)
        if made.volume is not None and not is_for_press:
            telling(progress, facts.value.id, lang)("6 audit", standard)
            diagnostics += conforms(made.volume.pdf, Conformance(standard))
    return Outcome(tuple(found), each_once(diagnostics))


def _front(project: Project, facts: Facts) -> str:
    """Name the section that is the front of the cover; empty where the layout names none."""
    from mgi_report.layout.reading import read_layout

    layout = read_layout(project, facts.layout).value
    return layout.press.front if layout and layout.press else ""


def unread(made: Made) -> Iterator[Diagnostic]:
    """Find texts that cannot be read out of a volume's PDF as they were written."""
    from mgi_report.checks.heard import heard

    if made.volume:
        sections = [section.id for section in made.volume.sections]
        said = dict(zip(sections, heard(made.volume.pdf), strict=False))
        yield from misread(made, said, sections, "the PDF")


def misread(
    made: Made, said: Mapping[str, str], sections: Iterable[str], what: str
) -> Iterator[Diagnostic]:
    """Find texts that a file, read by section, does not say as they were written.

    `sections` are those that it should have; `what` says which file: "the HTML".
    """
    from mgi_report.checks.extraction import unlike

    if made.profile:
        yield from unlike(said, sections, made.profile, what)


@contextmanager
def _workshops(
    project: DiskProject,
    folder: str,
    standard: str,
    store: Store,
    jobs: int | None,
    output: str | Path | None,
    variant: Variant,
) -> Iterator[Callable[[str], Workshop]]:
    """Give what makes a workshop for a language; all have the same workers."""
    from mgi_report.pages.typesetting.crew import crew_ahead

    # Workers load what they need while this process loads the rest.
    with crew_ahead(jobs) as crew:
        from mgi_report.workshop import Workshop

        yield lambda lang: Workshop.of(
            project,
            folder,
            lang,
            standard=standard,
            store=store,
            jobs=jobs,
            crew=crew,
            destination=str(Path(output).absolute()) if output else "",
            variant=variant,
        )


def make(
    project: Project,
    folder: str,
    lang: str,
    *,
    standard: str = "ua1+3a",
    variant: Variant = SCREEN,
    progress: Progress | None = None,
) -> Made:
    """Go through the six steps for one language; nothing is written or kept."""
    from mgi_report.workshop import Workshop

    workshop = Workshop.of(project, folder, lang, standard=standard, variant=variant)
    return workshop.make(progress)


def output_path(
    project: DiskProject,
    profile: str,
    lang: str,
    output: str | Path | None,
    variant: str = SCREEN.name,
) -> Path:
    """Give where a volume's PDF is written."""
    folder = Path(output) if output else project.root / "build" / profile / lang
    form = "" if variant == SCREEN.name else f"-{variant}"
    return folder.absolute() / f"{profile}-{lang}{form}.pdf"


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


def _write(path: Path, pdf: bytes) -> Diagnostic | None:
    """Write a PDF that differs from the one that is there; say why where it cannot be."""
    try:
        if digest_of_disk(path) != digest_of(pdf):
            write_whole(path, pdf)
    except OSError as error:
        return _not_written(path, error)
    return None


def _not_written(path: Path, error: OSError) -> Diagnostic:
    return Diagnostic(
        Rule.PDF_IS_WRITTEN,
        f"The PDF cannot be written: {error.strerror}.",
        Span(str(path)),
        "Look whether the folder can be written to and the disk has room; what was there is "
        "still there.",
    )
