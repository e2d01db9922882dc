"""The figures of languages that do not write 0 to 9, put in last, in the finished HTML.

Words in Latin letters, addresses and telephone numbers keep theirs: COVID-19.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape

from mgi_report.content.words import NARROW, NBSP, Language
from mgi_report.pages.composing.ties import JOINER
from mgi_report.pages.composing.walking import walked

_LANG = re.compile(r'\slang="([^"]*)"')
_APART = re.compile(r'<bdi dir="ltr">|class="address"')
_NO_WORDS = frozenset({"head", "style"})
_DIGITS = {"arabic-indic": "٠١٢٣٤٥٦٧٨٩"}
_KEPT = re.compile(r"[A-Za-zÀ-ɏ@]|\+(?:[^\d%]*\d){7}|\d\d(?:\s\d\d){2}")
"""What has one of these is no figure of the language."""
_THOUSANDS = re.compile(rf"(?<=\d)[,{NBSP}{NARROW}](?=\d{{3}}(?!\d))")
_DECIMALS = re.compile(r"(?<![\d.,٬])(\d[\d٬]*)\.(?=\d+(?![\d.]))")
_PERCENT = re.compile(r"(?:(?<=\d)|^)(\s?)%")
"""Behind a figure, which may have been set apart."""
_NUMBER = re.compile(r'class="(?:[^"]* )?number[ "]')
"""The number of a section or a target, whose point parts no fraction."""
_PART = re.compile(rf"[\d٫٬]+|[^\d{JOINER}]+|{JOINER}")


@dataclass(frozen=True, slots=True)
class _Figures:
    """How a language writes figures."""

    digits: dict[int, int]
    named: re.Pattern[str]
    """What stands before the number of a section or a target."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of an element."""

    lang: str = ""
    """"" where none stand."""
    is_apart: bool = False
    is_number: bool = False
    """Whether they are the number of a section or a target."""


def with_own_figures(html: str, languages: Mapping[str, Language]) -> str:
    """Write the figures of a page as the languages of its words have them."""
    own = {
        tag: _Figures(
            str.maketrans("0123456789", _DIGITS[language.figures]),
            re.compile(rf"(?<!\w)(?:{_any(language.short_beginnings)})?(?:{named})\s$"),
        )
        for tag, language in languages.items()
        if language.figures in _DIGITS
        for named in [_any(language.before_figures) or "(?!)"]
    }
    return "".join(_pieces(html, own)) if own else html


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


def _pieces(html: str, own: Mapping[str, _Figures]) -> Iterator[str]:
    for piece, words_of in walked(html, _Words(), _entered):
        if words_of is None or words_of.lang not in own or not re.search(r"[\d%]", piece):
            yield piece
            continue
        words = unescape(piece)
        if words_of.is_apart and _KEPT.search(words):
            yield piece
        else:
            yield _written(words, own[words_of.lang], words_of)


def _entered(name: str, tag: str, around: _Words) -> _Words:
    said = _LANG.search(tag)
    lang = "" if name in _NO_WORDS else said[1] if said else around.lang
    return _Words(
        lang,
        is_apart=around.is_apart or bool(_APART.search(tag)),
        is_number=around.is_number or bool(_NUMBER.search(tag)),
    )


def _written(words: str, own: _Figures, of: _Words) -> str:
    def fraction(match: re.Match[str]) -> str:
        is_number = of.is_number or own.named.search(match.string[: match.start()])
        return match[0] if is_number else f"{match[1]}٫"

    words = _PERCENT.sub(r"\1٪", _DECIMALS.sub(fraction, _THOUSANDS.sub("٬", words)))
    if not of.is_apart:
        return escape(words.translate(own.digits), quote=False)
    # The parts of 01-016 would change places: each is set apart, so that the whole runs on.
    return "".join(
        f'<bdi dir="ltr">{part.translate(own.digits)}</bdi>' if part[0].isdigit() else escape(part)
        for part in _PART.findall(words)
    )
