"""Step 4, typeset: drafts become the structure elements that the binding gets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mgi_report.pages.drafts import Draft, Item
from mgi_report.pages.model import Element, LinkAnnotation, MarkedContent
from mgi_report.pages.tags import Leaf

_MAY_BE_EMPTY = frozenset({"TD", "TH"})


def join_lines(items: Iterable[Item], owner: object = None) -> dict[int, Leaf]:
    """Tell each leaf whose it is and which one it follows; give all by the identity of their boxes.

    Lines that follow each other in an element become one piece of marked content.
    """
    plan: dict[int, Leaf] = {}
    last: Leaf | None = None
    for item in items:
        if isinstance(item, Leaf):
            plan[id(item.box)] = item
            item.owner = owner
            item.follows = last if last and last.page == item.page else None
            last = item
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
    for item in items:
        match item:
            case Leaf(mcid=None):
                pass  # nothing was painted
            case Leaf():
                assert item.mcid is not None
                content = MarkedContent(item.page, item.mcid)
                if not kids or kids[-1] != content:
                    kids.append(content)
            case LinkAnnotation():
                kids.append(item)
            case Draft():
                element = _element(item, lang, parents)
                if element.kids or element.role in _MAY_BE_EMPTY:
                    kids.append(element)
    return kids


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
