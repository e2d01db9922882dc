"""Step 1, load: blocks of Markdown that a profile does not hold, and lists that count wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from mgi_report.content.places import Offsets
from mgi_report.diagnostics import Diagnostic, Rule

_UNDERLINE = re.compile(r"\n=+[ \t]*(?=\n|$)")
_LINK_DEFINITION = re.compile(r"\[[^\]]+\]:\s")
_REFUSED = {
    "code_block": (
        "Four spaces at the beginning of a line make program code of it.",
        "Take the spaces away.",
    ),
    "fence": (
        "Backticks or tildes mark program code, which a profile does not have.",
        "For a box, write ::: name … :::.",
    ),
    "hr": (
        "A line of dashes or asterisks has no meaning here.",
        "Delete it; a heading is written ## Words.",
    ),
}


def refusal(token: Token) -> tuple[str, str | None]:
    """Give the message and the hint for a block that a profile cannot hold."""
    return _REFUSED.get(token.type, (f"A profile cannot hold this ({token.type}).", None))


def refused_in(paragraph: str, places: Offsets) -> Iterator[Diagnostic]:
    """Find what is no paragraph elsewhere: the address of a link, a heading with a line below."""
    if match := _LINK_DEFINITION.match(paragraph):
        message = f'Link definitions such as "{match[0].strip()}" are not used here.'
        hint = "Write the address where the link stands: [words](https://…)."
        yield Diagnostic(Rule.MARKDOWN_PARSES, message, places.start, hint)
    if match := _UNDERLINE.search(paragraph):
        message, span = "Headings are not underlined here.", places.at(match.start() + 1)
        hint = "Write ## Words, and delete this line."
        yield Diagnostic(Rule.MARKDOWN_PARSES, message, span, hint)


def misnumbered(items: Sequence[Token]) -> tuple[Token, str] | None:
    """Find the first item of a numbered list whose number is not the one printed.

    Numbers count up from the first, or are all the same.
    """
    numbers = [int(item.info) for item in items if item.info.isdecimal()]
    if len(numbers) < len(items) or len(set(numbers)) == 1:
        return None
    for printed, (number, item) in enumerate(zip(numbers, items, strict=True), start=numbers[0]):
        if number != printed:
            return item, f"This item has the number {number}, but {printed} would be printed."
    return None
