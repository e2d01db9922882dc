"""The barcode of an ISBN: EAN-13 (GS1 General Specifications, 5.2.3), drawn as SVG.

Lengths are in modules, the width of the thinnest bar; with its quiet zones the code is 113 wide.
"""

from __future__ import annotations

from itertools import groupby

QUIET = 11
"""Free modules before the first bar; 7 must be behind the last."""
_LEFT = "0001101 0011001 0010011 0111101 0100011 0110001 0101111 0111011 0110111 0001011".split()  # noqa: SIM905  as the standard's table shows them
"""Digits of set A; set C has bars for spaces, and B is C from the right."""
_SETS = (
    *("AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB"),
    *("ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA"),
)
"""The sets of the six digits on the left, which say the first digit."""
_GUARDS = (range(3), range(45, 50), range(92, 95))
"""Modules of the bars that reach down between the figures."""


def modules(number: str) -> str:
    """Give the 95 modules of a number of 13 digits: 1 is a bar, 0 a space."""
    first, left, right = int(number[0]), number[1:7], number[7:]
    halves = [
        "".join(_digit(int(each), kind) for each, kind in zip(left, _SETS[first], strict=True)),
        "".join(_digit(int(each), "C") for each in right),
    ]
    return f"101{halves[0]}01010{halves[1]}101"


def barcode(isbn: str, height: float = 60.0) -> str:
    """Give the path of the bars, `height` long; those at the ends and the middle 5 more."""
    path, place = "", 0
    for bar, run in groupby(modules(isbn.replace("-", ""))):
        width = len(list(run))
        if bar == "1":
            length = height + 5 if any(place in guard for guard in _GUARDS) else height
            path += f"M{QUIET + place} 0h{width}v{length:g}h-{width}z"
        place += width
    return path


def _digit(digit: int, kind: str) -> str:
    if kind == "A":
        return _LEFT[digit]
    inverted = _LEFT[digit].translate(str.maketrans("01", "10"))
    return inverted if kind == "C" else inverted[::-1]
