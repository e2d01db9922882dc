"""Paragraphs, items and rows that a reviewer adds without tracking are written as they stand."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from tests.consult.rounds import CHAPTER, copied, decided, proposals, source, take_in

from mgi_report.consult.model import conflicts
from mgi_report.project import DiskProject


@pytest.fixture
def project(round_folder: Path, tmp_path: Path) -> DiskProject:
    return copied(round_folder, tmp_path / "project")


@pytest.fixture
def edited(
    round_folder: Path, tmp_path: Path
) -> Callable[[Callable[[DocumentObject], None]], Path]:
    """Edit the sent file."""

    def make(change: Callable[[DocumentObject], None]) -> Path:
        document = Document(str(round_folder / "out" / "mali-2021-en-round-1.docx"))
        change(document)
        file = tmp_path / "back.docx"
        document.save(str(file))
        return file

    return make


def at(document: DocumentObject, words: str) -> Any:
    """Give the paragraph or row in which words stand."""
    for node in document.element.body.iter(qn("w:p")):
        if words in "".join(each.text or "" for each in node.iter(qn("w:t"))):
            row = next(node.iterancestors(qn("w:tr")), None)
            return node if row is None else row
    raise LookupError(words)


def add(node: Any, *texts: str) -> Any:
    """Put a copy of a paragraph or row behind it, with other words in its cells."""
    made = deepcopy(node)
    for name in ("w:bookmarkStart", "w:bookmarkEnd"):
        for mark in list(made.iter(qn(name))):
            mark.getparent().remove(mark)
    paragraphs = [made] if made.tag == qn("w:p") else list(made.iter(qn("w:p")))
    for paragraph, text in zip(paragraphs, texts, strict=True):
        first, *others = list(paragraph.iter(qn("w:t")))
        first.text = text
        for other in others:
            other.text = ""
    node.addnext(made)
    return made


def written(project: DiskProject) -> str:
    return (project.root / CHAPTER).read_text(encoding="utf-8")


ADDED = {
    "paragraphs": (
        "nobody will miss",
        [["First of the new."], ["Second of the new."]],
        "nobody will miss.\n\nFirst of the new.\n\nSecond of the new.\n\nHere ends",
    ),
    "items": (
        "The plum for all",
        [["The fig;"], ["The grape."]],
        "falls down early.\n- The fig;\n- The grape.\n\nSteps",
    ),
    "numbered items": (
        "Walk through the orchard",
        [["Count the trees;"], ["Count them again;"]],
        "both eyes open;\n3. Count the trees;\n4. Count them again;\n5. Close the gate",
    ),
    "rows": (
        "Medlar",
        [["Fig", "Green | blue", "12"], ["Grape", "", "14"]],
        "russet | 30 |\n| Fig | Green \\| blue | 12 |\n| Grape |  | 14 |\n| Cherry |",
    ),
    "the first row": (
        "Colour of its skin",
        [["Fig", "Green", "12"]],
        "-----------------:|\n| Fig | Green | 12 |\n| Quince |",
    ),
}


@pytest.mark.parametrize("name", ADDED)
def test_what_is_new_in_succession_is_listed_in_order_and_written_so(
    project: DiskProject, edited: Callable[..., Path], name: str
) -> None:
    words, added, expected = ADDED[name]

    def change(document: DocumentObject) -> None:
        node = at(document, words)
        for texts in added:
            node = add(node, *texts)

    take_in(project, edited(change))
    found = proposals(project)
    assert [each.proposed for each in found] == ["\n\n" + "\t".join(texts) for texts in added]
    assert not list(conflicts(found))
    assert decided(project) == ()
    assert expected in written(project)


def test_a_new_table_is_written_as_one(project: DiskProject, edited: Callable[..., Path]) -> None:
    def change(document: DocumentObject) -> None:
        cells = "".join(
            "<w:tr>"
            + "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in row)
            + "</w:tr>"
            for row in (("Region", "Trees"), ("Kayes", "12"))
        )
        table = parse_xml(f"<w:tbl {nsdecls('w')}><w:tblPr/>{cells}</w:tbl>")
        at(document, "nobody will miss").addnext(table)

    take_in(project, edited(change))
    assert decided(project) == ()
    assert (
        "nobody will miss.\n\n| Region | Trees |\n|---|---|\n| Kayes | 12 |\n\nHere ends"
        in written(project)
    )


def test_of_a_new_source_it_is_said_what_to_do(
    project: DiskProject, edited: Callable[..., Path]
) -> None:
    def change(document: DocumentObject) -> None:
        last = [each for each in document.paragraphs if each.style and each.style.name == "Source"][
            -1
        ]
        add(last._p, "Ministry of Health, 2022. A law on migrants.")

    take_in(project, edited(change))
    before = source(project)
    [told] = decided(project)
    assert "a new source needs an entry of its own, with author, year and title" in told.message
    assert source(project) == before
    assert [each.status for each in proposals(project)] == ["open"]


def test_two_footnotes_that_go_together_leave_the_others(
    project: DiskProject, edited: Callable[..., Path]
) -> None:
    """They stand one under the other, and the empty line between them goes once."""

    def change(document: DocumentObject) -> None:
        for words in ("The first paragraph has", "Tables say much"):
            node = at(document, words)
            node.getparent().remove(node)

    take_in(project, edited(change))
    assert decided(project) == ()
    assert "[^first]" not in written(project)
    assert "[^second]" not in written(project)
