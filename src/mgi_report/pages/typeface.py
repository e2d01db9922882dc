"""A font file: its metrics, its characters, and whether it is whole."""

from __future__ import annotations

import hashlib
from functools import lru_cache

import uharfbuzz as hb

_NEVER_MEANT = frozenset("\N{NO-BREAK SPACE}\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{WORD JOINER}")
"""Characters that share a glyph with plainer ones, which are what a reader should copy."""


class Typeface:
    """A font file: its metrics and characters."""

    def __init__(self, content: bytes) -> None:
        self.digest = hashlib.sha256(content).hexdigest()
        face = hb.Face(hb.Blob(content))
        self._font = hb.Font(face)
        self.units = face.upem
        self.glyph_count = face.glyph_count
        self.is_variable = bool(face.axis_infos)
        """One file for many weights: the binding would embed the first of them for all."""
        self.name = f"F{self.digest[:12]}"
        """Its name in the resources of pages; the same in every section."""
        extents = self._font.get_font_extents("ltr")
        self.ascent = round(extents.ascender * 1000 / self.units)
        self.descent = round(extents.descender * 1000 / self.units)
        self._characters: dict[int, str] = {}
        for code in sorted(face.unicodes, reverse=True):  # the lowest code of a glyph stays
            glyph = self._font.get_nominal_glyph(code)
            if glyph is not None and (
                chr(code) not in _NEVER_MEANT or glyph not in self._characters
            ):
                self._characters[glyph] = chr(code)

    def width(self, glyph: int) -> float:
        """Give a glyph's width, in thousandths of the size."""
        width = self._font.get_glyph_h_advance(glyph) * 1000 / self.units
        return int(width) if width == int(width) else width

    def meaning(self, glyph: int, text: str) -> str:
        """Say what a glyph stands for that was used for `text`.

        Text wins where it is longer than a character (ligatures) or the glyph has no character of
        its own (small capitals); else the plainest character does.
        """
        return text if len(text) > 1 else self._characters.get(glyph, text)

    def glyph(self, character: str) -> int | None:
        """Give the glyph of a character, None where there is none."""
        glyph: int | None = self._font.get_nominal_glyph(ord(character))
        return glyph


@lru_cache(maxsize=64)
def read_font(content: bytes) -> Typeface | None:
    """Read a font file, None where it is not one, or not a whole one."""
    if not _has_all_tables(content):
        return None
    try:
        font = Typeface(content)
    except (hb.HarfBuzzError, ValueError, ZeroDivisionError):
        return None
    return font if font.glyph_count and font.units else None


def _has_all_tables(content: bytes) -> bool:
    """Say whether each table ends inside the file; HarfBuzz passes over one that does not.

    Source: ISO/IEC 14496-22 (OpenType), 4.3.
    """
    count = int.from_bytes(content[4:6], "big")
    records = (content[start : start + 16] for start in range(12, 12 + 16 * count, 16))
    return all(
        int.from_bytes(record[8:12], "big") + int.from_bytes(record[12:16], "big") <= len(content)
        for record in records
    )
