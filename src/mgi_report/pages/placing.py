"""Where what step 4 finds wrong stands in the content.

Pages are kept whatever line their blocks stand in. So while a section is typeset, a place is the
name of a block, or words to look for in it; it becomes a line when the messages are told. So does
a page of the section become the page of the volume.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from mgi_report.diagnostics import Diagnostic, Span
from mgi_report.pages.model import Section

_BLOCK, _WORDS, _PHRASE, _SOURCE = "block:", "words:", "phrase:", "source:"
"""Begin the file of a span that is no place yet."""
_MOST = 8
"""Words of a phrase that are looked for."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_MENTION = re.compile("\0(.*?)\0", re.DOTALL)
_PAGE = re.compile("\1(\\d+)\1")


def in_block(name: str) -> Span:
    """Stand for the place of a block."""
    return Span(f"{_BLOCK}{name}")


def at_words(block: str | None, words: Iterable[str]) -> Span:
    """Stand for the first place of some words in a block; without one, in the section's texts."""
    return Span(_WORDS + json.dumps([block, *words]))


def at_phrase(text: str) -> Span:
    """Stand for the first words of a text, in the section's texts but for its template."""
    return Span(_PHRASE + " ".join(text.split()[:_MOST]))


def in_templates(block: str | None, patterns: Iterable[str]) -> Span:
    """Stand for what is found first in the section's templates; else for the block.

    Of the patterns, regular expressions, the first that is found anywhere counts.
    """
    return Span(_SOURCE + json.dumps([block, *patterns]))


def place_of(pattern: str, path: str, text: str) -> Span | None:
    """Give the place of a pattern in a file's text; CSS that is commented out is passed over."""
    plain = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    found = re.search(pattern, plain)
    if found is None:
        return None
    head = text[: found.start()]
    return Span(path, head.count("\n") + 1, len(head) - head.rfind("\n"))


def mention(span: Span | None) -> str:
    """Stand for a place inside a message: "content/mali-2021/en/updates.md:7:1"."""
    return f"\0{span.file}\0" if span else "a place that is not known"


def on_page(page: int) -> str:
    """Stand for the number that a page of the section carries, inside a message; from 0."""
    return f"page \1{page}\1"


def numbered(found: Iterable[Diagnostic], first: int) -> tuple[Diagnostic, ...]:
    """Let diagnostics name pages by their numbers; `first` is that of the section's first page."""
    return tuple(
        replace(each, message=_PAGE.sub(lambda match: str(int(match[1]) + first), each.message))
        for each in found
    )


def placed(
    found: Iterable[Diagnostic], section: Section, read: Callable[[str], str]
) -> tuple[Diagnostic, ...]:
    """Let diagnostics lead to the lines that the section comes from; `read` gives a file's text."""
    return tuple(_placed(each, section, read) for each in found)


def _placed(each: Diagnostic, section: Section, read: Callable[[str], str]) -> Diagnostic:
    if "\0" in each.message:
        told = _MENTION.sub(
            lambda match: str(_span(Span(match[1]), section, read) or section.id), each.message
        )
        each = replace(each, message=told)
    if each.span and each.span.file.startswith(_SOURCE):
        block, *patterns = json.loads(each.span.file.removeprefix(_SOURCE))
        places = (
            place_of(pattern, path, read(path))
            for pattern in patterns
            for path in section.templates
        )
        if span := next(filter(None, places), section.blocks.get(block)):
            return replace(each, span=span)
        return _of_section(each, section)
    if each.span and each.span.file.startswith(_WORDS):
        return _at_words(each, each.span.file.removeprefix(_WORDS), section, read)
    return replace(each, span=_span(each.span, section, read))


def _span(span: Span | None, section: Section, read: Callable[[str], str]) -> Span | None:
    """Give the place that a block or a phrase stands for; any other as it is."""
    if span is None:
        return None
    if span.file.startswith(_BLOCK):
        return section.blocks.get(span.file.removeprefix(_BLOCK))
    if span.file.startswith(_PHRASE):
        words = span.file.removeprefix(_PHRASE).split()
        return _find_phrase(words, section, read) or _template(section)
    return span


def _template(section: Section) -> Span | None:
    return Span(section.template) if section.template else None


def _at_words(
    each: Diagnostic, sought: str, section: Section, read: Callable[[str], str]
) -> Diagnostic:
    """Let a diagnostic lead to the first of some words."""
    block, *words = json.loads(sought)
    start = section.blocks.get(block)
    if start and (span := _find(words, read(start.file), start)):
        return replace(each, span=span)
    # What has no block, or stands in it by a variable, may come from any of the section's texts.
    for path in section.written:
        is_searched = start is not None and path == start.file
        if not is_searched and (span := _find(words, read(path), Span(path))):
            return replace(each, span=span)
    if start:
        return replace(each, span=start)
    return _of_section(each, section)


def _of_section(each: Diagnostic, section: Section) -> Diagnostic:
    return replace(each, message=f'Section "{section.id}": {each.message}', span=_template(section))


def _find(words: Iterable[str], text: str, start: Span) -> Span | None:
    """Find the first of some words from a place on."""
    lines = text.split("\n")[: start.line - 1]
    before = sum(len(line) + 1 for line in lines) + start.column - 1
    offsets = [at for word in words if (at := text.find(word, before)) >= 0]
    if not offsets:
        return None
    head = text[: min(offsets)]
    return Span(start.file, head.count("\n") + 1, len(head) - head.rfind("\n"))


def _find_phrase(words: list[str], section: Section, read: Callable[[str], str]) -> Span | None:
    """Find words that stand together.

    In YAML they may be parted by ends of lines, so fewer of them are tried after more.
    """
    for count in (_MOST, 4, 2, 1) if words else ():
        phrase = re.compile(
            rf"^(?!\s*#)(?:.*\W)?({re.escape(' '.join(words[:count]))})(?!\w)", re.MULTILINE
        )
        for path in section.written:
            if path != section.template and (found := phrase.search(read(path))):
                head = found.string[: found.start(1)]
                return Span(path, head.count("\n") + 1, len(head) - head.rfind("\n"))
    return None
