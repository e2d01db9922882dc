"""Step 5, bind: what is painted, from the sections' files onto the volume's pages.

Content streams and resources are copied as they are, but for three things: fonts become the
volume's, pictures and forms that are equal become one, and furniture is painted over the page as
an artifact (ISO 32000-1, 14.8.2.2).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from mgi_report.pages.jpeg import without_notes
from mgi_report.pages.model import FontUse, Furniture, Pages

_COPIED = ("/Contents", "/Group", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")
"""What a page keeps of its own; its resources too."""
_MARKED_CONTENT = frozenset({"BDC", "BMC", "DP", "EMC", "MP"})
"""Operators that tie content to the structure tree (ISO 32000-1, 14.6)."""
_SUBTYPES = {"head": "Header", "banner": "Header", "folio": "Footer"}
"""What a part of the furniture is, by the first word of its name (table 330)."""


class Paster(ExitStack):
    """Fills the pages of a volume, whose own objects are there already.

    Is left after the volume is saved: until then streams are read where they come from.
    """

    def __init__(self, volume: Pdf, fonts: Mapping[str, int]) -> None:
        """Take the volume and the numbers of its fonts by the digest of their files."""
        super().__init__()
        self._volume = volume
        self._fonts = fonts
        self._font_dictionaries: dict[tuple[tuple[str, int], ...], Object] = {}
        self._shared: dict[bytes, Object] = {}
        """Pictures and forms by their digest."""
        self._first: dict[tuple[int, int], Object] = {}
        """Identity of a picture or form → the first one that is equal."""
        self._settled: set[tuple[int, int]] = set()
        """Identities of forms and patterns whose resources are the volume's."""
        self._streams: dict[bytes, Object] = {}
        """Short pieces of content."""
        self._forms: dict[str, Object] = {}

    def paste(self, pages: Pages, numbers: Sequence[int]) -> None:
        """Give a section's contents to its pages, whose numbers are given."""
        for number, copied in zip(numbers, self._copy(pages), strict=True):
            page = self._volume.get_object(number, 0)
            for key, value in copied.items():
                page[key] = value

    def add_furniture(self, furniture: Furniture, used: Collection[str]) -> None:
        """Make a form of each part that is used."""
        parts = {part: index for part, index in furniture.parts.items() if part in used}
        if not parts:
            return
        for part, page in zip(parts, self._copy(furniture.pages, parts.values()), strict=True):
            content = _without_marks(page)
            self._forms[part] = self._share(
                self._volume.make_stream(
                    content,
                    Type=Name.XObject,
                    Subtype=Name.Form,
                    BBox=page.MediaBox,
                    Resources=page.Resources,
                )
            )

    def overlay(self, number: int, parts: Sequence[str]) -> None:
        """Paint parts of the furniture over a page."""
        if not parts:
            return
        page = self._volume.get_object(number, 0)
        # Pages of a section may share their resources, so these are the page's own from here on.
        resources = Dictionary(dict(page.Resources.items()))
        forms = Dictionary(dict(resources.get("/XObject", Dictionary()).items()))
        artifacts = []
        for index, part in enumerate(parts):
            forms[f"/Furniture{index}"] = self._forms[part]
            artifacts.append(_artifact(part, f"/Furniture{index}"))
        resources.XObject = forms
        page.Resources = resources
        own = page.get("/Contents", Array())
        page.Contents = Array(
            [
                self._stream(b"q\n"),
                *(own if isinstance(own, Array) else [own]),
                self._stream(f"\nQ\n{''.join(artifacts)}".encode("ascii")),
            ]
        )

    def fill_empty(self, numbers: Sequence[int]) -> None:
        """Make pages that no section has given contents to as large as the page before."""
        media_box = None
        for number in numbers:
            page = self._volume.get_object(number, 0)
            if "/MediaBox" not in page:
                page.MediaBox = media_box
                page.Resources = Dictionary()
            media_box = page.MediaBox

    def _copy(self, pages: Pages, indexes: Iterable[int] | None = None) -> Iterator[Object]:
        """Copy pages, or some of them, as dictionaries of what they keep."""
        source = self.enter_context(pikepdf.open(BytesIO(pages.pdf)))
        picked = []
        wanted = range(pages.count) if indexes is None else indexes
        for page in (source.pages[index] for index in wanted):
            kept = Dictionary({key: page.obj[key] for key in _COPIED if key in page.obj})
            kept.Type = Name.Page
            kept.MediaBox = page.mediabox  # may be inherited, as may be the resources
            kept.Resources = page.resources
            picked.append(kept)
        copied: Object = self._volume.copy_foreign(source.make_indirect(Array(picked)))
        fonts = self._font_dictionary(pages.fonts)
        for index in range(len(picked)):
            self._settle(copied[index].Resources, fonts)
            yield copied[index]

    def _font_dictionary(self, uses: Sequence[FontUse]) -> Object:
        """Make the /Font resources of a section; sections that use the same fonts share it."""
        named = tuple(
            sorted((use.name, self._fonts[use.digest]) for use in uses if use.digest in self._fonts)
        )
        if named not in self._font_dictionaries:
            fonts = {f"/{name}": self._volume.get_object(number, 0) for name, number in named}
            self._font_dictionaries[named] = self._volume.make_indirect(Dictionary(fonts))
        return self._font_dictionaries[named]

    def _settle(self, resources: Object, fonts: Object) -> None:
        """Put the volume's fonts and shared forms into resources, and into those they lead to."""
        resources.Font = fonts
        for content in _contents(resources):
            if "/Resources" in content and content.objgen not in self._settled:
                self._settled.add(content.objgen)
                self._settle(content.Resources, fonts)
        forms = resources.get("/XObject", Dictionary())
        for key in list(forms.keys()):
            forms[key] = self._share(forms[key])

    def _share(self, stream: Object) -> Object:
        """Give the first picture or form in the volume that is equal."""
        if stream.objgen not in self._first:
            if stream.get("/Filter") in (Name.DCTDecode, Array([Name.DCTDecode])):
                stream.write(without_notes(stream.read_raw_bytes()), filter=Name.DCTDecode)
            digest = hashlib.sha256()
            _feed(digest, stream)
            self._first[stream.objgen] = self._shared.setdefault(digest.digest(), stream)
        return self._first[stream.objgen]

    def _stream(self, content: bytes) -> Object:
        if content not in self._streams:
            self._streams[content] = self._volume.make_stream(content)
        return self._streams[content]


_unmarked: dict[bytes, bytes] = {}
"""Content without its marks, by the digest of the content: the furniture seldom changes."""
_UNMARKED = 1024


def _without_marks(page: Object) -> bytes:
    """Give a page's content without what ties it to the structure tree."""
    contents = page.get("/Contents", Array())
    parts = contents if isinstance(contents, Array) else [contents]
    key = hashlib.sha256(b"\0".join(part.read_bytes() for part in parts)).digest()
    if key not in _unmarked:
        while len(_unmarked) >= _UNMARKED:
            del _unmarked[next(iter(_unmarked))]
        operations = [
            operation
            for operation in pikepdf.parse_content_stream(pikepdf.Page(page))
            if str(operation.operator) not in _MARKED_CONTENT
        ]
        _unmarked[key] = pikepdf.unparse_content_stream(operations)
    return _unmarked[key]


def _artifact(part: str, form: str) -> str:
    """Write the operators that paint a form as an artifact of pagination (table 330)."""
    subtype = _SUBTYPES.get(re.split("[:-]", part)[0])
    kind = f"/Subtype /{subtype} " if subtype else ""
    return f"/Artifact <</Type /Pagination {kind}>> BDC q {form} Do Q EMC\n"


def _contents(resources: Object) -> Iterator[Object]:
    """Give the streams in resources that may have resources of their own."""
    yield from (each for _, each in resources.get("/XObject", Dictionary()).items())
    for _, pattern in resources.get("/Pattern", Dictionary()).items():
        if isinstance(pattern, Stream):
            yield pattern
    for _, state in resources.get("/ExtGState", Dictionary()).items():
        mask = state.get("/SMask")
        if isinstance(mask, Dictionary) and "/G" in mask:
            yield mask.G


def _feed(digest: hashlib._Hash, value: object) -> None:
    """Digest an object with all that it leads to."""
    match value:
        case Stream():
            _feed(digest, value.stream_dict)
            digest.update(value.read_raw_bytes())
        case Dictionary():
            for key, item in sorted(value.items()):
                digest.update(key.encode())
                if key == "/Font":  # the volume's, which are one object for each set of fonts
                    digest.update(repr(item.objgen).encode())
                else:
                    _feed(digest, item)
            digest.update(b">>")
        case Array():
            for item in value:
                _feed(digest, item)
            digest.update(b"]")
        case _:
            digest.update(repr(value).encode())
