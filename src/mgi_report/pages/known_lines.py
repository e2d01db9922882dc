"""Step 4, typeset: a line that was broken before is not broken again.

WeasyPrint breaks a paragraph each time it is laid out: to learn how narrow a column may be, when
notes push lines to the next page, and, in a preview, after each save.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any
from weakref import WeakKeyDictionary

_READ = (
    *("direction", "lang", "font_language_override", "font_family", "font_size", "font_style"),
    *("font_stretch", "font_weight", "font_variation_settings", "font_kerning"),
    *("font_feature_settings", "font_variant_alternates", "font_variant_caps"),
    *("font_variant_east_asian", "font_variant_ligatures", "font_variant_numeric"),
    *("font_variant_position", "hyphens", "hyphenate_character", "hyphenate_limit_chars"),
    *("hyphenate_limit_zone", "letter_spacing", "overflow_wrap", "tab_size"),
    *("white_space", "word_break", "word_spacing"),
)
"""What WeasyPrint's `text` package reads of a style, beside whether the text has a decoration."""
_KEPT = 4096
"""Lines at most."""

_Line = tuple[Any, ...]
"""What WeasyPrint gives of a line: its layout, where the rest begins, and how large it is."""


def mend(*modules: Any) -> None:
    """Remember the lines that these modules of WeasyPrint's layout break."""
    lines = _Lines(modules[0].split_first_line)
    for module in modules:
        module.split_first_line = lines.split


class _Lines:
    """The lines that were broken, by the fonts that they were set in."""

    def __init__(self, split: Callable[..., _Line]) -> None:
        self._split = split
        self._known: WeakKeyDictionary[Any, dict[_Line, _Line]] = WeakKeyDictionary()

    def split(
        self,
        text: str,
        style: Any,
        context: Any,
        *given: Any,
        **named: bool,
    ) -> _Line:
        """Give the first line of a text in the room that is given."""
        known = self._known.setdefault(style.font_config, {})
        is_decorated = style["text_decoration_line"] != "none"
        key = (text, given, *named.items(), is_decorated, *map(style.__getitem__, _READ))
        try:
            line = known.get(key)
        except TypeError:  # a value that is worked out where it is used has no digest
            return self._split(text, style, context, *given, **named)
        if line is None:
            if len(known) >= _KEPT:
                known.clear()
            line = known[key] = self._split(text, style, context, *given, **named)
        # Who draws a line puts its words apart in its own layout.
        return copy(line[0]), *line[1:]
