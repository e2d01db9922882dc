"""All sections of a profile in one HTML file, for plain WeasyPrint, Paged.js and Vivliostyle.

HTML and style sheets are the layout's own. What a document in one piece needs beyond them:

- ids of a section begin with its name, and links lead to ids;
- a kind's rules hold in its sections alone, by `:where()`, which leaves their weight as it is;
- each section has a named page, since running heads and margins differ;
- running heads, folios and thumb tabs stand in margin boxes; `position: fixed` would draw the
  COVID-19 analysis' grounds on all pages, so they become the page's background;
- page numbers are counted by `target-counter()`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import tinycss2  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from bench.work import Work
    from mgi_report.layout.model import SectionSpec
    from mgi_report.pages.model import Section

_SMALL = "font: 600 7.25pt/14pt House; letter-spacing: .09em; text-transform: uppercase;"

_OWN_RULES = """
body > div { break-before: page; }
body > div:first-child { break-before: auto; }
.folio[data-to]::after { content: target-counter(attr(data-to), page); }
:where(.k-domain) h2 .words, :where(.k-sources, .k-annexes) h2 {
  string-set: part content() ", continued"; }
.ground { display: none; }
[data-outline] { bookmark-label: attr(data-outline); }
"""


@dataclass(frozen=True, slots=True)
class Engine:
    """In what engines differ."""

    first: str
    """How the first page of a named one is called."""
    ground_from_text: bool
    """A page's background is measured from the area of its text, not from its edges."""


WEASYPRINT = Engine(first="nth(1 of {page})", ground_from_text=True)
BROWSER = Engine(first="first", ground_from_text=False)


def html(work: Work, engine: Engine) -> str:
    """Give the document."""
    bodies = "".join(_body(spec, section) for spec, section in work.sections)
    flags = re.search(r"<body class=\"[^\"]*\" data-section=\"[^\"]*\"([^>]*)>", _any(work).html)
    assert flags
    return (
        f'<!doctype html>\n<html lang="{work.profile.lang}">\n<head><meta charset="utf-8">'
        f"<title>{work.profile.facts.long_name}</title>\n<style>{_styles(work, engine)}</style>"
        f"</head>\n<body{flags[1]}>\n{bodies}</body>\n</html>\n"
    )


def _any(work: Work) -> Section:
    return work.sections[0][1]


def _body(spec: SectionSpec, section: Section) -> str:
    body = re.search(r"<body[^>]*>(.*)</body>", section.html, re.DOTALL)
    assert body
    text = re.sub(
        r'<a href="section:([\w-]+)".*?</a>',
        lambda link: re.sub(
            r'class="folio"([^>]*)>\d+<', rf'class="folio" data-to="#{link[1]}"\1><', link[0]
        ),
        body[1],
        flags=re.DOTALL,
    )
    text = re.sub(
        r' (id|for)="(?!section:)([^"]+)"',
        lambda m: f' {m[1]}="{anchor(spec.id, m[2])}"',
        text,
    )
    text = re.sub(r'href="(#|section:)([^"]+)"', lambda m: f'href="#{_target(spec, m)}"', text)
    return f'<div class="k-{spec.kind} s-{spec.id}">\n{text}</div>\n'


def anchor(section: str, name: str) -> str:
    """Give an id that is alone in the document."""
    return section if name == section else f"{section}--{name}"


def _target(spec: SectionSpec, match: re.Match[str]) -> str:
    if match[1] == "#":
        return anchor(spec.id, match[2])
    section, _, name = match[2].partition("/")
    return anchor(section, name or section)


# --- style sheets -----------------------------------------------------------------------------


def _styles(work: Work, engine: Engine) -> str:
    shared = _any(work).styles[:-1]
    out = [*_font_faces(work), *(sheet.text for sheet in shared), _OWN_RULES]
    pages: dict[str, str] = {}
    for spec, section in work.sections:
        if spec.kind not in pages:
            scoped, pages[spec.kind] = _scoped(section.styles[-1].text, spec.kind)
            out.append(scoped)
    for spec, _ in work.sections:
        out += _page_rules(work, spec, pages[spec.kind], engine)
    return "\n".join(out)


def _font_faces(work: Work) -> Iterator[str]:
    for font in work.layout.fonts:
        yield (
            f"@font-face {{ font-family: {font.family}; font-weight: {font.weight}; "
            f"font-style: {'italic' if font.italic else 'normal'}; "
            f"src: url(fonts/{PurePosixPath(font.path).name}); }}"
        )


def _scoped(css: str, kind: str) -> tuple[str, str]:
    """Let a style sheet hold in the sections of a kind; give its rules, and those of its page."""
    rules, page = [], ""
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        content = tinycss2.serialize(rule.content)
        if rule.type == "qualified-rule":
            selectors = ", ".join(f":where(.k-{kind}) {each}" for each in _selectors(rule.prelude))
            rules.append(f"{selectors} {{{content}}}")
        elif rule.at_keyword == "page":
            page += content
        else:
            rules.append(tinycss2.serialize([rule]))
    return "\n".join(rules), page


def _selectors(prelude: list[Any]) -> list[str]:
    parts: list[list[Any]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return [tinycss2.serialize(part).strip() for part in parts]


# --- pages ------------------------------------------------------------------------------------


def _page_rules(work: Work, spec: SectionSpec, own: str, engine: Engine) -> Iterator[str]:
    name = f"p-{spec.id}"
    start = "right" if spec.start == "recto" else "page"
    yield f".s-{spec.id} {{ page: {name}; break-before: {start}; }}"
    on_first = _margin_boxes(work, spec, spec.furniture_first)
    on_next = _margin_boxes(work, spec, spec.furniture_next)
    absent = dict.fromkeys(on_next, "content: none;")
    ground = _ground(work, spec, engine)
    yield f"@page {name} {{ {own} {ground} {_written(on_next)} }}"
    yield f"@page {name}:{engine.first.format(page=name)} {{ {_written(absent | on_first)} }}"


def _written(boxes: dict[str, str]) -> str:
    return " ".join(f"@{name} {{ {style} }}" for name, style in boxes.items())


def _ground(work: Work, spec: SectionSpec, engine: Engine) -> str:
    """Give a page's background: thumb tabs, or the grounds of the COVID-19 analysis."""
    colours = work.layout.colours
    left, top = (195.6, 70.0) if engine.ground_from_text else (0.0, 0.0)
    if spec.kind == "covid-19":
        top *= 168 / 70  # its margin
        areas = [("navy", 0.0, 0.0, 596.0, 140.0), ("navy", 0.0, 0.0, 178.6, 842.0)]
    elif spec.domain:
        areas = []
        for each in work.profile.domains:
            width = 28 if each.id == spec.domain else 8.5
            y = 168 + 94.5 * (each.number - 1)
            areas.append((f"d{each.number}-accent", 595.28 - width, y, width, 91.0))
    else:
        return ""
    # One colour only: WeasyPrint paints a real gradient over all.
    layers = (
        f"linear-gradient({colours[colour]}) {x - left:.2f}pt {y - top:.2f}pt / "
        f"{width}pt {height}pt no-repeat"
        for colour, x, y, width, height in areas
    )
    return f"background: {', '.join(layers)};"


def _margin_boxes(work: Work, spec: SectionSpec, names: tuple[str, ...]) -> dict[str, str]:
    """Give what CSS puts into a page's margins for the names of the furniture."""
    facts, labels, colours = work.profile.facts, work.profile.labels, work.layout.colours
    edition = f"{labels[f'editions.{facts.number}']} {facts.year}"
    head = f"color: {colours['quiet']}; padding-top: 35pt; vertical-align: top; {_SMALL}"
    folio = f"content: counter(page); font: 600 10.5pt/14pt House; color: {colours['blue']};"
    banner = "color: white; padding-top: 59.4pt; vertical-align: top; white-space: nowrap;"
    boxes: dict[str, str] = {}
    for name in names:
        if name in ("head", "head-left"):
            boxes["top-left-corner"] = (
                f"content: {_string(f'{facts.long_name} | {edition}')}; white-space: nowrap; "
                f"text-align: left; padding-left: 65.2pt; {head}"
            )
        if name == "head":
            boxes["top-right"] = f"content: {_string(labels['series'])}; {head}"
        elif name == "folio":
            boxes["bottom-right"] = f"{folio} vertical-align: top; padding-top: 17.5pt;"
        elif name == "folio-white":
            boxes["right-bottom"] = (
                f"{folio} color: white; vertical-align: bottom; padding-bottom: 26pt; "
                "margin-left: -30pt; text-align: left;"
            )
        elif name == "tabs":
            number = next(each.number for each in work.profile.domains if each.id == spec.domain)
            boxes["right-top"] = (
                f'content: "{number}"; color: {colours[f"d{number}-figure"]}; text-align: right; '
                f"padding: {108.5 + 94.5 * (number - 1)}pt 10pt 0 0; vertical-align: top; "
                "font: 600 14pt/14pt House;"
            )
        elif name == "continued":
            boxes["left-top"] = (
                "content: string(part, first-except); vertical-align: top; "
                f"padding-left: 65.2pt; width: 113.4pt; text-align: left; "
                f"color: {colours['quiet']}; font-size: 9.5pt;"
            )
        elif name == "banner":
            boxes["top-left-corner"] = (
                f"content: {_string(labels['covid-19-short'])}; {banner} text-align: left; "
                "padding-left: 65.2pt; font: 600 17.5pt/24.5pt House;"
            )
            boxes["top-left"] = (
                f"content: {_string(labels['covid-19-banner'])}; {banner} text-align: left; "
                "font: 400 17.5pt/24.5pt House;"
            )
    return boxes


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
