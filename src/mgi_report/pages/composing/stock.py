"""Step 3, compose: what a layout brings to all its sections: style sheets, fonts, templates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from mgi_report.content.files import decode, salvage
from mgi_report.content.words import Language
from mgi_report.diagnostics import Diagnostic, Rule, Span
from mgi_report.layout.model import Layout
from mgi_report.pages.composing.languages import in_languages
from mgi_report.pages.css_text import what_counts
from mgi_report.pages.model import FontFace, StyleSheet, Supplies
from mgi_report.pages.typeface import read_font
from mgi_report.project import Project

_NAMED = re.compile(r"--([\w-]+)")
_DEFINED = re.compile(r"--([a-z][\w-]*)\s*:", re.IGNORECASE)


class Stock:
    """The files of a layout; a profile may have its own in their place."""

    def __init__(
        self, layout: Layout, project: Project, folder: str, languages: Mapping[str, Language]
    ) -> None:
        """Take a layout, the profile's folder and its languages by tag; reads the fonts."""
        self._languages = languages
        self._layout = layout
        self._project = project
        self._folders = *(f"{folder}/{each}" for each in layout.folders), *layout.folders
        self.found: dict[Diagnostic, None] = {}
        """What is wrong with the files, each once."""
        self.fonts = self._read_fonts()
        """The fonts' files by path."""
        self.faces = tuple(
            FontFace(font.family, font.weight, font.italic, font.path, font.without)
            for font in layout.fonts
        )

    def supplied_fonts(self) -> Supplies:
        """Give what is known before the languages are."""
        return Supplies((), self.faces, self.fonts)

    def supplies(self) -> Supplies:
        """Give what all sections are typeset with."""
        styles, _ = self.styles()
        return Supplies(styles, self.faces, self.fonts)

    def styles(self, *own: str, html: str = "") -> tuple[tuple[StyleSheet, ...], list[str]]:
        """Give the layout's style sheets and a section's own, and paths of those not there.

        Of the layout's colours come those that they or the section's `html` name.
        """
        styles: list[StyleSheet] = []
        missing = []
        for name in (*self._layout.styles, *own):
            path, text = self.find(name)
            if text is None:
                missing.append(path)
            else:
                styles.append(StyleSheet(path, in_languages(text, self._languages)))
        # A colour that a comment names is named by nothing.
        colours = self._colours([html, *(what_counts(sheet.text) for sheet in styles)])
        return (colours, *styles), missing

    def _colours(self, texts: Iterable[str]) -> StyleSheet:
        """Give the colours that texts name; all, where they name one that there is not.

        Who is told of that wants to know what there is.
        """
        colours = self._layout.colours
        names = [_names(text) for text in texts]
        named = {name for each, _ in names for name in each}
        if named <= {*colours, *(name for _, each in names for name in each)}:
            colours = {name: value for name, value in colours.items() if name in named}
        tokens = "".join(f"--{name}:{value};" for name, value in colours.items())
        return StyleSheet("layout.yml (colours)", f":root{{{tokens}}}")

    def find(self, name: str) -> tuple[str, str | None]:
        """Find a file of the layout: the profile's own first, then the project's or shipped one."""
        for folder in self._folders:
            content = self._project.read(f"{folder}/{name}")
            if content is not None:
                return f"{folder}/{name}", self._text(content, f"{folder}/{name}")
        return f"{self._layout.folder}/{name}", None

    def _text(self, content: bytes, path: str) -> str:
        """Turn a file of the layout into text, as far as it is text."""
        decoded = decode(content, path)
        self._tell(decoded.diagnostics)
        return salvage(content) if decoded.value is None else decoded.value

    def _read_fonts(self) -> Mapping[str, bytes]:
        """Read the layout's fonts; for one that is of no use another stands in.

        So the rest can be judged in the same run. They are all empty where none is of use.
        """
        read = {font.path: self._project.read(font.path) for font in self._layout.fonts}
        sound = {path: content for path, content in read.items() if content and read_font(content)}
        for font in self._layout.fonts:
            # One that is missing was told with the layout.
            if font.path not in sound and read[font.path] is not None:
                message = f'The font file "{font.path}" is damaged, or no font.'
                hint = "Copy it anew from where it came: a TrueType or OpenType file."
                self._tell([Diagnostic(Rule.FONT_IS_BUNDLED, message, font.span, hint)])
        if not self._layout.fonts:
            message = "The layout lists no fonts, and others are not used."
            span = Span(f"{self._layout.folder}/layout.yml")
            self._tell([Diagnostic(Rule.FONT_IS_BUNDLED, message, span)])
        stand_in = next(iter(sound.values()), b"")
        return {path: sound.get(path, stand_in) for path in read}

    def _tell(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.found.update(dict.fromkeys(diagnostics))


@lru_cache(maxsize=64)
def _names(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Give the names of values that a text has, and those of them that it defines."""
    return frozenset(_NAMED.findall(text)), frozenset(_DEFINED.findall(text))
