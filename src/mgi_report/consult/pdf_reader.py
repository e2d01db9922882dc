"""Reads the annotations in a returned PDF; page and place give the block."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from mgi_report.consult.model import Block, Box, Content, Edit, Kind
from mgi_report.consult.package import MOST_BYTES, Unsound

_SAID = {
    "/StrikeOut": "struck out",
    "/Highlight": "highlighted",
    "/Underline": "underlined",
    "/Squiggly": "underlined",
    "/Caret": "insert here",
    "/Text": "",
    "/FreeText": "",
    "/Ink": "drawn",
    "/Stamp": "stamped",
    "/Square": "framed",
    "/Circle": "framed",
    "/Line": "line",
    "/Polygon": "framed",
    "/PolyLine": "line",
    "/FileAttachment": "attached file",
}
"""Kinds of annotations that people make, in words for those without any."""
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?")
_MOST = 20_000


def read_pdf(content: bytes, sent: Content, boxes: Mapping[str, Sequence[Box]]) -> list[Edit]:
    """Give the annotations of a PDF as comments on blocks. Raises `Unsound`."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it would tell of each flaw by itself
    if len(content) > MOST_BYTES:
        raise Unsound("The file is larger than 100 megabytes.", "Ask for one without pictures.")
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        is_shut = reader.is_encrypted and not reader.decrypt("")
        edits = [] if is_shut else list(_edits(reader, sent, boxes))
    except Unsound:
        raise
    except (
        PyPdfError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
        NotImplementedError,
    ) as error:
        raise Unsound("The file is broken, or is no PDF.", "Ask for it again.") from error
    if is_shut:
        raise Unsound("The file is encrypted with a password.", "Ask for a copy without.")
    return edits


def _edits(reader: Any, sent: Content, boxes: Mapping[str, Sequence[Box]]) -> Iterator[Edit]:
    count = 0
    for page, sheet in enumerate(reader.pages, start=1):
        annotations = sheet.get("/Annots")
        for reference in annotations.get_object() if annotations is not None else ():
            annotation = reference.get_object()
            kind = str(annotation.get("/Subtype", ""))
            if kind not in _SAID:
                continue
            words = str(annotation.get("/Contents", "") or "").strip()
            said = _SAID[kind]
            if not words and not said:
                continue
            count += 1
            if count > _MOST:
                raise Unsound("The file has more notes than a draft has words.", "Ask who made it.")
            comment = f"[{said}] {words}".strip() if said else words
            block = _block_at(page, annotation.get("/Rect"), sent, boxes)
            yield Edit(
                Kind.COMMENT,
                block.number if block else 0,
                0,
                "",
                "",
                str(annotation.get("/T", "") or ""),
                _date(annotation.get("/M")),
                comment,
                f"page {page}, note {count}",
                "" if block else f"on page {page}, beside no block",
                tracked=False,
            )


def _block_at(
    page: int, rectangle: Any, sent: Content, boxes: Mapping[str, Sequence[Box]]
) -> Block | None:
    """Find the smallest block at the middle of a rectangle, else the nearest one of the page."""
    if rectangle is None or len(rectangle) != 4:
        return None
    x0, y0, x1, y1 = (float(each) for each in rectangle)
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    found: list[tuple[float, float, Block]] = []
    for block in sent.blocks:
        for number, left, bottom, right, top in boxes.get(block.name, ()):
            if number == page:
                far = max(bottom - y, y - top, 0.0) + max(left - x, x - right, 0.0) / 10
                found.append((far, (right - left) * (top - bottom), block))
    return min(found, key=lambda each: each[:2])[2] if found else None


def _date(value: Any) -> str:
    found = _DATE.match(str(value or ""))
    if not found:
        return ""
    year, month, day, hour, minute, second = found.groups()
    return f"{year}-{month}-{day}" + (f"T{hour}:{minute}:{second}Z" if hour else "")
