"""Signs that Word keeps as the place of a picture in a font, such as ≥ in Symbol, as characters."""

from __future__ import annotations

UNKNOWN = "\ufffd"
"""Stands for a sign that only its font knows."""
_SYMBOL = dict(
    (
        *enumerate(
            " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟ"
            "ΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
            start=0x20,
        ),
        *enumerate(
            "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪",
            start=0xA0,
        ),
        *enumerate("⟩∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭", start=0xF1),
    )
)
"""The encoding of the font Symbol, as Unicode has it (Adobe's table, symbol.txt)."""
_WINGDINGS = {
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0xA7: "▪",
    0xA8: "◻",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}


def sign_of(font: str, code: str) -> str:
    """Give the character of a sign by its font and hexadecimal place, `UNKNOWN` of one not known.

    Word adds F000 to the places of fonts that have pictures for letters.
    """
    try:
        place = int(code, 16)
    except ValueError:
        return UNKNOWN
    signs = _FONTS.get(font.strip().casefold())
    if signs is not None:
        return signs.get(place & 0xFF, UNKNOWN)
    is_character = 0x20 <= place < 0xD800 or 0xF900 <= place < 0xFFFE
    return chr(place) if is_character else UNKNOWN
