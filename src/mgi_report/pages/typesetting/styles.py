"""Step 4, typeset: style sheets and fonts, parsed once for all sections that use them."""

from __future__ import annotations

import atexit
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from mgi_report.diagnostics import Diagnostic, Rule
from mgi_report.pages.complaints import Listener, of_style_sheet, without_loading
from mgi_report.pages.engine import CSS, CounterStyle, listening, no_fonts
from mgi_report.pages.fetching import BASE, Fetcher
from mgi_report.pages.model import FontFace, StyleSheet
from mgi_report.pages.typeface import read_font
from mgi_report.pages.typesetting.fontfiles import Fonts

_KEPT = 64
"""Sheets and sets of fonts that are kept; the oldest goes first."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A style sheet as WeasyPrint reads it."""

    css: Any
    counter_styles: Mapping[str, Any]
    diagnostics: tuple[Diagnostic, ...]


_sheets: dict[tuple[str, str], Parsed] = {}
_font_sets: dict[tuple[tuple[FontFace, str], ...], tuple[Any, tuple[Diagnostic, ...]]] = {}


def forget() -> None:
    """Drop all at a process's end, with the temporary folders that WeasyPrint has for font files.

    What is left of pages may still hold on to the fonts.
    """
    for config, _ in _font_sets.values():
        config.remove()
    _font_sets.clear()
    _sheets.clear()


atexit.register(forget)


def parse(sheet: StyleSheet) -> Parsed:
    """Parse a style sheet.

    `@font-face` and `@import` are refused: a section says what its fonts and style sheets are.
    """
    key = (sheet.path, hashlib.sha256(sheet.text.encode()).hexdigest())
    if key not in _sheets:
        _make_room(_sheets)
        _sheets[key] = _parse(sheet)
    return _sheets[key]


def _parse(sheet: StyleSheet) -> Parsed:
    text, imports = without_loading(sheet)
    listener, counter_style = Listener(), CounterStyle()
    with listening(listener):
        css = CSS(
            string=text,
            base_url=BASE,
            url_fetcher=Fetcher({}),
            counter_style=counter_style,
            color_profiles={},
        )
    return Parsed(css, counter_style, (*imports, *of_style_sheet(listener.messages, sheet)))


def font_set(fonts: Fonts, files: Mapping[str, bytes]) -> tuple[Any, tuple[Diagnostic, ...]]:
    """Give WeasyPrint's configuration for a section's fonts, and no others."""
    key = tuple(fonts.loaded)
    if key not in _font_sets:
        _make_room(_font_sets)
        config, listener = no_fonts(), Listener()
        with listening(listener):
            CSS(
                string="".join(_font_face(face, files[face.path]) for face, _ in fonts.loaded),
                base_url=BASE,
                url_fetcher=Fetcher(files),
                font_config=config,
            )
        diagnostics = tuple(
            Diagnostic(Rule.FONT_IS_BUNDLED, f"A font cannot be loaded: {message}.")
            for message in listener.messages
        )
        _font_sets[key] = config, diagnostics
    return _font_sets[key]


def _font_face(face: FontFace, content: bytes) -> str:
    family = face.family.replace("\\", "\\\\").replace('"', '\\"')
    path = face.path.replace("\\", "\\\\").replace('"', '\\"')
    style = "italic" if face.italic else "normal"
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {face.weight}; '
        f'font-style: {style}; src: url("{path}"){_range(face, content)} }}\n'
    )


def _range(face: FontFace, content: bytes) -> str:
    """Say what a font is for, where it leaves some of its characters to the next family.

    WeasyPrint takes a range for what the font has, so it names no more than that.
    """
    font = read_font(content)
    if not face.without or font is None:
        return ""
    codes = [code for code in font.codes if chr(code) not in face.without]
    runs = groupby(enumerate(codes), key=lambda pair: pair[1] - pair[0])
    ranges = ((run[0][1], run[-1][1]) for run in (list(each) for _, each in runs))
    return f"; unicode-range: {', '.join(f'U+{first:X}-{last:X}' for first, last in ranges)}"


def counter_styles(sheets: Sequence[Parsed]) -> Any:
    """Merge the counter styles of style sheets."""
    merged = CounterStyle()
    for sheet in sheets:
        merged.update(sheet.counter_styles)
    return merged


def _make_room(kept: dict[Any, Any]) -> None:
    while len(kept) >= _KEPT:
        del kept[next(iter(kept))]
