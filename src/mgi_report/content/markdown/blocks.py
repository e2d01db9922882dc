"""Step 1, load: markdown-it's block tokens become blocks with places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from posixpath import dirname
from urllib.parse import unquote

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from mgi_report.content.files import clean
from mgi_report.content.markdown.inline import InlineReader, read_text_with_markup, too_deep
from mgi_report.content.markdown.looks import LookUp
from mgi_report.content.markdown.refused import misnumbered, refusal, refused_in
from mgi_report.content.markdown.syntax import MAX_NESTING, parser
from mgi_report.content.model import (
    Block,
    Box,
    Figure,
    Heading,
    Inline,
    ListBlock,
    ListItem,
    Note,
    Paragraph,
    Quote,
    Table,
)
from mgi_report.content.pictures import picture_path
from mgi_report.content.places import Offsets
from mgi_report.content.walk import says_nothing, text_of
from mgi_report.content.words import slug
from mgi_report.diagnostics import Diagnostic, Rule, Span, nearest
from mgi_report.layout.model import Looks

HEADING_ATTRIBUTES = ("icon", "when", "unless", "indicators")
"""What a heading may say beside its id: icon=health, when=demonstration, indicators=census."""
PARAGRAPH_ATTRIBUTES = ("when", "unless", "indicators")
"""What the line above a paragraph may say beside its class: when=first, unless=local."""
LIST_STYLES = ("decimal", "lower-roman", "lower-alpha")
"""What `{style=…}` above a numbered list may say."""

_BOX_NAME = re.compile(r"([a-z][a-z0-9-]*)|\{\s*\.([a-z][a-z0-9-]*)\s*\}")


class BlockReader:
    """Reads the tokens of one file in order; gathers what is wrong in `found`."""

    def __init__(self, text: str, path: str, looks: Looks | None) -> None:
        self.path = path
        self.lines = text.split("\n")
        self.found: list[Diagnostic] = []
        self._text = text
        self._looks = looks
        self._look_up = LookUp(looks, self.found)
        self._inline = InlineReader(self.found, looks)
        self._tokens: list[Token] = []
        self._next = 0
        self.notes: dict[str, Note] = {}
        self._ids: dict[str, Span] = {}
        self._level = 1
        self._inside: list[str] = []

    def read(self) -> tuple[Block, ...]:
        """Read the file's blocks; its footnotes are in `notes` then."""
        try:
            # The rule for boxes looks beyond the end of a text without a line's end.
            self._tokens = parser().parse(f"{self._text}\n", {})
        except RecursionError:
            # Pictures inside pictures escape markdown-it's own limit.
            self.found.append(too_deep(Span(self.path)))
        return self._blocks()

    # --- Blocks -----------------------------------------------------------------------------

    def _blocks(self) -> tuple[Block, ...]:
        """Read blocks up to the end of what holds them."""
        blocks: list[Block] = []
        above: Token | None = None
        while self._next < len(self._tokens) and self._tokens[self._next].nesting >= 0:
            token = self._tokens[self._next]
            self._next += 1
            if token.level == MAX_NESTING - 1 and token.nesting > 0:
                self.found.append(too_deep(self._line_span(token)))
            if token.type == "attributes":
                token.meta["at"] = 0
                if above:
                    self._inline.lost_attributes(above, self._line_places(above))
                above = token
                continue
            if above and token.map and above.map and token.map[0] > above.map[1]:
                # An empty line stands between them.
                self._inline.lost_attributes(above, self._line_places(above))
                above = None
            block = self._block(token, above)
            above = None
            if isinstance(block, Box) and not block.name:
                blocks += block.blocks
            elif block:
                blocks.append(block)
        if above:
            self._inline.lost_attributes(above, self._line_places(above))
        return tuple(blocks)

    def _block(self, token: Token, above: Token | None) -> Block | None:
        span = self._line_span(token)
        attributes = dict(above.meta["attributes"]) if above else {}
        block: Block | None = None
        known: tuple[str, ...] = ()
        match token.type:
            case "paragraph_open":
                block = self._paragraph()
                if above and isinstance(block, Paragraph):
                    flags = () if self._inside else PARAGRAPH_ATTRIBUTES
                    known = ("class", *flags)
                    block = self._with_attributes(block, above, flags)
            case "heading_open":
                block = self._heading(token)
            case "bullet_list_open":
                block = self._list(token, span, "decimal")
            case "ordered_list_open":
                known = ("style",)
                block = self._list(token, span, self._style(attributes, above))
            case "blockquote_open":
                block = Quote(self._held("a quotation"), span)
            case "container_box_open":
                block = self._box(token, span)
            case "table_open":
                block = self._table(span)
            case "footnote_reference_open":
                self._note(token)
            case _:
                message, hint = refusal(token)
                self._wrong(message, span, hint)
                # It stands there, if only to be taken away: what holds it is not empty.
                block = Paragraph((), span)
        if above:
            unknown = [name for name in attributes if name not in known]
            self._inline.unknown_attributes(above, unknown, known, self._line_places(above))
        return block

    def _with_attributes(self, block: Paragraph, above: Token, flags: Sequence[str]) -> Paragraph:
        given, places = above.meta["attributes"], self._line_places(above)
        self._look_up.paragraph(above, places)
        kept = {name: given[name] for name in flags if name in given}
        spans = self._inline.attribute_spans(above, kept, places)
        return replace(
            block, classes=(*given.get("class", "").split(),), attributes=kept, places=spans
        )

    def _paragraph(self) -> Figure | Paragraph | None:
        token = self._tokens[self._next]
        self._next += 2
        places = self._places(token)
        children = token.children or []
        if children and children[0].type == "image":
            after = children[1:]
            if [token.type for token in after] == ["attributes"]:
                self._inline.lost_attributes(after.pop(), places)
            if not after:
                return self._figure(children[0], places)
        self.found += refused_in(token.content, places)
        told = len(self.found)
        result = self._inline.read(children, places, is_paragraph=True)
        if result.attributes:
            self._inline.lost_attributes(result.attributes, places)
        if result.kids and says_nothing(result.kids) and len(self.found) == told:
            self._wrong("The paragraph has no words.", places.start, "Delete it.")
        return Paragraph(result.kids, places.start)

    def _heading(self, token: Token) -> Heading:
        inline = self._tokens[self._next]
        self._next += 2
        level, line = int(token.tag[1]), (token.map or [0])[0]
        source = self.lines[line]
        marks = source.find("#" * level)
        span = Span(self.path, line + 1, marks + 1)
        start = max(source.find(inline.content, marks + level), 0)
        places = Offsets(self.path, ((0, line + 1, start + 1),))
        result = self._inline.read(inline.children or [], places)
        self._check_heading(level, result.kids, span, is_apart="tight" not in token.meta)
        attributes: dict[str, str] = {}
        spans: dict[str, Span] = {}
        if result.attributes:
            attributes = dict(result.attributes.meta["attributes"])
            spans = self._inline.attribute_spans(result.attributes, attributes, places)
            unknown = [name for name in attributes if name not in ("id", *HEADING_ATTRIBUTES)]
            self._inline.unknown_attributes(
                result.attributes, unknown, ("id", *HEADING_ATTRIBUTES), places
            )
            attributes = {name: value for name, value in attributes.items() if name not in unknown}
        if level == 1 and "id" in attributes:
            level = 2  # its level has been told of; the part with this id is there
        name = self._identify(attributes.pop("id", None), result.kids, span)
        return Heading(level, result.kids, span, name, attributes, spans)

    def _check_heading(
        self, level: int, kids: tuple[Inline, ...], span: Span, *, is_apart: bool
    ) -> None:
        if says_nothing(kids):
            self._wrong("The heading has no words.", span)
        if not is_apart:
            message = "A space is missing between # and the heading's words."
            self._wrong(message, span, r"Write ## Words; for the sign itself write \#.")
        if holder := next((each for each in self._inside if each != "a box"), None):
            self._wrong(f"A heading cannot stand in {holder}.", span)
        message, hint = "", ""
        if level == 1:
            message = "A file has no heading of level 1."
            hint = "The section's title comes from labels.yml; begin with ##."
        elif level > self._level + 1:
            marks = "#" * (self._level + 1)
            message = f"A heading of level {level} follows one of level {self._level}."
            if self._level == 1:
                message = f"The first heading of a file is of level 2, not {level}."
            hint = f"Write {marks}, or put a heading with {marks} above it."
        if message:
            self.found.append(Diagnostic(Rule.HEADING_LEVELS_IN_ORDER, message, span, hint))
        self._level = max(level, 1)

    def _identify(self, given: str | None, kids: tuple[Inline, ...], span: Span) -> str:
        name = given or slug(text_of(kids))
        if given and given in self._ids:
            message = f'The id "{given}" is that of another heading of the file.'
            hint = f"It stands in line {self._ids[given].line} already; give each its own."
            self.found.append(Diagnostic(Rule.KEY_IS_UNIQUE, message, span, hint))
        base, number = name, 1
        while name in self._ids:
            number += 1
            name = f"{base}-{number}"
        self._ids[name] = span
        return name

    def _list(self, token: Token, span: Span, style: str) -> ListBlock:
        items: list[ListItem] = []
        marks: list[Token] = []
        while self._tokens[self._next].type == "list_item_open":
            item = self._tokens[self._next]
            self._next += 1
            marks.append(item)
            place = self._line_span(item)
            blocks = self._held("a list")
            if not blocks:
                self._wrong("The item of the list is empty.", place)
            items.append(ListItem(blocks, place))
        self._next += 1
        if wrong := misnumbered(marks):
            hint = r"Count on from the first; for a number that stands in the text write 9\."
            self._wrong(wrong[1], self._line_span(wrong[0]), hint)
        start = int(token.attrs.get("start", 1))
        return ListBlock(tuple(items), span, token.type == "ordered_list_open", start, style)

    def _style(self, attributes: dict[str, str], above: Token | None) -> str:
        style = attributes.get("style", "decimal")
        if style in LIST_STYLES or above is None:
            return style
        hint = nearest(style, LIST_STYLES) or f"Known here: {', '.join(LIST_STYLES)}."
        message = f'There is no list style "{style}".'
        span = self._line_places(above).at(above.meta["text"].find("style"))
        self.found.append(Diagnostic(Rule.VALUE_IS_VALID, message, span, hint))
        return "decimal"

    def _box(self, token: Token, span: Span) -> Box | None:
        written = token.info.strip()
        match = _BOX_NAME.fullmatch(written)
        last = (token.map or [0, 0])[1]
        is_closed = True
        if not match:
            message = (
                f'"{written}" is not the name of a box.' if written else "The box has no name."
            )
            self._wrong(message, span, "Write ::: name above the box and ::: below it.")
        if last >= len(self.lines) or not self.lines[last].strip().startswith(":::"):
            self._wrong("The box is not closed.", span, "Write ::: on the line below its last.")
            # What follows belongs to the chapter.
            is_closed = False
        name = (match[1] or match[2]) if match else written
        if match:
            self._look_up.box(name, self.lines[span.line - 1], span)
        blocks = self._held("a box")
        if not blocks and is_closed:
            self._wrong(
                "The box is empty.", span, "Write its text above :::, or delete both lines."
            )
        return Box(name if is_closed and blocks else "", blocks, span)

    def _table(self, span: Span) -> Table:
        rows: list[tuple[tuple[Inline, ...], ...]] = []
        cells: list[tuple[Inline, ...]] = []
        align: list[str] = []
        column = 0
        while (part := self._tokens[self._next]).type != "table_close":
            self._next += 1
            if part.type == "tr_open":
                cells, column = [], 0
                if rows:
                    self._check_row(part, len(align))
            elif part.type == "tr_close":
                rows.append(tuple(cells))
            elif part.type == "th_open":
                align.append(_ALIGN.get(str(part.attrs.get("style", "")), "start"))
            elif part.type == "inline":
                line = (part.map or [0])[0]
                places, column = Offsets.of_cell(
                    part.content, self.path, self.lines[line], line, column
                )
                result = self._inline.read(part.children or [], places)
                if result.attributes:
                    self._inline.lost_attributes(result.attributes, places)
                cells.append(result.kids)
        self._next += 1
        return Table(rows[0], tuple(rows[1:]), tuple(align), span)

    def _check_row(self, token: Token, columns: int) -> None:
        # markdown-it leaves out cells that are too many. In a quotation the mark would count too.
        row = escapedSplit(self.lines[(token.map or [0])[0]].strip().strip("|"))
        if len(row) != columns and "a quotation" not in self._inside:
            message = f"The table has {columns} columns, but this row has {len(row)}."
            hint = r"Add or join cells; for a bar inside a cell write \|."
            self._wrong(message, self._line_span(token), hint)

    def _figure(self, token: Token, places: Offsets) -> Figure | None:
        span = places.at(token.meta["at"])
        children = token.children or []
        shown = clean("".join(_plain(children)), lambda _: span)
        self.found += shown.diagnostics
        alt = " ".join(shown.value.split())
        if any(child.type in _NOT_IN_ALT for child in children):
            message = "The text for those who cannot see the picture is plain."
            hint = "Variables, footnotes, links and citations go into the caption."
            self._wrong(message, span, hint)
        elif not any(map(str.isalnum, alt)):
            message = "The picture has no text for those who cannot see it."
            hint = "Say between the brackets what it shows: ![A border post at Kayes](…)."
            self.found.append(Diagnostic(Rule.PICTURE_HAS_ALT, message, span, hint))
        source = unquote(str(token.attrs["src"]))
        caption: tuple[Inline, ...] = ()
        if title := str(token.attrs.get("title", "")):
            line = self.lines[span.line - 1]
            column = line.find(title, span.column) + 1
            place = Offsets.from_span(Span(self.path, span.line, column or span.column))
            caption = read_text_with_markup(title, place, self.found, self._looks)
        path = picture_path(source, dirname(self.path), span, self.found)
        return Figure(path, alt, caption, span) if path else None

    # --- Footnotes --------------------------------------------------------------------------

    def _note(self, token: Token) -> None:
        label = token.meta["label"]
        line = (token.map or [0])[0]
        span = Span(self.path, line + 1, self.lines[line].find(f"[^{label}]") + 1)
        blocks = self._held("a footnote")
        for block in blocks:
            if not isinstance(block, Paragraph):
                self._wrong("A footnote holds paragraphs only.", block.span)
        if not blocks:
            message = f'The footnote "{label}" is empty.'
            self.found.append(Diagnostic(Rule.NOTE_IS_WRITTEN, message, span))
        if label in self.notes:
            message = f'The footnote "{label}" is written twice.'
            hint = f"It stands in line {self.notes[label].span.line} already."
            self.found.append(Diagnostic(Rule.KEY_IS_UNIQUE, message, span, hint))
        else:
            self.notes[label] = Note(label, blocks, span)

    # --- Small things -----------------------------------------------------------------------

    def _held(self, what: str) -> tuple[Block, ...]:
        """Read the blocks inside a block, and pass over its end."""
        self._inside.append(what)
        blocks = self._blocks()
        self._inside.pop()
        self._next += 1
        return blocks

    def _line_span(self, token: Token) -> Span:
        """Give the place of the first character of a block's first line."""
        line = (token.map or [0])[0]
        text = self.lines[line]
        return Span(self.path, line + 1, len(text) - len(text.lstrip(" \t")) + 1)

    def _line_places(self, token: Token) -> Offsets:
        return Offsets.from_span(self._line_span(token))

    def _places(self, token: Token) -> Offsets:
        return Offsets.of_block(token.content, self.path, self.lines, (token.map or [0])[0])

    def _wrong(self, message: str, span: Span, hint: str | None = None) -> None:
        self.found.append(Diagnostic(Rule.MARKDOWN_PARSES, message, span, hint))


_NOT_IN_ALT = frozenset({"variable", "note_call", "citation", "link_open", "image", "attributes"})
_ALIGN = {"text-align:right": "end", "text-align:center": "center"}


def _plain(tokens: Sequence[Token]) -> list[str]:
    return [" " if token.type in ("softbreak", "hardbreak") else token.content for token in tokens]
