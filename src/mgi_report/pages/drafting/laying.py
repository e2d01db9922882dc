"""Lay tagged pages over others, such as the margins of a draft: one page over each.

The content streams are joined, and the numbers of marked content of those above go on after those
below. So step 5 binds the pages as if they had been typeset in one go.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator

from mgi_report.pages.model import Element, LinkAnnotation, MarkedContent, Pages

Kid: TypeAlias = Element | MarkedContent | LinkAnnotation

_INLINE = frozenset({"Code", "Em", "Link", "Quote", "Reference", "Span", "Strong", "Sub"})
_NAMING = frozenset({"gs", "Do", "sh", "cs", "CS", "scn", "SCN"})
"""Operators that name a resource (ISO 32000-1, annex A)."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in the reading order something belongs that is laid over: before a line of text."""

    line: MarkedContent
    said: str
    """What those hear who do not see it."""


def lay_over(pages: Pages, above: Pages, spots: Mapping[str, Spot]) -> Pages:
    """Give pages with those `above` laid over them.

    `spots` are by `data-block`; what has none is read after all else.
    """
    counts = [0] * pages.count
    for content in _contents(pages.structure):
        counts[content.page] = max(counts[content.page], content.mcid + 1)
    parts: dict[MarkedContent, list[Element]] = {}
    rest: list[Element] = []
    for element in above.structure:
        for each in _numbers(element):
            shifted = _shifted(each, counts)
            if each.block and each.block in spots:
                spot = spots[each.block]
                said = Element("Span", tuple(_contents((shifted,))), actual_text=spot.said)
                parts.setdefault(spot.line, []).append(said)
            else:
                rest.append(shifted)
    structure = tuple(_with(element, parts) for element in pages.structure)
    return replace(
        pages,
        pdf=_joined(pages.pdf, above.pdf, tuple(counts)),
        structure=(*structure, *rest),
        fonts=(*pages.fonts, *above.fonts),
    )


def _numbers(element: Element) -> Iterator[Element]:
    """Take an element apart into those that have a name, and those around none."""
    inner = [kid for kid in element.kids if isinstance(kid, Element)]
    if element.block or len(inner) < len(element.kids):
        yield element
        return
    for kid in inner:
        yield from _numbers(kid)


def _contents(kids: tuple[Kid, ...]) -> Iterator[MarkedContent]:
    for kid in kids:
        if isinstance(kid, MarkedContent):
            yield kid
        elif isinstance(kid, Element):
            yield from _contents(kid.kids)


def _shifted(element: Element, counts: list[int]) -> Element:
    def shift(kid: Kid) -> Kid:
        match kid:
            case MarkedContent(page, mcid):
                return MarkedContent(page, mcid + counts[page])
            case Element():
                return _shifted(kid, counts)
            case _:
                return kid

    return replace(element, kids=tuple(map(shift, element.kids)))


def _with(element: Element, parts: dict[MarkedContent, list[Element]]) -> Element:
    """Put what is laid over before its line, but into no link or emphasis."""
    kids: list[Kid] = []
    for kid in element.kids:
        if isinstance(kid, Element) and kid.role not in _INLINE:
            kids.append(_with(kid, parts))
            continue
        for content in _contents((kid,)):
            kids += parts.pop(content, ())
        kids.append(kid)
    return element if tuple(kids) == element.kids else replace(element, kids=tuple(kids))


@lru_cache(maxsize=128)
def _joined(below: bytes, above: bytes, counts: tuple[int, ...]) -> bytes:
    """Join the content streams of two files page by page."""
    with pikepdf.open(BytesIO(below)) as file, pikepdf.open(BytesIO(above)) as other:
        for page, over, count in zip(file.pages, other.pages, counts, strict=True):
            own = page.obj.get("/Contents", Array())
            parts = list(own) if isinstance(own, Array) else [own]
            content = pikepdf.unparse_content_stream(list(_renumbered(over, count)))
            page.obj.Contents = Array(
                [file.make_stream(b"q\n"), *parts, file.make_stream(b"\nQ\n" + content)]
            )
            page.obj.Resources = _resources(file, other, page.resources, over.resources)
        output = BytesIO()
        file.save(output, static_id=True)
        return output.getvalue()


def _renumbered(page: pikepdf.Page, count: int) -> Iterator[tuple[list[Any], Operator]]:
    for instruction in pikepdf.parse_content_stream(page):
        given: list[Any] = list(instruction.operands)
        operator = instruction.operator
        if str(operator) == "BDC" and isinstance(given[-1], Dictionary) and "/MCID" in given[-1]:
            marks = {key: value for key, value in given[-1].items() if key != "/MCID"}
            given[-1] = Dictionary({**marks, "/MCID": int(given[-1].MCID) + count})
        elif str(operator) in _NAMING:
            named = _names(page.resources)
            given = [
                _renamed(str(each)) if isinstance(each, Name) and str(each) in named else each
                for each in given
            ]
        yield given, operator


def _names(resources: Object) -> set[str]:
    return {
        name
        for kind, value in resources.items()
        if kind != "/Font" and isinstance(value, Dictionary)
        for name in value.keys()  # noqa: SIM118  pikepdf's
    }


def _renamed(name: str) -> Name:
    return Name(f"/Over{name[1:]}")


def _resources(file: pikepdf.Pdf, other: pikepdf.Pdf, below: Object, above: Object) -> Dictionary:
    """Give the resources of both; what those above name gets another name, but for fonts."""
    joined = dict(below.items())
    for kind, value in above.items():
        if kind == "/Font" or not isinstance(value, Dictionary):  # fonts are the volume's
            continue
        theirs = {
            str(_renamed(name)): file.copy_foreign(other.make_indirect(item))
            for name, item in value.items()
        }
        if theirs:
            joined[kind] = Dictionary({**dict(joined.get(kind, Dictionary()).items()), **theirs})
    return Dictionary(joined)
