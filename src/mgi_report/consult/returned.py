"""What stands in a returned document, in whatever format it came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mgi_report.office.remarks import Remark


class Mark(StrEnum):
    """Whether words were there when the document was sent, as it says itself."""

    SAME = "same"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words with one fate."""

    text: str
    mark: Mark = Mark.SAME
    author: str = ""
    date: str = ""
    moved: bool = False
    by_hand: bool = False
    """Struck out by a look, not by a tracked change."""
    formatted: str = ""
    """How its look was changed: "bold"."""
    address: str = ""
    """Where its link leads."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a comment begins or ends."""

    comment: str
    is_end: bool = False


@dataclass(slots=True)
class Part:
    """A paragraph or row of a table as it was sent, with all that was done to it."""

    atoms: list[Stretch | Anchor] = field(default_factory=list)
    bookmarks: list[int] = field(default_factory=list)
    found: str = ""
    """"paragraph 12"."""
    joined: Stretch | None = None
    """The end of the paragraph, where it was deleted, so that the next one follows on."""
    style: str = ""
    """How the paragraph's style was changed, and tracked."""
    look: str = ""
    """The name of its style now."""
    list: str = ""
    """The list that it is of; in what is sent, each block has one of its own."""
    context: str = ""
    """Where it stands, if not among the blocks: "in a text box"."""

    def stretches(self) -> Iterator[Stretch]:
        """Give the words."""
        yield from (atom for atom in self.atoms if isinstance(atom, Stretch))

    @property
    def before(self) -> str:
        """The words with all tracked changes taken back."""
        return "".join(each.text for each in self.stretches() if each.mark is not Mark.INSERTED)

    @property
    def after(self) -> str:
        """The words with all tracked changes made."""
        return "".join(each.text for each in self.stretches() if each.mark is not Mark.DELETED)

    @property
    def is_new(self) -> bool:
        """Whether it has words, and none of them was sent."""
        some = list(self.stretches())
        return (
            not self.bookmarks
            and any(each.text.strip() for each in some)
            and all(each.mark is Mark.INSERTED for each in some)
        )

    @property
    def is_empty(self) -> bool:
        """Whether there are no words, nor were."""
        return not any(each.text.strip() for each in self.stretches())


@dataclass(frozen=True, slots=True)
class Returned:
    """A document that came back."""

    parts: tuple[Part, ...]
    notes: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)
    """Footnotes by the id that the file gives them."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Labels of the footnotes that are known, by that id."""
    remarks: Mapping[str, Remark] = field(default_factory=dict)
    author: str = ""
    """Who saved the file last."""
    date: str = ""
    identities: tuple[str, ...] = ()
    """Bookmarks that name a profile and a round."""
    unread: Mapping[str, int] = field(default_factory=dict)
    """How many there are of what is not read: "picture"."""
    aside: tuple[Part, ...] = ()
    """What stands in text boxes, and in files that were put in."""
    margins: tuple[Part, ...] = ()
    """What stands at the head and foot of the pages."""
    styles: frozenset[str] = frozenset()
    """The names of the styles that the file has."""
