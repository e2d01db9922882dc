"""What stands in profile.yml, sources.yml and the shared files.

The string under a field is its description, in the editor's JSON Schema too. labels.yml is
read by `content.loading.labels`.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import BeforeValidator, Field, model_validator

from mgi_report.content.forms import (
    Address,
    Country,
    CslType,
    Date,
    Doi,
    Isbn,
    Issn,
    LanguageTag,
    Month,
    Name,
    Number,
    SourceKey,
    Words,
    YesNo,
)
from mgi_report.content.validate import ANY_LANGUAGE, FormError, YamlModel
from mgi_report.content.words import LATIN_LETTERS, NUMBER, written

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
]
Addresses = Annotated[dict[LanguageTag, Address], Field(min_length=1), _for_any(str)]

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


class Previous(YamlModel):
    """The profile before this one."""

    year: Annotated[Number, Field(ge=2015)]
    """Year of its publication: 2018."""
    address: Addresses
    """Where it can be read, the same for all languages or an address for each."""


class Identifiers(YamlModel):
    """Numbers under which the publication is registered. Each is also a flag for `when=`."""

    isbn_pdf: Isbn | None = None
    """ISBN of the PDF: 978-92-9268-001-5."""
    isbn_print: Isbn | None = None
    """ISBN of the printed edition."""
    issn: Issn | None = None
    """ISSN, if it appears in a series."""
    reference: Words | None = None
    """Reference number of the IOM Publications Unit: PUB2021/123/EL."""
    doi: Doi | None = None
    """DOI, without https://doi.org/."""


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


class ProfileFile(YamlModel):
    """profile.yml: the facts of the publication."""

    id: Name
    """The profile's name, also that of its folder: mali-2021."""
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
    status: Status = Status()
    sections: dict[str, YesNo] = {}
    """Optional sections of the layout: whether the profile has them."""
    cover: CoverFacts = CoverFacts()
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


class TermEntry(YamlModel):
    """A word that is written in one way."""

    use: Words
    """How it is written: well-being; {number} stands where the number does: "{number}%"."""
    not_: Annotated[list[Words], Field(min_length=1)]
    """How it is not written: [wellbeing, well being]; {number} stands for any number."""
    unless: str = ""
    """Not where this word stands beside it."""

    @model_validator(mode="after")
    def _differs(self) -> Self:
        if both := [way for way in self.not_ if written(self.use, way) == way]:
            message = f'"{both[0]}" is both how the word is written and how it is not.'
            raise FormError(message, "Take it away on one of the two sides.")
        if NUMBER in self.use and not all(NUMBER in way for way in self.not_):
            message = f'"{self.use}" has a number, and what is not written has none.'
            raise FormError(message, "Write {number} in each text under not, too.")
        return self


class TermsFile(YamlModel):
    """terms.yml: words that are written in one way."""

    terms: list[TermEntry] = []


class SpellingFile(YamlModel):
    """spelling.yml: how names are compared."""

    links: list[Words] = []
    """Small words that are passed over: [of, the]."""
    joins: list[Words] = []
    """Those that join equals: [and, or]."""
    abbreviations: list[Words] = []
    """Written with or without a point: [Dr]."""
    number_marks: list[Words] = []
    """What stands before the number of a law: ["No."]."""
    plurals: dict[str, str] = {}
    """Endings: {ies: y}; the first that fits is taken."""
    variants: dict[str, str] = {}
    """Parts of words that are spelt in two ways: {centre: center}."""


class SortingEntry(YamlModel):
    """How names are put in order, where their letters alone do not say it."""

    same: dict[Words, Words] = {}
    """Letters that count as others: {œ: oe}."""
    own: dict[Words, Words] = {}
    """Letters of their own, each with the one that it follows: {ñ: n}."""
    passed_over: list[Words] = []
    """Beginnings of words that do not count: [ال]."""


class ChangingWord(YamlModel):
    """A small word that is another one before some sounds."""

    word: Words
    """As it is elsewhere: y."""
    use: Words
    """As it is before them: e."""
    before: list[Words]
    """Beginnings of the words after it: [i, hi]."""
    unless: list[Words] = []
    """Longer beginnings before which it stays: [hie]."""


class LanguageFile(YamlModel):
    """language.yml: what the program has to know of a language."""

    direction: Literal["ltr", "rtl"] = "ltr"
    """Which way it is written: rtl from right to left."""
    letters_join: YesNo = False
    """Whether letters hang together, so that no space may come between them."""
    narrow_space_before: list[Words] = []
    """Marks with a narrow space before them, put in where it is missing: [";"]."""
    space_before: list[Words] = []
    """Marks with a space before them, put in where it is missing: [":"]."""
    space_after: list[Words] = []
    """Marks with a space after them, put in where it is missing: ["«"]."""
    narrow_space_in_figures: YesNo = False
    """Whether the space in 12 000 is narrow; it is never broken."""
    decimal_mark: str = ""
    """What stands before the fraction of a number: "." in 10.7."""
    grouped_from: Literal["1000", "10000"] = "1000"
    """The least number whose figures are parted by a space in running text."""
    whole_hyphens: Literal["none", "before-capitals", "all"] = "none"
    """Which words with hyphens stay on one line in running text, too."""
    raised: list[Words] = []
    """Endings of ordinal numbers that are set small and high: [er]."""
    opening_quotes: list[Words] = []
    """Quotation marks that hang where a lead begins with one: ["«"]."""
    note_calls: Literal["as-written", "before-marks", "after-marks"] = "as-written"
    """Where the call of a note stands that meets a mark."""
    semicolon: Words = ";"
    """Parts sources that are cited together."""
    source_letters: Words = LATIN_LETTERS
    """What tells sources of one author and year apart, in order: abcdef."""
    sorting: SortingEntry = SortingEntry()
    months: list[Words] = []
    """Stay with the day before them: [January]."""
    days: list[Words] = []
    """Days of the month that are more than figures: [1er]."""
    before_months: list[Words] = []
    """May stand between day and month, and stay with both: [de]."""
    before_figures: list[Words] = []
    """Stay with the figure after them: ["No.", article]; a small first letter may be a capital."""
    before_numbers: list[Words] = []
    """Stand before the number of a law, which is no range of figures: [رقم]."""
    after_figures: list[Words] = []
    """Stay with the figure before them: [per, million]."""
    before_names: list[Words] = []
    """Stay with the name after them: [Mr, Ms]."""
    abbreviations: list[Words] = []
    """Keep their point where the call of a note is put before a mark: [etc.]."""
    short_words: list[Words] = []
    """Stay with the word after them in a title: [of, the]."""
    short_beginnings: list[Words] = []
    """Short words written as one with the next, which stays with that after it in a title: [و]."""
    changing_words: list[ChangingWord] = []
    vague_links: list[Words] = []
    """Words of links that do not say where they lead: [here, click here]."""
