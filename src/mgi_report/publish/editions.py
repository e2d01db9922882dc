"""Gathers what is published in one language: the facts for catalogues, and the files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from mgi_report.content.facts import Facts
from mgi_report.content.words import Language
from mgi_report.layout.model import Layout
from mgi_report.making import Made
from mgi_report.pages.model import Conformance
from mgi_report.project import Project
from mgi_report.publish.covers import LARGE, covers
from mgi_report.publish.measures import pages_of
from mgi_report.publish.model import Edition, Entry, File
from mgi_report.publish.text.book import Book, book_of
from mgi_report.publish.text.epub import epub
from mgi_report.publish.text.html import page
from mgi_report.publish.text.style import reading_style

PRESS, PRESS_COVER = "press", "press-cover"
"""What is printed: the block of pages, and the sheet that is put around it."""
_PRESS_NAMES = {PRESS: "print", PRESS_COVER: "print-cover"}


def edition_of(
    made: Made,
    name: str,
    project: Project,
    layout: Layout,
    conformance: Conformance | None,
    press: Mapping[str, bytes] = MappingProxyType({}),
) -> Edition:
    """Make what is published in one language; `name` is that of its files.

    `press` are PDFs for the press by what they are: `PRESS`, `PRESS_COVER`.
    """
    profile, volume = made.profile, made.volume
    assert profile is not None
    assert volume is not None
    facts = profile.facts
    fonts = {font.path: project.read(font.path) or b"" for font in layout.fonts}
    book = book_of(made, layout, reading_style(project, layout, profile.folder), fonts)
    listed = {spec.id for spec in layout.sections if spec.contents != "none"}
    return Edition(
        lang=profile.lang,
        direction=book.direction,
        name=name,
        language=profile.languages.get(profile.lang, Language()).name or profile.lang,
        title=profile.title,
        series=profile.labels["series"],
        cover=profile.labels["cover"],
        subject=profile.subject,
        abstract=facts.release.abstract or book.abstract,
        contents=tuple(
            Entry(each.title, each.folio) for each in volume.sections if each.id in listed
        ),
        facts=facts,
        conformance=conformance,
        files=(
            *_files(name, volume.pdf, book, _moment(project, facts)),
            *(_press(name, kind, content) for kind, content in sorted(press.items())),
        ),
        sections=tuple(part.id for part in book.parts),
    )


def _moment(project: Project, facts: Facts) -> str:
    """Give the time that a book was changed, which EPUB asks for: not the clock's."""
    year, month, day = (*(facts.release.date or str(facts.year)).split("-"), "01", "01")[:3]
    return project.date() or f"{year}-{month}-{day}T00:00:00Z"


def payload_of(files: Iterable[File]) -> dict[str, bytes]:
    """Give the content of files by their path in the bundle."""
    return {each.path: each.content for each in files}


def _press(name: str, kind: str, content: bytes) -> File:
    path = f"press/{name}-{_PRESS_NAMES[kind]}.pdf"
    return File(path, content, "application/pdf", kind, pages_of(content))


def _files(name: str, pdf: bytes, book: Book, modified: str) -> Iterator[File]:
    yield File(f"{name}.pdf", pdf, "application/pdf", "screen", pages_of(pdf))
    drawn = list(covers(name, pdf))
    cover = next(each.content for each in drawn if each.kind == f"cover-{LARGE}")
    content = epub(book, name, cover, modified)
    yield File(f"{name}.epub", content, "application/epub+zip", "epub")
    yield File(f"{name}.html", page(book), "text/html", "html")
    yield from drawn
