"""What catalogues are told of a publication, each in its own words."""

from __future__ import annotations

from collections.abc import Iterator

from mgi_report.publish.model import File, Publication
from mgi_report.publish.records.datacite import datacite
from mgi_report.publish.records.dublin_core import dublin_core
from mgi_report.publish.records.onix import onix
from mgi_report.publish.records.platform import platform
from mgi_report.publish.records.reliefweb import reliefweb
from mgi_report.publish.records.schema_org import schema_org


def records_of(publication: Publication) -> Iterator[File]:
    """Write all records; one that asks for what is not known is left out."""
    for edition in publication.editions:
        start = f"records/{edition.name}"
        told = platform(publication, edition)
        yield File(f"{start}-platform.json", told, "application/json", "record")
        told = dublin_core(publication, edition)
        yield File(f"{start}-dublin-core.xml", told, "application/xml", "record")
        told = datacite(edition)
        yield File(f"{start}-datacite.json", told, "application/json", "record")
    start = f"records/{publication.name}"
    yield File(f"{start}-onix.xml", onix(publication), "application/xml", "record")
    yield File(
        f"{start}-schema-org.jsonld", schema_org(publication), "application/ld+json", "record"
    )
    if told_reliefweb := reliefweb(publication):
        yield File(f"{start}-reliefweb.json", told_reliefweb, "application/json", "record")
