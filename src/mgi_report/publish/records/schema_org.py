"""schema.org, as JSON-LD, for the head of the publication's web page."""

from __future__ import annotations

from mgi_report.publish.access import features_of
from mgi_report.publish.model import Edition, File, Publication
from mgi_report.publish.records.writing import as_json


def schema_org(publication: Publication) -> bytes:
    """Describe the publication with its languages and files."""
    original = publication.original
    works = [_work(each) for each in publication.editions]
    for work in works[1:]:
        work["translationOfWork"] = {"@id": _name(original)}
    works[0]["workTranslation"] = [{"@id": _name(each)} for each in publication.editions[1:]]
    return as_json({"@context": "https://schema.org", "@graph": works})


def _work(edition: Edition) -> dict[str, object]:
    facts = edition.facts
    authors = [{"@type": "Organization", "name": each} for each in facts.authors]
    identifiers = {
        "reference number": facts.identifiers.get("reference"),
        "DOI": facts.identifiers.get("doi"),
        "profile": facts.id,
    }
    return {
        "@id": _name(edition),
        "@type": ["Report", "Book"],  # ISBN and pages are a book's
        "name": edition.title,
        "description": edition.subject,
        "abstract": edition.abstract,
        "inLanguage": edition.lang,
        "author": authors,
        "publisher": authors[0],
        "datePublished": facts.release.date or str(facts.year),
        "url": facts.release.address,
        "isbn": facts.identifiers.get("isbn-pdf", "").replace("-", ""),
        "reportNumber": facts.identifiers.get("reference"),
        "identifier": [
            {"@type": "PropertyValue", "propertyID": name, "value": value}
            for name, value in identifiers.items()
            if value
        ],
        "numberOfPages": edition.pdf.pages,
        "keywords": list(facts.keywords),
        "copyrightNotice": facts.rights,
        "isPartOf": {
            "@type": "CreativeWorkSeries",
            "name": edition.series,
            "issn": facts.identifiers.get("issn"),
        },
        "contentLocation": {"@type": "Place", "name": facts.long_name},
        "encoding": [_file(each, edition) for each in edition.files if each.kind in _KINDS],
        "image": [_file(each, edition) for each in edition.files if each.size],
    }


_KINDS = ("screen", "epub", "html")


def _name(edition: Edition) -> str:
    return f"#{edition.name}"


def _file(file: File, edition: Edition) -> dict[str, object]:
    folder = edition.facts.release.files
    width, height = file.size or (None, None)
    return {
        "@type": "ImageObject" if file.size else "MediaObject",
        "name": file.path,
        "contentUrl": f"{folder.rstrip('/')}/{file.path}" if folder else None,
        "encodingFormat": file.media_type,
        "contentSize": f"{len(file.content)} B",
        "sha256": file.digest,
        "width": width and {"@type": "QuantitativeValue", "value": width, "unitCode": "E37"},
        "height": height and {"@type": "QuantitativeValue", "value": height, "unitCode": "E37"},
        "accessibilityFeature": [
            each.schema for each in features_of(file.kind, edition) if each.schema
        ],
        "accessMode": [] if file.size else ["textual", "visual"],
        "accessModeSufficient": []
        if file.size
        else [{"@type": "ItemList", "itemListElement": ["textual"]}],
        "accessibilityHazard": "" if file.size else "none",
    }
