"""What is printed of inline nodes, piece by piece, with the place of each in the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from mgi_report.consult.model import Markup, Piece
from mgi_report.consult.source import SourceFile
from mgi_report.content.model import (
    Citation,
    CrossReference,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    NoteCall,
    Phrase,
    SourceLink,
    Strong,
    Text,
)
from mgi_report.content.places import Offsets
from mgi_report.diagnostics import Span

_VARIABLE = re.compile(r"\{\{[^{}]*\}\}")
_SOFT_BREAK = re.compile(r"[ \t]*(?:\r\n?|\n)[ \t]*(?:>[ \t]*)*")
_HARD_BREAK = re.compile(r"(?:\\|[ \t]{2,})(?:\r\n?|\n)[ \t]*(?:>[ \t]*)*")
_ENTITY = re.compile(r"&#?\w+;")
_CALL = re.compile(r"\[\^[^\]\n]*\]")
_KEY = re.compile(r"@[^\s\];]+")
_CLOSING = re.compile(r"\]\([^)\s]*\)|\]\{[^}]*\}|[*_]{1,2}")
_ATTRIBUTES = re.compile(r"\{[^{}\n]*\}")
_ADDRESS = re.compile(r"<[^>\n]*>")


@dataclass(slots=True)
class Printer:
    """Prints the nodes of one block."""

    file: SourceFile
    places: Offsets | None = None
    """Of a text in YAML, the map of its characters."""
    pieces: list[Piece] = field(default_factory=list)
    markup: list[Markup] = field(default_factory=list)

    def inline(self, nodes: Iterable[Inline], like: Piece | None = None) -> None:
        """Print nodes; `like` has the look of what stands around them."""
        look = like or Piece("")
        for node in nodes:
            match node:
                case Text():
                    self._text(node, look)
                case LineBreak():
                    self._whole("\n", node.span, _HARD_BREAK, look)
                case Citation():
                    self._citation(node, look)
                case NoteCall():
                    text = f"[^{node.label}]"
                    self._whole(text, node.span, _CALL, replace(look, note=node.label))
                case Emphasis():
                    self._element(node, replace(look, italic=True, lang=node.lang or look.lang))
                case Strong():
                    self._element(node, replace(look, strong=True, lang=node.lang or look.lang))
                case Phrase():
                    self._element(node, replace(look, lang=node.lang or look.lang))
                case Link(is_address=True):
                    text = "".join(kid.text for kid in node.kids if isinstance(kid, Text))
                    self._whole(text, node.span, _ADDRESS, replace(look, address=node.address))
                case Link():
                    self._element(node, replace(look, address=node.address))
                case CrossReference() | SourceLink():
                    self._element(node, look)
                case _:  # variables are texts by now
                    pass

    def fixed(self, text: str, *, italic: bool = False) -> None:
        """Print what stands in no file."""
        self.pieces.append(Piece(text, italic=italic))

    def plain(self, text: str, places: Offsets, look: Piece | None = None, offset: int = 0) -> None:
        """Print a text of YAML that is no Markdown, or a part of it that begins at an offset."""
        self.places = places
        self._run(text, offset, replace(look or Piece(""), markdown=False))

    def value(self, text: str, places: Offsets, offset: int) -> None:
        """Print the value of a variable that stands in a text of YAML at an offset."""
        self._whole(text, places.at(offset), _VARIABLE, Piece("", markdown=False))

    def _element(
        self, node: Emphasis | Strong | Phrase | Link | CrossReference | SourceLink, look: Piece
    ) -> None:
        first = len(self.pieces)
        self.inline(node.kids, look)
        last = len(self.pieces) - 1
        start = self._offset(node.span)
        if last < first or start is None or not self.pieces[last].is_placed:
            return
        closing = _CLOSING.match(self.file.text, self.pieces[last].end)
        inner = max((each.end for each in self.markup if each.first >= first), default=0)
        if inner > self.pieces[last].end:
            closing = _CLOSING.match(self.file.text, inner)
        if closing:
            width = 2 if isinstance(node, Strong) else 1
            end = closing.start() + width if closing[0][0] in "*_" else closing.end()
            if attributes := _ATTRIBUTES.match(self.file.text, end):
                end = attributes.end()
            self.markup.append(Markup(first, last, start, end))

    def _citation(self, node: Citation, look: Piece) -> None:
        start = self._offset(node.span)
        found = _KEY.match(self.file.text, start) if start is not None else None
        if found is None:
            self.pieces.append(replace(look, text=node.text))
            return
        begin, end = found.span()
        if self.file.text[begin - 1] == "[" and self.file.text[end : end + 1] == "]":
            begin, end = begin - 1, end + 1
        self.pieces.append(replace(look, text=node.text, start=begin, end=end, whole=True))

    def _whole(self, text: str, span: Span, pattern: re.Pattern[str], look: Piece) -> None:
        start = self._offset(span)
        found = pattern.match(self.file.text, start) if start is not None else None
        start, end = found.span() if found else (-1, -1)
        self.pieces.append(replace(look, text=text, start=start, end=end, whole=bool(found)))

    def _text(self, node: Text, look: Piece) -> None:
        if self.places is None:
            self._stretch(node.text, self.file.offset(node.span), look)
            return
        offset = _offset_in(self.places, node.span)
        if offset is None:
            self.pieces.append(replace(look, text=node.text))
        else:
            self._run(node.text, offset, look)

    def _run(self, text: str, offset: int, look: Piece) -> None:
        """Print a text of YAML, line by line of the file."""
        assert self.places is not None
        cuts = [
            start - offset
            for start, _, _ in self.places.runs
            if offset < start < offset + len(text)
        ]
        for begin, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
            place = self.file.offset(self.places.at(offset + begin))
            self._stretch(text[begin:end], place, look)

    def _stretch(self, text: str, start: int, look: Piece) -> None:
        """Print characters that should stand in the file one by one."""
        source = self.file.text
        if source.startswith(text, start):
            self.pieces.append(replace(look, text=text, start=start, end=start + len(text)))
            return
        if text.endswith(" ") and source.startswith(text[:-1], start):
            middle = start + len(text) - 1
            if broken := _SOFT_BREAK.match(source, middle):
                if text[:-1]:
                    self._stretch(text[:-1], start, look)
                self.pieces.append(
                    replace(look, text=" ", start=middle, end=broken.end(), whole=True)
                )
                return
        for pattern in (_VARIABLE, _ENTITY):
            if found := pattern.match(source, start):
                self.pieces.append(
                    replace(look, text=text, start=start, end=found.end(), whole=True)
                )
                return
        if source.startswith("\\" + text, start) and len(text) == 1:
            self.pieces.append(replace(look, text=text, start=start, end=start + 2, whole=True))
            return
        self.pieces.append(replace(look, text=text))

    def _offset(self, span: Span) -> int | None:
        if self.places is None:
            return self.file.offset(span)
        offset = _offset_in(self.places, span)
        return None if offset is None else self.file.offset(self.places.at(offset))


def _offset_in(places: Offsets, span: Span) -> int | None:
    """Give the offset in a text of the character at a place: the other way round than `at`."""
    for start, line, column in reversed(places.runs):
        if line == span.line and column <= span.column:
            return start + span.column - column
    return None


def variable_pieces(raw: str, printed: str) -> Iterator[tuple[int, int, str]]:
    """Give what is printed of a plain text with variables: offsets in it, and what they print."""
    parts = list(_VARIABLE.finditer(raw))
    pattern, end = "", 0
    for part in parts:
        pattern += re.escape(raw[end : part.start()]) + "(.*?)"
        end = part.end()
    found = re.fullmatch(pattern + re.escape(raw[end:]), printed, re.DOTALL)
    end = 0
    for index, part in enumerate(parts, start=1):
        yield end, part.start(), raw[end : part.start()]
        yield part.start(), part.end(), found[index] if found else part[0]
        end = part.end()
    yield end, len(raw), raw[end:]
