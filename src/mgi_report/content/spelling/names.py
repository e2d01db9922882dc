"""Step 2, resolve: the words and names in a text, to be compared in `naming`.

What was read in a text is kept: most texts are those of the making before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mgi_report.content.words import Spelling, without_accents

_WORD = re.compile(r"&|(?:[^\W\d_]\.){2,}|[^\W\d_]+")
_JOINED = re.compile(r"[’']?[ \u00a0\u202f]+|[-‑’']")
"""Stands between two words of a name."""
_POINT = re.compile(r"\.[ \u00a0\u202f]+")
_SENTENCE = re.compile(r"[.!?:;\n\ufffc]")
"""Stands before the first word of a sentence, whose capital says nothing."""
_OF_LAW = re.compile(r"\d/$")
"""Stands before letters that belong to the number of a law: 01-016/P-RM, 0901/PRM."""

_ACRONYM = 5
"""Letters of an acronym that is found as a word too: "Ecowas", but not "Who"."""
_KEPT = 2048
"""Texts that are kept in mind."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands in its text."""

    text: str
    start: int
    end: int
    part: str
    """What it is in a key; "" for a small word, which is passed over."""
    is_joined: bool
    """Whether it may belong to one name with the word before it."""
    has_capital: bool
    """Whether it has a capital that says something."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name, or what may be one, where it stands in its text."""

    words: tuple[Word, ...]
    written: str
    parts: tuple[str, ...]
    """Of its words, but for those that are passed over."""

    @property
    def big(self) -> tuple[Word, ...]:
        """The words that are not passed over."""
        return tuple(word for word in self.words if word.part)

    @property
    def has_capitals(self) -> bool:
        """Whether a capital says that it is a name."""
        return any(word.has_capital for word in self.big)

    @property
    def small(self) -> tuple[str, ...]:
        """The words that are passed over."""
        return tuple(word.text.casefold() for word in self.words if not word.part)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in a text."""

    text: str
    words: tuple[Word, ...]
    names: tuple[Name, ...]
    """Each run of two or more words with capitals."""
    acronyms: tuple[Name, ...]
    """ "ECOWAS", and what may be one, "Ecowas"."""
    small: frozenset[str]
    """Parts of words in small letters."""
    used: Mapping[str, int]
    """How often each part is there."""


class Reader:
    """Reads texts, and knows what is passed over in comparing words."""

    def __init__(self, spelling: Spelling) -> None:
        self._spelling = spelling
        self._small = {"&", *spelling.links, *spelling.joins}
        self.joins = {"&", *spelling.joins}
        self._parts: dict[str, str] = {}
        self._readings: dict[str, Reading] = {}
        self._keys: frozenset[str] = frozenset()
        self._runs: dict[str, tuple[tuple[str, Name], ...]] = {}

    def read(self, text: str) -> Reading:
        """Give what is in a text."""
        if text not in self._readings:
            if len(self._readings) >= _KEPT:
                self._readings.clear()
            words = tuple(self._words(text))
            self._readings[text] = Reading(
                text,
                words,
                tuple(_names(text, words)),
                tuple(_name(text, (word,)) for word in words if is_acronym(word) or _may_be(word)),
                frozenset(word.part for word in words if word.text.islower()),
                Counter(word.part for word in words),
            )
        return self._readings[text]

    def find(
        self, readings: Sequence[Reading], keys: frozenset[str]
    ) -> Iterator[tuple[tuple[str, Name], ...]]:
        """Find in each text what has one of some keys, whether it has capitals or not."""
        if keys != self._keys or len(self._runs) >= _KEPT:
            self._keys, self._runs = keys, {}
        longest = max(map(len, keys), default=0)
        begins = {key[:3] for key in keys}
        for reading in readings:
            if reading.text not in self._runs:
                self._runs[reading.text] = tuple(_runs(reading, keys, longest, begins))
            yield self._runs[reading.text]

    def spelt(self, text: str) -> str:
        """Give a word in one spelling, in its number."""
        bare = without_accents(text).casefold().replace(".", "")
        return self._spelling.in_one_way(bare)

    def _words(self, text: str) -> Iterator[Word]:
        before, end = "", 0
        for match in _WORD.finditer(text):
            gap = text[end : match.start()]
            is_short = before in self._spelling.abbreviations
            is_point = is_short and _POINT.fullmatch(gap) is not None
            is_first = not is_point and (not before or _SENTENCE.search(gap) is not None)
            is_number = _OF_LAW.search(text[max(end, match.start() - 2) : match.start()])
            yield Word(
                match[0],
                match.start(),
                match.end(),
                self._part(match[0]),
                bool(before) and (is_point or _JOINED.fullmatch(gap) is not None),
                match[0][0].isupper() and not is_first and not is_number,
            )
            before, end = match[0], match.end()

    def _part(self, text: str) -> str:
        if text not in self._parts:
            is_small = text.casefold() in self._small
            self._parts[text] = "" if is_small else self._singular(self.spelt(text), text)
        return self._parts[text]

    def _singular(self, word: str, text: str) -> str:
        if text[1:] == text[1:].lower():  # an acronym's s is a letter of it
            for ending, singular in self._spelling.plurals.items():
                if word.endswith(ending) and len(word) > len(ending) + 2:
                    return word.removesuffix(ending) + singular
        return word


@lru_cache(maxsize=8)
def reader(spelling: Spelling) -> Reader:
    """Give the reader for a spelling, with what it has read."""
    return Reader(spelling)


def is_acronym(word: Word) -> bool:
    """Say whether a word has more than one capital, the first among them."""
    text = word.text
    return bool(word.part) and text[0].isupper() and sum(map(str.isupper, text)) > 1


def _may_be(word: Word) -> bool:
    return bool(word.part) and word.has_capital and len(word.text) >= _ACRONYM


def _names(text: str, words: Sequence[Word]) -> Iterator[Name]:
    run: list[Word] = []
    for word in (*words, None):
        if word and run and word.is_joined and (word.has_capital or not word.part):
            run.append(word)
            continue
        while run and not run[-1].part:
            run.pop()
        if len([each for each in run if each.part]) > 1:
            yield _name(text, run)
        run = [word] if word and word.has_capital and word.part else []


def _name(text: str, words: Sequence[Word]) -> Name:
    written = " ".join(text[words[0].start : words[-1].end].split())
    return Name(tuple(words), written, tuple(word.part for word in words if word.part))


def _runs(
    reading: Reading, keys: frozenset[str], longest: int, begins: set[str]
) -> Iterator[tuple[str, Name]]:
    words = reading.words
    for first, word in enumerate(words):
        if not word.part or (len(word.part) >= 3 and word.part[:3] not in begins):
            continue
        key = ""
        for last in range(first, len(words)):
            key += words[last].part
            if (last > first and not words[last].is_joined) or len(key) > longest:
                break
            if words[last].part and key in keys:
                yield key, _name(reading.text, words[first : last + 1])
