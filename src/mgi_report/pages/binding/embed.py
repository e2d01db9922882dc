"""Step 5, bind: each font once, cut down to the glyphs that the volume uses.

Sections name a glyph by its number in the font file. The subset keeps these numbers, so that the
content streams stay right whichever sections are bound together.

Sources: ISO 32000-1, 9.6 to 9.10; ISO 19005-3, 6.2.11; the OpenType specification for the tables.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import uharfbuzz as hb

from mgi_report.diagnostics import Diagnostic, Rule
from mgi_report.pages.binding.objects import Objects, name, number, numbers, reference
from mgi_report.pages.model import FontUse
from mgi_report.pages.typeface import read_font

# Needed to set text, not to show it: layout, names, mapping of characters.
_LAYOUT_TABLES = (
    "BASE", "DSIG", "GDEF", "GPOS", "GSUB", "JSTF", "LTSH", "MATH", "OS/2", "PCLT", "STAT",
    "VDMX", "cmap", "gasp", "hdmx", "kern", "meta", "name", "post", "vhea", "vmtx",
)  # fmt: skip
_ITALIC, _SYMBOLIC, _SERIF, _FIXED_PITCH = 1 << 6, 1 << 2, 1 << 1, 1 << 0
"""Flags of a font descriptor (ISO 32000-1, table 123)."""
_SERIF_CLASSES = (1, 2, 3, 4, 5, 7)
"""Upper byte of sFamilyClass in the OS/2 table: the classes that have serifs."""


@dataclass(frozen=True, slots=True)
class _Metrics:
    """What a font file says of the font as a whole; lengths in thousandths of the size."""

    name: str
    box: tuple[float, float, float, float]
    ascent: float
    descent: float
    cap_height: float
    italic_angle: float
    weight: int
    flags: int


def embed(
    objects: Objects, uses: Iterable[FontUse], files: Mapping[str, bytes]
) -> tuple[dict[str, int], list[Diagnostic]]:
    """Embed the fonts in use; give the number of each one's Type 0 font by the file's digest.

    `files` holds the font files by `FontUse.path`.
    """
    glyphs: dict[str, dict[int, str]] = {}
    paths: dict[str, str] = {}
    for use in uses:
        paths.setdefault(use.digest, use.path)
        characters = glyphs.setdefault(use.digest, {})
        for glyph, meaning in use.glyphs.items():
            known = characters.get(glyph)
            if known is None or _plainness(meaning) < _plainness(known):
                characters[glyph] = meaning
    numbers_of_fonts = {}
    diagnostics = []
    for digest in sorted(paths):
        file = files.get(paths[digest])
        if file is None:
            message = f'There is no font file "{paths[digest]}" to embed.'
            diagnostics.append(Diagnostic(Rule.FONTS_ARE_EMBEDDED, message))
        else:
            numbers_of_fonts[digest] = _embed(objects, digest, file, glyphs[digest])
    return numbers_of_fonts, diagnostics


def _plainness(meaning: str) -> tuple[bool, int, str]:
    """Order what sections say of one glyph: a hyphen before a soft hyphen, nothing at the end."""
    return not meaning, len(meaning), meaning


def _embed(objects: Objects, digest: str, file: bytes, glyphs: Mapping[int, str]) -> int:
    used = tuple(sorted(glyphs))
    metrics = _metrics(file)
    font = read_font(file)
    assert font is not None  # pages were painted with it
    real = {glyph: glyph if glyph < font.glyph_count else font.silent or 0 for glyph in used}
    program, widths = _subset(file, tuple(sorted({*real.values()})))
    width_of = dict(zip(sorted({*real.values()}), widths, strict=True))
    own_widths = [width_of[real[glyph]] for glyph in used]
    mapping = "/Identity"
    if any(glyph != number for number, glyph in real.items()):
        table = b"".join(real.get(number, 0).to_bytes(2) for number in range(used[-1] + 1))
        mapping = f" {reference(objects.add_stream(table))}"
    font_name = name(f"{_tag(digest, used)}+{metrics.name}")
    if program.startswith(b"OTTO"):
        kind, key, entries = "CIDFontType0", "FontFile3", "/Subtype/OpenType"
    else:
        kind, key = f"CIDFontType2/CIDToGIDMap{mapping}", "FontFile2"
        entries = f"/Length1 {len(program)}"
    font_file = objects.add_stream(program, entries)
    descriptor = objects.add(
        f"<</Type/FontDescriptor/FontName{font_name}/Flags {metrics.flags}"
        f"/FontBBox{numbers(metrics.box)}/ItalicAngle {number(metrics.italic_angle)}"
        f"/Ascent {number(metrics.ascent)}/Descent {number(metrics.descent)}"
        f"/CapHeight {number(metrics.cap_height)}/StemV {_stem(metrics.weight)}"
        f"/{key} {reference(font_file)}>>"
    )
    descendant = objects.add(
        f"<</Type/Font/Subtype/{kind}/BaseFont{font_name}"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/DW 0/W{_width_array(used, own_widths)}/FontDescriptor {reference(descriptor)}>>"
    )
    characters = objects.add_stream(_to_unicode(glyphs))
    return objects.add(
        f"<</Type/Font/Subtype/Type0/BaseFont{font_name}/Encoding/Identity-H"
        f"/DescendantFonts[{reference(descendant)}]/ToUnicode {reference(characters)}>>"
    )


def _tag(digest: str, used: Sequence[int]) -> str:
    """Make the six letters that tell subsets of one font apart (ISO 32000-1, 9.6.4)."""
    seed = hashlib.sha256(f"{digest} {used}".encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in seed[:6])


def _stem(weight: int) -> int:
    """Guess the width of stems from the weight: a TrueType file does not say."""
    return round(50 + (weight / 65) ** 2)


@lru_cache(maxsize=64)
def _subset(file: bytes, used: tuple[int, ...]) -> tuple[bytes, tuple[float, ...]]:
    """Cut a font down to the glyphs used; give it with their widths, thousandths of the size."""
    face = hb.Face(hb.Blob(file))
    font = hb.Font(face)
    widths = tuple(font.get_glyph_h_advance(glyph) * 1000 / face.upem for glyph in used)
    emptied = hb.SubsetPlan(face, _wish(used))
    # The first cut empties glyphs and keeps their places; the second drops the places after the
    # last glyph that is used, or is a part of one that is used.
    last = max(emptied.old_to_new_glyph_mapping)
    return bytes(hb.subset(emptied.execute(), _wish(range(last + 1))).blob.data), widths


def _wish(glyphs: Iterable[int]) -> hb.SubsetInput:
    """Ask for some glyphs, each in its place, and of the tables only for those that draw them."""
    wish = hb.SubsetInput()
    wish.glyph_set.update(glyphs)
    wish.drop_table_tag_set.update(
        int.from_bytes(table.encode("ascii"), "big") for table in _LAYOUT_TABLES
    )
    wish.flags = (
        hb.SubsetFlags.RETAIN_GIDS
        | hb.SubsetFlags.NO_HINTING
        | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        | hb.SubsetFlags.NOTDEF_OUTLINE
    )
    return wish


@lru_cache(maxsize=64)
def _metrics(file: bytes) -> _Metrics:
    """Read a font file's tables head, hhea, OS/2 and post."""
    face = hb.Face(hb.Blob(file))
    head, hhea, os2, post = (
        bytes(face.reference_table(table).data) for table in ("head", "hhea", "OS/2", "post")
    )
    per_unit = 1000 / face.upem
    ascent, descent = (value * per_unit for value in struct.unpack_from(">hh", hhea, 4))
    (italic_angle, _, _, fixed_pitch) = struct.unpack_from(">ihhI", post, 4)
    weight, family_class = struct.unpack_from(">H", os2, 4)[0], os2[30]
    (version,) = struct.unpack_from(">H", os2)
    cap_height = struct.unpack_from(">h", os2, 88)[0] * per_unit if version >= 2 else ascent
    flags = _SYMBOLIC  # its characters are not those of Latin text only
    flags |= _ITALIC if italic_angle else 0
    flags |= _FIXED_PITCH if fixed_pitch else 0
    flags |= _SERIF if family_class in _SERIF_CLASSES else 0
    x0, y0, x1, y1 = (value * per_unit for value in struct.unpack_from(">hhhh", head, 36))
    return _Metrics(
        name=face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or "Font",
        box=(x0, y0, x1, y1),
        ascent=ascent,
        descent=descent,
        cap_height=cap_height,
        italic_angle=italic_angle / 65536,
        weight=weight,
        flags=flags,
    )


def _width_array(used: Sequence[int], widths: Sequence[float]) -> str:
    """Write the widths of glyphs, runs of glyphs together (ISO 32000-1, 9.7.4.3)."""
    runs: list[str] = []
    previous = -2
    for glyph, width in zip(used, widths, strict=True):
        runs.append(number(width) if glyph == previous + 1 else f"]{glyph}[{number(width)}")
        previous = glyph
    return f"[{' '.join(runs).removeprefix(']')}{']' if runs else ''}]".replace(" ]", "]")


def _to_unicode(glyphs: Mapping[int, str]) -> bytes:
    """Write which characters each glyph stands for, of a ligature several (9.10.3)."""
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    entries = [
        f"<{glyph:04X}> <{meaning.encode('utf-16-be').hex().upper()}>"
        for glyph, meaning in sorted(glyphs.items())
        if meaning
    ]
    for start in range(0, len(entries), 100):  # no more in one go (Adobe technical note 5014)
        batch = entries[start : start + 100]
        lines += [f"{len(batch)} beginbfchar", *batch, "endbfchar"]
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode("ascii")
