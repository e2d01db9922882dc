"""What was copied into a translation and not yet put into its language."""

import pytest

from mgi_report.content.markdown.documents import parse_document
from mgi_report.content.translation.copied import check_copied
from mgi_report.content.translation.passages import of_document, of_yaml
from mgi_report.content.yaml import parse_yaml

ORIGINAL = """\
## Areas with potential for further development {#potential}

Data on migration are collected in each census[^a].

- The Ministry of Foreign Affairs of Mali

[^a]: See the report on the census of 2009.
"""


def told(translation: str, langs: tuple[str, str] = ("en", "fr")) -> list[str]:
    original, mine = (
        of_document(parse_document(text, path).value)
        for text, path in ((ORIGINAL, "en.md"), (translation, "fr.md"))
    )
    return [f"{each.span}: {each.message}" for each in check_copied(original, mine, langs)]


def test_a_copied_file_is_told_once_with_its_first_lines() -> None:
    said = 'What is said here stands word for word in the original, in "en"'
    assert told(ORIGINAL) == [f"fr.md:1:1: {said}: lines 1, 3, 7."]
    twice = f"{ORIGINAL}\nData on migration\nare collected in each census.\n"
    assert told(twice) == [f"fr.md:1:1: {said}: lines 1, 3, 7 and 1 more."]
    assert told("Data on migration are collected in each census.\n") == [
        f"fr.md:1:1: {said}: line 1."
    ]


@pytest.mark.parametrize(
    "translation",
    [
        "Les données sur la migration sont recueillies.",
        "- The Ministry of Foreign Affairs of Mali",
        "[Data on migration are collected in each census]{lang=en}",
        "«\xa0*Data on migration are collected in each census*{lang=en}\xa0».",
    ],
)
def test_names_and_words_that_say_their_language_are_no_copies(translation: str) -> None:
    assert told(translation) == []


def test_two_countries_may_say_the_same() -> None:
    assert told(ORIGINAL, ("en", "en-GB")) == []


@pytest.mark.parametrize(
    ("entry", "is_told"),
    [
        ("title: Law on the entry and stay of foreigners", True),
        ("title: Loi relative à l’entrée et au séjour", False),
        ("{title: Law on the entry and stay of foreigners, language: en}", False),
        # The title in the original language is that of sources.yml.
        ("title: Loi sur les conditions de l’entrée", False),
    ],
)
def test_titles_of_sources_are_held_against_those_of_the_original(
    entry: str, *, is_told: bool
) -> None:
    base = parse_yaml(
        "references:\n  - id: law\n    title: Law on the entry and stay of foreigners\n"
        "    original-title: Loi sur les conditions de l’entrée\n",
        "sources.yml",
    ).value
    entry = entry.strip("{}").replace(", language", "\n    language")
    mine = parse_yaml(f"references:\n  - id: law\n    {entry}\n", "fr/sources.yml").value
    assert base
    assert mine
    keys = ("title", "original-title", "language")
    found = check_copied(of_yaml(base, keys), of_yaml(mine, keys), ("en", "fr"))
    assert bool([*found]) == is_told
