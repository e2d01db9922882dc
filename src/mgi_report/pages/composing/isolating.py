"""Words and numbers that run against the text around them, set apart from it.

Without it "World Bank، 2019أ" is parted in an Arabic text, the letter at one end and the year at
the other, the point of "John A." comes before the name, and the number of a law is turned round.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape, unescape

from mgi_report.content.brackets import CLOSING, OPENING, closed
from mgi_report.content.words import NARROW, NBSP
from mgi_report.pages.composing.ties import JOINER
from mgi_report.pages.composing.walking import walked

_DIRECTION = re.compile(r'\sdir="(ltr|rtl)"')
_ADDRESS = re.compile(r'class="address"')
_NO_WORDS = frozenset({"head", "style", "svg"})

_LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufefc"
_SPACE = f"[ {NBSP}{NARROW}]"
_RAISED = "°²³¹⁰⁴-⁹₀-₉"
"""CO₂, km², 25°C."""
_OWN = rf"[{_LATIN}0-9{_RAISED}{JOINER}’'_]"
_TOKEN = rf"[+#@]?{_OWN}+(?:(?:[-/.:+@&–]|(?<=[0-9]),(?=[0-9])){_OWN}+)*(?:[+#]+(?!\w))?"
_INITIAL = r"(?:(?<=\b[A-Z])\.)?"
"""The point of "John A." and "D.C."."""
_BETWEEN = (
    rf"{_INITIAL}[%{re.escape(CLOSING)}]*[.,;:!?]?{_SPACE}(?:[–—&]{_SPACE})?[{re.escape(OPENING)}]*"
)
_HAS_LETTER = rf"(?=[-+#@/.,:&–0-9{_RAISED}{JOINER}]*[{_LATIN}])"
_LATIN_WORDS = rf"{_HAS_LETTER}{_TOKEN}(?:{_BETWEEN}{_TOKEN})*{_INITIAL}"
_YEAR_BEHIND = re.compile(rf"{_SPACE}\([^{_LATIN}]*\)$")
"""That of "IOM (2019)" stands behind the name as the text runs."""
_PHONE = rf"\+[0-9](?:[-{JOINER} {NBSP}{NARROW}]*[0-9])+|[0-9]{{2}}(?:{_SPACE}[0-9]{{2}}){{2,}}"
_FIGURE = r"[0-9]+(?:[.,:][0-9]+)*"
"""12, 1,200, 10.5, 10:30."""
_NUMBER = rf"{_FIGURE}(?:[-/]{JOINER}?{_FIGURE})+"
_A_FIGURE = re.compile(_FIGURE)
_SIGNED = rf"(?:(?<![\w.,/])-|(?<![{_LATIN}0-9.,/])[+−±]){JOINER}?{_FIGURE}"
"""−5, ±0.5: the sign stands at the left."""
_OF_HUNDRED = rf"{_FIGURE}(?={JOINER}?{_SPACE}?%)"
"""5%: the mark stands at the left, also where no letter stands before."""
_FIGURES = rf"(?P<figures>{_PHONE}|{_NUMBER}|{_SIGNED}|{_OF_HUNDRED})(?![0-9])"
_TURNED = re.compile(rf"(?<![{_LATIN}0-9])(?:{_LATIN_WORDS}|{_FIGURES})")
_ARABIC_WORD = rf"[{_RIGHT_TO_LEFT}][{_RIGHT_TO_LEFT}{JOINER}]*"
_ARABIC_WORDS = re.compile(rf"{_ARABIC_WORD}(?:{_SPACE}{_ARABIC_WORD})*")


def isolated(html: str, before_numbers: Iterable[str]) -> str:
    """Set runs of the other direction apart in a page; `before_numbers` stand before those of laws.

    A range of years stays in the direction of the text: 2016–2020 is read from the right in Arabic.
    """
    if 'dir="rtl"' not in html and not _ARABIC_WORDS.search(html):  # most pages
        return html
    law = re.compile(rf"(?:{'|'.join(map(re.escape, before_numbers)) or '(?!)'}):?{_SPACE}$")
    return "".join(_pieces(html, law))


def _pieces(html: str, law: re.Pattern[str]) -> Iterator[str]:
    for piece, direction in walked(html, "", _entered):
        yield _set_apart(piece, direction, law) if direction else piece


def _entered(name: str, tag: str, around: str) -> str:
    """Give the direction of the words in an element; "" where no words stand."""
    if name in _NO_WORDS:
        return ""
    if said := _DIRECTION.search(tag):
        return said[1]
    return "ltr" if _ADDRESS.search(tag) else around


def _set_apart(words: str, direction: str, law: re.Pattern[str]) -> str:
    plain = unescape(words)
    if direction == "rtl":
        return _wrapped(plain, _TURNED, lambda run: _in_order(run, law))
    if _ARABIC_WORDS.search(plain):
        return _wrapped(plain, _ARABIC_WORDS, lambda run: (_run(run[0], "rtl"), run.end()))
    return words


def _in_order(run: re.Match[str], law: re.Pattern[str]) -> tuple[str, int]:
    """Set a run apart, of a range each of its figures: 01-016 is a number, 12-15 is a range."""
    first, hyphen, last = (run["figures"] or "").partition("-")
    last = last.lstrip(JOINER)
    is_range = _A_FIGURE.fullmatch(first) and _A_FIGURE.fullmatch(last) and first[0] != "0"
    if not is_range or _value(first) >= _value(last) or law.search(run.string[: run.start()]):
        end = closed(run.string, run.start(), run.end())
        words = _YEAR_BEHIND.sub("", run.string[run.start() : end])
        return _run(words, "ltr"), run.start() + len(words)
    # At the beginning of a line WeasyPrint takes the figures for a number.
    return f"{_run(first, 'ltr')}{hyphen}{JOINER}{_run(last, 'ltr')}", run.end()


def _value(figure: str) -> list[int]:
    """Give what figures are compared by: 10:30 comes before 12:30, 900 before 1,500."""
    return [int(part) for part in re.split(r"[.:,]", re.sub(r",(?=[0-9]{3}\b)", "", figure))]


def _run(words: str, direction: str) -> str:
    return f'<bdi dir="{direction}">{escape(words, quote=False)}</bdi>'


def _wrapped(
    plain: str, pattern: re.Pattern[str], change: Callable[[re.Match[str]], tuple[str, int]]
) -> str:
    """Change what a pattern finds; `change` says how far it went, too."""
    pieces, end = [], 0
    while run := pattern.search(plain, end):
        changed, next_end = change(run)
        pieces += [escape(plain[end : run.start()], quote=False), changed]
        end = next_end
    return "".join(pieces) + escape(plain[end:], quote=False)
