"""The text as one accessible HTML page that needs nothing beside it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from html import escape
from xml.etree.ElementTree import Element, SubElement

from mgi_report.publish.text.addresses import anchor_of, relink
from mgi_report.publish.text.book import Book
from mgi_report.publish.text.pictures import media_type_of
from mgi_report.publish.text.reflowing import Part
from mgi_report.publish.text.tree import as_html

_PAGE = """<!doctype html>
<html lang="{lang}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="description" content="{subject}">
{meta}<style>
{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


def page(book: Book) -> bytes:
    """Write the page: the title, the contents, all parts, with pictures and style inside."""
    parts = [replace(part, body=deepcopy(part.body)) for part in book.parts]
    relink(parts, lambda section, anchor: f"#{anchor_of(section, anchor)}")
    for part in parts:
        for image in part.body.iter("img"):
            image.set("src", _inside(image.get("src", ""), part))
        if not part.is_title:
            _lower(part.body)
    header = _header(book, parts)
    rest = [part for part in parts if not part.is_title]
    contents = _contents(book, rest)
    main = Element("main")
    main.extend(part.body for part in rest)
    meta = [("author", ", ".join(book.authors)), ("keywords", ", ".join(book.keywords))]
    return _PAGE.format(
        lang=escape(book.lang),
        direction=book.direction,
        title=escape(book.title),
        subject=escape(book.subject),
        meta="".join(
            f'<meta name="{name}" content="{escape(text)}">\n' for name, text in meta if text
        ),
        style=book.faces + book.style.replace("</", "<\\/"),
        body="\n".join(as_html(each) for each in (header, contents, main)),
    ).encode()


def _header(book: Book, parts: Sequence[Part]) -> Element:
    """Give the part that says the title; where there is none, the title alone."""
    header = Element("header")
    for part in parts:
        if part.is_title:
            header.append(part.body)
    if not len(header):
        SubElement(header, "h1").text = book.title
    return header


def _contents(book: Book, parts: Sequence[Part]) -> Element:
    nav = Element("nav", {"class": "contents", "aria-labelledby": "contents--title"})
    SubElement(nav, "h2", {"id": "contents--title"}).text = book.contents
    entries = SubElement(nav, "ol")
    for part in (each for each in parts if each.is_listed):
        entry = SubElement(entries, "li")
        SubElement(entry, "a", {"href": f"#{part.id}"}).text = part.title
    return nav


def _lower(body: Element) -> None:
    """Put the headings of a part one level below the title of the whole, which stands alone."""
    for each in body.iter():
        if each.tag in ("h1", "h2", "h3", "h4", "h5"):
            each.tag = f"h{int(each.tag[1]) + 1}"


def _inside(source: str, part: Part) -> str:
    """Give a picture as an address that holds it."""
    content = part.pictures.get(source, b"")
    return f"data:{media_type_of(source)};base64,{b64encode(content).decode()}"
