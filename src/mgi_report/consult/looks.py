"""What a returned .docx asks for that is no change of words: styles, links, head and foot."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from urllib.parse import unquote

from mgi_report.consult.model import Block, Edit, Kind
from mgi_report.consult.placing import Unit
from mgi_report.consult.returned import Mark, Part, Returned, Stretch

_STYLES = {"lead": "Lead", "quote": "Quotation"}
_FEW = 3
"""Headings of which all may have been given another style by somebody."""

Link = tuple[str, str]
"""Where it leads, and its words."""


def style_of(block: Block) -> str:
    """Name the style of a block's paragraph in the Word file."""
    if block.kind == "heading":
        return f"Heading {min(max(block.level, 1), 4)}"
    if block.kind == "source":
        return "Source"
    if block.kind in ("caption", "description"):
        return "Figure Caption"
    return next((_STYLES[word] for word in block.look.split() if word in _STYLES), "Normal")


def styles_changed(units: Sequence[Unit], returned: Returned) -> Iterator[Edit]:
    """Give the blocks that have another style, and no tracked change that says so.

    Of a program that keeps none of our styles nothing is told but what became a heading.
    """
    kinds = {"heading", "paragraph", "source", "caption", "description"}
    here = [unit for unit in units if unit.blocks[0].kind in kinds]
    if lost_headings(units):
        here = [unit for unit in here if unit.blocks[0].kind != "heading"]
    for unit in here:
        block, part = unit.blocks[0], unit.parts[0]
        was, now = style_of(block), part.look
        is_heading = "heading" in (was.casefold()[:7], now[:7])
        is_ours = was.casefold() in returned.styles and now in _OURS
        if not part.style and now and now != was.casefold() and (is_heading or is_ours):
            yield _look(block, 0, block.text, f"style: {was} → {now.title()}", returned, part)


def lost_headings(units: Sequence[Unit]) -> int:
    """Count the headings of a file that has not kept the styles of most; 0 of one that has."""
    headings = [unit for unit in units if unit.blocks[0].kind == "heading"]
    counts = Counter(unit.parts[0].look[:7] == "heading" for unit in headings)
    return counts[False] if counts[False] > max(counts[True], _FEW) else 0


def links_changed(units: Sequence[Unit], returned: Returned) -> Iterator[Edit]:
    """Give the links that lead elsewhere, are new, or are none any longer though the words stay."""
    pairs = [(unit, _sent(unit), list(_now(unit))) for unit in units]
    if not any(now for _, _, now in pairs):
        return  # the program that saved it keeps no links
    for unit, sent, now in pairs:
        there = Counter(_plain(address) for address, _ in now)
        here = Counter(_plain(address) for address, _ in sent)
        gone = [each for each in sent if not there[_plain(each[0])]]
        come = [each for each in now if not here[_plain(each[0])]]
        yield from _links(unit, gone, come, returned)


def _links(
    unit: Unit, gone: Sequence[Link], come: list[Link], returned: Returned
) -> Iterator[Edit]:
    part = unit.parts[0]
    after = "\n\n".join(each.after for each in unit.parts)
    for address, words in gone:
        block = next((each for each in unit.blocks if words in each.text), unit.blocks[0])
        at = max(block.text.find(words), 0)
        same = next((each for each in come if each[1] == words), come[0] if come else None)
        if same:
            come.remove(same)
            said = f"link: {address} → {same[0]}"
            yield _look(block, at, words, said, returned, part)
        elif words in after:
            yield _look(block, at, words, f"no longer a link to {address}", returned, part)
    for address, words in come:
        holders = [each for each in unit.blocks if words in each.text]
        if holders:
            at = holders[0].text.find(words)
            yield _look(holders[0], at, words, f"link to {address}", returned, part)
        elif address not in after:  # else the new words say it
            said = f"link to {address} from the new words “{words}”"
            yield _look(unit.blocks[-1], 0, "", said, returned, part)


def _look(block: Block, at: int, words: str, said: str, returned: Returned, part: Part) -> Edit:
    return Edit(
        Kind.FORMAT,
        block.number,
        at,
        words,
        "",
        returned.author,
        returned.date,
        said,
        part.found,
        tracked=False,
    )


def _sent(unit: Unit) -> list[Link]:
    pieces = (piece for block in unit.blocks for piece in block.pieces)
    return [
        (address, "".join(piece.text for piece in some))
        for address, some in groupby(pieces, key=lambda piece: piece.address)
        if address
    ]


def _now(unit: Unit) -> Iterator[Link]:
    """Give the links as they are with tracked changes made, and those that a change takes away."""
    for part in unit.parts:
        for address, some in groupby(part.stretches(), key=lambda each: each.address):
            if address:
                members = list(some)
                yield address, _words(members) or "".join(each.text for each in members)


def _words(stretches: Iterable[Stretch]) -> str:
    return "".join(each.text for each in stretches if each.mark is not Mark.DELETED)


def _plain(address: str) -> str:
    """Give an address as programs agree on it."""
    return unquote(address).rstrip("/").casefold()


def margins_changed(returned: Returned, sent: tuple[str, str]) -> Iterator[Edit]:
    """Give what stands at the head or foot of the pages and was not sent, once each.

    `sent` are the words at the head and at the foot, without the number of the page.
    """
    known = {_numberless(each) for each in sent}
    for part in returned.margins:
        text = _numberless(part.after)
        if text and text not in known:
            known.add(text)
            stretch = next((each for each in part.stretches() if each.mark is Mark.INSERTED), None)
            yield Edit(
                Kind.REPLACEMENT,
                0,
                0,
                sent[part.found == "footer"].strip(),
                text,
                stretch.author if stretch else returned.author,
                stretch.date if stretch else returned.date,
                found=part.found,
                tracked=bool(stretch),
                context=f"in the {part.found} of the pages, which the layout makes",
            )


def _numberless(text: str) -> str:
    """Leave out the number of the page, which each program counts for itself."""
    return " ".join(re.sub(r"\d+\s*$", "", text).split())


_OURS = frozenset(("normal", "lead", "quotation", "source", "figure caption"))
