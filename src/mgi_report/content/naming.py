"""Step 2, resolve: names that are written in more than one way.

A name is a run of capitalised words with the small words between them: "Ministry of Health". Each
has a key, in which ways of writing fall together, and all that is written is looked up by it. So
the time it takes grows with the length of the text, and not with the square of it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mgi_report.content.stretches import Place, Stretch, by_use, tell
from mgi_report.content.words import Spelling, replaced, without_accents
from mgi_report.diagnostics import Diagnostic

_WORD = re.compile(r"&|(?:[^\W\d_]\.){2,}|[^\W\d_]+")
_JOINED = re.compile(r"[’']?[ \u00a0\u202f]+|[-‑’']")
"""Stands between two words of a name."""
_POINT = re.compile(r"\.[ \u00a0\u202f]+")
_SENTENCE = re.compile(r"[.!?:;\n\ufffc]")
"""Stands before the first word of a sentence, whose capital says nothing."""

_ALL_SMALL = 4
"""Words of a name that is found in small letters too: a "national migration policy" may be any."""
_SURE = 3
"""Words of a name in which any small word may differ: "Mali in Africa", "Mali and Africa"."""
_ACRONYM = 5
"""Letters of an acronym that is found as a word too: "Ecowas", but not "Who"."""
_LETTERS = 6
"""Letters of a word in which one may be wrong; in nearly twice as many, two may be."""


@dataclass(frozen=True, slots=True)
class _Word:
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
class _Name:
    """A name where it stands."""

    place: Place
    words: tuple[_Word, ...]

    @property
    def written(self) -> str:
        return " ".join(self.place.stretch.names[self.place.start : self.place.end].split())

    @property
    def big(self) -> tuple[_Word, ...]:
        """The words that are not passed over."""
        return tuple(word for word in self.words if word.part)

    @property
    def has_capitals(self) -> bool:
        return any(word.has_capital for word in self.big)

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(word.part for word in self.big)

    @property
    def small(self) -> tuple[str, ...]:
        return tuple(word.text.casefold() for word in self.words if not word.part)


class _Finding(NamedTuple):
    place: Place
    written: str
    usual: str
    elsewhere: Place


Ways = Mapping[str, Sequence[_Name]]
"""By how it is written, where it is."""


def find_names(stretches: Sequence[Stretch], spelling: Spelling) -> list[Diagnostic]:
    """Find names that differ in what does not make another name of them.

    That is case, hyphens, points, small words, the order of words around "of", the plural of a word
    that is not the name's head, British and American spelling, or a letter of a long word.
    """
    reader = _Reader(spelling)
    texts = [(stretch, reader.words(stretch)) for stretch in stretches]
    names = [name for stretch, words in texts for name in _names(stretch, words)]
    findings = [
        *_acronyms(texts),
        *_told(_written(texts, names), lambda one, other: _is_same(reader, one, other)),
        *_told(_in_any_order(names), lambda one, other: _is_turned(reader, one, other)),
        *_nearly_alike(texts, names),
    ]
    found = []
    last: Place | None = None
    for finding in sorted(findings, key=lambda each: (each.place.span, -each.place.end)):
        is_new = last is None or last.stretch is not finding.place.stretch
        if last is None or is_new or finding.place.start >= last.end:
            found.append(tell(*finding))
            last = finding.place
    return found


# --- Words and names ------------------------------------------------------------------------


class _Reader:
    """Reads words, and knows what is passed over in comparing them."""

    def __init__(self, spelling: Spelling) -> None:
        self._spelling = spelling
        self._small = {"&", *spelling.links, *spelling.joins}
        self.joins = {"&", *spelling.joins}
        self._parts: dict[str, str] = {}

    def words(self, stretch: Stretch) -> list[_Word]:
        words: list[_Word] = []
        text, end = stretch.names, 0
        for match in _WORD.finditer(text):
            gap = text[end : match.start()]
            is_short = bool(words) and words[-1].text in self._spelling.abbreviations
            is_point = is_short and _POINT.fullmatch(gap) is not None
            is_first = not is_point and (not words or _SENTENCE.search(gap) is not None)
            words.append(
                _Word(
                    match[0],
                    match.start(),
                    match.end(),
                    self._part(match[0]),
                    bool(words) and (is_point or _JOINED.fullmatch(gap) is not None),
                    match[0][0].isupper() and not is_first,
                )
            )
            end = match.end()
        return words

    def _part(self, text: str) -> str:
        if text not in self._parts:
            is_small = text.casefold() in self._small
            self._parts[text] = "" if is_small else self._singular(self.spelt(text), text)
        return self._parts[text]

    def spelt(self, text: str) -> str:
        """Give a word in one spelling, in its number."""
        bare = without_accents(text).casefold().replace(".", "")
        return replaced(bare, self._spelling.variants)

    def _singular(self, word: str, text: str) -> str:
        if text[1:] == text[1:].lower():  # an acronym's s is a letter of it
            for ending, singular in self._spelling.plurals.items():
                if word.endswith(ending) and len(word) > len(ending) + 2:
                    return word.removesuffix(ending) + singular
        return word


def _names(stretch: Stretch, words: Sequence[_Word]) -> Iterator[_Name]:
    """Give each run of two or more words with capitals."""
    run: list[_Word] = []
    for word in (*words, None):
        if word and run and word.is_joined and (word.has_capital or not word.part):
            run.append(word)
            continue
        while run and not run[-1].part:
            run.pop()
        if len([each for each in run if each.part]) > 1:
            yield _name(stretch, run)
        run = [word] if word and word.has_capital and word.part else []


def _name(stretch: Stretch, words: Sequence[_Word]) -> _Name:
    return _Name(Place(stretch, words[0].start, words[-1].end), tuple(words))


# --- Ways of writing ------------------------------------------------------------------------


Texts = Sequence[tuple[Stretch, Sequence[_Word]]]


def _written(texts: Texts, names: Iterable[_Name]) -> Iterable[Ways]:
    """Look up all that is written: whatever has a name's key may be the name."""
    ways: dict[str, dict[str, list[_Name]]] = {"".join(name.parts): {} for name in names}
    longest = max(map(len, ways), default=0)
    begins = {key[:3] for key in ways}
    for stretch, words in texts:
        for first, word in enumerate(words):
            if not word.part or (len(word.part) >= 3 and word.part[:3] not in begins):
                continue
            key = ""
            for last in range(first, len(words)):
                key += words[last].part
                if (last > first and not words[last].is_joined) or len(key) > longest:
                    break
                if words[last].part and key in ways:
                    name = _name(stretch, words[first : last + 1])
                    ways[key].setdefault(name.written, []).append(name)
    return ways.values()


def _in_any_order(names: Iterable[_Name]) -> Iterable[Ways]:
    return _grouped((tuple(sorted(name.parts)), name) for name in names)


def _acronyms(texts: Texts) -> Iterator[_Finding]:
    """Find "U.N." beside "UN", "Ecowas" beside "ECOWAS"."""
    single = [
        (word.part, _name(stretch, [word]))
        for stretch, words in texts
        for word in words
        if word.part and word.text[0].isupper()
    ]
    known = {part for part, name in single if _is_acronym(name.words[0].text)}
    known -= {word.part for _, words in texts for word in words if word.text.islower()}
    may_be = (
        (part, name)
        for part, name in single
        if part in known and (_is_acronym(name.words[0].text) or _is_like_one(name.words[0]))
    )
    return _told(_grouped(may_be), lambda usual, _: _is_acronym(usual.words[0].text))


def _is_acronym(text: str) -> bool:
    return sum(map(str.isupper, text)) > 1


def _is_like_one(word: _Word) -> bool:
    return word.has_capital and len(word.text) >= _ACRONYM


def _grouped(names: Iterable[tuple[Hashable, _Name]]) -> Iterable[Ways]:
    ways: dict[Hashable, dict[str, list[_Name]]] = defaultdict(lambda: defaultdict(list))
    for key, name in names:
        ways[key][name.written].append(name)
    return ways.values()


# --- What is told ---------------------------------------------------------------------------


def _told(groups: Iterable[Ways], test: Callable[[_Name, _Name], bool]) -> Iterator[_Finding]:
    """Hold the rarer ways of writing against the usual one."""
    for ways in groups:
        if len(ways) < 2:
            continue
        places = {way: [name.place for name in names] for way, names in ways.items()}
        usual, *others = by_use(places)
        for other in others:
            if test(ways[usual][0], ways[other][0]):
                for place in places[other]:
                    yield _Finding(place, other, usual, places[usual][0])


def _is_same(reader: _Reader, one: _Name, other: _Name) -> bool:
    """Say whether two names with the same key are one name, the first the usual way."""
    if not one.has_capitals or one.written.isupper() != other.written.isupper():
        return False  # "REPUBLIC OF MALI" in a heading
    is_long = len(other.big) >= _ALL_SMALL and not reader.joins.issuperset(other.small)
    if not other.has_capitals and not is_long:
        return False
    if len(one.big) == len(other.big):
        heads = {_head(one), _head(other)}
        for index, (mine, theirs) in enumerate(zip(one.big, other.big, strict=True)):
            if index in heads and reader.spelt(mine.text) != reader.spelt(theirs.text):
                return False  # "Goals" beside "Goal"
    if one.small != other.small and len(one.big) < _SURE:
        return bool(one.small and other.small) and not reader.joins & {*one.small, *other.small}
    return True


def _head(name: _Name) -> int:
    """Give the index of the word that says what it is: "Ministry" of Health, Labour "Code"."""
    for index, word in enumerate(name.words):
        if not word.part:
            return index - 1
    return len(name.words) - 1


def _is_turned(reader: _Reader, one: _Name, other: _Name) -> bool:
    """Say whether only the order of words differs: "Health Ministry", "Ministry of Health"."""
    return (
        one.parts != other.parts
        and len(one.small) != len(other.small)
        and not reader.joins & {*one.small, *other.small}
    )


def _nearly_alike(texts: Texts, names: Sequence[_Name]) -> Iterator[_Finding]:
    """Find names that differ in one word, and there in a letter or two."""
    used = Counter(word.part for _, words in texts for word in words)
    by_parts: dict[tuple[str, ...], list[_Name]] = defaultdict(list)
    for name in names:
        by_parts[name.parts].append(name)
    others: dict[tuple[str, ...], list[tuple[str, list[_Name]]]] = defaultdict(list)
    for parts, alike in by_parts.items():
        for index, part in enumerate(parts):
            if len(part) >= _LETTERS:
                others[(*parts[:index], "", *parts[index + 1 :])].append((part, alike))
    for alternatives in others.values():
        alternatives.sort(key=lambda each: -len(each[1]))
        for index, (rarer, places) in enumerate(alternatives):
            # A word that stands elsewhere too is a word, and no slip.
            if used[rarer] > len(places):
                continue
            for usual, elsewhere in alternatives[:index]:
                if _is_slip(rarer, usual):
                    yield from (
                        _Finding(each.place, each.written, elsewhere[0].written, elsewhere[0].place)
                        for each in places
                    )
                    break


def _is_slip(word: str, other: str) -> bool:
    """Say whether two words differ in so few letters, side by side, that one may be a slip."""
    start = 0
    while start < min(len(word), len(other)) and word[start] == other[start]:
        start += 1
    one, two = word[start:], other[start:]
    while one and two and one[-1] == two[-1]:
        one, two = one[:-1], two[:-1]
    longest = max(len(one), len(two))
    is_swapped = longest == 2 and one == two[::-1]
    most = 1 if min(len(word), len(other)) < 2 * _LETTERS - 1 else 2
    return start > 0 and (longest <= most or is_swapped)
