"""Step 5, bind: what the volume says of itself, as XMP and as information dictionary.

Sources: ISO 16684-1 (XMP); ISO 19005-3, 6.6 and ISO 19005-4, 6.7 (PDF/A); ISO 14289-1 and -2,
clause 5 (PDF/UA); ISO 32000-1, 14.3.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from mgi_report.pages.binding import objects
from mgi_report.pages.model import Conformance, Metadata

_NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}

# PDF/A-3 knows the schemas of its own time only; PDF/UA's has to be described (6.6.2.3.3).
_UA_SCHEMA = """<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>"""

_CLAIMS = {
    Conformance.UA1_A3A: "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"
    f"<pdfuaid:part>1</pdfuaid:part>\n{_UA_SCHEMA}",
    Conformance.UA2_A4F: "<pdfaid:part>4</pdfaid:part><pdfaid:rev>2020</pdfaid:rev>"
    "<pdfaid:conformance>F</pdfaid:conformance>"
    "<pdfuaid:part>2</pdfuaid:part><pdfuaid:rev>2024</pdfuaid:rev>",
}


def packet(metadata: Metadata, conformance: Conformance) -> bytes:
    """Write the XMP packet with the claims of conformance."""
    return _packet(metadata, _CLAIMS[conformance])


def press_packet(metadata: Metadata, identity: str) -> bytes:
    """Write the XMP packet of a PDF/X-4 file (ISO 15930-7, 6.7); `identity` is a UUID."""
    claims = (
        "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"
        "<pdf:Trapped>False</pdf:Trapped>"
        f"<xmpMM:DocumentID>uuid:{identity}</xmpMM:DocumentID>"
        f"<xmpMM:InstanceID>uuid:{identity}</xmpMM:InstanceID>"
        "<xmpMM:VersionID>1</xmpMM:VersionID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>"
    )
    return _packet(metadata, claims)


def _packet(metadata: Metadata, claims: str) -> bytes:
    properties = [
        claims,
        "<dc:format>application/pdf</dc:format>",
        _alternatives("dc:title", metadata.title, metadata.lang),
        _many("dc:creator", "Seq", metadata.authors),
        _alternatives("dc:description", metadata.subject, metadata.lang),
        _many("dc:subject", "Bag", metadata.keywords),
        _many("dc:language", "Bag", (metadata.lang,)),
        _alternatives("dc:rights", metadata.rights, metadata.lang),
        _one("dc:identifier", next(iter(_identifiers(metadata)), "")),
        _many("xmp:Identifier", "Bag", _identifiers(metadata)),
        _one("xmpRights:Marked", "True" if metadata.rights else ""),
        _one("xmp:CreatorTool", metadata.producer),
        _one("xmp:CreateDate", metadata.date or ""),
        _one("xmp:ModifyDate", metadata.date or ""),
        _one("xmp:MetadataDate", metadata.date or ""),
        _one("pdf:Producer", metadata.producer),
        _one("pdf:Keywords", ", ".join(metadata.keywords)),
    ]
    spaces = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in _NAMESPACES.items())
    lines = "\n".join(line for line in properties if line)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {spaces}><rdf:Description rdf:about="">\n'
        f"{lines}\n"
        '</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>'
    ).encode()


def information(metadata: Metadata, more: Mapping[str, str] | None = None) -> str:
    """Write the information dictionary, which agrees with the XMP (ISO 32000-1, 14.3.3).

    `more` are entries that are written already.
    """
    entries = {
        "Title": metadata.title,
        "Author": "; ".join(metadata.authors),
        "Subject": metadata.subject,
        "Keywords": ", ".join(metadata.keywords),
        "Creator": metadata.producer,
        "Producer": metadata.producer,
    }
    written = {key: objects.text(value) for key, value in entries.items() if value}
    if metadata.date:
        written |= dict.fromkeys(("CreationDate", "ModDate"), objects.date(metadata.date))
    return objects.dictionary(written | dict(more or {}))


def _identifiers(metadata: Metadata) -> tuple[str, ...]:
    """Write identifiers with their scheme: "ISBN 978-92-9268-000-0"."""
    return tuple(f"{scheme} {value}" for scheme, value in metadata.identifiers.items())


def _one(name: str, value: str) -> str:
    return f"<{name}>{escape(value)}</{name}>" if value else ""


def _many(name: str, container: str, values: tuple[str, ...]) -> str:
    items = "".join(_one("rdf:li", value) for value in values)
    return f"<{name}><rdf:{container}>{items}</rdf:{container}></{name}>" if items else ""


def _alternatives(name: str, value: str, lang: str) -> str:
    """Write a text in the volume's language, which is also the one that all others get."""
    if not value:
        return ""
    items = "".join(
        f"<rdf:li xml:lang={quoteattr(tag)}>{escape(value)}</rdf:li>" for tag in ("x-default", lang)
    )
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"
