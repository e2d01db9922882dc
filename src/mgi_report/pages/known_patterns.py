"""Step 4, typeset: a pattern by which HTML is cut into pieces is made once.

The parser of HTML that WeasyPrint has means to keep them, and keeps them where it does not look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_Key = tuple[Iterable[str], bool]
"""Characters, and whether they are what is looked for, or where that ends."""


def mend(inputstream: Any) -> None:
    """Let the `inputstream` module of tinyhtml5 find its patterns again."""
    inputstream.characters_until_regex = _Patterns()


class _Patterns(dict[_Key, re.Pattern[str]]):
    """The patterns that were asked for."""

    def __missing__(self, key: _Key) -> re.Pattern[str]:
        characters, is_wanted = key
        listed = "".join(f"\\x{ord(each):02x}" for each in characters)
        pattern = self[key] = re.compile(f"[{'' if is_wanted else '^'}{listed}]+")
        return pattern
