"""ONIX for Books 3.0, reference names: a product for each file that is published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from mgi_report.content.languages import bibliographic
from mgi_report.publish.access import features_of
from mgi_report.publish.model import Edition, File, Publication
from mgi_report.publish.records.writing import as_xml

_NAMESPACE = "http://ns.editeur.org/onix/3.0/reference"


@dataclass(frozen=True, slots=True)
class _Form:
    """What ONIX calls a kind of file: list 150, list 175, and which ISBN it has."""

    form: str
    detail: str
    isbn: str


_FORMS = {
    "screen": _Form("ED", "E107", "isbn-pdf"),
    "epub": _Form("ED", "E101", ""),
    "press": _Form("BC", "", "isbn-print"),
}


_PRINTED = "press"


def onix(publication: Publication) -> bytes:
    """Describe each PDF and each EPUB; a printed edition where there is a file for the press."""
    root = Element("ONIXMessage", {"release": "3.0", "xmlns": _NAMESPACE})
    header = SubElement(root, "Header")
    _put(SubElement(header, "Sender"), ("SenderName", publication.publisher))
    _put(header, ("SentDateTime", _moment(publication)))
    for edition in publication.editions:
        for file in edition.files:
            if form := _form_of(file, edition):
                _product(SubElement(root, "Product"), publication, edition, file, form)
    return as_xml(root)


def _form_of(file: File, edition: Edition) -> _Form | None:
    """Give the form of a file that is a product; a printed one is where it has an ISBN."""
    if file.kind == _PRINTED and "isbn-print" not in edition.facts.identifiers:
        return None
    return _FORMS.get(file.kind)


def _product(
    product: Element, publication: Publication, edition: Edition, file: File, form: _Form
) -> None:
    _put(product, ("RecordReference", f"mgi-report.{file.path}"), ("NotificationType", "03"))
    for kind, name, value in _identifiers(edition, file, form):
        _identifier(SubElement(product, "ProductIdentifier"), kind, name, value)
    _describe(SubElement(product, "DescriptiveDetail"), publication, edition, file, form)
    _collateral(SubElement(product, "CollateralDetail"), edition)
    _published(SubElement(product, "PublishingDetail"), edition)
    related = list(_related(publication, edition, file))
    if related:
        material = SubElement(product, "RelatedMaterial")
        for relation, other_edition, other in related:
            element = SubElement(material, "RelatedProduct")
            _put(element, ("ProductRelationCode", relation))
            identifiers = _identifiers(other_edition, other, _FORMS[other.kind])
            for kind, name, value in identifiers:
                _identifier(SubElement(element, "ProductIdentifier"), kind, name, value)


def _identifiers(edition: Edition, file: File, form: _Form) -> Iterator[tuple[str, str, str]]:
    """Give the identifiers of a file: kind by list 5, name of a scheme of our own, value."""
    if file.kind != _PRINTED:
        yield "01", "File name", file.path
        yield "01", "SHA-256", file.digest
    if isbn := edition.facts.identifiers.get(form.isbn, "").replace("-", ""):
        yield "03", "", isbn
        yield "15", "", isbn
    doi = edition.facts.identifiers.get("doi")
    if doi and file.kind == "screen":
        yield "06", "", doi


def _identifier(element: Element, kind: str, name: str, value: str) -> None:
    _put(element, ("ProductIDType", kind), ("IDTypeName", name), ("IDValue", value))


def _describe(
    detail: Element, publication: Publication, edition: Edition, file: File, form: _Form
) -> None:
    facts = edition.facts
    _put(detail, ("ProductComposition", "00"), ("ProductForm", form.form))
    _put(detail, ("ProductFormDetail", form.detail))
    for feature in features_of(file.kind, edition):
        element = SubElement(detail, "ProductFormFeature")
        _put(element, ("ProductFormFeatureType", "09"), ("ProductFormFeatureValue", feature.onix))
    _put(detail, ("PrimaryContentType", "10"))
    if file.kind != _PRINTED:
        _put(detail, ("EpubTechnicalProtection", "00"))
    _collection(SubElement(detail, "Collection"), edition)
    _title(SubElement(detail, "TitleDetail"), "01", edition.title, edition.lang)
    for number, author in enumerate(facts.authors, start=1):
        element = SubElement(detail, "Contributor")
        _put(element, ("SequenceNumber", str(number)), ("ContributorRole", "A01"))
        _put(element, ("CorporateName", author))
    _put(detail, ("EditionNumber", str(facts.number)))
    _language(SubElement(detail, "Language"), "01", edition.lang)
    if edition is not publication.original:
        _language(SubElement(detail, "Language"), "02", publication.original.lang)
    if file.pages:
        kind = "00" if file.kind == _PRINTED else "07"
        _extent(SubElement(detail, "Extent"), kind, str(file.pages), "03")
    if file.kind != _PRINTED:
        _extent(SubElement(detail, "Extent"), "22", str(len(file.content)), "17")
    if facts.keywords:
        element = SubElement(detail, "Subject")
        _put(element, ("SubjectSchemeIdentifier", "20"))
        _put(element, ("SubjectHeadingText", "; ".join(facts.keywords)))


def _collection(element: Element, edition: Edition) -> None:
    _put(element, ("CollectionType", "10"))
    if issn := edition.facts.identifiers.get("issn", "").replace("-", ""):
        identifier = SubElement(element, "CollectionIdentifier")
        _put(identifier, ("CollectionIDType", "02"), ("IDValue", issn))
    _title(SubElement(element, "TitleDetail"), "02", edition.series, edition.lang)


def _title(element: Element, level: str, text: str, lang: str) -> None:
    _put(element, ("TitleType", "01"))
    title = SubElement(element, "TitleElement")
    _put(title, ("TitleElementLevel", level))
    SubElement(title, "TitleText", {"language": bibliographic(lang)}).text = text


def _language(element: Element, role: str, lang: str) -> None:
    _put(element, ("LanguageRole", role), ("LanguageCode", bibliographic(lang)))


def _extent(element: Element, kind: str, value: str, unit: str) -> None:
    _put(element, ("ExtentType", kind), ("ExtentValue", value), ("ExtentUnit", unit))


def _collateral(detail: Element, edition: Edition) -> None:
    contents = "\n".join(each.title for each in edition.contents)
    for kind, text in (("03", edition.abstract or edition.subject), ("04", contents)):
        if text:
            content = SubElement(detail, "TextContent")
            _put(content, ("TextType", kind), ("ContentAudience", "00"))
            attributes = {"language": bibliographic(edition.lang), "textformat": "06"}
            SubElement(content, "Text", attributes).text = text
    cover, folder = edition.file("cover-large"), edition.facts.release.files
    if cover is None or not folder:
        return
    resource = SubElement(detail, "SupportingResource")
    _put(resource, ("ResourceContentType", "01"), ("ContentAudience", "00"), ("ResourceMode", "03"))
    version = SubElement(resource, "ResourceVersion")
    _put(version, ("ResourceForm", "02"))
    width, height = cover.size or (0, 0)
    features = [("01", "D502"), ("02", str(height)), ("03", str(width)), ("08", cover.digest)]
    for kind, value in features:
        feature = SubElement(version, "ResourceVersionFeature")
        _put(feature, ("ResourceVersionFeatureType", kind), ("FeatureValue", value))
    _put(version, ("ResourceLink", f"{folder.rstrip('/')}/{cover.path}"))


def _published(detail: Element, edition: Edition) -> None:
    publisher = SubElement(detail, "Publisher")
    _put(publisher, ("PublishingRole", "01"), ("PublisherName", edition.facts.authors[0]))
    if edition.facts.release.address:
        website = SubElement(publisher, "Website")
        _put(website, ("WebsiteRole", "02"), ("WebsiteLink", edition.facts.release.address))
    _put(detail, ("PublishingStatus", "04"))
    day = (edition.facts.release.date or str(edition.facts.year)).replace("-", "")
    date = SubElement(detail, "PublishingDate")
    _put(date, ("PublishingDateRole", "01"))
    SubElement(date, "Date", {"dateformat": {4: "05", 6: "01", 8: "00"}[len(day)]}).text = day


def _related(
    publication: Publication, edition: Edition, file: File
) -> Iterator[tuple[str, Edition, File]]:
    """Give what else there is: the same in other forms (06), and in other languages (11)."""
    for other in publication.editions:
        for each in other.files:
            if _form_of(each, other) is None:
                continue
            if other is edition and each is not file:
                yield "06", other, each
            elif other is not edition and each.kind == file.kind:
                yield "11", other, each


def _moment(publication: Publication) -> str:
    """Give the time of the message, which ONIX asks for: that of the content, not the clock's."""
    facts = publication.facts
    day = publication.date or facts.release.date or str(facts.year)
    year, month, number = (*day[:10].split("-"), "01", "01")[:3]
    return f"{year}{month}{number}"


def _put(element: Element, *texts: tuple[str, str]) -> None:
    """Put elements with text into another; those without text are left out."""
    for name, text in texts:
        if text:
            SubElement(element, name).text = text
