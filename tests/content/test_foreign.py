"""Step 2: marks, figures and months that are not those of the language."""

import pytest
from tests.content.tiny import FOLDER, edited, resolved, tiny
from tests.projects import text_of

from mgi_report.diagnostics import Rule

INTRO = f"{FOLDER}/en/intro.md"


def told(text: str, lang: str = "fr") -> list[str]:
    """Look at a text by the rules of a language."""
    language = {"content/shared/en/language.yml": text_of(f"content/shared/{lang}/language.yml")}
    return of({INTRO: f"{text}\n", **language})


def of(changes: dict[str, str | bytes | None]) -> list[str]:
    _, found = resolved(tiny(changes))
    return [
        f"{each.span.line}:{each.span.column} {each.message} {each.hint}"
        for each in found
        if each.rule is Rule.WRITTEN_AS_IN_LANGUAGE and each.span
    ]


@pytest.mark.parametrize(("lang", "marks"), [("fr", "« … »"), ("en", "“ … ”")])
def test_straight_marks_are_told_once_in_a_file_with_those_of_the_language(
    lang: str, marks: str
) -> None:
    quoted = "A straight quotation mark is printed as it stands"
    assert told('Un "mot" *l\'autre*.', lang) == [
        f"1:4 {quoted} (1 more in this file). Write {marks}.",
        "1:12 A typewriter apostrophe is printed as it stands. Write ’.",
    ]


def test_straight_marks_are_told_in_words_of_yaml() -> None:
    (said,) = of(edited("content/shared/en/frame.yml", "Some *words*", "Some men's *words*"))
    assert "A typewriter apostrophe" in said


def test_feet_and_addresses_keep_their_marks() -> None:
    assert told("6' 2\" at <https://x.org/a'b>, “so” l’an.") == []


@pytest.mark.parametrize(
    ("lang", "text", "written", "right"),
    [
        ("fr", "0.083 pour cent", "0.083", "0,083"),
        ("fr", "sur 1,000 hommes", "1,000", "1 000"),
        ("fr", "sur 1200000 hommes", "1200000", "1 200 000"),
        ("fr", "dès le 1 janvier 2020", "1", "1er"),
        ("fr", "selon M.Dupont", "M.Dupont", "M. Dupont"),
        ("fr", "Voir:ceci", "Voir:ceci", "Voir : ceci"),
        ("fr", "un mot,un autre", "mot,un", "mot, un"),
        ("es", "Juan y Inés", "y Inés", "e Inés"),
        ("es", "unas 6,000 mujeres", "6,000", "6 000"),
        ("es", "hay 12.5 km", "12.5", "12,5"),
        ("pt", "cerca de 148.300 pessoas", "148.300", "148 300"),
        ("en", "some 12,5 km", "12,5", "12.5"),
        ("en", "some 1200000 women", "1200000", "1,200,000"),
        ("ar", "في 6 أكتوبر", "أكتوبر", "تشرين الأول/أكتوبر"),
        ("ar", "في يوليو 2019", "يوليو", "تموز/يوليه"),
        ("ar", "الهجرة, المدينة", ",", "،"),
        ("ar", "ما الهجرة?", "?", "؟"),
    ],
)
def test_what_another_language_writes_is_told_with_what_to_write(
    lang: str, text: str, written: str, right: str
) -> None:
    place = f"1:{text.index(written) + 1}"
    message = f'"{written}" is not how the language of this text writes it.'
    assert told(text, lang) == [f'{place} {message} Write "{right}".']


def test_digits_of_two_scripts_are_told() -> None:
    (said,) = told("من 2018 إلى ٢٠١٩", "ar")
    assert said.startswith('1:13 "٢٠١٩" and "2018" are in digits of two scripts.')


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "0,083 pour 1 000, 2,125 millions, article 3.12, à 10:30, en 2019"),
        ("fr", "tél. : 20222222, +41.22.798 61 50"),
        ("pt", "Lei 13.445 de 2017, artigo 3.5"),
        ("en", "0.083 per 1,000, in 2018,2019, USD 1,417,000, 2.125 million"),
        ("ar", "في 6 تشرين الأول/أكتوبر 2019، 10.7 في المائة (OIM, 2019)"),
    ],
)
def test_what_is_right_or_may_be_meant_is_not_told(lang: str, text: str) -> None:
    assert told(text, lang) == []


def test_long_figures_of_a_table_are_told_once() -> None:
    rows = "".join(f"| {number} | 2019 |\n" for number in (1234567, 2345678, 3456789))
    (said,) = told(f"| A | B |\n|---|---|\n{rows}", "fr")
    assert said == (
        '3:3 "1234567" is not how the language of this text writes it (2 more figures like it in '
        'this file). Write "1 234 567".'
    )


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Le 1er mars, le 11 mars, à 10:30, en M.A.; p.ex."),
        ("es", "cobre y hierro, agua y hielo, ¿y Inés?, Juan e Inés"),
        ("en", "See iom.int/a:b, S/17/4, John D.C. and ISO:x"),
    ],
)
def test_what_is_right_or_in_doubt_is_not_told(lang: str, text: str) -> None:
    assert told(text, lang) == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("content/shared/en/labels.yml", "sources: ", 'sources: The "key" '),
        ("content/shared/en/domains.yml", "name: ", "name: The men's "),
        (f"{FOLDER}/profile.yml", "en: Mali", "en: Mali's"),
    ],
)
def test_straight_marks_are_told_in_plain_words(file: str, old: str, new: str) -> None:
    (said,) = of(edited(file, old, new))
    assert "is printed as it stands" in said
