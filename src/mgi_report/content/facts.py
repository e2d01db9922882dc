"""The vocabulary of the publication's facts, as profile.yml gives them in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mgi_report.content.cover import Cover
from mgi_report.content.press import PressWish
from mgi_report.diagnostics import Span


@dataclass(frozen=True, slots=True)
class ReliefWeb:
    """What ReliefWeb is told, by its own numbers."""

    source: tuple[int, ...]
    country: tuple[int, ...]
    """The main one first."""
    format: int
    languages: Mapping[str, int]
    """By BCP 47 tag."""
    theme: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """How the profile is published, as far as it is known."""

    date: str = ""
    """ISO 8601: "2021-11-30", "2021-11" or "2021"."""
    address: str = ""
    """Of its page on the web."""
    files: str = ""
    """The folder on the web that its files are put into."""
    abstract: str = ""
    reliefweb: ReliefWeb | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of the publication, profile.yml."""

    id: str
    """Also the folder's name: "mali-2021"."""
    layout: str
    """Its name; `layout_span` is where profile.yml names it."""
    code: str
    """ISO 3166-1, three letters: "MLI"."""
    name: str
    """The territory's short name in the profile's language: "Mali"."""
    long_name: str
    """"Republic of Mali"."""
    level: str
    """One of the layout's: national, state or local."""
    edition: str
    """One of the layout's: first or follow-up."""
    number: int
    """1 for a first profile, 2 for a second."""
    year: int
    assessment: str
    """ISO month up to which facts were gathered: "2021-09"."""
    languages: tuple[str, ...]
    """BCP 47 tags, the original first."""
    authors: tuple[str, ...]
    in_text: str = ""
    """The long name as it stands in a sentence: "the Republic of Mali"."""
    of: str = ""
    """The short name behind "of": "du Mali"."""
    names: tuple[str, ...] = ()
    """The territory's short and full names in all languages."""
    region: str = ""
    """Where the portal finds it: "Western Africa"."""
    regions: Mapping[str, str] = field(default_factory=dict)
    """The same by BCP 47 tag, as far as it is given."""
    slug: str = ""
    """Its name in the portal's addresses."""
    keywords: tuple[str, ...] = ()
    title: str = ""
    """This, `subject` and `rights` are for catalogues."""
    subject: str = ""
    rights: str = ""
    previous_year: int | None = None
    previous_address: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    """isbn-pdf, isbn-print, issn, reference, doi."""
    release: Release = field(default_factory=Release)
    is_for_press: bool = False
    """Made for a press: the cover has the number of the printed edition."""
    status: frozenset[str] = frozenset()
    """The flags that are set: "demonstration"."""
    sections: Mapping[str, bool] = field(default_factory=dict)
    """Optional sections: whether the profile has them."""
    cover: Cover = field(default_factory=Cover)
    press: PressWish = field(default_factory=PressWish)
    """What the printer asks for."""
    options: Mapping[str, bool | str | int] = field(default_factory=dict)
    """Options of the layout that the profile sets."""
    span: Span = Span("profile.yml")
    layout_span: Span | None = None
    slug_span: Span | None = None
    """Where the slug stands, or the id that stands for it."""
