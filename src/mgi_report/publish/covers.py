"""The cover as a picture, in the sizes that catalogues ask for."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from mgi_report.preview.drawing import Book
from mgi_report.publish.measures import size_of
from mgi_report.publish.model import File

LARGE, MEDIUM, SMALL = "large", "medium", "small"
_WIDTHS = {LARGE: 1840, MEDIUM: 1000, SMALL: 320}
"""Pixels. Large: bookshops ask for 2560 at the longer side; medium: ReliefWeb asks for 700 across
at least, and ONIX takes that too; small: for lists."""
_QUALITY = 90
"""Of JPEG, so that flat colours stay clean beside letters."""


def covers(name: str, pdf: bytes) -> Iterator[File]:
    """Draw the first page of a PDF in each size, as JPEG."""
    book = Book(pdf)
    try:
        for size, width in _WIDTHS.items():
            # PDFium's width is rounded up; a little less than `width` becomes just that.
            picture = book.draw(0, (width - 0.01) / book.sizes[0][0])
            written = BytesIO()
            picture.save(written, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
            content = written.getvalue()
            path = f"covers/{name}-cover-{size}.jpg"
            yield File(path, content, "image/jpeg", f"cover-{size}", size=size_of(content))
    finally:
        book.close()
