"""Makes sections of snippets of HTML, and shows what became of them as text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image

from mgi_report.diagnostics import Diagnostic, Span
from mgi_report.pages.composing.languages import in_languages
from mgi_report.pages.model import (
    Element,
    FontFace,
    LinkAnnotation,
    MarkedContent,
    Pages,
    Section,
    StyleSheet,
)
from mgi_report.pages.typesetting.typeset import typeset

ROOT = Path(__file__).parents[2]
FOLDER = "assets/fonts"
FONTS = tuple(
    FontFace(family, weight, italic, f"{FOLDER}/{name}.ttf")
    for family, weight, italic, name in (
        ("Source Sans 3", 300, False, "source-sans/SourceSans3-Light"),
        ("Source Sans 3", 400, False, "source-sans/SourceSans3-Regular"),
        ("Source Sans 3", 400, True, "source-sans/SourceSans3-It"),
        ("Source Sans 3", 600, False, "source-sans/SourceSans3-Semibold"),
        ("Source Sans 3", 600, True, "source-sans/SourceSans3-SemiboldIt"),
        ("Arabic", 400, False, "plex-sans-arabic/IBMPlexSansArabic-Regular"),
        ("Arabic", 600, False, "plex-sans-arabic/IBMPlexSansArabic-SemiBold"),
    )
)
BASE = StyleSheet(
    "base.css",
    """
    @page { size: 300pt 400pt; margin: 30pt }
    html { font: 10pt/14pt "Source Sans 3", Arabic; image-resolution: 100dppx }
    body, h1, h2, h3, h4, h5, h6, p, pre, ul, ol, dl, dd, figure, blockquote { margin: 0 }
    h1, h2, h3, h4, h5, h6, th, strong, b { font-weight: 600 }
    h1, h2, h3, h4, h5, h6 { font-size: inherit }
    pre, code, kbd { font-family: inherit }
    a { text-decoration: none }
    """,
)
FOX = "The quick brown fox jumps over the lazy dog while nobody is watching it. "
_PAINTS = frozenset(["Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*"])
_SHOWN = ("id", "lang", "alt", "title", "headers", "references", "block")


@cache
def font_files() -> Mapping[str, bytes]:
    """Read the fonts of the layout."""
    return {font.path: (ROOT / font.path).read_bytes() for font in FONTS}


@cache
def notes_css() -> StyleSheet:
    """Read the layout's style sheet for notes."""
    path = "layouts/mgi/css/notes.css"
    return StyleSheet(path, in_languages((ROOT / path).read_text("utf-8"), {}))


@cache
def red_square() -> bytes:
    """Make the picture that cases know as red.png."""
    file = io.BytesIO()
    Image.new("RGB", (400, 400), "red").save(file, "PNG")
    return file.getvalue()


@cache
def four_inks() -> bytes:
    """Make the picture that cases know as inks.jpg: red in cyan, magenta, yellow and black."""
    file = io.BytesIO()
    Image.new("CMYK", (800, 800), (0, 255, 255, 0)).save(file, "JPEG")
    return file.getvalue()


def section(
    body: str,
    css: str = "",
    *,
    lang: str = "en",
    name: str = "sample",
    files: Mapping[str, bytes] | None = None,
    blocks: Mapping[str, Span] | None = None,
) -> Section:
    """Make a section of a snippet of HTML; a <style> at its beginning is its style sheet."""
    if style := re.match(r"<style>(.*?)</style>\s*", body, re.DOTALL):
        css, body = css + style[1], body[style.end() :]
    return Section(
        id=name,
        kind="sample",
        title="Sample",
        lang=lang,
        direction="ltr",
        html=f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        f"<title>Sample</title></head><body>{body}</body></html>",
        styles=(BASE, notes_css(), StyleSheet("sample.css", css)),
        fonts=FONTS,
        files={**font_files(), "red.png": red_square(), "inks.jpg": four_inks(), **(files or {})},
        blocks=blocks or {},
        template="sections/sample.html.j2",
    )


def note(label: str, text: str) -> str:
    """Write a note as the composer does."""
    return (
        f'\N{WORD JOINER}<a class="note-call" role="doc-noteref" id="call-{label}" '
        f'href="#note-{label}">{label}</a><span class="note" role="doc-footnote" '
        f'id="note-{label}" data-block="note-{label}"><a class="note-number" role="doc-backlink" '
        f'href="#call-{label}">{label}</a> {text}</span>'
    )


def noted(html: str) -> str:
    """Write `[^1: text]` as notes and `[^1]` as another call of one."""
    html = re.sub(r"\[\^(\w+): (.*?)\]", lambda match: note(match[1], match[2]), html)
    call = r'<a class="note-call" role="doc-noteref" href="#note-\1">\1</a>'
    return re.sub(r"\[\^(\w+)\]", call, html)


def made(body: str, css: str = "") -> Pages:
    """Typeset a snippet that nothing is wrong with."""
    outcome = typeset(section(body, css))
    assert not outcome.diagnostics, said(outcome.diagnostics)
    return outcome.value


def complaints(body: str, css: str = "") -> list[str]:
    """Say what is wrong with a snippet: rule and message."""
    found = typeset(section(body, css)).diagnostics
    prefix = 'Section "sample": '
    return [f"{each.rule}: {each.message.removeprefix(prefix)}" for each in found]


# --- reading ----------------------------------------------------------------------------------


def texts_of(pages: Pages) -> dict[MarkedContent, str]:
    """Read the text of each piece of marked content, spaces at line ends included.

    What is painted and belongs to nothing, or to two things, fails.
    """
    fonts = {font.name: font.glyphs for font in pages.fonts}
    found: dict[MarkedContent, str] = {}
    if not pages.count:
        return found
    with pikepdf.open(io.BytesIO(pages.pdf)) as pdf:
        for number, page in enumerate(pdf.pages):
            for mcid, text in _read_page(page, fonts):
                key = MarkedContent(number, mcid)
                assert key not in found, f"{key} is on the page twice"
                found[key] = text
    return found


def _read_page(
    page: pikepdf.Page, fonts: Mapping[str, Mapping[int, str]]
) -> Iterator[tuple[int, str]]:
    marks: list[tuple[int | None, str | None]] = []
    text, font = "", ""
    for instruction in pikepdf.parse_content_stream(page):
        operands = instruction.operands
        match str(instruction.operator):
            case "BMC" | "BDC":
                properties: Any = operands[1] if len(operands) > 1 else {}
                mcid = int(properties["/MCID"]) if "/MCID" in properties else None
                actual = properties.get("/ActualText")
                is_artifact = str(operands[0]) == "/Artifact"
                assert not marks or not is_artifact, "decoration in the middle of content"
                assert not marks or mcid is None, "content in the middle of content"
                if mcid is not None:
                    text = ""
                marks.append((mcid, None if actual is None else f"{text}{actual}"))
            case "EMC":
                mcid, actual_text = marks.pop()
                if actual_text is not None:
                    text = actual_text
                if mcid is not None:
                    yield mcid, text
            case "Tf":
                font = str(operands[0])[1:]
            case "TJ":
                assert marks, "text that is not marked"
                shown = b"".join(
                    bytes(part) for part in operands[0] if isinstance(part, pikepdf.String)
                )
                text += "".join(
                    fonts[font].get(int.from_bytes(shown[place : place + 2], "big"), "\ufffd")
                    for place in range(0, len(shown), 2)
                )
            case "Do":
                assert marks, "a picture that is not marked"
                text += "▢"
            case name if name in _PAINTS:
                assert marks, f"{name} that is not marked"
    assert not marks


def outline(pages: Pages) -> str:
    """Show a structure tree; all marked content must be in it, each piece once."""
    texts = texts_of(pages)
    lines = list(_lines(pages.structure, pages, texts, 0))
    assert not texts, f"belongs to nothing: {texts}"
    return "\n".join(lines)


def _lines(
    kids: Iterable[Element | MarkedContent | LinkAnnotation],
    pages: Pages,
    texts: dict[MarkedContent, str],
    depth: int,
) -> Iterator[str]:
    indent = "  " * depth
    for kid in kids:
        match kid:
            case MarkedContent():
                page = f"  page {kid.page + 1}" if kid.page else ""
                yield f'{indent}"{texts.pop(kid)}"{page}'
            case LinkAnnotation():
                link = pages.links[kid.link]
                count = len(link.rectangles)
                lines = f", {count} lines" if count > 1 else ""
                page = f", page {link.page + 1}" if link.page else ""
                yield f'{indent}→ {link.target} "{link.text}"{lines}{page}'
            case Element():
                said = [
                    f"{name}={_shown(value)}"
                    for values in kid.attributes.values()
                    for name, value in values.items()
                    if name != "BBox"
                ]
                said += [
                    f"{name}={_shown(getattr(kid, name))}" for name in _SHOWN if getattr(kid, name)
                ]
                said += [f"#{anchor}" for anchor in kid.anchors]
                said += [f'says "{kid.actual_text}"'] if kid.actual_text else []
                yield " ".join([f"{indent}{kid.role}", *said])
                yield from _lines(kid.kids, pages, texts, depth + 1)


def _shown(value: object) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)


def words_of(pages: Pages) -> list[list[str]]:
    """Give the words of each page in the order of painting, decoration left out."""
    found: list[list[str]] = [[] for _ in range(pages.count)]
    for content, text in texts_of(pages).items():
        found[content.page] += text.split()
    return found


def said(diagnostics: Iterable[Diagnostic]) -> str:
    """Show diagnostics in one line each, and their hints below."""
    return "\n".join(f"! {diagnostic}" for diagnostic in diagnostics)
