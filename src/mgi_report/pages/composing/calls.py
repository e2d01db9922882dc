"""Where the call of a note stands that meets a punctuation mark.

Some languages set it behind the mark, "word.³", others before it, "word³."; whichever way an
editor wrote it, it is set as its language does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, takewhile
from typing import Literal

from mgi_report.content.model import Inline, NoteCall, Text

_LAST_MARK = re.compile(r"(?:(?<=\w\w)|(?<=[)\]»”]))(?:[.,،؛؟]|\s?[;:!?])$")
"""A mark behind a word; the point of "p." or "D.C." belongs to the word."""
_FIRST_MARK = re.compile(r"^(?:[.,](?!\d)|[،؛؟]|\s?[;:!?])")


def place_calls(
    kids: Sequence[Inline], way: Literal["as-written", "before-marks", "after-marks"]
) -> Sequence[Inline]:
    """Move the calls of notes before or behind the mark that they meet."""
    placed: list[Inline] = []
    for are_calls, group in groupby(kids, _is_call):
        run = list(group)
        last, first = placed[-1] if placed else None, run[0]
        if are_calls and way == "before-marks" and isinstance(last, Text):
            if mark := _LAST_MARK.search(last.text):
                placed[-1] = replace(last, text=last.text[: mark.start()])
                run.append(replace(last, text=mark[0]))
        elif (
            way == "after-marks"
            and isinstance(last, NoteCall)
            and isinstance(first, Text)
            and (mark := _FIRST_MARK.search(first.text))
        ):
            behind_word = len(placed) - sum(1 for _ in takewhile(_is_call, reversed(placed)))
            placed.insert(behind_word, replace(first, text=mark[0]))
            run[0] = replace(first, text=first.text[mark.end() :])
        placed += run
    return placed


def _is_call(node: Inline) -> bool:
    return isinstance(node, NoteCall)
