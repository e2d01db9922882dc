"""What catalogues are told of a file, read from the file itself."""

from __future__ import annotations

from io import BytesIO

from PIL import Image
from pypdf import PdfReader


def pages_of(pdf: bytes) -> int:
    """Count the pages of a PDF."""
    return len(PdfReader(BytesIO(pdf)).pages)


def size_of(picture: bytes) -> tuple[int, int]:
    """Give the width and height of a picture in pixels."""
    with Image.open(BytesIO(picture)) as image:
        return image.size
