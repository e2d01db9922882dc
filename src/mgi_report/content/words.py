"""The vocabulary of words: terms.yml, spelling.yml and language.yml; how words are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Term:
    """A word that is written in one way, from terms.yml."""

    use: str
    """How it is written: "per cent"."""
    instead_of: tuple[str, ...]
    """How it is not: ("percent", "{number}%"); `{number}` stands for any number."""
    unless: str = ""
    """Not where this word stands beside it."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """How the names of a language are compared, from spelling.yml."""

    links: frozenset[str] = frozenset()
    """Small words that are passed over: "of", "the"."""
    joins: frozenset[str] = frozenset()
    """Those that join equals: "and"."""
    abbreviations: frozenset[str] = frozenset()
    """Written with or without a point: "Dr"."""
    number_marks: tuple[str, ...] = ()
    """What stands before the number of a law: "No."."""
    plurals: Mapping[str, str] = field(default_factory=dict)
    """Endings: "ies" → "y"; the first that fits is taken."""
    variants: Mapping[str, str] = field(default_factory=dict)
    """Parts of words that are spelt in two ways: "centre" → "center"."""
    _any_variant: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Prepare to look for all variants at once: most words have none."""
        pattern = re.compile("|".join(map(re.escape, self.variants)) or r"(?!)")
        object.__setattr__(self, "_any_variant", pattern)

    def in_one_way(self, word: str) -> str:
        """Spell a word in one way: "centres" is "centers"."""
        if self._any_variant.search(word):
            for part, other in self.variants.items():
                word = word.replace(part, other)
        return word

    def __hash__(self) -> int:
        """Let what is read by a spelling be kept under it."""
        pairs = (*self.plurals.items(), *self.variants.items())
        return hash((self.links, self.joins, self.abbreviations, self.number_marks, pairs))


@dataclass(frozen=True, slots=True)
class Language:
    """What is known of a language, from language.yml; nothing where there is no such file."""

    months: tuple[str, ...] = ()
    """Stay with the day before them: "6 October"."""
    days: tuple[str, ...] = ()
    """Days of the month that are more than figures: "1er"."""
    before_figures: tuple[str, ...] = ()
    """Stay with the figure after them: "Article 6"; a small first letter may be a capital."""
    after_figures: tuple[str, ...] = ()
    """Stay with the figure before them: "15 per cent"."""
    before_names: tuple[str, ...] = ()
    """Stay with the name after them: "Mr Keita"."""
    short_words: tuple[str, ...] = ()
    """Stay with the word after them in a title: "of Mali"."""
    vague_links: tuple[str, ...] = ()
    """Words of links that do not say where they lead: "click here"."""


_EMPTY_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters by name that print nothing: fillers of Hangul, and Braille without dots."""


def is_blank(text: str) -> bool:
    """Say whether nothing of a text would be seen: it is empty, or all of it is white space."""
    return all(
        unicodedata.category(character)[0] in "ZC" or character in _EMPTY_LETTERS
        for character in text
    )


def without_accents(word: str) -> str:
    """Give a word in its bare letters: "Ségou" is "Segou"."""
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFKD", word)
    return "".join(char for char in parts if not unicodedata.combining(char))


def without_scheme(address: str) -> str:
    """Give a web or mail address as it is printed: "https://iom.int" is "iom.int"."""
    return re.sub(r"^(https?://|mailto:)", "", address, flags=re.IGNORECASE)


def slug(text: str) -> str:
    """Make an id of a text: "Migrants’ rights" is "migrants-rights"."""
    letters = without_accents(text.casefold().replace("’", ""))
    return re.sub(r"[\W_]+", "-", letters).strip("-") or "heading"
