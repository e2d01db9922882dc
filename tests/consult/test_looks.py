"""What a reviewer changes beside the words is told: styles, links, head and foot, highlighting."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from tests.consult.rounds import copied, decided, proposals, source, take_in, texts

from mgi_report.project import DiskProject

LINK = "https://example.org/a"
PLUM = "The plum for all that falls down early."


@pytest.fixture
def project(round_folder: Path, tmp_path: Path) -> DiskProject:
    return copied(round_folder, tmp_path / "project")


@pytest.fixture
def draft(round_folder: Path) -> DocumentObject:
    return Document(str(round_folder / "out" / "mali-2021-en-round-1.docx"))


def paragraph(document: DocumentObject, words: str) -> Any:
    return next(each for each in document.paragraphs if words in each.text)


def areas(document: DocumentObject) -> Any:
    """Give the heading of that name in the third chapter."""
    return [each for each in document.paragraphs if each.text == AREAS][2]


def header(document: DocumentObject) -> None:
    document.sections[0].header.paragraphs[0].add_run(" Say which year.")


def footer(document: DocumentObject) -> None:
    document.sections[0].footer.paragraphs[0].runs[0].text = "Not yet approved. Page "


def link(document: DocumentObject) -> None:
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/hyperlink") and relation.target_ref == LINK:
            relation._target = "https://example.org/b"


def unlinked(document: DocumentObject) -> None:
    for each in list(document.element.body.iter(qn("w:hyperlink"))):
        if "lead away" in "".join(each.itertext()):
            for run in each:
                each.addprevious(run)
            each.getparent().remove(each)


def level(document: DocumentObject) -> None:
    areas(document).style = "Heading 3"


def no_heading(document: DocumentObject) -> None:
    areas(document).style = "Normal"


def heading(document: DocumentObject) -> None:
    paragraph(document, "nobody will miss").style = "Heading 2"


def highlighted(document: DocumentObject) -> None:
    paragraph(document, "nobody will miss").runs[0].font.highlight_color = WD_COLOR_INDEX.YELLOW


AREAS = "Areas with potential for further development"
END = "Between the quotation and the end stands one more paragraph, whose words nobody will miss."
SAID: dict[Callable[[DocumentObject], None], tuple[str, str, str]] = {
    header: ("", "Say which year.", "in the header of the pages, which the layout makes"),
    footer: ("", "Not yet approved. Page", "in the footer of the pages, which the layout makes"),
    link: ("3.1 ¶1", "words that lead away", f"link: {LINK} → https://example.org/b"),
    unlinked: ("3.1 ¶1", "words that lead away", f"no longer a link to {LINK}"),
    level: ("3.2", AREAS, "style: Heading 2 → Heading 3"),
    no_heading: ("3.2", AREAS, "style: Heading 2 → Normal"),
    heading: ("3.2 ¶3", END, "style: Normal → Heading 2"),
    highlighted: ("3.2 ¶3", END, "highlighted"),
}


@pytest.mark.parametrize("change", SAID, ids=lambda change: change.__name__)
def test_a_change_beside_the_words_becomes_a_proposal(
    project: DiskProject,
    draft: DocumentObject,
    tmp_path: Path,
    change: Callable[[DocumentObject], None],
) -> None:
    change(draft)
    draft.save(str(tmp_path / "back.docx"))
    taken = take_in(project, tmp_path / "back.docx").value
    [found] = proposals(project)
    assert taken is not None
    assert taken.new == 1
    block, words, said = SAID[change]
    if block:
        assert (found.kind, found.original, found.comment) == ("format", words, said)
    else:
        assert found.proposed.endswith(words)
        assert found.context == said
        assert taken.unplaced == 1
    assert found.block == block


def test_of_a_file_without_styles_of_headings_it_is_told_once(
    project: DiskProject, draft: DocumentObject, tmp_path: Path
) -> None:
    for each in draft.paragraphs:
        each.style = "Normal"
    draft.save(str(tmp_path / "back.docx"))
    [told] = take_in(project, tmp_path / "back.docx").diagnostics
    assert told.message.startswith("The file has not kept the styles of headings")
    assert not [each for each in proposals(project) if "Heading" in each.comment]


def test_a_new_item_with_a_mark_of_its_own_stays_an_item_behind_the_last(
    project: DiskProject, draft: DocumentObject, tmp_path: Path
) -> None:
    last = paragraph(draft, PLUM)._p
    made = deepcopy(last)
    for each in list(made)[1:]:
        made.remove(each)
    who = f'{nsdecls("w")} w:id="901" w:author="Awa"'
    made[0].append(parse_xml(f"<w:rPr {nsdecls('w')}><w:ins {who}/></w:rPr>"))
    made.append(parse_xml(f"<w:ins {who}><w:r><w:t>The fig.</w:t></w:r></w:ins>"))
    last.addnext(made)
    draft.save(str(tmp_path / "back.docx"))
    take_in(project, tmp_path / "back.docx")
    [found] = proposals(project)
    assert (found.block, found.proposed) == ("3.1 •3", "\n\nThe fig.")
    assert decided(project) == ()
    written = source(project)["content/mali-2021/en/3-partnerships.md"].decode()
    assert f"- {PLUM}\n- The fig.\n" in written
    assert "The fig." in texts(project)
