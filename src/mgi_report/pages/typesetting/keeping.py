"""Typeset sections as bytes and back, and the digest that they are kept under.

What is kept is plain data: a line of JSON with lengths, JSON, and the PDF. Reading it runs nothing.
Diagnostics are kept with the pages, placed in the way of `placing`: so a line more at the top of a
file costs no typesetting, and messages still lead to the right line.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Severity, Span
from mgi_report.pages.css_text import what_counts
from mgi_report.pages.model import (
    Anchor,
    BlockPlace,
    Element,
    FontUse,
    Link,
    LinkAnnotation,
    MarkedContent,
    PageHeading,
    Pages,
    Section,
    TextLine,
    TextPlace,
    WordsPlace,
)

Typeset = Outcome[Pages]


def digest_of(section: Section, program: str, *, is_exact: bool = False) -> str:
    """Digest all that a section's pages are made from, but not where its blocks come from.

    Comments in style sheets change no page. They do move what diagnostics lead to: an exact digest
    has them, too.
    """
    parts: list[str] = [program, section.id, section.lang, section.direction, section.template]
    parts.append(section.html)
    for sheet in section.styles:
        parts += (sheet.path, sheet.text if is_exact else what_counts(sheet.text))
    for font in section.fonts:
        parts += map(str, astuple(font))
    for path, content in sorted(section.files.items()):
        parts += (path, digest_of_file(content))
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode("utf-8", errors="surrogatepass")
        digest.update(b"%d:" % len(encoded))
        digest.update(encoded)
    return digest.hexdigest()


@lru_cache(maxsize=256)
def digest_of_file(content: bytes) -> str:
    """Digest a picture or font."""
    return hashlib.sha256(content).hexdigest()


# --- To bytes ---------------------------------------------------------------------------------


def encode(typeset: Typeset) -> bytes:
    """Write pages with their diagnostics."""
    pages = typeset.value
    data = {
        "count": pages.count,
        "structure": [_from_element(each) for each in pages.structure],
        "links": [[each.page, each.rectangles, each.target, each.text] for each in pages.links],
        "anchors": [[each.name, each.page, each.x, each.y] for each in pages.anchors],
        "headings": [
            [each.level, each.text, each.anchor, each.page, each.y] for each in pages.headings
        ],
        "fonts": [
            [
                each.name,
                each.path,
                each.digest,
                list(each.glyphs.items()),
                list(each.widths.items()),
                each.italic,
                each.ascent,
                each.descent,
            ]
            for each in pages.fonts
        ],
        "words": [[each.text, each.page, each.rectangle] for each in pages.words],
        "texts": [
            [origin, [[each.text, each.page, each.rectangle] for each in texts]]
            for origin, texts in groupby(pages.texts, attrgetter("origin"))
        ],
        "places": [[each.block, each.page, each.rectangle, each.words] for each in pages.places],
        "names": pages.names,
        "drawn": pages.drawn,
        "coarse": [_from_diagnostic(each) for each in pages.coarse],
        "lines": [[each.page, each.rectangle, each.baseline, each.mcid] for each in pages.lines],
        "diagnostics": [_from_diagnostic(each) for each in typeset.diagnostics],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    return b"%d\n%b%b" % (len(text), text, pages.pdf)


def _from_element(element: Element) -> list[object]:
    return [
        element.role,
        [_from_kid(kid) for kid in element.kids],
        element.id,
        element.anchors,
        element.lang,
        element.alt,
        element.actual_text,
        element.title,
        element.attributes,
        element.headers,
        element.references,
        element.block,
    ]


def _from_kid(kid: Element | MarkedContent | LinkAnnotation) -> object:
    match kid:
        case MarkedContent(page, mcid):
            return [page, mcid]
        case LinkAnnotation(link):
            return link
        case _:
            return _from_element(kid)


def _from_diagnostic(each: Diagnostic) -> list[object]:
    span = [each.span.file, each.span.line, each.span.column] if each.span else None
    return [each.rule, each.message, span, each.hint, each.severity, each.cause]


# --- And back ---------------------------------------------------------------------------------


def decode(content: bytes) -> Typeset | None:
    """Read what `encode` wrote; None where it is anything else."""
    try:
        head, _, rest = content.partition(b"\n")
        length = int(head)
        return _typeset(json.loads(rest[:length]), rest[length:])
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return None


def _typeset(data: dict[str, Any], pdf: bytes) -> Typeset:
    pages = Pages(
        pdf=pdf,
        count=data["count"],
        structure=tuple(map(_to_element, data["structure"])),
        links=tuple(
            Link(page, tuple(map(tuple, rectangles)), target, text)
            for page, rectangles, target, text in data["links"]
        ),
        anchors=tuple(Anchor(*each) for each in data["anchors"]),
        headings=tuple(PageHeading(*each) for each in data["headings"]),
        fonts=tuple(
            FontUse(name, path, digest, dict(glyphs), dict(widths), italic, ascent, descent)
            for name, path, digest, glyphs, widths, italic, ascent, descent in data["fonts"]
        ),
        places=tuple(
            BlockPlace(block, page, tuple(rectangle), words)
            for block, page, rectangle, words in data["places"]
        ),
        words=tuple(WordsPlace(text, page, tuple(box)) for text, page, box in data["words"]),
        texts=tuple(
            TextPlace(text, page, tuple(box), origin)
            for origin, texts in data["texts"]
            for text, page, box in texts
        ),
        names=tuple(data["names"]),
        drawn=tuple((page, tuple(rectangle)) for page, rectangle in data["drawn"]),
        coarse=tuple(map(_to_diagnostic, data["coarse"])),
        lines=tuple(
            TextLine(page, tuple(rectangle), baseline, mcid)
            for page, rectangle, baseline, mcid in data["lines"]
        ),
    )
    return Outcome(pages, tuple(map(_to_diagnostic, data["diagnostics"])))


def _to_element(data: list[Any]) -> Element:
    role, kids, name, anchors, lang, alt, actual, title, attributes, headers, refs, block = data
    return Element(
        role,
        tuple(map(_to_kid, kids)),
        name,
        tuple(anchors),
        lang,
        alt,
        actual,
        title,
        {
            owner: {key: _to_value(value) for key, value in own.items()}
            for owner, own in attributes.items()
        },
        tuple(headers),
        tuple(refs),
        block,
    )


def _to_kid(data: Any) -> Element | MarkedContent | LinkAnnotation:
    if isinstance(data, int):
        return LinkAnnotation(data)
    return MarkedContent(*data) if len(data) == 2 else _to_element(data)


def _to_value(data: object) -> object:
    return tuple(map(_to_value, data)) if isinstance(data, list) else data


def _to_diagnostic(data: list[Any]) -> Diagnostic:
    rule, message, span, hint, severity, cause = data
    place = Span(*span) if span else None
    return Diagnostic(Rule(rule), message, place, hint, Severity(severity), cause)
