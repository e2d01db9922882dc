"""Step 4, typeset: the font files of a section, and what its pages use of them.

The section's PDF has no font file: glyphs are named by their number in the font file, which the
binding embeds once for the volume.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import uharfbuzz as hb

from mgi_report.pages.model import FontFace, FontUse

_NEVER_MEANT = frozenset("\N{NO-BREAK SPACE}\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{WORD JOINER}")
"""Characters that share a glyph with plainer ones, which are what a reader should copy."""


class FontFile:
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
def read_font(content: bytes) -> FontFile | None:
    """Read a font file, None where it is not one."""
    try:
        font = FontFile(content)
    except (hb.HarfBuzzError, ValueError, ZeroDivisionError):
        return None
    return font if font.glyph_count and font.units else None


class Widths(dict[int, float]):
    """A font's widths, as WeasyPrint asks for them while it draws.

    It would measure glyphs at the size in use, rounded; these are the file's own, so that the
    sections of a volume agree.
    """

    def __init__(self, font: FontFile) -> None:
        super().__init__()
        self._font = font

    def __contains__(self, glyph: object) -> bool:
        known = isinstance(glyph, int) and glyph < self._font.glyph_count
        return known or super().__contains__(glyph)

    def __missing__(self, glyph: int) -> float:
        width = self[glyph] = self._font.width(glyph)
        return width


class Fonts:
    """The fonts of a section, by the digest of their file."""

    def __init__(self, faces: Iterable[FontFace], files: Mapping[str, bytes]) -> None:
        self.unreadable: list[FontFace] = []
        self.variable: list[FontFace] = []
        """Faces of variable fonts; they are used for now, so that the rest can be judged."""
        self.loaded: list[tuple[FontFace, str]] = []
        """Each face that can be read, with the digest of its file."""
        self.faces: dict[tuple[str, int, bool], FontFace] = {}
        self._by_digest: dict[str, tuple[FontFace, FontFile]] = {}
        for face in faces:
            font = read_font(files.get(face.path, b""))
            if font is None:
                self.unreadable.append(face)
            else:
                if font.is_variable:
                    self.variable.append(face)
                self.faces[face.family.casefold(), face.weight, face.italic] = face
                self.loaded.append((face, font.digest))
                self._by_digest.setdefault(font.digest, (face, font))

    def of(self, content: bytes) -> FontFile | None:
        """Find the font of the section with that content."""
        found = self._by_digest.get(hashlib.sha256(content).hexdigest())
        return found[1] if found else None

    def families(self) -> list[str]:
        """List the families, in order."""
        return sorted({face.family for face in self.faces.values()})

    def faces_of(self, family: str) -> str:
        """List the faces of a family: "300, 400, 400 italic"."""
        own = [face for face in self.faces.values() if face.family.casefold() == family.casefold()]
        own.sort(key=lambda face: (face.weight, face.italic))
        return ", ".join(f"{face.weight}{' italic' if face.italic else ''}" for face in own)

    def uses(self, drawn: Iterable[Any]) -> tuple[FontUse, ...]:
        """Say what was used of each font; `drawn` are WeasyPrint's fonts."""
        glyphs: dict[str, dict[int, str]] = {}
        for font in drawn:
            file = font.file
            if file is None:
                continue
            used = glyphs.setdefault(file.digest, {})
            for glyph, text in font.to_unicode.items():
                if glyph < file.glyph_count:
                    meaning = file.meaning(glyph, text)
                    used[glyph] = used.get(glyph) or meaning
        return tuple(
            FontUse(
                name=file.name,
                path=face.path,
                digest=digest,
                glyphs=dict(sorted(glyphs[digest].items())),
                widths={glyph: file.width(glyph) for glyph in sorted(glyphs[digest])},
                italic=face.italic,
                ascent=file.ascent,
                descent=file.descent,
            )
            for digest, (face, file) in sorted(self._by_digest.items())
            if digest in glyphs
        )
