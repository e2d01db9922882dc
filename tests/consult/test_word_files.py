"""Files as Word writes them, made by hand: each edit is found in the block that it is of.

Every file has what Word adds when it saves: runs cut at each revision, proofreading marks, a
bookmark where the cursor was; half of them have lost the bookmarks of the blocks.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from lxml import etree
from tests.consult.rounds import copied, decided, proposals, take_in, texts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WHO = 'w:author="Awa" w:date="2026-02-03T10:00:00Z"'

END = "Between the quotation and the end stands one more paragraph, whose words nobody will miss."
GATE = "Open the gate before the morning begins;"
PLUM = "The plum for all that falls down early."
STEPS = "Steps are counted one by one, and none of them may be left out:"


def run(text: str, look: str = "", tag: str = "t") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def ins(content: str, who: str = WHO) -> str:
    return f'<w:ins w:id="901" {who}>{content}</w:ins>'


def gone(text: str, who: str = WHO) -> str:
    return f'<w:del w:id="902" {who}>{run(text, tag="delText")}</w:del>'


def within(*parts: str) -> str:
    """Give what stands in the place of a text, whose run is around it."""
    return f'</w:t></w:r>{"".join(parts)}<w:r><w:t xml:space="preserve">'


def paragraph(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def end_mark(name: str) -> str:
    return f'<w:rPr><w:{name} w:id="903" {WHO}/></w:rPr>'


def whole(text: str) -> str:
    """Match the paragraph of a text, from its first to its last tag."""
    return rf"<w:p>(?:(?!<w:p>).)*?{re.escape(text)}.*?</w:p>"


def row(cells: Iterable[str], properties: str = "") -> str:
    made = "".join(f"<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>" for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{made}</w:tr>"


@dataclass(frozen=True)
class Edit:
    """What a reviewer did in Word, as Word wrote it."""

    name: str
    before: str
    """Pattern of XML that was sent."""
    after: str
    """What stands there now; \\g<0> is what was sent."""
    found: tuple[tuple[str, str, str, str], ...]
    """Block, kind, original and proposed, or what a comment says."""
    becomes: Mapping[str, str] = field(default_factory=dict)
    """Texts of blocks as they were, and as they are once all is accepted."""
    part: str = "document"
    comments: str = ""


def _comment(number: int, text: str, author: str = "Awa") -> str:
    return (
        f'<w:comment w:id="{number}" w:author="{author}" w:date="2026-02-03T10:00:00Z">'
        f"<w:p>{run(text)}</w:p></w:comment>"
    )


_NESTED = f'<w:del w:id="904" w:author="Ibra">{run("never", tag="delText")}</w:del>'
_CALLED = '<w:bookmarkStart w:id="138" w:name="mgi_call_146"/>.*?<w:footnoteReference.*?</w:r>'
_DATE = "".join(
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{inside}'
    for kind, inside in (
        ("begin", '<w:r><w:instrText xml:space="preserve"> DATE \\\\@ "yyyy" </w:instrText></w:r>'),
        ("separate", run("one more")),
        ("end", ""),
    )
)
_LAST = {END: END.replace("one more", "a last")}
_REPLACED = ("3.2 ¶3", "replacement", "one more", "a last")

EDITS = (
    Edit(
        "words in place of others",
        "one more",
        within(gone("one more"), ins(run("a last"))),
        (_REPLACED,),
        _LAST,
    ),
    Edit("plain words in place of others", "one more", "a last", (_REPLACED,), _LAST),
    Edit(
        "new words of which another author took some back",
        "one more",
        within(gone("one "), gone("more"), ins(run("a ") + _NESTED + run("last"))),
        (
            _REPLACED,
            ("3.2 ¶3", "comment", "", "“never” was put in here by Awa, and taken out again."),
        ),
        _LAST,
    ),
    Edit(
        "half tracked, half not",
        "one more paragraph, whose words",
        "a last" + within(run(" paragraph"), ins(run(" of all")), run(", whose words")),
        (
            _REPLACED,
            ("3.2 ¶3", "insertion", "", " of all"),
        ),
        {END: END.replace("one more paragraph", "a last paragraph of all")},
    ),
    Edit(
        "words in a smart tag",
        "one more",
        within(
            '<w:smartTag w:uri="urn:x" w:element="place"><w:smartTagPr/>',
            gone("one more") + ins(run("a last")),
            "</w:smartTag>",
        ),
        (_REPLACED,),
        _LAST,
    ),
    Edit(
        "words in a content control",
        "one more",
        within(
            '<w:sdt><w:sdtPr><w:id w:val="7"/><w:text/></w:sdtPr><w:sdtContent>',
            gone("one more") + ins(run("a last")),
            "</w:sdtContent></w:sdt>",
        ),
        (_REPLACED,),
        _LAST,
    ),
    Edit(
        "a paragraph in a content control",
        whole(END),
        "<w:sdt><w:sdtPr/><w:sdtContent>"
        + paragraph(run(END.replace("one more", "a last")))
        + "</w:sdtContent></w:sdt>",
        (_REPLACED,),
        _LAST,
    ),
    Edit(
        "words that a field gives",
        "one more paragraph",
        within(_DATE, gone(" paragraph"), ins(run(" chapter"))),
        (("3.2 ¶3", "replacement", " paragraph", " chapter"),),
        {END: END.replace("paragraph", "chapter")},
    ),
    Edit(
        "bold words",
        "one more",
        within(run("one more", f'<w:b/><w:rPrChange w:id="9" {WHO}><w:rPr/></w:rPrChange>')),
        (("3.2 ¶3", "format", "one more", "bold"),),
    ),
    Edit(
        "a paragraph that is set otherwise",
        whole(END),
        paragraph(
            run(END.replace("one more", "a last")),
            f'<w:jc w:val="both"/><w:pPrChange w:id="9" {WHO}><w:pPr/></w:pPrChange>',
        ),
        (_REPLACED,),
        _LAST,
    ),
    Edit(
        "words within a link that is cut",
        run("words that lead away", '<w:rStyle w:val="Hyperlink"/>'),
        run("words ") + gone("that lead") + ins(run("which go")) + run(" away"),
        (("3.1 ¶1", "replacement", "that lead", "which go"),),
    ),
    Edit(
        "a link that became a field",
        '<w:hyperlink r:id="[^"]*">' + run("words that lead away", "(?:(?!</w:rPr>).)*"),
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://'
        'example.org/a" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("words ")
        + gone("that lead")
        + ins(run("which go"))
        + run(" away")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:hyperlink>',
        (("3.1 ¶1", "replacement", "that lead", "which go"),),
    ),
    Edit(
        "a paragraph that was moved",
        whole(STEPS) + "(.*)(?=" + whole(END) + ")",
        '<w:moveFromRangeStart w:id="5" w:name="move1"/>'
        + paragraph(f'<w:moveFrom w:id="6" {WHO}>{run(STEPS)}</w:moveFrom>', end_mark("moveFrom"))
        + '<w:moveFromRangeEnd w:id="5"/>\\1<w:moveToRangeStart w:id="7" w:name="move1"/>'
        + paragraph(f'<w:moveTo w:id="8" {WHO}>{run(STEPS)}</w:moveTo>', end_mark("moveTo"))
        + '<w:moveToRangeEnd w:id="7"/>',
        (("3.1 ¶3", "move", STEPS, STEPS),),
    ),
    Edit(
        "a paragraph that was divided",
        whole(END),
        paragraph(run("Between the quotation and the end stands one"), end_mark("ins"))
        + paragraph(run(" more paragraph, whose words nobody will miss.")),
        (("3.2 ¶3", "split", "", "\n\n"),),
    ),
    Edit(
        "two paragraphs that became one",
        rf"<w:p>((?:(?!<w:p>).)*?{re.escape(END)})",
        f"<w:p><w:pPr>{end_mark('del')}</w:pPr>{run(END)}<w:r><w:t>",
        (("3.2 ¶3", "join", "\n\n", ""),),
    ),
    Edit(
        "a paragraph that was deleted with its end",
        whole(END),
        paragraph(gone(END), end_mark("del")),
        (("3.2 ¶3", "deletion", END, ""),),
        {END: ""},
    ),
    Edit(
        "a new paragraph before another",
        whole(END),
        paragraph(ins(run("One that is new.")), end_mark("ins")) + "\\g<0>",
        (("3.2 ¶3", "insertion", "", "One that is new.\n\n"),),
        {END: f"One that is new.\n\n{END}"},
    ),
    Edit(
        "a new paragraph behind another",
        whole(END),
        paragraph(run(END), end_mark("ins")) + paragraph(ins(run("One that is new."))),
        (("3.2 ¶3", "insertion", "", "\n\nOne that is new."),),
        {END: f"{END}\n\nOne that is new."},
    ),
    Edit(
        "a new item of a list",
        whole(PLUM),
        paragraph(run(PLUM), end_mark("ins")) + paragraph(ins(run("The quince for what is late."))),
        (("3.1 •3", "insertion", "", "\n\nThe quince for what is late."),),
        {PLUM: f"{PLUM}\n\nThe quince for what is late."},
    ),
    Edit(
        "a cell of a table",
        "A muddy gold",
        within(run("A "), gone("muddy"), ins(run("bright")), run(" gold")),
        (("3.2 T1.1", "replacement", "muddy", "bright"),),
        {"Quince A muddy gold 21": "Quince A bright gold 21"},
    ),
    Edit(
        "a new row",
        "<w:tr>((?:(?!<w:tr>).)*?)Cherry",
        row((ins(run("Sloe")), ins(run("Blue")), ins(run("12"))), f'<w:ins w:id="9" {WHO}/>')
        + "\\g<0>",
        (("3.2 T1.2", "insertion", "", "\n\nSloe\tBlue\t12"),),
    ),
    Edit(
        "a row that was deleted",
        "<w:tr>(?:(?!<w:tr>).)*?Medlar.*?</w:tr>",
        row(
            (gone("Medlar"), gone("Brown | russet"), gone("30")),
            f'<w:cantSplit/><w:del w:id="9" {WHO}/>',
        ),
        (("3.2 T1.2", "deletion", "Medlar\tBrown | russet\t30", ""),),
        {"Medlar Brown | russet 30": ""},
    ),
    Edit(
        "a footnote",
        "why it leans",
        within(run("why "), gone("it leans"), ins(run("how far it leans"))),
        (("3 n9", "replacement", "it leans", "how far it leans"),),
        part="footnotes",
    ),
    Edit(
        "a footnote that is called no longer",
        _CALLED,
        f'<w:del w:id="9" {WHO}><w:r><w:footnoteReference w:id="9"/></w:r></w:del>',
        (("3.1 ¶1", "deletion", "[^first]", ""),),
    ),
    Edit(
        "two comments over two paragraphs",
        rf"{re.escape(PLUM)}(.*?)Steps",
        within(
            run("The plum "),
            '<w:commentRangeStart w:id="4"/><w:commentRangeStart w:id="5"/>',
            run("for all that falls down early."),
        )
        + "\\1"
        + within(
            run("Steps"),
            '<w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r>'
            '<w:commentRangeEnd w:id="5"/><w:r><w:commentReference w:id="5"/></w:r>',
        ),
        (
            ("3.1 •3", "comment", "for all that falls down early.", "All of it?"),
            ("3.1 •3", "comment", "for all that falls down early.", "Most."),
        ),
        comments=_comment(4, "All of it?") + _comment(5, "Most.", "Ibra"),
    ),
    Edit(
        "a comment on new words in a cell",
        "A muddy gold",
        within(
            run("A muddy gold"),
            '<w:commentRangeStart w:id="4"/>',
            ins(run(" or green")),
            '<w:commentRangeEnd w:id="4"/>',
        ),
        (
            ("3.2 T1.1", "insertion", "", " or green"),
            ("3.2 T1.1", "comment", "", "As I saw."),
        ),
        comments=_comment(4, "As I saw."),
    ),
    Edit(
        "a picture that is new",
        "one more",
        within(
            run("one more"),
            ins(
                '<w:r><w:drawing><wp:docPr xmlns:wp="urn:wp" id="1" name="Map"/></w:drawing></w:r>'
            ),
        ),
        (("3.2 ¶3", "comment", "", "A picture or another object was put here."),),
    ),
)


def _as_word_saves(content: bytes, *, unmarked: bool) -> bytes:
    """Cut runs as Word does at each revision, and put its marks between them."""
    root = etree.fromstring(content)
    for number, each in enumerate(list(root.iter(f"{W}r"))):
        each.set(f"{W}rsidR", f"00{number:06X}")
        if len(texts_ := each.findall(f"{W}t")) != 1 or len(texts_[0].text or "") < 9:
            continue
        text = texts_[0].text or ""
        head, tail = deepcopy(each), each
        cut = len(text) // 2
        for part, words in ((head, text[:cut]), (tail, text[cut:])):
            part.find(f"{W}t").text = words
            part.find(f"{W}t").set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        tail.addprevious(head)
        tail.insert(len(tail) - 1, etree.Element(f"{W}lastRenderedPageBreak"))
        tail.addprevious(etree.Element(f"{W}proofErr", {f"{W}type": "spellStart"}))
        mark = {f"{W}id": str(5000 + number), f"{W}name": "_GoBack"}
        tail.addprevious(etree.Element(f"{W}bookmarkStart", mark))
        tail.addprevious(etree.Element(f"{W}bookmarkEnd", {f"{W}id": str(5000 + number)}))
    for each in list(root.iter(f"{W}bookmarkStart")) if unmarked else ():
        if re.fullmatch(r"mgi_\d+", each.get(f"{W}name", "")):
            each.getparent().remove(each)
    return bytes(etree.tostring(root, encoding="UTF-8", standalone=True))


def _returned(sent: Path, edit: Edit, target: Path, *, unmarked: bool) -> Path:
    with zipfile.ZipFile(sent) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = f"word/{edit.part}.xml"
    text = parts[name].decode()
    text, count = re.subn(edit.before, edit.after, text, count=1, flags=re.DOTALL)
    assert count == 1, edit.before
    parts[name] = text.encode()
    for each in ("word/document.xml", "word/footnotes.xml"):
        parts[each] = _as_word_saves(parts[each], unmarked=unmarked)
    if edit.comments:
        parts["word/comments.xml"] = (
            f'<w:comments xmlns:w="{W[1:-1]}">{edit.comments}</w:comments>'
        ).encode()
        relations = parts["word/_rels/document.xml.rels"].decode()
        added = f'<Relationship Id="rId900" Type="{_TYPE}/comments" Target="comments.xml"/>'
        parts["word/_rels/document.xml.rels"] = relations.replace(
            "</Relationships>", f"{added}</Relationships>"
        ).encode()
    with zipfile.ZipFile(target, "w") as archive:
        for each, content in parts.items():
            archive.writestr(each, content)
    return target


@pytest.mark.parametrize("unmarked", [False, True], ids=["marked", "unmarked"])
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_what_was_done_in_word_is_found_where_it_was_done(
    edit: Edit,
    unmarked: bool,  # noqa: FBT001  a case
    round_folder: Path,
    tmp_path: Path,
) -> None:
    project = copied(round_folder, tmp_path / "project")
    before = texts(project) if edit.becomes else []
    sent = round_folder / "out" / "mali-2021-en-round-1.docx"
    take_in(project, _returned(sent, edit, tmp_path / "back.docx", unmarked=unmarked))
    found = tuple(
        (each.block, each.kind, each.original, each.comment or each.proposed)
        for each in proposals(project)
    )
    assert found == edit.found
    if edit.becomes:
        assert decided(project) == ()
        expected = [part for text in before for part in edit.becomes.get(text, text).split("\n\n")]
        assert texts(project) == [text for text in expected if text]
