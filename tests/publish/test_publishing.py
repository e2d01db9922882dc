"""The bundle of Mali: one bag with everything in it, and each record true to its file."""

from __future__ import annotations

import json
import re
from pathlib import Path

import bagit
import onixcheck
import pytest
from tests.projects import mali
from tests.publish.judges import faults_of_epub

from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span
from mgi_report.pages.model import Conformance
from mgi_report.publish.bag import bag
from mgi_report.publish.editions import payload_of
from mgi_report.publish.measures import pages_of, size_of
from mgi_report.publish.model import File
from mgi_report.publish.publishing import files_of, publication_of
from mgi_report.workshop import Made
from mgi_report.writing import replace_folder

pytestmark = pytest.mark.xdist_group("mali")

NAME = "pub2021-mali-mgi-second-profile"


@pytest.fixture(scope="module")
def files(made: Made) -> dict[str, File]:
    publication = publication_of([made], mali(), Conformance.UA1_A3A)
    return {each.path: each for each in files_of(publication, [])}


def test_everything_is_there(files: dict[str, File]) -> None:
    assert sorted(files) == [
        *(f"covers/{NAME}-cover-{size}.jpg" for size in ("large", "medium", "small")),
        *(f"{NAME}.{form}" for form in ("epub", "html", "pdf")),
        *(f"records/{NAME}-{of}" for of in ("datacite.json", "dublin-core.xml", "onix.xml")),
        *(f"records/{NAME}-{of}" for of in ("platform.json", "schema-org.jsonld")),
        "report.md",
    ]


def test_the_report_does_not_claim_what_was_let_through(made: Made) -> None:
    publication = publication_of([made], mali(), Conformance.UA1_A3A)
    found = Diagnostic(Rule.DRAFT_MARK_IS_GONE, "The text still says so.", None)
    for let_through, expected in (([], True), ([found], False)):
        report = {each.path: each for each in files_of(publication, let_through)}["report.md"]
        assert (b"No text calls itself a draft." in report.content) == expected


def test_the_same_content_gives_the_same_bytes(files: dict[str, File], made: Made) -> None:
    publication = publication_of([made], mali(), Conformance.UA1_A3A)
    again = {each.path: each.digest for each in files_of(publication, [])}
    assert again == {path: file.digest for path, file in files.items()}


def test_the_bag_the_book_and_onix_are_whole(files: dict[str, File], tmp_path: Path) -> None:
    replace_folder(tmp_path / "bag", bag(payload_of(files.values()), []), {})
    bagit.Bag(str(tmp_path / "bag")).validate()
    assert faults_of_epub(files[f"{NAME}.epub"].content, tmp_path) == ""
    onix = tmp_path / f"bag/data/records/{NAME}-onix.xml"
    assert [each.short for each in onixcheck.validate(str(onix))] == []


def test_each_record_has_the_pages_size_and_digest_of_the_file(files: dict[str, File]) -> None:
    pdf = files[f"{NAME}.pdf"]
    pages, size = pages_of(pdf.content), len(pdf.content)
    assert (pages, pdf.pages) == (31, 31)
    for path, file in files.items():
        text = file.content.decode() if path.startswith("records/") else ""
        if text:
            assert pdf.digest in text, path
            assert re.search(rf"\b{size}\b", text), path
            assert re.search(rf"\b{pages}\b", text), path
    record = json.loads(files[f"records/{NAME}-platform.json"].content)
    assert record["Number of pages"] == pages
    assert record["File"] == {"Name": pdf.path, "Size in bytes": size, "SHA-256": pdf.digest}


def test_covers_are_as_wide_as_catalogues_ask(files: dict[str, File]) -> None:
    sizes = {path: size_of(file.content) for path, file in files.items() if file.size}
    assert sizes == {path: files[path].size for path in sizes}
    widths = {path.rpartition("-")[2]: size for path, size in sizes.items()}
    assert max(widths["large.jpg"]) >= 2560
    assert widths["medium.jpg"][0] >= 700
    assert widths["small.jpg"][0] == 320


def test_no_number_is_made_up(files: dict[str, File]) -> None:
    for path, file in files.items():
        if path.startswith("records/"):
            assert not re.search(rb"urn:isbn|ISBN|10\.\d{4}/|PUB2021", file.content), path


def test_the_report_says_what_was_made_what_lacks_and_what_was_let_through(made: Made) -> None:
    publication = publication_of([made], mali(), None)
    found = Diagnostic(
        Rule.PICTURE_IS_SHARP, "A *note*.", Span("a.md", 3), severity=Severity.WARNING
    )
    report = files_of(publication, [found])[-1].content.decode()
    pdf = publication.original.pdf
    assert f"{NAME}.pdf: " in report
    assert f"31 pages. SHA-256 {pdf.digest}" in report
    assert "no standard is claimed for the PDF, as veraPDF has not confirmed any" in report
    assert "no ISBN of the PDF, no reference number, no DOI; records do without." in report
    assert "No record for ReliefWeb" in report
    assert "a.md:3:1: warning: A \\*note\\*. \\[picture-is-sharp\\]" in report
