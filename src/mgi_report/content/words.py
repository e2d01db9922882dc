"""The vocabulary of words: terms.yml, spelling.yml and language.yml; how words are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

NBSP = "\N{NO-BREAK SPACE}"
NARROW = "\N{NARROW NO-BREAK SPACE}"
LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_AFTER_ALL = "\U0010fffd"
"""Sorts behind every letter."""


NUMBER = "{number}"
"""Stands in terms.yml for any number."""


def written(use: str, way: str) -> str:
    """Give how a way of writing should be written: "{number} per cent" for "{number}%"."""
    if NUMBER in use or NUMBER not in way:
        return use
    return f"{NUMBER} {use}" if way.startswith(NUMBER) else f"{use} {NUMBER}"


@dataclass(frozen=True, slots=True)
class Term:
    """A word that is written in one way, from terms.yml."""

    use: str
    """How it is written: "per cent", "{number}%"."""
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
    draft_marks: tuple[str, ...] = ()
    """What a text says of itself that is not finished, at a beginning: "not for citation"."""
    placeholders: tuple[str, ...] = ()
    """What stands for words to come: "[insert", which goes on to its "]", "XX per cent"."""
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
class HouseRule:
    """A rule of the house style, from house-style.yml."""

    id: str
    """Its name: "decades"."""
    says: str
    """What it asks for: "A decade has no apostrophe."."""
    find: re.Pattern[str]
    """What is not written."""
    use: str
    """What is written instead, with the groups of the pattern: "\\1s"; "" where that is open."""
    words: Mapping[str, str] = field(default_factory=dict)
    """What a group becomes: "3" → "three"."""
    not_behind: frozenset[str] = frozenset()
    """Words behind which it does not hold."""
    not_before: frozenset[str] = frozenset()
    """Words before which it does not hold."""
    not_with: re.Pattern[str] | None = None
    """What may not stand in the same sentence, for the rule to hold."""
    not_in_names: bool = False
    """Whether it leaves alone what has a capital within a sentence."""
    in_italics: bool = False
    """Whether it holds for words in italics, and for nothing else."""
    in_tables: bool = False
    """Whether it holds in tables, too."""
    is_safe: bool = False
    """Whether a program may mend it."""
    example: tuple[str, str] = ("", "")
    """What it finds, and what is written: ("in the 1990’s", "in the 1990s")."""

    @property
    def explained(self) -> str:
        """What it asks for, with its example."""
        wrong, right = self.example
        return f'{self.says} "{wrong}" becomes "{right}".'

    def instead_of(self, match: re.Match[str]) -> str:
        """Give what is written instead of what was found."""
        groups = [self.words.get(group or "", group or "") for group in match.groups()]
        return re.sub(r"\\(\d)", lambda number: groups[int(number[1]) - 1], self.use)


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """What a publisher asks of texts in a language."""

    organization: str = ""
    """Whose style it is: "IOM"."""
    rules: tuple[HouseRule, ...] = ()
    known: frozenset[str] = frozenset()
    """Abbreviations that need not be spelt out: "UN"."""


@dataclass(frozen=True, slots=True)
class Sorting:
    """How the names of a language are put in order, where their letters alone do not say it."""

    same: tuple[tuple[str, str], ...] = ()
    """Letters that count as others: "œ" as "oe"."""
    own: tuple[tuple[str, str], ...] = ()
    """Letters of their own, each with the one that it follows: "ñ" comes after all "n"."""
    passed_over: tuple[str, ...] = ()
    """Beginnings of words that do not count: the Arabic article."""

    def key(self, text: str) -> tuple[str, str]:
        """Give what a text is compared by: letters first, accents where letters are the same."""
        folded = text.casefold()
        for letter, other in self.same:
            folded = folded.replace(letter, other)
        for letter, base in self.own:
            folded = folded.replace(letter, f"{base}{_AFTER_ALL}")
        if self.passed_over:
            folded = re.sub(
                rf"\b(?:{'|'.join(map(re.escape, self.passed_over))})(?=\w)", "", folded
            )
        accented = unicodedata.normalize("NFKD", folded)
        return without_accents(accented), accented


@dataclass(frozen=True, slots=True)
class ChangingWord:
    """A small word that is another one before some sounds: "y" is "e" before "India"."""

    word: str
    use: str
    before: tuple[str, ...]
    """How the word after it begins; accents do not count."""
    unless: tuple[str, ...] = ()
    """Longer beginnings before which it stays as it is."""

    def changed(self, text: str, following: str) -> str:
        """Give a text that ends in the word as it stands before what follows."""
        ending, sound = f" {self.word} ", without_accents(following.casefold())
        if not text.endswith(ending) or not sound.startswith(self.before):
            return text
        return text if sound.startswith(self.unless) else f"{text.removesuffix(ending)} {self.use} "


@dataclass(frozen=True, slots=True)
class Language:
    """What is known of a language, from language.yml; nothing where there is no such file."""

    name: str = ""
    """What catalogues call it, in English: "French"."""
    direction: Literal["ltr", "rtl"] = "ltr"
    """Which way it is written."""
    letters_join: bool = False
    """Whether letters hang together, so that no space may come between them."""
    narrow_space_before: tuple[str, ...] = ()
    """Marks with a narrow space before them, which is never broken: "Pourquoi ?"."""
    space_before: tuple[str, ...] = ()
    """Marks with a space before them, which is never broken: "ainsi :"."""
    space_after: tuple[str, ...] = ()
    """Marks with a space after them, which is never broken: "« ainsi"."""
    narrow_space_in_figures: bool = False
    """Whether the space in "12 000" is narrow; it is never broken."""
    figures: Literal["european", "arabic-indic"] = "european"
    """How figures are printed: 2024, or ٢٠٢٤."""
    section_numbers: str = "."
    """What parts the numbers of a section: "1.1"; any but a point runs as the language does."""
    decimal_mark: str = ""
    """What stands before the fraction of a number; empty where it is not known."""
    grouped_from: int = 1000
    """The least number whose figures are parted by a space in running text: "2140", "12 000"."""
    whole_hyphens: Literal["none", "before-capitals", "all"] = "none"
    """Which words with hyphens stay on one line in running text, too: "États-Unis"."""
    raised: tuple[str, ...] = ()
    """Endings of ordinal numbers that are set small and high: the "er" of "1er"."""
    half_brackets: bool = False
    """Whether lists count i), ii), not (i), (ii)."""
    opening_quotes: tuple[str, ...] = ()
    """Quotation marks that hang where a lead begins with one."""
    quotation_marks: str = "“ … ”"
    """What to write in place of straight quotation marks: "« … »"."""
    own_marks: tuple[tuple[str, str], ...] = ()
    """Marks of other languages, each with that which stands behind its letters: "?", "؟"."""
    note_calls: Literal["as-written", "before-marks", "after-marks"] = "as-written"
    """Where the call of a note stands that meets a mark: "word³." or "word.³"."""
    semicolon: str = ";"
    """Parts sources that are cited together."""
    source_letters: str = LATIN_LETTERS
    """What tells sources of one author and year apart: 2020a, 2020b."""
    sorting: Sorting = Sorting()
    """How names are put in order."""
    months: tuple[str, ...] = ()
    """Stay with the day before them: "6 October"."""
    other_months: tuple[tuple[str, str], ...] = ()
    """Names of months in dates that are not its own, each with the one to write."""
    days: tuple[str, ...] = ()
    """Days of the month that are more than figures: "1er"."""
    other_days: tuple[tuple[str, str], ...] = ()
    """Days of the month in dates that are not as it has them, each with the one to write."""
    before_months: tuple[str, ...] = ()
    """May stand between day and month, and stay with both: the "de" of "6 de octubre"."""
    before_figures: tuple[str, ...] = ()
    """Stay with the figure after them: "Article 6"; a small first letter may be a capital."""
    before_numbers: tuple[str, ...] = ()
    """Stand before the number of a law, which is no range: the "رقم" of "رقم 3-5"."""
    after_figures: tuple[str, ...] = ()
    """Stay with the figure before them: "15 per cent"."""
    before_names: tuple[str, ...] = ()
    """Stay with the name after them: "Mr Keita"."""
    unbroken: tuple[str, ...] = ()
    """Stay on one line: "EE. UU."."""
    abbreviations: tuple[str, ...] = ()
    """Keep their point where the call of a note is put before a mark: "etc."."""
    short_words: tuple[str, ...] = ()
    """Stay with the word after them in a title: "of Mali"."""
    short_beginnings: tuple[str, ...] = ()
    """Short words written as one with the next, which stays in a title with the one after it."""
    changing_words: tuple[ChangingWord, ...] = ()
    """Are others before some sounds."""
    vague_links: tuple[str, ...] = ()
    """Words of links that do not say where they lead: "click here"."""
    vague_pictures: tuple[str, ...] = ()
    """Texts for pictures that do not say what these show: "photo"."""


_EMPTY_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters by name that print nothing: fillers of Hangul, and Braille without dots."""


@lru_cache(maxsize=4096)  # asked of each value of each file, each time
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
