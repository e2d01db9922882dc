"""Figures are printed as their language has them, and typed as 0 to 9."""

import re

import pytest

from mgi_report.content.words import Language
from mgi_report.pages.composing.filters import numbered
from mgi_report.pages.composing.isolating import isolated
from mgi_report.pages.composing.numerals import with_own_figures

ARABIC = Language(
    direction="rtl",
    figures="arabic-indic",
    before_figures=("الغاية", "ص"),
    short_beginnings=("و",),
)


def page(words: str) -> str:
    return f'<html lang="ar" dir="rtl"><head><title>2024</title></head><body>{words}</body></html>'


def printed(words: str, language: Language = ARABIC) -> str:
    html = isolated(page(words), [])
    return with_own_figures(html, {"ar": language}).split("<body>")[1].split("</body>")[0]


def read(words: str) -> str:
    return re.sub("<[^>]*>|\u2060", "", printed(words))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("في عام 2024", "في عام ٢٠٢٤"),
        ("نحو 10.7 في المائة من 1,200,500", "نحو ١٠٫٧ في المائة من ١٬٢٠٠٬٥٠٠"),
        ("الغاية 10.7 والغاية\N{NO-BREAK SPACE}16.9", "الغاية ١٠.٧ والغاية\N{NO-BREAK SPACE}١٦.٩"),
        ("للشخص 10.7", "للشخص ١٠٫٧"),
        ('<span class="number">1.2</span>', "١.٢"),
        ("نحو 12\N{NO-BREAK SPACE}000 مهاجر", "نحو ١٢٬٠٠٠ مهاجر"),
        ("12% و+5% و−5.5", "١٢٪ و+٥٪ و−٥٫٥"),
        ("في 5/3/2021 و5.3.2021", "في ٥/٣/٢٠٢١ و٥.٣.٢٠٢١"),
        ("بين 2019–2023", "بين ٢٠١٩–٢٠٢٣"),
        ("القانون رقم 01-016", "القانون رقم ٠١-٠١٦"),
        ("خطة COVID-19 و CO₂ و A/RES/71/1", "خطة COVID-19 و CO₂ و A/RES/71/1"),
        ('<a class="address">x.org/2024</a>', "x.org/2024"),
        ('<i lang="en" dir="ltr">since 2024</i>', "since 2024"),
        ("12 &lt; 15", "١٢ &lt; ١٥"),
    ],
)
def test_figures_of_arabic_are_its_own_where_it_asks(words: str, expected: str) -> None:
    assert read(words) == expected


def test_as_long_as_a_language_does_not_ask_figures_stay_as_they_were_typed() -> None:
    words = "في عام 2024، 10.7"
    assert printed(words, Language(direction="rtl")) == words


def test_the_parts_of_a_number_stay_in_their_order() -> None:
    assert printed("رقم 01-016") == (
        'رقم <bdi dir="ltr"><bdi dir="ltr">٠١</bdi>-<bdi dir="ltr">٠١٦</bdi></bdi>'
    )


def test_what_is_no_text_of_the_page_stays() -> None:
    html = with_own_figures(page('<img src="a1.png" alt="3"> 4'), {"ar": ARABIC})
    assert "<title>2024</title>" in html
    assert '<img src="a1.png" alt="3"> ٤' in html


@pytest.mark.parametrize(
    ("mark", "expected"),
    [(".", "2.1"), ("-", "<bdi>2</bdi>-<bdi>1</bdi>")],
)
def test_the_numbers_of_a_section_are_parted_as_the_language_has_it(
    mark: str, expected: str
) -> None:
    language = Language(direction="rtl", section_numbers=mark)
    assert numbered((2, 1), language) == expected
