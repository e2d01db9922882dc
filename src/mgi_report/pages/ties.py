"""Where a line must not break: between a number and its unit, "No." and its figure, and so on.

Words are tied with no-break spaces (U+00A0) and word joiners (U+2060), which have no width and no
glyph; the text that a reader copies stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

NBSP = "\N{NO-BREAK SPACE}"
JOINER = "\N{WORD JOINER}"
BREAK = "\N{ZERO WIDTH SPACE}"

FEW_LINES = 200
"""A text of so many characters takes about three lines, as items and captions do."""
SHORTEST_TAIL = 8
"""The last line of running text has at least so many characters: twice the indent that follows.

More would pull long words down and leave the line above them too short.
"""
SHORTEST_TAIL_OF_FEW = 11
"""The last line of a short text has at least so many characters, so that its lines look even."""

LONG_PIECE = 48
"""A piece of an address longer than so many characters may break before its hyphens."""

_MONTHS = {
    "en": "January|February|March|April|May|June|July|August|September|October|November|December",
    "fr": "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
}

_BEFORE_FIGURE = {
    "en": r"Nos?\.|[Aa]rticles?|Ax[ei]s|Objectives?|[Cc]hapters?|[Pp]ages?|[Tt]arget|CFA|USD",
    "fr": r"[Nn]os?\.?|n[ᵒº°]s?|[Aa]rticles?|[Aa]xes?|[Oo]bjectifs?|[Cc]hapitres?|[Pp]ages?|cible",
}

_AFTER_FIGURE = {
    "en": r"per|million|billion|years?|months?|per cent",
    "fr": r"pour|millions?|milliards?|ans|mois|francs",
}


def _patterns(lang: str) -> list[tuple[re.Pattern[str], str]]:
    patterns = [
        # A spaced en dash stands at the end of a line, never at its beginning.
        (re.compile(r" (?=–[ \n])"), NBSP),
        # Ranges: 2019–2023.
        (re.compile(r"(?<=\d)–(?=\d)"), f"–{JOINER}"),
        # Reference numbers: 01-016/P-RM, COVID-19, S/17/4.
        (re.compile(r"(?<=[A-Z\d])([-/])(?=[A-Z\d])"), rf"\1{JOINER}"),
        (re.compile(r"\b(Mr|Ms|Mrs|M\.|Mme) (?=[A-Z])"), rf"\1{NBSP}"),
    ]
    if lang in _MONTHS:
        patterns += [
            (re.compile(rf"\b(\d{{1,2}}|1er) (?=(?:{_MONTHS[lang]})\b)"), rf"\1{NBSP}"),
            (re.compile(rf"\b({_BEFORE_FIGURE[lang]}) (?=\d)"), rf"\1{NBSP}"),
            (re.compile(rf"(?<=\d) (?=(?:{_AFTER_FIGURE[lang]})\b)"), NBSP),
        ]
    return patterns


_BY_LANGUAGE: Mapping[str, list[tuple[re.Pattern[str], str]]] = {
    lang: _patterns(lang) for lang in ("", *_MONTHS)
}


def tie(text: str, lang: str) -> str:
    """Tie what belongs together on a line; `lang` is a BCP 47 tag."""
    for pattern, replacement in _BY_LANGUAGE.get(lang.partition("-")[0], _BY_LANGUAGE[""]):
        text = pattern.sub(replacement, text)
    return text


_SHORT_WORDS = {
    "en": "a|an|and|at|by|in|of|on|or|the|to",
    "fr": "à|au|aux|de|des|du|en|et|la|le|les|ou|par|sur",
    "es": "a|al|de|del|el|en|la|las|los|o|y",
    "pt": "a|ao|as|da|das|de|do|dos|e|em|o|os",
}


def _whole(text: str) -> str:
    """Let no line break after the hyphens in words."""
    return re.sub(r"(?<=\w)-(?=\w)", f"-{JOINER}", text)


def tie_title(text: str, lang: str) -> str:
    """Tie as `tie` does, short words to the word after them, and words with hyphens: "of Mali"."""
    short = _SHORT_WORDS.get(lang.partition("-")[0])
    text = _whole(tie(text, lang))
    return re.sub(rf"\b({short}) (?=\w)", rf"\1{NBSP}", text) if short else text


def tie_end(text: str, length: int | None = None) -> str:
    """Tie the last words of a paragraph, so that its last line is no short word alone.

    `length` is that of the whole paragraph, where `text` is only its end.
    """
    is_short = (len(text) if length is None else length) <= FEW_LINES
    shortest = SHORTEST_TAIL_OF_FEW if is_short else SHORTEST_TAIL
    body = text.rstrip()
    place = len(body)
    while (place := body.rfind(" ", 0, place)) > 0:
        if len(body) - place - 1 >= shortest:
            break
        body = f"{body[:place]}{NBSP}{body[place + 1 :]}"
    if NBSP in body[place + 1 :]:  # a compound goes down whole: no "whole-of-" at the line's end
        body = body[: place + 1] + _whole(body[place + 1 :])
    return body + text[len(text.rstrip()) :]


def address(text: str) -> str:
    """Let a web address break after / ? & only, where no reader takes the break for a hyphen.

    A piece longer than a line may break before its hyphens, never after them.
    """
    pieces = re.split(r"(?<=[/?&])(?=[^/?&])", text)
    return BREAK.join(
        re.sub(r"-(?=.)", f"{BREAK if len(piece) > LONG_PIECE else ''}-{JOINER}", piece)
        for piece in pieces
    )
