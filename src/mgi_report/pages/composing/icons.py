"""Step 3, compose: an icon's file becomes SVG within the page."""

from __future__ import annotations

import re

from markupsafe import Markup


def inline(file: str, colour: str, width: float) -> Markup:
    """Give an icon without a size, in a colour and with lines of a width; hidden from reading."""
    svg = re.sub(r"<title>.*?</title>", "", file, flags=re.DOTALL).strip()
    svg = svg.replace("currentColor", colour)
    svg = svg.replace('stroke-width="2.25"', f'stroke-width="{width}"')
    turns = ' class="mirrored"' in svg  # where one reads from right to left
    svg = svg.replace(' class="mirrored"', "", 1)
    kind = "icon mirrored" if turns else "icon"
    return Markup(svg.replace("<svg ", f'<svg aria-hidden="true" class="{kind}" ', 1))
