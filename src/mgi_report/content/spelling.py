"""Step 2, resolve: words that are written in more than one way.

Silence matters more than completeness here. Quotations, titles (in emphasis, or as the words of a
link to a source), words in another language and addresses are passed over.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from mgi_report.content.model import (
    Citation,
    CrossReference,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    NoteCall,
    Phrase,
    SourceLink,
    Strong,
    Term,
    Text,
    Variable,
)
from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span

_LEFT_OUT = "\ufffc"
"""Stands for what is passed over, so that the words beside it do not meet."""
_QUOTATION = re.compile(r"“[^”]*(?:”|$)|«[^»]*(?:»|$)|„[^“”]*(?:[“”]|$)")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|[\n\ufffc])$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
NUMBER = "{number}"
"""Stands in terms.yml for any number."""
_NUMBER = r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+)(?:[-–.,/]\d+)*"
"""15, 4 000, 2.5, 10–15, 05-322."""
_LONG = 9
"""Letters in a word whose hyphen is looked at: shorter pairs may be two words (re-form, reform)."""
_NAME = 5
"""Letters in a name whose accents are looked at."""


@dataclass(slots=True)
class _Stretch:
    """A paragraph's words, with the place of each."""

    text: str = ""
    starts: list[int] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    def add(self, text: str, span: Span) -> None:
        self.starts.append(len(self.text))
        self.spans.append(span)
        self.text += text

    def leave_out(self, start: int, end: int) -> None:
        self.text = f"{self.text[:start]}{_LEFT_OUT * (end - start)}{self.text[end:]}"

    def at(self, offset: int) -> Span:
        index = bisect_right(self.starts, offset) - 1
        span = self.spans[index]
        return Span(span.file, span.line, span.column + offset - self.starts[index])


_Place = tuple[_Stretch, int]
"""A paragraph's words, and where in them."""


def check_spelling(runs: Iterable[tuple[Inline, ...]], terms: Sequence[Term]) -> list[Diagnostic]:
    """Find words that terms.yml asks to write otherwise, and those written in two ways."""
    stretches = [_stretch(run) for run in runs]
    return [*_find_terms(stretches, terms), *_find_pairs(stretches)]


def _stretch(run: tuple[Inline, ...]) -> _Stretch:
    stretch = _Stretch()
    for text, span in _pieces(run):
        stretch.add(text, span)
    stretch.text = _QUOTATION.sub(lambda match: _LEFT_OUT * len(match[0]), stretch.text)
    return stretch


def _pieces(kids: Iterable[Inline]) -> Iterator[tuple[str, Span]]:
    for node in kids:
        match node:
            case Text(text, span):
                yield text, span
            case Phrase(kids=inner, lang=None) | Strong(kids=inner, lang=None):
                yield from _pieces(inner)
            case CrossReference(kids=inner):
                yield from _pieces(inner)
            case Link(kids=inner, is_address=False):
                yield from _pieces(inner)
            case NoteCall() | Variable():
                pass
            case LineBreak(span):
                yield "\n", span
            case Emphasis() | Strong() | Phrase() | Link() | SourceLink() | Citation():
                yield _LEFT_OUT, node.span


# --- Terms ----------------------------------------------------------------------------------


def _find_terms(stretches: Sequence[_Stretch], terms: Sequence[Term]) -> Iterator[Diagnostic]:
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
        for match in _matches(pattern, text):
            way = order[(match.lastindex or 1) - 1]
            if _is_meant(match, way, ways[way], text):
                message = f'"{match[0]}" is written "{_use(match, way, ways[way])}" in this series.'
                span = stretch.at(match.start())
                yield Diagnostic(Rule.ONE_SPELLING, message, span, None, Severity.WARNING)
                stretch.leave_out(match.start(), match.end())


@lru_cache(maxsize=4096)  # paragraphs that did not change are not looked through again
def _matches(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str], ...]:
    return tuple(pattern.finditer(text))


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
    if number is None or NUMBER not in way:
        return term.use
    return f"{number[0]} {term.use}" if way.startswith(NUMBER) else f"{term.use} {number[0]}"


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


def _find_pairs(stretches: Sequence[_Stretch]) -> Iterator[Diagnostic]:
    """Find words that stand both with and without a hyphen, and names with and without accents."""
    hyphened: dict[str, dict[str, list[_Place]]] = defaultdict(lambda: defaultdict(list))
    accented: dict[str, dict[str, list[_Place]]] = defaultdict(lambda: defaultdict(list))
    for stretch in stretches:
        for is_name, plain, word, start in _words(stretch.text):
            (accented if is_name else hyphened)[plain][word].append((stretch, start))
    for places in (*hyphened.values(), *accented.values()):
        if len(places) > 1:
            yield from _rarer(
                {
                    word: [stretch.at(start) for stretch, start in found]
                    for word, found in places.items()
                }
            )


@lru_cache(maxsize=4096)  # paragraphs that did not change are not looked through again
def _words(text: str) -> tuple[tuple[bool, str, str, int], ...]:
    """Give the words looked at: whether each is a name, its plain form, itself, its place."""
    found = []
    for match in _WORD.finditer(text):
        word = match[0]
        plain = word.replace("-", "")
        if word.islower() and len(plain) >= _LONG and word.count("-") <= 1:
            found.append((False, plain, word, match.start()))
        if word[0].isupper() and len(word) >= _NAME and "-" not in word:
            found.append((True, _without_accents(word), word, match.start()))
    return tuple(found)


def _rarer(ways: Mapping[str, Sequence[Span]]) -> Iterator[Diagnostic]:
    usual, *others = sorted(ways, key=lambda way: (-len(ways[way]), ways[way][0]))
    for way in others:
        message = f'"{way}" is written "{usual}" elsewhere ({ways[usual][0]}).'
        hint = "Write it in one way."
        for span in ways[way]:
            yield Diagnostic(Rule.ONE_SPELLING, message, span, hint, Severity.WARNING)


def _without_accents(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word)
    return "".join(char for char in parts if not unicodedata.combining(char))
