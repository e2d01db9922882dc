"""Step 1, load: the figures of a text, as no language writes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_SHORTEST = 2
"""Digits of a figure that no language writes as a word."""
_POINTS = ".,\u066b"
_PARTS = " .,’'\u066c"
"""What stands between thousands, where it is not the language's decimal mark."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a text."""

    value: str
    """As it is compared: 1000, 10.7."""
    written: str
    """As it stands there: "1,000"."""


def figures(words: str, decimal_mark: str = "") -> Iterator[Figure]:
    """Give the figures of two digits and more.

    Without a language's `decimal_mark`, three figures behind a point or a comma are thousands.
    """
    plain = "".join(
        " " if each.isspace() else str(unicodedata.decimal(each, each)) for each in words
    )
    for match in _pattern(decimal_mark).finditer(plain):
        whole, rest = match["whole"], match["rest"]
        value = re.sub(r"\D", "", whole) + re.sub(rf"[{_POINTS}]", ".", rest)
        if len(value) >= _SHORTEST:
            yield Figure(value, match[0])


@cache
def _pattern(decimal_mark: str) -> re.Pattern[str]:
    between = "".join(re.escape(mark) for mark in _PARTS if mark != decimal_mark)
    grouped = rf"(?!0)\d{{1,3}}(?P<mark>[{between}])\d{{3}}(?:(?P=mark)\d{{3}})*(?!\d)"
    return re.compile(rf"(?<!\d)(?P<whole>{grouped}|\d+)(?P<rest>(?:[{_POINTS}]\d+)*)")
