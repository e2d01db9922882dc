"""A font file: its metrics, its characters, and whether it is whole."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

import uharfbuzz as hb

_NEVER_MEANT = frozenset("\N{NO-BREAK SPACE}\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{WORD JOINER}")
"""Characters that share a glyph with plainer ones, which are what a reader should copy."""


_FORM = re.compile("[\ufb00-\ufdff\ufe70-\ufefc]")
"""Ligatures, and Arabic letters as they stand in a word (The Unicode Standard 9.2)."""

_FIRST_LETTER, _LETTERS_END = 0x600, 0x700
_LETTERS = re.compile("[\u0600-\u06ff]+")


class Typeface:
    """A font file: its metrics and characters."""

    def __init__(self, content: bytes) -> None:
        self.digest = hashlib.sha256(content).hexdigest()
        face = hb.Face(hb.Blob(content))
        self._font = hb.Font(face)
        self.units = face.upem
        self.glyph_count: int = face.glyph_count
        self.is_variable = bool(face.axis_infos)
        """One file for many weights: the binding would embed the first of them for all."""
        self.name = f"F{self.digest[:12]}"
        """Its name in the resources of pages; the same in every section."""
        extents = self._font.get_font_extents("ltr")
        self.ascent = round(extents.ascender * 1000 / self.units)
        self.descent = round(extents.descender * 1000 / self.units)
        self.silent = self._silent_glyph(content)
        """A glyph that neither shows nor moves anything; None where there is none."""
        self.codes: tuple[int, ...] = tuple(sorted(face.unicodes))
        """The characters that it has glyphs for."""
        self._characters: dict[int, str] = {}
        for code in reversed(self.codes):  # the lowest code of a glyph stays
            glyph = self._font.get_nominal_glyph(code)
            if glyph is not None and (
                chr(code) not in _NEVER_MEANT or glyph not in self._characters
            ):
                self._characters[glyph] = _plain(chr(code))

    def _silent_glyph(self, content: bytes) -> int | None:
        """Find the glyph of U+0000, as far as the font is one whose glyphs the binding can map."""
        glyph: int | None = self._font.get_nominal_glyph(0)
        is_silent = glyph and content[:4] != b"OTTO" and not self._font.get_glyph_h_advance(glyph)
        return glyph if is_silent else None

    def parts(self, glyph: int, text: str) -> tuple[int, ...]:
        """Give what is painted for a glyph: of Arabic letters that are one glyph, each in turn.

        Those who copy a text or look for words in it expect a glyph for each letter, the last one
        first: they turn round what is written from right to left. So the glyph stands for its last
        letter, and silent ones behind it for the others, by numbers that the font does not have.
        """
        letters = self._characters.get(glyph, text)
        if self.silent is None or len(letters) < 2 or not _LETTERS.fullmatch(letters):
            return (glyph,)
        silent = (self.glyph_count + ord(letter) - _FIRST_LETTER for letter in letters[-2::-1])
        return (glyph, *silent)

    def has(self, glyph: int) -> bool:
        """Say whether a number is that of a glyph, or of a letter that a glyph is parted into."""
        parts = 0 if self.silent is None else _LETTERS_END - _FIRST_LETTER
        return glyph < self.glyph_count + parts

    def width(self, glyph: int) -> float:
        """Give a glyph's width, in thousandths of the size."""
        if glyph >= self.glyph_count:
            return 0
        width = self._font.get_glyph_h_advance(glyph) * 1000 / self.units
        return int(width) if width == int(width) else width

    def meaning(self, glyph: int, text: str) -> str:
        """Say what a glyph stands for that was used for `text`.

        Its own character does, else the text (ligatures, small capitals). A text of several
        characters says nothing of a glyph that has its own: the mark on a letter brings both.
        """
        if glyph >= self.glyph_count:
            return chr(glyph - self.glyph_count + _FIRST_LETTER)
        own = self._characters.get(glyph, text)
        return own[-1] if len(self.parts(glyph, text)) > 1 else own

    def glyph(self, character: str) -> int | None:
        """Give the glyph of a character, None where there is none."""
        glyph: int | None = self._font.get_nominal_glyph(ord(character))
        return glyph


def _plain(character: str) -> str:
    """Give the letters behind a form of them that only old encodings need: "ﻼ" is "لا"."""
    return unicodedata.normalize("NFKC", character) if _FORM.match(character) else character


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
