"""Step 2, resolve: names that are written in more than one way.

A name is a run of capitalised words with the small words between them: "Ministry of Health". Each
has a key, in which ways of writing fall together, and all that is written is looked up by it. So
the time it takes grows with the length of the text, and not with the square of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from mgi_report.content.spelling.names import Name, Reader, Reading, is_acronym, reader
from mgi_report.content.spelling.stretches import Place, Stretch, by_use, tell
from mgi_report.content.words import Spelling
from mgi_report.diagnostics import Diagnostic

_ALL_SMALL = 4
"""Words of a name that is found in small letters too: a "national migration policy" may be any."""
_SURE = 3
"""Words of a name in which any small word may differ: "Mali in Africa", "Mali and Africa"."""
LETTERS = 6
"""Letters of a word in which one may be wrong; in nearly twice as many, two may be."""


class _Seen(NamedTuple):
    """A name in a paragraph."""

    stretch: Stretch
    name: Name

    @property
    def place(self) -> Place:
        return Place(self.stretch, self.name.words[0].start, self.name.words[-1].end)


class _Finding(NamedTuple):
    place: Place
    written: str
    usual: str
    elsewhere: Place


Ways = Mapping[str, Sequence[_Seen]]
"""By how it is written, where it is."""
Texts = Sequence[tuple[Stretch, Reading]]


def find_names(
    stretches: Sequence[Stretch], spelling: Spelling, right: str = ""
) -> list[Diagnostic]:
    """Find names that differ in what does not make another name of them.

    That is case, hyphens, points, small words, the order of words around "of", the plural of a word
    that is not the name's head, British and American spelling, or a letter of a long word.
    Names in `right`, one a line, are never told of themselves.
    """
    eye = reader(spelling)
    texts = [(stretch, eye.read(stretch.names)) for stretch in stretches]
    names = [_Seen(stretch, name) for stretch, reading in texts for name in reading.names]
    findings = [
        *_acronyms(texts),
        *_told(_written(eye, texts, names), lambda one, other: _is_same(eye, one, other), right),
        *_told(_in_any_order(names), lambda one, other: _is_turned(eye, one, other), right),
        *_nearly_alike(texts, names, right),
    ]
    found = []
    last: Place | None = None
    for finding in sorted(findings, key=lambda each: (each.place.span, -each.place.end)):
        is_new = last is None or last.stretch is not finding.place.stretch
        if last is None or is_new or finding.place.start >= last.end:
            found.append(tell(*finding))
            last = finding.place
    return found


# --- Ways of writing ------------------------------------------------------------------------


def _written(eye: Reader, texts: Texts, names: Iterable[_Seen]) -> Iterable[Ways]:
    """Look up all that is written: whatever has a name's key may be the name."""
    ways: dict[str, dict[str, list[_Seen]]] = {"".join(seen.name.parts): {} for seen in names}
    runs = eye.find([reading for _, reading in texts], frozenset(ways))
    for (stretch, _), found in zip(texts, runs, strict=True):
        for key, name in found:
            ways[key].setdefault(name.written, []).append(_Seen(stretch, name))
    return ways.values()


def _in_any_order(names: Iterable[_Seen]) -> Iterable[Ways]:
    return _grouped((tuple(sorted(seen.name.parts)), seen) for seen in names)


def _acronyms(texts: Texts) -> Iterator[_Finding]:
    """Find "U.N." beside "UN", "Ecowas" beside "ECOWAS"."""
    single = [
        (name.parts[0], _Seen(stretch, name))
        for stretch, reading in texts
        for name in reading.acronyms
    ]
    known = {part for part, seen in single if is_acronym(seen.name.words[0])}
    known.difference_update(*(reading.small for _, reading in texts))
    may_be = ((part, seen) for part, seen in single if part in known)
    return _told(_grouped(may_be), lambda usual, _: is_acronym(usual.words[0]))


def _grouped(names: Iterable[tuple[Hashable, _Seen]]) -> Iterable[Ways]:
    ways: dict[Hashable, dict[str, list[_Seen]]] = defaultdict(lambda: defaultdict(list))
    for key, seen in names:
        ways[key][seen.name.written].append(seen)
    return ways.values()


# --- What is told ---------------------------------------------------------------------------


def _told(
    groups: Iterable[Ways], test: Callable[[Name, Name], bool], right: str = ""
) -> Iterator[_Finding]:
    """Hold the rarer ways of writing against the usual one."""
    for ways in groups:
        if len(ways) < 2:
            continue
        places = {way: [each.place for each in seen] for way, seen in ways.items()}
        usual, *others = by_use(places, right)
        for other in others:
            if test(ways[usual][0].name, ways[other][0].name):
                for place in places[other]:
                    yield _Finding(place, other, usual, places[usual][0])


def _is_same(eye: Reader, one: Name, other: Name) -> bool:
    """Say whether two names with the same key are one name, the first the usual way."""
    if not one.has_capitals or one.written.isupper() != other.written.isupper():
        return False  # "REPUBLIC OF MALI" in a heading
    is_long = len(other.big) >= _ALL_SMALL and not eye.joins.issuperset(other.small)
    if not other.has_capitals and not is_long:
        return False
    if len(one.big) == len(other.big):
        heads = {_head(one), _head(other)}
        for index, (mine, theirs) in enumerate(zip(one.big, other.big, strict=True)):
            if index in heads and eye.spelt(mine.text) != eye.spelt(theirs.text):
                return False  # "Goals" beside "Goal"
    if one.small != other.small and len(one.big) < _SURE:
        return bool(one.small and other.small) and not eye.joins & {*one.small, *other.small}
    return True


def _head(name: Name) -> int:
    """Give the index of the word that says what it is: "Ministry" of Health, Labour "Code"."""
    for index, word in enumerate(name.words):
        if not word.part:
            return index - 1
    return len(name.words) - 1


def _is_turned(eye: Reader, one: Name, other: Name) -> bool:
    """Say whether only the order of words differs: "Health Ministry", "Ministry of Health"."""
    return (
        one.parts != other.parts
        and len(one.small) != len(other.small)
        and not eye.joins & {*one.small, *other.small}
    )


def _nearly_alike(texts: Texts, names: Sequence[_Seen], right: str) -> Iterator[_Finding]:
    """Find names that differ in one word, and there in a letter or two."""
    by_parts: dict[tuple[str, ...], list[_Seen]] = defaultdict(list)
    for seen in names:
        by_parts[seen.name.parts].append(seen)
    others: dict[tuple[str, ...], list[tuple[str, list[_Seen]]]] = defaultdict(list)
    for parts, alike in by_parts.items():
        for rest, part in _but_one(parts):
            others[rest].append((part, alike))
    for alternatives in others.values():
        alternatives.sort(key=lambda each: (each[1][0].name.written not in right, -len(each[1])))
        for index, (rarer, places) in enumerate(alternatives):
            slipped = (each for usual, each in alternatives[:index] if is_slip(rarer, usual))
            elsewhere = next(slipped, None)
            # A word that stands elsewhere too is a word, and no slip.
            if elsewhere and _used(rarer, texts) <= len(places):
                first = elsewhere[0]
                for seen in places:
                    yield _Finding(seen.place, seen.name.written, first.name.written, first.place)


@lru_cache(maxsize=4096)
def _but_one(parts: tuple[str, ...]) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Give a name without each of its long words, and the word."""
    return tuple(
        ((*parts[:index], "", *parts[index + 1 :]), part)
        for index, part in enumerate(parts)
        if len(part) >= LETTERS
    )


def _used(part: str, texts: Texts) -> int:
    return sum(reading.used.get(part, 0) for _, reading in texts)


def is_slip(word: str, other: str) -> bool:
    """Say whether two words differ in so few letters, side by side, that one may be a slip."""
    start = 0
    while start < min(len(word), len(other)) and word[start] == other[start]:
        start += 1
    one, two = word[start:], other[start:]
    while one and two and one[-1] == two[-1]:
        one, two = one[:-1], two[:-1]
    longest = max(len(one), len(two))
    is_swapped = longest == 2 and one == two[::-1]
    most = 1 if min(len(word), len(other)) < 2 * LETTERS - 1 else 2
    return start > 0 and (longest <= most or is_swapped)
