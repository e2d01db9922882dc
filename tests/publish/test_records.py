"""The records: whole for those who judge them, true to the files, and escaped."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5
from xml.etree import ElementTree

import onixcheck
import pytest
from jsonschema import Draft7Validator, FormatChecker
from pyld import jsonld
from tests.publish.publications import FACTS, SIGNS, publication, unknown, with_reliefweb

from mgi_report.pages.model import Conformance
from mgi_report.publish.model import File, Publication
from mgi_report.publish.records import records_of
from mgi_report.publish.records.datacite import datacite
from mgi_report.publish.records.dublin_core import dublin_core
from mgi_report.publish.records.onix import onix
from mgi_report.publish.records.platform import platform
from mgi_report.publish.records.reliefweb import reliefweb
from mgi_report.publish.records.schema_org import schema_org

ONIX = "{http://ns.editeur.org/onix/3.0/reference}"
ANY = pytest.mark.parametrize("make", [publication, unknown], ids=["all known", "little known"])


def products(message: bytes) -> dict[str, ElementTree.Element]:
    """Give the products of an ONIX message by the name of their file."""
    root = ElementTree.fromstring(message)
    return {
        (each.findtext(f"{ONIX}ProductIdentifier/{ONIX}IDValue") or ""): each
        for each in root.iter(f"{ONIX}Product")
    }


@ANY
def test_onix_is_whole(make: Callable[[], Publication], tmp_path: Path) -> None:
    path = tmp_path / "onix.xml"
    path.write_bytes(onix(make()))
    assert [each.short for each in onixcheck.validate(str(path))] == []


def test_the_judge_of_onix_finds_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "onix.xml"
    path.write_bytes(onix(publication()).replace(b"E107", b"X999"))
    assert onixcheck.validate(str(path))


def test_onix_says_of_each_file_its_pages_size_digest_and_numbers() -> None:
    made = products(onix(publication()))
    for edition in publication().editions:
        pdf = edition.pdf
        text = [each.text for each in made[pdf.path].iter()]
        assert {str(pdf.pages), str(len(pdf.content)), pdf.digest, "9789292680015"} <= {*text}
        epub = edition.file("epub")
        assert epub
        said = {each.text for each in made[epub.path].iterfind(f"{ONIX}ProductIdentifier/*")}
        assert epub.digest in said
        assert "9789292680015" not in said, "the number is the PDF's own"


def test_a_printed_edition_is_a_product_where_it_has_an_isbn(tmp_path: Path) -> None:
    block = File("press/name-print.pdf", b"%PDF block", "application/pdf", "press", 36)
    made = publication()
    for number, count in (("978-92-9268-002-2", 5), ("", 4)):
        facts = replace(FACTS, identifiers={"isbn-print": number} if number else {})
        first = replace(made.editions[0], facts=facts)
        first = replace(first, files=(*first.files, block))
        message = onix(replace(made, editions=(first, made.editions[1])))
        root = ElementTree.fromstring(message)
        forms = [each.text for each in root.iter(f"{ONIX}ProductForm")]
        assert (len(forms), forms.count("BC")) == (count, count - 4)
        (tmp_path / "onix.xml").write_bytes(message)
        assert [e.short for e in onixcheck.validate(str(tmp_path / "onix.xml"))] == []
        if number:
            printed = next(each for each in root.iter(f"{ONIX}Product") if "BC" in texts(each))
            assert {"9789292680022", "36"} <= set(texts(printed))


def texts(element: ElementTree.Element) -> list[str]:
    return [each.text or "" for each in element.iter()]


def test_onix_says_what_is_true_of_access() -> None:
    def codes(product: ElementTree.Element) -> list[str | None]:
        return [each.text for each in product.iter(f"{ONIX}ProductFormFeatureValue")]

    made = products(onix(publication()))
    pdf, epub, *_ = publication().editions[0].files
    assert codes(made[pdf.path]) == ["05", "11", "13", "14", "22", "29"]
    assert codes(made[epub.path]) == ["11", "13", "14", "22", "29", "30", "36"]
    for conformance, first in ((Conformance.UA2_A4F, "06"), (None, "11")):
        editions = [replace(each, conformance=conformance) for each in publication().editions]
        judged = replace(publication(), editions=tuple(editions))
        assert codes(products(onix(judged))[pdf.path])[0] == first


@ANY
def test_datacite_is_whole(make: Callable[[], Publication]) -> None:
    for edition in make().editions:
        record = json.loads(datacite(edition))
        _judge_datacite(record)
        assert record["sizes"] == ["31 pages", f"{len(edition.pdf.content)} bytes"]
        assert edition.pdf.digest in json.dumps(record["alternateIdentifiers"])


def test_datacite_says_what_kind_of_report_it_is() -> None:
    types = json.loads(datacite(publication().original))["types"]
    assert types == {
        "resourceTypeGeneral": "Report",
        "resourceType": "Migration Governance Indicators",
    }


def _judge_datacite(record: object) -> None:
    import datacite as package

    folder = Path(package.__file__).parent / "schemas"
    schema = json.loads((folder / "datacite-v4.5.json").read_text("utf-8"))
    Draft7Validator(schema, format_checker=FormatChecker()).validate(record)


@ANY
def test_dublin_core_has_the_measures_of_the_file(make: Callable[[], Publication]) -> None:
    for edition in make().editions:
        root = ElementTree.fromstring(dublin_core(make(), edition))
        said = [each.text for each in root]
        size = f"{len(edition.pdf.content)} bytes"
        assert {"31 pages", size, f"hash://sha256/{edition.pdf.digest}"} <= {*said}
        assert root.findtext("{http://purl.org/dc/elements/1.1/}title") == edition.title


CONTEXT = {"@context": {"@vocab": "https://schema.org/", "id": "@id", "type": "@type"}}
"""In place of schema.org's own, which lies on the web."""


@ANY
def test_schema_org_expands(make: Callable[[], Publication]) -> None:
    asked: list[str] = []

    def load(url: str, _: object) -> dict[str, Any]:
        asked.append(url)
        return {"contextUrl": None, "documentUrl": url, "document": CONTEXT}

    record = json.loads(schema_org(make()))
    options = {"documentLoader": load, "base": "https://example.org/"}
    works = jsonld.expand(record, options)
    assert {each.rstrip("/") for each in asked} == {"https://schema.org"}
    for work, edition in zip(works, make().editions, strict=True):
        assert work["@type"] == ["https://schema.org/Report", "https://schema.org/Book"]
        assert work["https://schema.org/name"] == [{"@value": edition.title}]
        assert work["https://schema.org/numberOfPages"] == [{"@value": 31}]
        files = work["https://schema.org/encoding"]
        digests = [each["https://schema.org/sha256"][0]["@value"] for each in files]
        assert digests == [each.digest for each in edition.files[:3]]
    assert works[1]["https://schema.org/translationOfWork"] == [{"@id": works[0]["@id"]}]


def test_reliefweb_is_told_only_what_profile_yml_says() -> None:
    assert reliefweb(publication()) is None
    told = reliefweb(with_reliefweb())
    assert told
    record = json.loads(told)
    namespace = UUID("8e27a998-c362-5d1f-b152-d474e1d36af2")
    assert record["uuid"] == str(uuid5(namespace, record["url"]))
    assert record["url"] == record["origin"] == "https://example.org/a?b=1&c"
    assert record["published"] == "2024-05-06T00:00:00+00:00"
    assert (record["source"], record["country"]) == ([11], [22, 33])
    assert (record["format"], record["language"], record["theme"]) == ([4], [5, 6], [7])
    assert record["body"] == 'First A "B" & \\<C\\> ’s, \\*not\\* \\[bold\\].\n\nSecond.'
    for file, edition in zip(record["file"], with_reliefweb().editions, strict=True):
        assert file["url"] == f"https://example.org/files/{edition.pdf.path}"
        assert file["uuid"] == str(uuid5(UUID(record["uuid"]), file["url"]))
        assert file["filename"] == edition.pdf.path
        assert file["checksum"] == edition.pdf.digest
        assert file["language"] == edition.lang
    assert record["image"]["url"].endswith("-cover-medium.jpg")
    assert all(record["image"][each] for each in ("checksum", "description", "copyright"))


def test_reliefweb_gets_no_spaces_and_signs_that_it_refuses() -> None:
    first, *others = with_reliefweb().editions
    strange = replace(
        first, title="A\u00a0title\u200f of\u202fmany\u00ad\nlines", abstract="A\u2060b"
    )
    told = reliefweb(replace(with_reliefweb(), editions=(strange, *others)))
    assert told
    record = json.loads(told)
    assert (record["title"], record["body"]) == ("A title of many lines", "Ab")


def test_long_titles_are_cut_between_words_where_reliefweb_has_no_room() -> None:
    made = with_reliefweb()
    long = replace(made.editions[0], title="word " * 100)
    told = reliefweb(replace(made, editions=(long, made.editions[1])))
    assert told
    title = json.loads(told)["title"]
    assert len(title) <= 255
    assert title.endswith("word…")


def test_the_platform_has_its_own_words() -> None:
    made = publication()
    record = json.loads(platform(made, made.editions[1]))
    assert record["Title"] == f"{SIGNS} (fr)"
    assert (record["Language"], record["Original language"]) == ("French", "English")
    assert record["ISBN (PDF)"] == "978-92-9268-001-5"
    assert record["Reference number"] == "PUB2024/001/EL"
    assert record["Number of pages"] == 31
    assert record["File"]["SHA-256"] == made.editions[1].pdf.digest
    assert record["List of contents"] == [SIGNS, "Annexes"]


def test_what_is_not_known_stays_out() -> None:
    for file in records_of(unknown()):
        text = file.content.decode()
        assert not re.search(r"ISBN|doi|DOI|urn:isbn|Reference number|null|None|\"\"", text), (
            file.path
        )
        assert "https://example.org" not in text


def test_names_with_signs_are_the_same_in_every_record() -> None:
    for file in records_of(with_reliefweb()):
        text = file.content.decode()
        if file.path.endswith(".xml"):
            said = "\n".join(each.text or "" for each in ElementTree.fromstring(text).iter())
        else:
            said = "\n".join(_texts(json.loads(text)))
        assert f"{SIGNS} (en)" in said or f"{SIGNS} (fr)" in said, file.path
        assert "&amp;" not in said, file.path


def _texts(value: Any) -> list[str]:
    match value:
        case dict():
            return [text for each in value.values() for text in _texts(each)]
        case list():
            return [text for each in value for text in _texts(each)]
        case _:
            return [str(value)]
