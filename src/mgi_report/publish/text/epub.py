"""The text as an EPUB 3 book, a file for each part, with what tells readers how it is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from html import escape
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement

from mgi_report.publish.bag import zipped
from mgi_report.publish.text.addresses import anchor_of, relink
from mgi_report.publish.text.book import Book
from mgi_report.publish.text.pictures import media_type_of
from mgi_report.publish.text.reflowing import Heading, Part
from mgi_report.publish.text.tree import as_xhtml

_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
_PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"
 xml:lang="{lang}" dir="{direction}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
{metadata}</metadata>
<manifest>
{manifest}</manifest>
<spine page-progression-direction="{direction}">
{spine}</spine>
</package>
"""
_FEATURES = (
    *("ARIA", "alternativeText", "displayTransformability", "readingOrder"),
    *("structuralNavigation", "tableOfContents"),
)
"""What is true of each book that is made here (Schema.org's accessibility properties for
discoverability; EPUB Accessibility 1.1, 2.2)."""

_SUMMARY = (
    "All of the text can be read aloud and set as the reader likes. Headings, lists, tables and "
    "footnotes are marked as such, words in other languages say which one it is, and pictures have "
    "a text in their place. There are no sounds, films or flashes."
)
"""The same for people, in the language that catalogues share."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A file of the book."""

    id: str
    path: str
    media_type: str
    content: bytes
    properties: str = ""


def epub(book: Book, name: str, cover: bytes, modified: str) -> bytes:
    """Write the book; `cover` is a JPEG, `modified` a time in UTC: "2021-11-30T00:00:00Z"."""
    parts = [replace(part, body=deepcopy(part.body)) for part in book.parts]
    relink(parts, lambda section, anchor: f"{section}.xhtml#{anchor_of(section, anchor)}")
    pictures = _name_pictures(parts)
    pages = [_page(book, part) for part in parts]
    items = [
        _Item("nav", "nav.xhtml", "application/xhtml+xml", _navigation(book, parts), "nav"),
        *pages,
        _Item("style", "style.css", "text/css", book.style.encode()),
        _Item("cover-image", "cover.jpg", "image/jpeg", cover, "cover-image"),
        *pictures,
    ]
    spine = [pages[0].id, "nav", *(page.id for page in pages[1:])]
    package = _PACKAGE.format(
        lang=escape(book.lang),
        direction=book.direction,
        metadata="".join(f"{each}\n" for each in _metadata(book, name, modified)),
        manifest="".join(f"{_entry(item)}\n" for item in items),
        spine="".join(f'<itemref idref="{each}"/>\n' for each in spine),
    )
    files = {f"EPUB/{item.path}": item.content for item in items}
    files |= {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": _CONTAINER.encode(),
        "EPUB/package.opf": package.encode(),
    }
    return zipped("", files, first="mimetype")


def _metadata(book: Book, name: str, modified: str) -> Iterable[str]:
    # Not the ISBN, which is that of the PDF: each form has its own.
    yield f'<dc:identifier id="id">urn:uuid:{uuid5(NAMESPACE_URL, f"{name}.epub")}</dc:identifier>'
    yield f"<dc:title>{escape(book.title)}</dc:title>"
    yield f"<dc:language>{escape(book.lang)}</dc:language>"
    yield f"<dc:date>{book.date}</dc:date>"
    for author in book.authors:
        yield f"<dc:creator>{escape(author)}</dc:creator>"
    yield f"<dc:publisher>{escape(book.authors[0])}</dc:publisher>"
    yield f"<dc:description>{escape(book.subject)}</dc:description>"
    for word in book.keywords:
        yield f"<dc:subject>{escape(word)}</dc:subject>"
    if book.rights:
        yield f"<dc:rights>{escape(book.rights)}</dc:rights>"
    yield f'<meta property="dcterms:modified">{modified}</meta>'
    for mode in ("textual", "visual"):
        yield f'<meta property="schema:accessMode">{mode}</meta>'
    yield '<meta property="schema:accessModeSufficient">textual</meta>'
    for feature in _FEATURES:
        yield f'<meta property="schema:accessibilityFeature">{feature}</meta>'
    yield '<meta property="schema:accessibilityHazard">none</meta>'
    yield f'<meta property="schema:accessibilitySummary" xml:lang="en">{_SUMMARY}</meta>'


def _entry(item: _Item) -> str:
    properties = f' properties="{item.properties}"' if item.properties else ""
    return f'<item id="{item.id}" href="{item.path}" media-type="{item.media_type}"{properties}/>'


def _page(book: Book, part: Part) -> _Item:
    for each in part.body.iter():
        if kind := _TYPES.get(each.get("role", "")):
            each.set("epub:type", kind)
    properties = "svg" if part.body.find(".//svg") is not None else ""
    content = _written(book, part.title, part.body)
    return _Item(f"s-{part.id}", f"{part.id}.xhtml", "application/xhtml+xml", content, properties)


_TYPES = {"doc-noteref": "noteref", "doc-footnote": "footnote", "doc-backlink": "backlink"}
"""What EPUB calls what ARIA has a role for."""


def _navigation(book: Book, parts: Sequence[Part]) -> bytes:
    nav = Element("nav", {"epub:type": "toc", "role": "doc-toc", "id": "toc"})
    SubElement(nav, "h1").text = book.contents
    entries = SubElement(nav, "ol")
    for part in (each for each in parts if each.is_listed):
        entry = SubElement(entries, "li")
        SubElement(entry, "a", {"href": f"{part.id}.xhtml"}).text = part.title
        _nest(entry, part.headings, part.id)
    return _written(book, book.contents, nav)


def _nest(entry: Element, headings: Sequence[Heading], section: str) -> None:
    """List the headings below an entry, those of lower levels below theirs."""
    if not headings:
        return
    entries = SubElement(entry, "ol")
    level = headings[0].level
    groups: list[list[Heading]] = []
    for each in headings:
        if each.level <= level or not groups:
            groups.append([each])
        else:
            groups[-1].append(each)
    for head, *below in groups:
        item = SubElement(entries, "li")
        address = f"{section}.xhtml#{anchor_of(section, head.anchor)}"
        SubElement(item, "a", {"href": address}).text = head.words
        _nest(item, below, section)


def _written(book: Book, title: str, content: Element) -> bytes:
    root = Element("html", {"lang": book.lang, "dir": book.direction})
    head = SubElement(root, "head")
    SubElement(head, "meta", {"charset": "utf-8"})
    SubElement(head, "title").text = title
    SubElement(head, "link", {"rel": "stylesheet", "href": "style.css"})
    SubElement(root, "body").append(content)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n{as_xhtml(root)}\n'.encode()


def _name_pictures(parts: Iterable[Part]) -> list[_Item]:
    """Give the pictures plain names, which all file systems take."""
    found: dict[str, _Item] = {}
    for part in parts:
        for image in part.body.iter("img"):
            source = image.get("src", "")
            if source not in found:
                number = len(found) + 1
                name = f"picture-{number}.{source.rpartition('.')[2].lower()}"
                found[source] = _Item(
                    f"picture-{number}", name, media_type_of(source), part.pictures[source]
                )
            image.set("src", found[source].path)
    return list(found.values())
