"""Step 4, typeset: a narrow column of a table has the width that its longest cell needs.

WeasyPrint takes from all columns alike, so that "Region 1" breaks beside a column of long texts.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

_Layout = Callable[..., None]
"""Finds the widths of a table's columns."""


def mend(table: Any) -> None:
    """Put what is right in the place of a function of WeasyPrint's layout of tables."""
    widths_of = table.table_and_columns_preferred_widths
    table.auto_table_layout = partial(_lay_out, table.auto_table_layout, widths_of)


def _lay_out(
    lay_out: _Layout, widths_of: Callable[..., Any], context: Any, box: Any, around: Any
) -> None:
    """Fix the columns that need no more than an equal share, as if a style sheet had."""
    table = box.get_wrapped_table()
    _, _, least, most, _, fixed, spacing, _ = widths_of(context, box, outer=False)
    room = (around[0] if table.width == "auto" else table.width) - spacing
    spare = room - sum(least)
    narrowest_first = sorted(range(len(least)), key=most.__getitem__)
    for column in narrowest_first if sum(most) > room else ():  # else all share what is left
        needed = most[column] - least[column]
        if most[column] * len(least) > room or needed > spare:
            break
        fixed[column] = True
        spare -= needed
    lay_out(context, box, around)
