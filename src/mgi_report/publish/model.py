"""The vocabulary of publishing: files that were made, and what catalogues are told of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

from mgi_report.content.facts import Facts
from mgi_report.pages.model import Conformance


@dataclass(frozen=True)
class File:
    """A file of the bundle."""

    path: str
    """In the bundle, from its payload: "pub2021-mali-mgi-second-profile.pdf"."""
    content: bytes
    media_type: str
    """"application/pdf"."""
    kind: str
    """"screen", "press", "press-cover", "epub", "html", "cover-large", "cover-medium",
    "cover-small", "record", "report"."""
    pages: int | None = None
    """How many it has, counted in the file; None where it has none."""
    size: tuple[int, int] | None = None
    """Of a picture, its width and height in pixels."""

    @cached_property
    def digest(self) -> str:
        """SHA-256 in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents."""

    title: str
    folio: int
    """Its first page, from 1."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The publication in one language."""

    lang: str
    """BCP 47 tag."""
    direction: str
    """ltr or rtl."""
    name: str
    """What its files are called: "pub2021-mali-mgi-second-profile-fr"."""
    language: str
    """What catalogues call the language, in English: "French"."""
    title: str
    series: str
    """"Migration Governance Indicators"."""
    cover: str
    """The word for its cover: "Cover"."""
    subject: str
    abstract: str
    """In plain text, paragraphs parted by an empty line; empty where there is none."""
    contents: tuple[Entry, ...]
    facts: Facts
    conformance: Conformance | None
    """What veraPDF found its PDF to keep; None where there was no veraPDF."""
    files: tuple[File, ...] = ()
    sections: tuple[str, ...] = ()
    """Ids of those that its HTML and EPUB have."""

    def file(self, kind: str) -> File | None:
        """Give its file of a kind."""
        return next((each for each in self.files if each.kind == kind), None)

    @property
    def pdf(self) -> File:
        """Its PDF for the screen."""
        found = self.file("screen")
        assert found is not None, "each edition has one"
        return found


@dataclass(frozen=True, slots=True)
class Publication:
    """A profile with all its editions, the original first."""

    editions: tuple[Edition, ...]
    producer: str
    """"mgi-report 0.1.0"."""
    date: str | None
    """Of this making, ISO 8601; None where nothing says it."""

    @property
    def original(self) -> Edition:
        """The edition that the others are translations of."""
        return self.editions[0]

    @property
    def facts(self) -> Facts:
        """The facts, in the original language."""
        return self.original.facts

    @property
    def name(self) -> str:
        """What the bundle is called."""
        return self.original.name

    @property
    def publisher(self) -> str:
        """Who publishes it: the first of its authors."""
        return self.facts.authors[0]
