"""The look of the text without pages: css/reading.css of the layout, in the layout's colours."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping

from mgi_report.content.files import read_text
from mgi_report.layout.model import READING, Layout
from mgi_report.portal.letters import letters, printed
from mgi_report.project import Project

_TOKEN = re.compile(r"var\(--([\w-]+)\)")
_CLASS = re.compile(r"\.([a-zA-Z][\w-]*)")
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def reading_style(project: Project, layout: Layout, folder: str) -> str:
    """Give the style sheet, the profile's own first; colours are written out, for old readers."""
    for path in (*(f"{folder}/{each}" for each in layout.folders), *layout.folders):
        text = read_text(project, f"{path}/{READING}").value
        if text is not None:
            return _TOKEN.sub(
                lambda use: layout.colours.get(use[1], use[0]), _COMMENT.sub("", text)
            )
    return ""


def font_faces(layout: Layout, files: Mapping[str, bytes], lang: str, text: str) -> str:
    """Give the CSS that brings the layout's fonts along, with the letters of a text alone."""
    return "".join(
        f'@font-face {{ font-family: "{font.family}"; font-weight: {font.weight}; src: '
        f'url(data:font/woff2;base64,{b64encode(content).decode()}) format("woff2") }}\n'
        for font, content in letters(layout, files, lang, printed([text]))
    )


def classes_of(style: str) -> frozenset[str]:
    """Give the classes that a style sheet names."""
    return frozenset(_CLASS.findall(re.sub(r"\{[^}]*\}", "", style)))
