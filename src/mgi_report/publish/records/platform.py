"""The fields of the IOM Publications Platform, in its own words, for its form."""

from __future__ import annotations

from mgi_report.publish.model import Edition, Publication
from mgi_report.publish.records.writing import as_json


def platform(publication: Publication, edition: Edition) -> bytes:
    """Write what the platform asks of one language, and of which file it holds."""
    identifiers = edition.facts.identifiers
    pdf = edition.pdf
    return as_json(
        {
            "Title": edition.title,
            "Language": edition.language,
            "Original language": publication.original.language,
            "Author(s)": list(edition.facts.authors),
            "Year": edition.facts.year,
            "ISBN (PDF)": identifiers.get("isbn-pdf"),
            "ISBN (print)": identifiers.get("isbn-print"),
            "ISSN": identifiers.get("issn"),
            "DOI": identifiers.get("doi"),
            "Number of pages": pdf.pages,
            "Reference number": identifiers.get("reference"),
            "Abstract": edition.abstract,
            "List of contents": [each.title for each in edition.contents],
            "Keywords": list(edition.facts.keywords),
            "Cover image": f"covers/{edition.name}-cover-medium.jpg",
            "File": {
                "Name": pdf.path,
                "Size in bytes": len(pdf.content),
                "SHA-256": pdf.digest,
            },
        }
    )
