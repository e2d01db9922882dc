"""A picture's file is whole, and needs no other file.

WeasyPrint prints what it can decode of a picture that was cut off, and leaves the rest black.
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from io import BytesIO

from mgi_report.content.svg_files import flaw_of_svg
from mgi_report.diagnostics import Diagnostic, Rule, Span

MOST_PIXELS = 80_000_000
"""An A3 page at 600 dots per inch has 70 million; Pillow warns from 89 million on."""

PIXELS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
"""How files of PNG and JPEG begin."""
_COMMENT = rb"<!--(?:(?!-->).)*-->"
_DOCTYPE = rb"<!DOCTYPE\s[^>\[]*(?:\[(?:(?!\]\s*>).)*\]\s*)?>"
"""What it names elsewhere is not fetched."""
_SVG_ROOT = re.compile(
    rb"\s*(?:<\?xml[^>]*>)?\s*(?:(?:" + _COMMENT + b"|" + _DOCTYPE + rb")\s*)*<svg[\s>]", re.DOTALL
)
_SVG_DECLARES = re.compile(rb"<!(?:ENTITY|ATTLIST|ELEMENT|NOTATION)")
_SVG_FETCHES = re.compile(
    rb"""<script|@import|(?:href|src)\s*=\s*["']\s*(?!\#|data:image/)[^"']|"""
    rb"""url\(\s*["']?(?!\#|["']|data:image/)""",
    re.IGNORECASE,
)


def flaw_of(content: bytes, path: str, span: Span) -> Diagnostic | None:
    """Say what is wrong with a picture's file; `span` is the place where it is named."""
    if content.startswith(PIXELS):
        return _flaw_of_pixels(content, path, span)
    if _SVG_ROOT.match(content.removeprefix(b"\xef\xbb\xbf")):
        return _flaw_of_svg(content, path, span)
    message = f'The file "{path}" is no PNG, JPEG or SVG picture.'
    return Diagnostic(Rule.PICTURE_EXISTS, message, span, "Save the picture as one of these.")


def _flaw_of_pixels(content: bytes, path: str, span: Span) -> Diagnostic | None:
    match _decoded(content):
        case "large":
            message = f'The picture "{path}" has more than {MOST_PIXELS // 1_000_000} megapixels.'
            hint = "Save it smaller; 300 dots per inch are enough for print."
            return Diagnostic(Rule.PICTURE_EXISTS, message, span, hint)
        case "broken":
            message = f'The picture "{path}" is damaged or was cut off.'
            hint = "Copy the file anew from where it came; see whether another program opens it."
            return Diagnostic(Rule.PICTURE_EXISTS, message, span, hint)
        case "deep":
            message = f'The picture "{path}" has 16 bits for each colour, which PDF cannot take.'
            hint = "Save it with 8 bits for each colour."
            return Diagnostic(Rule.PICTURE_EXISTS, message, span, hint)
    return None


@lru_cache(maxsize=16)
def _decoded(content: bytes) -> str:
    """Decode a picture from its first point to its last: "", "large", "deep" or "broken"."""
    from PIL import Image, ImageFile

    # WeasyPrint sets this for the whole process, and prints what is cut off.
    forgiving, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            # Of pictures that are too large Pillow only warns, up to a limit.
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(content), formats=("PNG", "JPEG", "MPO")) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    return "large"
                picture.load()
                if picture.mode.startswith(("I", "F")):
                    return "deep"
    except Image.DecompressionBombError:
        return "large"
    except Exception:  # noqa: BLE001  broken files make it stop with any of them
        return "broken"
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = forgiving
    return ""


@lru_cache(maxsize=64)
def _flaw_of_svg(content: bytes, path: str, span: Span) -> Diagnostic | None:
    if declared := _SVG_DECLARES.search(content):
        what = declared[0].decode()
        message = (
            f'The picture "{path}" has declarations of its own ("{what}"), which are not read.'
        )
        hint = (
            "Save it anew as plain SVG: in Illustrator without “Preserve Illustrator Editing "
            "Capabilities”, in Inkscape as “Plain SVG”."
        )
        return Diagnostic(Rule.PICTURE_EXISTS, message, span, hint)
    if fetched := _SVG_FETCHES.search(content):
        what = fetched[0].decode(errors="replace").strip()
        message = f'The picture "{path}" asks for other files or runs a script ("{what}").'
        hint = "Save it as plain SVG, with everything embedded."
        return Diagnostic(Rule.NO_NETWORK, message, span, hint)
    return flaw_of_svg(content, path, span)
