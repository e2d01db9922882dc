"""Where a line must not break: between a number and its unit, "No." and its figure, and so on.

Words are tied with no-break spaces (U+00A0) and word joiners (U+2060), which have no width and no
glyph; the text that a reader copies stays whole. Which words are tied is said by the language's
language.yml.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TypeAlias

from mgi_report.content.words import NARROW, NBSP, Language

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

LONGEST_TO_GO_ALONG = 6
"""A word of so many characters goes down with a last word that would stand alone."""

SMALLEST_GROUPED = 1000
"""The least number that has figures to part: 1 000."""

_Replacement: TypeAlias = str | Callable[[re.Match[str]], str]

SHORTEST_HEAD = 4
"""No word of fewer characters stays behind alone, where the rest goes to the next line."""

_ROMAN = "[IVXLCDM]+"

LONG_PIECE = 48
"""A piece of an address longer than so many characters may break before its hyphens."""


def tie(text: str, language: Language) -> str:
    """Tie what belongs together on a line."""
    for pattern, replacement in _patterns(language):
        text = pattern.sub(replacement, text)
    return text


@lru_cache(maxsize=64)
def _patterns(language: Language) -> list[tuple[re.Pattern[str], _Replacement]]:
    in_figures = NARROW if language.narrow_space_in_figures else NBSP
    patterns: list[tuple[str, _Replacement]] = []
    if language.grouped_from > SMALLEST_GROUPED:  # 2 140 is 2140, but 1 002 140
        space = f"[ {NBSP}{NARROW}]"
        patterns.append((rf"(?<!\d)(?<!\d{space})(\d){space}(?=\d{{3}}(?!{space}?\d))", r"\1"))
    patterns += [
        # 12 000: groups of three figures.
        (rf"(?<!\d)(\d{{1,3}})[ {NBSP}](?=\d{{3}}(?!\d))", rf"\1{in_figures}"),
        # A spaced en dash stands at the end of a line, never at its beginning.
        (r" (?=–[ \n])", NBSP),
        # Ranges: 2019–2023.
        (r"(?<=\d)–(?=\d)", f"–{JOINER}"),
        # Reference numbers: 01-016/P-RM, COVID-19, S/17/4.
        (r"(?<=[A-Z\d])([-/])(?=[A-Z\d])", rf"\1{JOINER}"),
    ]
    if language.whole_hyphens != "none":
        patterns.append((r"(?<=\w)-(?=[^\W\d_])", _hyphen(language)))
    if unbroken := _one_of(language.unbroken):
        patterns.append((rf"(?<!\w)(?:{unbroken})(?!\w)", _unbroken))
    if names := _one_of(language.before_names):
        patterns.append((rf"\b({names}) (?=[^\W\d_])", rf"\1{NBSP}"))
    if months := _one_of(language.months):
        day = "|".join(filter(None, (r"\d{1,2}", _one_of(language.days))))
        if between := _one_of(language.before_months):
            patterns.append((rf"\b({day}) ({between}) (?=(?:{months})\b)", rf"\1{NBSP}\2{NBSP}"))
        patterns.append((rf"\b({day}) (?=(?:{months})\b)", rf"\1{NBSP}"))
        patterns.append((rf"\b(?:{months})\b", _unbroken))
    if before := _one_of(_or_capital(language.before_figures)):
        patterns.append((rf"\b({before}) (?=\d|{_ROMAN}\b)", rf"\1{NBSP}"))
    if after := _one_of(sorted(language.after_figures, key=len, reverse=True)):
        patterns.append((rf"(?<=\d) (?:{after})(?!\w)", _whole_words))
    return [(re.compile(pattern), replacement) for pattern, replacement in patterns]


def _hyphen(language: Language) -> _Replacement:
    def keep(match: re.Match[str]) -> str:
        is_whole = language.whole_hyphens == "all" or match.string[match.end()].isupper()
        return f"-{JOINER}" if is_whole else "-"

    return keep


def _whole_words(match: re.Match[str]) -> str:
    return match[0].replace(" ", NBSP)


def _unbroken(match: re.Match[str]) -> str:
    return re.sub("([-/])", rf"\1{JOINER}", _whole_words(match))


def _one_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


def _or_capital(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        yield word
        if word[0].islower():
            yield f"{word[0].upper()}{word[1:]}"


def _whole(text: str) -> str:
    """Let no line break after the hyphens in words."""
    return re.sub(r"(?<=\w)-(?=\w)", f"-{JOINER}", text)


def tie_title(text: str, language: Language) -> str:
    """Tie as `tie` does, short words to the word after them, and words with hyphens: "of Mali"."""
    text = _whole(tie(text, language))
    if short := _one_of(language.short_words):
        text = re.sub(rf"\b({short}) (?=\w)", rf"\1{NBSP}", text)
    if begins := _one_of(language.short_beginnings):
        text = re.sub(rf"(?<= )((?:{begins})\w+) (?=\w)", rf"\1{NBSP}", text)
    return text


def tie_end(text: str, length: int | None = None) -> str:
    """Tie the last words of a paragraph, so that its last line is no word alone.

    `length` is that of the whole paragraph, where `text` is only its end.
    """
    is_short = (len(text) if length is None else length) <= FEW_LINES
    shortest = SHORTEST_TAIL_OF_FEW if is_short else SHORTEST_TAIL
    body = text.rstrip()
    spaces = [match.start() for match in re.finditer(" ", body)]
    tied: list[int] = []
    while spaces and len(body) - spaces[-1] - 1 < shortest:
        tied.append(spaces.pop())
    if tied and spaces and spaces[-1] < SHORTEST_HEAD and len(body) >= 2 * shortest:
        spaces.append(tied.pop())
        if len(body) - spaces[-1] - 1 < SHORTEST_TAIL:
            tied = []
    elif not tied and len(spaces) > 1 and _goes_along(*spaces[-2:]):
        tied.append(spaces.pop())
    for place in tied:
        body = f"{body[:place]}{NBSP}{body[place + 1 :]}"
    if tied:  # a compound goes down whole: no "whole-of-" at the line's end
        start = spaces[-1] + 1 if spaces else 0
        body = body[:start] + _whole(body[start:])
    return body + text[len(text.rstrip()) :]


def _goes_along(before: int, behind: int) -> bool:
    """Tell whether a word between two spaces may go down with the last one."""
    return before >= SHORTEST_HEAD and behind - before - 1 <= LONGEST_TO_GO_ALONG


def address(text: str) -> str:
    """Let a web address break after / ? & only, where no reader takes the break for a hyphen.

    A piece longer than a line may break before its hyphens, never after them.
    """
    pieces = re.split(r"(?<=[/?&])(?=[^/?&])", text)
    return BREAK.join(
        re.sub(r"-(?=.)", f"{BREAK if len(piece) > LONG_PIECE else ''}-{JOINER}", piece)
        for piece in pieces
    )
