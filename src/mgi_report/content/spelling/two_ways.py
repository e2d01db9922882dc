"""Step 2, resolve: words that are written in more than one way.

Silence matters more than completeness here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain

from mgi_report.content.model import Inline
from mgi_report.content.spelling.lawnumbers import find_numbers
from mgi_report.content.spelling.naming import find_names
from mgi_report.content.spelling.remains import find_remains
from mgi_report.content.spelling.stretches import Place, Stretch, matches, stretch_of, tell_rarer
from mgi_report.content.words import NUMBER, Spelling, Term, without_accents, written
from mgi_report.diagnostics import Diagnostic, Rule, Severity

_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|[\n\ufffc])$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NUMBER = r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+)(?:[-–.,/]\d+)*"
"""15, 4 000, 2.5, 10–15, 05-322."""
_LONG = 9
"""Letters in a word whose hyphen is looked at: shorter pairs may be two words (re-form, reform)."""
_NAME = 5
"""Letters in a name whose accents are looked at."""


def check_spelling(
    runs: Iterable[tuple[Inline, ...]],
    titles: Iterable[tuple[Inline, ...]],
    terms: Sequence[Term],
    spelling: Spelling,
    right: str = "",
) -> list[Diagnostic]:
    """Find words that terms.yml asks to write otherwise, in two ways, and what is left over.

    `runs` are the paragraphs of the profile; of `titles`, those of its sources, only the numbers of
    laws are looked at. Names in `right`, one a line, are never told. Each place is told of once.
    """
    stretches = [stretch_of(run) for run in runs]
    return [
        *find_remains(stretches, spelling),
        *_find_terms(stretches, terms),
        *_find_pairs(stretches, spelling),
        *find_names(stretches, spelling, right),
        *find_numbers([*stretches, *map(stretch_of, titles)], spelling),
    ]


# --- Terms ----------------------------------------------------------------------------------


def _find_terms(stretches: Sequence[Stretch], terms: Sequence[Term]) -> Iterator[Diagnostic]:
    """Find them, and take them out of the stretches, so that nothing is told of twice."""
    # Looking for the bare characters first costs little, and leaves a handful of patterns.
    text = "\n".join(stretch.text for stretch in stretches).replace("\u00a0", " ").casefold()
    ways = {
        way: term
        for term in terms
        for way in term.instead_of
        if way.replace(NUMBER, "").strip().casefold() in text
    }
    if not ways:
        return
    # The longest comes first, so that of "Covid 19" and "Covid" the whole is found.
    order = sorted(ways, key=lambda way: (-len(way), way))
    pattern = re.compile("|".join(f"({_pattern(way)})" for way in order))
    for stretch in stretches:
        text = stretch.text
        for match in matches(pattern, text):
            way = order[(match.lastindex or 1) - 1]
            if _is_meant(match, way, ways[way], text):
                message = f'"{match[0]}" is written "{_use(match, way, ways[way])}" in this series.'
                span = stretch.at(match.start())
                yield Diagnostic(Rule.ONE_SPELLING, message, span, None, Severity.WARNING)
                stretch.leave_out(match.start(), match.end())


def _pattern(way: str) -> str:
    """Make a pattern for whole words; a small first letter may be a capital."""
    pieces = [re.escape(piece).replace(r"\ ", "[ \u00a0\u202f]") for piece in way.split(NUMBER)]
    if way[0].islower():
        pieces[0] = f"[{way[0]}{way[0].upper()}]{pieces[0][1:]}"
    before = r"(?<![\w-])" if way[0].isalnum() or way.startswith(NUMBER) else ""
    after = r"(?!\w)" if way[-1].isalnum() or way.endswith(NUMBER) else ""
    return f"{before}{_NUMBER.join(pieces)}{after}"


def _use(match: re.Match[str], way: str, term: Term) -> str:
    """Say how it is written, with the number that stands in it."""
    number = re.search(_NUMBER, match[0])
    return written(term.use, way).replace(NUMBER, number[0] if number else "")


def _is_meant(match: re.Match[str], way: str, term: Term, text: str) -> bool:
    # Inside a sentence a capital makes a name of it: "the Federal Labor Program".
    is_capital = way[0].islower() and match[0][0] != way[0]
    if is_capital and not _SENTENCE_START.search(text[: match.start()]):
        return False
    if term.unless:
        before = text[: match.start()].split()[-1:]
        after = text[match.end() :].split()[:1]
        return term.unless not in (*before, *after)
    return True


# --- Pairs ----------------------------------------------------------------------------------


def _find_pairs(stretches: Sequence[Stretch], spelling: Spelling) -> Iterator[Diagnostic]:
    """Find words with and without hyphen or in two spellings, names with and without accents."""
    texts = [(stretch, _words(stretch.text)) for stretch in stretches]
    pairing = _pairing(spelling)
    ways: dict[tuple[str, str], list[str]] = defaultdict(list)
    for word in dict.fromkeys(chain.from_iterable(words for _, words in texts)):
        for key in pairing.keys(word):
            ways[key].append(word)
    for alike in ways.values():
        if len(alike) > 1:
            yield from tell_rarer(
                {
                    word: [
                        Place(stretch, start, end)
                        for stretch, words in texts
                        for start, end in words.get(word, ())
                    ]
                    for word in alike
                }
            )


@lru_cache(maxsize=2048)  # paragraphs that did not change are not looked through again
def _words(text: str) -> dict[str, list[tuple[int, int]]]:
    words: dict[str, list[tuple[int, int]]] = {}
    for match in _WORD.finditer(text):
        words.setdefault(match[0], []).append(match.span())
    return words


class _Pairing:
    """Knows what words have in common that are one word in two ways."""

    def __init__(self, spelling: Spelling) -> None:
        self._spelling = spelling
        self._known: dict[str, tuple[tuple[str, str], ...]] = {}

    def keys(self, word: str) -> tuple[tuple[str, str], ...]:
        if word not in self._known:
            self._known[word] = tuple(self._keys(word))
        return self._known[word]

    def _keys(self, word: str) -> Iterator[tuple[str, str]]:
        plain = word.replace("-", "")
        if word.islower():
            yield "spelling", self._spelling.in_one_way(word)
            if len(plain) >= _LONG and word.count("-") <= 1:
                yield "hyphen", plain
        if word[0].isupper() and len(word) >= _NAME and "-" not in word:
            yield "accents", without_accents(word)


@lru_cache(maxsize=8)
def _pairing(spelling: Spelling) -> _Pairing:
    return _Pairing(spelling)
