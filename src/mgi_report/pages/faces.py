"""Step 3, compose: the font files of a layout."""

from __future__ import annotations

from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span
from mgi_report.layout import Layout
from mgi_report.pages.typeface import read_font
from mgi_report.project import Project


def read_fonts(layout: Layout, project: Project) -> Outcome[dict[str, bytes]]:
    """Read the layout's fonts, by their path; for one that is of no use another stands in.

    So the rest can be judged in the same run. They are all empty where none is of use.
    """
    found = []
    read = {font.path: project.read(font.path) for font in layout.fonts}
    sound = {path: content for path, content in read.items() if content and read_font(content)}
    for font in layout.fonts:
        # One that is missing was told with the layout.
        if font.path not in sound and read[font.path] is not None:
            message = f'The font file "{font.path}" is damaged, or no font.'
            hint = "Copy it anew from where it came: a TrueType or OpenType file."
            found.append(Diagnostic(Rule.FONT_IS_BUNDLED, message, font.span, hint))
    if not layout.fonts:
        message = "The layout lists no fonts, and others are not used."
        span = Span(f"{layout.folder}/layout.yml")
        found.append(Diagnostic(Rule.FONT_IS_BUNDLED, message, span))
    stand_in = next(iter(sound.values()), b"")
    return Outcome({path: sound.get(path, stand_in) for path in read}, tuple(found))
