"""The Word file of a round: every block with its number and its bookmark, changes tracked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from itertools import groupby
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.table import WD_TABLE_DIRECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from mgi_report.consult.looks import style_of
from mgi_report.consult.model import Block, Content, Piece, Round
from mgi_report.consult.rounds import identity
from mgi_report.consult.word_notes import Footnotes
from mgi_report.consult.word_styles import HAIR, NAVY, QUIET, Margin, element, set_up
from mgi_report.consult.wording import STRONG, filled, listed, margin_texts

_INDENT = Mm(6)
"""Of an item of a list, for each level."""
_BESIDE = Mm(22)
"""Of what describes a picture, which says so before it."""
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def make_document(content: Content, round_: Round, words: Mapping[str, str]) -> bytes:
    """Make the file of a round: .docx, the same bytes for the same content."""
    document = Document()
    writer = _Writer(document, content, round_, words)
    set_up(document, content.lang, is_turned=content.is_turned)
    writer.first_page(words)
    writer.body()
    writer.furniture(words)
    return _saved(document, content, round_)


class _Writer:
    """Writes blocks into a document."""

    def __init__(
        self,
        document: DocumentObject,
        content: Content,
        round_: Round,
        words: Mapping[str, str],
    ) -> None:
        self._document = document
        self._content = content
        self._round = round_
        self._words = words
        self._margin = Margin(document)
        self._notes = Footnotes(document)
        self._bookmarks = 0
        self._of_label = {
            (block.section, block.label): block
            for block in reversed(content.blocks)
            if block.kind == "note"
        }
        self._called: dict[tuple[str, str], str] = {}

    # --- The first page ---------------------------------------------------------------------

    def first_page(self, words: Mapping[str, str]) -> None:
        """Write what the file is, and how to review it."""
        add = self._document.add_paragraph

        def say(key: str) -> str:
            return filled(words[key], self._round, self._content)

        self._say(add(style="Kicker"), say("document.kicker"))
        title = add(style="Title")
        self._bookmarked(
            title._p,  # noqa: SLF001  python-docx has no other way, here and below
            identity(self._content.profile, self._round.number, self._content.lang),
            [self._run(Piece(self._content.title))],
        )
        self._say(add(style="Kicker"), say("document.round"))
        self._say(add(style="Kicker"), say("document.confidential"))
        heading = add(style="Heading 2")
        self._say(heading, say("how.heading"))
        heading.paragraph_format.space_before = Mm(12)
        for item in listed(words, "how.items"):
            paragraph = add(style="Instruction")
            for index, part in enumerate(STRONG.split(item)):
                if part:
                    self._say(paragraph, part, strong=index % 2 == 1)

    def furniture(self, words: Mapping[str, str]) -> None:
        """Write what stands at the head and foot of each page."""
        section = self._document.sections[0]
        head, below = margin_texts(words, self._round, self._content)
        self._say(section.header.paragraphs[0], head)
        foot = section.footer.paragraphs[0]
        self._say(foot, below)
        field = element("w:fldSimple", instr="PAGE")
        field.append(self._run(Piece("1")))
        foot._p.append(field)  # noqa: SLF001

    def _say(self, paragraph: Paragraph, text: str, *, strong: bool = False) -> None:
        paragraph._p.append(self._run(Piece(text, strong=strong)))  # noqa: SLF001

    # --- Blocks -----------------------------------------------------------------------------

    def body(self) -> None:
        """Write all blocks; footnotes where they are called."""
        blocks = [block for block in self._content.blocks if block.kind != "note"]
        for group, members in groupby(blocks, key=lambda block: block.group):
            rows = list(members)
            if group:
                self._table(rows)
                continue
            for block in rows:
                self._block(block)
        # A note that nothing calls is not printed; it is here all the same.
        for block in self._content.blocks:
            if block.kind == "note" and (block.section, block.label) not in self._called:
                self._block(block)

    def _block(self, block: Block) -> None:
        paragraph = self._document.add_paragraph(style=style_of(block))
        indent = int(_INDENT) * block.level if block.kind != "heading" else 0
        label = block.name
        if block.kind == "description":
            indent, label = int(_BESIDE), f"{label}  {self._words['document.picture']}"
        self._margin.number(paragraph._p, label, indent, block.mark)  # noqa: SLF001
        self._bookmarked(paragraph._p, block.bookmark, self._runs(block, block.pieces))  # noqa: SLF001

    def _table(self, rows: list[Block]) -> None:
        columns = max(row.text.count("\t") for row in rows) + 1
        table = self._document.add_table(rows=0, cols=columns)
        properties = table._tbl.tblPr  # noqa: SLF001
        if self._content.is_turned:
            table.table_direction = WD_TABLE_DIRECTION.RTL
        borders = element("w:tblBorders")
        for side in ("top", "bottom", "insideH"):
            borders.append(element(f"w:{side}", val="single", sz=4, space=0, color=HAIR))
        look = properties.find(qn("w:tblLook"))
        properties.append(borders) if look is None else look.addprevious(borders)
        for row in rows:
            made = table.add_row()
            if row.is_head:
                made._tr.get_or_add_trPr().append(element("w:tblHeader"))  # noqa: SLF001
            made._tr.get_or_add_trPr().append(element("w:cantSplit"))  # noqa: SLF001
            for index, cell_pieces in enumerate(_cells(row.pieces)):
                cell = made.cells[index]
                paragraph = cell.paragraphs[0]
                paragraph.style = "Table Head" if row.is_head else "Table Cell"
                runs = self._runs(row, cell_pieces)
                if index == 0:
                    colour = HAIR if row.is_head else QUIET
                    own = paragraph._p  # noqa: SLF001
                    self._margin.number(own, row.name, is_cell=True, colour=colour)
                    self._bookmarked(paragraph._p, row.bookmark, runs)  # noqa: SLF001
                else:
                    paragraph._p.extend(runs)  # noqa: SLF001
                if row.is_head:
                    shade = element("w:shd", val="clear", color="auto", fill=NAVY)
                    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001
        self._document.add_paragraph()

    # --- Runs -------------------------------------------------------------------------------

    def _bookmarked(self, paragraph: Any, name: str, runs: Iterable[Any]) -> None:
        self._bookmarks += 1
        paragraph.append(element("w:bookmarkStart", id=self._bookmarks, name=name))
        number = self._bookmarks
        paragraph.extend(runs)
        paragraph.append(element("w:bookmarkEnd", id=number))

    def _runs(self, block: Block, pieces: Iterable[Piece], part: Any = None) -> list[Any]:
        part = part or self._document.part
        runs: list[Any] = []
        for (address, *_), members in groupby(pieces, key=_look):
            some = list(members)
            made = [run for each in some if each.note for run in self._call(block, each)]
            if not made:
                joined = _joined(some)
                made = [self._run(joined, is_link=bool(address))]
            if address:
                relation = part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
                link = element("w:hyperlink")
                link.set(qn("r:id"), relation)
                link.extend(made)
                made = [link]
            runs += made
        return runs

    def _run(self, piece: Piece, *, is_link: bool = False) -> Any:
        run = element("w:r")
        look = element("w:rPr")
        if is_link:
            look.append(element("w:rStyle", val="Hyperlink"))
        if piece.strong:
            look.extend((element("w:b"), element("w:bCs")))
        if piece.italic:
            look.extend((element("w:i"), element("w:iCs")))
        if (piece.lang or self._content.lang) in self._content.turned:
            look.append(element("w:rtl"))
        if piece.lang:
            look.append(element("w:lang", val=piece.lang, bidi=piece.lang))
        if len(look):
            run.append(look)
        for index, line in enumerate(piece.text.split("\n")):
            if index:
                run.append(element("w:br"))
            text = element("w:t")
            text.set(_SPACE, "preserve")
            text.text = line
            run.append(text)
        return run

    def _call(self, block: Block, piece: Piece) -> list[Any]:
        """Call a footnote, and write it where it is called first."""
        key = (block.section, piece.note)
        if key in self._called:
            # Word has each footnote once; what calls it again refers to the first call.
            field = element("w:fldSimple", instr=f" NOTEREF {self._called[key]} \\f \\h ")
            field.append(self._run(Piece("*")))
            return [field]
        number, note = self._notes.add()
        self._called[key] = name = f"mgi_call_{self._of_label[key].number}"
        is_first = True
        for each in self._content.blocks:
            if each.kind == "note" and (each.section, each.label) == key:
                paragraph = self._notes.paragraph(note, is_first=is_first)
                runs = self._runs(each, each.pieces, self._notes.part)
                self._bookmarked(paragraph, each.bookmark, runs)
                is_first = False
        run = element("w:r")
        look = element("w:rPr")
        look.append(element("w:rStyle", val="footnotereference"))
        run.append(look)
        run.append(element("w:footnoteReference", id=number))
        holder = element("w:p")
        self._bookmarked(holder, name, [run])
        return list(holder)


def _look(piece: Piece) -> tuple[object, ...]:
    return piece.address, piece.italic, piece.strong, piece.lang, piece.note


def _joined(pieces: list[Piece]) -> Piece:
    return replace(pieces[0], text="".join(piece.text for piece in pieces))


def _cells(pieces: Iterable[Piece]) -> list[list[Piece]]:
    cells: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.text == "\t" and not piece.is_placed:
            cells.append([])
        else:
            cells[-1].append(piece)
    return cells


def _saved(document: DocumentObject, content: Content, round_: Round) -> bytes:
    settings = document.settings.element
    tabs = settings.find(qn("w:defaultTabStop"))
    tracking = element("w:trackRevisions")
    settings.insert(0, tracking) if tabs is None else tabs.addprevious(tracking)
    about = document.core_properties
    about.title, about.author = content.title, "mgi-report"
    about.identifier = identity(content.profile, round_.number, content.lang)
    about.language, about.comments, about.keywords = content.lang, "", ""
    about.subject = f"{content.profile}, {round_.number}"
    about.created = about.modified = datetime.fromisoformat(f"{round_.opened}T00:00:00")
    about.last_modified_by, about.revision = "mgi-report", 1
    buffer = BytesIO()
    document.save(buffer)
    return _with_plain_times(buffer.getvalue())


def _with_plain_times(content: bytes) -> bytes:
    """Pack a file again, in the order it has, without the time at which that was done."""
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return buffer.getvalue()
