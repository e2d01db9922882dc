"""Step 2, resolve: links whose words say nothing to those who hear the links of a page alone.

Source: WCAG 2.2, 2.4.4.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from mgi_report.content.model import CrossReference, Inline, Link, SourceLink
from mgi_report.content.walk import inlines_of, text_of
from mgi_report.content.words import Language
from mgi_report.diagnostics import Diagnostic, Rule, Severity

_HOST = r"([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})"
_ADDRESS = re.compile(rf"(?:(?i:https?://|mailto:))?(?:[\w.+-]+@)?{_HOST}(?::\d+)?(?:[/?#]\S*)?")
"""Words that are an address: www.iom.int, https://iom.int/mali, info@iom.int."""


def check_link_words(
    runs: Iterable[tuple[Inline, ...]], languages: Iterable[Language]
) -> Iterator[Diagnostic]:
    """Find links that are called "here", in any of the languages, or after another address."""
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
            elif isinstance(node, Link) and (named := _ADDRESS.fullmatch(words)):
                said, real = _plain(named[1]), _plain(_host(node.address))
                if said != real:
                    message = f'"{words}" is printed here, but the link leads to "{real}".'
                    hint = "Print the address that it leads to, or words that name what is there."
                    yield Diagnostic(Rule.LINK_SAYS_WHERE, message, node.span, hint)


def _host(address: str) -> str:
    """Give the host of a web address, or of a mail address."""
    return urlsplit(address).hostname or address.rpartition("@")[2].partition("?")[0]


def _plain(host: str) -> str:
    return host.casefold().removeprefix("www.")
