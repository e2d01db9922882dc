"""The fonts of a site: of each, the letters that its pages print and no others, as WOFF2."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import unescape
from io import BytesIO

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from mgi_report.layout.model import FontFile, Layout

WEIGHTS = (400, 600)
"""The weights that pages of the web are set in."""

_TAGS = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.DOTALL)


def printed(pages: Sequence[str]) -> frozenset[str]:
    """Give all characters that pages print, in attributes and capitals too."""
    text = unescape("".join(f"{page}{_TAGS.sub('', page).upper()}" for page in pages))
    return frozenset(text) | frozenset(map(chr, range(0x20, 0x7F)))


def letters(
    layout: Layout, files: Mapping[str, bytes], lang: str, characters: frozenset[str]
) -> list[tuple[FontFile, bytes]]:
    """Give the fonts that set characters in a language, with those of their letters that do.

    Each sets what those before it lack.
    """
    made = []
    for weight in WEIGHTS:
        left = characters
        for font in layout.fonts_of(weight, lang):
            mine = frozenset(left - set(font.without)) & _has(files[font.path])
            left -= mine
            if mine - {" "}:
                made.append((font, _subset(files[font.path], mine)))
    return made


@lru_cache(maxsize=32)
def _has(font: bytes) -> frozenset[str]:
    return frozenset(map(chr, TTFont(BytesIO(font), lazy=True).getBestCmap()))


@lru_cache(maxsize=64)
def _subset(font: bytes, characters: frozenset[str]) -> bytes:
    options = Options(
        flavor="woff2", hinting=False, recalc_timestamp=False, notdef_outline=True, name_IDs=[]
    )
    options.drop_tables += ["meta"]  # which it cannot cut, and says so
    made = TTFont(BytesIO(font), recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=map(ord, sorted(characters)))
    subsetter.subset(made)
    made.flavor = "woff2"
    out = BytesIO()
    made.save(out)
    return out.getvalue()
