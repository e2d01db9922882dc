"""Step 6, audit: what a page paints, and how it is marked (ISO 32000-2, 14.6 and 14.8.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Stream

Identity: TypeAlias = tuple[int, int]
"""Number and generation of an object, which tell it from all others in the file."""

_MARKS = "BDC BMC EMC"
_PAINTS = "Tj TJ ' \" f F f* B B* b b* S s sh Do INLINE IMAGE BI EI"
_READS = "Tf"
_FOOTERS = ("/Footer", "/PageNum")
"""Subtypes of artifacts that hold a folio (table 363)."""
_CHARACTER = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


@dataclass(slots=True)
class Painted:
    """What one content stream paints, with the forms that it uses."""

    content: list[tuple[Identity, int]] = field(default_factory=list)
    """Stream (the page's identity for its own content) and MCID of each piece of content."""
    parents: dict[Identity, int] = field(default_factory=dict)
    """Stream → its StructParents, where it has one."""
    loose: int = 0
    """How many operators paint what is neither content nor artifact."""
    tangled: int = 0
    """How often content stands inside an artifact or an artifact inside content."""
    footers: list[str] = field(default_factory=list)
    """Texts painted in artifacts at the foot of the page."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """An open marked-content sequence."""

    is_content: bool = False
    is_artifact: bool = False
    is_footer: bool = False


def read_page(page: Page) -> Painted:
    """Read a page's content stream and the forms that it paints."""
    painted = Painted()
    if "/Contents" in page.obj:
        _read(page.obj, page.resources, page.obj.objgen, (), painted)
    return painted


def _read(
    stream: Object,
    resources: Object,
    identity: Identity,
    outer: tuple[_Mark, ...],
    painted: Painted,
) -> None:
    """Read a stream that is painted inside the marks `outer`."""
    marks = list(outer)
    if "/StructParents" in stream:
        painted.parents[identity] = int(stream.StructParents)
    characters: dict[bytes, str] = {}
    source = Page(stream) if stream.get("/Type") == Name.Page else stream
    for step in pikepdf.parse_content_stream(source, f"{_MARKS} {_PAINTS} {_READS}"):
        operands: list[Any] = list(step.operands)
        word = str(step.operator)
        match word:
            case "BDC" | "BMC":
                marks.append(_mark(operands, resources, identity, painted))
                if sum(mark.is_content for mark in marks) > 1 or _is_tangled(marks):
                    painted.tangled += 1
            case "EMC":
                if len(marks) > len(outer):
                    marks.pop()
            case "Tf":
                if any(mark.is_footer for mark in marks):
                    characters = _characters(resources.Font[str(operands[0])])
            case "Do":
                form = resources.XObject[str(operands[0])]
                if form.get("/Subtype") == Name.Form:
                    inner = form.get("/Resources", resources)
                    _read(form, inner, form.objgen, tuple(marks), painted)
                else:
                    painted.loose += not _is_marked(marks)
            case _:
                painted.loose += not _is_marked(marks)
                if word in {"Tj", "TJ"} and any(mark.is_footer for mark in marks):
                    painted.footers.append("".join(_text(operands[0], characters)))


def _mark(operands: list[Any], resources: Object, identity: Identity, painted: Painted) -> _Mark:
    """Read what begins here; note its MCID."""
    tag = str(operands[0])
    properties = operands[1] if len(operands) > 1 else Dictionary()
    if isinstance(properties, Name):
        properties = resources.Properties[str(properties)]
    if "/MCID" in properties:
        painted.content.append((identity, int(properties.MCID)))
    is_footer = str(properties.get("/Subtype", "")) in _FOOTERS
    return _Mark("/MCID" in properties, tag == "/Artifact", tag == "/Artifact" and is_footer)


def _is_marked(marks: list[_Mark]) -> bool:
    return any(mark.is_content or mark.is_artifact for mark in marks)


def _is_tangled(marks: list[_Mark]) -> bool:
    """Say whether what was begun last mixes content and artifacts (ISO 14289-1, 7.1)."""
    last = marks[-1]
    others = marks[:-1]
    return (last.is_content and any(mark.is_artifact for mark in others)) or (
        last.is_artifact and any(mark.is_content for mark in others)
    )


def _characters(font: Object) -> dict[bytes, str]:
    """Read which characters the codes of a font stand for, where it says so one by one."""
    if "/ToUnicode" not in font:
        return {}
    return {
        bytes.fromhex(code.decode()): bytes.fromhex(meaning.decode()).decode("utf-16-be")
        for code, meaning in _CHARACTER.findall(font.ToUnicode.read_bytes())
    }


def _text(shown: Object, characters: dict[bytes, str]) -> Iterator[str]:
    """Read a string, or the strings of an array with spacing, in codes of two bytes."""
    for part in shown if isinstance(shown, Array) else [shown]:
        if isinstance(part, pikepdf.String):
            codes = bytes(part)
            for start in range(0, len(codes), 2):
                yield characters.get(codes[start : start + 2], "\ufffd")


def fonts(page: Page) -> Iterator[Object]:
    """Give the fonts that a page and its forms have, each as often as it is named."""
    yield from _fonts(page.resources, set())


def _fonts(resources: Object, seen: set[Identity]) -> Iterator[Object]:
    yield from (font for _, font in resources.get("/Font", Dictionary()).items())
    for _, form in resources.get("/XObject", Dictionary()).items():
        if isinstance(form, Stream) and "/Resources" in form and form.objgen not in seen:
            seen.add(form.objgen)
            yield from _fonts(form.Resources, seen)
