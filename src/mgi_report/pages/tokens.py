"""Step 4, typeset: the colours that style sheets name are there.

WeasyPrint passes over a declaration whose `var(--name)` has no value: mostly with a message that
says nothing of the name, in `border` and its like without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mgi_report.diagnostics import Diagnostic, Rule, Span, nearest
from mgi_report.pages.model import Section
from mgi_report.pages.placing import at_words

_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_DEFINED = re.compile(r"(--[\w-]+)\s*:")
_USED = re.compile(r"var\(\s*(--[\w-]+)\s*\)")  # behind a comma stands what to take without it


def undefined(section: Section) -> dict[str, Diagnostic]:
    """Find names of values that nothing defines, and say where the first use of each is."""
    known = {*_names(_DEFINED, section.html)}
    known.update(*(_names(_DEFINED, sheet.text) for sheet in section.styles))
    found = {
        name: _told(name, known, Span(sheet.path, *place))
        for sheet in reversed(section.styles)
        for name, place in _names(_USED, sheet.text).items()
        if name not in known
    }
    for name in _names(_USED, section.html).keys() - known:
        found.setdefault(name, _told(name, known, at_words(None, [name])))
    return found


def uses(declaration: str) -> Iterator[str]:
    """Name the values that a declaration uses."""
    yield from _USED.findall(declaration)


def without_comments(text: str) -> str:
    """Blank the comments of a style sheet; all else stands where it stood."""
    return _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def _told(name: str, known: set[str], span: Span) -> Diagnostic:
    message = f'There is no "{name}".'
    hint = nearest(name, known) or "layout.yml lists the colours."
    return Diagnostic(Rule.STYLE_IS_UNDERSTOOD, message, span, hint, cause=f"no {name}")


@lru_cache(maxsize=256)
def _names(pattern: re.Pattern[str], text: str) -> dict[str, tuple[int, int]]:
    """Find names, each with line and column of its first place."""
    plain = without_comments(text)
    found: dict[str, tuple[int, int]] = {}
    for match in pattern.finditer(plain):
        start = match.start(1)
        line = plain.count("\n", 0, start) + 1
        found.setdefault(match[1], (line, start - plain.rfind("\n", 0, start)))
    return found
