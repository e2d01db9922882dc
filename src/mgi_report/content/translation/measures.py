"""Step 1, load: a passage of a translation has the quotations of its original, and its length."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mgi_report.content.translation.invariants import said_in
from mgi_report.content.translation.passages import Passage
from mgi_report.diagnostics import Diagnostic, Rule, Severity

_QUOTATION = re.compile(r"“[^”]*”|«[^»]*»|„[^“”]*[“”]")
_SENTENCE = re.compile(r"[.!?؟…][”»’)\]]*(?=\s+[“«(¿¡]*(?:[A-ZÀ-ÖØ-Þ]|[^\W\d_a-zà-öø-ÿ]))")
"""The end of one before another: a capital follows, or a letter of a script that has none."""
_SHORTEST = 80
"""Characters of a passage of which something may be missing."""
_SHORTER = 0.8
"""A passage that has lost a sentence is shorter than this share of what would be expected."""
_ENOUGH = 500
"""Characters in the rest of a text that say how long it is in the other language."""


def compare_measures(
    pairs: Sequence[tuple[Passage, Passage]], unsaid: Sequence[tuple[Passage, Passage]], say: str
) -> Iterator[Diagnostic]:
    """Tell what may be missing in a passage, by its quotations and by its length.

    `pairs` are all passages with their counterparts; told is of those that nobody said to be in
    step, `unsaid`. `say` is what to type for one that is meant so; "{line}" stands for its line.
    """
    lengths = [(len(_said(mine)), len(_said(theirs))) for mine, theirs in pairs]
    whole = sum(one for one, _ in lengths), sum(other for _, other in lengths)
    for mine, theirs in unsaid:
        quoted, there = (_count(_QUOTATION, each) for each in (mine, theirs))
        sentences, fewer = (1 + _count(_SENTENCE, each) for each in (mine, theirs))
        hint = say.replace("{line}", str(theirs.span.line))
        if quoted > there:
            has = f"The original has {_number(quoted, 'quotation')} here ({mine.span})"
            message = f"{has}, the translation {there or 'none'}."
            yield _warning(message, theirs, f"Put in the quotation marks; or, {hint}")
        if fewer < sentences and _is_short(mine, theirs, whole):
            has = f"The original has {_number(sentences, 'sentence')} here ({mine.span})"
            message = f"{has}, the translation {fewer}, and is much shorter."
            yield _warning(message, theirs, f"Put in what is missing; or, {hint}")


def _is_short(mine: Passage, theirs: Passage, whole: tuple[int, int]) -> bool:
    """Say whether a passage is shorter than the rest of the text lets expect."""
    length, there = len(_said(mine)), len(_said(theirs))
    rest = whole[0] - length, whole[1] - there
    share = rest[1] / rest[0] if rest[0] >= _ENOUGH else 1
    return length >= _SHORTEST and there < _SHORTER * share * length


def _said(passage: Passage) -> str:
    return " ".join(said_in(passage))


def _count(pattern: re.Pattern[str], passage: Passage) -> int:
    return sum(len(pattern.findall(words)) for words in said_in(passage, is_own=True))


def _number(count: int, name: str) -> str:
    return f"{count} {name}{'s' if count != 1 else ''}"


def _warning(message: str, theirs: Passage, hint: str) -> Diagnostic:
    return Diagnostic(Rule.TRANSLATION_HAS_ALL, message, theirs.span, hint, Severity.WARNING)
