"""The pages of the portal: what templates are given, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from posixpath import dirname, relpath

from mgi_report.content.model import Domain
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span
from mgi_report.pages.composing.context import Words
from mgi_report.portal.model import Entry, editions_of

OWN, FINDINGS = "portal", "portal-findings"
"""What layout.yml calls the portal's own words, and the key findings."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the page says of one domain."""

    domain: Domain
    now: Words | None
    """`well-developed` and `potential`, lists of short texts; None where there are none yet."""
    before: Words | None
    """The same of the earlier profile."""


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another page."""

    href: str
    text: str
    lang: str = ""
    """BCP 47 tag of what it leads to."""
    detail: str = ""
    """What stands beside it, such as the year."""


@dataclass(frozen=True, slots=True)
class Card:
    """A profile in the list of all."""

    link: Link
    """To its page; its text is the territory's name."""
    entry: Entry
    edition: str
    """"Second Profile"."""
    languages: tuple[Link, ...]
    """Its pages in each of its languages."""


def style(entry: Entry) -> str:
    """Give the address of a page's style sheet, which is that of its layout and language."""
    return f"assets/{entry.layout}-{entry.lang}.css"


def mark(entry: Entry) -> str:
    """Give the address of the drawing for the browser's tab."""
    return f"assets/{entry.layout}.svg"


def profile_page(
    entry: Entry, entries: Sequence[Entry], indexes: Sequence[str]
) -> Outcome[str | None]:
    """Fill in the page of a profile; `entries` are all that the site has.

    `indexes` are the languages of the lists of profiles, the first that of the site's own page.
    """
    words = entry.composer.words(OWN)
    if words is None:
        return Outcome(None, (_no_words(entry),))
    editions = editions_of(entry, entries)
    at = editions.index(entry)
    earlier = editions[at - 1] if at else None
    later = editions[at + 1] if at + 1 < len(editions) else None
    here = entry.address
    now = entry.composer.words(FINDINGS)
    before = earlier.composer.words(FINDINGS) if earlier else None
    findings = [
        Finding(domain, (now or {}).get(domain.id), (before or {}).get(domain.id))
        for domain in entry.profile.domains
    ]
    return entry.composer.fill(
        "portal/profile.html.j2",
        {
            "words": words,
            "findings": findings if now else [],
            "style": _from(here, style(entry)),
            "mark": _from(here, mark(entry)),
            "index": _from(here, index_address(entry.lang, indexes)),
            "pdf": Link(entry.pdf_name, entry.profile.labels["document-title"]),
            "pages": entry.pages,
            "earlier": _edition(here, earlier),
            "later": _edition(here, later),
            "languages": [
                _language(here, other)
                for other in entries
                if other.facts.id == entry.facts.id and other is not entry
            ],
        },
    )


def index_page(lang: str, entries: Sequence[Entry], indexes: Sequence[str]) -> Outcome[str | None]:
    """Fill in the list of all profiles in one language."""
    here = index_address(lang, indexes)
    of_lang = [entry for entry in entries if entry.lang == lang]
    first = of_lang[0]
    words = first.composer.words(OWN)
    if words is None:
        return Outcome(None, (_no_words(first),))
    return first.composer.fill(
        "portal/index.html.j2",
        {
            "words": words,
            "cards": _cards(here, lang, entries),
            "style": _from(here, style(first)),
            "mark": _from(here, mark(first)),
            "script": _from(here, "assets/portal.js"),
            "languages": [
                _to_index(here, next(each for each in entries if each.lang == other), indexes)
                for other in indexes
                if other != lang
            ],
        },
    )


def index_address(lang: str, indexes: Sequence[str]) -> str:
    """Give where the list of profiles of a language lies: the first is the site's own page."""
    return "index.html" if lang == indexes[0] else f"{lang}/index.html"


def _cards(here: str, lang: str, entries: Sequence[Entry]) -> list[Card]:
    """Give a card for each profile, in the language where it has it, by name and then by year."""
    cards = []
    for id_ in dict.fromkeys(entry.facts.id for entry in entries):
        its = [entry for entry in entries if entry.facts.id == id_]
        shown = next((entry for entry in its if entry.lang == lang), its[0])
        cards.append(
            Card(
                Link(_from(here, shown.address), shown.facts.long_name, shown.lang),
                shown,
                shown.profile.labels[f"editions.{shown.facts.number}"],
                tuple(_language(here, each) for each in its),
            )
        )
    return sorted(cards, key=lambda card: (card.link.text.casefold(), [-n for n in card.entry.age]))


def _edition(here: str, entry: Entry | None) -> Link | None:
    if entry is None:
        return None
    edition = entry.profile.labels[f"editions.{entry.facts.number}"]
    return Link(_from(here, entry.address), edition, entry.lang, str(entry.facts.year))


def _language(here: str, entry: Entry) -> Link:
    return Link(_from(here, entry.address), _own_name(entry), entry.lang)


def _to_index(here: str, entry: Entry, indexes: Sequence[str]) -> Link:
    return Link(_from(here, index_address(entry.lang, indexes)), _own_name(entry), entry.lang)


def _own_name(entry: Entry) -> str:
    """Give what the language of a page calls itself; its tag where that is not known."""
    words = entry.composer.words(OWN) or {}
    return str(words.get("name", entry.lang))


def _from(here: str, there: str) -> str:
    return relpath(there, dirname(here) or ".")


def _no_words(entry: Entry) -> Diagnostic:
    message = f'The portal has no words in the language "{entry.lang}".'
    hint = "Write them into portal.yml beside the other shared texts; the English ones are shipped."
    path = f"{dirname(entry.profile.folder) or '.'}/shared/{entry.lang}/portal.yml"
    return Diagnostic(Rule.FILE_EXISTS, message, Span(path), hint)
