"""The HTML page and the EPUB book: the words of the PDF, in its order, without what paper needs."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import sync_playwright
from tests.publish.judges import faults_of_epub
from tests.publish.text import files_of_epub, parsed, said
from tests.reading import shown

from mgi_report.content.walk import runs_of, text_of
from mgi_report.pages.model import Section
from mgi_report.publish.text.book import Book
from mgi_report.publish.text.epub import epub
from mgi_report.publish.text.html import page
from mgi_report.publish.text.reflowing import Part, reflow
from mgi_report.publish.text.tree import as_html
from mgi_report.workshop import Made

pytestmark = pytest.mark.xdist_group("mali")

DATE = "2021-12-01T00:00:00Z"


def _jpeg() -> bytes:
    written = BytesIO()
    Image.new("RGB", (32, 45), "#0033A0").save(written, "JPEG")
    return written.getvalue()


COVER = _jpeg()


def of(body: str, files: dict[str, bytes] | None = None) -> Part:
    """Reflow a section that a template might make."""
    html = (
        f'<!doctype html><html lang="en"><body class="text"><section>{body}</section></body></html>'
    )
    section = Section("one", "text", "One", "en", "ltr", html, (), (), files or {})
    return reflow(section, {"lead", "note-call"})


def shown_as(body: str, files: dict[str, bytes] | None = None) -> str:
    return as_html(of(body, files).body)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<p class="lead wide" style="width: 3pt">A</p>', '<p class="lead">A</p>'),
        (
            '<h2 id="b" style="color: #123456; top: 1pt">B</h2>',
            '<h2 id="b" style="color: #123456">B</h2>',
        ),
        ('a<span class="icon" aria-hidden="true">x</span>b', "ab"),
        ('<p>a<span class="even">b <em>c</em> d</span>e</p>', "<p>ab <em>c</em> de</p>"),
        ("<p>well-\u2060known, a/\u200bb</p>", "<p>well-known, a/b</p>"),
        ('<p><span lang="fr">Plan</span></p>', '<p><span lang="fr">Plan</span></p>'),
        ("<div><div></div></div><p>a<br>b</p>", "<p>a<br>b</p>"),
        (
            '<h2 id="c">C</h2><p data-paged><a href="section:c">page 3</a></p>',
            '<h2 id="c"><a href="section:c">C</a></h2>',
        ),
        (
            '<svg role="img" aria-label="A river"><image href="p/r.jpg"/></svg>',
            '<img src="p/r.jpg" alt="A river">',
        ),
    ],
)
def test_what_paper_needs_is_left_out(body: str, expected: str) -> None:
    assert shown_as(body) == f'<section id="one" aria-label="One">{expected}</section>'


def test_notes_come_behind_the_text_and_lead_both_ways() -> None:
    html = shown_as(
        '<h1 id="one">One</h1><p>A.<a class="note-call" role="doc-noteref" id="call-x" '
        'href="#note-x">1</a><span class="note" role="doc-footnote" id="note-x">'
        '<a role="doc-backlink" href="#call-x">1</a> Why.</span> B.</p>'
    )
    assert html == (
        '<section id="one"><h1>One</h1><p>A.<a role="doc-noteref" id="call-x" href="#note-x" '
        'class="note-call">1</a> B.</p><div><aside role="doc-footnote" id="note-x">'
        '<a role="doc-backlink" href="#call-x">1</a> Why.</aside></div></section>'
    )


def test_the_page_has_all_words_of_what_it_is_composed_of(made: Made, book: Book) -> None:
    body = parsed(page(book).decode())
    ours = {each.get("id"): said(each) for each in body.iter("section")}
    composed = {leaf.section.id: said(parsed(leaf.section.html)) for leaf in made.leaves}
    assert composed.keys() - ours.keys() == {"title", "reading-guide", "contents"}
    assert list(ours) == [name for name in composed if name in ours]
    for name, words in ours.items():
        assert words == composed[name], name
    assert sum(len(main) + len(notes) for main, notes in ours.values()) > 7000


def test_the_book_has_the_words_of_the_page(book: Book) -> None:
    body = parsed(page(book).decode())
    files = files_of_epub(epub(book, "name", COVER, DATE))
    for section in body.iter("section"):
        assert said(parsed(files[f"{section.get('id')}.xhtml"])) == said(section)


def test_the_page_says_what_the_editors_wrote_in_their_order(made: Made, book: Book) -> None:
    """Each paragraph, heading, item and cell of the Markdown, one after the other."""

    def plain(text: str) -> str:
        return " ".join(re.findall(r"\w+", shown(text).casefold()))

    assert made.profile
    sections = {each.get("id"): said(each) for each in parsed(page(book).decode()).iter("section")}
    count = 0
    for name, document in made.profile.documents.items():
        if name not in sections:
            continue
        main, notes = (plain(re.sub(r"(\D)\d+\b", r"\1", " ".join(w))) for w in sections[name])
        place = 0
        for run in runs_of(document.blocks):
            words = plain(re.sub(r"(\D)\d+\b", r"\1", text_of(run)))
            place = main.find(words, place)
            assert place >= 0, (name, words)
            count += 1
        for note in document.notes.values():
            for run in runs_of(note.blocks):
                assert plain(re.sub(r"(\D)\d+\b", r"\1", text_of(run))) in notes, name
    assert count > 100


def test_each_link_and_id_of_the_page_is_whole(book: Book) -> None:
    body = parsed(page(book).decode())
    ids = Counter(each.get("id") for each in body.iter() if each.get("id"))
    assert max(ids.values()) == 1
    links = [each.get("href") for each in body.iter("a")]
    inside = [each[1:] for each in links if each.startswith("#")]
    assert len(inside) > 80
    assert set(inside) <= ids.keys()
    assert all(re.match("https?://|mailto:", each) for each in links if not each.startswith("#"))


def test_a_card_leads_to_its_chapter_without_a_page_number(book: Book) -> None:
    html = page(book).decode()
    assert '<a href="#migrants-rights">Migrants’ rights</a></h3>' in html
    assert "page 14" not in html


def test_the_headings_of_the_page_go_down_one_by_one(book: Book) -> None:
    levels = [int(each) for each in re.findall(r"<h([1-6])", page(book).decode())]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_names_with_signs_are_escaped(book: Book, tmp_path: Path) -> None:
    name = 'A "B" & <C> ’s'
    signed = replace(book, title=name, authors=(name,), subject=name, rights=name, keywords=(name,))
    html = page(signed).decode()
    assert "<title>A &quot;B&quot; &amp; &lt;C&gt; ’s</title>" in html
    assert '<meta name="author" content="A &quot;B&quot; &amp; &lt;C&gt; ’s">' in html
    assert faults_of_epub(epub(signed, "name", COVER, DATE), tmp_path) == ""


def test_the_book_passes_epubcheck(book: Book, tmp_path: Path) -> None:
    made = epub(book, "name", COVER, DATE)
    assert made == epub(book, "name", COVER, DATE)
    assert faults_of_epub(made, tmp_path) == ""


def test_the_book_says_when_it_came_out_and_how_it_can_be_read(book: Book) -> None:
    package = files_of_epub(epub(replace(book, date="2021-11-30"), "name", COVER, DATE))[
        "package.opf"
    ]
    assert "<dc:date>2021-11-30</dc:date>" in package
    assert '<meta property="schema:accessibilitySummary" xml:lang="en">All of the text' in package


def test_the_judge_of_books_finds_what_is_wrong(book: Book, tmp_path: Path) -> None:
    broken = replace(book, contents="", parts=book.parts[:1])
    assert "ERROR" in faults_of_epub(epub(broken, "name", COVER, "soon"), tmp_path)


def test_the_contents_of_the_book_are_nested(book: Book) -> None:
    nav = files_of_epub(epub(book, "name", COVER, DATE))["nav.xhtml"]
    plain = re.sub(r"\s+", " ", nav)
    assert (
        '<li><a href="annexes.xhtml">Annexes</a><ol>'
        '<li><a href="annexes.xhtml#annexes--migof">MiGOF: Migration Governance Framework</a></li>'
    ) in plain


def test_a_text_from_right_to_left_says_so(book: Book) -> None:
    turned = replace(book, lang="ar", direction="rtl")
    assert '<html lang="ar" dir="rtl">' in page(turned).decode()
    files = files_of_epub(epub(turned, "name", COVER, DATE))
    assert '<spine page-progression-direction="rtl">' in files["package.opf"]
    assert 'lang="ar" dir="rtl"' in files["objective.xhtml"]


def test_axe_finds_nothing_in_the_page(book: Book, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(page(book))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or "/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        tab = browser.new_page()
        tab.goto((tmp_path / "page.html").as_uri())
        found = Axe().run(tab).response["violations"]
        browser.close()
    assert [each["id"] for each in found] == []


def test_the_page_brings_its_fonts_and_its_title_is_as_wide_as_the_window(
    book: Book, tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_bytes(page(book))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or "/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        tab = browser.new_page(viewport={"width": 1280, "height": 900})
        tab.goto((tmp_path / "page.html").as_uri())
        loaded = tab.evaluate(
            "document.fonts.ready.then(all =>"
            " [...all].filter(each => each.status === 'loaded').map(each => each.weight))"
        )
        edges = Image.open(BytesIO(tab.screenshot())).convert("RGB")
        width = tab.evaluate("document.documentElement.scrollWidth")
        tab.emulate_media(media="print")
        on_paper = tab.evaluate("getComputedStyle(document.querySelector('.cover h1')).color")
        browser.close()
    assert sorted(loaded) == ["400", "600"]
    assert [edges.getpixel((x, 20)) for x in (0, 1279)] == [(0, 51, 160)] * 2
    assert width == 1280
    assert on_paper == "rgb(0, 51, 160)"


def test_pictures_and_tables_are_in_page_and_book(book: Book, tmp_path: Path) -> None:
    body = (
        '<h1 id="one">One</h1><figure><img src="content/x/a b&amp;c.jpg" alt="A “river”"/>'
        "<figcaption>Figure 1. A river</figcaption></figure>"
        '<table><thead><tr><th scope="col">A</th></tr></thead>'
        '<tbody><tr><td style="text-align: end">1</td></tr><tr><td></td></tr></tbody></table>'
    )
    part = of(body, {"content/x/a b&c.jpg": COVER, "fonts/f.ttf": b"font"})
    assert part.pictures == {"content/x/a b&c.jpg": COVER}
    whole = replace(book, parts=(book.parts[0], part))
    assert '<img src="data:image/jpeg;base64,/9j/' in page(whole).decode()
    made = epub(whole, "name", COVER, DATE)
    assert '<img src="picture-1.jpg" alt="A “river”"' in files_of_epub(made)["one.xhtml"]
    assert faults_of_epub(made, tmp_path) == ""
