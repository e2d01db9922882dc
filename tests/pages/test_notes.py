"""Step 4: notes stand at the foot of the page, begin where they are called, and lose nothing."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from tests.pages.html import FOX, made, note, said, section, texts_of, words_of

from mgi_report.diagnostics import Span
from mgi_report.pages.model import Element, MarkedContent, Pages
from mgi_report.pages.typesetting.typeset import typeset

_LONG = " ".join(f"w{number}" for number in range(1, 900))


def joined(lists: Iterable[list[str]]) -> list[str]:
    return [word for words in lists for word in words]


def parts(pages: Pages) -> list[tuple[list[str], list[str]]]:
    """Give the words of each page, those of the text and those of the notes."""
    texts = texts_of(pages)
    found: list[tuple[list[str], list[str]]] = [([], []) for _ in range(pages.count)]

    def gather(kids: Iterable[object], index: int) -> None:
        for kid in kids:
            if isinstance(kid, MarkedContent):
                found[kid.page][index].extend(texts[kid].split())
            elif isinstance(kid, Element):
                gather(kid.kids, 1 if kid.role == "Note" else index)

    gather(pages.structure, 0)
    return found


def called_and_begun(pages: Pages) -> dict[str, tuple[int, int]]:
    """Give for each note the pages of its call and of its beginning."""
    places = {anchor.name: anchor.page for anchor in pages.anchors}
    labels = [name.removeprefix("note-") for name in places if name.startswith("note-")]
    return {label: (places[f"call-{label}"], places[f"note-{label}"]) for label in labels}


def test_a_note_longer_than_a_page_breaks_without_losing_a_word() -> None:
    pages = made(f"<p>{FOX * 6}{note('1', _LONG)} {FOX * 20}</p>")
    assert called_and_begun(pages) == {"1": (0, 0)}
    notes = [words for _, words in parts(pages)]
    assert joined(notes) == ["1", *_LONG.split()]
    assert sum(bool(words) for words in notes) > 2
    assert joined(text for text, _ in parts(pages)) == [
        *(FOX * 6).split(), "1", *(FOX * 20).split(),
    ]  # fmt: skip


_CASES = {
    "paragraph": f"<p>{FOX * 14}one{note('1', FOX * 8)} two{note('2', FOX * 8)} "
    f"three{note('3', FOX * 8)} {FOX * 12}</p>",
    "list": f"<ul><li>{FOX * 14}</li><li>one{note('1', FOX * 8)} two{note('2', FOX * 3)}</li>"
    f"<li>{FOX * 8}</li></ul>",
    "heading": f"<p>{FOX * 18}</p><h2>Heading{note('1', FOX * 8)}</h2><p>{FOX * 8}</p>",
    "table": f"<table><thead><tr><th>A{note('h', FOX)}</th></tr></thead>"
    + "".join(f"<tr><td>{FOX}{note(str(n), FOX * 3)}</td></tr>" for n in range(1, 9))
    + "</table>",
    "many": "".join(f"<p>{FOX * 2}{note(str(n), FOX * (1 + n % 6))}</p>" for n in range(1, 30)),
    "kept together": '<div style="break-inside: avoid">'
    f"<p>{FOX * 17}{note('1', FOX * 9)}</p></div><p>{FOX}</p>",
    "justified": "<style>.note { text-align: justify }</style>"
    f"<p>{FOX * 17}{note('1', FOX * 9)}</p>",
    "with elements": f"<p>{FOX * 17}"
    + note("1", f'<em lang="fr">{FOX}</em> <a href="https://iom.int/">{FOX}</a><br>' * 4)
    + "</p>",
}


@pytest.mark.parametrize("body", _CASES.values(), ids=_CASES)
def test_notes_begin_on_the_page_of_their_call_and_are_whole(body: str) -> None:
    pages = made(body)
    assert pages.count > 1
    where = called_and_begun(pages)
    assert where
    assert all(called == begun for called, begun in where.values())
    expected = made(body, "@page { size: 300pt 9000pt }")
    assert expected.count == 1
    assert sorted(joined(notes for _, notes in parts(pages))) == sorted(parts(expected)[0][1])
    assert joined(text for text, _ in parts(pages)) == parts(expected)[0][0]


def test_a_broken_note_keeps_two_lines_together_at_either_end() -> None:
    for length in range(4, 9):
        body = "".join(f"<p>x{n}</p>" for n in range(16)) + f"<p>y{note('1', FOX * length)}</p>"
        notes = [words for _, words in parts(made(body, "p { orphans: 1; widows: 1 }")) if words]
        assert all(len(words) > 13 for words in notes)  # a line has 12 words at most


def test_a_note_stays_one_element_with_one_link_back() -> None:
    pages = made(f"<p>{FOX * 16}{note('1', FOX * 20)}</p>")
    assert pages.count > 1
    assert [link.target for link in pages.links] == ["#note-1", "#call-1"]


def test_the_lines_of_text_stay_on_their_grid_beside_calls_and_notes() -> None:
    body = "".join(f"<p id='p{n}'>x{note(str(n), FOX) if n % 3 else ''}</p>" for n in range(9))
    places = {anchor.name: anchor.y for anchor in made(body).anchors}
    assert [places[f"p{n}"] for n in range(9)] == [370 - 14 * n for n in range(9)]


@pytest.mark.parametrize("inside", ["avoid", "auto"])
@pytest.mark.parametrize("lines", [17, 18, 19, 20])
def test_a_paragraph_that_ends_a_page_drives_no_note_from_its_call(lines: int, inside: str) -> None:
    called = f"<p>{'x<br>' * lines}called{note('1', FOX)}</p>"
    pages = made(f"{called}<p>{'y<br>' * 5}y</p>", f"p {{ orphans: 3; break-inside: {inside} }}")
    assert called_and_begun(pages) == {"1": (0, 0)}
    # A page has 24 lines, three of them for the note; its first lines go with it, or none.
    room = 24 - 3 - (lines + 1)
    stay = room if inside == "auto" and room >= 3 else 0
    assert [words.count("y") for words in words_of(pages)] == [stay, 6 - stay]


@pytest.mark.parametrize("lines", range(6, 20, 2))
def test_a_table_below_a_note_breaks_between_its_rows(lines: int) -> None:
    rows = [f"<tr><td>a{n}</td><td>{f'b{n}<br>' * 3}{note(f't{n}', FOX)}</td></tr>" for n in "123"]
    plain = [f"<tr><td>c{n}</td><td>{f'd{n}<br>' * 3}</td></tr>" for n in "1234"]
    body = f"<p>{'x<br>' * lines}called{note('1', FOX)}</p>"
    for table in (rows, plain):
        html = f"{body}<table>{''.join(table)}</table>"
        pages = made(html, "tr { break-inside: avoid }")
        assert all(called == begun for called, begun in called_and_begun(pages).values())
        for words in words_of(pages):
            for first, second in zip("ac", "bd", strict=True):
                for n in "1234":
                    assert words.count(f"{second}{n}") == 3 * words.count(f"{first}{n}")


@pytest.mark.parametrize("last", ["y<br>y<br>y", f"called{note('1', FOX)}"])
def test_text_that_fills_a_page_stays_where_what_follows_has_no_room(last: str) -> None:
    whole_lines = "@page { size: 300pt 396pt } p { orphans: 3 }"
    pages = made(f"<p>x</p><div><p>{'x<br>' * 21}x</p><p>{last}</p></div>", whole_lines)
    assert [words.count("x") for words in words_of(pages)] == [23, 0]


def test_a_page_that_the_rest_of_a_note_fills_has_no_text_that_calls_another() -> None:
    long, short = FOX * 45, FOX * 2
    pages = made(f"<p>{FOX * 3}{note('1', long)}</p><p>x{note('2', short)}</p><p>y</p>")
    assert called_and_begun(pages) == {"1": (0, 0), "2": (2, 2)}
    assert [len(text) > 0 for text, _ in parts(pages)] == [True, False, True]
    assert joined(notes for _, notes in parts(pages)) == ["1", *long.split(), "2", *short.split()]


def test_a_note_that_has_no_room_where_it_is_called_is_said() -> None:
    text = f"{FOX * 8}{note('1', FOX)}{FOX * 6}{note('2', FOX * 5)}"
    html = section(
        f'<div style="columns: 2"><p data-block="words">{text}</p></div>',
        blocks={"words": Span("covid-19.md", 7, 1), "note-2": Span("covid-19.md", 73, 1)},
    )
    assert said(typeset(html).diagnostics) == (
        "! covid-19.md:7:1: error: Page 1 has no room for a note that is called there: its text, "
        "at covid-19.md:73:1, begins on page 2. [text-fits-its-box]\n"
        "  Shorten this note or the one before it, call it some lines away from the one before, or "
        "make what they say an annex."
    )


def test_white_space_in_notes_collapses() -> None:
    pages = made("<p>x" + note("1", "one\n   two") + "</p>")
    assert parts(pages)[0][1] == ["1", "one", "two"]
    assert not any("\n" in text or "  " in text for text in texts_of(pages).values())
