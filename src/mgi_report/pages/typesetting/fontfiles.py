"""Step 4, typeset: the font files of a section, and what its pages use of them.

The section's PDF has no font file: glyphs are named by their number in the font file, which the
binding embeds once for the volume.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from mgi_report.content.words import without_accents
from mgi_report.pages.model import FontFace, FontUse
from mgi_report.pages.typeface import Typeface, read_font


class Widths(dict[int, float]):
    """A font's widths, as WeasyPrint asks for them while it draws.

    It would measure glyphs at the size in use, rounded; these are the file's own, so that the
    sections of a volume agree.
    """

    def __init__(self, font: Typeface) -> None:
        super().__init__()
        self._font = font

    def __contains__(self, glyph: object) -> bool:
        known = isinstance(glyph, int) and glyph < self._font.glyph_count
        return known or super().__contains__(glyph)

    def __missing__(self, glyph: int) -> float:
        width = self[glyph] = self._font.width(glyph)
        return width


class Meanings(dict[int, str]):
    """What glyphs stand for, as WeasyPrint tells it while it draws; the plainest word counts.

    Of a letter with marks, in a text from right to left, it says of the first mark that it stands
    for all, and of the rest that they stand for nothing.
    """

    _bases = ""

    def __contains__(self, glyph: object) -> bool:
        return False  # so that it tells each time

    def __setitem__(self, glyph: int, text: str) -> None:
        if text:
            self._bases = without_accents(text)
        text = text or self._bases
        known = self.get(glyph)
        if not known or len(text) < len(known):
            super().__setitem__(glyph, text)


class Fonts:
    """The fonts of a section, by the digest of their file."""

    def __init__(self, faces: Iterable[FontFace], files: Mapping[str, bytes]) -> None:
        self.unreadable: list[FontFace] = []
        self.variable: list[FontFace] = []
        """Faces of variable fonts; they are used for now, so that the rest can be judged."""
        self.loaded: list[tuple[FontFace, str]] = []
        """Each face that can be read, with the digest of its file."""
        self.faces: dict[tuple[str, int, bool], FontFace] = {}
        self._by_digest: dict[str, tuple[FontFace, Typeface]] = {}
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

    def of(self, content: bytes) -> Typeface | None:
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
                if file.has(glyph):
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
