"""Step 1, load: Markdown becomes a `Document`, with the line and column of everything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from mgi_report.content.markdown.blocks import BlockReader
from mgi_report.content.markdown.inline import read_text_with_markup
from mgi_report.content.model import Block, Document, Inline, Note, NoteCall, Paragraph
from mgi_report.content.places import Offsets
from mgi_report.content.walk import inlines_of, says_nothing
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span, nearest_name
from mgi_report.layout.model import Looks


@lru_cache(maxsize=128)  # files that did not change are not read again
def parse_document(text: str, path: str, looks: Looks | None = None) -> Outcome[Document]:
    r"""Read a Markdown file; its lines end in "\n". Without `looks`, names are not looked up."""
    reader = BlockReader(text, path, looks)
    blocks = reader.read()
    found = [*reader.found, *_check_notes(blocks, reader.notes)]
    found.sort(key=lambda diagnostic: diagnostic.span or Span(path))
    return Outcome(Document(path, blocks, reader.notes), tuple(found))


def parse_inline(
    text: str, at: Span | Offsets, looks: Looks | None = None
) -> Outcome[tuple[Inline, ...]]:
    """Read a text without blocks, such as a string in YAML that stands at a place.

    Without `looks`, names of classes are not looked up.
    """
    return _parse_inline(text, Offsets.from_span(at) if isinstance(at, Span) else at, looks)


@lru_cache(maxsize=4096)  # texts that did not change are not read again
def _parse_inline(text: str, places: Offsets, looks: Looks | None) -> Outcome[tuple[Inline, ...]]:
    found: list[Diagnostic] = []
    kids = read_text_with_markup(text, places, found, looks)
    for node in inlines_of(kids):
        if isinstance(node, NoteCall):
            message = "A footnote cannot be called here."
            hint = "Footnotes belong to the text of a chapter."
            found.append(Diagnostic(Rule.NOTE_IS_WRITTEN, message, node.span, hint))
    if kids and says_nothing(kids):
        message, hint = "There are no words here.", "Write what should be printed."
        found.append(Diagnostic(Rule.VALUE_IS_VALID, message, places.start, hint))
    return Outcome(kids, tuple(found))


def _check_notes(blocks: tuple[Block, ...], notes: Mapping[str, Note]) -> Iterator[Diagnostic]:
    """Hold calls against notes."""
    called: set[str] = set()
    meant: set[str] = set()
    unfinished = {
        call.label: call
        for call in _at_the_beginning(blocks, notes.values())
        if call.label not in notes
    }
    for label, call in unfinished.items():
        message = f"A colon is missing behind [^{label}], so this is no footnote."
        hint = f"Write [^{label}]: and behind it the words of the footnote."
        yield Diagnostic(Rule.NOTE_IS_WRITTEN, message, call.span, hint)
    for node in inlines_of(blocks):
        if not isinstance(node, NoteCall) or node.label in called | unfinished.keys():
            continue
        called.add(node.label)
        if node.label not in notes:
            message = f'The footnote "{node.label}" is called here but not written.'
            hint = f"Write it at the end of the file: [^{node.label}]: …"
            if near := nearest_name(node.label, notes):
                hint = f'Did you mean "{near}"?'
                meant.add(near)
            yield Diagnostic(Rule.NOTE_IS_WRITTEN, message, node.span, hint)
    for label, note in notes.items():
        if label not in called | meant:
            message = f'The footnote "{label}" is written but not called.'
            hint = f"Put [^{label}] into the text, or delete the note."
            yield Diagnostic(Rule.NOTE_IS_CALLED, message, note.span, hint)
        for node in inlines_of(note.blocks):
            if isinstance(node, NoteCall) and node.label not in unfinished:
                message = "A footnote cannot call a footnote."
                hint = "Write what it says into the text, or into this note."
                yield Diagnostic(Rule.MARKDOWN_PARSES, message, node.span, hint)


def _at_the_beginning(blocks: tuple[Block, ...], notes: Iterable[Note]) -> Iterator[NoteCall]:
    """Give the calls with which a line begins where footnotes are written.

    That is in a paragraph that begins with one, and in the lines below a footnote.
    """
    for block in blocks:
        if isinstance(block, Paragraph) and block.kids and isinstance(block.kids[0], NoteCall):
            yield from _calls_in_column(block.span.column, (block,))
    for note in notes:
        yield from _calls_in_column(note.span.column, note.blocks)


def _calls_in_column(column: int, blocks: tuple[Block, ...]) -> Iterator[NoteCall]:
    for node in inlines_of(blocks):
        if isinstance(node, NoteCall) and node.span.column == column:
            yield node
