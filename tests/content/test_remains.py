"""Step 2: what is left in a text from its writing."""

import pytest
from tests.content.tiny import FOLDER, resolved, tiny
from tests.projects import text_of

from mgi_report.diagnostics import Rule

INTRO = f"{FOLDER}/en/intro.md"
SPELLING = "content/shared/en/spelling.yml"


def told(text: str) -> list[str]:
    _, found = resolved(tiny({INTRO: text, SPELLING: text_of(SPELLING)}))
    return [
        f"{each.span.line}:{each.span.column} {each.message}"
        for each in found
        if each.rule is Rule.TEXT_IS_FINISHED and each.span
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("As was noted.³", '1:14 The raised figure "³" calls no note.'),
        ("As “noted”,¹² so.", '1:12 The raised figure "¹²" calls no note.'),
        ("In 2019 TODO it rose.", '1:9 "TODO" seems to be left from the writing.'),
        ("A law of 2019.[@?]", "1:15 A source is still to be found here."),
        ("In 2019 [?] it rose.", "1:9 Words are still to be written here."),
        ("In 2019, TBC, it rose.", '1:10 "TBC" seems to be left from the writing.'),
        ("A sum of ____ francs.", '1:10 "____" seems to be left from the writing.'),
        ("Lorem ipsum so far.", '1:1 "Lorem ipsum" seems to be left from the writing.'),
        *(
            (f"A sum of {words}.", f'1:10 "{words}" stands for words that are still to be written.')
            for words in (
                "[to be completed]",
                "[date]",
                "[insert name]",
                "[●]",
                "[To be confirmed by IOM]",
                "XX per cent",
            )
        ),
        ("The the law.", '1:1 A word stands here twice: "The the".'),
        ("A law of\nof 2019.", '1:7 A word stands here twice: "of of".'),
        ("On migration migration.", '1:4 A word stands here twice: "migration migration".'),
    ],
)
def test_what_is_left_over_is_told_with_its_place(text: str, message: str) -> None:
    assert told(f"{text}\n") == [message]


@pytest.mark.parametrize(
    "text",
    [
        "Of 300 km² and 2 m³.",
        "He said that that had had an end.",
        "Why? Who knows?",
        "“The the”, and *the the*.",
        "In the theatre. The end; the other.",
        "It has to be confirmed at a date, [sic], by a law [of 2019] and the [dated](https://x.org).",
        "Article XX, per cent by per cent.",
    ],
)
def test_what_may_be_meant_is_not_told(text: str) -> None:
    assert told(f"{text}\n") == []
