"""The list of key sources: grouped by author body, then by year, as IOM prints it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import overload

from markupsafe import Markup, escape

from mgi_report.content.model import Source
from mgi_report.pages.composing import ties
from mgi_report.pages.composing.markup import Writer, address_link
from mgi_report.pages.composing.tongues import lent

_TITLE_IN_ITALICS = frozenset({"book", "periodical"})
"""CSL types whose title is a title of a book; laws and papers are set upright."""

_END = re.compile(r"[.?!…؟][”»]?(?:</[a-z]+>)*$")
"""Of a part, with the tags that close there."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A source as it is printed."""

    key: str
    label: str
    """"2009a" or "n.d."."""
    body: Markup
    block: Markup
    """The attribute that says where in sources.yml it comes from."""


@dataclass(frozen=True, slots=True)
class Group:
    """The sources of one author body."""

    author: str
    entries: tuple[Entry, ...]


def groups(sources: Sequence[Source], writer: Writer, labels: Mapping[str, str]) -> Iterator[Group]:
    """Group sources, which stand in the order of print, by their author."""
    for author, members in groupby(sources, key=lambda source: source.author):
        yield Group(author, tuple(_entry(source, writer, labels) for source in members))


class Later(Sequence[Group]):
    """Groups that are made when they are first asked for: most sections print none."""

    def __init__(self, made: Iterator[Group]) -> None:
        self._made = made

    @cached_property
    def _groups(self) -> tuple[Group, ...]:
        return tuple(self._made)

    @overload
    def __getitem__(self, index: int) -> Group: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Group]: ...

    def __getitem__(self, index: int | slice) -> Group | Sequence[Group]:
        return self._groups[index]

    def __len__(self) -> int:
        return len(self._groups)


def _entry(source: Source, writer: Writer, labels: Mapping[str, str]) -> Entry:
    return Entry(
        source.key,
        f"{source.year or labels['no-date']}{source.letter}",
        _body(source, writer, labels),
        writer.block_attribute(source.span),
    )


def date(iso: str, labels: Mapping[str, str]) -> str:
    """Write "2021-04-01" in the words of the profile's language."""
    year, month, day = (*iso.split("-"), "", "")[:3]
    if not month:
        return year
    name = labels[f"months.{int(month)}"]
    if not day:
        return labels["month-and-year"].format(month=name, year=year)
    number = labels["first-day"] if int(day) == 1 else str(int(day))
    return labels["date"].format(day=number, month=name, year=year)


def _body(source: Source, writer: Writer, labels: Mapping[str, str]) -> Markup:
    title = writer.inline(source.title)
    if source.type in _TITLE_IN_ITALICS:
        title = Markup("<em{}>{}</em>").format(writer.lang_attribute(source.language), title)
    elif source.language:
        title = Markup("<span{}>{}</span>").format(writer.lang_attribute(source.language), title)
    if source.original_title:
        original = writer.text(source.original_title, source.original_language)
        title += Markup(" (<em{}>{}</em>)").format(
            writer.lang_attribute(source.original_language), original
        )
    parts = [title]
    if source.edition:
        parts.append(_words(source, "edition", source.edition, writer))
    numbered = (("number", source.number), ("note", source.note))
    said = [_words(source, field, text, writer) for field, text in numbered if text]
    if len(said) > 1:
        said = [Markup(escape(labels["next"])).format(first=said[0], next=said[1])]
    parts += said
    if source.publisher and source.place:
        published = labels["next"].format(first=source.publisher, next=source.place)
        parts.append(writer.text(published))
    elif publisher := source.publisher or source.place:
        parts.append(writer.text(publisher))
    body = Markup(" ").join(_ended(part) for part in parts)
    if "author" in source.lent:
        body = lent(body)
    if source.address:
        where = Markup("{} {}").format(labels["available-at"], address_link(source.address))
        if source.accessed:
            accessed = writer.text(f"{labels['accessed']} {date(source.accessed, labels)}")
            where += Markup(" ({})").format(accessed)
        return body + " " + where + "."
    if not source.online:
        return body + " " + ties.tie_end(labels["not-online"])
    return body


def _words(source: Source, field: str, text: str, writer: Writer) -> Markup:
    """Write a part of an entry; where all of it is in another language, it is marked as one."""
    words = writer.text(text)
    return lent(words) if field in source.lent and "author" not in source.lent else words


def _ended(part: Markup) -> Markup:
    """Put a full stop behind a part, unless it ends with a mark: "Washington, D.C.", "Who?"."""
    return part if _END.search(part) else part + "."
