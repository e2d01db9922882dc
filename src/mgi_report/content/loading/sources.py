"""Step 1, load: the key sources, sources.yml (CSL-YAML)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pydantic import ValidationError

from mgi_report.content.files import read_text
from mgi_report.content.loading.doubts import doubts_of, find_twins
from mgi_report.content.loading.joining import Joining
from mgi_report.content.markdown.documents import parse_inline
from mgi_report.content.model import Source, Text
from mgi_report.content.schema import Author, Reference, SourcesFile
from mgi_report.content.shared import Shelf
from mgi_report.content.translation.overlay import FILE, Overlay, entries_of, read_overlay
from mgi_report.content.validate import (
    judge,
    span_of,
    validate,
    without_markup,
    without_variables,
)
from mgi_report.content.yaml import YamlList, YamlMap, YamlText, node_at, parse_yaml
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span
from mgi_report.layout.model import Looks


def read_sources(
    shelf: Shelf, joining: Joining, looks: Looks, *, language: str, needed: bool, year: int | None
) -> Outcome[tuple[Source, ...] | None]:
    """Read sources.yml, and lay a language's words over it.

    `language` is that of sources.yml itself; `year` is the profile's, None where it is not known.
    An entry in which something is wrong still counts as a source. The value is None where there is
    no telling which sources there are.
    """
    path = f"{shelf.folder}/{FILE}" if shelf.folder else FILE
    text = read_text(shelf.project, path)
    if text.value is None:
        if needed and not text.diagnostics:
            message = "There is no file sources.yml, which the key sources need."
            hint = 'Write one; "references: []" will do for none.'
            return Outcome(None, (Diagnostic(Rule.FILE_EXISTS, message, Span(path), hint),))
        return Outcome(None if text.diagnostics else (), text.diagnostics)
    parsed = parse_yaml(text.value, path)
    found = [*text.diagnostics, *parsed.diagnostics]
    if parsed.value is None:
        return Outcome(None, tuple(found))
    if needed and not parsed.value.entries and not found:
        message = "There is nothing in the file sources.yml, which the key sources need."
        hint = 'Write "references:" and the sources below it; "references: []" will do for none.'
        return Outcome(None, (Diagnostic(Rule.FIELD_IS_PRESENT, message, Span(path), hint),))
    found += validate(parsed.value, SourcesFile).diagnostics
    if found and not isinstance(node_at(parsed.value, ("references",)), YamlList):
        return Outcome(None, tuple(found))
    overlay = read_overlay(shelf, parsed.value, language)
    sources: dict[str, Source] = {}
    for node in entries_of(parsed.value):
        source = _in_words(_source(overlay.over(node), joining, looks, found), node, overlay)
        found += doubts_of(source, node, year)
        if first := sources.get(source.key):
            message = f'The source "{source.key}" stands twice.'
            hint = f"It stands in line {first.span.line} already; give each its own id."
            found.append(Diagnostic(Rule.KEY_IS_UNIQUE, message, span_of(node, ("id",)), hint))
        elif source.key:
            sources[source.key] = source
    found += find_twins(sources.values())
    return Outcome(tuple(sources.values()), tuple(found))


def _in_words(source: Source, base: YamlMap, overlay: Overlay) -> Source:
    """Say of a source in a translation which of its words are in the original language."""
    lacking = overlay.lacking(base)
    language = source.language
    if "title" in lacking:
        language = language or overlay.original
    return replace(
        source,
        language=None if language == overlay.lang else language,
        lent=frozenset(lacking) - {"title"},
    )


def _source(node: YamlMap, joining: Joining, looks: Looks, found: list[Diagnostic]) -> Source:
    for item in node.entries:
        if item.key != "title":
            found += (*without_variables(item.value), *without_markup(item.value))
    key = node_at(node, ("id",))
    entry = judge(node, Reference)
    if isinstance(entry, ValidationError):
        # All of it has been reported with the file; what cites the source is not to blame.
        name = key.text if isinstance(key, YamlText) else ""
        return Source(name, "…", (Text(name, node.span),), node.span, consulted=True)
    title = node_at(node, ("title",))
    assert isinstance(title, YamlText)  # the model has asked for it
    words = parse_inline(title.text, title.places, looks)
    found += words.diagnostics
    if entry.original_title and not entry.original_language:
        message = 'There is no "original-language", the language of the original title.'
        hint = "Write for example original-language: fr."
        span = span_of(node, ("original-title",))
        found.append(Diagnostic(Rule.FIELD_IS_PRESENT, message, span, hint))
    for index, author in enumerate(entry.author):
        if not (author.literal or author.family):
            message = "This author has no name."
            hint = "Write literal: for a body, family: and given: for a person."
            span = span_of(node, ("author", index))
            found.append(Diagnostic(Rule.FIELD_IS_PRESENT, message, span, hint))
    return Source(
        key=entry.id,
        author=_authors(entry.author, joining),
        cited=joining.cited(
            [_in_line(each.literal or each.family or "…") for each in entry.author]
        ),
        authors=_bodies(node, entry.author),
        title=words.value,
        span=node.span,
        type=entry.type,
        year=int(entry.issued[:4]) if entry.issued else None,
        language=entry.language,
        original_title=entry.original_title,
        original_language=entry.original_language,
        edition=entry.edition,
        number=entry.number,
        publisher=entry.publisher,
        place=entry.publisher_place,
        note=entry.note,
        address=entry.url or "",
        accessed=entry.accessed or "",
        online=entry.medium != "not-online",
        consulted=entry.consulted,
    )


def _authors(authors: list[Author], joining: Joining) -> str:
    def listed(names: Iterable[str | None]) -> str:
        return joining.listed([name for name in names if name] or ["…"])

    # One without a name is an error that the schema has told.
    names = [
        _in_line(author.literal or listed((author.family, author.given))) for author in authors
    ]
    return joining.joined(names) if names[1:] else listed(names)


def _bodies(node: YamlMap, authors: list[Author]) -> tuple[Text, ...]:
    return tuple(
        Text(_in_line(author.literal), span_of(node, ("author", index, "literal")))
        for index, author in enumerate(authors)
        if author.literal
    )


def _in_line(name: str) -> str:
    """Give a name with single spaces: another kind of space makes no other author."""
    return " ".join(name.split())
