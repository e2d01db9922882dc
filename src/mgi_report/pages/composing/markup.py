"""From blocks of content to HTML.

The classes and roles that come out are the contract with the style sheets and with the tagging:
`note-call` and `note` for footnotes, `source-link`, `address`, `data-block` on each block.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import escape
from itertools import zip_longest
from typing import TypeGuard

from markupsafe import Markup

from mgi_report.content import model
from mgi_report.content.walk import inlines_of
from mgi_report.content.words import NARROW, NBSP, Language, without_scheme
from mgi_report.diagnostics import Span
from mgi_report.pages.composing import ties
from mgi_report.pages.composing.calls import place_calls

_LONG_NUMBER = re.compile(rf"\d\d[ {NBSP}{NARROW}]\d{{3}}")


@dataclass
class Writer:
    """Writes the blocks of one section as HTML, and keeps where each came from."""

    lang: str
    languages: Mapping[str, Language] = field(default_factory=dict)
    """By BCP 47 tag: that of the section, and those of single words."""
    notes: Mapping[str, model.Note] = field(default_factory=dict)
    note_name: str = ""
    """What a call says to those who hear it: "Note {number}"."""
    back_to_text: str = ""
    """What the link from a note back to its call says: "{note}: back to the text"."""
    lead_lines: Callable[[str], int] = field(default=lambda _: 1)
    """Counts the lines of a lead, which is set wider than the grid and has to return to it."""
    blocks: dict[str, Span] = field(default_factory=dict)
    """Filled on the way: `data-block` → place in the content."""
    foreign: str = ""
    """What each block says of its language, where that is not the page's."""

    def write(self, blocks: Iterable[model.Block]) -> Markup:
        """Write blocks one after the other."""
        return Markup("").join(self._block(block) for block in self._leads_on_the_grid(blocks))

    def block_attribute(self, span: Span) -> Markup:
        """Give the `data-block` attribute of what stands at `span`."""
        name = f"b{len(self.blocks) + 1}"
        self.blocks[name] = span
        return Markup(f' data-block="{name}"')

    def inline(self, kids: Sequence[model.Inline], *, is_paragraph: bool = False) -> Markup:
        """Write inline nodes; `is_paragraph` ties the last words."""
        if is_paragraph:
            kids = _tie_last_words(kids)
        kids = place_calls(kids, self._language(self.lang))
        return Markup("").join(self._inline(kid, self.lang) for kid in kids)

    def text(self, text: str, lang: str | None = None) -> Markup:
        """Write plain text, its words tied as its language asks."""
        language = self._language(lang or self.lang)
        tied = escape(ties.tie(text, language), quote=False)
        if language.raised:
            tied = _ordinals(language).sub(r'<span class="raised">\1</span>', tied)
        return Markup(tied)

    def lang_attribute(self, lang: str | None, within: str | None = None) -> Markup:
        """Give the attributes that say which language words are in; nothing where none is given.

        `within` is the language around them, the section's by default.
        """
        if not lang:
            return Markup("")
        direction = self._language(lang).direction
        turns = direction != self._language(within or self.lang).direction
        return Markup(' lang="{}"{}').format(lang, Markup(f' dir="{direction}"') if turns else "")

    def _language(self, lang: str) -> Language:
        return self.languages.get(lang, Language())

    # --- blocks ---------------------------------------------------------------------------

    def _leads_on_the_grid(self, blocks: Iterable[model.Block]) -> Iterator[model.Block]:
        """Say of the last of some leads whether their lines, and the spaces between, are even."""
        given = list(blocks)
        lines = 0
        for block, following in zip_longest(given, given[1:]):
            if not _is_lead(block):
                lines = 0
                yield block
                continue
            lines += self.lead_lines(plain(block.kids))
            if _is_lead(following):
                lines += 1
                yield block
            else:
                even = () if lines % 2 else ("even",)
                yield replace(block, classes=(*block.classes, *even))

    def _block(self, block: model.Block) -> Markup:
        match block:
            case model.Paragraph():
                classes = self._classes(block)
                return self._wrap(
                    "p", self.inline(block.kids, is_paragraph=True), block.span, classes
                )
            case model.Heading():
                identity = f' id="{escape(block.id)}"' if block.id else ""
                return self._wrap(f"h{block.level}", self.inline(block.kids), block.span, identity)
            case model.ListBlock():
                return self._list(block)
            case model.Quote():
                return self._wrap("blockquote", self.write(block.blocks), block.span)
            case model.Box():
                name = f' class="box box-{escape(block.name)}"'
                return self._wrap("section", self.write(block.blocks), block.span, name)
            case model.Figure():
                return self._figure(block)
            case model.Table():
                return self._table(block)

    def _classes(self, block: model.Paragraph) -> str:
        names = list(block.classes)
        quotes = self._language(self.lang).opening_quotes
        if "lead" in names and plain(block.kids).startswith(quotes):
            names.append("quoted")
        return f' class="{escape(" ".join(names))}"' if names else ""

    def _wrap(self, tag: str, inside: Markup, span: Span, attributes: str = "") -> Markup:
        block = f"{self.foreign}{self.block_attribute(span)}"
        return Markup(f"<{tag}{attributes}{block}>{inside}</{tag}>\n")

    def _list(self, block: model.ListBlock) -> Markup:
        items = Markup("").join(self._item(item) for item in block.items)
        if not block.ordered:
            return self._wrap("ul", items, block.span)
        start = ""
        if block.start != 1:  # WeasyPrint counts by CSS alone; readers of HTML go by the attribute
            counter = f"counter-reset: list-item {block.start - 1}"
            start = f' start="{block.start}" style="{counter}"'
        return self._wrap("ol", items, block.span, f' class="{escape(block.style)}"{start}')

    def _item(self, item: model.ListItem) -> Markup:
        only = item.blocks[0] if len(item.blocks) == 1 else None
        if isinstance(only, model.Paragraph):
            return self._wrap("li", self.inline(only.kids, is_paragraph=True), item.span)
        return self._wrap("li", self.write(item.blocks), item.span)

    def _figure(self, block: model.Figure) -> Markup:
        picture = f'<img src="{escape(block.path)}" alt="{escape(block.alt)}">'
        caption = f"<figcaption>{self.inline(block.caption)}</figcaption>" if block.caption else ""
        return self._wrap("figure", Markup(picture + caption), block.span)

    def _table(self, block: model.Table) -> Markup:
        columns = [self._of_column(cells) for cells in zip(block.head, *block.rows, strict=True)]

        def row(cells: Sequence[Sequence[model.Inline]], *, head: bool) -> str:
            out = ""
            for index, cell in enumerate(cells):
                tag, scope = ("th", "col") if head else ("th", "row") if index == 0 else ("td", "")
                attributes = f' scope="{scope}"' if scope else ""
                if block.align[index] != "start":
                    attributes += f' class="{block.align[index]}"'
                out += f"<{tag}{attributes}>{columns[index].inline(cell)}</{tag}>"
            first = next((node.span for cell in cells for node in inlines_of(cell)), None)
            # The head stands where the table does.
            place = self.block_attribute(first) if first and not head else ""
            return f"<tr{place}>{out}</tr>"

        head = row(block.head, head=True)
        body = "".join(row(cells, head=False) for cells in block.rows)
        return self._wrap(
            "table", Markup(f"<thead>{head}</thead><tbody>{body}</tbody>"), block.span
        )

    def _of_column(self, cells: Iterable[Sequence[model.Inline]]) -> Writer:
        """Give the writer of a table's column: beside 12 000 stands 2 400, not 2400."""
        if not any(_LONG_NUMBER.search(plain(cell)) for cell in cells):
            return self
        grouped = {
            tag: replace(each, grouped_from=ties.SMALLEST_GROUPED)
            for tag, each in self.languages.items()
        }
        return replace(self, languages=grouped)

    # --- inline ---------------------------------------------------------------------------

    def _inline(self, node: model.Inline, lang: str) -> Markup:
        def inside(kids: Sequence[model.Inline], language: str | None = None) -> Markup:
            return Markup("").join(self._inline(kid, language or lang) for kid in kids)

        def attribute(language: str | None) -> Markup:
            return self.lang_attribute(language, lang)

        match node:
            case model.Text(text="; "):  # between sources that are cited together
                return self.text(f"{self._language(lang).semicolon} ", lang)
            case model.Text():
                return self.text(node.text, lang)
            case model.LineBreak():
                return Markup("<br>")
            case model.Emphasis():
                return Markup(f"<em{attribute(node.lang)}>{inside(node.kids, node.lang)}</em>")
            case model.Strong():
                body = inside(node.kids, node.lang)
                return Markup(f"<strong{attribute(node.lang)}>{body}</strong>")
            case model.Phrase():
                classes = f' class="{escape(" ".join(node.classes))}"' if node.classes else ""
                body = inside(node.kids, node.lang)
                return Markup(f"<span{attribute(node.lang)}{classes}>{body}</span>")
            case model.Link():
                return self._link(node, lang)
            case model.CrossReference():
                target = f"section:{node.target}"
                return Markup(f'<a href="{escape(target)}">{inside(node.kids)}</a>')
            case model.SourceLink():
                target = f"section:sources/source-{node.key}"
                return Markup(
                    f'<a class="source-link" href="{escape(target)}">{inside(node.kids)}</a>'
                )
            case model.Citation():
                target = f"section:sources/source-{node.key}"
                text = self.text(node.text, node.lang or lang)
                own = attribute(node.lang)
                return Markup(f'<a class="source-link"{own} href="{escape(target)}">{text}</a>')
            case model.NoteCall():
                return self._note_call(node)
            case model.Variable():
                message = f"variable {node.name} has not been resolved"
                raise AssertionError(message)

    def _link(self, node: model.Link, lang: str) -> Markup:
        if node.is_address:
            words = "".join(kid.text for kid in node.kids if isinstance(kid, model.Text))
            return address_link(node.address, words)
        words = Markup("").join(self._inline(kid, lang) for kid in node.kids)
        return Markup(f'<a href="{escape(node.address)}">{words}</a>')

    def _note_call(self, node: model.NoteCall) -> Markup:
        label, number = escape(node.label), node.number
        name = self.note_name.replace("{number}", str(number))
        word = f' aria-label="{escape(name)}"' if name else ""
        joined = Markup(ties.JOINER)
        if node.repeated:
            return joined + Markup(
                f'<a class="note-call" role="doc-noteref"{word} href="#note-{label}">{number}</a>'
            )
        note = self.notes.get(node.label)
        if note is None:  # said by step 2; the other steps go on to find what else is wrong
            return Markup("")
        way = self.back_to_text.replace("{note}", name)
        back = f' aria-label="{escape(way)}"' if way else ""
        body = self._note_body(note)
        return joined + Markup(
            f'<a class="note-call" role="doc-noteref"{word} id="call-{label}"'
            f' href="#note-{label}">{number}</a>'
            f'<span class="note" role="doc-footnote" id="note-{label}"'
            f"{self.foreign}{self.block_attribute(note.span)}>"
            f'<a class="note-number" role="doc-backlink"{back} href="#call-{label}">{number}</a> '
            f"{body}</span>"
        )

    def _note_body(self, note: model.Note) -> Markup:
        # A note stands inside a paragraph, so its own paragraphs are joined by line breaks.
        bodies = [
            self.inline(block.kids, is_paragraph=True)
            for block in note.blocks
            if isinstance(block, model.Paragraph)
        ]
        return Markup("<br>").join(bodies)


def _is_lead(block: model.Block | None) -> TypeGuard[model.Paragraph]:
    return isinstance(block, model.Paragraph) and "lead" in block.classes


def plain(kids: Sequence[model.Inline]) -> str:
    """Give the words of inline nodes, without note calls."""
    words = ""
    for kid in kids:
        match kid:
            case model.Text() | model.Citation():
                words += kid.text
            case model.LineBreak():
                words += " "
            case model.NoteCall() | model.Variable():
                pass
            case _:
                words += plain(kid.kids)
    return words


def address_link(address: str, words: str | None = None) -> Markup:
    """Write a web address as a link that breaks well."""
    shown = words if words is not None else without_scheme(address)
    text = escape(ties.address(shown), quote=False)
    return Markup(f'<a class="address" href="{escape(address)}">{text}</a>')


@lru_cache(maxsize=64)
def _ordinals(language: Language) -> re.Pattern[str]:
    """Match the ending of an ordinal number behind its figures: 1er, 1.er, XXe."""
    endings = "|".join(map(re.escape, language.raised))
    return re.compile(rf"(?:(?<=\d)|(?<=\d\.)|(?<=\b[IVX])|(?<=[IVX]{{2}}))({endings})\b")


def _hangs(node: model.Inline, before: model.Inline) -> bool:
    if isinstance(node, model.Text) and isinstance(before, model.NoteCall):
        return not any(each.isalnum() or each.isspace() for each in node.text)
    return isinstance(node, model.NoteCall)


def _tie_last_words(kids: Sequence[model.Inline]) -> Sequence[model.Inline]:
    # Note calls at the end, and a mark behind them, hang on the last word: the text before counts.
    last = len(kids) - 1
    while last > 0 and _hangs(kids[last], kids[last - 1]):
        last -= 1
    node = kids[last] if kids else None
    if not isinstance(node, model.Text):
        return kids
    tied = ties.tie_end(node.text, len(plain(kids)))
    return (*kids[:last], replace(node, text=tied), *kids[last + 1 :])
