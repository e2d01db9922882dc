"""DataCite's metadata, schema 4.5, as its REST API takes them when a DOI is registered."""

from __future__ import annotations

from mgi_report.publish.model import Edition
from mgi_report.publish.records.writing import as_json


def datacite(edition: Edition) -> bytes:
    """Describe the PDF of one language. Its DOI is there where profile.yml has one."""
    facts, pdf = edition.facts, edition.pdf
    identifiers = facts.identifiers
    others = {
        "SHA-256": pdf.digest,
        "File name": pdf.path,
        "Reference number": identifiers.get("reference"),
        "ISBN": identifiers.get("isbn-pdf"),
    }
    return as_json(
        {
            "doi": identifiers.get("doi"),
            "url": facts.release.address,
            "creators": [
                {"name": author, "nameType": "Organizational", "lang": edition.lang}
                for author in facts.authors
            ],
            "titles": [{"title": edition.title, "lang": edition.lang}],
            "publisher": {"name": facts.authors[0], "lang": edition.lang},
            "publicationYear": str(facts.year),
            "subjects": [{"subject": word, "lang": edition.lang} for word in facts.keywords],
            "dates": [{"date": facts.release.date or str(facts.year), "dateType": "Issued"}],
            "language": edition.lang,
            "types": {"resourceTypeGeneral": "Report", "resourceType": edition.series},
            "alternateIdentifiers": [
                {"alternateIdentifierType": kind, "alternateIdentifier": value}
                for kind, value in others.items()
                if value
            ],
            "sizes": [f"{pdf.pages} pages", f"{len(pdf.content)} bytes"],
            "formats": [pdf.media_type],
            "rightsList": [{"rights": facts.rights, "lang": edition.lang}] if facts.rights else [],
            "descriptions": [
                {
                    "description": edition.abstract,
                    "descriptionType": "Abstract",
                    "lang": edition.lang,
                },
                {
                    "description": "\n".join(each.title for each in edition.contents),
                    "descriptionType": "TableOfContents",
                    "lang": edition.lang,
                },
            ],
            "schemaVersion": "http://datacite.org/schema/kernel-4",
        }
    )
