"""Notes in a returned PDF, as Acrobat makes them: what was struck, marked, inserted, answered."""

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, TextStringObject
from tests.consult.rounds import MALI, copied, decided, proposals, sent, take_in, texts
from weasyprint import HTML  # type: ignore[import-untyped]

from mgi_report.consult.drafting import DRAFT
from mgi_report.consult.rounds import identity
from mgi_report.pages.store import Store
from mgi_report.project import DiskProject
from mgi_report.workshop import Workshop

pytestmark = pytest.mark.xdist_group("draft")  # one worker typesets it, once

QUOTE = "What is quoted stands apart, and keeps the words of somebody else."
Place = tuple[float, float, float, float]


@pytest.fixture
def project(round_folder: Path, tmp_path: Path) -> DiskProject:
    return copied(round_folder, tmp_path / "project")


@pytest.fixture(scope="module")
def draft(round_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("noted")
    project = copied(round_folder, folder / "project")
    made = Workshop.of(project, MALI, "en", store=Store(folder / "store"), variant=DRAFT).make()
    assert made.volume
    return made.volume.pdf


class Reader:
    """Somebody who writes notes into the draft."""

    def __init__(self, pdf: bytes, page: int) -> None:
        self.page = page
        self.words = pypdfium2.PdfDocument(pdf)[page - 1].get_textpage()
        self.book = PdfWriter(clone_from=BytesIO(pdf))

    def places(self, words: str) -> list[Place]:
        """Give a rectangle around words that stand in one line, or several."""
        found = self.words.search(words).get_next()
        assert found, words
        start, count = found
        return [self.words.get_rect(index) for index in range(self.words.count_rects(start, count))]

    def note(self, kind: str, places: Sequence[Place], said: str = "", **more: Any) -> Any:
        """Write a note over places."""
        corners = [n for x0, y0, x1, y1 in places for n in (x0, y1, x1, y1, x0, y0, x1, y0)]
        entries = {
            "Type": NameObject("/Annot"),
            "Subtype": NameObject(f"/{kind}"),
            "Rect": ArrayObject([FloatObject(each) for each in places[0]]),
            "T": TextStringObject("Awa"),
            **({"Contents": TextStringObject(said)} if said else {}),
            **more,
        }
        if kind in ("StrikeOut", "Highlight"):
            entries["QuadPoints"] = ArrayObject([FloatObject(each) for each in corners])
        made = self.book._add_object(
            DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})
        )
        page: Any = self.book.pages[self.page - 1]
        if "/Annots" not in page:
            page[NameObject("/Annots")] = ArrayObject()
        page["/Annots"].get_object().append(made)
        return made

    def behind(self, words: str) -> list[Place]:
        """Give the place of a caret behind words, as large as Acrobat's."""
        x, y0, y1 = (self.places(words)[-1][index] for index in (2, 1, 3))
        return [(x - 3, y0 - 2, x + 3, (y0 + y1) / 2)]


@pytest.fixture
def reader(project: DiskProject, draft: bytes) -> Reader:
    _, content = sent(project)
    return Reader(draft, content.by_name()["3.2 ¶2"].page)


@pytest.fixture
def imported(
    project: DiskProject, tmp_path: Path, reader: Reader
) -> Callable[[], tuple[list[Any], list[str]]]:
    def take() -> tuple[list[Any], list[str]]:
        file = tmp_path / "back.pdf"
        reader.book.write(str(file))
        told = take_in(project, file).diagnostics
        return list(proposals(project)), [each.message for each in told]

    return take


def test_struck_words_are_a_deletion(project: DiskProject, reader: Reader, imported: Any) -> None:
    reader.note("StrikeOut", reader.places("of somebody else"))
    [found], _ = imported()
    assert (found.block, found.kind, found.original) == (
        "3.2 ¶2",
        "deletion",
        " of somebody else",
    )
    assert decided(project) == ()
    assert "What is quoted stands apart, and keeps the words." in texts(project)


@pytest.mark.parametrize("caret_first", [True, False])
def test_text_that_is_replaced_is_one_proposal(
    reader: Reader, imported: Any, *, caret_first: bool
) -> None:
    """Acrobat groups what is struck with a caret that has the new words, either in front."""
    group = {"RT": NameObject("/Group")}
    if caret_first:
        caret = reader.note("Caret", reader.behind("apart"), "aside")
        reader.note("StrikeOut", reader.places("apart"), IRT=caret, **group)
    else:
        struck = reader.note("StrikeOut", reader.places("apart"))
        reader.note("Caret", reader.behind("apart"), "aside", IRT=struck, **group)
    [found], _ = imported()
    assert (found.kind, found.original, found.proposed) == ("replacement", "apart", "aside")
    assert found.at == QUOTE.index("apart")


def test_a_caret_inserts_where_it_stands(
    project: DiskProject, reader: Reader, imported: Any
) -> None:
    reader.note("Caret", reader.behind("stands apart"), "and alone")
    [found], _ = imported()
    assert (found.kind, found.original, found.proposed) == ("insertion", "", " and alone")
    assert decided(project) == ()
    assert QUOTE.replace("apart", "apart and alone") in texts(project)


def test_marked_words_are_told_with_the_remark_and_its_answer(
    reader: Reader, imported: Any
) -> None:
    marked = reader.note("Highlight", reader.places("somebody else"), "Who?")
    reader.note("Text", reader.places("somebody else"), "A poet.", IRT=marked)
    found, _ = imported()
    assert [(each.original, each.comment, each.context) for each in found] == [
        ("somebody else", "[highlighted] Who?", ""),
        ("somebody else", "A poet.", "in answer to Awa: Who?"),
    ]


def test_rich_text_is_read_and_what_has_no_words_is_told(reader: Reader, imported: Any) -> None:
    rich = "<body xmlns='http://www.w3.org/1999/xhtml'><p>Says &amp; does</p><p>what?</p></body>"
    reader.note("FreeText", reader.places("somebody"), RC=TextStringObject(rich))
    reader.note("Text", reader.places("somebody"))
    reader.note("Sound", reader.places("somebody"))
    [found], told = imported()
    assert (found.block, found.comment) == ("3.2 ¶2", "Says & does\nwhat?")
    assert told == [
        "1 annotation of the kind Sound: not read.",
        "1 note without words: not read.",
    ]


def test_words_of_seldom_kinds_of_notes_are_kept(reader: Reader, imported: Any) -> None:
    reader.note("Sound", reader.places("somebody"), "Listen!")
    over = TextStringObject("withheld")
    reader.note("Redact", reader.places("somebody else"), "Private.", OverlayText=over)
    found, told = imported()
    assert [(each.block, each.original, each.comment) for each in found] == [
        ("3.2 ¶2", "", "[sound] Listen!"),
        ("3.2 ¶2", "somebody else", "[to be blacked out] Private.\nwithheld"),
    ]
    assert told == []


def test_the_draft_says_of_which_round_it_is(
    project: DiskProject, draft: bytes, tmp_path: Path
) -> None:
    """So that one of another round, or of another profile, is refused."""
    round_, content = sent(project)
    mine = identity(content.profile, 1, content.lang)
    assert mine in str(PdfReader(BytesIO(draft)).metadata["/Keywords"])  # type: ignore[index]
    for other, message in (
        (mine.replace("round_1", "round_3"), "The file is of round 3."),
        ("mgi_round_1_0123456789ab", "The file is of another profile, or of another language."),
    ):
        book = PdfWriter(clone_from=BytesIO(draft))
        book.xmp_metadata = None
        book.add_metadata({"/Keywords": other})
        book.write(str(tmp_path / "back.pdf"))
        [told] = take_in(project, tmp_path / "back.pdf").diagnostics
        assert told.message == message
    assert not proposals(project)
    assert round_.number == 1


def test_a_pdf_that_says_no_round_is_known_by_its_words(
    project: DiskProject, draft: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "back.pdf"
    book = PdfWriter()  # as a program does that prints: no keywords, no notes
    for page in PdfReader(BytesIO(draft)).pages:
        book.add_page(page)
    book.write(str(file))
    [told] = take_in(project, file).diagnostics
    assert told.message.startswith("There is nothing in the file")
    other = PdfWriter()
    other.add_blank_page(300, 300)
    other.write(str(file))
    [told] = take_in(project, file).diagnostics
    assert told.message == (
        "The file is not the draft of this round: hardly any of its words were sent."
    )


def printed(draft: bytes, change: Callable[[PdfWriter], None]) -> bytes:
    """Give the draft as another program writes it: no keywords, other pages."""
    book = PdfWriter()
    for page in PdfReader(BytesIO(draft)).pages:
        book.add_page(page)
    change(book)
    made = BytesIO()
    book.write(made)
    return made.getvalue()


LETTER = "<p>Dear colleagues,<p>we agree with all that you write about migrants."


def with_letter(book: PdfWriter) -> None:
    book.insert_page(PdfReader(BytesIO(HTML(string=LETTER).write_pdf())).pages[0], 3)


def without_a_page(book: PdfWriter) -> None:
    book.remove_page(10)


def smaller(book: PdfWriter) -> None:
    for page in book.pages:
        page.add_transformation(Transformation().scale(0.8).translate(50, 70))


@pytest.mark.parametrize(
    ("change", "step", "said", "told"),
    [
        (with_letter, 1, "Dear colleagues,\nwe agree with all that you write about migrants.", []),
        (without_a_page, -1, "", ["A page of the draft not in the file: 11."]),
        (smaller, 0, "", []),
    ],
)
def test_notes_are_placed_by_the_words_of_a_page_not_by_its_number(
    project: DiskProject,
    draft: bytes,
    tmp_path: Path,
    change: Callable[[PdfWriter], None],
    step: int,
    said: str,
    told: list[str],
) -> None:
    page = sent(project)[1].by_name()["3.2 ¶2"].page
    reader = Reader(printed(draft, change), page + step)
    reader.note("StrikeOut", reader.places("of somebody else"))
    reader.book.write(str(tmp_path / "back.pdf"))
    messages = [each.message for each in take_in(project, tmp_path / "back.pdf").diagnostics]
    found, *others = proposals(project)
    assert (found.block, found.original) == ("3.2 ¶2", " of somebody else")
    assert [(each.block, each.comment, each.context) for each in others] == [
        ("", words, "page 4, which was not sent") for words in [said] if words
    ]
    assert [each for each in messages if "could not be placed" not in each] == told
