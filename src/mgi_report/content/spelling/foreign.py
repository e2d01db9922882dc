"""Step 2, resolve: figures, stops and months that are written as another language writes them.

Silence matters more than completeness: "2,125 millions" may be 2.125 of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from mgi_report.content.model import Inline
from mgi_report.content.spelling.stretches import Stretch, matches, stretch_of
from mgi_report.content.words import Language
from mgi_report.diagnostics import Diagnostic, Rule, Severity
from mgi_report.remembering import remembered

_BEHIND = r"(?![\w/–-]|[.,:]\w)"
_BARE = 7
"""Digits of a number that nobody reads unparted."""
_BEFORE = re.compile(r"(\S+)\s$")
_DIGITS = re.compile(r"[0-9]+|[٠-٩]+")

_Found = tuple[int, str, str]
"""Where it is, how it is written, and how it should be."""


def check_foreign(runs: Iterable[tuple[Inline, ...]], language: Language) -> Iterator[Diagnostic]:
    """Find what is written as another language writes it, with what to write."""
    bare: dict[str, list[Diagnostic]] = {}
    for run in runs:
        for told, is_bare in _in(run, language):
            if is_bare and told.span:
                bare.setdefault(told.span.file, []).append(told)
            else:
                yield told
    for first, *more in bare.values():  # a table may be full of them
        message = first.message
        if more:
            message = (
                f"{message.removesuffix('.')} ({len(more)} more figures like it in this file)."
            )
        yield replace(first, message=message)


@remembered(2048)  # paragraphs that did not change are not looked through again
def _in(run: tuple[Inline, ...], language: Language) -> tuple[tuple[Diagnostic, bool], ...]:
    """Find it in a paragraph; say also which are bare numbers."""
    stretch = stretch_of(run)
    found = []
    for start, written, right in (
        *_numbers(stretch, language),
        *_marks(stretch, language),
        *_months(stretch, language),
        *_days(stretch, language),
        *_spaces(stretch, language),
        *_changing(stretch, language),
    ):
        message = f'"{written}" is not how the language of this text writes it.'
        told = _told(stretch, start, message, f'Write "{right}".')
        found.append((told, written.isdecimal() and len(written) >= _BARE))
    return (*found, *((told, False) for told in _two_scripts(stretch)))


def _told(stretch: Stretch, start: int, message: str, hint: str) -> Diagnostic:
    place = stretch.at(start)
    return Diagnostic(Rule.WRITTEN_AS_IN_LANGUAGE, message, place, hint, Severity.WARNING)


def _numbers(stretch: Stretch, language: Language) -> Iterator[_Found]:
    if not language.decimal_mark:
        return
    between = (
        " "
        if language.narrow_space_in_figures
        else {".": ",", ",": "."}.get(language.decimal_mark, " ")
    )
    for match in matches(_number_pattern(language), stretch.text):
        before = _BEFORE.search(stretch.text[: match.start()])
        if before and before[1].strip("(").casefold() in _casefolded(language):
            continue  # the number of a law or an article
        whole, _, fraction = match[0].partition(_other(language))
        if match.lastgroup == "fraction":
            yield match.start(), match[0], f"{whole}{language.decimal_mark}{fraction}"
        else:
            digits = re.sub(r"\D", "", match[0])
            yield match.start(), match[0], f"{int(digits):,}".replace(",", between)


def _other(language: Language) -> str:
    return "," if language.decimal_mark == "." else "."


@lru_cache(maxsize=16)
def _casefolded(language: Language) -> frozenset[str]:
    words = (*language.before_figures, *language.before_numbers)
    return frozenset(word.casefold() for word in words)


@lru_cache(maxsize=16)
def _number_pattern(language: Language) -> re.Pattern[str]:
    """Match thousands, fractions and bare numbers that are not in the form of the language."""
    own, other = re.escape(language.decimal_mark), re.escape(_other(language))
    thousands = rf"[1-9]\d{{0,2}}(?:(?:{own}\d{{3}}){{2,}}|{own}\d00)"
    if language.narrow_space_in_figures:
        thousands += rf"|[1-9]\d{{0,2}}(?:{other}\d{{3}})+"
    units = "|".join(map(re.escape, ("%", "٪", *language.after_figures)))
    fraction = rf"0{other}\d+|\d+{other}\d{{1,2}}(?=\s?(?:{units})(?!\w))"
    return re.compile(
        rf"(?<![\w+/:–-])(?<!\d[., ])(?<!: )(?:(?P<fraction>{fraction})|(?P<thousands>{thousands})"
        rf"|(?P<bare>[1-9]\d{{{_BARE - 1},}})){_BEHIND}"
    )


def _marks(stretch: Stretch, language: Language) -> Iterator[_Found]:
    own = dict(language.own_marks)
    if own:
        marks = "".join(map(re.escape, own))
        for match in matches(re.compile(rf"(?<=[\u0620-\u06ff])\s?([{marks}])"), stretch.text):
            yield match.start(1), match[1], own[match[1]]


def _months(stretch: Stretch, language: Language) -> Iterator[_Found]:
    own = dict(language.other_months)
    if own:
        names = "|".join(map(re.escape, sorted(own, key=len, reverse=True)))
        pattern = re.compile(rf"(?<=\d\s)(?:{names})(?![\w/])|(?<![\w/])(?:{names})(?=\s\d{{4}})")
        for match in matches(pattern, stretch.text):
            yield match.start(), match[0], own[match[0]]


def _days(stretch: Stretch, language: Language) -> Iterator[_Found]:
    own = dict(language.other_days)
    if own and language.months:
        days, months = ("|".join(map(re.escape, each)) for each in (own, language.months))
        pattern = re.compile(rf"(?<![\w.,/–-])({days})(?=\s(?:{months})(?!\w))")
        for match in matches(pattern, stretch.text):
            yield match.start(), match[0], own[match[0]]


def _spaces(stretch: Stretch, language: Language) -> Iterator[_Found]:
    """Find words that run into a mark or a title before them: "Voir:ici", "M.Dupont"."""
    patterns = [r"(?<![\w./@-])([^\W\d_]{3,}[:;,])([^\W\d_]{2,})(?![\w/@-]|[.:]\w)"]
    if titles := [title for title in language.before_names if title.endswith(".")]:
        names = "|".join(map(re.escape, titles))
        patterns.append(rf"(?<![\w.])({names})([^\W\d_]{{3,}})(?![\w.])")
    for pattern in patterns:
        for match in matches(re.compile(pattern), stretch.text):
            mark = match[1][-1]
            before = " " if mark in (*language.narrow_space_before, *language.space_before) else ""
            if match[2][0].isupper() or mark != ".":
                yield match.start(), match[0], f"{match[1][:-1]}{before}{mark} {match[2]}"


def _changing(stretch: Stretch, language: Language) -> Iterator[_Found]:
    for each in language.changing_words:
        pattern = re.compile(rf"(?<=[^\W\d_] ){re.escape(each.word)} ([^\W\d_]+)")
        for match in matches(pattern, stretch.text):
            right = each.changed(f" {each.word} ", match[1]).lstrip() + match[1]
            if right != match[0]:
                yield match.start(), match[0], right


def _two_scripts(stretch: Stretch) -> Iterator[Diagnostic]:
    """Find the first figure that is not in the digits of the first."""
    found = matches(_DIGITS, stretch.text)
    others = [match for match in found if match[0].isascii() != found[0][0].isascii()]
    if others:
        message = f'"{others[0][0]}" and "{found[0][0]}" are in digits of two scripts.'
        hint = "Type all figures as 0123; language.yml says how they are printed."
        yield _told(stretch, others[0].start(), message, hint)
