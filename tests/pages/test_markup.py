"""Step 3: inline nodes become HTML."""

import re

import pytest

from mgi_report.content.markdown.documents import parse_document, parse_inline
from mgi_report.content.words import Language
from mgi_report.diagnostics import Span
from mgi_report.pages.composing.markup import Writer

LANGUAGES = {"fr": Language(months=("mars",))}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**Loi** here", "<strong>Loi</strong> here"),
        ("**Loi**{lang=fr} here", '<strong lang="fr">Loi</strong> here'),
        ("*Loi*{lang=fr} here", '<em lang="fr">Loi</em> here'),
        # Dates are tied as the language of the words asks.
        ("**5 mars 2009**{lang=fr}", '<strong lang="fr">5\N{NO-BREAK SPACE}mars 2009</strong>'),
    ],
)
def test_words_in_another_language_say_so(text: str, html: str) -> None:
    words = parse_inline(text, Span("x.yml"))
    assert words.diagnostics == ()
    assert Writer("en", LANGUAGES).inline(words.value) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("“Well” is a concept.", '<p class="lead quoted" '),
        ("A “well” concept.", '<p class="lead" '),
    ],
)
def test_a_lead_that_begins_with_a_quotation_says_so_for_it_to_hang(text: str, html: str) -> None:
    blocks = parse_document(f"{{.lead}}\n{text}\n", "x.md").value.blocks
    english = Language(opening_quotes=("“", "„"))
    assert Writer("en", {"en": english}).write(blocks).startswith(html)


@pytest.mark.parametrize(
    ("lines", "even"),
    [
        ([1], [False]),
        ([2], [True]),
        # Between two leads stands a line.
        ([5, 6], [False, True]),
        ([2, 2], [False, False]),
        ([1, 1, 1], [False, False, False]),
        ([1, 2, 1], [False, False, True]),
    ],
)
def test_the_last_of_some_leads_says_whether_their_lines_are_even(
    lines: list[int], even: list[bool]
) -> None:
    text = "".join(f"{{.lead}}\n{'word ' * count}\n\n" for count in lines)
    blocks = parse_document(f"{text}Text.\n", "x.md").value.blocks
    html = Writer("en", lead_lines=lambda text: len(text.split())).write(blocks)
    assert re.findall('class="lead( even)?"', html) == [" even" if each else "" for each in even]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("1. One", '<ol class="decimal" '),
        ("5. Five", '<ol class="decimal" start="5" style="counter-reset: list-item 4" '),
        (
            "{style=lower-alpha}\n3. c",
            '<ol class="lower-alpha" start="3" style="counter-reset: list-item 2" ',
        ),
    ],
)
def test_a_list_counts_from_its_first_number(text: str, start: str) -> None:
    assert Writer("en").write(parse_document(text, "x.md").value.blocks).startswith(start)


def test_last_words_before_a_note_and_its_mark_stay_together() -> None:
    words = "Il en va de même des autres pays de la région, dans lesquels on a vu un tel pacte"
    document = parse_document(f"{words}[^a].\n\n[^a]: A.", "x.md").value
    html = Writer("fr", {"fr": Language(note_calls="before-marks")}).write(document.blocks)
    assert "tel\N{NO-BREAK SPACE}pacte" in html
