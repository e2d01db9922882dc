"""Step 5, bind: photographs without their camera's notes.

Photographs come with names, places and serial numbers in them, which are nobody's business who
reads a profile. Source: ISO/IEC 10918-1, annex B.
"""

from __future__ import annotations

from collections.abc import Iterator

_SCAN = 0xDA
"""Marker after which the picture itself begins."""
_NEEDED = frozenset({0xE0, 0xE2, 0xEE})
"""Application segments that say how to read the picture: JFIF, colour profile, Adobe's colours."""
_APPLICATION = frozenset(range(0xE0, 0xF0))
_COMMENT = 0xFE


def without_notes(jpeg: bytes) -> bytes:
    """Leave EXIF, XMP, IPTC and comments out of a JPEG; its picture stays, bit by bit."""
    return b"".join(_kept(jpeg))


def _kept(jpeg: bytes) -> Iterator[bytes]:
    yield jpeg[:2]
    start = 2
    while jpeg[start : start + 1] == b"\xff" and jpeg[start + 1] != _SCAN:
        marker = jpeg[start + 1]
        end = start + 2 + int.from_bytes(jpeg[start + 2 : start + 4], "big")
        if marker != _COMMENT and (marker not in _APPLICATION or marker in _NEEDED):
            yield jpeg[start:end]
        start = end
    yield jpeg[start:]
