"""What HTML and EPUB are both made from: the parts that flow, and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mgi_report.layout.model import Layout
from mgi_report.making import Made
from mgi_report.pages.model import Section
from mgi_report.publish.text.reflowing import Part, reflow
from mgi_report.publish.text.style import classes_of, font_faces
from mgi_report.publish.text.tree import words_of


@dataclass(frozen=True, slots=True)
class Book:
    """The text of one language without pages."""

    lang: str
    direction: str
    title: str
    authors: tuple[str, ...]
    subject: str
    rights: str
    keywords: tuple[str, ...]
    date: str
    """When it is published, as far as it is known: "2021-11-30" or "2021"."""
    contents: str
    """What the list of contents is called: "Contents"."""
    parts: tuple[Part, ...]
    style: str
    """CSS."""
    faces: str
    """CSS with the fonts that a page of the web brings along; a book is set as its reader likes."""
    abstract: str
    """Paragraphs parted by an empty line."""


def book_of(made: Made, layout: Layout, style: str, fonts: Mapping[str, bytes]) -> Book:
    """Take the text out of what a volume was composed of; `fonts` are files by their path."""
    profile = made.profile
    assert profile is not None
    sections = {leaf.section.id: leaf.section for leaf in made.leaves}
    classes = classes_of(style)
    flowing = {spec.id for spec in layout.sections if spec.flows}
    facts = profile.facts
    parts = tuple(reflow(each, classes) for each in sections.values() if each.id in flowing)
    words = " ".join((profile.labels["contents"], *(words_of(each.body) for each in parts)))
    return Book(
        lang=profile.lang,
        direction=next(iter(sections.values())).direction,
        title=profile.title,
        authors=facts.authors,
        subject=profile.subject,
        rights=facts.rights,
        keywords=facts.keywords,
        date=facts.release.date or str(facts.year),
        contents=profile.labels["contents"],
        parts=parts,
        style=style,
        faces=font_faces(layout, fonts, profile.lang, words),
        abstract=_abstract(sections.get(layout.abstract or "")),
    )


def _abstract(section: Section | None) -> str:
    if section is None:
        return ""
    body = reflow(section, ()).body
    return "\n\n".join(words_of(each) for each in body.iter("p"))
