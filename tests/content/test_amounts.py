"""Step 1: figures and dates of a translation are those of its original, and as many."""

import pytest

from mgi_report.content.markdown.documents import parse_document
from mgi_report.content.translation.amounts import compare_titles
from mgi_report.content.translation.comparing import compare
from mgi_report.content.translation.passages import of_document, of_yaml
from mgi_report.content.words import Language
from mgi_report.content.yaml import parse_yaml

ENGLISH = Language(decimal_mark=".", months=("January", "September", "October"))
FRENCH = Language(decimal_mark=",", months=("janvier", "septembre", "octobre"), days=("1er",))


def told(original: str, translation: str) -> list[str]:
    mine, theirs = (
        of_document(parse_document(text, path).value)
        for text, path in ((original, "en.md"), (translation, "fr.md"))
    )
    return [each.message for each in compare(mine, theirs, "fr.md", None, (ENGLISH, FRENCH))]


@pytest.mark.parametrize(
    ("original", "translation", "lacking", "instead"),
    [
        ("On 3 September.", "Le 3 octobre.", "3 September", "3 octobre"),
        ("15% here, 15% there.", "15 % ici, 15,5 % là.", "15", "15,5"),
        ("In 2,125 towns.", "Dans 3 125 villes.", "2,125", "3 125"),
    ],
)
def test_what_was_changed_is_told_once_with_what_stands_instead(
    original: str, translation: str, lacking: str, instead: str
) -> None:
    (message,) = told(original, translation)
    assert message == (
        f'The figure "{lacking}" stands in the original here (en.md:1:1), but not in the '
        f'translation, which has "{instead}".'
    )


def test_a_figure_of_the_translation_alone_is_told() -> None:
    message = 'The figure "300" stands here, but not in the original.'
    assert told("Many people.", "Plus de 300 personnes.") == [message]


@pytest.mark.parametrize(
    ("original", "translation"),
    [
        ("On 1 January 2019, 15%, 6,000.", "Le 1er janvier 2019, 15 %, 6 000."),
        # The form of the figure is told where it stands.
        ("More than 6,000 people.", "Plus de 6,000 personnes."),
        ("A law (*Loi du 3 octobre*{lang=fr}).", "La loi du 3 octobre."),
    ],
)
def test_what_is_said_in_both_is_not_told(original: str, translation: str) -> None:
    assert told(original, translation) == []


@pytest.mark.parametrize(
    ("title", "lacking"),
    [
        ("Loi n° 09-015 du 3 octobre 2009", ['"3 September"']),
        ("Loi n° 09-016 du 3 septembre 2009", ['"015"']),
        ("Loi n° 09-015 du 3 septembre 2009", []),
    ],
)
def test_figures_of_titles_of_sources_are_those_of_the_original(
    title: str, lacking: list[str]
) -> None:
    entries = []
    for text in ("Law No. 09-015 of 3 September 2009", title):
        yaml = f"references:\n  - id: law\n    title: {text}\n"
        root = parse_yaml(yaml, "sources.yml").value
        assert root
        entries.append(of_yaml(root, ("title",)))
    found = [each.message for each in compare_titles(entries[0], entries[1], (ENGLISH, FRENCH))]
    assert [message.split(" stands")[0] for message in found] == [
        f"The figure {x}" for x in lacking
    ]
