"""The vocabulary of content: frozen values that know nothing of pages, nor of steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from mgi_report.content.facts import Facts
from mgi_report.content.indicators import Indicators
from mgi_report.content.words import Language, Spelling, Term
from mgi_report.diagnostics import Span

# --- Inline ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Characters as they stand in the file, on one line; step 2 joins neighbours."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Variable:
    """`{{ territory.name }}`; step 2 turns it into `Text`."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line break that the editor asks for (a backslash or two spaces at the end of a line)."""

    span: Span


@dataclass(frozen=True, slots=True)
class Emphasis:
    """`*…*`: a title, or a word in another language."""

    kids: tuple[Inline, ...]
    span: Span
    lang: str | None = None
    """BCP 47 tag where the words are not in the document's language: "fr"."""


@dataclass(frozen=True, slots=True)
class Strong:
    """`**…**`."""

    kids: tuple[Inline, ...]
    span: Span
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """`[…]{lang=fr .class}`: words with a language or a class of their own."""

    kids: tuple[Inline, ...]
    span: Span
    lang: str | None = None
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """`[words](https://…)` or `<https://…>`: a web or mail address."""

    address: str
    kids: tuple[Inline, ...]
    """The words; for `<https://…>` the address as it is printed, without "https://"."""
    span: Span
    is_address: bool = False
    """The words are the address itself, to be broken after / ? & only."""


@dataclass(frozen=True, slots=True)
class CrossReference:
    """`[words](#annexes)`, `[words](#annexes/migof)`: a place in the profile."""

    target: str
    """Section id, or section id, slash and heading id: "annexes/migof"; step 2 makes it whole."""
    kids: tuple[Inline, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class NoteCall:
    """`[^label]`: a call of a footnote."""

    label: str
    span: Span
    number: int = 0
    """The number as printed, from 1; given by step 2."""
    repeated: bool = False
    """The note was called before; only the first call brings it to its page. Given by step 2."""


@dataclass(frozen=True, slots=True)
class Citation:
    """`[@key]`, `[@a; @b]`: prints author and year. One source for each `Citation`."""

    key: str
    span: Span
    text: str = ""
    """"Government of Mali, 2019a"; given by step 2."""
    lang: str | None = None
    """BCP 47 tag of the author's name, where a translation does not have it; given by step 2."""


@dataclass(frozen=True, slots=True)
class SourceLink:
    """`[Law No. 09-015](@health-insurance-2009)`: words that name a source."""

    key: str
    kids: tuple[Inline, ...]
    span: Span


Inline: TypeAlias = (
    Text
    | Variable
    | LineBreak
    | Emphasis
    | Strong
    | Phrase
    | Link
    | CrossReference
    | NoteCall
    | Citation
    | SourceLink
)

# --- Blocks ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    kids: tuple[Inline, ...]
    span: Span
    classes: tuple[str, ...] = ()
    """("lead",) for an opening paragraph."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """Such as when, unless."""
    places: Mapping[str, Span] = field(default_factory=dict)
    """Where each of its attributes stands."""


@dataclass(frozen=True, slots=True)
class Heading:
    """`## Words {#id .class key=value}`."""

    level: int
    """2 to 6; level 1 is the section's title, which the layout prints."""
    kids: tuple[Inline, ...]
    span: Span
    id: str | None = None
    """What cross-references and the layout's parts call it; made from the words without one."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """Such as icon, when, unless."""
    places: Mapping[str, Span] = field(default_factory=dict)
    """Where each of its attributes stands."""


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list."""

    blocks: tuple[Block, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list."""

    items: tuple[ListItem, ...]
    span: Span
    ordered: bool = False
    start: int = 1
    style: str = "decimal"
    """Of an ordered list: decimal, lower-roman, lower-alpha."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation set apart."""

    blocks: tuple[Block, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Box:
    """`::: name` … `:::`: a box that the layout has a look for."""

    name: str
    blocks: tuple[Block, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Figure:
    """`![alternative text](picture.jpg "caption")` alone in its paragraph."""

    path: str
    """Path in the project."""
    alt: str
    """What the picture shows, for somebody who cannot see it."""
    caption: tuple[Inline, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a row of column heads."""

    head: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    align: tuple[str, ...]
    """For each column: start, end or center."""
    span: Span


Block: TypeAlias = Paragraph | Heading | ListBlock | Quote | Box | Figure | Table


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote."""

    label: str
    blocks: tuple[Block, ...]
    span: Span
    number: int = 0
    """As printed, from 1; given by step 2."""


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file: its blocks in order, its footnotes by label."""

    path: str
    """Path in the project of the file that was read (the profile's own, or the shared one)."""
    blocks: tuple[Block, ...]
    notes: Mapping[str, Note] = field(default_factory=dict)


Data: TypeAlias = "str | tuple[Inline, ...] | tuple[Data, ...] | Mapping[str, Data]"
"""A YAML file that a section kind asks for: its strings are parsed as inline Markdown."""

Lent: TypeAlias = tuple[str, str]
"""("document", section), ("data", section), ("label", key), ("facts", field), ("domains", "")."""

# --- The profile ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """An entry of sources.yml (CSL-YAML), with its type by CSL; `address` has its scheme."""

    key: str
    """How it is cited: "health-insurance-2009"."""
    author: str
    """The author bodies, as printed: "Government of Mali"."""
    title: tuple[Inline, ...]
    """Inline Markdown is understood in titles."""
    span: Span
    cited: str = ""
    """The authors as text names them: "Keita et al."; empty as in `author`."""
    type: str = "document"
    year: int | None = None
    """None prints n.d."""
    letter: str = ""
    """"a", "b" …, without a year "-a", where an author has several; given by step 2."""
    language: str | None = None
    """BCP 47 tag of the title, where it is not the profile's."""
    original_title: str = ""
    original_language: str | None = None
    edition: str = ""
    number: str = ""
    publisher: str = ""
    place: str = ""
    note: str = ""
    """More of the entry, as printed after the title: "33rd Ordinary Session …, 18 January"."""
    address: str = ""
    accessed: str = ""
    """ISO date: "2021-04-01"."""
    online: bool = True
    """False prints "Not available online."."""
    consulted: bool = False
    """Read for the assessment; nothing needs to cite it."""
    authors: tuple[Text, ...] = ()
    """The names of the bodies that are authors, each with its place."""
    lent: frozenset[str] = frozenset()
    """The fields beside the title that a translation has only in the original language."""


@dataclass(frozen=True, slots=True)
class Domain:
    """One of the six domains of migration governance."""

    id: str
    """"migrants-rights"."""
    number: int
    """From 1."""
    name: str
    """Short: "Migrants’ rights"."""
    title: str
    """The MiGOF's wording, the chapter's title."""
    looks_at: str
    """What the indicators of the domain look at, for this profile's level."""
    span: Span = Span("domains.yml")


@dataclass(frozen=True, slots=True)
class Profile:
    """One profile in one language."""

    folder: str
    """Path in the project: "content/mali-2021"."""
    lang: str
    """BCP 47 tag: "en"."""
    facts: Facts
    domains: tuple[Domain, ...]
    labels: Mapping[str, str]
    """The words that the layout prints, laid flat: "editions.2" is the second of the editions."""
    documents: Mapping[str, Document]
    """By section id: the Markdown of each section that has some."""
    data: Mapping[str, Mapping[str, Data]]
    """By section id: the YAML of each section that has some."""
    sources: tuple[Source, ...] = ()
    """In the file's order; step 2 sorts them as printed."""
    has_sources: bool = True
    """False where sources.yml could not be read, so that nothing is known of what is cited."""
    indicators: Indicators | None = None
    """What is asked and was found; None where the profile has nothing of it."""
    terms: tuple[Term, ...] = ()
    spelling: Spelling = field(default_factory=Spelling)
    languages: Mapping[str, Language] = field(default_factory=dict)
    """By BCP 47 tag: the profile's own language, and those of single words."""
    label_spans: Mapping[str, Span] = field(default_factory=dict)
    """Where each label stands."""
    original: Profile | None = None
    """Of a translation, the original: its facts and labels, in its own language."""
    lent: frozenset[Lent] = frozenset()
    """What of a translation is in the original's language."""

    @property
    def title(self) -> str:
        """What it calls itself to catalogues."""
        return self.facts.title or self.labels["document-title"]

    @property
    def subject(self) -> str:
        """What it says to catalogues that it is."""
        return self.facts.subject or self.labels["document-subject"]
