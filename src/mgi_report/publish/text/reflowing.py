"""From a section composed for pages to one that flows: the same words, without what paper needs.

What is for the eye on a page goes: drawings, places and sizes, `data-paged` (page numbers). Notes,
which stand in the text where they are called, come behind it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from mgi_report.pages.model import Section
from mgi_report.publish.text.tree import cut, prune, read, unwrap, within, words_of

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_OF_PAGES = re.compile("[\u2060\u200b]")
"""Say where a line of print may break; whoever looks for a word would not find it with them."""
_COLOUR = re.compile(r"(?:^|;)\s*((?:color|--[\w-]+)\s*:[^;]+)")
"""Of a `style` attribute, what holds without pages too."""
_WHOLE = frozenset({"br", "hr", "img", "svg", "td", "th", "wbr"})
"""What says something though it is empty, or is not made of text."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, for the contents."""

    level: int
    words: str
    anchor: str
    """An id in the section; empty where it is the section's own title."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the text."""

    id: str
    title: str
    """What the contents call it."""
    body: Element
    """`<section id=…>`; its links are still those of the composed section."""
    headings: tuple[Heading, ...]
    """Those below its title."""
    is_listed: bool
    """Whether it has a title, and so a place in the contents."""
    is_title: bool
    """Whether it says the title of the whole."""
    pictures: Mapping[str, bytes]
    """By the address that the body uses."""


def reflow(section: Section, classes: Collection[str]) -> Part:
    """Take from a composed section what belongs to paper.

    Of its classes those stay that the style sheet of the text names.
    """
    body = read(section.html)
    _show_pictures(body)
    prune(body, lambda each: each.get("aria-hidden") == "true")
    _without_page_numbers(body)
    notes = list(_take_notes(body))
    made = Element("section", {"id": section.id, "class": section.kind})
    top = next(iter(body), body)
    if style := top.get("style"):
        made.set("style", style)
    made.text, made[:] = top.text, list(top)
    if notes:
        SubElement(made, "div", {"class": "notes"}).extend(notes)
    title, headings, is_title = section.title, [], False
    for each, _ in within(made):
        if each.get("role") == "doc-title":
            each.tag, is_title = "h1", True
            del each.attrib["role"]
        if each.tag in _HEADINGS:
            said = each.get("data-outline") or _said(each)
            if each.tag == "h1":
                title = said
                each.attrib.pop("id", None)
            elif anchor := each.get("id"):
                headings.append(Heading(int(each.tag[1]), _plain(said), anchor))
    is_listed = made.find(".//h1") is not None
    if not is_listed:
        made.set("aria-label", section.title)
    for each in made.iter():
        _clean(each, classes)
    _without_idle(made)
    used = {each.get("src", "") for each in made.iter("img")}
    pictures = {path: content for path, content in section.files.items() if path in used}
    return Part(section.id, _plain(title), made, tuple(headings), is_listed, is_title, pictures)


def _show_pictures(body: Element) -> None:
    """Let a drawing that cuts one picture to shape be that picture."""
    for each in body.iter("svg"):
        image = each.find(".//image")
        if image is not None and each.get("role") == "img":
            attributes = {"src": image.get("href", ""), "alt": each.get("aria-label", "")}
            each.tag, each.text, each[:] = "img", None, []
            each.attrib.clear()
            each.attrib.update(attributes)


def _without_page_numbers(body: Element) -> None:
    """Take out what says a page; where it was a link, the heading before it leads there."""
    for parent in list(body.iter()):
        for kid in [each for each in parent if each.get("data-paged") is not None]:
            link = next(kid.iter("a"), None)
            headings = [each for each in parent if each.tag in _HEADINGS]
            cut(parent, kid)
            if link is not None and headings:
                _link(headings[-1], link.get("href", ""))


def _link(heading: Element, address: str) -> None:
    link = Element("a", {"href": address})
    link.text, link[:] = heading.text, list(heading)
    heading.text, heading[:] = None, [link]


def _take_notes(body: Element) -> Iterator[Element]:
    """Take the notes out of the text, in their order."""
    for each, parent in list(within(body)):
        if each.get("role") == "doc-footnote":
            cut(parent, each)
            each.tail = None
            each.tag = "aside"
            yield each


def _clean(element: Element, classes: Collection[str]) -> None:
    """Leave of an element's attributes what says something without pages."""
    kept = [name for name in element.get("class", "").split() if name in classes]
    style = ";".join(each.strip() for each in _COLOUR.findall(element.get("style", "")))
    for name in list(element.attrib):
        if name.startswith("data-") or name in ("class", "style", "image-rendering"):
            del element.attrib[name]
    if kept:
        element.set("class", " ".join(kept))
    if style:
        element.set("style", style)
    element.text = _OF_PAGES.sub("", element.text) if element.text else element.text
    element.tail = _OF_PAGES.sub("", element.tail) if element.tail else element.tail


def _without_idle(made: Element) -> None:
    """Unwrap what no longer says anything, and take out what is empty."""
    for kid in list(made):
        if kid.tag in _WHOLE:
            continue
        _without_idle(kid)
        if kid.tag == "span" and not kid.attrib:
            unwrap(made, kid)
        elif not len(kid) and not (kid.text or "").strip() and not kid.get("id"):
            cut(made, kid)


def _said(heading: Element) -> str:
    """Give the words of a heading without the calls of its notes."""
    copy = deepcopy(heading)
    prune(copy, lambda each: each.get("role") == "doc-noteref")
    return words_of(copy)


def _plain(text: str) -> str:
    return " ".join(_OF_PAGES.sub("", text).split())
