"""Step 4, typeset: photographs saved for a printing press, in four inks, are shown on screens too.

PDF/A takes DeviceCMYK only beside a profile of these inks (ISO 19005-3, 6.2.4.3); the volume's
colours are those of sRGB, so such pictures become so.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from io import BytesIO

_QUALITY = 92
"""Of the JPEG that is written again: no loss is seen."""


@lru_cache(maxsize=4)  # a cover's photograph is asked for at each making
def in_three_colours(picture: bytes) -> bytes:
    """Give a JPEG in four inks in sRGB, by its own profile where it has one; others as they are."""
    if not picture.startswith(b"\xff\xd8\xff"):
        return picture
    from PIL import Image, ImageCms

    with Image.open(BytesIO(picture), formats=("JPEG", "MPO")) as image:
        if image.mode != "CMYK":
            return picture
        shown = image.convert("RGB")
        if profile := image.info.get("icc_profile"):
            with suppress(ImageCms.PyCMSError, OSError):  # no profile, or one for other colours
                own = ImageCms.ImageCmsProfile(BytesIO(profile))
                screen = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
                shown = ImageCms.profileToProfile(image, own, screen, outputMode="RGB") or shown
    out = BytesIO()
    shown.save(out, "JPEG", quality=_QUALITY, subsampling=0, icc_profile=None)
    return out.getvalue()
