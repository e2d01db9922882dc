"""Step 5, bind: what is painted, from the sections' files onto the volume's pages.

Furniture is painted over the page as an artifact (ISO 32000-1, 14.8.2.2).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from mgi_report.pages.binding.clippings import (
    Clippings,
    Digest,
    Piece,
    Sheet,
    Text,
    clip,
    clip_forms,
)
from mgi_report.pages.binding.objects import Objects, dictionary, reference
from mgi_report.pages.model import FontUse, Furniture, Pages

_SUBTYPES = {"head": "Header", "banner": "Header", "folio": "Footer"}
"""What a part of the furniture is, by the first word of its name (table 330)."""


class Paster:
    """Writes what is painted on the pages of a volume."""

    def __init__(self, objects: Objects, fonts: Mapping[str, int]) -> None:
        """Take the numbers of the volume's fonts by the digest of their files."""
        self._objects = objects
        self._fonts = fonts
        self._pieces: dict[Digest, Piece] = {}
        self._numbers: dict[Digest, int] = {}
        self._sheets: dict[int, Sheet] = {}
        """By number of the page."""
        self._forms: dict[str, Text] = {}
        self._streams: dict[str, int] = {}
        """Short pieces of content."""

    def add(self, pages: Pages, numbers: Sequence[int]) -> None:
        """Take a section's contents for its pages, whose numbers are given."""
        clippings = self._take(clip(pages.pdf, self._font_dictionary(pages.fonts)))
        self._sheets.update(zip(numbers, clippings.sheets, strict=True))

    def add_furniture(self, furniture: Furniture, used: Collection[str]) -> None:
        """Take a form of each part that is used."""
        parts = {part: index for part, index in furniture.parts.items() if part in used}
        if not parts:
            return
        fonts = self._font_dictionary(furniture.pages.fonts)
        clippings = self._take(clip_forms(furniture.pages.pdf, fonts, tuple(parts.values())))
        self._forms.update(zip(parts, clippings.forms, strict=True))

    def form(self, part: str) -> str:
        """Give a reference to a part that was taken as a form."""
        return self._written(self._forms[part])

    def painted(self, number: int, parts: Sequence[str], before: str) -> dict[str, str]:
        """Give the entries of a page, with parts of the furniture laid over it.

        A page that no section has given contents to is as large as the page `before`.
        """
        sheet = self._sheets.get(number)
        if sheet is None:
            return {"MediaBox": before, "Resources": "<<>>"}
        contents = [self._written(part) for part in sheet.contents]
        forms = dict(sheet.forms)
        if parts:
            laid = {f"/Furniture{index}": part for index, part in enumerate(parts)}
            forms |= {name: self._forms[part] for name, part in laid.items()}
            artifacts = "".join(_artifact(part, name) for name, part in laid.items())
            contents = [self._stream("q\n"), *contents, self._stream(f"\nQ\n{artifacts}")]
        resources = self._entries(sheet.resources)
        if forms:
            resources["XObject"] = dictionary(self._entries(forms))
        return {
            **self._entries(sheet.entries),
            "Resources": dictionary(resources),
            "Contents": f"[{' '.join(contents)}]",
        }

    def _take(self, clippings: Clippings) -> Clippings:
        self._pieces |= clippings.pieces
        return clippings

    def _font_dictionary(self, uses: Sequence[FontUse]) -> Digest:
        """Make the /Font resources of a section; sections that use the same fonts share it."""
        named = {use.name: use.digest for use in uses if use.digest in self._fonts}
        key = Digest(f"fonts {sorted(named.items())}")
        if key not in self._numbers:
            fonts = {name: reference(self._fonts[digest]) for name, digest in named.items()}
            self._numbers[key] = self._objects.add(dictionary(dict(sorted(fonts.items()))))
        return key

    def _entries(self, entries: Mapping[str, Text]) -> dict[str, str]:
        return {key[1:]: self._written(value) for key, value in entries.items()}

    def _written(self, text: Text) -> str:
        """Put references in the place of digests."""
        return "".join(
            reference(self._number(part)) if isinstance(part, Digest) else part for part in text
        )

    def _number(self, digest: Digest) -> int:
        """Give an object's number; write it where it is not there yet."""
        if digest not in self._numbers:
            piece = self._pieces[digest]
            text = self._written(piece.text)
            self._numbers[digest] = (
                self._objects.add(text)
                if piece.stream is None
                else self._objects.add_stream(piece.stream, text)
            )
        return self._numbers[digest]

    def _stream(self, content: str) -> str:
        if content not in self._streams:
            self._streams[content] = self._objects.add_stream(content.encode("ascii"))
        return reference(self._streams[content])


def _artifact(part: str, form: str) -> str:
    """Write the operators that paint a form as an artifact of pagination (table 330)."""
    subtype = _SUBTYPES.get(re.split("[:-]", part)[0])
    kind = f"/Subtype /{subtype} " if subtype else ""
    return f"/Artifact <</Type /Pagination {kind}>> BDC q {form} Do Q EMC\n"
