"""Lets the links of sections lead to where things stand in one text, or in the files of a book.

In a composed section, `#anchor` is a place in it, `section:id` and `section:id/anchor` are others.
Ids are told apart by the section's: "sources--source-world-bank".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.etree.ElementTree import Element

from mgi_report.publish.text.reflowing import Part
from mgi_report.publish.text.tree import unwrap, within

Where = Callable[[str, str], str]
"""The address of a section's anchor, which is empty for the section itself."""
_IDS = ("aria-labelledby", "aria-describedby", "for", "headers")


def anchor_of(section: str, anchor: str) -> str:
    """Give the id of a place in the whole text."""
    return f"{section}--{anchor}" if anchor and anchor != section else section


def relink(parts: Iterable[Part], where: Where) -> None:
    """Give all ids and links their new names; a link to what the text does not have goes."""
    parts = list(parts)
    known = {part.id: {each.get("id", "") for each in part.body.iter()} | {""} for part in parts}
    for part in parts:
        for each, parent in list(within(part.body)):
            if each.tag == "a" and not _relinked(each, part.id, known, where):
                unwrap(parent, each)
            _rename(each, part.id)


def _relinked(link: Element, section: str, known: dict[str, set[str]], where: Where) -> bool:
    """Give a link its new address; say whether it leads somewhere."""
    address = link.get("href", "")
    if address.startswith("#"):
        target, anchor = section, address[1:]
    elif address.startswith("section:"):
        target, _, anchor = address.removeprefix("section:").partition("/")
    else:
        return bool(address)
    anchor = "" if anchor == target else anchor
    if anchor not in known.get(target, ()):
        return False
    link.set("href", where(target, anchor))
    return True


def _rename(element: Element, section: str) -> None:
    if name := element.get("id"):
        element.set("id", anchor_of(section, name))
    for attribute in _IDS:
        if names := element.get(attribute):
            element.set(attribute, " ".join(anchor_of(section, each) for each in names.split()))
