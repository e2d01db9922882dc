"""The report that ReliefWeb's Post API takes (v2), where profile.yml says what it asks for."""

from __future__ import annotations

from unicodedata import category
from uuid import UUID, uuid5

from mgi_report.publish.model import Edition, Publication
from mgi_report.publish.records.writing import as_json

_NAMESPACE = UUID("8e27a998-c362-5d1f-b152-d474e1d36af2")
"""That the API's schema asks for, with the address as name; a file has the document's."""
_LANGUAGES = frozenset({"ar", "en", "es", "fr", "ru"})
"""Those that it knows of a file."""
_TITLE, _ALTERNATIVE = 255, 512
"""The most characters of a title, and of a text for a picture."""


def reliefweb(publication: Publication) -> bytes | None:
    """Write the report; None where profile.yml does not say what ReliefWeb is to be told."""
    facts = publication.facts
    told, release = facts.release.reliefweb, facts.release
    if told is None:
        return None
    original = publication.original
    document = uuid5(_NAMESPACE, release.address)
    return as_json(
        {
            "url": release.address,
            "uuid": str(document),
            "title": _line(original.title, _TITLE),
            "source": told.source,
            "country": told.country,
            "format": [told.format],
            "language": [told.languages[each.lang] for each in publication.editions],
            "published": f"{release.date}T00:00:00+00:00",
            "body": _body(original),
            "origin": release.address,
            "theme": told.theme,
            "file": [_file(each, document) for each in publication.editions],
            "image": _image(original, document),
        }
    )


def _file(edition: Edition, document: UUID) -> dict[str, object]:
    is_known = edition.lang in _LANGUAGES
    version = "" if is_known else f"{edition.language} version: "
    address = _address(edition, edition.pdf.path)
    return {
        "url": address,
        "uuid": str(uuid5(document, address)),
        "filename": edition.pdf.path,
        "checksum": edition.pdf.digest,
        "description": _line(f"{version}{edition.title}", _TITLE),
        "language": edition.lang if is_known else None,
    }


def _image(edition: Edition, document: UUID) -> dict[str, object] | None:
    cover, photograph = edition.file("cover-medium"), edition.facts.cover.photograph
    if cover is None:
        return None
    credit = f"© {edition.facts.authors[0]} {edition.facts.year}"
    if photograph and photograph.credit:
        credit = photograph.credit
    address = _address(edition, cover.path)
    return {
        "url": address,
        "uuid": str(uuid5(document, address)),
        "checksum": cover.digest,
        "description": _line(f"{edition.cover}: {edition.title}", _ALTERNATIVE),
        "copyright": _line(credit, _ALTERNATIVE),
    }


def _address(edition: Edition, path: str) -> str:
    return f"{edition.facts.release.files.rstrip('/')}/{path}"


def _body(edition: Edition) -> str:
    """Give the abstract as Markdown: signs that would mean something are plain."""
    text = edition.abstract or edition.subject
    for sign in "\\`*_[]<>#":
        text = text.replace(sign, f"\\{sign}")
    return "\n\n".join(_on_a_line(each) for each in text.split("\n\n"))


def _line(text: str, most: int) -> str:
    """Give a text on one line, cut between words where it is too long."""
    line = _on_a_line(text)
    return line if len(line) <= most else line[: most - 1].rpartition(" ")[0] + "…"


def _on_a_line(text: str) -> str:
    """Put plain spaces in the place of all others, and leave out signs that nobody sees.

    The API's schema refuses them.
    """
    return " ".join("".join(e for e in text if e.isspace() or category(e)[0] != "C").split())
