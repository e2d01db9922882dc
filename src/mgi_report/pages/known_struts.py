"""Step 4, typeset: how high an empty line is, is found again at once.

WeasyPrint asks it for each line and each word in another style. It keeps the answers, but writes
out the whole style to find one.
"""

from __future__ import annotations

from typing import Any

_READ = (
    *("font_family", "font_style", "font_stretch", "font_weight", "font_variant_ligatures"),
    *("font_variant_position", "font_variant_caps", "font_variant_numeric"),
    *("font_variant_alternates", "font_variant_east_asian", "font_feature_settings"),
    *("font_variation_settings", "font_language_override", "lang", "font_size", "line_height"),
)
"""What WeasyPrint finds it by."""


def mend(inline: Any) -> None:
    """Let WeasyPrint's `inline` layout find what was worked out."""
    work_out = inline.strut

    def strut(style: Any) -> Any:
        try:
            known = style.font_config.strut_layouts
            key = tuple(map(style.__getitem__, _READ))
            found = known.get(key)
        except TypeError:  # a value that is worked out where it is used has no digest
            return work_out(style)
        if found is None:
            found = known[key] = work_out(style)
        return found

    inline.strut = strut
