"""The order of the six steps: load, resolve, compose, typeset, bind, audit.

Nothing else knows it. Each step is called with what the one before it gave, and all that any of
them found is reported together.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mgi_report.content.load import load, read_facts
from mgi_report.content.model import Profile
from mgi_report.content.resolve import resolve
from mgi_report.diagnostics import Diagnostic, Rule, Span, has_errors
from mgi_report.layout import Layout, SectionSpec, read_layout
from mgi_report.pages.compose import Composer
from mgi_report.pages.model import (
    Attachment,
    BoundSection,
    Conformance,
    Furniture,
    Leaf,
    Metadata,
    Pages,
    Section,
    Volume,
)
from mgi_report.project import DiskProject, Project, open_project, shown, write_whole
from mgi_report.version import VERSION

MOST_ROUNDS = 4
"""How often sections that print page numbers are made again before the build gives up."""

COLOUR_PROFILE = "assets/colour/sRGB2014.icc"
"""The ICC profile of sRGB, which colours on the pages are in."""

Progress = Callable[[str], None]
"""Is told what the build is at: "en: 4 typeset safe-migration"."""


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
            _tell(progress, f"{lang}: 6 judge by {standard}")
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
    facts = read_facts(project, folder)
    if facts.value is None:
        return Made(diagnostics=facts.diagnostics)
    layout = read_layout(project, facts.value.layout)
    found = [*facts.diagnostics, *layout.diagnostics]
    if layout.value is None:
        return Made(diagnostics=tuple(found))
    _tell(progress, f"{lang}: 1 load")
    loaded = load(project, folder, layout.value, lang)
    found += loaded.diagnostics
    if loaded.value is None:
        return Made(diagnostics=_each_once(found))
    _tell(progress, f"{lang}: 2 resolve")
    resolved = resolve(loaded.value, layout.value)
    found += resolved.diagnostics
    profile = resolved.value

    press = _Press(Composer(profile, layout.value, project), progress, lang)
    leaves, furniture = press.run()
    found += press.diagnostics
    if has_errors(found) or furniture is None:
        return Made(profile, None, _each_once(found), frozenset(press.typeset))

    from mgi_report.checks.audit import audit
    from mgi_report.pages.bind import bind

    _tell(progress, f"{lang}: 5 bind")
    bound = bind(
        leaves,
        furniture,
        metadata_of(profile, project),
        colour_profile=project.read(COLOUR_PROFILE) or b"",
        standard=Conformance(standard),
        attachments=attachments_of(profile, project),
    )
    found += bound.diagnostics
    if bound.value is not None:
        _tell(progress, f"{lang}: 6 audit")
        found += audit(bound.value.pdf)
    return Made(profile, bound.value, _each_once(found), frozenset(press.typeset))


class _Press:
    """Steps 3 and 4 for all sections, until the page numbers that they print are true."""

    def __init__(self, composer: Composer, progress: Progress | None, lang: str) -> None:
        self._composer = composer
        self._progress = progress
        self._lang = lang
        self._found: dict[str, tuple[Diagnostic, ...]] = {}
        self.typeset: set[str] = set()

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What the last making of each section found."""
        return [each for found in self._found.values() for each in found]

    def run(self) -> tuple[list[Leaf], Furniture | None]:
        """Typeset all sections; give them at their places, with what is laid over them."""
        specs = self._composer.specs
        made = {spec.id: self._make(spec) for spec in specs if not spec.folios}
        made |= {spec.id: self._make(spec) for spec in specs if spec.folios}
        if any(each is None for each in made.values()):
            return [], None
        folios = _folios(specs, made)
        for _ in range(MOST_ROUNDS):
            made |= {spec.id: self._make(spec, folios) for spec in specs if spec.folios}
            if any(each is None for each in made.values()):
                return [], None
            before, folios = folios, _folios(specs, made)
            if folios == before:
                break
        else:
            self._found["folios"] = (
                Diagnostic(
                    Rule.PAGES_SETTLE,
                    f"The page numbers did not settle in {MOST_ROUNDS} rounds.",
                    hint="A section that prints page numbers changes its length with them; "
                    "shorten its text, or give it room.",
                ),
            )
        leaves = [
            Leaf(section, pages, folios[spec.id], _furniture_of(spec, pages.count, folios[spec.id],
                                                                self._composer.number(spec)))
            for spec in specs
            for section, pages in [made[spec.id] or _never()]
        ]
        return leaves, self._make_furniture(leaves)

    def _make(
        self, spec: SectionSpec, folios: Mapping[str, int] | None = None
    ) -> tuple[Section, Pages] | None:
        _tell(self._progress, f"{self._lang}: 3 compose {spec.id}")
        composed = self._composer.compose(spec, folios)
        self._found[spec.id] = composed.diagnostics
        if composed.value is None:
            return None
        return self._typeset(composed.value)

    def _typeset(self, section: Section) -> tuple[Section, Pages] | None:
        # Imported here: a build with nothing to typeset does not pay for WeasyPrint's start.
        from mgi_report.pages.typeset import typeset

        _tell(self._progress, f"{self._lang}: 4 typeset {section.id}")
        done = typeset(section)
        self._found[section.id] = (*self._found.get(section.id, ()), *done.diagnostics)
        self.typeset.add(section.id)
        return None if done.value is None else (section, done.value)

    def _make_furniture(self, leaves: Sequence[Leaf]) -> Furniture | None:
        names = sorted({name for leaf in leaves for page in leaf.furniture for name in page})
        composed = self._composer.furniture(names)
        self._found["furniture"] = composed.diagnostics
        made = composed.value and self._typeset(composed.value)
        self.typeset.discard("furniture")
        if not made:
            return None
        return Furniture(made[1], {name: page for page, name in enumerate(names)}, made[0])


def _folios(
    specs: Iterable[SectionSpec], made: Mapping[str, tuple[Section, Pages] | None]
) -> dict[str, int]:
    """Give each section's first page, from 1."""
    folios, at = {}, 1
    for spec in specs:
        if spec.start == "recto" and at % 2 == 0:
            at += 1
        folios[spec.id] = at
        section = made[spec.id]
        at += section[1].count if section else 1
    return folios


def _furniture_of(
    spec: SectionSpec, count: int, folio: int, number: int
) -> tuple[tuple[str, ...], ...]:
    """Name what is laid over each page of a section: "folio:12", "tabs:3", "head"."""

    def named(kind: str, page: int) -> str:
        if kind.startswith("folio"):
            return f"{kind}:{folio + page}"
        return f"{kind}:{number}" if kind == "tabs" else kind

    return tuple(
        tuple(named(kind, page) for kind in (spec.furniture_next if page else spec.furniture_first))
        for page in range(count)
    )


def metadata_of(profile: Profile, project: Project) -> Metadata:
    """Give what a profile's volume says of itself."""
    facts = profile.facts
    edition = profile.labels.get(f"editions.{facts.number}", "")
    series = profile.labels.get("series", "")
    return Metadata(
        title=f"{series} – {facts.long_name}: {edition} {facts.year}",
        lang=profile.lang,
        authors=facts.authors,
        subject=f"{series}: {facts.long_name}, {edition} {facts.year}",
        keywords=facts.keywords,
        producer=f"mgi-report {VERSION}",
        date=project.date(),
        identifiers=facts.identifiers,
    )


def attachments_of(profile: Profile, project: Project) -> tuple[Attachment, ...]:
    """Give the texts that a volume was made from, to be kept inside an archival PDF."""
    paths = [f"{profile.folder}/profile.yml", f"{profile.folder}/sources.yml"]
    paths += [document.path for document in profile.documents.values()]
    return tuple(
        Attachment(path.removeprefix("content/").replace("/", "-"), content, _media_type(path))
        for path in sorted(set(paths))
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
        Rule.FILE_EXISTS,
        f"The PDF cannot be written: {error.strerror}.",
        Span(str(path)),
        "Look whether the folder can be written to and the disk has room; what was there is "
        "still there.",
    )


def _each_once(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(dict.fromkeys(diagnostics))


def _tell(progress: Progress | None, what: str) -> None:
    if progress:
        progress(what)


def _never() -> tuple[Section, Pages]:
    message = "a section without pages was not caught"
    raise AssertionError(message)
