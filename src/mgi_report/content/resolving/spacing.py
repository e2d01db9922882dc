"""Step 2, resolve: the spaces before and after marks, as language.yml has them.

All words of a profile pass here, each in its own language, so that pages, contents, outline and
metadata say the same; however a space was typed, or was not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeAlias

from mgi_report.content.facts import Facts
from mgi_report.content.lending import lent_from
from mgi_report.content.model import (
    Citation,
    Document,
    Domain,
    Inline,
    LineBreak,
    Link,
    NoteCall,
    Profile,
    Source,
    Text,
    Variable,
)
from mgi_report.content.walk import Rewrite, changed, rewrite_data, rewrite_document
from mgi_report.content.words import NARROW, NBSP, Language

_SPACES = f"[ {NBSP}{NARROW}]"
_NO_WORD = r"\s(\[{«“‘¿¡/"
"""What a mark may follow without a space: "(?)"."""
_GOES_ON = r"\w/\\=&#@~_+"
"""What follows a mark that is none: 10:30, https://, ?page=2."""
_FACTS = ("in_text", "of", "title", "subject", "rights")
_LENT_FACTS = ("name", "long_name")
_WORDS = ("author", "edition", "number", "publisher", "place", "note")

_PLAIN = Language()

_Piece: TypeAlias = tuple[str, str | None]
"""Characters and their language; None where they stay as they are."""


@lru_cache(maxsize=4096)  # names, labels and sources, each time
def spaced(text: str, language: Language) -> str:
    """Give a plain text with the spaces of its language."""
    return "".join(_set_spaces([(text, "")], {"": language}))


def space_words(
    kids: tuple[Inline, ...], lang: str, languages: Mapping[str, Language]
) -> tuple[Inline, ...]:
    """Give inline nodes with the spaces of their languages; `lang` is that around them."""
    match kids:
        case (Text(text),) if spaced(text, languages.get(lang, _PLAIN)) == text:
            return kids
    pieces = list(_pieces(kids, lang))
    texts = _set_spaces(pieces, languages)
    if all(text == piece for text, (piece, _) in zip(texts, pieces, strict=True)):
        return kids
    return _filled(kids, iter(texts))


def space_profile(profile: Profile) -> Profile:
    """Give a profile with the spaces of its languages in all that it says."""
    languages = profile.languages

    def in_lang(lang: str) -> Rewrite:
        return lambda kids: space_words(kids, lang, languages)

    def voice(*, is_lent: bool) -> str:
        return profile.original.lang if profile.original and is_lent else profile.lang

    def plain(text: str, *, is_lent: bool = False) -> str:
        return spaced(text, languages.get(voice(is_lent=is_lent), _PLAIN))

    def document(name: str, each: Document) -> Document:
        return rewrite_document(each, in_lang(*lent_from(profile, name) or (profile.lang,)))

    def domain(each: Domain) -> Domain:
        is_lent = ("domains", "") in profile.lent
        name, title = plain(each.name, is_lent=is_lent), plain(each.title, is_lent=is_lent)
        return replace(each, name=name, title=title, looks_at=plain(each.looks_at, is_lent=is_lent))

    def facts(each: Facts) -> Facts:
        words: dict[str, Any] = {name: plain(getattr(each, name)) for name in _FACTS}
        for name in _LENT_FACTS:
            words[name] = plain(getattr(each, name), is_lent=("facts", name) in profile.lent)
        return replace(each, **words)

    def source(each: Source) -> Source:
        words: dict[str, Any] = {
            name: plain(getattr(each, name), is_lent=name in each.lent) for name in _WORDS
        }
        other = languages.get(each.original_language or "", _PLAIN)
        return changed(
            each,
            title=in_lang(each.language or profile.lang)(each.title),
            original_title=spaced(each.original_title, other),
            **words,
        )

    return replace(
        profile,
        facts=facts(profile.facts),
        domains=tuple(map(domain, profile.domains)),
        labels={
            key: plain(text, is_lent=("label", key) in profile.lent)
            for key, text in profile.labels.items()
        },
        documents={name: document(name, each) for name, each in profile.documents.items()},
        data={
            name: {
                key: rewrite_data(value, in_lang(*lent_from(profile, name) or (profile.lang,)))
                for key, value in values.items()
            }
            for name, values in profile.data.items()
        },
        sources=tuple(map(source, profile.sources)),
    )


# --- Characters -----------------------------------------------------------------------------


def _set_spaces(pieces: list[_Piece], languages: Mapping[str, Language]) -> list[str]:
    """Put spaces in, seeing each mark between what stands on both sides of it."""
    text = "".join(piece for piece, _ in pieces)
    wanted = dict.fromkeys(lang for _, lang in pieces if lang is not None)
    owners: list[str | None] = []
    characters: list[str] = []
    for lang in wanted:
        language = languages.get(lang, _PLAIN)
        marks = (*language.narrow_space_before, *language.space_before, *language.space_after)
        if not any(mark in text for mark in marks):
            continue
        for pattern, space in _patterns(language):
            for found in pattern.finditer(text):
                if not characters:
                    characters = list(text)
                    owners = [own for piece, own in pieces for _ in piece]
                start, end = found.span()
                place = start if found.lastgroup == "after" else end - 1
                if owners[place] != lang:
                    continue
                for index in range(start, end):
                    if text[index] in f" {NBSP}{NARROW}" and owners[index] is not None:
                        characters[index] = ""
                mark = characters[place]
                characters[place] = mark + space if found.lastgroup == "after" else space + mark
    if not characters:
        return [piece for piece, _ in pieces]
    cut, start = [], 0
    for piece, _ in pieces:
        cut.append("".join(characters[start : start + len(piece)]))
        start += len(piece)
    return cut


@lru_cache(maxsize=64)
def _patterns(language: Language) -> list[tuple[re.Pattern[str], str]]:
    """Match marks with the spaces beside them, and give the space that belongs there."""
    patterns = []
    narrow = "".join(map(re.escape, language.narrow_space_before))
    # Marks with a narrow space stand side by side, "?!"; others have each their space, "» :".
    groups = [(narrow, NARROW)] if narrow else []
    groups += [(re.escape(mark), NBSP) for mark in language.space_before]
    for marks, space in groups:
        typed = rf"(?<=\S){_SPACES}+[{marks}]"
        missing = rf"(?<=\S)(?<![{_NO_WORD}{marks}])[{marks}](?![{marks}]*[{_GOES_ON}])"
        patterns.append((re.compile(f"{typed}|{missing}"), space))
    if one := "".join(map(re.escape, language.space_after)):
        patterns.append((re.compile(rf"(?P<after>[{one}]{_SPACES}*)(?=\S)"), NBSP))
    return patterns


# --- Nodes ----------------------------------------------------------------------------------


def _pieces(kids: Iterable[Inline], lang: str | None) -> Iterator[_Piece]:
    for kid in kids:
        match kid:
            case Text():
                yield kid.text, lang
            case Citation():
                yield kid.text, kid.lang or lang
            case LineBreak():
                yield "\n", None
            case NoteCall() | Variable():
                pass
            case Link(is_address=True):
                yield from _pieces(kid.kids, None)
            case _:
                yield from _pieces(kid.kids, getattr(kid, "lang", None) or lang)


def _filled(kids: Iterable[Inline], texts: Iterator[str]) -> tuple[Inline, ...]:
    """Put new characters in the place of those that `_pieces` has given."""
    filled: list[Inline] = []
    for kid in kids:
        match kid:
            case Text() | Citation():
                filled.append(replace(kid, text=next(texts)))
            case LineBreak():
                next(texts)
                filled.append(kid)
            case NoteCall() | Variable():
                filled.append(kid)
            case _:
                filled.append(replace(kid, kids=_filled(kid.kids, texts)))
    return tuple(filled)
