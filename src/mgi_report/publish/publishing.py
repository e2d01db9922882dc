"""Publishes a profile: judges it, makes all that it is published as, and writes one bundle."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from posixpath import basename
from types import MappingProxyType

from mgi_report.content.files import names_in, read_text
from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span, each_once, has_errors
from mgi_report.layout.reading import read_layout
from mgi_report.making import Made
from mgi_report.pages.model import Conformance
from mgi_report.progress import Progress
from mgi_report.project import DiskProject, Project, open_project, shown
from mgi_report.publish.bag import bag, zipped
from mgi_report.publish.editions import edition_of, payload_of
from mgi_report.publish.gate import gate, reread
from mgi_report.publish.model import File, Publication
from mgi_report.publish.naming import in_language, name_of
from mgi_report.publish.pressing import pressed
from mgi_report.publish.records import records_of
from mgi_report.publish.telling import report_of
from mgi_report.results import Output, Result
from mgi_report.version import VERSION
from mgi_report.writing import finish_folders, replace_folder

_STANDARD = Conformance.UA1_A3A
"""What the published PDF keeps."""


def publish(
    folder: Path,
    *,
    output: Path | None = None,
    allowed: Collection[Rule] = (),
    progress: Progress | None = None,
) -> Result:
    """Make the bundle of a profile: a folder, which is a bag, and its zip.

    Both are written whole, or not at all where anything is wrong that is not `allowed`. `output` is
    the folder that they are put into, build/<profile>/publish of the project when None.
    """
    start = time.perf_counter()
    project, inside = open_project(folder)
    place = (output or project.root / "build" / basename(inside) / "publish").absolute()
    try:
        finish_folders(place)
    except OSError as error:
        return Result((), (_not_written(place, error),))
    passed = gate(folder, allowed=allowed, progress=progress)
    if not passed.value or any(each.volume is None for each in passed.value):
        return Result((), passed.diagnostics)
    press = pressed(folder, allowed=allowed, progress=progress)
    found = _with_press(passed.diagnostics, press.diagnostics)
    if has_errors(found):
        return Result((), found)
    doubts = {Rule.CONFORMANCE_IS_JUDGED, Rule.PDF_CONFORMS}
    is_sure = doubts.isdisjoint(each.rule for each in found)
    publication = publication_of(passed.value, project, _STANDARD if is_sure else None, press.value)
    found = each_once([*found, *reread(passed.value, publication, allowed=allowed)])
    if has_errors(found):
        return Result((), found)
    files = files_of(publication, found)
    packed = bag(payload_of(files), _info(publication))
    path, archive = place / publication.name, f"{publication.name}.zip"
    try:
        replace_folder(path, packed, {archive: zipped(publication.name, packed)})
    except OSError as error:
        return Result((), (*found, _not_written(path, error)))
    found = (*found, *_older(place, publication))
    outputs = _outputs(passed.value, publication, path, time.perf_counter() - start)
    return Result(outputs, found, (shown(path), shown(place / archive)))


def _with_press(
    screen: Sequence[Diagnostic], press: Sequence[Diagnostic]
) -> tuple[Diagnostic, ...]:
    """Add what a press asks for to what was told of the screen, each message once."""
    told = {(each.message, each.span and each.span.file) for each in screen}
    return each_once(
        [*screen, *(e for e in press if (e.message, e.span and e.span.file) not in told)]
    )


def publication_of(
    volumes: Sequence[Made],
    project: Project,
    conformance: Conformance | None,
    press: Mapping[str, Mapping[str, bytes]] = MappingProxyType({}),
) -> Publication:
    """Gather all editions of a profile, the original first.

    `conformance` is what was judged; `press` gives PDFs for the press, by language and kind.
    """
    original = volumes[0].profile
    assert original is not None
    layout = read_layout(project, original.facts.layout).value
    assert layout is not None, "the volumes are made in it"
    editions = []
    for made in volumes:
        assert made.profile is not None
        lang, reference = made.profile.lang, made.profile.facts.identifiers.get("reference", "")
        plain = name_of(original.facts, original.labels, reference)
        name = in_language(plain, lang, original.lang)
        of_press = press.get(lang, {})
        editions.append(edition_of(made, name, project, layout, conformance, of_press))
    return Publication(
        editions=tuple(editions),
        producer=f"mgi-report {VERSION}",
        date=project.date(),
    )


def files_of(publication: Publication, found: Sequence[Diagnostic]) -> tuple[File, ...]:
    """Give all files of the bundle; `found` is what the gate let through."""
    made = [file for edition in publication.editions for file in edition.files]
    made += records_of(publication)
    return (*made, report_of(publication, made, found))


def _info(publication: Publication) -> list[tuple[str, str]]:
    """Say in bag-info.txt what the bag is (RFC 8493, 2.2.2)."""
    facts = publication.facts
    said = [
        ("Bag-Software-Agent", publication.producer),
        ("Bagging-Date", (publication.date or "")[:10]),
        ("External-Description", publication.original.title),
        ("External-Identifier", facts.identifiers.get("reference", facts.id)),
        (_SENDERS, facts.id),
        ("Source-Organization", publication.publisher),
    ]
    return [(key, text) for key, text in said if text]


_SENDERS = "Internal-Sender-Identifier"


def _older(place: Path, publication: Publication) -> Iterator[Diagnostic]:
    """Tell of bundles of the same profile that had another name, and so are still there."""
    bundles = DiskProject(place)
    for name in names_in(bundles, ""):
        said = (read_text(bundles, f"{name}/bag-info.txt").value or "").splitlines()
        if name != publication.name and f"{_SENDERS}: {publication.facts.id}" in said:
            yield Diagnostic(
                Rule.BUNDLE_IS_WRITTEN,
                f'An older bundle of this profile, "{name}", lies beside the new one.',
                Span(shown(place / name)),
                "Its name was another one then. Take it and its zip away, so that nobody sends it.",
                Severity.WARNING,
            )


def _outputs(
    volumes: Sequence[Made], publication: Publication, path: Path, seconds: float
) -> tuple[Output, ...]:
    return tuple(
        Output(
            profile=edition.facts.id,
            lang=edition.lang,
            variant="screen",
            path=shown(path / "data" / edition.pdf.path),
            pages=edition.pdf.pages or 0,
            sections=made.volume.sections if made.volume else (),
            seconds=round(seconds, 3),
        )
        for made, edition in zip(volumes, publication.editions, strict=True)
    )


def _not_written(path: Path, error: OSError) -> Diagnostic:
    return Diagnostic(
        Rule.BUNDLE_IS_WRITTEN,
        f"The bundle cannot be written: {error.strerror}.",
        Span(str(path)),
        "Look whether the folder can be written to and the disk has room; what was there is "
        "still there.",
    )
