"""Returned files as Word writes them, and files that are not to be trusted."""

import io
import zipfile
from pathlib import Path

import pytest
from tests.consult.rounds import CHAPTER, copied, decided, proposals, sent, source, take_in

from mgi_report.consult.model import Kind
from mgi_report.consult.rounds import identity
from mgi_report.project import DiskProject

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WHO = 'w:author="Awa" w:date="2026-02-03T10:00:00Z"'


@pytest.fixture
def project(round_folder: Path, tmp_path: Path) -> DiskProject:
    return copied(round_folder, tmp_path / "project")


def changed(round_folder: Path, target: Path, **parts: tuple[str, str]) -> Path:
    """Change the sent file as text: in each part (document, footnotes), one text for another."""
    sent_file = round_folder / "out" / "mali-2021-en-round-1.docx"
    with zipfile.ZipFile(sent_file) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            for part, (before, after) in parts.items():
                if name in (f"word/{part}.xml", part):
                    text = content.decode()
                    assert before in text, before
                    content = text.replace(before, after, 1).encode()
            new.writestr(name, content)
    return target


def run(text: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def test_a_comment_and_its_answers_are_three_proposals(
    project: DiskProject, round_folder: Path, tmp_path: Path
) -> None:
    from docx import Document

    file = tmp_path / "back.docx"
    document = Document(str(round_folder / "out" / "mali-2021-en-round-1.docx"))
    paragraph = next(each for each in document.paragraphs if "What is quoted" in each.text)
    for text, author in (("Who says so?", "Awa"), ("See page 2.", "Ibrahim")):
        document.add_comment(paragraph.runs, text=text, author=author)
    document.save(str(file))
    take_in(project, file)
    found = proposals(project)
    assert [(each.kind, each.block, each.author, each.comment) for each in found] == [
        ("comment", "3.2 ¶2", "Awa", "Who says so?"),
        ("comment", "3.2 ¶2", "Ibrahim", "See page 2."),
    ]
    assert found[0].original == "What is quoted stands apart, and keeps the words of somebody else."


def test_an_answer_stands_with_the_comment_that_it_answers(
    project: DiskProject, round_folder: Path, tmp_path: Path
) -> None:
    """As Word writes threads: a second part says which comment answers which."""
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    w15 = "http://schemas.microsoft.com/office/word/2012/wordml"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    threads = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
    anchor = (
        '</w:t></w:r><w:commentRangeStart w:id="4"/><w:r><w:t>apart</w:t></w:r>'
        '<w:commentRangeEnd w:id="4"/><w:r><w:t>'
    )
    relations = (
        f'<Relationship Id="rId901" Type="{kind}" Target="comments.xml"/>'
        f'<Relationship Id="rId902" Type="{threads}" Target="commentsExtended.xml"/>'
        "</Relationships>"
    )
    file = changed(
        round_folder,
        tmp_path / "back.docx",
        document=("apart", anchor),
        **{"word/_rels/document.xml.rels": ("</Relationships>", relations)},
    )
    said = "".join(
        f'<w:comment w:id="{number}" w:author="{author}"><w:p w14:paraId="0000000{number}">'
        f"<w:r><w:t>{text}</w:t></w:r></w:p></w:comment>"
        for number, author, text in ((4, "Awa", "Apart from what?"), (5, "Ibrahim", "The rest."))
    )
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(
            "word/comments.xml", f'<w:comments xmlns:w="{W}" xmlns:w14="{w14}">{said}</w:comments>'
        )
        archive.writestr(
            "word/commentsExtended.xml",
            f'<w15:commentsEx xmlns:w15="{w15}"><w15:commentEx w15:paraId="00000004"/>'
            '<w15:commentEx w15:paraId="00000005" w15:paraIdParent="00000004"/></w15:commentsEx>',
        )
    take_in(project, file)
    found = proposals(project)
    assert [(each.block, each.original, each.comment, each.context) for each in found] == [
        ("3.2 ¶2", "apart", "Apart from what?", ""),
        ("3.2 ¶2", "apart", "The rest.", "in answer to Awa: Apart from what?"),
    ]


def test_words_own_tracked_changes_are_read(
    project: DiskProject, round_folder: Path, tmp_path: Path
) -> None:
    """A replacement, a move within the paragraph, and an insertion that someone took back."""
    old = (
        "Between the quotation and the end stands one more paragraph, whose words nobody will miss."
    )
    new = (
        "Between the quotation and the end stands </w:t></w:r>"
        f'<w:del w:id="901" {WHO}>{run("one more", "delText")}</w:del>'
        f'<w:ins w:id="902" {WHO}>{run("a last")}</w:ins>'
        f'<w:ins w:id="903" {WHO}><w:del w:id="904" w:author="Ibra" w:date="2026-02-04T10:00:00Z">'
        f"{run('never', 'delText')}</w:del></w:ins>"
        f"{run(' paragraph')}"
        f'<w:moveFromRangeStart w:id="905" w:name="m1" {WHO}/><w:moveFrom w:id="906" {WHO}>'
        f'{run(", whose words nobody will miss")}</w:moveFrom><w:moveFromRangeEnd w:id="905"/>'
        '<w:r><w:t xml:space="preserve">.'
    )
    file = changed(round_folder, tmp_path / "back.docx", document=(old, new))
    take_in(project, file)
    assert [
        (each.kind, each.original, each.proposed, each.date) for each in proposals(project)
    ] == [
        ("replacement", "one more", "a last", "2026-02-03T10:00:00Z"),
        ("comment", "", "", "2026-02-04T10:00:00Z"),
        ("deletion", ", whose words nobody will miss", "", "2026-02-03T10:00:00Z"),
    ]
    assert decided(project) == ()
    text = (project.root / CHAPTER).read_text(encoding="utf-8")
    assert "Between the quotation and the end stands a last paragraph.\n" in text


def test_a_change_in_a_footnote_and_in_a_table_is_placed(
    project: DiskProject, round_folder: Path, tmp_path: Path
) -> None:
    file = changed(
        round_folder,
        tmp_path / "back.docx",
        footnotes=("The second note counts the rows once more.", "The second note counts twice."),
        document=("A muddy gold", "A muddy silver | grey"),
    )
    take_in(project, file)
    assert [(each.block, each.original, each.proposed) for each in proposals(project)] == [
        ("3.2 T1.1", "gold", "silver | grey"),
        ("3 n10", "the rows once more", "twice"),
    ]
    assert decided(project) == ()
    text = (project.root / CHAPTER).read_text(encoding="utf-8")
    assert "| Quince | A muddy silver \\| grey | 21 |" in text
    assert "[^second]: The second note counts twice.\n" in text


def test_signs_of_markdown_in_a_proposal_are_words(
    project: DiskProject, round_folder: Path, tmp_path: Path
) -> None:
    odd = "one *more* [paragraph](x) of {{ year }} and `code`"
    file = changed(round_folder, tmp_path / "back.docx", document=("one more paragraph", odd))
    take_in(project, file)
    assert decided(project) == ()
    text = (project.root / CHAPTER).read_text(encoding="utf-8")
    assert r"one \*more\* \[paragraph\](x) of \{\{ year \}\} and \`code\`" in text


def test_what_is_in_a_text_box_is_kept_though_it_has_no_place(
    project: DiskProject, round_folder: Path, tmp_path: Path
) -> None:
    box = (
        "apart</w:t></w:r><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox>"
        "<w:txbxContent><w:p><w:r><w:t>Please check with us.</w:t></w:r></w:p></w:txbxContent>"
        '</v:textbox></v:shape></w:pict></w:r><w:r><w:t xml:space="preserve">'
    )
    file = changed(round_folder, tmp_path / "back.docx", document=("apart", box))
    taken = take_in(project, file)
    [found] = proposals(project)
    assert (found.block, found.proposed, found.context) == (
        "",
        "Please check with us.",
        "in a text box",
    )
    assert "1 of the proposals could not be placed" in taken.diagnostics[0].message


def test_a_file_that_was_sent_back_as_it_was_says_so(
    project: DiskProject, round_folder: Path
) -> None:
    before = source(project)
    taken = take_in(project, round_folder / "out" / "mali-2021-en-round-1.docx")
    assert [each.message for each in taken.diagnostics] == [
        "There is nothing in the file that was not sent: no change and no comment."
    ]
    assert proposals(project) == ()
    assert source(project) == before


def zipped(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return buffer.getvalue()


DOCUMENT = (
    f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>Hello.</w:t></w:r></w:p></w:body>'
    "</w:document>"
)
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'oleObject" Target="http://evil.example/x" TargetMode="External"/></Relationships>'
)

UNSOUND = {
    "empty": (b"", "The file is empty."),
    "noise": (b"PK\x03\x04 and then nothing of it", "The file is broken, or is no Office file."),
    "old Word": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "The file is in the format of Word or Excel before 2007.",
    ),
    "encrypted": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "The file is encrypted with a password.",
    ),
    "entities": (
        zipped(word__document_dot_xml=(ENTITIES + DOCUMENT).encode()),
        "The file declares XML entities, which no Office program does.",
    ),
    "macros": (
        zipped(word__document_dot_xml=DOCUMENT.encode(), word__vbaProject_dot_bin=b"x"),
        "The file has macros, which are programs.",
    ),
    "bomb": (
        zipped(word__document_dot_xml=b"\0" * 210_000_000),
        "The file unpacks to far more than a draft can hold.",
    ),
    "link": (
        zipped(
            word__document_dot_xml=DOCUMENT.encode(),
            word___rels__document_dot_xml_dot_rels=RELATION.encode(),
        ),
        'The file would load something from outside: "http://evil.example/x".',
    ),
    "no document": (zipped(a_dot_txt=b"x"), "The file is no Word document."),
    "another text": (
        zipped(word__document_dot_xml=DOCUMENT.encode()),
        "The file is not the draft of this round: hardly any of its words were sent.",
    ),
}


@pytest.mark.parametrize("name", UNSOUND)
def test_an_unsound_file_is_told_and_leaves_the_round_untouched(
    project: DiskProject, tmp_path: Path, name: str
) -> None:
    content, message = UNSOUND[name]
    file = tmp_path / "back.docx"
    file.write_bytes(content)
    folder = project.root / "content/mali-2021/consultation"
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    [told] = take_in(project, file).diagnostics
    assert told.message == message
    assert told.hint
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("content", [b"%PDF-1.7 and no more", b"PK\x03\x04"])
def test_a_broken_pdf_is_told_once(
    project: DiskProject, tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    """And not by the library that reads it as well, in its own words."""
    file = tmp_path / "back.pdf"
    file.write_bytes(content)
    [told] = take_in(project, file).diagnostics
    assert told.message == "The file is broken, or is no PDF."
    assert caplog.text == ""


def test_a_folder_is_told_in_words(project: DiskProject, tmp_path: Path) -> None:
    (tmp_path / "back.docx").mkdir()
    [told] = take_in(project, tmp_path / "back.docx").diagnostics
    assert (told.message, told.hint) == ("This is a folder.", "Name the files in it, one by one.")


def test_a_file_of_another_round_or_profile_is_told(
    project: DiskProject, round_folder: Path, tmp_path: Path
) -> None:
    _, content = sent(project)
    mine = identity(content.profile, 1, content.lang)
    for other, message in (
        (mine.replace("round_1", "round_3"), "The file is of round 3."),
        ("mgi_round_1_0123456789ab", "The file is of another profile, or of another language."),
    ):
        file = changed(round_folder, tmp_path / "back.docx", document=(mine, other))
        [told] = take_in(project, file).diagnostics
        assert told.message == message


def test_ten_thousand_comments_are_read(
    project: DiskProject, round_folder: Path, tmp_path: Path
) -> None:
    marks = "".join(f'<w:commentRangeEnd w:id="{n}"/>' for n in range(10_000))
    start = "".join(f'<w:commentRangeStart w:id="{n}"/>' for n in range(10_000))
    comments = "".join(
        f'<w:comment w:id="{n}" w:author="Awa"><w:p><w:r><w:t>No. {n}</w:t></w:r></w:p></w:comment>'
        for n in range(10_000)
    )
    relation = (
        '<Relationship Id="rId9999" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/comments" Target="comments.xml"/></Relationships>'
    )
    file = changed(
        round_folder,
        tmp_path / "back.docx",
        document=("apart", f"</w:t></w:r>{start}{run('apart')}{marks}<w:r><w:t>"),
        **{"word/_rels/document.xml.rels": ("</Relationships>", relation)},
    )
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("word/comments.xml", f'<w:comments xmlns:w="{W}">{comments}</w:comments>')
    taken = take_in(project, file)
    assert taken.value is not None
    assert taken.value.found == {str(Kind.COMMENT): 10_000}
    assert {each.block for each in proposals(project)} == {"3.2 ¶2"}
