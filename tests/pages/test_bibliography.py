"""Step 3, compose: how sources are printed."""

import pytest

from mgi_report.content.model import Source, Text
from mgi_report.content.words import Language
from mgi_report.diagnostics import Span
from mgi_report.pages.composing.bibliography import date, groups
from mgi_report.pages.composing.markup import Writer
from mgi_report.pages.composing.tongues import told

ENGLISH = {
    "date": "{day} {month} {year}",
    "month-and-year": "{month} {year}",
    "first-day": "1",
    "months.3": "March",
}
FRENCH = {**ENGLISH, "first-day": "1er", "months.3": "mars"}
PORTUGUESE = {
    "date": "{day} de {month} de {year}",
    "month-and-year": "{month} de {year}",
    "first-day": "1º",
    "months.3": "março",
}


@pytest.mark.parametrize(
    ("labels", "iso", "expected"),
    [
        (ENGLISH, "2021", "2021"),
        (ENGLISH, "2021-03", "March 2021"),
        (ENGLISH, "2021-03-01", "1 March 2021"),
        (FRENCH, "2021-03-01", "1er mars 2021"),
        (FRENCH, "2021-03-11", "11 mars 2021"),
        (PORTUGUESE, "2021-03", "março de 2021"),
        (PORTUGUESE, "2021-03-01", "1º de março de 2021"),
        (PORTUGUESE, "2021-03-21", "21 de março de 2021"),
    ],
)
def test_a_date_is_in_the_words_of_its_language(
    labels: dict[str, str], iso: str, expected: str
) -> None:
    assert date(iso, labels) == expected


def test_the_stop_of_a_source_that_is_not_translated_goes_with_it() -> None:
    span = Span("sources.yml")
    lent = frozenset({"author"})
    source = Source("x", "Ministry", (Text("Strategy", span),), span, year=2020, lent=lent)
    (group,) = groups([source], Writer("ar", {"ar": Language(direction="rtl")}), {})
    body = told(str(group.entries[0].body), ' lang="en" dir="ltr"')
    assert body == '<span lang="en" dir="ltr">Strategy.</span>'


def test_a_title_that_runs_the_other_way_is_set_apart() -> None:
    span = Span("sources.yml")
    title = (Text("Migration strategy", span),)
    source = Source("x", "وزارة", title, span, type="book", year=2020, language="en")
    writer = Writer("ar", {"ar": Language(direction="rtl"), "en": Language()})
    (group,) = groups([source], writer, {"not-online": "", "available-at": "متاح على"})
    assert group.entries[0].body.startswith('<em lang="en" dir="ltr">Migration strategy</em>')


@pytest.mark.parametrize(
    ("title", "place", "expected"),
    [
        ("Strategy", "Bamako", "Strategy. Bamako."),
        ("Who are they?", "Washington, D.C.", "Who are they? Washington, D.C."),
        ("ما العدد؟", "", "ما العدد؟"),
        ("“Welcome!”", "", "“Welcome!”"),
        ("Strategy (why?)", "", "Strategy (why?)."),
    ],
)
def test_what_ends_with_a_mark_gets_no_stop(title: str, place: str, expected: str) -> None:
    span = Span("sources.yml")
    source = Source("x", "Ministry", (Text(title, span),), span, year=2020, place=place)
    (group,) = groups([source], Writer("en", {"en": Language()}), {})
    assert group.entries[0].body == expected
