"""Step 6, audit: what a page paints, and how it is marked (ISO 32000-2, 14.6 and 14.8.2)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Stream

Identity: TypeAlias = tuple[int, int]
"""Number and generation of an object, which tell it from all others in the file."""

_Step: TypeAlias = tuple[str, tuple[Any, ...]]
"""An operator and its operands."""

_MARKS = "BDC BMC EMC"
_PAINTS = "Tj TJ ' \" f F f* B B* b b* S s sh Do INLINE IMAGE BI EI"
_READS = "Tf"
_ALWAYS = frozenset({*_MARKS.split(), "Do"})
"""What matters inside content too: what else begins there, and the forms that are painted."""
_FOOTERS = ("/Footer", "/PageNum")
"""Subtypes of artifacts that hold a folio (table 363)."""
_CHARACTER = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


@dataclass(slots=True)
class Painted:
    """What one content stream paints, with the forms that it uses."""

    content: list[tuple[Identity, int]] = field(default_factory=list)
    """Stream (the page's identity for its own content) and MCID of each piece of content."""
    parents: dict[Identity, int] = field(default_factory=dict)
    """Stream → its StructParents, where it has one."""
    loose: int = 0
    """How many operators paint what is neither content nor artifact."""
    tangled: int = 0
    """How often content stands inside an artifact or an artifact inside content."""
    footers: list[str] = field(default_factory=list)
    """Texts painted in artifacts at the foot of the page."""


@dataclass(frozen=True, slots=True)
class _Marks:
    """The marked-content sequences that are open."""

    contents: int = 0
    """How many of them are content."""
    has_artifact: bool = False
    has_footer: bool = False

    @property
    def is_any(self) -> bool:
        """Whether what is painted here is content or an artifact."""
        return self.has_artifact or self.contents > 0


def read_page(page: Page) -> Painted:
    """Read a page's content stream and the forms that it paints."""
    painted = Painted()
    if "/Contents" in page.obj:
        _read(page.obj, page.resources, page.obj.objgen, _Marks(), painted)
    return painted


def _read(
    stream: Object,
    resources: Object,
    identity: Identity,
    outer: _Marks,
    painted: Painted,
) -> None:
    """Read a stream that is painted inside the marks `outer`."""
    open_marks = [outer]
    marks = outer
    if "/StructParents" in stream:
        painted.parents[identity] = int(stream.StructParents)
    characters: dict[bytes, str] = {}
    for word, operands in _steps(stream):
        match word:
            case "BDC" | "BMC":
                marks = _mark(marks, operands, resources, identity, painted)
                open_marks.append(marks)
            case "EMC":
                if len(open_marks) > 1:
                    open_marks.pop()
                    marks = open_marks[-1]
            case "Tf":
                if marks.has_footer:
                    characters = characters_of(resources.Font[operands[0]])
            case "Do":
                form = resources.XObject[operands[0]]
                if form.get("/Subtype") == Name.Form:
                    inner = form.get("/Resources", resources)
                    _read(form, inner, form.objgen, marks, painted)
                else:
                    painted.loose += not marks.is_any
            case _:
                painted.loose += not marks.is_any
                if marks.has_footer and word in {"Tj", "TJ"}:
                    painted.footers.append("".join(decoded(operands, characters)))


_known: dict[bytes, tuple[_Step, ...]] = {}
"""The steps of streams that were read, by the digest of their bytes: most pages of a volume are
those of the volume before it. The one not asked for the longest goes first."""
_KNOWN = 512


def _steps(stream: Object) -> tuple[_Step, ...]:
    """Read the operators of a stream that matter here, with their operands as plain values."""
    source = Page(stream) if stream.get("/Type") == Name.Page else stream
    contents = stream.Contents if isinstance(source, Page) else stream
    digest = hashlib.sha256()
    for part in contents if isinstance(contents, Array) else [contents]:
        coded = part.read_raw_bytes()
        digest.update(
            f"{len(coded)} {part.get('/Filter')!r} {part.get('/DecodeParms')!r} ".encode()
        )
        digest.update(coded)
    key = digest.digest()
    steps = _known.pop(key, None)
    if steps is None:
        while len(_known) >= _KNOWN:
            del _known[next(iter(_known))]
        read = pikepdf.parse_content_stream(source, f"{_MARKS} {_PAINTS} {_READS}")
        steps = tuple(_that_matter(read))
    _known[key] = steps
    return steps


def _that_matter(read: Iterable[Any]) -> Iterator[_Step]:
    """Leave out what is painted inside content: it is owned, whatever the stream is part of."""
    are_content: list[bool] = []
    for each in read:
        word = str(each.operator)
        if word not in _ALWAYS and any(are_content):
            continue
        step = _step(word, list(each.operands))
        if word in {"BDC", "BMC"}:
            properties = step[1][1]
            are_content.append(not isinstance(properties, str) and properties[0] is not None)
        elif word == "EMC" and are_content:
            are_content.pop()
        yield step


def _step(word: str, operands: list[Any]) -> _Step:
    match word:
        case "BDC" | "BMC":
            tag = str(operands[0])
            properties = operands[1] if len(operands) > 1 else Dictionary()
            if isinstance(properties, Name):
                return word, (tag, str(properties))
            return word, (tag, _properties(properties))
        case "Tf" | "Do":
            return word, (str(operands[0]),)
        case "Tj" | "TJ":
            parts = operands[0] if isinstance(operands[0], Array) else operands[:1]
            # What is no number is a string; pikepdf takes long to tell what kind an object is.
            return word, tuple(bytes(part) for part in parts if isinstance(part, Object))
        case _:
            return word, ()


def _properties(properties: Object) -> tuple[int | None, str]:
    """Read what marked content says of itself: its MCID, and its subtype."""
    mcid = int(properties.MCID) if "/MCID" in properties else None
    return mcid, str(properties.get("/Subtype", ""))


def _mark(
    outer: _Marks,
    operands: tuple[Any, ...],
    resources: Object,
    identity: Identity,
    painted: Painted,
) -> _Marks:
    """Read what begins here; note its MCID, and whether it mixes content and artifacts.

    Source: ISO 14289-1, 7.1.
    """
    tag, found = operands
    mcid, subtype = _properties(resources.Properties[found]) if isinstance(found, str) else found
    is_content, is_artifact = mcid is not None, tag == "/Artifact"
    if mcid is not None:
        painted.content.append((identity, mcid))
    contents = outer.contents + is_content
    if contents > 1 or (is_content and outer.has_artifact) or (is_artifact and outer.contents > 0):
        painted.tangled += 1
    return _Marks(
        contents,
        outer.has_artifact or is_artifact,
        outer.has_footer or (is_artifact and subtype in _FOOTERS),
    )


def characters_of(font: Object) -> dict[bytes, str]:
    """Read which characters the codes of a font stand for, where it says so one by one."""
    return _meanings(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else {}


@lru_cache(maxsize=64)
def _meanings(content: bytes) -> dict[bytes, str]:
    return {
        bytes.fromhex(code.decode()): bytes.fromhex(meaning.decode()).decode("utf-16-be")
        for code, meaning in _CHARACTER.findall(content)
    }


def decoded(strings: tuple[Any, ...], characters: dict[bytes, str]) -> Iterator[str]:
    """Read strings in codes of two bytes."""
    for codes in strings:
        for start in range(0, len(codes), 2):
            yield characters.get(codes[start : start + 2], "\ufffd")


def fonts(pages: Iterable[Page]) -> Iterator[Object]:
    """Give the fonts that pages and their forms have; each lot of them that several share once."""
    seen: set[Identity] = set()
    for page in pages:
        yield from _fonts(page.resources, seen)


def _fonts(resources: Object, seen: set[Identity]) -> Iterator[Object]:
    named = resources.get("/Font", Dictionary())
    if not named.is_indirect or named.objgen not in seen:
        seen.add(named.objgen)
        yield from (font for _, font in named.items())
    for _, form in resources.get("/XObject", Dictionary()).items():
        if isinstance(form, Stream) and "/Resources" in form and form.objgen not in seen:
            seen.add(form.objgen)
            yield from _fonts(form.Resources, seen)
