"""Characters that no reader sees, and that have no business in a text.

They come along with what is pasted, or hide something: U+202E turns a sentence round. What is
refused are controls but tab and line's end, all characters of format (general category Cf, The
Unicode Standard 4.5), separators of lines and paragraphs, surrogates, and what is no character.
Of the format characters a soft hyphen stays, and those that are seen, such as Arabic number signs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_JOINING = "\u200c\u200d"
_UNSEEN = (
    "\u180e\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffc"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_LAST_OF_PLANES = "".join(map(chr, range(0xFFFF, 0x110000, 0x10000)))
_NONE = "\ud800-\udfff\ufdd0-\ufdef" + "".join(
    f"{chr(ord(last) - 1)}{last}" for last in _LAST_OF_PLANES
)
_SUSPECT = re.compile(f"[{_CONTROL}{_TURNING}{_JOINING}{_UNSEEN}{_NONE}\ufffd]")

_JOINED_SCRIPTS = frozenset(
    """
    ADLAM ARABIC BALINESE BENGALI DEVANAGARI GUJARATI GURMUKHI JAVANESE KANNADA KHMER MALAYALAM
    MANDAIC MONGOLIAN MYANMAR NKO ORIYA PHAGS-PA SINHALA SYRIAC TAMIL TELUGU TIBETAN
    """.split()  # noqa: SIM905 - shorter than a list
)
"""Scripts, as Unicode's names of characters begin with them, in which U+200C and U+200D change how
letters are written: those that join their letters, and those of India and its neighbours (The
Unicode Standard 23.2). In all others, Latin too, the two do nothing that can be seen."""


@dataclass(frozen=True, slots=True)
class Unwanted:
    """A character that should not be in a text."""

    offset: int
    """Where it stands."""
    kind: str
    """Those of one kind are told together: "U+202E", "tag"."""
    message: str
    hint: str


@lru_cache(maxsize=256)  # files that did not change are not looked through again
def unwanted(text: str) -> tuple[Unwanted, ...]:
    """Find the characters of a text that no reader sees."""
    return tuple(_unwanted(text))


def _unwanted(text: str) -> Iterator[Unwanted]:
    for match in _SUSPECT.finditer(text):
        character, offset = match[0], match.start()
        if character in _JOINING and _is_joined(text[:offset][-1:]):
            continue
        kind = "tag" if _is_tag(character) else f"U+{ord(character):04X}"
        yield Unwanted(offset, kind, *_words(character))


def without(text: str, found: Sequence[Unwanted]) -> str:
    """Take the characters that were found out of a text."""
    ends = [*(each.offset for each in found), len(text)]
    starts = [0, *(each.offset + 1 for each in found)]
    return "".join(text[start:end] for start, end in zip(starts, ends, strict=True))


def _is_joined(before: str) -> bool:
    """Say whether the character before is one of a script that joins its letters."""
    name = unicodedata.name(before, "") if before else ""
    return name.split(" ")[0] in _JOINED_SCRIPTS


def _words(character: str) -> tuple[str, str]:
    code = f"U+{ord(character):04X}"
    category = unicodedata.category(character)
    if category == "Cc":
        return f"The control character {code} stands here; it cannot be printed.", "Delete it."
    if category in ("Cn", "Cs") and not _is_tag(character):
        return f"{code} stands here, which is no character.", "Delete it."
    named = f"The character {code} ({_name(character)}) stands here"
    if character == "\ufffd":
        return (
            f"{named}: a letter was lost when the file was saved.",
            "Type the letter that should stand here.",
        )
    if re.match(f"[{_TURNING}]", character):
        return (
            f"{named}; nobody sees it, and it can turn round the order of what follows.",
            "Delete it; words in another language are written [words]{lang=ar}.",
        )
    return f"{named}; nobody sees it.", "Delete it; it came along with pasted text."


def _name(character: str) -> str:
    return unicodedata.name(character, "TAG" if _is_tag(character) else "UNNAMED")


def _is_tag(character: str) -> bool:
    return "\U000e0000" <= character <= "\U000e007f"
