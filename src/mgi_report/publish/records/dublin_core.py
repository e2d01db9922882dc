"""Dublin Core, as XML (DCMI Metadata Terms; Guidelines for implementing Dublin Core in XML)."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from mgi_report.publish.model import Edition, Publication
from mgi_report.publish.records.writing import as_xml

_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}


def dublin_core(publication: Publication, edition: Edition) -> bytes:
    """Describe the PDF of one language."""
    root = Element("metadata", {f"xmlns:{name}": uri for name, uri in _NAMESPACES.items()})
    for name, text, attributes in _terms(publication, edition):
        if text:
            SubElement(root, name, attributes).text = text
    return as_xml(root)


def _terms(publication: Publication, edition: Edition) -> Iterator[tuple[str, str, dict[str, str]]]:
    facts, pdf = edition.facts, edition.pdf
    own = {"xml:lang": edition.lang}
    yield "dc:title", edition.title, own
    for author in facts.authors:
        yield "dc:creator", author, own
    yield "dc:publisher", facts.authors[0], own
    for word in facts.keywords:
        yield "dc:subject", word, own
    yield "dcterms:abstract", edition.abstract, own
    for each in edition.contents:
        yield "dcterms:tableOfContents", each.title, own
    yield "dcterms:issued", facts.release.date or str(facts.year), {"xsi:type": "dcterms:W3CDTF"}
    yield "dc:type", "Text", {"xsi:type": "dcterms:DCMIType"}
    yield "dc:format", pdf.media_type, {"xsi:type": "dcterms:IMT"}
    yield "dcterms:extent", f"{pdf.pages} pages", {}
    yield "dcterms:extent", f"{len(pdf.content)} bytes", {}
    for identifier in _identifiers(edition):
        yield "dc:identifier", identifier, {}
    yield "dc:language", edition.lang, {"xsi:type": "dcterms:RFC5646"}
    if edition is not publication.original:
        yield (
            "dcterms:isVersionOf",
            publication.original.title,
            {"xml:lang": publication.original.lang},
        )
    for other in publication.editions:
        if other is not edition:
            yield "dc:relation", other.pdf.path, {}
    for kind in ("epub", "html"):
        if file := edition.file(kind):
            yield "dcterms:hasFormat", file.path, {}
    yield "dc:rights", facts.rights, own


def _identifiers(edition: Edition) -> Iterator[str]:
    facts = edition.facts
    yield edition.pdf.path
    yield f"hash://sha256/{edition.pdf.digest}"
    for key, form in (("isbn-pdf", "urn:isbn:{}"), ("doi", "https://doi.org/{}")):
        if value := facts.identifiers.get(key):
            yield form.format(value)
    yield facts.identifiers.get("reference", "")
    yield facts.release.address
