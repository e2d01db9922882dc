"""Step 2, resolve: links whose words say nothing to those who hear the links of a page alone.

Source: WCAG 2.2, 2.4.4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mgi_report.content.model import CrossReference, Inline, Link, SourceLink
from mgi_report.content.walk import inlines_of, text_of
from mgi_report.content.words import Language
from mgi_report.diagnostics import Diagnostic, Rule, Severity


def check_link_words(
    runs: Iterable[tuple[Inline, ...]], languages: Iterable[Language]
) -> Iterator[Diagnostic]:
    """Find links that are called "here", in any of the languages."""
    vague = {words.casefold() for language in languages for words in language.vague_links}
    for run in runs:
        for node in inlines_of(run):
            if not isinstance(node, (Link, CrossReference, SourceLink)):
                continue
            words = text_of(node.kids).strip(" .:…")
            if words.casefold() in vague:
                message = f'"{words}" does not say where the link leads.'
                hint = "Those who hear a page go from link to link: name what they find there."
                yield Diagnostic(Rule.LINK_SAYS_WHERE, message, node.span, hint, Severity.WARNING)
