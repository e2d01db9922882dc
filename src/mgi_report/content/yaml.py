"""YAML with the place of everything in it.

The tree is built from PyYAML's events, so that nothing is lost on the way: scalars stay as they
were typed (`NO` is no boolean, `2021-09` no date) and a key that stands twice is seen. It is
built without recursion; anchors and aliases are refused, so no file can grow or nest without end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

import yaml as pyyaml

from mgi_report.content.files import clean
from mgi_report.content.places import Offsets
from mgi_report.content.words import is_blank
from mgi_report.content.yaml_faults import remark_behind, syntax_error
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span

MAX_DEPTH = 40
"""How deep lists and mappings may nest; profiles need five."""


@dataclass(frozen=True, slots=True)
class YamlText:
    """A scalar, as it was typed."""

    text: str
    quoted: bool
    """In quotation marks, or a block (`|`, `>`)."""
    places: Offsets

    @property
    def span(self) -> Span:
        """Where it begins, inside its quotation marks."""
        return self.places.start

    @property
    def is_nothing(self) -> bool:
        """Say whether no value was given: nothing, `~` or `null`."""
        return not self.quoted and self.text in ("", "~", "null")

    @property
    def is_blank(self) -> bool:
        """Say whether there is nothing in it that anybody would see."""
        return self.is_nothing or is_blank(self.text)


@dataclass(frozen=True, slots=True)
class YamlList:
    """A sequence."""

    items: tuple[YamlNode, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class YamlEntry:
    """A key and its value."""

    key: str
    span: Span
    """Of the key."""
    value: YamlNode


@dataclass(frozen=True, slots=True)
class YamlMap:
    """A mapping; each key stands once."""

    entries: tuple[YamlEntry, ...]
    span: Span

    def entry(self, key: str) -> YamlEntry | None:
        """Find an entry."""
        return next((entry for entry in self.entries if entry.key == key), None)


YamlNode: TypeAlias = YamlText | YamlList | YamlMap


@lru_cache(maxsize=128)  # files that did not change are not read again
def parse_yaml(text: str, file: str) -> Outcome[YamlMap | None]:
    """Parse a file whose top level is a mapping; an empty file is an empty mapping."""
    builder = _Builder(file, text.split("\n"))
    try:
        for event in _events(text):
            builder.take(event)
    except pyyaml.YAMLError as error:
        return Outcome(None, (*builder.found, syntax_error(error, text, file)))
    except _Refused as refused:
        return Outcome(None, (*builder.found, refused.diagnostic))
    root = builder.root
    if root is None or (isinstance(root, YamlText) and root.is_nothing):
        root = YamlMap((), Span(file))
    if not isinstance(root, YamlMap):
        message = 'The file should consist of keys with values, such as "year: 2021".'
        hint = None
        if isinstance(root, YamlList):
            message = "The file begins with a list; the key that it belongs to is missing."
            hint = 'Write the key on a line above it, such as "references:" in sources.yml.'
        wrong = Diagnostic(Rule.VALUE_IS_VALID, message, root.span, hint)
        return Outcome(None, (*builder.found, wrong))
    return Outcome(root, tuple(builder.found))


def node_at(root: YamlNode, path: tuple[str | int, ...]) -> YamlNode | None:
    """Follow keys and indices from a node, None where one is missing."""
    node: YamlNode | None = root
    for step in path:
        if isinstance(node, YamlMap) and isinstance(step, str):
            entry = node.entry(step)
            node = entry.value if entry else None
        elif isinstance(node, YamlList) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return None
    return node


_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_ESCAPED = dict(zip("0abevfrNLP", "\0\a\b\x1b\v\f\r\x85\u2028\u2029", strict=True))
"""What stands behind a backslash for a character that cannot be printed (YAML 1.2, 5.7)."""


class _Refused(Exception):
    """Something after which the rest of the file cannot be read."""

    def __init__(self, message: str, span: Span, hint: str | None = None) -> None:
        super().__init__(message)
        self.diagnostic = Diagnostic(Rule.YAML_PARSES, message, span, hint)


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    span: Span
    is_map: bool
    items: list[YamlNode] = field(default_factory=list)
    entries: dict[str, YamlEntry] = field(default_factory=dict)
    key: YamlText | None = None


class _Builder:
    """Builds the tree, event by event."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file = file
        self.lines = lines
        self.found: list[Diagnostic] = []
        self.root: YamlNode | None = None
        self._open: list[_Open] = []
        self._documents = 0

    def take(self, event: pyyaml.Event) -> None:
        line, column = _mark(event.start_mark)
        span = Span(self.file, line + 1, column + 1)
        match event:
            case pyyaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    message = "A second YAML document begins here."
                    raise _Refused(message, span, 'Take the line "---" away.')
            case pyyaml.AliasEvent():
                raise _anchor(span)
            case pyyaml.ScalarEvent():
                self._look_at(event, span)
                places = _places_of(event, self.lines, self.file)
                value = clean(event.value, lambda offset: self._place_of_escape(event, offset))
                self.found += value.diagnostics
                if event.value and not event.style:
                    self.found += remark_behind(self.lines, *_mark(event.end_mark), self.file)
                self._put(YamlText(value.value, quoted=bool(event.style), places=places))
            case pyyaml.SequenceStartEvent() | pyyaml.MappingStartEvent():
                self._look_at(event, span)
                if len(self._open) >= MAX_DEPTH:
                    raise _Refused(f"This is nested more than {MAX_DEPTH} deep.", span)
                self._open.append(_Open(span, isinstance(event, pyyaml.MappingStartEvent)))
            case pyyaml.SequenceEndEvent():
                closed = self._open.pop()
                self._put(YamlList(tuple(closed.items), closed.span))
            case pyyaml.MappingEndEvent():
                closed = self._open.pop()
                self._put(YamlMap(tuple(closed.entries.values()), closed.span))

    def _put(self, node: YamlNode) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if not parent.is_map:
            parent.items.append(node)
        elif parent.key is None:
            if not isinstance(node, YamlText):
                message = "A key should be a word, not a list or a mapping."
                raise _Refused(message, node.span, "Put a text with braces in quotation marks.")
            parent.key = node
        else:
            key, parent.key = parent.key, None
            if first := parent.entries.get(key.text):
                message = f'The key "{key.text}" stands here a second time.'
                hint = f"It stands in line {first.span.line} already; keep one of the two."
                self.found.append(Diagnostic(Rule.KEY_IS_UNIQUE, message, key.span, hint))
            else:
                parent.entries[key.text] = YamlEntry(key.text, key.span, node)

    def _place_of_escape(self, event: pyyaml.ScalarEvent, offset: int) -> Span:
        """Give the place of the escape, "\\0", that the character at an offset was written as."""
        (first, column), (last, end) = _mark(event.start_mark), _mark(event.end_mark)
        character = event.value[offset]
        before = event.value[:offset].count(character)
        for number in range(first, last + 1):
            line = self.lines[number][: end if number == last else None]
            for escape in _ESCAPE.finditer(line, column if number == first else 0):
                if _unescaped(escape) == character:
                    if not before:
                        return Span(self.file, number + 1, escape.start() + 1)
                    before -= 1
        return Span(self.file, first + 1, column + 1)

    def _look_at(self, event: pyyaml.NodeEvent, span: Span) -> None:
        """Refuse what says how a value is to be read: the file cannot be judged beyond it."""
        if event.anchor:
            raise _anchor(span)
        tag = getattr(event, "tag", None)
        # Both parsers give "!" to a quoted scalar that has no tag of its own.
        if tag and tag != "!":
            message = f'The tag "{tag.replace("tag:yaml.org,2002:", "!!")}" is not used here.'
            hint = "Take it away, or put a text that begins with ! in quotation marks."
            raise _Refused(message, span, hint)


def _anchor(span: Span) -> _Refused:
    message = "YAML's anchors (&name) and aliases (*name) are not used here."
    hint = "Write the value out, or put a text that begins with & or * in quotation marks."
    return _Refused(message, span, hint)


def _events(text: str) -> Iterator[pyyaml.Event]:
    # libyaml is ten times faster; only PyYAML's own parser has messages to go by.
    loader: Any = getattr(pyyaml, "CSafeLoader", pyyaml.SafeLoader)
    try:
        yield from pyyaml.parse(text, Loader=loader)
    except pyyaml.YAMLError:
        with suppress(ValueError):  # it stumbles over "\\U00110000" itself
            for _ in pyyaml.parse(text, Loader=pyyaml.SafeLoader):
                pass
        raise


def scalars_of(text: str) -> Iterator[tuple[int, int]]:
    """Give where keys and values stand, as offsets; of a long one, what is below its "|"."""
    for event in _events(text):
        if isinstance(event, pyyaml.ScalarEvent) and event.start_mark and event.end_mark:
            start, end = event.start_mark.index, event.end_mark.index
            is_long = event.style in ("|", ">")
            yield (text.find("\n", start, end) if is_long else start), end


def _mark(mark: Any) -> tuple[int, int]:
    """Give line and column from 0."""
    return (mark.line, mark.column) if mark else (0, 0)


def _unescaped(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2] or escape[3]
    return chr(int(code, 16)) if code else _ESCAPED.get(escape[4], "")


def _places_of(event: pyyaml.ScalarEvent, lines: list[str], file: str) -> Offsets:
    """Map a scalar's characters to the file, line by line as far as they came over unchanged."""
    (first, column), (last, end) = _mark(event.start_mark), _mark(event.end_mark)
    start_of_all = (0, first + 1, column + 1)
    column += 1 if event.style in ("'", '"') else 0
    value: str = event.value
    if event.style in ("|", ">"):
        first, column = first + 1, 0
    elif first < len(lines) and lines[first].startswith(value, column):
        return Offsets(file, ((0, first + 1, column + 1),))
    runs: list[tuple[int, int, int]] = []
    offset = 0
    for number in range(first, min(last + 1, len(lines))):
        line = lines[number]
        start = column if number == first else 0
        start += len(line[start:]) - len(line[start:].lstrip(" \t"))
        piece = line[start:].rstrip(" \t")
        if number == last and event.style in ("'", '"'):
            piece = line[start : max(end - 1, start)]
        found = value.find(piece, offset) if piece else -1
        if found >= 0:
            runs.append((found, number + 1, start + 1))
            offset = found + len(piece)
    if not runs or runs[0][0] > 0:
        runs.insert(0, start_of_all)
    return Offsets(file, tuple(runs))


def remarks_in(text: str) -> tuple[tuple[int, str], ...]:
    """Give the remarks of a sound file with their lines, from 0; a # inside of a text is none."""
    found, at, line = [], 0, 0
    for token in pyyaml.scan(text, Loader=pyyaml.SafeLoader):
        ends = [(at, token.start_mark.index, line)]
        if isinstance(token, pyyaml.ScalarToken) and token.style in ("|", ">"):
            head = text.find("\n", token.start_mark.index, token.end_mark.index)
            ends.append((token.start_mark.index, max(head, 0), token.start_mark.line))
        for start, end, first in ends:
            for number, part in enumerate(text[start:end].split("\n"), start=first):
                if "#" in part:
                    found.append((number, part[part.index("#") :].rstrip()))
        at, line = token.end_mark.index, token.end_mark.line
    return tuple(found)
