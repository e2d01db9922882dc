"""Step 2, resolve: words that run the other way, and do not say which language they are in.

Unmarked they are read aloud by the voice of another language, and what stands beside them, such
as a bracket or a figure, may change its place. One or two words from left to right among Arabic
ones are a name or an abbreviation, and keep theirs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from mgi_report.content.brackets import CLOSING, OPENING, closed
from mgi_report.content.model import Emphasis, Inline, Link, Phrase, Source, Strong, Text
from mgi_report.content.spelling.stretches import LEFT_OUT, Stretch
from mgi_report.content.words import Language
from mgi_report.diagnostics import Diagnostic, Rule, Severity
from mgi_report.remembering import remembered

_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
"""Hebrew, Arabic and the scripts between (The Unicode Standard 9)."""
_FROM_RIGHT = re.compile(rf"[{_RIGHT}]+(?: [{_RIGHT}]+)*")
_WORD = rf"[^\W\d_{_RIGHT}](?:[^\W_{_RIGHT}]|[’'.-](?=[^\W_{_RIGHT}]))*"
_FROM_LEFT = re.compile(
    rf"{_WORD}(?:[%{re.escape(CLOSING)}]*[.,;:!?]? (?:[–—&] )?[{re.escape(OPENING)}]*"
    rf"(?:{_WORD}|\d[\d./–-]*))*"
)
_EXAMPLES = {"HEBREW": "he", "SYRIAC": "syr", "THAANA": "dv", "NKO": "nqo"}
"""A language of each script, by the script's name in Unicode; the others are written as Arabic."""
_LONG = 60
"""Characters of what is quoted in a message."""
_NAME = 2
"""Words from left to right that need no mark."""


def check_scripts(
    runs: Iterable[tuple[Inline, ...]], lang: str, languages: Mapping[str, Language]
) -> Iterator[Diagnostic]:
    """Find words in texts of a language that run the other way, and are not marked."""
    is_turned = languages.get(lang, Language()).direction == "rtl"
    other, own = (_FROM_LEFT, _FROM_RIGHT) if is_turned else (_FROM_RIGHT, _FROM_LEFT)
    way = "left to right" if is_turned else "right to left"
    for run in runs:
        stretch = _own(run)
        found = [
            (start, words)
            for start, words in _runs(other, stretch.text)
            if not is_turned or len(re.findall(_WORD, words)) > _NAME
        ]
        is_mixed = bool(found) and own.search(stretch.text) is not None
        if is_turned and not is_mixed:  # a paragraph that is not translated; said by step 1
            continue
        for start, whole in found:
            words = _shown(whole)
            message = f'"{words}" runs from {way}, and does not say in which language it is.'
            hint = f"Write it with its language: [{words}]{{lang={_example(whole)}}}."
            place = stretch.at(start)
            # Of a file that is in another language all through, the first paragraph is enough.
            cause = "" if is_mixed else f"another script in {place.file}"
            yield Diagnostic(
                Rule.WORDS_SAY_THEIR_LANGUAGE, message, place, hint, Severity.WARNING, cause
            )


def check_source_scripts(
    sources: Iterable[Source], lang: str, languages: Mapping[str, Language]
) -> Iterator[Diagnostic]:
    """Find sources whose titles run the other way all through, and that have no language."""
    is_turned = languages.get(lang, Language()).direction == "rtl"
    other, own = (_FROM_LEFT, _FROM_RIGHT) if is_turned else (_FROM_RIGHT, _FROM_LEFT)
    way = "left to right" if is_turned else "right to left"
    for source in sources:
        title = _own(source.title).text
        found = other.search(title)
        if source.language or own.search(title) or not found:
            continue
        if is_turned and len(re.findall(_WORD, title)) <= _NAME:
            continue
        message = (
            f'The title "{_shown(title)}" runs from {way}, and the source does not say in which '
            "language it is."
        )
        hint = (
            f"Write below it language: {_example(found[0])}; or the title in the language {lang}."
        )
        span = source.title[0].span
        cause = f"another script in {span.file}"
        yield Diagnostic(
            Rule.WORDS_SAY_THEIR_LANGUAGE, message, span, hint, Severity.WARNING, cause
        )


def _runs(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, str]]:
    """Give runs of words with where they start; one that a bracket cuts goes on as another."""
    start = 0
    while match := pattern.search(text, start):
        start = closed(text, match.start(), match.end())
        yield match.start(), text[match.start() : start]


def _example(words: str) -> str:
    """Give a language that words in their script may be in."""
    if _FROM_LEFT.match(words):
        return "en"
    return _EXAMPLES.get(unicodedata.name(words[0], "").partition(" ")[0], "ar")


def _shown(words: str) -> str:
    return words if len(words) <= _LONG else f"{words[:_LONG]}…"


@remembered(2048)  # paragraphs that did not change are not gathered again
def _own(run: tuple[Inline, ...]) -> Stretch:
    """Give the words of a paragraph that are in its own language."""
    stretch = Stretch()
    for text in _texts(run):
        stretch.starts.append(len(stretch.text))
        stretch.spans.append(text.span)
        stretch.text += text.text
    return stretch


def _texts(nodes: Iterable[Inline]) -> Iterator[Text]:
    for node in nodes:
        match node:
            case Text():
                yield node
            case Emphasis() | Strong() | Phrase() if node.lang:
                yield Text(LEFT_OUT, node.span)
            case Link(is_address=True):
                yield Text(LEFT_OUT, node.span)
            case _:
                yield from _texts(getattr(node, "kids", ()))
