"""What of a style sheet counts for the pages that are made with it."""

from __future__ import annotations

import re
from functools import lru_cache

_PARTS = re.compile(
    r"""("(?:\\.|[^"\\\n\r\f])*"|'(?:\\.|[^'\\\n\r\f])*'"""
    r"""|url\(\s*(?!["'\s])(?:\\.|[^)\\])*\))"""
    r"""|((?:\s|/\*.*?\*/)+)|(["'\\])""",
    re.DOTALL | re.IGNORECASE,
)
"""What stays as it is: texts, addresses; what stands between words; what makes a space count."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@lru_cache(maxsize=256)
def what_counts(css: str) -> str:
    """Leave out of a style sheet comments, and how far apart its words stand.

    A space ends what is escaped, and a line ends a text that is not closed: where there is one of
    these (CSS Syntax 3, 4.3.5 and 4.3.7), all counts.
    """
    if any(match[3] for match in _PARTS.finditer(css)):
        return css
    return _PARTS.sub(_plain, css).strip()


def _plain(match: re.Match[str]) -> str:
    if match[1] is not None:
        return match[1]
    # A comment parts words, but is no space: ".a/**/.b" is not ".a .b".
    return " " if _COMMENT.sub("", match[2]) else "/**/"
