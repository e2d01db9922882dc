"""Step 4, typeset: drafts become the structure elements that the binding gets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from mgi_report.pages.model import Element, LinkAnnotation, MarkedContent
from mgi_report.pages.tagging.drafts import Draft, Item, is_a, is_inline, plain_text
from mgi_report.pages.tagging.tags import Patch

_HOLDS_LINES = re.compile("P|H[1-6]")
_MAY_BE_EMPTY = frozenset({"TD", "TH"})


def settle_notes(items: Iterable[Item]) -> list[Item]:
    """Put each note after the paragraph or heading that calls it, or last in its cell or item.

    So no sentence is read with a note in its middle. PDF leaves the place free: a note may stand
    where it is called or elsewhere, since call and note name each other (ISO 32000-1, table 338).
    """
    out: list[Item] = []
    notes: list[Item] = []
    for item in items:
        if not is_inline(item):
            out += notes
            notes = []
        if isinstance(item, Draft):
            item.kids = settle_notes(item.kids)
            if item.role == "Note":
                notes.append(item)
                continue
            if item.is_inline or _HOLDS_LINES.fullmatch(item.role):
                notes += [kid for kid in item.kids if is_a(kid, "Note")]
                item.kids = [kid for kid in item.kids if not is_a(kid, "Note")]
        out.append(item)
    return out + notes


def part_words(items: Iterable[Item], before: Patch | None = None) -> Patch | None:
    """Put spaces between the blocks that CSS makes of one paragraph, such as a title's two lines.

    `before` is the text that stands before in the same paragraph; gives the last one.
    """
    for item in items:
        match item:
            case Patch():
                if before and _stand_apart(before, item):
                    before.part_from(item)
                before = item
            case Draft() if item.is_inline and item.role != "Note":
                before = part_words(item.kids, before)
            case Draft():
                part_words(item.kids)
                before = None
            case _:
                pass
    return before


def _stand_apart(before: Patch, after: Patch) -> bool:
    """Tell whether two texts are in blocks of their own, and no large initial is parted."""
    if before.flow is None or after.flow is None or before.flow is after.flow:
        return False
    return after.space_before or not before.flow.is_float


def join_lines(items: Iterable[Item], owner: object = None) -> dict[int, Patch]:
    """Tell each patch whose it is and which one it follows; give all by their boxes' identity.

    Lines that follow each other in an element become one piece of marked content. An /ActualText
    ends one: poppler (22.12) does not read on behind it.
    """
    plan: dict[int, Patch] = {}
    last: Patch | None = None
    for item in items:
        if isinstance(item, Patch):
            if last and (last.page, last.is_turned) != (item.page, item.is_turned):
                last = None
            plan[id(item.box)] = item
            item.owner = owner
            item.follows = last
            last = item if item.actual_text is None else None
        else:
            last = None
            if isinstance(item, Draft):
                plan |= join_lines(item.kids, item)
    return plan


def elements(items: Iterable[Item], lang: str, parents: Mapping[Any, Any]) -> tuple[Element, ...]:
    """Make elements; `lang` is the section's language. What is empty is dropped."""
    kids = _kids(items, lang, parents)
    return tuple(kid for kid in kids if isinstance(kid, Element))


def _kids(
    items: Iterable[Item], lang: str, parents: Mapping[Any, Any]
) -> list[Element | MarkedContent | LinkAnnotation]:
    kids: list[Element | MarkedContent | LinkAnnotation] = []
    painted = (item for item in items if not isinstance(item, Patch) or item.mcid is not None)
    for is_turned, run in groupby(painted, _is_turned):
        if is_turned:
            kids.append(_turned([item for item in run if isinstance(item, Patch)]))
            continue
        for item in run:
            match item:
                case Patch():
                    content = _content(item)
                    if not kids or kids[-1] != content:
                        kids.append(content)
                case LinkAnnotation():
                    kids.append(item)
                case Draft():
                    element = _element(item, lang, parents)
                    if element.kids or element.role in _MAY_BE_EMPTY:
                        kids.append(element)
    return kids


def _is_turned(item: Item) -> bool:
    return isinstance(item, Patch) and item.is_turned


def _turned(leaves: Sequence[Patch]) -> Element:
    """Tell the words of glyphs that are read from right to left.

    An element says it, not the marked content, whose /ActualText poppler (22.12) would turn round
    as if it were glyphs.
    """
    contents = dict.fromkeys(map(_content, leaves))
    return Element("Span", tuple(contents), actual_text=plain_text(leaves))


def _content(leaf: Patch) -> MarkedContent:
    assert leaf.mcid is not None
    return MarkedContent(leaf.page, leaf.mcid)


def _element(draft: Draft, lang: str, parents: Mapping[Any, Any]) -> Element:
    own = _language(draft.element, parents) or lang
    return Element(
        role=draft.role,
        kids=tuple(_kids(draft.kids, own, parents)),
        id=draft.id,
        anchors=tuple(draft.anchors),
        lang=own if own != lang else None,
        alt=draft.alt or None,
        title=draft.title or None,
        attributes=draft.attributes,
        headers=draft.headers,
        references=tuple(draft.references),
        block=draft.block,
    )


def _language(element: Any, parents: Mapping[Any, Any]) -> str | None:
    """Give the language of an HTML element: its own, or of the nearest that says."""
    while element is not None:
        lang: str | None = element.get("lang")
        if lang:
            return lang
        element = parents.get(element)
    return None
