"""What stands in profile.yml, sources.yml and the shared files.

The string under a field is its description, in the editor's JSON Schema too. labels.yml is
read by `content.loading.labels`.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from mgi_report.content.completion import AlsoWritten
from mgi_report.content.forms import (
    Address,
    Country,
    CoverThickness,
    CslType,
    Date,
    Doi,
    Isbn,
    Issn,
    LanguageTag,
    LeafThickness,
    Millimetres,
    Month,
    Name,
    Number,
    ReferenceNumber,
    Signature,
    SourceKey,
    Words,
    YesNo,
)
from mgi_report.content.validate import ANY_LANGUAGE, YamlModel

PerLanguage: TypeAlias = dict[LanguageTag, Words]
"""A text in each language: {en: Mali, fr: Mali}."""


def _for_any(kind: type) -> BeforeValidator:
    """Let a value stand for all languages where it is of a kind, and no mapping of languages."""
    return BeforeValidator(
        lambda value: {ANY_LANGUAGE: value} if isinstance(value, kind) else value
    )


Authors = Annotated[
    dict[LanguageTag, Annotated[list[Words], Field(min_length=1)]],
    Field(min_length=1),
    _for_any(list),
    AlsoWritten(),
]
Addresses = Annotated[dict[LanguageTag, Address], _for_any(str), AlsoWritten()]

# --- profile.yml ----------------------------------------------------------------------------


class Territory(YamlModel):
    """The country, state or city that the profile is about."""

    code: Country
    """ISO 3166-1 code of the country, three capitals: MLI."""
    name: PerLanguage
    """Short name in each language of the profile: Mali."""
    long_name: PerLanguage
    """Full name in each language of the profile: Republic of Mali."""
    in_text: dict[LanguageTag, Words] = {}
    """Full name as it stands in a sentence, with its article: the Republic of Mali."""
    of: dict[LanguageTag, Words] = {}
    """Short name behind "of", as far as a language's texts print it: du Mali."""
    region: dict[LanguageTag, Words] = {}
    """Part of the world, or of the country, by which the portal finds it: Western Africa."""


class Previous(YamlModel):
    """The profile before this one."""

    year: Annotated[Number, Field(ge=2015)]
    """Year of its publication: 2018."""
    address: Annotated[Addresses, Field(min_length=1)]
    """Where it can be read, the same for all languages or an address for each."""


class Identifiers(YamlModel):
    """Numbers under which the publication is registered. Each is also a flag for `when=`."""

    isbn_pdf: Annotated[dict[LanguageTag, Isbn], _for_any(str), AlsoWritten()] = {}
    """ISBN of the PDF: 978-92-9268-001-5; each language has its own: {en: …, fr: …}."""
    isbn_print: Annotated[dict[LanguageTag, Isbn], _for_any(str), AlsoWritten()] = {}
    """ISBN of the printed edition, in each language."""
    issn: Annotated[dict[LanguageTag, Issn], _for_any(str), AlsoWritten()] = {}
    """ISSN, if it appears in a series."""
    reference: Annotated[dict[LanguageTag, ReferenceNumber], _for_any(str), AlsoWritten()] = {}
    """Reference number of the IOM Publications Unit, in each language: PUB2021/123/EL."""
    doi: Annotated[dict[LanguageTag, Doi], _for_any(str), AlsoWritten()] = {}
    """DOI, without https://doi.org/, in each language."""


class ReliefWebEntry(YamlModel):
    """What ReliefWeb, which catalogues by numbers, is told; its API lists them."""

    source: Annotated[list[Number], Field(min_length=1)]
    """Numbers of those who publish it: https://api.reliefweb.int/v2/sources."""
    country: Annotated[list[Number], Field(min_length=1)]
    """Numbers of the countries, the main one first: https://api.reliefweb.int/v2/countries."""
    format: Number
    """Number of what it is: https://api.reliefweb.int/v2/references/content-formats."""
    language: dict[LanguageTag, Number]
    """Number of each language of the profile: https://api.reliefweb.int/v2/references/languages."""
    theme: list[Number] = []
    """Numbers of themes: https://api.reliefweb.int/v2/references/themes."""


class PublicationEntry(YamlModel):
    """How the profile is published, for catalogues. What is not known yet stays out."""

    date: Date | None = None
    """When it is published: 2021-11-30."""
    address: Addresses = {}
    """Where its page is, the same for all languages or an address for each."""
    files: Address | None = None
    """The folder on the web that its files are put into: https://example.org/files/."""
    abstract: dict[LanguageTag, Words] = {}
    """The abstract in each language, if not the text of the layout's section for it."""
    reliefweb: ReliefWebEntry | None = None
    """What ReliefWeb is told."""


class Status(YamlModel):
    """Flags that open or close parts of the content (`when=`, `unless=`)."""

    demonstration: YesNo = False
    """Made to show the program; not a publication of IOM."""
    confidential: YesNo = False
    """May not be passed on."""
    unedited: YesNo = False
    """Issued without formal editing."""
    not_approved_by_publications: YesNo = False
    """Issued without the approval of the IOM Publications Unit."""
    not_endorsed_by_research: YesNo = False
    """Issued without the endorsement of the IOM Research Unit."""
    in_preparation: YesNo = False
    """Not published yet: the portal leaves it out."""


class PictureFile(YamlModel):
    """A picture of the cover, or a logo."""

    path: Words
    """PNG, JPEG or SVG file, by its path from the profile's folder: pictures/bamako.jpg."""
    alt: PerLanguage
    """What it shows, in each language, for those who cannot see it."""
    credit: str = ""
    """Who made it: © IOM 2021/Amanda NERO."""


class CoverFacts(YamlModel):
    """What the cover shows beside its words."""

    photograph: PictureFile | None = None
    """A photograph of the territory."""
    logos: list[PictureFile] = []
    """Logos of partners, in order."""


class PaperFacts(YamlModel):
    """The paper that a profile is printed on."""

    leaf: LeafThickness | None = None
    """How thick a leaf of the block is: 0.1."""
    cover: CoverThickness | None = None
    """How thick the cover is: 0.25."""


class PressFacts(YamlModel):
    """What the printer of this profile asks for, where it differs from the layout's."""

    bleed: Millimetres | None = None
    """How far what runs off the page is printed beyond the trim, in millimetres: 3."""
    signature: Signature | None = None
    """The block has a multiple of so many pages: 16."""
    paper: PaperFacts = PaperFacts()
    """How thick the paper is, in millimetres; the spine is as wide as all leaves and two covers."""
    profile: Words | None = None
    """The printer's ICC profile, by its path from the profile's folder: press/printer.icc."""


class ProfileFile(YamlModel):
    """profile.yml: the facts of the publication."""

    id: Name
    """The profile's name, also that of its folder: mali-2021."""
    slug: Name | None = None
    """Its name in the portal's addresses, its id if nothing is given: mali."""
    layout: Name = "mgi"
    """The layout that it is set in."""
    territory: Territory
    level: Name
    """One that the layout has: national, state or local."""
    edition: Name
    """One that the layout has: first or follow-up."""
    number: Annotated[Number, Field(ge=1, le=20)]
    """1 for a first profile, 2 for a second."""
    year: Annotated[Number, Field(ge=2015, le=2100)]
    """Year of publication: 2021."""
    assessment: Month
    """The month up to which facts were gathered: 2021-09."""
    previous: Previous | None = None
    """The profile before this one, where the edition has one."""
    languages: Annotated[list[LanguageTag], Field(min_length=1)]
    """The languages that it appears in, the original first: [en, fr]."""
    authors: Authors
    """Who made it: the bodies that publish it, the same for all languages or a list for each."""
    keywords: dict[LanguageTag, list[Words]] = {}
    """Keywords in each language, for catalogues."""
    title: dict[LanguageTag, Words] = {}
    """What the PDF calls itself in each language, if not by series, territory, edition and year."""
    subject: dict[LanguageTag, Words] = {}
    """What the PDF says it is, in each language; without it, much as the title."""
    rights: dict[LanguageTag, Words] = {}
    """Whose it is and what may be done with it, in each language."""
    identifiers: Identifiers = Identifiers()
    publication: PublicationEntry = PublicationEntry()
    status: Status = Status()
    sections: dict[str, YesNo] = {}
    """Optional sections of the layout: whether the profile has them."""
    cover: CoverFacts = CoverFacts()
    press: PressFacts = PressFacts()
    options: dict[str, str] = {}
    """Options of the layout."""


# --- sources.yml ----------------------------------------------------------------------------


class Author(YamlModel):
    """An author: a body, or a person."""

    literal: Words | None = None
    """Name of a body: Government of Mali."""
    family: Words | None = None
    """A person's family name."""
    given: Words | None = None
    """A person's given names."""


class Reference(YamlModel):
    """A source, as CSL-YAML has it (https://docs.citationstyles.org/en/stable/specification.html)."""

    id: SourceKey
    """How it is cited: health-insurance-2009."""
    type: CslType = "document"
    """CSL type: legislation, report, book, webpage, dataset, treaty, article …"""
    author: Annotated[list[Author], Field(min_length=1)]
    """Who is responsible for it."""
    issued: Date | None = None
    """When it appeared: 2009 or 2009-06-26; without it n.d. is printed."""
    title: Words
    """Its title; inline Markdown is understood."""
    language: LanguageTag | None = None
    """The title's language, if it is not the profile's."""
    original_title: str = ""
    """Its title in the original, printed in parentheses."""
    original_language: LanguageTag | None = None
    """The language of original-title."""
    edition: str = ""
    """As printed: 20th edition."""
    number: str = ""
    """As printed: A/AC.96/1209."""
    publisher: str = ""
    publisher_place: str = ""
    """As printed: Vienna and Dakar."""
    note: str = ""
    """More of the entry, printed after the title."""
    url: Annotated[Address | None, Field(alias="URL")] = None
    """Where it can be read."""
    accessed: Date | None = None
    """When it was last read there: 2021-04-01."""
    medium: Literal["not-online"] | None = None
    """`not-online` prints "Not available online."."""
    consulted: YesNo = False
    """true: read for the assessment, and named nowhere in the text."""


class SourceWords(YamlModel):
    """What a source of sources.yml is called in another language; what is left out is the same."""

    id: SourceKey
    """That of the source in the profile's sources.yml."""
    author: Annotated[list[Author] | None, Field(min_length=1)] = None
    """Who is responsible for it, as the language calls them."""
    title: Words | None = None
    """Its title; where it is given, the other title of sources.yml is not printed."""
    language: LanguageTag | None = None
    """The title's language, if it is not that of the translation."""
    original_title: str = ""
    """Its title in the original, printed in parentheses."""
    original_language: LanguageTag | None = None
    """The language of original-title."""
    edition: str = ""
    number: str = ""
    publisher: str = ""
    publisher_place: str = ""
    note: str = ""


class SourceWordsFile(YamlModel):
    """<language>/sources.yml: the words of a translation, laid over sources.yml."""

    references: list[SourceWords] = []


class SourcesFile(YamlModel):
    """sources.yml: the key sources. Letters (2019a, 2019b) follow the order of this file."""

    references: list[Reference] = []


# --- Shared files ---------------------------------------------------------------------------


class DomainEntry(YamlModel):
    """A domain of migration governance."""

    id: Name
    """migrants-rights"""
    name: Words
    """Short name: Migrants’ rights."""
    title: Words
    """The MiGOF's wording, the title of its chapter."""
    looks_at: Annotated[dict[Name, Words], Field(min_length=1)]
    """What its indicators look at, for each level: {national: …, local: …}."""


class DomainsFile(YamlModel):
    """domains.yml: the domains, in order."""

    domains: Annotated[list[DomainEntry], Field(min_length=1)]
