"""Writes what was found into indicators.yml, and touches nothing else in it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from mgi_report.content.yaml import YamlEntry, YamlMap, YamlText, node_at, parse_yaml, remarks_in
from mgi_report.indicators.survey import FIELDS, Values

_KEY = "indicators"
_HEAD = """\
# What the assessment has found: of each indicator whether it is there, partly there or absent, on
# what evidence, from which source of sources.yml, and what the assessment before answered. What is
# not known yet stays out.
"""
_BRACES = re.compile(r"\s*\{\s*\}")
_UNMADE = re.compile(r"\s*(?:#.*)?$")
"""A line that says nothing: blank, or a remark."""


def with_changes(
    text: str,
    path: str,
    known: Mapping[str, Values],
    changes: Mapping[str, Values],
    order: Sequence[str],
) -> str:
    """Give the file with changes made: by indicator and field, empty where one is taken away.

    `known` is what the file says. Remarks and the order of what is there stay; what is new stands
    in the `order` of the questionnaire. A file that is written in a way that cannot be changed in
    places is written anew, under the remarks at its beginning.
    """
    wanted = {name: dict(values) for name, values in known.items()}
    for name, values in changes.items():
        merged = {**wanted.get(name, {}), **values}
        wanted[name] = {field: value for field, value in merged.items() if value}
    wanted = {name: values for name, values in wanted.items() if values}
    edited = _File(text, path).changed(changes, wanted, order)
    if edited is not None and _read(edited, path) == wanted:
        return edited
    head = "\n".join(takewhile(_UNMADE.match, text.split("\n")))
    names = sorted(wanted, key=lambda name: order.index(name) if name in order else len(order))
    lines = [line for name in names for line in _entry(name, wanted[name])]
    return f"{head.rstrip() or _HEAD.rstrip()}\n{_KEY}:\n" + "\n".join(lines) + "\n"


def lost_remarks(before: str, after: str) -> tuple[tuple[int, str], ...]:
    """Give the remarks that a changed file no longer has, with their lines, from 1."""
    left = "\n".join(remark for _, remark in remarks_in(after))
    lost = []
    # The longest first, for a short one may be part of it; two may stand on one line now.
    for line, remark in sorted(remarks_in(before), key=lambda each: -len(each[1])):
        if remark not in left:
            lost.append((line + 1, remark))
        left = left.replace(remark, "", 1)
    return tuple(sorted(lost))


class _File:
    """A file, cut into what stands above the first indicator, each indicator, and the rest."""

    def __init__(self, text: str, path: str) -> None:
        self._lines = text.rstrip("\n").split("\n")
        root = parse_yaml(text, path).value
        entry = root.entry(_KEY) if root else None
        self._remarks = dict(remarks_in(text))
        self._entries: tuple[YamlEntry, ...] = ()
        self._is_cut = False
        self._empty: int | None = None
        if root is None or entry is None or not isinstance(entry.value, YamlMap):
            return
        if not entry.value.entries and "}" in self._lines[entry.span.line - 1]:
            self._empty = entry.span.line - 1
        later = [each.span.line for each in root.entries if each.span.line > entry.span.line]
        self._end = min(later, default=len(self._lines) + 1) - 1
        while _UNMADE.match(self._lines[self._end - 1]):
            self._end -= 1  # what stands below all of them belongs to none
        self._entries = entry.value.entries
        starts = [each.span.line for each in self._entries]
        # Each on lines of its own, below the key: else it is written in braces.
        self._is_cut = (
            bool(starts) and starts[0] > entry.span.line and len({*starts}) == len(starts)
        )

    def changed(
        self, changes: Mapping[str, Values], wanted: Mapping[str, Values], order: Sequence[str]
    ) -> str | None:
        """Give the text with the changes, None where the file cannot be cut."""
        if self._empty is not None:
            ranked = sorted(wanted, key=lambda name: order.index(name) if name in order else 0)
            made = [line for name in ranked for line in _entry(name, wanted[name])]
            key = _BRACES.sub("", self._lines[self._empty], count=1)
            lines = [*self._lines[: self._empty], key, *made, *self._lines[self._empty + 1 :]]
            return "\n".join(lines) + "\n"
        if not self._is_cut:
            return None
        starts = [each.span.line - 1 for each in self._entries]
        above = self._remarks_above(starts[0], 0)
        pieces: dict[str, list[str]] = {}
        ends = [*(self._remarks_above(start, starts[0]) for start in starts[1:]), self._end]
        begins = [above, *ends[:-1]]
        for entry, start, begin, end in zip(self._entries, starts, begins, ends, strict=True):
            own = self._lines[begin:end]
            if entry.key not in wanted:
                own = []
            elif entry.key in changes:
                own = [
                    *self._lines[begin:start],
                    *self._entry(entry, start, end, changes[entry.key], wanted[entry.key]),
                ]
            pieces[entry.key] = own
        ranks = {name: rank for rank, name in enumerate(order)}
        margin = self._margin(self._entries[0])
        for name in sorted(changes.keys() & wanted.keys(), key=lambda each: ranks.get(each, 0)):
            if name not in pieces:
                pieces = _inserted(pieces, name, _entry(name, wanted[name], margin), ranks)
        kept = [*self._lines[:above], *(line for own in pieces.values() for line in own)]
        return "\n".join([*kept, *self._lines[self._end :]]).rstrip("\n") + "\n"

    def _remarks_above(self, line: int, least: int) -> int:
        """Give where the remarks begin that stand right above a line."""
        while line > least and self._is_remark(line - 1):
            line -= 1
        return line

    def _entry(
        self, entry: YamlEntry, start: int, end: int, changes: Values, wanted: Values
    ) -> list[str]:
        margin = self._margin(entry)
        fields = entry.value.entries if isinstance(entry.value, YamlMap) else ()
        lines = [each.span.line - 1 for each in fields]
        whole = end
        while end > start + 1 and _UNMADE.match(self._lines[end - 1]):
            end -= 1
        rest = self._lines[end:whole]
        if not lines or lines[0] == start or len({*lines}) < len(lines):
            head, *values = _entry(entry.key, wanted, margin)
            return [head + self._beside(start, whole), *values, *rest]
        inner = self._margin(fields[0])
        pieces = {
            each.key: self._lines[line:stop]
            for each, line, stop in zip(fields, lines, [*lines[1:], end], strict=True)
        }
        at = dict(zip(pieces, lines, strict=True))
        ranks = {name: rank for rank, name in enumerate(FIELDS)}
        for name, value in changes.items():
            if not value:
                behind = len(pieces.pop(name, []))
                # Remarks that stand below what goes belong to what follows.
                pieces[f"# {name}"] = self._below(at[name] + 1, at[name] + behind)
            elif name in pieces:
                old = pieces[name]
                line, end = at[name], at[name] + len(old)
                pieces[name] = [_field(name, value, inner) + self._beside(line, end)]
                pieces[name] += self._below(line + 1, end)
            else:
                pieces = _inserted(pieces, name, [_field(name, value, inner)], ranks)
        first = self._lines[start : lines[0]]
        return [*first, *(line for own in pieces.values() for line in own), *rest]

    def _margin(self, entry: YamlEntry) -> str:
        """Give the space before a key, which may stand in quotation marks."""
        line = self._lines[entry.span.line - 1]
        return line[: len(line) - len(line.lstrip())]

    def _beside(self, start: int, end: int) -> str:
        """Give the remarks beside a value that is written anew, with the space before them."""
        found = ""
        for line, remark in self._remarks.items():
            before = self._lines[line].rpartition(remark)[0]
            if start <= line < end and before.strip():
                found += before[len(before.rstrip()) :] + remark
        return found

    def _below(self, start: int, end: int) -> list[str]:
        """Give the remarks on lines of their own; a line of a text that begins with # is none."""
        return [self._lines[line] for line in range(start, end) if self._is_remark(line)]

    def _is_remark(self, line: int) -> bool:
        return line in self._remarks and self._lines[line].lstrip().startswith("#")


def _inserted(
    pieces: Mapping[str, list[str]], name: str, lines: list[str], ranks: Mapping[str, int]
) -> dict[str, list[str]]:
    """Put a piece behind the last one that comes before it in the order."""
    earlier = [each for each in pieces if ranks.get(each, -1) < ranks.get(name, 0)]
    before = max(earlier, key=lambda each: ranks.get(each, -1)) if earlier else None
    if before is None:
        return {name: lines, **pieces}
    made: dict[str, list[str]] = {}
    for each, own in pieces.items():
        made[each] = own
        if each == before:
            made[name] = lines
    return made


def _entry(name: str, values: Values, margin: str = "  ") -> list[str]:
    inner = f"{margin}  "
    return [f"{margin}{name}:"] + [
        _field(field, values[field], inner) for field in FIELDS if field in values
    ]


def _field(name: str, value: str, margin: str) -> str:
    keys = value.split("; ")
    if name == "source" and keys[1:]:
        return f"{margin}source: [{', '.join(keys)}]"
    return f"{margin}{name}: {_scalar(value)}"


def _scalar(value: str) -> str:
    """Write a text plainly where it is read as it stands, else in quotation marks."""
    read = parse_yaml(f"key: {value}", "")
    node = node_at(read.value, ("key",)) if read.value else None
    is_same = isinstance(node, YamlText) and node.text == value and not node.quoted
    if is_same and not read.diagnostics and value not in ("~", "null"):
        return value
    return json.dumps(value, ensure_ascii=False)


def _read(text: str, path: str) -> dict[str, dict[str, str]]:
    """Read a file back, to see that it says what was to be written."""
    root = parse_yaml(text, path).value
    entries = node_at(root, (_KEY,)) if root else None
    found: dict[str, dict[str, str]] = {}
    for entry in entries.entries if isinstance(entries, YamlMap) else ():
        values = entry.value.entries if isinstance(entry.value, YamlMap) else ()
        found[entry.key] = {each.key: _said(each) for each in values}
    return {name: values for name, values in found.items() if values}


def _said(entry: YamlEntry) -> str:
    if isinstance(entry.value, YamlText):
        return " ".join(entry.value.text.split())
    items = getattr(entry.value, "items", ())
    return "; ".join(each.text for each in items if isinstance(each, YamlText))
