"""Figures of two languages are compared by what they are worth, and quoted as they stand."""

import pytest

from mgi_report.content.markdown.documents import parse_document
from mgi_report.content.translation.comparing import compare
from mgi_report.content.translation.figures import Figure, figures
from mgi_report.content.translation.passages import of_document
from mgi_report.content.words import Language


@pytest.mark.parametrize(
    ("words", "mark", "expected"),
    [
        ("0.083 per 1,000", ".", ["0.083", "1000"]),
        ("0,083 pour 1\u202f000", ",", ["0.083", "1000"]),
        ("2.125 million", ".", ["2.125"]),
        ("2 125 millions", ",", ["2125"]),
        ("2.125 millions", ",", ["2125"]),
        ("1,234,567.89", ".", ["1234567.89"]),
        ("1.234.567,89", ",", ["1234567.89"]),
        ("No. 09-015 of 26 June 2009, Article 3.12", ".", ["09", "015", "26", "2009", "3.12"]),
        ("in 2018 2019", "", ["2018", "2019"]),
        ("٦,٠٠٠ ٢٠١٩ ١٠٫٧", ".", ["6000", "2019", "10.7"]),
        # Of a language of which the mark is not known.
        ("2.125 and 10.7 and 0.083", "", ["2125", "10.7", "0.083"]),
    ],
)
def test_figures_have_one_form(words: str, mark: str, expected: list[str]) -> None:
    assert [each.value for each in figures(words, mark)] == expected


def test_figures_are_quoted_as_they_stand() -> None:
    assert [*figures("1,000 and\u00a00.5", ".")] == [Figure("1000", "1,000"), Figure("0.5", "0.5")]


def test_a_wrong_decimal_mark_is_told_and_the_figures_are_quoted() -> None:
    english, french = (
        of_document(parse_document(text, path).value)
        for text, path in (
            ("Of 2.125 million, 0.083 per 1,000 in 2018.", "en.md"),
            ("Sur 2 125 millions, 0,083 pour 1 000.", "fr.md"),
        )
    )
    languages = Language(decimal_mark="."), Language(decimal_mark=",")
    found = compare(english, french, "fr.md", languages=languages)
    assert [each.message for each in found] == [
        (
            'The figures "2.125", "2018" stand in the original here (en.md:1:1), but not in the '
            'translation, which has "2 125".'
        )
    ]
