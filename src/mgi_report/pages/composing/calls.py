"""Where the call of a note stands that meets a punctuation mark.

Some languages set it behind the mark, "word.³", others before it, "word³."; whichever way an
editor wrote it, and whatever stands before it, it is set as its language does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from mgi_report.content.model import Citation, Inline, LineBreak, NoteCall, Text, Variable
from mgi_report.content.words import Language

_LAST_MARKS = re.compile(r"(?<=\S)\s?[.,،؛؟;:!?…]+$")
_FIRST_MARKS = re.compile(r"^(?:[.,](?!\d)|[،؛؟…]|\s?[;:!?])+")
_LETTERED = re.compile(r"[^\W\d_]\.[^\W\d_]$")
"""The end of "D.C": its last point belongs to it as well."""
_WORD = re.compile(r"\S*$")

_LEAVES = (Text, Citation, LineBreak, NoteCall, Variable)


class _Leaf(NamedTuple):
    """A node without kids, or with none, and those that it stands in, the outermost first."""

    node: Inline
    within: tuple[Inline, ...]


def place_calls(kids: Sequence[Inline], language: Language) -> Sequence[Inline]:
    """Move the marks that calls of notes meet behind or before them."""
    way = language.note_calls
    leaves = list(_leaves(kids, ()))
    if way == "as-written" or not any(_is_call(leaf) for leaf in leaves):
        return kids
    placed: list[_Leaf] = []
    for are_calls, group in groupby(leaves, _is_call):
        run = list(group)
        if are_calls and way == "before-marks":
            run += _taken_from_end(placed, run[-1], language)
        elif not are_calls and way == "after-marks" and placed:
            behind_word = len(placed)
            while behind_word and _is_call(placed[behind_word - 1]):
                behind_word -= 1
            placed[behind_word:behind_word] = _taken_from_start(run, placed[-1])
        placed += run
    return _tree(placed)


def _taken_from_end(placed: list[_Leaf], call: _Leaf, language: Language) -> Iterator[_Leaf]:
    """Take the marks behind the last word away; give them as they stand behind the call."""
    if not placed or not isinstance(last := placed[-1].node, Text):
        return
    before = "".join(map(_words, placed))
    if not (found := _LAST_MARKS.search(before)):
        return
    marks = found[0]
    if (
        marks[0] == "."
        and marks[1:2] != "."
        and _is_abbreviation(before[: found.start()], language)
    ):
        marks = marks[1:]
    if marks and last.text.endswith(marks):
        placed[-1] = placed[-1]._replace(node=replace(last, text=last.text[: -len(marks)]))
        yield _Leaf(replace(last, text=marks), call.within)


def _taken_from_start(run: list[_Leaf], call: _Leaf) -> Iterator[_Leaf]:
    """Take the marks before the first word away; give them as they stand before the call."""
    first = run[0].node
    if isinstance(first, Text) and (found := _FIRST_MARKS.search(first.text)):
        run[0] = run[0]._replace(node=replace(first, text=first.text[found.end() :]))
        yield _Leaf(replace(first, text=found[0]), call.within)


def _is_abbreviation(before: str, language: Language) -> bool:
    """Say whether the point behind a text belongs to its last word: "D.C.", "etc."."""
    if _LETTERED.search(before):
        return True
    word = _WORD.search(before)
    if word and word[0].lstrip("([«“") in _abbreviations(language):
        return True
    words = f" {' '.join(before.split())}."
    return any(words.endswith(f" {whole}") for whole in language.unbroken)


@lru_cache(maxsize=16)
def _abbreviations(language: Language) -> frozenset[str]:
    known = (*language.abbreviations, *language.before_figures, *language.before_names)
    return frozenset(word[:-1] for word in known if word.endswith("."))


def _leaves(kids: Iterable[Inline], within: tuple[Inline, ...]) -> Iterator[_Leaf]:
    for kid in kids:
        if isinstance(kid, _LEAVES) or not kid.kids:
            yield _Leaf(kid, within)
        else:
            yield from _leaves(kid.kids, (*within, kid))


def _tree(leaves: Iterable[_Leaf], depth: int = 0) -> tuple[Inline, ...]:
    """Put leaves back into what they stand in; a text of which nothing is left is dropped."""
    kids: list[Inline] = []
    for outer, group in groupby(leaves, lambda leaf: _at(leaf, depth)):
        if outer is None:
            kids += (leaf.node for leaf in group if not _is_spent(leaf.node))
        elif inner := _tree(group, depth + 1):
            assert not isinstance(outer, _LEAVES)
            kids.append(replace(outer, kids=inner))
    return tuple(kids)


def _at(leaf: _Leaf, depth: int) -> Inline | None:
    return leaf.within[depth] if len(leaf.within) > depth else None


def _is_spent(node: Inline) -> bool:
    return isinstance(node, Text) and not node.text


def _words(leaf: _Leaf) -> str:
    return leaf.node.text if isinstance(leaf.node, (Text, Citation)) else ""


def _is_call(leaf: _Leaf) -> bool:
    return isinstance(leaf.node, NoteCall)
