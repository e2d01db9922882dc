"""Step 4, typeset: what no rule sets of an element has its value at once.

WeasyPrint works out each value of each element's style in one long way: whether it is a variable, a
calculation, an end of the page in another script. Most values are set by no rule, and are what the
element around has, or the initial ones.
"""

from __future__ import annotations

from typing import Any

_WORKED_OUT = frozenset({"display", "float", "page", "position"})
"""Values that depend on others though no rule sets them, as do those of text decoration."""


def mend(css: Any) -> None:
    """Let the styles of WeasyPrint's `css` module give at once what no rule sets."""
    style = css.ComputedStyle
    work_out = style.__missing__
    inherited = css.INHERITED
    at_once = {
        key: (
            key in inherited,
            css.INITIAL_VALUES[key],
            # As rules may also call it: by the start and the end of lines.
            frozenset(named(block="ttb", inline=way) for way in ("ltr", "rtl") if named),
        )
        for key in css.INITIAL_VALUES.keys() - _WORKED_OUT
        if (key in inherited or key not in css.INITIAL_NOT_COMPUTED)
        and not key.startswith("text_decoration_")
        for named in [css.PHYSICAL_FUNCTIONS.get(key)]
    }

    def missing(self: Any, key: str) -> Any:
        rules, found = self.cascaded, at_once.get(key)
        if found is None or key in rules:
            return work_out(self, key)
        is_inherited, value, names = found
        if not names.isdisjoint(rules):
            return work_out(self, key)
        if is_inherited:
            if self.parent_style is None:
                return work_out(self, key)
            value = self.parent_style[key]
        self[key] = value
        return value

    style.__missing__ = missing
