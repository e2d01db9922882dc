"""A key source as it is printed, with the place of each of its parts in sources.yml."""

from __future__ import annotations

from collections.abc import Mapping

from mgi_report.consult.model import Piece
from mgi_report.consult.printing import Printer
from mgi_report.content.model import Source
from mgi_report.content.yaml import YamlMap, YamlText, node_at
from mgi_report.pages.composing import bibliography
from mgi_report.pages.composing.markup import plain


def print_source(
    printer: Printer, entry: YamlMap, source: Source, labels: Mapping[str, str]
) -> None:
    """Print a source: year, title, original title, edition, number, note, publisher, address.

    What a translation does not word anew stands in another file, and cannot be changed here.
    """

    def field(key: str, value: str, *, lang: str | None = None, italic: bool = False) -> None:
        found = entry.entry(key)
        if found and isinstance(found.value, YamlText):
            look = Piece("", lang=lang, italic=italic)
            printer.plain(found.value.text, found.value.places, look)
        else:
            printer.fixed(value, italic=italic)

    author = node_at(entry, ("author", 0, "literal"))
    if isinstance(author, YamlText) and author.text == source.author:
        printer.plain(author.text, author.places)
    else:  # several, or persons: their names are put together
        printer.fixed(source.author)
    year = f"{source.year or labels['no-date']}{source.letter}"
    printer.fixed(f", {year.removesuffix('.')}. ")
    title = entry.entry("title")
    if title and isinstance(title.value, YamlText):
        printer.places = title.value.places
        printer.inline(source.title, Piece("", lang=source.language))
    else:
        printer.fixed(plain(source.title))
    if source.original_title:
        printer.fixed(" (")
        language = source.original_language
        field("original-title", source.original_title, lang=language, italic=True)
        printer.fixed(")")
    for key, value in (
        ("edition", source.edition),
        ("number", source.number),
        ("note", source.note),
        ("publisher", source.publisher),
    ):
        if value:
            printer.fixed(". ")
            field(key, value)
    if source.place:
        printer.fixed(", " if source.publisher else ". ")
        field("publisher-place", source.place)
    if source.address:
        printer.fixed(f". {labels['available-at']} ")
        field("URL", source.address)
        if source.accessed:
            words = bibliography.date(source.accessed, labels)
            printer.fixed(f" ({labels['accessed']} {words})")
    elif not source.online:
        printer.fixed(f". {labels['not-online']}")
    printer.fixed("." if source.address else "")
