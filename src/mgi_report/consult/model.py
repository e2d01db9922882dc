"""The vocabulary of consultation: rounds, blocks, proposals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from mgi_report.consult.source import SourceFile

Box: TypeAlias = tuple[int, float, float, float, float]
"""Page from 1, then x0, y0, x1, y1 in points from the page's bottom left corner."""


class Kind(StrEnum):
    """What a reviewer did."""

    INSERTION = "insertion"
    """Words, or a paragraph, were added."""
    DELETION = "deletion"
    """Words, or a whole block, were taken away."""
    REPLACEMENT = "replacement"
    """Words took the place of others."""
    SPLIT = "split"
    """A block was divided."""
    JOIN = "join"
    """A block was joined with the next one."""
    MOVE = "move"
    """A block, or words, stand elsewhere."""
    COMMENT = "comment"
    """Something was said, and nothing changed."""
    FORMAT = "format"
    """Words look different: bold, italics."""


class Status(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    ACCEPTED = "accepted"
    PARTLY = "partly accepted"
    REJECTED = "rejected"
    ANSWERED = "answered"
    """Of a comment."""
    APPLIED = "applied"
    """Written into the source."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of printed characters, and where it stands in the file."""

    text: str
    start: int = -1
    """Offset in the file's text; -1 of what stands in no file, such as "Available at"."""
    end: int = -1
    whole: bool = False
    """Stands for something else in the file (a variable, a line's end), and goes as one."""
    italic: bool = False
    strong: bool = False
    address: str = ""
    """Where its link leads."""
    note: str = ""
    """Label of the footnote that it calls."""
    lang: str | None = None
    """BCP 47 tag, where it is not the document's."""
    markdown: bool = True
    """Whether Markdown is understood there."""

    @property
    def is_placed(self) -> bool:
        """Whether it stands in the file."""
        return self.start >= 0


@dataclass(frozen=True, slots=True)
class Markup:
    """An element of inline markup around some pieces."""

    first: int
    """Index of its first piece."""
    last: int
    """Index of its last piece."""
    start: int
    """Offset in the file of its opening mark."""
    end: int
    """Offset behind its closing mark."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How words are written at a place, so that they are read back as they are."""

    cell: bool = False
    """In a row of a table."""
    quote: str = ""
    """The quotation mark around a text in YAML."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, item of a list, row of a table, footnote or source."""

    number: int
    """From 1, in the order of the document; its bookmark is made of it."""
    name: str
    """"4.2 ¶3": what people call it for the whole round."""
    kind: str
    """heading, paragraph, item, row, caption, description, note, source."""
    section: str
    """Id: "well-being"."""
    text: str
    """As it was sent; cells of a row are parted by tabs, calls of footnotes are "[^label]"."""
    file: str
    """Path in the project."""
    line: int
    """From 1."""
    page: int = 0
    """Page of the PDF, from 1; 0 where it is not known."""
    printed_line: int = 0
    """Number of its first line on that page of the draft; 0 where it is not known."""
    pieces: tuple[Piece, ...] = ()
    markup: tuple[Markup, ...] = ()
    manner: Manner = Manner()
    level: int = 0
    """Of a heading, from 1; of an item of a list, how deep it stands."""
    mark: str = ""
    """What stands before an item of a list: "•", "2."."""
    group: int = 0
    """Rows of one table have the same."""
    is_head: bool = False
    """Of a row: column heads."""
    label: str = ""
    """Of a note."""
    look: str = ""
    """Class of a paragraph: "lead"; "quote" in a quotation."""

    @property
    def bookmark(self) -> str:
        """Its name inside the Word file."""
        return f"mgi_{self.number}"


@dataclass(frozen=True, slots=True)
class Sent:
    """A block as it was sent."""

    name: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Content:
    """A profile as blocks, with the files that they stand in."""

    blocks: tuple[Block, ...]
    files: Mapping[str, SourceFile]
    title: str = ""
    lang: str = "en"
    profile: str = ""
    """Its id."""
    folder: str = ""
    """Path in the project."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """The words that the layout prints."""
    turned: frozenset[str] = frozenset()
    """Tags of the languages that are written from right to left."""

    @property
    def is_turned(self) -> bool:
        """Whether its text runs from right to left."""
        return self.lang in self.turned

    def by_name(self) -> dict[str, Block]:
        """Give blocks by name."""
        return {block.name: block for block in self.blocks}


@dataclass(frozen=True, slots=True)
class Round:
    """A consultation round, as it was opened."""

    number: int
    profile: str
    lang: str
    opened: str
    """ISO date."""
    folder: str
    """Path in the project: "content/mali-2021/consultation/round-1"."""
    files: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of each file of content that was frozen, by its name (`consult.places`)."""
    boxes: Mapping[str, tuple[Box, ...]] = field(default_factory=dict)
    """Where each block stands in the PDF, by the block's name."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that was found in a returned file."""

    kind: Kind
    block: int
    """Number of the block; 0 where it could not be placed."""
    at: int
    """Offset in the block's text as it was sent."""
    original: str
    proposed: str
    author: str = ""
    date: str = ""
    comment: str = ""
    found: str = ""
    """Where in the file: "paragraph 12", "footnote 3", "row 5", "page 14"."""
    context: str = ""
    """Of what could not be placed: the words around it."""
    tracked: bool = True
    target: int = 0
    """Of a block that was moved: the block behind which it stands now, 0 for the beginning."""
    pair: int = 0
    """Edits that make sense together have the same, from 1; 0 of one that stands alone."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An edit that somebody has to decide about. The names are those of the JSON."""

    id: str
    block: str
    """Name of the block; empty where it could not be placed."""
    kind: str
    institution: str
    author: str
    date: str
    original: str
    proposed: str
    comment: str = ""
    status: str = Status.OPEN
    answer: str = ""
    text: str = ""
    """What was accepted in its place, where it was accepted in part."""
    at: int = 0
    target: str = ""
    """Name of the block behind which a moved one should stand."""
    pair: str = ""
    """Id of the first of those that make sense together."""
    tracked: bool = True
    found: str = ""
    """File and place in it."""
    context: str = ""

    @property
    def wanted(self) -> str:
        """What should stand there when it is applied."""
        return self.text if self.status == Status.PARTLY else self.proposed

    @property
    def is_new_block(self) -> bool:
        """Whether it adds a paragraph, an item or a row behind what stands there."""
        return self.kind == Kind.INSERTION and self.proposed.startswith("\n\n")


def spans_overlap(first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Say whether two changes of a text touch the same characters, or the same place."""
    (a, b), (c, d) = first, second
    return a < d and c < b if a < b and c < d else a <= d and c <= b


def conflicts(proposals: Iterable[Proposal]) -> Iterator[tuple[Proposal, Proposal]]:
    """Give the pairs of changes that cannot both be made."""
    seen: dict[str, list[Proposal]] = {}
    for each in proposals:
        if not each.block or each.kind in (Kind.COMMENT, Kind.FORMAT):
            continue
        mine = (each.at, each.at + len(each.original))
        for other in seen.setdefault(each.block, []):
            theirs = (other.at, other.at + len(other.original))
            same = other.proposed == each.proposed and theirs == mine
            if each.is_new_block and other.is_new_block and each.institution == other.institution:
                continue  # one stands behind the other
            if spans_overlap(mine, theirs) and not same:
                yield other, each
        seen[each.block].append(each)
