"""What stands in a text without pages, for tests: the words read through, and those of notes."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import tinyhtml5
from tests.reading import shown

_LINES = frozenset({"a", "bdi", "em", "strong", "span", "b", "i", "sup", "cite"})


def parsed(html: str) -> Any:
    """Give the body of HTML or XHTML."""
    return tinyhtml5.parse(html, namespace_html_elements=False).find("body")


def said(element: Any) -> tuple[list[str], list[str]]:
    """Give the words of what is read through, and those of the notes, each in order.

    What only the eye sees, and the numbers of pages, are left out.
    """
    notes: list[str] = []
    return shown(_main(element, notes)).split(), shown(" ".join(notes)).split()


def _main(element: Any, notes: list[str]) -> str:
    tag = element.tag if isinstance(element.tag, str) else ""
    if not tag or tag.endswith(("svg", "style")) or element.get("aria-hidden") == "true":
        return ""
    if element.get("data-paged") is not None:
        return ""
    text = (element.text or "") + "".join(_main(kid, notes) + (kid.tail or "") for kid in element)
    if element.get("role") == "doc-footnote":
        notes.append(text)
        return ""
    return text if tag in _LINES else f" {text} "


def files_of_epub(content: bytes) -> dict[str, str]:
    """Give the text files of an EPUB by their name."""
    with ZipFile(BytesIO(content)) as archive:
        names = [each for each in archive.namelist() if not each.endswith((".jpg", ".png"))]
        return {each.removeprefix("EPUB/"): archive.read(each).decode() for each in names}
