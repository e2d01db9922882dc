"""Step 4, typeset: fonts that style sheets ask for and the layout does not bring."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from mgi_report.diagnostics import Diagnostic, Rule, Span
from mgi_report.pages.complaints import Origins
from mgi_report.pages.model import Section
from mgi_report.pages.placing import in_templates, place_of
from mgi_report.pages.tagging.tags import Printed
from mgi_report.pages.typesetting.fontfiles import Fonts

_UPRIGHT = "normal"
_REGULAR = 400
_BOLD = 700


def missing_fonts(
    texts: Iterable[Printed], fonts: Fonts, section: Section, origins: Origins
) -> Iterator[Diagnostic]:
    """Say which fonts are asked for in vain, each once, where that is declared."""
    families = {face.family.casefold() for face in fonts.faces.values()}
    seen = set()
    for text in texts:
        element, style = text.element, text.style
        wanted = style["font_family"], style["font_weight"], style["font_style"]
        if wanted in seen:
            continue
        seen.add(wanted)
        names, weight, slope = wanted
        family = next((name for name in names if name.casefold() in families), None)
        if family is None:
            message = f'The font "{names[0]}" is not one of the layout.'
            hint = f"The layout has: {', '.join(fonts.families())}."
            property_, declared = "font-family", _declared("family", re.escape(names[0]))
        elif (family.casefold(), weight, slope != _UPRIGHT) not in fonts.faces:
            slant = "italic " if slope != _UPRIGHT else ""
            message = f'The font "{family}" has no {slant}face of weight {weight}.'
            hint = f"The layout has: {fonts.faces_of(family)}."
            property_ = "font-weight and font-style"
            if slant and weight == _REGULAR:
                declared = _declared("style", "italic|oblique")
            else:
                declared = _declared("weight", f"{weight}{'|bold|bolder' * (weight >= _BOLD)}")
        else:
            continue
        hint = f"{hint} Look for {property_} in the style sheets."
        span = _place(declared, section, element, origins)
        yield Diagnostic(Rule.FONT_IS_BUNDLED, message, span, hint, cause=message)


def _declared(what: str, values: str) -> str:
    """Give the pattern of a declaration that asks for one of some values."""
    return rf"(?:font(?:-{what})?|--[\w-]+)\s*:[^;{{}}]*?(?<![\w.-])(?:{values})(?![\w.%-])"


def _place(declared: str, section: Section, element: Any, origins: Origins) -> Span:
    """Find a declaration in the style sheets, the section's own first; else in the templates."""
    for sheet in reversed(section.styles):
        if span := place_of(declared, sheet.path, sheet.text):
            return span
    return in_templates(origins.block(element), [declared])
