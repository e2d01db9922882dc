"""Step 5, bind: what is painted on a section's pages, cut out of its file.

Content streams and resources are taken as they are, but for three things: fonts become the
volume's, photographs lose their notes, and what refers to an object names its content. So what is
equal is one, in whatever file it was, and what was cut out once serves each later binding.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream, String

from mgi_report.pages.binding.jpeg import without_notes
from mgi_report.pages.binding.objects import compressed, name

_COPIED = ("/Group", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")
"""What a page keeps of its own; its content and resources too."""
_MARKED_CONTENT = frozenset({"BDC", "BMC", "DP", "EMC", "MP"})
"""Operators that tie content to the structure tree (ISO 32000-1, 14.6)."""


class Digest(str):
    """The SHA-256 of an object with all that it refers to, hexadecimal; stands for its number."""

    __slots__ = ()


Text = tuple[str, ...]
"""PDF text, and digests in it: ("<</Im0 ", Digest(…), ">>")."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An object that others refer to."""

    text: Text
    """Of a stream its entries, without /Length."""
    stream: bytes | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is painted on a page."""

    entries: Mapping[str, Text]
    contents: tuple[Text, ...]
    resources: Mapping[str, Text]
    """But for pictures and forms, which are by themselves."""
    forms: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Clippings:
    """What was cut out of a file."""

    pieces: Mapping[Digest, Piece]
    sheets: tuple[Sheet, ...] = ()
    forms: tuple[Text, ...] = ()
    """Pages as forms."""


@lru_cache(maxsize=256)
def clip(pdf: bytes, fonts: Digest) -> Clippings:
    """Cut out all pages; `fonts` stands for the volume's fonts among the digests."""
    with pikepdf.open(BytesIO(pdf)) as file:
        knife = _Knife(fonts)
        sheets = tuple([knife.sheet(page) for page in file.pages])
        return Clippings(knife.pieces, sheets)


@lru_cache(maxsize=256)
def clip_forms(pdf: bytes, fonts: Digest, indexes: tuple[int, ...]) -> Clippings:
    """Cut out some pages as forms without marked content."""
    with pikepdf.open(BytesIO(pdf)) as file:
        knife = _Knife(fonts)
        forms = tuple([knife.form(file.pages[index]) for index in indexes])
        return Clippings(knife.pieces, forms=forms)


class _Knife:
    """Cuts objects out of one file."""

    def __init__(self, fonts: Digest) -> None:
        self._fonts = fonts
        self.pieces: dict[Digest, Piece] = {}
        self._known: dict[tuple[int, int], Digest] = {}

    def sheet(self, page: pikepdf.Page) -> Sheet:
        kept = {key: page.obj[key] for key in _COPIED if key in page.obj}
        kept["/MediaBox"] = page.mediabox  # may be inherited, as may be the resources
        resources = dict(page.resources.items())
        forms = resources.pop("/XObject", Dictionary())
        return Sheet(
            {key: self._text(value) for key, value in kept.items()},
            tuple(self._text(part) for part in _contents(page.obj)),
            {key: self._text(value) for key, value in resources.items() if key != "/Font"}
            | {"/Font": (self._fonts,)},
            {key: self._text(value) for key, value in forms.items()},
        )

    def form(self, page: pikepdf.Page) -> Text:
        operations = [
            operation
            for operation in pikepdf.parse_content_stream(page)
            if str(operation.operator) not in _MARKED_CONTENT
        ]
        entries = {
            "/Type": Name.XObject,
            "/Subtype": Name.Form,
            "/BBox": page.mediabox,
            "/Filter": Name.FlateDecode,
            "/Resources": page.resources,
        }
        content = compressed(pikepdf.unparse_content_stream(operations))
        return (self._keep(Piece(tuple(self._entries(entries)), content)),)

    def _keep(self, piece: Piece) -> Digest:
        content = hashlib.sha256("".join(piece.text).encode("ascii"))
        if piece.stream is not None:
            content.update(b"\0" + piece.stream)
        digest = Digest(content.hexdigest())
        self.pieces[digest] = piece
        return digest

    def _text(self, value: object) -> Text:
        return tuple(self._write(value))

    def _write(self, value: object) -> Iterator[str]:
        """Write a value, or the digest of the object that it refers to."""
        if not isinstance(value, Object) or not value.is_indirect:
            yield from self._direct(value)
            return
        if value.objgen not in self._known:
            self._known[value.objgen] = self._keep(self._piece(value))
        yield self._known[value.objgen]

    def _piece(self, value: Object) -> Piece:
        if not isinstance(value, Stream):
            return Piece(tuple(self._direct(value)), None)
        entries = {key: item for key, item in value.items() if key != "/Length"}
        stream = value.read_raw_bytes()
        if entries.get("/Filter") in (Name.DCTDecode, Array([Name.DCTDecode])):
            stream = without_notes(stream)
        if "/Filter" not in entries:
            stream, entries["/Filter"] = compressed(stream), Name.FlateDecode
        return Piece(tuple(self._entries(entries)), stream)

    def _direct(self, value: object) -> Iterator[str]:
        match value:
            case Digest():
                yield value
            case Dictionary() | dict():
                yield "<<"
                yield from self._entries(dict(value.items()))
                yield ">>"
            case Array():
                yield "["
                for item in value:
                    yield " "
                    yield from self._write(item)
                yield "]"
            case Name():
                yield name(str(value)[1:])
            case String():
                yield f"<{bytes(value).hex()}>"
            case bool():
                yield "true" if value else "false"
            case Decimal():
                yield f"{value:f}"
            case _:
                yield "null" if value is None else str(value)

    def _entries(self, entries: Mapping[str, object]) -> Iterator[str]:
        for key, value in sorted(entries.items()):
            yield f"{name(key[1:])} "
            if key == "/Resources":
                assert isinstance(value, Object)
                yield from self._direct({**dict(value.items()), "/Font": self._fonts})
            else:
                yield from self._write(value)


def _contents(page: Object) -> list[Object]:
    contents = page.get("/Contents", Array())
    return list(contents) if isinstance(contents, Array) else [contents]
