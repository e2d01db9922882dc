"""Steps 1 and 2: what is said of the key sources."""

import pytest
from tests.content.tiny import FOLDER, edited, resolved, tiny
from tests.projects import text_of

from mgi_report.content.model import Profile
from mgi_report.diagnostics import Diagnostic

PATH = f"{FOLDER}/sources.yml"
PROFILE = f"{FOLDER}/profile.yml"
SPELLING = "content/shared/en/spelling.yml"
MALI = "author: [{literal: Government of Mali}]"


def read(*entries: str) -> tuple[Profile, list[Diagnostic]]:
    """Read sources that nothing cites, each with an id and a title of its own."""
    lines = [
        f"  - {{id: s{number}, consulted: true, title: Title {number}, {entry}}}\n"
        for number, entry in enumerate(entries, 1)
    ]
    cited = "  - {id: law, author: [{literal: Parliament}], title: Law}\n"
    files = {PATH: "references:\n" + cited + "".join(lines), SPELLING: text_of(SPELLING)}
    return resolved(tiny(files))


def told(*entries: str) -> list[str]:
    """Give places and messages; entries stand in lines 3 and after."""
    _, found = read(*entries)
    return [f"{each.span}: {each.severity}: {each.message}" for each in found]


# --- Authors ------------------------------------------------------------------------------------


def authors(*names: str) -> list[str]:
    return [f'author: [{{literal: "{name}"}}]' for name in names]


@pytest.mark.parametrize("written", ["Government  of Mali", "Government of\u00a0Mali"])
def test_spaces_make_no_other_author(written: str) -> None:
    profile, found = read(*authors("Government of Mali", written))
    assert found == []
    assert [source.author for source in profile.sources] == [
        *["Government of Mali"] * 2,
        "Parliament",
    ]


@pytest.mark.parametrize(
    "other",
    [
        "Government of mali",
        "Government Of Mali",
        "Government of Mali.",
        "Goverment of Mali",
        "Government of Malí",
    ],
)
def test_an_author_in_two_ways_is_told_with_both_places(other: str) -> None:
    said = told(*authors("Government of Mali", other, "Government of Mali"))
    column = 4 + len("- {id: s2, consulted: true, title: Title 2, author: [{literal: ")
    message = f'"{other}" is written "Government of Mali" elsewhere ({PATH}:3:{column}).'
    assert said == [f"{PATH}:4:{column}: warning: {message}"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Government of Mali", "Government of Malawi"),
        ("Government of Niger", "Government of Nigeria"),
        ("Ministry of Health", "Ministry of Wealth"),
        ("Government of Mali, Ministry of Health", "Government of Mali"),
        ("World Bank", "World Banc"),
    ],
)
def test_two_authors_are_two(one: str, other: str) -> None:
    assert told(*authors(one, other)) == []


# --- Dates --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "year"),
    [
        ("2019-05", 2019),
        ("{date-parts: [[2019, 5, 3]]}", 2019),
        ("[{year: 2019, month: 5}]", 2019),
        ("{year: 2019}", 2019),
    ],
)
def test_a_date_of_csl_is_read(date: str, year: int) -> None:
    profile, found = read(f"{MALI}, issued: {date}")
    assert found == []
    assert profile.sources[0].year == year


@pytest.mark.parametrize(
    ("date", "message"),
    [
        ("{date-parts: [[2019, 5, 3], [2020, 1, 1]]}", "One date is printed, and 2 stand here."),
        ("[{year: 2019}, {year: 2020}]", "One date is printed, and 2 stand here."),
        ("{date-parts: [[2019]], circa: true}", '"circa" of a date is not printed.'),
        ("{date-parts: [[2019]], season: 1}", '"season" of a date is not printed.'),
        ("[{year: 2019, season: 1}]", '"season" of a date is not printed.'),
        ("{literal: Spring 2019}", '"literal" of a date is not printed.'),
        ("{date-parts: []}", "This is not a date."),
        ("{date-parts: [[2019, 13]]}", 'There is no date "2019-13".'),
    ],
)
def test_what_would_be_lost_of_a_date_is_refused(date: str, message: str) -> None:
    (said,) = told(f"{MALI}, issued: {date}")
    assert said.endswith(f": error: {message}")
    assert said.startswith(f"{PATH}:3:")


# --- What cannot be true ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            "medium: not-online, URL: https://x.org/",
            'This source is said to be "not-online", and has an address.',
        ),
        (
            "accessed: 2021-04-01",
            'There is no "URL" at which the source was read on this day; it is not printed.',
        ),
        ("issued: 2999", "The year 2999 lies far behind 2021, the year of the profile."),
        (
            "URL: https://x.org/, accessed: 2201-04-01",
            "The year 2201 lies far behind 2021, the year of the profile.",
        ),
        ("issued: 2023", None),
        ("URL: https://x.org/, accessed: 2022-04-01", None),
    ],
)
def test_what_contradicts_itself_is_told(fields: str, message: str | None) -> None:
    said = [each.partition(": warning: ")[2] for each in told(f"{MALI}, {fields}")]
    assert said == ([message] if message else [])


def test_sources_that_would_be_printed_alike_are_told() -> None:
    entry = f"{MALI}, issued: 2009, consulted: true, title: The *law*"
    ways = ("id: law", "id: act", "note: First reading, id: act-2")
    text = "references:\n" + "".join(f"  - {{{way}, {entry}}}\n" for way in ways)
    _, found = resolved(tiny({PATH: text}))
    message = f'"law" and "act" have the same author, year and title ({PATH}:2:5).'
    assert [f"{each.span}: {each.message}" for each in found] == [
        f"{PATH}:3:5: The sources {message}"
    ]


def test_an_assessment_after_the_profile_is_told() -> None:
    _, found = resolved(tiny(edited(PROFILE, "assessment: 2021-09", "assessment: 2024-09")))
    assert [f"{each.span}: {each.severity}: {each.message}" for each in found] == [
        f"{PROFILE}:11:13: warning: The assessment cannot be of 2024-09, after the profile, 2021."
    ]


def test_a_source_that_lacks_a_field_is_named() -> None:
    (said,) = told("issued: 2020")
    assert said.endswith('There is no "author" in item 2 of "references" ("s1").')
