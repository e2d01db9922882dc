"""The order of the six steps: load, resolve, compose, typeset, bind, audit.

Nothing else knows it. Each step is called with what the one before it gave, and all that any of
them found is reported together.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import basename

from mgi_report.checks.arrival import lost
from mgi_report.content.files import barred
from mgi_report.content.load import load, read_facts
from mgi_report.content.model import Profile
from mgi_report.content.resolve import resolve
from mgi_report.diagnostics import Diagnostic, Rule, Span, has_errors
from mgi_report.layout import read_layout
from mgi_report.pages.colour import read_colour_profile
from mgi_report.pages.compose import Composer
from mgi_report.pages.model import (
    Attachment,
    BoundSection,
    Conformance,
    Metadata,
    Volume,
)
from mgi_report.pages.press import Press
from mgi_report.progress import Progress, telling
from mgi_report.project import (
    Barred,
    DiskProject,
    NoDate,
    Project,
    open_project,
    shown,
    write_whole,
)
from mgi_report.version import VERSION


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


@dataclass(frozen=True, slots=True)
class Made:
    """One language's volume, not yet written."""

    profile: Profile | None = None
    volume: Volume | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    typeset: frozenset[str] = field(default_factory=frozenset)


def build(
    folder: str | Path,
    *,
    languages: Sequence[str] = (),
    output: str | Path | None = None,
    standard: str = "ua1+3a",
    progress: Progress | None = None,
) -> Result:
    """Make the PDFs of a profile and write each of them whole, or not at all.

    `folder` is the profile's folder; `languages` are BCP 47 tags, all of the profile's when empty;
    `output` is the folder for the PDFs, build/<profile>/<language>/ of the project when None;
    `standard` is "ua1+3a" or "ua2+4f". A language in which something is wrong is not written.
    """
    project, inside = open_project(Path(folder))
    facts = read_facts(project, inside)
    if facts.value is None:
        return Result(diagnostics=facts.diagnostics)
    outputs: list[Output] = []
    diagnostics: list[Diagnostic] = []
    chosen, unknown = _languages(facts.value.languages, languages, facts.value.span)
    diagnostics += unknown
    for lang in chosen:
        start = time.perf_counter()
        made = make(project, inside, lang, standard=standard, progress=progress)
        diagnostics += made.diagnostics
        if made.volume is None or has_errors(made.diagnostics):
            continue
        path = output_path(project, facts.value.id, lang, output)
        telling(progress, facts.value.id, lang)("write")
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
    return Result(tuple(outputs), _each_once(diagnostics))


def check(
    folder: str | Path,
    *,
    languages: Sequence[str] = (),
    standard: str = "ua1+3a",
    progress: Progress | None = None,
) -> Result:
    """Find all that is wrong with a profile's content and with its PDFs; write nothing."""
    from mgi_report.checks.audit import conforms

    project, inside = open_project(Path(folder))
    facts = read_facts(project, inside)
    if facts.value is None:
        return Result(diagnostics=facts.diagnostics)
    chosen, unknown = _languages(facts.value.languages, languages, facts.value.span)
    diagnostics = list(unknown)
    for lang in chosen:
        made = make(project, inside, lang, standard=standard, progress=progress)
        diagnostics += made.diagnostics
        if made.volume is not None:
            telling(progress, facts.value.id, lang)("6 audit", standard)
            diagnostics += conforms(made.volume.pdf, Conformance(standard))
    return Result((), _each_once(diagnostics))


def make(
    project: Project,
    folder: str,
    lang: str,
    *,
    standard: str = "ua1+3a",
    progress: Progress | None = None,
) -> Made:
    """Go through the six steps for one language; nothing is written.

    Goes on after an error as far as it can, so that everything wrong is found in one run.
    """
    found: list[Diagnostic] = []
    try:
        return _make(project, folder, lang, standard, progress, found)
    except Barred as error:
        # The content says so itself; this is for the layout's files, which all sections need.
        return Made(diagnostics=_each_once([*found, barred(error)]))


def _make(
    project: Project,
    folder: str,
    lang: str,
    standard: str,
    progress: Progress | None,
    found: list[Diagnostic],
) -> Made:
    facts = read_facts(project, folder)
    found += facts.diagnostics
    if facts.value is None:
        return Made(diagnostics=tuple(found))
    layout = read_layout(project, facts.value.layout, facts.value.layout_span)
    found += layout.diagnostics
    if layout.value is None:
        return Made(diagnostics=tuple(found))
    found += _check_date(project)
    colour_profile = read_colour_profile(project)
    found += colour_profile.diagnostics
    tell = telling(progress, facts.value.id, lang)
    tell("1 load")
    loaded = load(project, folder, layout.value, lang)
    found += loaded.diagnostics
    if loaded.value is None:
        return Made(diagnostics=_each_once(found))
    tell("2 resolve")
    resolved = resolve(loaded.value, layout.value)
    found += resolved.diagnostics
    profile = resolved.value
    if any(each.rule is Rule.FILE_EXISTS for each in layout.diagnostics):
        # Each page would lack the same file, and tell of it.
        return Made(profile, diagnostics=_each_once(found))

    press = Press(Composer(profile, layout.value, project), tell)
    try:
        leaves, furniture = press.run()
    finally:
        found += press.diagnostics
    if not has_errors(found):
        found += lost(leaves)
    if has_errors(found) or furniture is None:
        return Made(profile, None, _each_once(found), frozenset(press.typeset))

    from mgi_report.checks.audit import audit
    from mgi_report.pages.bind import bind

    tell("5 bind")
    bound = bind(
        leaves,
        furniture,
        metadata_of(profile, project),
        colour_profile=colour_profile.value,
        standard=Conformance(standard),
        attachments=attachments_of(profile, project),
    )
    found += bound.diagnostics
    if bound.value is not None:
        tell("6 audit")
        found += audit(bound.value.pdf)
    return Made(profile, bound.value, _each_once(found), frozenset(press.typeset))


def metadata_of(profile: Profile, project: Project) -> Metadata:
    """Give what a profile's volume says of itself."""
    facts = profile.facts
    edition = profile.labels[f"editions.{facts.number}"]
    series = profile.labels["series"]
    return Metadata(
        title=facts.title or f"{series} – {facts.long_name}: {edition} {facts.year}",
        lang=profile.lang,
        authors=facts.authors,
        subject=facts.subject or f"{series}: {facts.long_name}, {edition} {facts.year}",
        keywords=facts.keywords,
        producer=f"mgi-report {VERSION}",
        date=project.date(),
        identifiers=facts.identifiers,
        rights=facts.rights,
    )


def attachments_of(profile: Profile, project: Project) -> tuple[Attachment, ...]:
    """Give the texts that a volume was made from, to be kept inside an archival PDF.

    These are the profile's own and shared texts that were read; not those of its other languages,
    since a volume must not depend on what was made before it.
    """
    others = {*profile.facts.languages} - {profile.lang}
    paths = [
        path
        for path, digest in project.reads.items()
        if digest
        and path.endswith((".md", ".yml"))
        and basename(path) != "layout.yml"
        and others.isdisjoint(path.split("/"))
    ]
    return tuple(
        Attachment(path.removeprefix("content/").replace("/", "-"), content, _media_type(path))
        for path in sorted(paths)
        if (content := project.read(path)) is not None
    )


def _media_type(path: str) -> str:
    return "text/markdown" if path.endswith(".md") else "application/yaml"


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
        Rule.PDF_IS_WRITTEN,
        f"The PDF cannot be written: {error.strerror}.",
        Span(str(path)),
        "Look whether the folder can be written to and the disk has room; what was there is "
        "still there.",
    )


def _check_date(project: Project) -> Iterator[Diagnostic]:
    try:
        project.date()
    except NoDate as error:
        yield Diagnostic(
            Rule.DATE_IS_VALID,
            f'The environment variable SOURCE_DATE_EPOCH is "{error.written}", which is no date.',
            hint="It is the number of seconds since 1970, such as 1640995200 for 1 January 2022; "
            "set it so, or take it away with: unset SOURCE_DATE_EPOCH",
        )


def _each_once(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(dict.fromkeys(diagnostics))
