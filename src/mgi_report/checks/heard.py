"""Step 6, audit: the words of a PDF in the order of its structure, as a screen reader says them.

Sources: ISO 32000-2, 9.10 (characters of codes), 14.6 (marked content), 14.7 (structure), 14.9.3
(/Alt), 14.9.4 (/ActualText).
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page

from mgi_report.checks.painted import Identity, characters_of, decoded
from mgi_report.checks.tagged import kids_of

_Pieces: TypeAlias = dict[tuple[Identity, int], str]
"""Page or form, and MCID → what is painted there."""
_READ = "BDC BMC EMC Tf Tj TJ ' \" Do"
_IN_LINES = frozenset(
    {"/Code", "/Em", "/Link", "/Quote", "/Reference", "/Span", "/Strong"}  # others are blocks
)


def heard(pdf: bytes) -> list[str]:
    """Give the text of each section, the elements below the document's; blocks are lines apart."""
    with pikepdf.open(BytesIO(pdf)) as volume:
        pieces: _Pieces = {}
        for page in volume.pages:
            if "/Contents" in page.obj:
                _read(page, page.resources, page.obj.objgen, None, pieces)
        root = volume.Root.get("/StructTreeRoot", Dictionary())
        sections = [kid for each in kids_of(root.get("/K")) for kid in kids_of(each.get("/K"))]
        return ["".join(_said(each, (0, 0), pieces)) for each in sections]


def _said(kid: Any, page: Identity, pieces: _Pieces) -> Iterator[str]:
    """Give what is said of an element or of a piece of content."""
    if isinstance(kid, int):
        yield pieces.get((page, kid), "")
    elif not isinstance(kid, Dictionary) or kid.get("/Type") == Name.OBJR:
        return
    elif kid.get("/Type") == Name.MCR:
        stream = kid.Stm.objgen if "/Stm" in kid else _page_of(kid, page)
        yield pieces.get((stream, int(kid.MCID)), "")
    else:
        space = "" if str(kid.get("/S")) in _IN_LINES else "\n"
        yield space
        if "/ActualText" in kid:
            yield str(kid.ActualText)
        else:
            yield str(kid.get("/Alt", ""))
            for each in kids_of(kid.get("/K")):
                yield from _said(each, _page_of(kid, page), pieces)
        yield space


def _page_of(kid: Object, page: Identity) -> Identity:
    return kid.Pg.objgen if "/Pg" in kid else page


def _read(
    stream: Page | Object, resources: Object, identity: Identity, outer: int | None, pieces: _Pieces
) -> None:
    """Read what a page or a form paints, inside the marked content `outer`."""
    marks: list[tuple[int | None, bool]] = [(outer, False)]
    characters: dict[bytes, str] = {}
    for step in pikepdf.parse_content_stream(stream, _READ):
        operands: list[Any] = list(step.operands)
        match str(step.operator):
            case "BDC":
                mcid, said = _mark(operands[1], resources)
                inside, is_said = marks[-1]
                inside = inside if mcid is None else mcid
                if said is not None and not is_said:
                    _add(pieces, identity, inside, said)
                marks.append((inside, is_said or said is not None))
            case "BMC":
                marks.append(marks[-1])
            case "EMC":
                marks.pop()
            case "Tf":
                characters = characters_of(resources.Font[operands[0]])
            case "Do":
                form = resources.XObject[operands[0]]
                if form.get("/Subtype") == Name.Form:
                    own = form.get("/Resources", resources)
                    _read(form, own, form.objgen, marks[-1][0], pieces)
            case _:
                inside, is_said = marks[-1]
                strings = operands[-1] if isinstance(operands[-1], Array) else operands[-1:]
                codes = tuple(bytes(each) for each in strings if isinstance(each, pikepdf.String))
                if not is_said:
                    _add(pieces, identity, inside, "".join(decoded(codes, characters)))


def _mark(properties: Any, resources: Object) -> tuple[int | None, str | None]:
    """Read of marked content its MCID, and what is to be said in its place."""
    if isinstance(properties, Name):
        properties = resources.Properties[properties]
    mcid = int(properties.MCID) if "/MCID" in properties else None
    return mcid, str(properties.ActualText) if "/ActualText" in properties else None


def _add(pieces: _Pieces, identity: Identity, mcid: int | None, text: str) -> None:
    if mcid is not None:
        pieces[identity, mcid] = pieces.get((identity, mcid), "") + text
