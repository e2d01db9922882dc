"""Step 1, load: blocks of Markdown that a profile does not hold, and lists that count wrongly."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

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
