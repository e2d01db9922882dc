"""What a template may use. docs/layouts.md describes it from these dataclasses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from markupsafe import Markup

from mgi_report.content.cover import Cover
from mgi_report.content.facts import Facts
from mgi_report.content.model import Domain
from mgi_report.pages.composing.bibliography import Group
from mgi_report.pages.composing.indicators import Figures
from mgi_report.pages.drafted import Draft

Words: TypeAlias = "Markup | list[Words] | dict[str, Words]"
"""A section's YAML with its inline Markdown as HTML."""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of the content and all that stands under it."""

    id: str
    """"well-developed"; unique in its section, and the anchor of links."""
    level: int
    """2 or more."""
    title: Markup
    """The heading's words."""
    plain: str
    """The same as plain text, without calls of footnotes."""
    block: Markup
    """The attribute that leads back to the content; belongs on the element with the title."""
    opening: Markup
    """What stands under the heading, before the first heading below it."""
    parts: tuple[Part, ...] = ()
    """The headings below it."""
    icon: str = ""
    """Name of its icon, where the content gives one."""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents."""

    id: str
    title: str
    folio: int
    """Page, from 1; 0 as long as it is not known."""
    target: str
    """What its link leads to."""
    domain: Domain | None = None
    """Set for the chapter of a domain."""


@dataclass(frozen=True, slots=True)
class FurniturePart:
    """One thing that is laid over pages: a running head, a folio, a thumb index."""

    name: str
    """"folio:12", "head", "tabs:3", "banner"."""
    kind: str
    """What stands before the colon."""
    value: str
    """What stands after it."""


@dataclass(frozen=True, slots=True)
class MarginNumber:
    """A block's number in the margin of a draft."""

    key: str
    """Belongs on its element as `data-block`: so it is read where its block is."""
    text: str
    """"4.2 ¶3"."""
    left: float | None
    """Points from the page's left edge, of a box of `width`; None where there is room neither
    beside nor above the block, so that it belongs into the page's first margin."""
    width: float
    is_above: bool
    """It stands above its block, at the box's start; else at its end, before the block."""
    baseline: float
    """Points from the page's lower edge."""


@dataclass(frozen=True, slots=True)
class Margin:
    """What stands in the margins of one page of a draft."""

    numbers: tuple[MarginNumber, ...]
    lines: tuple[tuple[int, float], ...]
    """Each line's number, and its baseline in points from the page's lower edge."""
    bars: tuple[tuple[float, float], ...]
    """Lower edge, in points from the page's, and height of what has changed."""
    gaps: tuple[float, ...] = ()
    """Points from the page's lower edge, where something was taken away."""


@dataclass(frozen=True, slots=True)
class Context:
    """All that a section's template is given; each field is a name in the template."""

    id: str
    """The section's id."""
    kind: str
    """The section's kind."""
    title: str
    """The section's title, in the profile's language."""
    lang: str
    """BCP 47 tag."""
    direction: str
    """ltr or rtl."""
    facts: Facts
    """profile.yml."""
    edition: str
    """"Second Profile"."""
    cover: Cover
    """Photograph and logos."""
    labels: Mapping[str, str]
    """The layout's words."""
    handles: Sequence[str]
    """What stands on the back cover under the portal's address."""
    colours: Mapping[str, str]
    """Colour tokens: "#0033A0"."""
    options: Mapping[str, bool | int | str]
    """The layout's options as the profile sets them."""
    domains: Sequence[Domain]
    """The six domains, in order."""
    domain: Domain | None
    """The domain of this chapter."""
    opening: Markup
    """What stands in the section's Markdown before its first heading."""
    parts: Sequence[Part]
    """The headings of the section's Markdown."""
    part: Mapping[str, Part]
    """The same by id."""
    data: Mapping[str, Words]
    """The section's YAML."""
    contents: Sequence[ContentsEntry]
    """The lines of the contents, with page numbers."""
    folios: Mapping[str, int]
    """Section id → its first page; 0 as long as it is not known."""
    sources: Sequence[Group]
    """The key sources."""
    furniture: Sequence[FurniturePart]
    """For the furniture's template: what it must draw, one page each."""
    ids: Mapping[str, bool]
    """Section id → whether this volume has it."""
    indicators: Figures | None = None
    """Of a section of the kind `indicators`, what was found in each domain."""
    draft: Draft | None = None
    """Of a draft what it says of itself, and the list of changes."""
    margins: Sequence[Margin] = ()
    """For the template of a draft's margins: what it must draw, one page each."""
