"""Reads profiles aloud: what a screen reader finds in a PDF, and what the HTML behind it says."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tinyhtml5

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_LINE = re.compile(r'( *)(?:"(.*)"|(Object .*|/.*)|(\w+)(.*))')
_IN_LINES = frozenset({"Code", "Em", "Link", "Quote", "Reference", "Span", "Strong"})


@dataclass
class Said:
    """An element of a structure tree as poppler shows it."""

    role: str
    kids: list[Said | str] = field(default_factory=list)
    is_number: bool = False
    """The number of an item in a list, which CSS makes."""

    def elements(self) -> Iterator[Said]:
        yield from (kid for kid in self.kids if isinstance(kid, Said))

    def text(self) -> str:
        """Give all that is in it but numbers of lists; blocks are words apart."""
        text = ""
        for kid in self.kids:
            if isinstance(kid, str):
                text += kid
            elif not kid.is_number:
                text += kid.text() if kid.role in _IN_LINES else f" {kid.text()} "
        return text

    def aloud(self, depth: int = 0) -> Iterator[str]:
        """Give its blocks in order, a line each."""
        text = ""
        below: list[str] = []
        for kid in self.kids:
            if isinstance(kid, str) or kid.role in _IN_LINES or kid.role == "Lbl":
                text += kid if isinstance(kid, str) else kid.text()
            else:
                below += kid.aloud(depth + 1)
        yield f"{'  ' * depth}{self.role} {shown(text)}".rstrip()
        yield from below


def shown(text: str) -> str:
    """Give a text as it is heard: without what nobody sees."""
    return " ".join(text.translate(_INVISIBLE).split())


def read_aloud(pdf: bytes, folder: Path) -> list[Said]:
    """Give the sections of a PDF as `pdfinfo -struct-text` reads them.

    Poppler reads no alternative texts and no /ActualText here, and cuts titles that are not ASCII.
    """
    (folder / "aloud.pdf").write_bytes(pdf)
    done = subprocess.run(
        ["pdfinfo", "-struct-text", folder / "aloud.pdf"], capture_output=True, check=True
    )
    root = Said("Root")
    path = [(-1, root)]
    is_numbered = False
    for line in done.stdout.decode(errors="replace").splitlines():
        found = _LINE.fullmatch(line)
        assert found, line
        indent, text, noise, role, _ = found.groups()
        while path[-1][0] >= len(indent):
            path.pop()
        if text is not None:
            path[-1][1].kids.append(text)
        elif noise:
            is_numbered = "/None" not in noise if "/List" in noise else is_numbered
        else:
            said = Said(role, is_number=is_numbered and role == "Lbl" and path[-1][1].role == "LI")
            path[-1][1].kids.append(said)
            path.append((len(indent), said))
    (document,) = root.elements()
    return list(document.elements())


_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "dt", "dd", "li", "td", "th", "figcaption"})
_BLOCKS = _PARAGRAPHS | {"div", "section", "header", "nav", "ol", "ul", "dl", "table", "tr", "br"}
_SILENT = frozenset({"head", "style", "script", "svg", "img"})


def words_of_html(html: str) -> list[str]:
    """Give the words of a section's HTML in the order in which they are to be heard.

    A note comes after the paragraph that calls it. Numbers of lists are not there: CSS makes them.
    """
    root = tinyhtml5.parse(html, namespace_html_elements=False)
    return shown("".join(_heard(root, []))).split()


def _heard(element: Any, notes: list[str]) -> Iterator[str]:
    tag = element.tag if isinstance(element.tag, str) else ""
    tag = tag.rpartition("}")[2]
    if not tag or tag in _SILENT or element.get("aria-hidden") == "true":
        return
    own: list[str] = [] if tag in _PARAGRAPHS else notes
    parts = [element.text or ""]
    for kid in element:
        parts += _heard(kid, own)
        parts.append(kid.tail or "")
    if element.get("role") == "doc-footnote":
        notes += [" ", *parts, " "]
        return
    yield from parts if tag not in _BLOCKS else [" ", *parts, " "]
    if own is not notes:
        yield from own


def headings_of_html(html: str) -> Iterator[tuple[int, str]]:
    """Give the headings of a section's HTML: how many they stand under, and their text.

    Calls of notes and notes are no part of it; `data-outline` says what stands there instead.
    """
    above: list[int] = []
    for element in tinyhtml5.parse(html, namespace_html_elements=False).iter():
        if isinstance(element.tag, str) and re.fullmatch("h[1-6]", element.tag):
            level = int(element.tag[1])
            above = [other for other in above if other < level]
            for parent in list(element.iter()):
                for kid in list(parent):
                    if kid.get("role") in ("doc-noteref", "doc-footnote"):
                        parent.remove(kid)
            yield len(above), element.get("data-outline") or shown("".join(_heard(element, [])))
            above.append(level)
