"""Step 3, compose: how sources are printed."""

import pytest

from mgi_report.pages.bibliography import date

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
