"""Step 3, compose: what templates do with words, plain or as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import unescape

from markupsafe import Markup

from mgi_report.content.words import Language
from mgi_report.pages.composing import ties

_TAG = re.compile(r"(<[^>]*>)")
_NOTE = 'role="doc-footnote"'
_BLOCKS = re.compile(r"\s*</(?:p|li|h\d|dt|dd|tr|figcaption)>\s*|<br>")


def tied(text: str, language: Language) -> Markup:
    """Tie plain words that belong on one line."""
    return Markup.escape(ties.tie(str(text), language))


def closed(text: str, language: Language) -> Markup:
    """Tie the plain words of a caption, and those at its end: no short word stands there alone."""
    return Markup.escape(ties.tie_end(ties.tie(str(text), language), ties.FEW_LINES))


def display(text: str, language: Language) -> Markup:
    """Tie a title, plain or as HTML."""
    return _in_words(text, lambda words: ties.tie_title(words, language))


def whole(text: str) -> Markup:
    """Keep words with hyphens on one line."""
    return _in_words(text, lambda words: words.replace("-", f"-{ties.JOINER}"))


def numbered(numbers: Iterable[int], language: Language) -> Markup:
    """Join the numbers of a section; unlike a point, a hyphen goes the way of the language."""
    mark = language.section_numbers
    if mark == ".":
        return Markup(mark.join(map(str, numbers)))
    return Markup.escape(mark).join(Markup("<bdi>{}</bdi>").format(each) for each in numbers)


def running(text: str) -> str:
    """Give the words of a text as they run, plain: a line for each block, without notes."""
    pieces: list[str] = []
    inside = 0
    for piece in _TAG.split(_BLOCKS.sub("<br>", text)):
        if piece.startswith("<span") and (inside or _NOTE in piece):
            inside += 1
        elif inside:
            inside -= piece == "</span>"
        elif piece == "<br>":
            pieces.append("\n")
        elif piece[:1] != "<":
            pieces.append(piece)
    return unescape("".join(pieces)).strip("\n")


def _in_words(text: str, change: Callable[[str], str]) -> Markup:
    """Change a text, plain or as HTML, whose tags stay as they are."""
    pieces = _TAG.split(Markup.escape(text))
    return Markup("".join(change(piece) if piece[:1] != "<" else piece for piece in pieces))
