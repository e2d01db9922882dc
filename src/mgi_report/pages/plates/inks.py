"""Step 5, bind: what ink a colour gets on a press.

A colour of the layout gets what its designer chose. Black and grey are printed with black alone,
so that no coloured seam shows at small letters. All others go through the press's ICC profile:
relative to its paper, with the darkest black of the one for that of the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from io import BytesIO
from typing import Any, TypeAlias

from PIL import Image, ImageCms

from mgi_report.layout.model import Inks as Shares

Ink: TypeAlias = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, from 0 to 1."""

_STEPS = 255


class Inks:
    """What a press prints for colours."""

    def __init__(self, profile: bytes, screen: bytes, chosen: Mapping[str, Shares]) -> None:
        """Take the ICC profiles of press and screen, and the inks chosen for sRGB colours."""
        self._profile = profile
        self._screen = screen
        self._chosen = {_bytes_of(colour): _shares(shares) for colour, shares in chosen.items()}
        self._known: dict[tuple[int, int, int], Ink] = {}

    def of(self, red: float, green: float, blue: float) -> Ink:
        """Give the ink of an sRGB colour, whose parts are from 0 to 1."""
        colour = round(red * _STEPS), round(green * _STEPS), round(blue * _STEPS)
        if colour not in self._known:
            self._known[colour] = self._chosen.get(colour) or self._made(colour)
        return self._known[colour]

    def of_lab(self, lightness: float, a: float, b: float) -> Ink:
        """Give the ink of a colour in CIE Lab."""
        point = round(lightness * 2.55), round(a) + 128, round(b) + 128
        return _of_point(ImageCms.applyTransform(_point("LAB", point), self._from_lab))

    def picture(self, picture: Any) -> Any:
        """Give a Pillow picture in RGB in the inks of the press."""
        return ImageCms.applyTransform(picture, self._from_screen)

    def _made(self, colour: tuple[int, int, int]) -> Ink:
        red, green, blue = colour
        if red == green == blue:
            return 0.0, 0.0, 0.0, self._blacks[red]
        return _of_point(self.picture(_point("RGB", colour)))

    @cached_property
    def _blacks(self) -> list[float]:
        """How much black a grey gets: as light as it is between paper and full black."""
        greys = Image.merge("RGB", [_ramp()] * 3)
        none = Image.new("L", (256, 1))
        blacks = Image.merge("CMYK", [none, none, none, _ramp()])
        wanted = _lightness(ImageCms.applyTransform(greys, self._screen_to_lab))
        given = _lightness(ImageCms.applyTransform(blacks, self._to_lab))
        darkest = given[-1]
        scaled = [darkest + (given[0] - darkest) * light / wanted[-1] for light in wanted]
        return [
            min(range(256), key=lambda ink: (abs(given[ink] - light), ink)) / _STEPS
            for light in scaled
        ]

    @cached_property
    def _from_screen(self) -> Any:
        return _transform(_opened(self._screen), _opened(self._profile), "RGB", "CMYK")

    @cached_property
    def _from_lab(self) -> Any:
        return _transform(ImageCms.createProfile("LAB"), _opened(self._profile), "LAB", "CMYK")

    @cached_property
    def _to_lab(self) -> Any:
        return _transform(_opened(self._profile), ImageCms.createProfile("LAB"), "CMYK", "LAB")

    @cached_property
    def _screen_to_lab(self) -> Any:
        return _transform(_opened(self._screen), ImageCms.createProfile("LAB"), "RGB", "LAB")


@lru_cache(maxsize=4)
def inks_of(profile: bytes, screen: bytes, chosen: tuple[tuple[str, Shares], ...]) -> Inks:
    """Give the inks of a press; the same for the same, so that what they made can be kept."""
    return Inks(profile, screen, dict(chosen))


def _opened(profile: bytes) -> Any:
    return ImageCms.ImageCmsProfile(BytesIO(profile))


def _transform(source: Any, target: Any, given: str, wanted: str) -> Any:
    return ImageCms.buildTransform(
        source,
        target,
        given,
        wanted,
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


def _point(mode: str, colour: tuple[int, int, int]) -> Any:
    return Image.new(mode, (1, 1), colour)


def _of_point(picture: Any) -> Ink:
    cyan, magenta, yellow, black = picture.getpixel((0, 0))
    return cyan / _STEPS, magenta / _STEPS, yellow / _STEPS, black / _STEPS


def _ramp() -> Any:
    return Image.frombytes("L", (256, 1), bytes(range(256)))


def _lightness(picture: Any) -> list[int]:
    return list(picture.getchannel("L").tobytes())


def _bytes_of(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def _shares(shares: Shares) -> Ink:
    cyan, magenta, yellow, black = (share / 100 for share in shares)
    return cyan, magenta, yellow, black
