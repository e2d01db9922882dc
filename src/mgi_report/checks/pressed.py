"""Step 6, audit: what a file for a press must hold, read back from the finished PDF.

Source: ISO 15930-7 (PDF/X-4). It knows nothing of how the file was made.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject

from mgi_report.diagnostics import Diagnostic, Rule
from mgi_report.pages.model import Volume

_SCREEN_OPERATORS = frozenset({b"rg", b"RG"})
_SPACES = frozenset({b"cs", b"CS"})
_OF_SCREEN = frozenset({"/DeviceRGB", "/CalRGB", "/Lab"})
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def audit_for_press(volume: Volume) -> list[Diagnostic]:
    """Find what would keep a printer from taking a block, and its cover."""
    found = _audited(volume.pdf)
    return found + _audited(volume.cover.pdf) if volume.cover else found


def _audited(pdf: bytes) -> list[Diagnostic]:
    reader = PdfReader(BytesIO(pdf))
    found = [_told(each) for each in _of_file(reader)]
    known: set[int] = set()
    for index, page in enumerate(reader.pages, start=1):
        wrong = dict.fromkeys((*_of_boxes(page), *_of_resources(page, reader, known)))
        found += (_told(f"Page {index} of the file for the press {each}") for each in wrong)
    return found


def _told(message: str) -> Diagnostic:
    hint = "This is a fault of the program, or of a drawing in the layout; please report it."
    return Diagnostic(Rule.PRESS_FILE_IS_SOUND, f"{message}.", hint=hint)


def _of_file(reader: PdfReader) -> Iterator[str]:
    intents = reader.root_object.get("/OutputIntents", ArrayObject())
    kinds = [each.get_object() for each in intents]
    if [each.get("/S") for each in kinds] != ["/GTS_PDFX"]:
        yield "The file for the press does not say which press it is for"
    elif kinds[0]["/DestOutputProfile"]["/N"] != 4:
        yield "The file for the press names a profile that is not of four inks"


def _of_boxes(page: Any) -> Iterator[str]:
    if "/Annots" in page:
        yield "has links or notes"
    if not all(key in page for key in ("/TrimBox", "/BleedBox")):
        yield "does not say where it is cut"
    elif not _is_in(page.trimbox, page.bleedbox) or not _is_in(page.bleedbox, page.mediabox):
        yield "is cut outside of what is printed"


def _is_in(inner: Any, outer: Any) -> bool:
    return bool(
        outer.left <= inner.left
        and outer.bottom <= inner.bottom
        and inner.right <= outer.right
        and inner.top <= outer.top
    )


def _of_resources(owner: Any, reader: PdfReader, known: set[int]) -> Iterator[str]:
    """Look through a page or form, and all that it uses."""
    if id(owner) in known:
        return
    known.add(id(owner))
    if (group := _get(owner, "/Group")) and _get(group, "/CS") in _OF_SCREEN:
        yield "blends in the colours of a screen"
    content = owner.get_contents() if hasattr(owner, "get_contents") else owner
    if content is not None:
        yield from _of_content(content, reader)
    resources = _get(owner, "/Resources") or DictionaryObject()
    for font in _values(resources, "/Font"):
        yield from _of_font(font)
    for shading in _values(resources, "/Shading"):
        yield from _of_space(_get(shading, "/ColorSpace"))
    for space in _values(resources, "/ColorSpace"):
        yield from _of_space(space)
    for pattern in _values(resources, "/Pattern"):
        if shading := _get(pattern, "/Shading"):
            yield from _of_space(_get(shading, "/ColorSpace"))
        else:
            yield from _of_resources(pattern, reader, known)
    for state in _values(resources, "/ExtGState"):
        if isinstance(mask := _get(state, "/SMask"), DictionaryObject):
            yield from _of_resources(_get(mask, "/G"), reader, known)
    for thing in _values(resources, "/XObject"):
        if _get(thing, "/Subtype") == "/Image":
            yield from _of_space(_get(thing, "/ColorSpace"))
        else:
            yield from _of_resources(thing, reader, known)


def _of_content(content: Any, reader: PdfReader) -> Iterator[str]:
    stream = content if isinstance(content, ContentStream) else ContentStream(content, reader)
    for operands, operator in stream.operations:
        is_screens = operator in _SPACES and operands[0] in _OF_SCREEN
        if operator in _SCREEN_OPERATORS or is_screens:
            yield "has colours of a screen"
            return


def _of_space(space: Any) -> Iterator[str]:
    name = space[0] if isinstance(space, ArrayObject) else space
    if name == "/Indexed":
        yield from _of_space(space[1].get_object())
    elif name in _OF_SCREEN or (name == "/ICCBased" and space[1].get_object()["/N"] == 3):
        yield "has a picture or drawing in the colours of a screen"


def _of_font(font: Any) -> Iterator[str]:
    descendants = _get(font, "/DescendantFonts")
    descriptor = _get(descendants[0].get_object() if descendants else font, "/FontDescriptor")
    if not descriptor or not any(key in descriptor for key in _FONT_FILES):
        yield f"has a font that is not in the file: {font.get('/BaseFont')}"


def _get(owner: Any, key: str) -> Any:
    value = owner.get(key)
    return value.get_object() if hasattr(value, "get_object") else value


def _values(resources: Any, key: str) -> list[Any]:
    named = _get(resources, key) or DictionaryObject()
    return [value.get_object() for value in named.values()]
