"""The pages of the portal: what templates are given, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from posixpath import dirname, relpath

from mgi_report.content.model import Citation, CrossReference, Domain, Profile, SourceLink
from mgi_report.content.walk import data_runs_of, inlines_of
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span
from mgi_report.pages.composing.context import Words
from mgi_report.portal.model import Entry, earlier_of, later_of
from mgi_report.portal.regions import Region, regions

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
    direction: str = ""
    """Of that language: ltr or rtl."""
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
    region: Region | None
    found_by: str
    """All that it is found by: its names, its regions and its code."""
    notice: str
    """That it is a demonstration, "" where it is none."""


SHEET, SCRIPT = "portal/portal.css", "portal/portal.js"
"""Files of the layout."""


def style(entry: Entry) -> str:
    """Give the address of the style sheet that pages of a layout and language share."""
    return f"assets/{entry.layout}-{entry.lang}.css"


def own_style(entry: Entry) -> str | None:
    """Give the address of a profile's own style sheet, None where it has none."""
    (own, text), (shared, _) = (
        each.text(SHEET) for each in (entry.composer, entry.common.composer)
    )
    return f"{entry.folder}/portal.css" if text is not None and own != shared else None


def cover(entry: Entry) -> str:
    """Give the address of the drawing for a page's head."""
    return f"assets/{entry.layout}-cover.svg"


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
        return Outcome(None)
    earlier, later = earlier_of(entry, entries), later_of(entry, entries)
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
            "findings": findings if now or before else [],
            "style": _from(here, own_style(entry) or style(entry)),
            "mark": _from(here, mark(entry)),
            "index": _from(here, index_address(entry.lang, indexes)),
            "pdf": Link(entry.pdf_name, entry.profile.labels["document-title"]),
            "pages": entry.pages,
            "kilobytes": -(-len(entry.pdf) // 1000),
            "earlier": _edition(entry, earlier),
            "later": _edition(entry, later),
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
    words = first.common.composer.words(OWN)
    if words is None:
        return Outcome(None)
    return first.common.composer.fill(
        "portal/index.html.j2",
        {
            "words": words,
            "cards": _cards(here, first, entries, regions(entries, indexes[0])),
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


def check_words(entry: Entry) -> Iterator[Diagnostic]:
    """Find what keeps an entry from the portal: no words, or ways into the PDF in its words."""
    lang, folder = entry.lang, entry.profile.folder
    if lacks_words(entry.common.profile):
        message = f'The portal has no words in the language "{lang}".'
        hint = (
            "Write them into this file, with the keys of the English one, which is shipped; or "
            f'take "{lang}" out of "languages" in {entry.facts.span.file}.'
        )
        path = f"{dirname(folder) or '.'}/shared/{lang}/portal.yml"
        yield Diagnostic(Rule.FILE_EXISTS, message, Span(path), hint)
    elif lacks_words(entry.profile):
        original = f"{folder}/{entry.facts.languages[0]}/portal.yml"
        message = f'The profile has words of its own for its page, but none in "{lang}".'
        hint = f"Translate {original} into this file, or take that one away."
        yield Diagnostic(Rule.FILE_EXISTS, message, Span(f"{folder}/{lang}/portal.yml"), hint)
    for name in (OWN, FINDINGS):
        for run in data_runs_of(entry.profile.data.get(name, {})):
            for node in inlines_of(run):
                if isinstance(node, (Citation, CrossReference, SourceLink)):
                    message = "This leads to a place in the PDF, which a page of the web has not."
                    hint = "Take the citation out, or the link to a section."
                    yield Diagnostic(Rule.LINK_LEADS_SOMEWHERE, message, node.span, hint)


def lacks_words(profile: Profile) -> bool:
    """Say whether a page would have the portal's words in no language, or in another one."""
    return OWN not in profile.data or ("data", OWN) in profile.lent


def _cards(
    here: str, first: Entry, entries: Sequence[Entry], known: Mapping[str, Region]
) -> list[Card]:
    """Give a card for each profile, in the language where it has it, by name and then by year.

    `first` is a profile in the language of the list.
    """
    cards = []
    for id_ in dict.fromkeys(entry.facts.id for entry in entries):
        its = [entry for entry in entries if entry.facts.id == id_]
        shown = next((entry for entry in its if entry.lang == first.lang), its[0])
        facts, labels = shown.facts, shown.profile.labels
        region = known.get(id_)
        names = (*facts.names, *(region.names.values() if region else ()), facts.code)
        cards.append(
            Card(
                link=_link(here, shown, facts.long_name),
                entry=shown,
                edition=_edition_name(first.common.profile, shown),
                languages=tuple(_language(here, each) for each in its),
                region=region,
                found_by="; ".join(dict.fromkeys(names)),
                notice=labels["demonstration"] if "demonstration" in facts.status else "",
            )
        )
    return sorted(cards, key=lambda card: (card.link.text.casefold(), [-n for n in card.entry.age]))


def _edition(of: Entry, entry: Entry | None) -> Link | None:
    """Give the way to another edition, named in the language of the page that it is on."""
    if entry is None:
        return None
    return _link(of.address, entry, _edition_name(of.profile, entry), str(entry.facts.year))


def _edition_name(of: Profile, entry: Entry) -> str:
    """Give "Second Profile", by the words of the page that it stands on, if they go so far."""
    key = f"editions.{entry.facts.number}"
    return of.labels.get(key) or entry.profile.labels[key]


def _language(here: str, entry: Entry) -> Link:
    return _link(here, entry, _own_name(entry))


def _link(here: str, entry: Entry, text: str, detail: str = "") -> Link:
    direction = entry.composer.direction
    return Link(_from(here, entry.address), text, entry.lang, direction, detail)


def _to_index(here: str, entry: Entry, indexes: Sequence[str]) -> Link:
    return Link(_from(here, index_address(entry.lang, indexes)), _own_name(entry), entry.lang)


def _own_name(entry: Entry) -> str:
    """Give what the language of a page calls itself; its tag where that is not known."""
    words = entry.common.composer.words(OWN) or {}
    return str(words.get("name", entry.lang))


def _from(here: str, there: str) -> str:
    return relpath(there, dirname(here) or ".")
