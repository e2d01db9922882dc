"""What the portal shows: a profile in one language, with its PDF."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from mgi_report.content.facts import Facts
from mgi_report.content.model import Profile
from mgi_report.pages.composing.web import WebComposer


@dataclass(frozen=True, slots=True)
class Common:
    """What profiles in one layout and language share: lists and style sheets are made of it."""

    profile: Profile
    """Facts and shared texts, nothing of the profile's own."""
    composer: WebComposer


@dataclass(frozen=True, slots=True)
class Entry:
    """A profile in one language."""

    profile: Profile
    """With variables, notes and citations resolved."""
    composer: WebComposer
    common: Common
    layout: str
    """Name of its layout."""
    pdf: bytes
    pages: int
    """How many the PDF has; 0 where there is none yet."""
    is_country: bool = False
    """The country's code alone says of which territory it is."""

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


def earlier_of(entry: Entry, entries: Sequence[Entry]) -> Entry | None:
    """Give the profile that profile.yml names as the one before by its year, if it is there."""
    return _in_language(
        entry.lang,
        [
            other
            for other in entries
            if other.facts.year == entry.facts.previous_year and is_of_same_territory(other, entry)
        ],
    )


def later_of(entry: Entry, entries: Sequence[Entry]) -> Entry | None:
    """Give the profile whose profile.yml names this one as the one before."""
    return _in_language(
        entry.lang,
        [
            other
            for other in entries
            if other.facts.previous_year == entry.facts.year and is_of_same_territory(other, entry)
        ],
    )


def is_of_same_territory(one: Entry, other: Entry) -> bool:
    """Say whether two profiles are of one country, or of one place of it."""
    return are_of_one_territory(one.facts, other.facts, is_country=one.is_country)


def are_of_one_territory(mine: Facts, its: Facts, *, is_country: bool) -> bool:
    """Say whether two profiles are of one country, or of one place of it.

    A country has its code; of places a name in any language is the same.
    """
    if (mine.code, mine.level) != (its.code, its.level):
        return False
    return is_country or not set(map(plain, mine.names)).isdisjoint(map(plain, its.names))


def plain(name: str) -> str:
    """Give a name without accents and capitals: "Côte d’Ivoire" and "COTE D'IVOIRE" are one."""
    apart = unicodedata.normalize("NFKD", name.replace("’", "'")).casefold()
    return " ".join("".join(each for each in apart if not unicodedata.combining(each)).split())


def _in_language(lang: str, alike: Sequence[Entry]) -> Entry | None:
    """Choose the one in a language; where there is none, the one in its own original."""
    in_order = sorted(
        alike, key=lambda each: (each.lang != lang, each.lang != each.facts.languages[0])
    )
    return in_order[0] if in_order else None
