"""Step 5, bind: pictures of pixels in the inks of a press (ISO 32000-1, 8.9.5)."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Name, Object, Stream

from mgi_report.pages.plates.inks import Inks

_QUALITY = 95
"""Of photographs that are written again as JPEG: no loss is seen in print."""
_GREY, _INKS = 1, 4
"""Parts that a colour has."""
_PLAIN = {"/DeviceGray": _GREY, "/CalGray": _GREY, "/DeviceCMYK": _INKS}


def ink_picture(picture: Stream, inks: Inks) -> None:
    """Change a picture to the inks of a press; greys stay, and are printed with black alone."""
    if _stays(picture):
        return
    is_photograph = picture.get("/Filter") == Name.DCTDecode
    _write(picture, inks.picture(_seen(picture)), is_photograph=is_photograph)


def grey_picture(picture: Stream) -> None:
    """Change a picture in a mask to greys."""
    if not _stays(picture) or _parts(picture.get("/ColorSpace")) == _INKS:
        _write(picture, _seen(picture).convert("L"), is_photograph=False)


def _stays(picture: Stream) -> bool:
    """Say whether a picture needs no change, but perhaps another name for its colours."""
    if picture.get("/ImageMask", False):
        return True
    space = picture.get("/ColorSpace")
    parts = _parts(space)
    if parts is None:
        return False
    picture.ColorSpace = Name.DeviceGray if parts == _GREY else Name.DeviceCMYK
    return True


def _parts(space: Object | None) -> int | None:
    """Count the parts of a colour where they are greys or inks already."""
    if isinstance(space, Array):
        if space[0] == Name.ICCBased:
            parts = int(space[1].N)
            return parts if parts in (_GREY, _INKS) else None
        return _PLAIN.get(str(space[0]))
    return _PLAIN.get(str(space))


def _seen(picture: Stream) -> Any:
    return pikepdf.PdfImage(picture).as_pil_image().convert("RGB")


def _write(picture: Stream, pixels: Any, *, is_photograph: bool) -> None:
    for key in ("/DecodeParms", "/Decode", "/Intent"):
        if key in picture:
            del picture[key]
    picture.ColorSpace = Name.DeviceGray if pixels.mode == "L" else Name.DeviceCMYK
    picture.BitsPerComponent = 8
    if is_photograph:
        out = BytesIO()
        pixels.save(out, "JPEG", quality=_QUALITY, subsampling=0)
        picture.write(out.getvalue(), filter=Name.DCTDecode)
        picture.Decode = Array([1, 0] * _INKS)  # Pillow writes inks the other way round, as Adobe
    else:
        picture.write(zlib.compress(pixels.tobytes()), filter=Name.FlateDecode)
