"""Where blocks stand on the pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mgi_report.consult.model import Block
from mgi_report.pages.drafting.linecount import first_line, line_numbers
from mgi_report.pages.model import Leaf, Rectangle, WordsPlace


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a block stands: the section whose pages they are, and places on them."""

    section: str
    places: tuple[tuple[int, Rectangle], ...]
    """Page of the section, from 0, and a rectangle, in order."""


def stands(blocks: Sequence[Block], leaves: Sequence[Leaf]) -> dict[str, Stand]:
    """Give where blocks stand, by their names; what is on no page is not there.

    Blocks of Markdown are found by their lines, titles and texts of YAML by their words.
    """
    by_line: dict[tuple[str, str, int], list[tuple[int, Rectangle]]] = {}
    for leaf in leaves:
        for place in leaf.pages.places:
            if span := leaf.section.blocks.get(place.block):
                key = leaf.section.id, span.file, span.line
                by_line.setdefault(key, []).append((place.page, place.rectangle))
    told = {block.section for block in blocks}
    words = {leaf.section.id: list(leaf.pages.words) for leaf in leaves if leaf.section.id in told}
    found: dict[str, Stand] = {}
    for block in blocks:
        if places := by_line.get((block.section, block.file, block.line)):
            found[block.name] = Stand(block.section, tuple(sorted(places, key=_in_order)))
        elif stand := _by_words(block, words):
            found[block.name] = stand
    return found


def printed_lines(where: Mapping[str, Stand], leaves: Sequence[Leaf]) -> dict[str, int]:
    """Give the number of each block's first line on its page."""
    by_section = {leaf.section.id: leaf for leaf in leaves}
    counted = {leaf.section.id: line_numbers(leaf.pages.lines) for leaf in leaves}
    found = {}
    for name, stand in where.items():
        page, rectangle = stand.places[0]
        line = first_line(by_section[stand.section].pages.lines, page, rectangle)
        if line:
            found[name] = counted[stand.section][line]
    return found


def _in_order(place: tuple[int, Rectangle]) -> tuple[int, float]:
    return place[0], -place[1][3]


def _by_words(block: Block, words: dict[str, list[WordsPlace]]) -> Stand | None:
    """Find a block's words, and take them; those of a section without pages stand anywhere."""
    wanted = _plain(block.text)
    for section in (block.section,) if block.section in words else words:
        for place in words[section]:
            if _plain(place.text) == wanted:
                words[section].remove(place)
                return Stand(section, ((place.page, place.rectangle),))
    return None


def _plain(text: str) -> str:
    return " ".join(_pieces(text))


def _pieces(text: str) -> Iterator[str]:
    for word in text.casefold().split():
        if kept := "".join(letter for letter in word if letter.isalnum() or letter in "-.%"):
            yield kept
