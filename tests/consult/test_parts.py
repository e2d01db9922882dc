"""What is gone from a returned Word file, or stands there in an odd way, is told or taken in."""

from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from tests.consult.rounds import CHAPTER, copied, decided, proposals, take_in

from mgi_report.consult.word_signs import UNKNOWN, sign_of
from mgi_report.project import DiskProject


@pytest.fixture
def project(round_folder: Path, tmp_path: Path) -> DiskProject:
    return copied(round_folder, tmp_path / "project")


@pytest.fixture
def draft(round_folder: Path) -> DocumentObject:
    return Document(str(round_folder / "out" / "mali-2021-en-round-1.docx"))


def back(document: DocumentObject, folder: Path) -> Path:
    file = folder / "back.docx"
    document.save(str(file))
    return file


def cut(document: DocumentObject, *, keep: str = "", drop: str = "") -> None:
    """Leave one chapter of the draft, or take one out."""
    goes = bool(keep)
    for node in list(document.element.body):
        style = node.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if style is not None and style.get(qn("w:val")) == "Heading1":
            text = "".join(each.text or "" for each in node.iter(qn("w:t")))
            goes = not text.startswith(keep) if keep else text.startswith(drop)
        if goes and node.tag != qn("w:sectPr"):
            document.element.body.remove(node)


def test_a_chapter_that_was_taken_out_is_a_deletion_of_all_its_blocks(
    project: DiskProject, draft: DocumentObject, tmp_path: Path
) -> None:
    cut(draft, drop="COVID-19")
    taken = take_in(project, back(draft, tmp_path))
    assert taken.diagnostics == ()
    found = proposals(project)
    assert {each.kind for each in found} == {"deletion"}
    assert {each.block.split()[0] for each in found} >= {"covid-19"}


def test_of_a_file_with_one_chapter_it_is_told_what_is_not_in_it(
    project: DiskProject, draft: DocumentObject, tmp_path: Path
) -> None:
    cut(draft, keep="COVID-19")
    taken = take_in(project, back(draft, tmp_path))
    assert proposals(project) == ()
    [told] = taken.diagnostics
    assert told.message.startswith("The file is a part of the draft; not in it are: imprint, ")
    assert "covid-19" not in told.message


def test_words_struck_out_by_hand_are_a_deletion_that_says_so(
    project: DiskProject, draft: DocumentObject, tmp_path: Path
) -> None:
    paragraph = next(each for each in draft.paragraphs if "What is quoted" in each.text)
    [run] = paragraph.runs
    whole, words = run.text, "stands apart, "
    before, after = whole.split(words)
    run.text = before
    paragraph.add_run(words).font.strike = True
    paragraph.add_run(after)
    take_in(project, back(draft, tmp_path))
    [found] = proposals(project)
    assert (found.kind, found.original, found.proposed) == ("deletion", words, "")
    assert found.context == "struck out by hand, not by a tracked change"
    assert not found.tracked


def test_words_in_a_table_inside_of_a_cell_and_in_each_text_box_are_kept(
    project: DiskProject, draft: DocumentObject, tmp_path: Path
) -> None:
    cell = draft.tables[0].rows[1].cells[1]
    inner = "<w:tr><w:tc><w:p><w:r><w:t>as of 2022</w:t></w:r></w:p></w:tc></w:tr>"
    cell.paragraphs[0]._p.addnext(parse_xml(f"<w:tbl {nsdecls('w')}>{inner}</w:tbl>"))
    boxes = "".join(
        f"<w:txbxContent><w:p><w:r><w:t>Box {count}.</w:t></w:r></w:p></w:txbxContent>"
        for count in (1, 2)
    )
    paragraph = next(each for each in draft.paragraphs if "What is quoted" in each.text)
    paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:pict>{boxes}</w:pict></w:r>"))
    take_in(project, back(draft, tmp_path))
    assert [(each.block, each.proposed.strip()) for each in proposals(project)] == [
        ("3.2 T1.1", "as of 2022"),
        ("", "Box 1."),
        ("", "Box 2."),
    ]


def test_words_that_were_taken_back_are_told_and_a_comments_lines_stay(
    project: DiskProject, draft: DocumentObject, tmp_path: Path
) -> None:
    paragraph = next(each for each in draft.paragraphs if "What is quoted" in each.text)
    draft.add_comment(paragraph.runs, text="One.\nTwo.", author="Awa")
    change = (
        f'<w:ins {nsdecls("w")} w:id="901" w:author="A"><w:del w:id="902" w:author="B">'
        "<w:r><w:delText>gone</w:delText></w:r></w:del></w:ins>"
    )
    paragraph._p.append(parse_xml(change))
    file = back(draft, tmp_path)
    taken = take_in(project, file, "Ministry of Health")
    assert taken.diagnostics == ()
    assert [(each.author, each.comment) for each in proposals(project)] == [
        ("Awa", "One.\nTwo."),
        ("B", "“gone” was put in here by A, and taken out again."),
    ]
    again = take_in(project, file, "ministry of  health").value
    assert again is not None
    assert again.new == 0


def put_in(document: DocumentObject, name: str, content: bytes, tag: str = "altChunk") -> None:
    """Put a whole file behind the quotation, as programs do that write no Word."""
    kind = "aFChunk" if tag == "altChunk" else "subDocument"
    types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    part = Part(PackURI(f"/word/{name}"), "text/plain", content, document.part.package)
    number = document.part.relate_to(part, f"{types}/{kind}")
    place = next(each for each in document.paragraphs if "What is quoted" in each.text)
    place._p.addnext(parse_xml(f'<w:{tag} {nsdecls("w", "r")} r:id="{number}"/>'))


def test_words_of_files_put_into_the_file_are_kept_or_told(
    project: DiskProject, draft: DocumentObject, tmp_path: Path
) -> None:
    inner = Document()
    inner.add_paragraph("From another file.")
    inner.save(str(tmp_path / "inner.docx"))
    page = "<html><head><title>No</title></head><body><p>É<b>migr</b>és count.</p><p>Twice.</p>"
    put_in(draft, "a.htm", page.encode("utf-8-sig"))
    put_in(draft, "b.txt", b"Plain words.")
    put_in(draft, "c.docx", (tmp_path / "inner.docx").read_bytes(), "subDoc")
    put_in(draft, "d.rtf", b"{\\rtf1 Lost words.}")
    taken = take_in(project, back(draft, tmp_path))
    found = proposals(project)
    assert {(each.block, each.proposed) for each in found} == {
        ("", "Émigrés count.\n\nTwice."),
        ("", "Plain words."),
        ("", "From another file."),
    }
    behind = "in a file put in behind “What is quoted stands apart, and keeps the words of somebo"
    assert all(each.context.startswith(behind) for each in found)
    unplaced, told = taken.diagnostics
    assert unplaced.message.startswith("3 of the proposals could not be placed")
    assert told.message.startswith("Not read: a file put in, behind “What is quoted")
    assert told.message.endswith("d.rtf (1).")


def test_a_column_that_was_taken_out_is_told_and_none_is_left_empty(
    project: DiskProject, draft: DocumentObject, tmp_path: Path
) -> None:
    rows = draft.tables[0].rows
    change = f'<w:cellDel {nsdecls("w")} w:id="903" w:author="Awa"/>'
    for row in rows:
        cell = row.cells[-1]._tc
        cell.get_or_add_tcPr().append(parse_xml(change))
        for run in list(cell.iter(qn("w:r"))):
            run.addprevious(gone := parse_xml(f'<w:del {nsdecls("w")} w:author="Awa"/>'))
            gone.append(run)
    alone = rows[2].cells[0]._tc
    alone.get_or_add_tcPr().append(parse_xml(change))
    take_in(project, back(draft, tmp_path))
    assert [(each.kind, each.author, each.comment) for each in proposals(project)] == [
        ("comment", "Awa", "The column “Weeks until ripe” was taken out of the table."),
        ("comment", "Awa", "The cell “Medlar” was taken out of the row."),
    ]


def test_a_new_footnote_and_words_at_the_end_of_the_last_one_are_written_in_one_go(
    project: DiskProject, draft: DocumentObject, tmp_path: Path
) -> None:
    place = next(each for each in draft.paragraphs if "nobody will miss" in each.text)
    place.add_run("^[Words of a third.]")
    notes = draft.part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES)
    notes._blob = notes.blob.replace(b"the rows once more.", b"the rows once more, and stops.")
    take_in(project, back(draft, tmp_path))
    assert decided(project) == ()
    assert (
        (project.root / CHAPTER)
        .read_text(encoding="utf-8")
        .endswith("counts the rows once more, and stops.\n\n[^words-of]: Words of a third.\n")
    )


def test_signs_of_fonts_are_characters_and_a_tab_is_a_space(
    project: DiskProject, draft: DocumentObject, tmp_path: Path
) -> None:
    signs = "".join(
        f'<w:sym w:font="{font}" w:char="{place}"/>'
        for font, place in (("Symbol", "F0B3"), ("Wingdings", "F0FC"), ("Webdings", "F061"))
    )
    words = f"<w:r><w:t> aged</w:t><w:tab/>{signs}<w:t>15</w:t></w:r>"
    change = f'<w:ins {nsdecls("w")} w:id="904" w:author="Awa">{words}</w:ins>'
    place = next(each for each in draft.paragraphs if "nobody will miss" in each.text)
    place._p.append(parse_xml(change))
    [told] = take_in(project, back(draft, tmp_path)).diagnostics
    [found] = proposals(project)
    assert found.proposed == " aged ≥✓\ufffd15"
    assert told.message == "Not read: sign of the font Webdings (1)."


def test_the_place_of_each_sign_is_that_of_the_font() -> None:
    places = {"41": "Α", "61": "α", "A3": "≤", "B1": "±", "D0": "∠", "E5": "∑", "F2": "∫"}
    assert {place: sign_of("Symbol", f"F0{place}") for place in places} == places
    assert sign_of("Symbol", "F0F0") == sign_of("Arial", "E000") == sign_of("", "x") == UNKNOWN
