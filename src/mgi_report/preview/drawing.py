"""Draws the pages of a volume, and finds what differs between two of them.

Only this module knows PDFium. PDFium is not made for threads, so one lock stands before all of it.
"""

from __future__ import annotations

import hashlib
import math
from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from io import BytesIO
from threading import Lock

import pypdfium2
from PIL import Image, ImageChops

PROOF = 2.0
"""Pixels to a point at which pages are held to be the same: 144 to the inch."""

GLANCE = 1.0
"""Pixels to a point at which the place of a change is looked for."""

WIDTHS = range(32, 4001)
"""How wide a picture may be asked for, in pixels; what is larger still, the browser enlarges."""

KEPT_BYTES = 48 * 1024 * 1024
"""How much of drawn pictures is kept; browsers keep their own."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, as shares of the page from its top left corner."""

_PDFIUM = Lock()


class Book:
    """A volume open for drawing."""

    def __init__(self, pdf: bytes) -> None:
        with _PDFIUM:
            self._document = pypdfium2.PdfDocument(pdf)
            self.sizes: tuple[tuple[float, float], ...] = tuple(
                self._document.get_page_size(page) for page in range(len(self._document))
            )
        """Width and height of each page, in points."""

    def close(self) -> None:
        """Let the volume go."""
        with _PDFIUM:
            self._document.close()

    def draw(self, page: int, scale: float) -> Image.Image:
        """Draw a page, counted from 0, at so many pixels to a point."""
        with _PDFIUM:
            leaf = self._document[page]
            try:
                bitmap = leaf.render(scale=scale, may_draw_forms=False, draw_annots=False)
                # A copy: the picture may stand in the bitmap's own memory, which goes with it.
                image: Image.Image = bitmap.to_pil().convert("RGB")
                bitmap.close()
            finally:
                leaf.close()
        return image

    def png(self, page: int, width: int) -> bytes:
        """Draw a page as a picture so many pixels wide."""
        # PDFium's width is rounded up; a little less than `width` becomes just that.
        image = self.draw(page, (width - 0.01) / self.sizes[page][0])
        written = BytesIO()
        image.save(written, "PNG", compress_level=1)
        return written.getvalue()

    def digests(
        self, keys: Sequence[Hashable | None], known: Mapping[Hashable, str]
    ) -> tuple[str, ...]:
        """Name each page by what is seen on it.

        A page whose key is known is not looked at again; None is never known.
        """
        return tuple(
            (known.get(key) if key is not None else None) or self._digest(page)
            for page, key in enumerate(keys)
        )

    def _digest(self, page: int) -> str:
        image = self.draw(page, PROOF)
        digest = hashlib.sha256(repr(self.sizes[page]).encode())
        digest.update(image.tobytes())
        return digest.hexdigest()[:24]


def difference(old: Book, old_page: int, new: Book, new_page: int) -> Box | None:
    """Give where two pages differ, None where that cannot be said in one box."""
    before, after = old.draw(old_page, GLANCE), new.draw(new_page, GLANCE)
    if before.size != after.size:
        return None
    found = ImageChops.difference(before, after).getbbox()
    if found is None:
        return None
    width, height = after.size
    left, top, right, bottom = found
    return (
        math.floor(left / width * 1e4) / 1e4,
        math.floor(top / height * 1e4) / 1e4,
        math.ceil(right / width * 1e4) / 1e4,
        math.ceil(bottom / height * 1e4) / 1e4,
    )


class Pictures:
    """The pictures drawn last, as many as fit."""

    def __init__(self, most: int = KEPT_BYTES) -> None:
        self._most = most
        self._held: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def find(self, digest: str, width: int) -> bytes | None:
        """Give a picture that was kept."""
        with self._lock:
            if (digest, width) not in self._held:
                return None
            self._held.move_to_end((digest, width))
            return self._held[digest, width]

    def keep(self, digest: str, width: int, picture: bytes) -> None:
        """Keep a picture, and let go of those that were not asked for the longest."""
        with self._lock:
            if (digest, width) in self._held:
                return
            self._held[digest, width] = picture
            self._bytes += len(picture)
            while self._bytes > self._most and len(self._held) > 1:
                self._bytes -= len(self._held.popitem(last=False)[1])
