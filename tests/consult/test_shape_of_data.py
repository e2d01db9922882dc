"""Texts of a section's YAML have the shape that the layout gives them, in Word too."""

from io import BytesIO
from pathlib import Path

from docx import Document
from tests.consult.rounds import MALI, ROOT

from mgi_report.consult.blocks import read_content
from mgi_report.project import DiskProject


def test_texts_of_yaml_are_headings_items_and_descriptions() -> None:
    content = read_content(DiskProject(ROOT), MALI, "en").value
    assert content
    shape = {
        block.text: (block.name, block.kind)
        for block in content.blocks
        if block.section in ("framework", "key-findings")
    }
    assert shape["MiGOF"] == ("framework.1", "heading")
    assert shape["What it is"] == ("framework.5", "heading")
    assert shape["A ranking of countries"] == ("framework.6 •1", "item")
    assert shape["at the basis of"][1] == "paragraph"
    described = [name for name, kind in shape.values() if kind == "description"]
    assert described == ["framework.7 F1", "key-findings.2 F1"]


def test_the_word_file_says_what_describes_a_picture(round_folder: Path) -> None:
    sent = (round_folder / "out/mali-2021-en-round-1.docx").read_bytes()
    document = Document(BytesIO(sent))
    styles = {each.text: each.style.name for each in document.paragraphs if each.style}
    assert styles["MiGOF principles"] == "Heading 2"
    wheel = next(text for text in styles if text.startswith("A wheel of six segments, divided"))
    assert styles[wheel] == "Figure Caption"
    assert "framework.7 F1  Picture, in words" in document.part.numbering_part.element.xml
