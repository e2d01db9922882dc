"""Step 2, resolve: straight quotation marks and apostrophes, which only typewriters have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from mgi_report.content.model import Emphasis, Inline, Link, Phrase, Strong, Text
from mgi_report.content.words import Language
from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span

_STRAIGHT = re.compile(r"(?<!\d)[\"']")
"""Behind a figure they are inches and feet."""


def check_marks(
    runs: Iterable[tuple[Inline, ...]],
    plain: Iterable[Text],
    lang: str,
    languages: Mapping[str, Language],
) -> Iterator[Diagnostic]:
    """Find straight marks in any language: the first of each kind in a file, and how many more.

    Of `plain` words the place is that of their entry.
    """
    places: dict[tuple[str, str], list[tuple[Span, str]]] = {}
    for run in runs:
        for text, its in _texts(run, lang):
            for match in _STRAIGHT.finditer(text.text):
                place = replace(text.span, column=text.span.column + match.start())
                places.setdefault((place.file, match[0]), []).append((place, its))
    for words in plain:
        for match in _STRAIGHT.finditer(words.text):
            places.setdefault((words.span.file, match[0]), []).append((words.span, lang))
    for (_, mark), found in places.items():
        first, its = min(found)
        more = f" ({len(found) - 1} more in this file)" if len(found) > 1 else ""
        if mark == '"':
            name = "straight quotation mark"
            hint = f"Write {languages.get(its, Language()).quotation_marks}."
        else:
            name, hint = "typewriter apostrophe", "Write ’."
        message = f"A {name} is printed as it stands{more}."
        yield Diagnostic(Rule.WRITTEN_AS_IN_LANGUAGE, message, first, hint, Severity.WARNING)


def _texts(nodes: Iterable[Inline], lang: str) -> Iterator[tuple[Text, str]]:
    """Go through the words, each with its language; addresses are passed over."""
    for node in nodes:
        match node:
            case Text():
                yield node, lang
            case Link(is_address=True):
                pass
            case Emphasis() | Strong() | Phrase() if node.lang:
                yield from _texts(node.kids, node.lang)
            case _:
                yield from _texts(getattr(node, "kids", ()), lang)
