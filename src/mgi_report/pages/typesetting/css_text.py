"""What of a style sheet counts for the pages that are made with it."""

from __future__ import annotations

import re
from functools import lru_cache

_PARTS = re.compile(
    r"""(\\.|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|url\(\s*(?!["'\s])(?:\\.|[^)\\])*\))"""
    r"""|((?:\s|/\*.*?\*/)+)""",
    re.DOTALL | re.IGNORECASE,
)
"""What stays as it is: what is escaped, texts, addresses; and what stands between words."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@lru_cache(maxsize=64)
def what_counts(css: str) -> str:
    """Leave out of a style sheet comments, and how far apart its words stand."""
    return _PARTS.sub(_plain, css).strip()


def _plain(match: re.Match[str]) -> str:
    if match[1] is not None:
        return match[1]
    # A comment parts words, but is no space: ".a/**/.b" is not ".a .b".
    return " " if _COMMENT.sub("", match[2]) else "/**/"
