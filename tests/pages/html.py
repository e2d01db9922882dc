"""Makes sections from snippets of HTML, and shows structure trees as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from mgi_report.diagnostics import Span
from mgi_report.pages.model import (
    Element,
    FontFace,
    LinkAnnotation,
    MarkedContent,
    Pages,
    Section,
    StyleSheet,
)

ROOT = Path(__file__).parents[2]
FOLDER = "assets/fonts/source-sans"
FONTS = tuple(
    FontFace("Source Sans 3", weight, italic, f"{FOLDER}/SourceSans3-{name}.ttf")
    for weight, italic, name in (
        (300, False, "Light"),
        (400, False, "Regular"),
        (400, True, "It"),
        (600, False, "Semibold"),
        (600, True, "SemiboldIt"),
    )
)
FILES = {font.path: (ROOT / font.path).read_bytes() for font in FONTS}
NOTES = (ROOT / "layouts/mgi/css/notes.css").read_text()

BASE = StyleSheet(
    "base.css",
    """
    @page { size: 300pt 400pt; margin: 30pt }
    html { font: 10pt/14pt "Source Sans 3" }
    body, h1, h2, h3, h4, h5, h6, p, ul, ol, dl, dd, figure, blockquote { margin: 0 }
    h1, h2, h3, h4, h5, h6, th, strong, b { font-weight: 600 }
    h1, h2, h3, h4, h5, h6 { font-size: inherit }
    pre, code, kbd { font-family: inherit }
    """,
)


def section(  # noqa: PLR0913  a section has as many parts
    body: str,
    css: str = "",
    *,
    lang: str = "en",
    direction: str = "ltr",
    files: Mapping[str, bytes] | None = None,
    blocks: Mapping[str, Span] | None = None,
) -> Section:
    """Make a section of a snippet of HTML."""
    return Section(
        id="sample",
        kind="sample",
        title="Sample",
        lang=lang,
        direction=direction,
        html=f'<!doctype html><html lang="{lang}" dir="{direction}"><head><meta charset="utf-8">'
        f"<title>Sample</title></head><body>{body}</body></html>",
        styles=(BASE, StyleSheet("notes.css", NOTES), StyleSheet("sample.css", css)),
        fonts=FONTS,
        files={**FILES, **(files or {})},
        blocks=blocks or {},
    )
