"""Step 1, load: figures and dates of a translation are those of its original, and as many."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from mgi_report.content.translation.figures import Figure, figures
from mgi_report.content.translation.invariants import figures_of, said_in
from mgi_report.content.translation.passages import Passage
from mgi_report.content.words import Language
from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span

Languages = tuple[Language, Language]
"""That of the original and that of the translation."""
UNKNOWN = Language(), Language()
_Pair = tuple[Passage, Passage]
_Side = tuple[Passage, ...]


def compare_figures(
    pairs: Iterable[_Pair],
    theirs: Iterable[Passage],
    known: tuple[_Side, _Side],
    languages: Languages,
) -> Iterator[Diagnostic]:
    """Tell once for each passage which of its figures lack, and which are new.

    `pairs` are passages with their counterparts, `theirs` those of which what is new is told.
    `known` are all passages of both sides in which a figure may stand.
    """
    mine, there = (
        Counter(
            figure.value
            for passage in {each.span: each for each in side}.values()
            for figure in _all_of(passage, language)
        )
        for side, language in zip(known, languages, strict=True)
    )
    # The original may name a law in the words of the translation, too.
    quoted = {each.value for passage in known[0] for each in _dates_of(passage, languages[1])}
    new = {
        passage.span: {
            figure.value: figure.written
            for figure in _all_of(passage, languages[1])
            if figure.value not in mine and figure.value not in quoted
        }
        for passage in theirs
    }
    told: set[str] = set()
    for passage, other in pairs:
        own = [*_all_of(passage, languages[0], is_own=True)]
        here = Counter(each.value for each in _all_of(other, languages[1]))
        need = Counter(each.value for each in own)
        missing = {
            each.value: each.written
            for each in own
            if each.value not in told
            and need[each.value] > here[each.value]
            and mine[each.value] > there[each.value]
        }
        added = new.get(other.span, {})
        for value in {*missing} & _in_other_form(added.values(), languages[0]):
            del missing[value]  # its form is told where it stands
            new[other.span] = added = {}
        if missing:
            told |= {*missing}
            yield _lacks(passage, other.span, [*missing.values()], [*added.values()])
            new.pop(other.span, None)
    for span, added in new.items():
        if added:
            said = _named([*added.values()])
            yield _warning(f"{said} here, but not in the original.", span)


def compare_titles(
    originals: Sequence[Passage], translations: Sequence[Passage], languages: Languages
) -> Iterator[Diagnostic]:
    """Tell which figures and dates of a source's title are not in the translated one.

    The passages hold titles alone, and none where the title is in another language.
    """
    mine = {passage.name: passage for passage in originals}
    for other in translations:
        passage = mine.get(other.name)
        if passage and other.runs and len(passage.runs) == len(other.runs):
            there = {each.value for each in _all_of(other, languages[1])}
            own = _all_of(passage, languages[0], is_own=True)
            missing = [each.written for each in own if each.value not in there]
            if missing:
                yield _lacks(passage, other.span, missing, [])


def _all_of(passage: Passage, language: Language, *, is_own: bool = False) -> Iterator[Figure]:
    yield from figures_of(passage, language.decimal_mark, is_own=is_own)
    yield from _dates_of(passage, language, is_own=is_own)


def _dates_of(passage: Passage, language: Language, *, is_own: bool = False) -> Iterator[Figure]:
    """Give days of a month; of a year the figures speak."""
    if not language.months:
        return
    for words in said_in(passage, is_own=is_own):
        for match in _dates(language).finditer(words):
            month = language.months.index(match["month"]) + 1
            day = int(re.sub(r"\D", "", match["day"]))
            yield Figure(f"{day}/{month}", " ".join(match[0].split()))


@cache
def _dates(language: Language) -> re.Pattern[str]:
    months, days, between = (
        "|".join(map(re.escape, words))
        for words in (language.months, language.days, language.before_months)
    )
    day = rf"{days}|\d{{1,2}}" if days else r"\d{1,2}"
    link = rf"(?:(?:{between})\s+)?" if between else ""
    return re.compile(rf"(?<![\w.–-])(?P<day>{day})\s+{link}(?P<month>{months})(?!\w)")


def _in_other_form(written: Iterable[str], language: Language) -> set[str]:
    """Give what figures such as "6,000" are in the original's form, where nothing else is meant."""
    return {
        each.value
        for figure in written
        if re.search(r"[.,]\d00$|[.,]\d{3}[.,]\d{3}$", figure)
        for each in figures(figure, language.decimal_mark)
    }


def _lacks(passage: Passage, place: Span, missing: list[str], added: list[str]) -> Diagnostic:
    message = f"{_named(missing)} in the original here ({passage.span}), but not"
    instead = ", ".join(f'"{each}"' for each in added)
    has = f", which has {instead}" if added else ""
    return _warning(f"{message} in the translation{has}.", place)


def _named(written: list[str]) -> str:
    each = ", ".join(f'"{one}"' for one in written)
    return f"The figures {each} stand" if len(written) > 1 else f"The figure {each} stands"


def _warning(message: str, span: Span) -> Diagnostic:
    return Diagnostic(Rule.TRANSLATION_HAS_ALL, message, span, None, Severity.WARNING)
