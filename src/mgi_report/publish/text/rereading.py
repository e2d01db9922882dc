"""Reads the finished page and book again: what their sections say, as a reading machine would."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from mgi_report.publish.text.tree import read

_IN_LINES = frozenset({"a", "b", "bdi", "bdo", "cite", "em", "i", "span", "strong", "sub", "sup"})


def page_said(content: bytes) -> dict[str, str]:
    """Give the text of each section of an HTML page by its id; blocks are lines apart."""
    return _sections([read(content.decode())])


def book_said(content: bytes) -> dict[str, str]:
    """Give the text of each section of an EPUB book by its id; blocks are lines apart."""
    with ZipFile(BytesIO(content)) as archive:
        names = [each for each in archive.namelist() if each.endswith(".xhtml")]
        return _sections([read(archive.read(each).decode()) for each in names])


def _sections(roots: Iterable[Element]) -> dict[str, str]:
    return {
        name: "".join(_said(each))
        for root in roots
        for each in root.iter()
        if each.tag == "section" and (name := each.get("id"))
    }


def _said(element: Element) -> Iterator[str]:
    """Give the words of an element, and what is said in the place of pictures."""
    end = "" if element.tag in _IN_LINES else "\n"
    yield f"{end}{element.get('alt', '')}"
    if element.get("role") == "img":
        yield element.get("aria-label", "")
    yield _on_a_line(element.text)
    for kid in element:
        yield from _said(kid)
        yield _on_a_line(kid.tail)
    yield end


def _on_a_line(text: str | None) -> str:
    return (text or "").replace("\n", " ")
