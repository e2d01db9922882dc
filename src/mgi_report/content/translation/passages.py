"""Step 1, load: the passages of a text, by which a translation is held against its original.

A passage is what somebody translates at a time: a heading, a paragraph, an item of a list, a
footnote, a table; in YAML an entry. Its digest changes with its words, and with nothing else: not
with the length of its lines, the labels of its notes or the conditions it is printed under.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from mgi_report.content import model
from mgi_report.content.forms import is_language
from mgi_report.content.markdown.documents import parse_inline
from mgi_report.content.walk import inlines_of, runs_of
from mgi_report.content.yaml import YamlList, YamlMap, YamlNode, YamlText, node_at
from mgi_report.diagnostics import Span

DIGITS = 12
"""Of a digest, hexadecimal: enough for some thousand passages."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a text."""

    kind: str
    """As an editor calls it: heading, paragraph, list item, footnote, table, picture, entry."""
    span: Span
    words: str
    """All that is said, with white space and letters in one form."""
    name: str = ""
    """What it is known by in any language: the key or id of an entry, the level of a heading."""
    runs: tuple[tuple[model.Inline, ...], ...] = ()
    """What is read without a break."""
    rows: int = 0
    """Of a table."""
    anchor: str = ""
    """What references call it: the id of a heading, the label of a footnote."""
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        """Digest what is said."""
        said = f"{self.kind}\n{self.name}\n{self.words}"
        digest = hashlib.sha256(said.encode()).hexdigest()[:DIGITS]
        object.__setattr__(self, "digest", digest)

    @property
    def nodes(self) -> Iterator[model.Inline]:
        """Go through its inline nodes, the outer before the inner."""
        return (node for run in self.runs for node in inlines_of(run))

    @property
    def calls(self) -> frozenset[str]:
        """Give the labels of the footnotes that it calls."""
        return frozenset(node.label for node in self.nodes if isinstance(node, model.NoteCall))


def of_document(document: model.Document) -> tuple[Passage, ...]:
    """Give the passages of a Markdown file, its footnotes last."""
    notes = (
        replace(_markdown("footnote", note.blocks, note.span), anchor=label)
        for label, note in document.notes.items()
    )
    return (*_of_blocks(document.blocks), *notes)


def of_yaml(root: YamlMap, keys: Sequence[str] = ()) -> tuple[Passage, ...]:
    """Give the passages of a YAML file: its entries, or the items of a list that have ids.

    With `keys`, only these of each item count: those that another language words anew.
    """
    return tuple(_of_entries(root, keys))


def of_facts(root: YamlMap, lang: str) -> tuple[Passage, ...]:
    """Give what profile.yml says in a language, wherever it says it in several."""
    return tuple(_of_facts(root, lang, ""))


_WORDLESS = frozenset({"address", "identifiers", "reliefweb"})
"""What may differ by language in profile.yml and is no translation."""


def _of_facts(node: YamlNode, lang: str, name: str) -> Iterator[Passage]:
    if isinstance(node, YamlMap) and all(is_language(entry.key) for entry in node.entries):
        if entry := node.entry(lang):
            words, runs = _in_one_form(_text(entry.value)), tuple(_runs(entry.value))
            yield Passage("entry", entry.value.span, words, name, runs)
    elif isinstance(node, YamlMap):
        for entry in node.entries:
            if entry.key not in _WORDLESS:
                yield from _of_facts(entry.value, lang, f"{name}.{entry.key}".strip("."))
    elif isinstance(node, YamlList):
        for number, item in enumerate(node.items, start=1):
            yield from _of_facts(item, lang, f"{name}.{number}")


def _of_blocks(blocks: Iterable[model.Block]) -> Iterator[Passage]:
    for block in blocks:
        match block:
            case model.Heading():
                heading = _markdown("heading", [block], block.span, str(block.level))
                yield replace(heading, anchor=block.id or "")
            case model.Paragraph():
                yield _markdown("paragraph", [block], block.span)
            case model.ListBlock():
                for item in block.items:
                    yield from _of_item(item)
            case model.Quote() | model.Box():
                yield from _of_blocks(block.blocks)
            case model.Figure():
                words = f"{block.alt} {_said(block.caption)}"
                yield Passage("picture", block.span, _in_one_form(words))
            case model.Table():
                yield replace(_markdown("table", [block], block.span), rows=len(block.rows))


def _of_item(item: model.ListItem) -> Iterator[Passage]:
    lists = [block for block in item.blocks if isinstance(block, model.ListBlock)]
    own = [block for block in item.blocks if block not in lists]
    yield _markdown("list item", own, item.span)
    yield from _of_blocks(lists)


def _markdown(kind: str, blocks: Iterable[model.Block], span: Span, name: str = "") -> Passage:
    runs = tuple(runs_of(blocks))
    return Passage(kind, span, _in_one_form(" ".join(map(_said, runs))), name, runs)


def _said(nodes: Iterable[model.Inline]) -> str:
    """Write what inline nodes say. What comes out is kept by editors: it must not change."""
    return "".join(map(_node, nodes))


def _node(node: model.Inline) -> str:
    match node:
        case model.Text():
            return node.text
        case model.LineBreak():
            return " "
        case model.Variable():
            return f"{{{{{node.name}}}}}"
        case model.NoteCall():
            return "[^]"
        case model.Citation():
            return f"[@{node.key}]"
        case model.SourceLink():
            return f"[{_said(node.kids)}](@{node.key})"
        case model.CrossReference():
            return f"[{_said(node.kids)}](#)"
        case model.Link():
            return f"[{_said(node.kids)}]({node.address})"
        case model.Emphasis() | model.Strong() | model.Phrase():
            return _said(node.kids)


def _of_entries(root: YamlMap, keys: Sequence[str]) -> Iterator[Passage]:
    for entry in root.entries:
        items = entry.value.items if isinstance(entry.value, YamlList) else ()
        named = [(item, _id(item)) for item in items]
        if items and all(name for _, name in named):
            for item, name in named:
                words, runs = _in_one_form(_text(item, keys)), tuple(_runs(item, keys))
                yield Passage("entry", _start(item), words, name, runs)
        elif not keys:
            words, runs = _in_one_form(_text(entry.value)), tuple(_runs(entry.value))
            yield Passage("entry", entry.span, words, entry.key, runs)


def _id(node: YamlNode) -> str:
    name = node_at(node, ("id",))
    return name.text if isinstance(name, YamlText) else ""


def _start(node: YamlNode) -> Span:
    return node.entries[0].span if isinstance(node, YamlMap) and node.entries else node.span


def _text(node: YamlNode, keys: Sequence[str] = ()) -> str:
    match node:
        case YamlText():
            return node.text
        case YamlList():
            return "\n".join(_text(item) for item in node.items)
        case YamlMap():
            return "\n".join(
                f"{entry.key}: {_text(entry.value)}"
                for entry in node.entries
                if not keys or entry.key in keys
            )


def _runs(node: YamlNode, keys: Sequence[str] = ()) -> Iterator[tuple[model.Inline, ...]]:
    """Give the texts that are in the language of the file."""
    match node:
        case YamlText():
            yield parse_inline(node.text, node.places).value
        case YamlList():
            for item in node.items:
                yield from _runs(item)
        case YamlMap():
            # Of a source, the title may be in a language that the entry names.
            apart = {"original-title", "title" if node.entry("language") else ""}
            for entry in node.entries:
                if entry.key not in apart and (not keys or entry.key in keys):
                    yield from _runs(entry.value)


def _in_one_form(words: str) -> str:
    return unicodedata.normalize("NFC", " ".join(words.split()))
