"""Step 4, typeset: the only door to WeasyPrint, and the list of its private names in use.

WeasyPrint 70.0 has no public way to tag by HTML element, to break notes over pages, or to leave
fonts out. What is used beyond its documented interface stands here and nowhere else, so that a
new version has one place to be read against. tests/pages hold each use to what it must do.
"""

from __future__ import annotations

import ctypes.util
import os
import sys
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

PINNED = "70.0"
"""The version of WeasyPrint that the private names were read in."""

_FONTS_CONF = str(Path(__file__).with_name("fonts.conf"))


@contextmanager
def _without_system_fonts() -> Iterator[None]:
    """Let Fontconfig know no font of the system while it reads its configuration.

    Afterwards the environment is as it was: other programs, such as a browser, want their fonts.
    """
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = _FONTS_CONF
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


@contextmanager
def _libraries_by_file_name() -> Iterator[None]:
    """Let libraries be found by the names of their files alone, on Linux.

    WeasyPrint tries each library under the names of all systems. For each one that is no file
    Python starts `ldconfig`, seventeen times in all, which takes as long as the rest of loading.
    """
    find = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None  # noqa: ARG005  called by its name
    try:
        yield
    finally:
        ctypes.util.find_library = find


@contextmanager
def _without_embedding() -> Iterator[None]:
    """Leave out what WeasyPrint would embed fonts with: a third of what there is to load.

    Sections have no font files (`fontfiles`); the binding embeds them (`embed`).
    """
    left_out = ("fontTools.subset", "fontTools.varLib.instancer")
    empty = {name: ModuleType(name) for name in left_out if name not in sys.modules}
    for module in empty.values():
        module.instantiateVariableFont = None  # type: ignore[attr-defined]
    sys.modules |= empty
    try:
        yield
    finally:
        for name in empty:
            del sys.modules[name]


with (
    _without_system_fonts(),
    _libraries_by_file_name(),
    _without_embedding(),
    warnings.catch_warnings(),
):
    warnings.filterwarnings("ignore", message="No fonts configured in FontConfig")
    import weasyprint  # type: ignore[import-untyped]

if weasyprint.VERSION != PINNED:
    raise ImportError(
        f"mgi-report needs WeasyPrint {PINNED}, not {weasyprint.VERSION}: it uses private names of "
        "that version, all listed in mgi_report/pages/engine.py."
    )

import cssselect2  # type: ignore[import-untyped]  # noqa: E402
import pydyf  # type: ignore[import-untyped]  # noqa: E402
from tinyhtml5 import inputstream  # noqa: E402
from weasyprint import CSS, DEFAULT_OPTIONS, HTML, css, layout  # noqa: E402
from weasyprint.css import PAGE_MARGIN_BOXES  # type: ignore[import-untyped]  # noqa: E402
from weasyprint.css.counters import CounterStyle  # type: ignore[import-untyped]  # noqa: E402
from weasyprint.css.properties import (  # type: ignore[import-untyped]  # noqa: E402
    ZERO_PIXELS,
    Dimension,
)
from weasyprint.css.tokens import Pending  # type: ignore[import-untyped]  # noqa: E402
from weasyprint.document import Document, Page  # type: ignore[import-untyped]  # noqa: E402
from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]  # noqa: E402
from weasyprint.formatting_structure.build import (  # type: ignore[import-untyped]  # noqa: E402
    build_formatting_structure,
    create_anonymous_boxes,
)
from weasyprint.layout import (  # type: ignore[import-untyped]  # noqa: E402
    LayoutContext,
    layout_document,
)
from weasyprint.layout import block as block_layout  # noqa: E402
from weasyprint.layout import inline as inline_layout  # noqa: E402
from weasyprint.layout import page as page_layout  # noqa: E402
from weasyprint.layout import percent as percent_layout  # noqa: E402
from weasyprint.layout import preferred as preferred_layout  # noqa: E402
from weasyprint.layout import table as table_layout  # noqa: E402
from weasyprint.layout.absolute import (  # type: ignore[import-untyped]  # noqa: E402
    AbsolutePlaceholder,
)
from weasyprint.logger import LOGGER, PROGRESS_LOGGER  # type: ignore[import-untyped]  # noqa: E402
from weasyprint.matrix import Matrix  # type: ignore[import-untyped]  # noqa: E402
from weasyprint.pdf import _use_references  # type: ignore[import-untyped]  # noqa: E402
from weasyprint.pdf.stream import Stream  # type: ignore[import-untyped]  # noqa: E402
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]  # noqa: E402
from weasyprint.urls import (  # type: ignore[import-untyped]  # noqa: E402
    URLFetcher,
    URLFetcherResponse,
)

from mgi_report.pages import (  # noqa: E402
    column_widths,
    known_lines,
    known_patterns,
    known_struts,
    line_ends,
    page_ends,
    plain_lengths,
    right_to_left,
    unset_values,
)

Box = Any
"""A box of WeasyPrint's (formatting_structure/boxes.py), which has no types."""

# Documented are CSS, HTML, DEFAULT_OPTIONS, Document, Page, FontConfiguration, URLFetcher and the
# logger; all other modules imported above are WeasyPrint's own, and so are these names:
_PRIVATE = (
    (Document, "_build_layout_context"),
    (LayoutContext, "_update_footnote_area"),
    (Stream, "add_font", "add_group", "add_image", "artifact", "clone", "marked", "show_text"),
    (boxes.Box, "element", "element_tag", "footnote", "hit_area", "is_leader", "is_outside_marker"),
    (AbsolutePlaceholder, "set_laid_out_box"),
    (css, "INHERITED", "INITIAL_NOT_COMPUTED", "INITIAL_VALUES", "PHYSICAL_FUNCTIONS"),
    (css.ComputedStyle, "cascaded", "parent_style"),
    (block_layout, "block_container_layout", "block_level_layout", "remove_placeholders"),
    (inline_layout, "remove_last_whitespace", "split_first_line", "strut", "text_align"),
    (inputstream, "characters_until_regex"),
    (page_layout, "block_level_layout"),
    (percent_layout, "resolve_one_percentage"),
    (preferred_layout, "split_first_line"),
    (table_layout, "auto_table_layout", "table_and_columns_preferred_widths"),
)
# A value with a variable complains once in its life. Style sheets are parsed once for many
# sections, and each section should hear of it.
Pending._reported_error = property(lambda _: False, lambda _, __: None)  # noqa: SLF001

_margin_boxes = layout.make_margin_boxes
_SAYS_NOTHING = ("normal", "inhibit", "none")
_MARGINS = [f"@{name}" for name in PAGE_MARGIN_BOXES - {"footnote", "note-area"}]


def _margin_boxes_if_any(context: Any, page: Box, state: Any) -> Iterator[Box]:
    """Leave out the sixteen boxes in a page's margins where none of them says anything.

    WeasyPrint lays them out to find them empty: for small pages a third of the time.
    """
    styles = (context.style_for(page.page_type, name) for name in _MARGINS)
    if any(style is not None and style["content"] not in _SAYS_NOTHING for style in styles):
        yield from _margin_boxes(context, page, state)


layout.make_margin_boxes = _margin_boxes_if_any

_made_by_init = {
    "cascaded",
    "element",
    "element_tag",
    "parent_style",
}  # and TextBox.pango_layout, by layout
for _owner, *_names in _PRIVATE:
    for _name in _names:
        if _name not in _made_by_init and not hasattr(_owner, _name):
            raise ImportError(f"WeasyPrint {PINNED} should have {_owner.__name__}.{_name}.")

right_to_left.mend(inline_layout)
column_widths.mend(table_layout)
page_ends.mend(block_layout, page_layout)
line_ends.mend(inline_layout, preferred_layout)
known_lines.mend(inline_layout, preferred_layout)
known_patterns.mend(inputstream)
known_struts.mend(inline_layout)
plain_lengths.mend(percent_layout, Dimension)
unset_values.mend(css)

__all__ = [
    "CSS",
    "HTML",
    "LOGGER",
    "PROGRESS_LOGGER",
    "ZERO_PIXELS",
    "CounterStyle",
    "Matrix",
    "Stream",
    "URLFetcher",
    "URLFetcherResponse",
    "area_of_notes",
    "boxes",
    "children",
    "cssselect2",
    "laid_out",
    "lay_out",
    "listening",
    "no_fonts",
    "page_box",
    "pixels",
    "pydyf",
    "reference_resources",
]


def lay_out(
    html: Any,
    sheets: Iterable[Any],
    font_config: Any,
    counter_style: Any,
    color_profiles: dict[str, Any],
    images: dict[str, Any],
    prepare: Any,
) -> list[Any]:
    """Lay out a document as `Document._render` does, and give its pages.

    `prepare` is called with the context of the layout, the boxes of the document and the list of
    its notes, which stand apart, after they have been made and before they are broken into lines
    and pages.
    """
    options = {**DEFAULT_OPTIONS, "stylesheets": list(sheets), "cache": images}
    context = Document._build_layout_context(  # noqa: SLF001
        html, font_config, counter_style, color_profiles, options
    )
    root = build_formatting_structure(
        html.etree_element,
        context.style_for,
        context.get_image_from_uri,
        html.base_url,
        context.target_collector,
        counter_style,
        context.footnotes,
    )
    prepare(context, root, context.footnotes)
    return [Page(box) for box in layout_document(html, root, context)]


class _Fonts(FontConfiguration):  # type: ignore[misc]
    """A configuration whose font files are removed by the process that put them there.

    Workers that are copies of a process share its files.
    """

    def __init__(self) -> None:
        super().__init__()
        self._process = os.getpid()

    def remove(self) -> None:
        """Remove the font files; nothing can be laid out in them afterwards."""
        if os.getpid() == self._process:
            super().__del__()

    __del__ = remove


def area_of_notes(context: Any, area: Box, notes: list[Box]) -> Box:
    """Lay out a page's foot with these notes in it, as `_update_footnote_area` does."""
    foot = area.copy_with_children(notes)
    foot = create_anonymous_boxes(foot.deepcopy())
    return block_layout.block_level_layout(context, foot, float("-inf"), None, area.page)[0]


def pixels(length: float) -> Any:
    """Give a length in CSS pixels as a style holds it."""
    return Dimension(length, "px")


def no_fonts() -> Any:
    """Make a configuration that knows no font yet."""
    with _without_system_fonts():
        return _Fonts()


def page_box(page: Any) -> Box:
    """Give the box of a page."""
    return page._page_box  # noqa: SLF001


def laid_out(box: Box) -> Box:
    """Give the box that stands where an absolutely positioned one was taken out of the flow."""
    return box._box if isinstance(box, AbsolutePlaceholder) else box  # noqa: SLF001


def children(box: Box) -> Iterator[Box]:
    """Give a laid out box's children, those taken out of the flow too."""
    for child in box.children:
        yield laid_out(child)


def reference_resources(pdf: Any, resources: Any, images: dict[str, Any]) -> None:
    """Make indirect objects of all that the pages' resources name."""
    _use_references(pdf, resources, images, {})


@contextmanager
def listening(handler: Any) -> Iterator[None]:
    """Hand all that WeasyPrint logs to one handler, and to nobody else."""
    before = LOGGER.handlers[:], LOGGER.level, LOGGER.propagate, PROGRESS_LOGGER.propagate
    LOGGER.handlers, LOGGER.propagate, PROGRESS_LOGGER.propagate = [handler], False, False
    LOGGER.setLevel("DEBUG")
    try:
        yield
    finally:
        LOGGER.handlers, level, LOGGER.propagate, PROGRESS_LOGGER.propagate = before
        LOGGER.setLevel(level)
