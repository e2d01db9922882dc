"""Where what step 4 finds wrong stands in the content.

Pages are kept whatever line their blocks stand in. So while a section is typeset, a place is the
name of a block, or words to look for in it; it becomes a line when the messages are told.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace

from mgi_report.diagnostics import Diagnostic, Span
from mgi_report.pages.model import Section

_BLOCK, _WORDS = "block:", "words:"
"""Begin the file of a span that is no place yet."""


def in_block(name: str) -> Span:
    """Stand for the place of a block."""
    return Span(f"{_BLOCK}{name}")


def at_words(block: str | None, words: Iterable[str]) -> Span:
    """Stand for the first place of some words in a block; without one, in the section's texts."""
    return Span(_WORDS + json.dumps([block, *words]))


def placed(
    found: Iterable[Diagnostic], section: Section, read: Callable[[str], str]
) -> tuple[Diagnostic, ...]:
    """Let diagnostics lead to the lines that the section comes from; `read` gives a file's text."""
    return tuple(_placed(each, section, read) for each in found)


def _placed(each: Diagnostic, section: Section, read: Callable[[str], str]) -> Diagnostic:
    file = each.span.file if each.span else ""
    if file.startswith(_BLOCK):
        return replace(each, span=section.blocks.get(file.removeprefix(_BLOCK)))
    if not file.startswith(_WORDS):
        return each
    block, *words = json.loads(file.removeprefix(_WORDS))
    start = section.blocks.get(block)
    # What has no block may come from the template or from any of the section's texts.
    for path in [start.file] if start else section.written:
        if span := _find(words, read(path), start or Span(path)):
            return replace(each, span=span)
    if start:
        return replace(each, span=start)
    template = Span(section.template) if section.template else None
    return replace(each, message=f'Section "{section.id}": {each.message}', span=template)


def _find(words: Iterable[str], text: str, start: Span) -> Span | None:
    """Find the first of some words from a place on."""
    lines = text.split("\n")[: start.line - 1]
    before = sum(len(line) + 1 for line in lines) + start.column - 1
    offsets = [at for word in words if (at := text.find(word, before)) >= 0]
    if not offsets:
        return None
    head = text[: min(offsets)]
    return Span(start.file, head.count("\n") + 1, len(head) - head.rfind("\n"))
