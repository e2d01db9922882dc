"""Gathers what is published in one language: the facts for catalogues, and the files."""

from __future__ import annotations

from collections.abc import Iterable

from mgi_report.content.words import Language
from mgi_report.making import Made
from mgi_report.pages.model import Conformance
from mgi_report.publish.measures import pages_of
from mgi_report.publish.model import Edition, Entry, File
from mgi_report.publish.naming import in_language


def edition_of(made: Made, name: str, conformance: Conformance | None) -> Edition:
    """Give what is published in one language; `name` is that of the original's files."""
    profile, volume = made.profile, made.volume
    assert profile is not None
    assert volume is not None
    own = in_language(name, profile.lang, profile.facts.languages[0])
    return Edition(
        lang=profile.lang,
        direction=profile.languages.get(profile.lang, Language()).direction,
        name=own,
        title=profile.title,
        subject=profile.subject,
        abstract="",
        contents=tuple(Entry(each.title, each.folio) for each in volume.sections),
        facts=profile.facts,
        conformance=conformance,
        files=(_pdf(own, volume.pdf),),
    )


def payload_of(files: Iterable[File]) -> dict[str, bytes]:
    """Give the content of files by their path in the bundle."""
    return {each.path: each.content for each in files}


def _pdf(name: str, content: bytes) -> File:
    return File(f"{name}.pdf", content, "application/pdf", "screen", pages_of(content))
