"""Step 4, typeset: a section becomes pages.

WeasyPrint breaks the section into lines and pages (`engine`). Then the HTML elements are found on
them (`tags`) and become structure elements (`meaning`, `drafts`, `tables`); links, headings and
blocks get their places (`anchoring`); the pages are painted, each piece of content marked
(`painting`). What goes wrong on the way becomes diagnostics (`complaints`, `fitting`,
`legibility`, `hiding`).

Pure: the same section gives the same bytes. Neither network nor disk nor the system's fonts are
used; style sheets and fonts are parsed once in a process (`styles`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from mgi_report.collecting import without_collecting
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span
from mgi_report.pages.complaints import Judge, Listener, Origins
from mgi_report.pages.engine import HTML, lay_out, listening, page_box
from mgi_report.pages.fetching import BASE, Fetcher
from mgi_report.pages.model import Pages, Section, Supplies
from mgi_report.pages.placing import numbered, placed
from mgi_report.pages.tagging.finishing import elements, join_lines, part_words, settle_notes
from mgi_report.pages.tagging.meaning import Meaning
from mgi_report.pages.tagging.tags import gather
from mgi_report.pages.tagging.texts import Wording, remember_texts
from mgi_report.pages.typesetting import styles
from mgi_report.pages.typesetting.anchoring import (
    anchors,
    block_places,
    drawn,
    outline,
    place_links,
    text_lines,
    words_places,
)
from mgi_report.pages.typesetting.fitting import misfits
from mgi_report.pages.typesetting.fontfiles import Fonts
from mgi_report.pages.typesetting.foot import Foot
from mgi_report.pages.typesetting.hiding import hidden
from mgi_report.pages.typesetting.legibility import Sight, illegible, text_places
from mgi_report.pages.typesetting.missing_fonts import missing_fonts
from mgi_report.pages.typesetting.notes import (
    break_notes,
    notes_to_break,
)
from mgi_report.pages.typesetting.painting import Painted, paint
from mgi_report.pages.typesetting.sharpness import coarse, coarse_for_press

NO_PAGES = Pages(pdf=b"", count=0, structure=())
"""What becomes of a section that cannot be typeset."""

_STOPS = (
    (
        re.compile(r"::marker\s*\{[^}]*(\bcontent)\s*:"),
        "The content of ::marker",
        "Use list-style-type.",
    ),
    (
        re.compile(r"(\bcontent)\s*:[^;}]*\bleader\("),
        "leader()",
        "Take it away, or give it to one line alone, such as an entry of the contents.",
    ),
)
"""What WeasyPrint 70.0 may stop at, what it is called, and what to do instead."""


def ready(supplies: Supplies | Section) -> None:
    """Read style sheets and fonts, so that sections that have them begin at once."""
    styles.font_set(Fonts(supplies.fonts, supplies.files), supplies.files)
    for sheet in supplies.styles:
        styles.parse(sheet)


def warm_up(supplies: Supplies) -> None:
    """Typeset one word, so that all is there which is loaded at its first use."""
    ready(supplies)
    word = Section(
        *("word", "word", "Word", "en", "ltr", "<p>Word</p>"),
        styles=supplies.styles,
        fonts=supplies.fonts,
        files=supplies.files,
    )
    typeset_anywhere(word)


def typeset(section: Section) -> Outcome[Pages]:
    """Typeset a section; messages lead to blocks, not to words in them, and count its own pages."""
    done = typeset_anywhere(section)
    return Outcome(done.value, numbered(placed(done.diagnostics, section, lambda _path: ""), 1))


def typeset_anywhere(section: Section) -> Outcome[Pages]:
    """Typeset a section without asking where its blocks stand; `placing` knows what that means."""
    fonts = Fonts(section.fonts, section.files)
    found = [*_flaws_of(fonts)]
    if not fonts.loaded:
        message = f'Section "{section.id}": there is no font to typeset it in.'
        return Outcome(NO_PAGES, (*found, Diagnostic(Rule.FONT_IS_BUNDLED, message)))
    config, font_diagnostics = styles.font_set(fonts, section.files)
    found += font_diagnostics
    sheets = [styles.parse(sheet) for sheet in section.styles]
    for sheet in sheets:
        found += sheet.diagnostics
    listener, fetcher, images = Listener(), Fetcher(section.files), dict[str, Any]()
    with listening(listener), without_collecting():
        html = HTML(string=section.html, base_url=BASE, url_fetcher=fetcher)
        root = html.etree_element
        if not root.get("lang"):
            root.set("lang", section.lang)
        try:
            laid_out, wordings = _break_into_pages(html, sheets, config, images)
        except Exception as error:  # noqa: BLE001  WeasyPrint stops at some CSS with any of them
            return Outcome(NO_PAGES, (*found, _stopped(section, error)))
        parents = {kid: parent for parent in root.iter() for kid in parent}
        origins = Origins(section, parents)
        tree = gather(laid_out, root, parents)
        meaning = Meaning(tree, origins)
        drafts = settle_notes(meaning.draft())
        part_words(drafts)
        links = place_links(drafts)
        painted = paint(laid_out, join_lines(drafts), fonts, listener)
    found += meaning.diagnostics
    judge = Judge(section, root, origins, fetcher)
    found += judge.diagnostics(listener)
    found += coarse(painted.prints, images, judge)
    found += missing_fonts(tree.texts, fonts, section, origins)
    too_long = tuple(misfits(laid_out, wordings, tree, origins))
    found += too_long
    found += hidden(section, root, parents, tree, origins)
    sights: list[Sight] = []
    if not too_long:  # where there is too much text, it is no wonder that texts meet
        on_paper = section.kind != "furniture"
        sights += (Sight.of(page, tree.plan, on_paper=on_paper) for page in laid_out)
        found += illegible(sights, origins, section.template)
    found += _under_one_opacity(painted, origins)
    pages = Pages(
        pdf=painted.pdf,
        count=len(laid_out),
        structure=elements(drafts, section.lang, parents),
        links=links,
        anchors=anchors(tree, meaning.headings),
        headings=outline(meaning.headings),
        fonts=fonts.uses(painted.fonts),
        places=block_places(tree),
        words=words_places(tree, origins),
        texts=text_places(sights, origins),
        names=tuple(page_box(page).page_type.name or "" for page in laid_out),
        lines=text_lines(tree),
        drawn=drawn(tree),
        coarse=tuple(dict.fromkeys(coarse_for_press(painted.prints, images, judge))),
    )
    return Outcome(pages, tuple(dict.fromkeys(found)))


def _flaws_of(fonts: Fonts) -> Iterator[Diagnostic]:
    """Say which font files cannot be used."""
    for face in fonts.unreadable:
        message = f'The font file "{face.path}" is not there or cannot be read.'
        yield Diagnostic(Rule.FONT_IS_BUNDLED, message, Span(face.path))
    for face in fonts.variable:
        message = f'The font file "{face.path}" is a variable font, which cannot be embedded.'
        hint = "Give the layout a file for each weight; they are often called static fonts."
        yield Diagnostic(Rule.FONT_IS_BUNDLED, message, Span(face.path), hint)


def _break_into_pages(
    html: Any, sheets: Sequence[styles.Parsed], config: Any, images: dict[str, Any]
) -> tuple[list[Any], list[Wording]]:
    """Lay the section out, again where whole notes do harm; give also the texts it had before."""
    pages, wordings = _lay_out(html, sheets, config, images, {})
    if lines := notes_to_break(pages):
        pages, wordings = _lay_out(html, sheets, config, images, lines)
    return pages, wordings


def _lay_out(
    html: Any,
    sheets: Sequence[styles.Parsed],
    config: Any,
    images: dict[str, Any],
    lines: dict[Any, list[Any]],
) -> tuple[list[Any], list[Wording]]:
    """Break the section into pages; `lines` are the lines of notes that are to be broken."""
    wordings: list[Wording] = []

    def prepare(context: Any, root: Any, notes: list[Any]) -> None:
        Foot(context)
        for note in notes:  # WeasyPrint leaves notes out where it collapses white space
            note.process_whitespace()
            for kid in note.children:
                kid.process_text_transform()
        break_notes(root, notes, lines)
        wordings.extend(remember_texts(root, notes))

    css = [sheet.css for sheet in sheets]
    counters = styles.counter_styles(sheets)
    return lay_out(html, css, config, counters, {}, images, prepare), wordings


def _under_one_opacity(painted: Painted, origins: Origins) -> Iterator[Diagnostic]:
    for patch in painted.mingled:
        message = "Elements under one `opacity` cannot be told apart by those who hear them."
        hint = "Use colours with transparency, rgba(), instead."
        yield origins.diagnostic(Rule.STYLE_IS_UNDERSTOOD, patch.box.element, message, hint)


def _stopped(section: Section, error: Exception) -> Diagnostic:
    """Say that WeasyPrint cannot lay out a section, and why where that is known."""
    message = f'Section "{section.id}" cannot be laid out: {type(error).__name__}: {error}.'
    for sheet in section.styles:
        for pattern, declaration, hint in _STOPS:
            if stop := pattern.search(sheet.text):
                start = stop.start(1)
                line = sheet.text.count("\n", 0, start) + 1
                place = Span(sheet.path, line, start - sheet.text.rfind("\n", 0, start))
                told = f"{declaration} cannot be set here: the typesetter stops at it."
                return Diagnostic(Rule.STYLE_IS_UNDERSTOOD, told, place, hint, cause=str(place))
    span = Span(section.template) if section.template else None
    return Diagnostic(Rule.TYPESETTING_IS_SILENT, message, span)
