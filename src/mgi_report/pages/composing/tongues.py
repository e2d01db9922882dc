"""The words that a translation has only in the original language.

Templates print words in texts and in attributes, and change them by filters. So these words carry
marks on their way, which no content can hold; in the finished HTML the marks become elements that
say the language, and are dropped where there can be no element.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from typing import TypeVar

from markupsafe import Markup

from mgi_report.content.facts import Facts
from mgi_report.content.model import Domain, Profile, Source
from mgi_report.content.words import Language

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_MARKS = {ord(_OPEN): None, ord(_CLOSE): None}
_MARKED = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
_WITHOUT = re.compile(r"<title>.*?</title>|<[^>]*>", re.DOTALL)
"""Where no element can stand."""
Words = TypeVar("Words", str, Markup)


def foreign(profile: Profile) -> str:
    """Give what an element says of itself whose words a translation has from the original."""
    if profile.original is None:
        return ""
    lang = profile.original.lang
    direction = profile.languages.get(lang, Language()).direction
    return f' lang="{escape(lang)}" dir="{direction}"'


def lent(words: Words) -> Words:
    """Mark words that are in the original language."""
    return type(words)(f"{_OPEN}{words}{_CLOSE}") if words else words


def unmarked(words: str) -> str:
    """Give words without marks."""
    return words.translate(_MARKS)


def told(html: str, attributes: str) -> str:
    """Turn the marks in a page into elements with attributes that say the language."""
    if _OPEN not in html:
        return html
    html = _WITHOUT.sub(lambda tag: unmarked(tag[0]), html)
    return unmarked(_MARKED.sub(rf"<span{attributes}>\1</span>", html))


def marked(profile: Profile) -> Profile:
    """Mark the words of a profile that are in the original language, but for its blocks."""
    if profile.original is None:
        return profile
    domains = profile.domains
    if ("domains", "") in profile.lent:
        domains = tuple(map(_domain, domains))
    named = {source.author for source in profile.sources if "author" not in source.lent}
    return replace(
        profile,
        labels={
            key: lent(text) if ("label", key) in profile.lent else text
            for key, text in profile.labels.items()
        },
        domains=domains,
        facts=_facts(profile),
        sources=tuple(_source(source, named) for source in profile.sources),
    )


def _domain(domain: Domain) -> Domain:
    name, title, looks_at = lent(domain.name), lent(domain.title), lent(domain.looks_at)
    return replace(domain, name=name, title=title, looks_at=looks_at)


def _facts(profile: Profile) -> Facts:
    facts = profile.facts
    name, long_name = facts.name, facts.long_name
    return replace(
        facts,
        name=lent(name) if ("facts", "name") in profile.lent else name,
        long_name=lent(long_name) if ("facts", "long_name") in profile.lent else long_name,
    )


def _source(source: Source, named: set[str]) -> Source:
    """Mark a source's author; one whom other sources name as well stays one with theirs."""
    if "author" not in source.lent or source.author in named:
        return source
    return replace(source, author=lent(source.author))
