"""The figures of languages that do not write 0 to 9, put in last, in the finished HTML.

Words in Latin letters, addresses and telephone numbers keep theirs: COVID-19.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape

from mgi_report.content.words import NARROW, NBSP, Language
from mgi_report.pages.composing.ties import JOINER

_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-z][a-z0-9]*)", re.IGNORECASE)
_LANG = re.compile(r'\slang="([^"]*)"')
_APART = re.compile(r'<bdi dir="ltr">|class="address"')
_NO_WORDS = frozenset({"head", "style"})
_VOID = frozenset({"br", "img", "hr", "wbr", "col"})
_DIGITS = {"arabic-indic": "٠١٢٣٤٥٦٧٨٩"}
_KEPT = re.compile(r"[A-Za-zÀ-ɏ@]|\+(?:[^\d%]*\d){7}|\d\d(?:\s\d\d){2}")
"""What has one of these is no figure of the language."""
_THOUSANDS = re.compile(rf"(?<=\d)[,{NBSP}{NARROW}](?=\d{{3}}(?!\d))")
_DECIMALS = re.compile(r"(?<![\d.,٬])(\d[\d٬]*)\.(?=\d+(?![\d.]))")
_PERCENT = re.compile(r"(?:(?<=\d)|^)(\s?)%")
"""Behind a figure, which may have been set apart."""
_PART = re.compile(rf"[\d٫٬]+|[^\d{JOINER}]+|{JOINER}")


def with_own_figures(html: str, languages: Mapping[str, Language]) -> str:
    """Write the figures of a page as the languages of its words have them."""
    digits = {
        tag: str.maketrans("0123456789", _DIGITS[language.figures])
        for tag, language in languages.items()
        if language.figures in _DIGITS
    }
    return "".join(_pieces(html, digits)) if digits else html


def _pieces(html: str, digits: Mapping[str, dict[int, int]]) -> Iterator[str]:
    open_elements: list[tuple[str, str, bool]] = []
    for piece in _TAG.split(html):
        if piece[:1] == "<":
            _follow(piece, open_elements)
            yield piece
            continue
        _, lang, is_apart = open_elements[-1] if open_elements else ("", "", False)
        if lang not in digits or not re.search(r"[\d%]", piece):
            yield piece
            continue
        words = unescape(piece)
        if is_apart and _KEPT.search(words):
            yield piece
        else:
            yield _written(words, digits[lang], is_apart=is_apart)


def _written(words: str, digits: dict[int, int], *, is_apart: bool) -> str:
    words = _PERCENT.sub(r"\1٪", _DECIMALS.sub(r"\1٫", _THOUSANDS.sub("٬", words)))
    if not is_apart:
        return escape(words.translate(digits), quote=False)
    # The parts of 01-016 would change places: each is set apart, so that the whole runs on.
    return "".join(
        f'<bdi dir="ltr">{part.translate(digits)}</bdi>' if part[0].isdigit() else escape(part)
        for part in _PART.findall(words)
    )


def _follow(tag: str, open_elements: list[tuple[str, str, bool]]) -> None:
    """Keep which elements are open, each with its language and whether it stands apart."""
    named = _NAME.match(tag)
    if not named or named[1] in _VOID or tag.endswith("/>"):
        return
    name = named[1]
    if tag[1] == "/":
        while open_elements and open_elements.pop()[0] != name:
            pass
        return
    _, lang, is_apart = open_elements[-1] if open_elements else ("", "", False)
    if said := _LANG.search(tag):
        lang = said[1]
    if name in _NO_WORDS:
        lang = ""
    open_elements.append((name, lang, is_apart or bool(_APART.search(tag))))
