"""Step 1, load: the boxes and classes that Markdown names are those that the layout has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

from mgi_report.content.places import Offsets
from mgi_report.diagnostics import Diagnostic, Rule, Span, nearest
from mgi_report.layout.model import Looks


class LookUp:
    """Holds names against the layout; gathers what is wrong in `found`. Without looks, all hold."""

    def __init__(self, looks: Looks | None, found: list[Diagnostic]) -> None:
        """Take what the layout has a look for."""
        self._looks = looks
        self._found = found

    def box(self, name: str, line: str, span: Span) -> None:
        """Look up the name of the box that begins in a line at `span`."""
        if self._looks and name not in self._looks.boxes:
            place = Span(span.file, span.line, line.find(name, span.column) + 1)
            self._unknown(f'The layout has no box "{name}".', name, self._looks.boxes, place)

    def paragraph(self, token: Token, places: Offsets) -> None:
        """Look up the classes that a line of attributes gives a paragraph."""
        if self._looks:
            self._classes(token, places, "paragraphs", self._looks.paragraphs)

    def words(self, token: Token, places: Offsets) -> None:
        """Look up the classes that attributes give words."""
        if self._looks:
            self._classes(token, places, "words", self._looks.words)

    def _classes(self, token: Token, places: Offsets, what: str, known: Sequence[str]) -> None:
        for name in token.meta["attributes"].get("class", "").split():
            if name not in known:
                at = re.search(rf"\.{re.escape(name)}(?![\w-])", token.meta["text"])
                span = places.at(token.meta["at"] + (at.start() if at else 0))
                self._unknown(f'The layout has no class "{name}" for {what}.', name, known, span)

    def _unknown(self, message: str, name: str, known: Sequence[str], span: Span) -> None:
        hint = nearest(name, known) or (f"Known here: {', '.join(known)}." if known else None)
        hint = hint or "Take it away, or list it in layout.yml, under looks."
        self._found.append(Diagnostic(Rule.KEY_IS_KNOWN, message, span, hint))
