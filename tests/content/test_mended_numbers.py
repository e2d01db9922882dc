"""Mending what the house style asks for leaves each number as it was, and apart from the next."""

import random
import re

import pytest
from tests.content.tiny import FOLDER, tiny
from tests.projects import text_of

from mgi_report.mending import style_of

INTRO = f"{FOLDER}/en/intro.md"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NUMBERS = ["2019", "12", "7", "300", "7,300", "40 000", "10.7", "10,5", "1.500.000", "2015-2019"]
_MARKS = [" ", ", ", ",", " ,", " ,", "، ", " ، ", " ;", "-", "–", " - ", "/", " (", ". ", "; "]
_UNITS = ["€", " €", "€ ", " USD", "USD ", " EUR", " million USD", "US$ ", "$", "%", " %", " USD/"]
_UNITS += [" per cent", " pour cent", " por ciento", " por cento", " million €", "", "", " May "]


def mended(text: str, lang: str) -> str:
    """Write what may be mended, as `check --fix` does."""
    style = text_of(f"content/shared/{lang}/house-style.yml")
    project = tiny({INTRO: text, "content/shared/en/house-style.yml": style})
    lines = text.split("\n")
    for each in sorted(style_of(project, FOLDER, "en").value, key=lambda e: e.span, reverse=True):
        line, start = lines[each.span.line - 1], each.span.column - 1
        end = start + len(each.written)
        if each.is_safe and each.span.file == INTRO and line[start:end] == each.written:
            lines[each.span.line - 1] = f"{line[:start]}{each.instead}{line[end:]}"
    return "\n".join(lines)


def sentences(count: int) -> list[str]:
    """Give sentences of amounts, years and numbers in all kinds of company."""
    dice = random.Random(6)  # noqa: S311  the same ones each time
    parts = [_NUMBERS, _UNITS, _MARKS]
    return [
        "So " + "".join(dice.choice(parts[each % 3]) for each in range(9)) + " it is."
        for _ in range(count)
    ]


@pytest.mark.parametrize("lang", ["ar", "en", "es", "fr", "pt"])
def test_no_number_is_changed_or_joined_with_another(lang: str) -> None:
    written = sentences(1500)
    become = mended("\n\n".join(written), lang).split("\n\n")
    assert become != written
    for before, after in zip(written, become, strict=True):
        assert _NUMBER.findall(after) == _NUMBER.findall(before), (before, after)


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "In 2019, €40 million.", "In 2019, EUR 40 million."),
        ("en", "Articles 5, 6 and 7, €300.", "Articles 5, 6 and 7, EUR 300."),
        ("en", "In 2019, 300 USD a head.", "In 2019, USD 300 a head."),
        ("en", "Law 2019-12, 300 USD.", "Law 2019-12, USD 300."),
        ("en", "USD 300, €40 of it.", "USD 300, EUR 40 of it."),
        ("en", "Some 7,300 USD.", "Some USD 7,300."),
        ("en", "Some 300–400 USD.", "Some 300–400 USD."),
        ("en", "In 2019 ,300 people.", "In 2019 ,300 people."),
        ("fr", "En 2019, 300 USD.", "En 2019, USD 300."),
        ("fr", "L’article 12, 300 EUR.", "L’article 12, EUR 300."),
        ("fr", "Soit 40 000,50 €.", "Soit EUR 40 000,50."),
    ],
)
def test_the_currency_goes_before_its_own_number(lang: str, text: str, expected: str) -> None:
    assert mended(text, lang) == expected
