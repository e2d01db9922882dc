"""HTML as a tree that can be changed: how it is read, gone through, cut and written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element, tostring

import tinyhtml5

_SVG = "http://www.w3.org/2000/svg"
_XHTML = "http://www.w3.org/1999/xhtml"
_EPUB = "http://www.idpf.org/2007/ops"


def read(html: str) -> Element:
    """Give the body of an HTML document; names of its elements are without a namespace."""
    root: Element = tinyhtml5.parse(html, namespace_html_elements=False)
    for each in root.iter():
        if not _is_comment(each):
            each.tag = each.tag.rpartition("}")[2]
            # Of SVG's own attributes, xlink:href is what older drawings have for href.
            each.attrib = {key.rpartition("}")[2]: value for key, value in each.attrib.items()}
    body = root.find("body")
    assert body is not None, "the parser makes one"
    return body


def within(root: Element) -> Iterator[tuple[Element, Element]]:
    """Go through all elements below one, each with its parent, which may be changed meanwhile."""
    for kid in list(root):
        yield kid, root
        yield from within(kid)


def words_of(element: Element) -> str:
    """Give the text of an element in one line."""
    return " ".join("".join(element.itertext()).split())


def cut(parent: Element, kid: Element) -> None:
    """Take an element out; what stands behind it stays."""
    _before(parent, kid, kid.tail or "")
    parent.remove(kid)


def unwrap(parent: Element, kid: Element) -> None:
    """Put in the place of an element what is in it."""
    place = list(parent).index(kid)
    _before(parent, kid, kid.text or "")
    kids = list(kid)
    parent.remove(kid)
    for offset, each in enumerate(kids):
        parent.insert(place + offset, each)
    if kids:
        kids[-1].tail = (kids[-1].tail or "") + (kid.tail or "")
    else:
        _append_at(parent, place, kid.tail or "")


def prune(parent: Element, is_cut: Callable[[Element], bool]) -> None:
    """Take out all elements below one that are to be cut."""
    for kid in list(parent):
        if _is_comment(kid) or is_cut(kid):
            cut(parent, kid)
        else:
            prune(kid, is_cut)


def as_html(element: Element) -> str:
    """Write an element as HTML."""
    return tostring(element, encoding="unicode", method="html", short_empty_elements=False)


def as_xhtml(element: Element) -> str:
    """Write an element as XHTML, with SVG in its own namespace."""
    element.set("xmlns", _XHTML)
    element.set("xmlns:epub", _EPUB)
    for each in element.iter():
        if each.tag == "svg":
            each.set("xmlns", _SVG)
        if lang := each.get("lang"):
            each.set("xml:lang", lang)
    return tostring(element, encoding="unicode", method="xml")


def _is_comment(element: Element) -> bool:
    tag: object = element.tag  # a function, where it is one
    return not isinstance(tag, str)


def _before(parent: Element, kid: Element, text: str) -> None:
    """Put text where an element stands, in front of it."""
    _append_at(parent, list(parent).index(kid), text)


def _append_at(parent: Element, place: int, text: str) -> None:
    if place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
