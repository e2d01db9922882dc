"""What the portal shows: a profile in one language, with its PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mgi_report.content.facts import Facts
from mgi_report.content.model import Profile
from mgi_report.pages.composing.web import WebComposer


@dataclass(frozen=True, slots=True)
class Entry:
    """A profile in one language."""

    profile: Profile
    """With variables, notes and citations resolved."""
    composer: WebComposer
    layout: str
    """Name of its layout."""
    pdf: bytes
    pages: int
    """How many the PDF has."""

    @property
    def facts(self) -> Facts:
        """Its facts, in its language."""
        return self.profile.facts

    @property
    def lang(self) -> str:
        """Its BCP 47 tag."""
        return self.profile.lang

    @property
    def folder(self) -> str:
        """Where it lies in the site: "en/mali-2021"."""
        return f"{self.lang}/{self.facts.slug}"

    @property
    def address(self) -> str:
        """Where its page lies in the site."""
        return f"{self.folder}/index.html"

    @property
    def pdf_name(self) -> str:
        """What its PDF is called, which lies beside its page."""
        return f"{self.facts.id}-{self.lang}.pdf"

    @property
    def age(self) -> tuple[int, int]:
        """What profiles of one territory are put in order by."""
        return self.facts.year, self.facts.number


def editions_of(entry: Entry, entries: Sequence[Entry]) -> list[Entry]:
    """Give the profiles of the same territory in the same language, the earliest first."""
    facts = entry.facts
    alike = [
        other
        for other in entries
        if other.lang == entry.lang
        and (other.facts.code, other.facts.level, other.facts.name)
        == (facts.code, facts.level, facts.name)
    ]
    return sorted(alike, key=lambda other: other.age)
