"""Step 2, resolve: words that run the other way than the text around them."""

import pytest

from mgi_report.content.markdown.documents import parse_document
from mgi_report.content.model import Source
from mgi_report.content.spelling.scripts import check_scripts, check_source_scripts
from mgi_report.content.walk import runs_of
from mgi_report.content.words import Language
from mgi_report.diagnostics import Span

LANGUAGES = {"ar": Language(direction="rtl"), "en": Language()}


def told(lang: str, markdown: str) -> list[str]:
    document = parse_document(markdown, "x.md").value
    found = check_scripts(runs_of(document.blocks), lang, LANGUAGES)
    return [f"{each.span}: {each.message} {each.hint}" for each in found]


@pytest.mark.parametrize(
    ("lang", "markdown"),
    [
        ("en", "The name is [مالي]{lang=ar}, or *مالي*{lang=ar}."),
        ("ar", "تعاونت المنظمة مع مؤسسة Economist Impact على ذلك."),
        ("ar", "انظر [Global Compact for Migration]{lang=en} و C/106/40."),
        ("ar", "انظر <https://www.example.org/a-b-c/d> في 2018."),
        ("ar", "القانون رقم 12"),
    ],
)
def test_what_is_marked_or_a_name_is_not_told(lang: str, markdown: str) -> None:
    assert told(lang, markdown) == []


def test_an_arabic_word_in_an_english_text_is_told_with_its_place() -> None:
    (message,) = told("en", "One line.\nThe name مالي is old.")
    assert message == (
        'x.md:2:10: "مالي" runs from right to left, and does not say in which language it is. '
        "Write it with its language: [مالي]{lang=ar}."
    )


@pytest.mark.parametrize(("word", "lang"), [("ߡߊߟߌ", "nqo"), ("מאלי", "he"), ("مالی", "ar")])
def test_the_language_that_is_proposed_is_one_of_the_script(word: str, lang: str) -> None:
    (message,) = told("en", f"The name {word} is old.")
    assert message.endswith(f"[{word}]{{lang={lang}}}.")


def test_english_words_in_an_arabic_text_are_told_with_their_place() -> None:
    (message,) = told("ar", "اعتمد في عام 2018 الاتفاق Global Compact for Migration.")
    assert message.startswith('x.md:1:27: "Global Compact for Migration" runs from left to right')
    assert message.endswith("[Global Compact for Migration]{lang=en}.")


def test_brackets_among_the_words_belong_to_them() -> None:
    (message,) = told("ar", "نص (انظر A pact (2018), “on trade” (GCM)) هنا.")
    words = "A pact (2018), “on trade” (GCM)"
    assert message.startswith(f'x.md:1:10: "{words}" runs')
    assert message.endswith(f"[{words}]{{lang=en}}.")


def test_of_a_file_in_another_language_one_paragraph_is_enough() -> None:
    document = parse_document("الأول هنا.\n\nالثاني هنا.", "x.md").value
    causes = [each.cause for each in check_scripts(runs_of(document.blocks), "en", LANGUAGES)]
    assert causes == ["another script in x.md"] * 2


def test_a_paragraph_that_is_not_translated_is_told_as_such() -> None:
    assert told("ar", "One two three four.") == []


@pytest.mark.parametrize(
    ("lang", "title", "language", "expected"),
    [
        (
            "ar",
            "Act on *foreigners*",
            None,
            [
                (
                    'The title "Act on foreigners" runs from left to right, and the source does '
                    "not say in which language it is. Write below it language: en; or the title in "
                    "the language ar."
                )
            ],
        ),
        ("ar", "Act on foreigners", "en", []),
        ("ar", "Economist Impact", None, []),
        ("ar", "القانون رقم 12", None, []),
        (
            "en",
            "القانون",
            None,
            [
                (
                    'The title "القانون" runs from right to left, and the source does not say in '
                    "which language it is. Write below it language: ar; or the title in the "
                    "language en."
                )
            ],
        ),
    ],
)
def test_a_source_whose_title_is_in_another_script_says_its_language(
    lang: str, title: str, language: str | None, expected: list[str]
) -> None:
    (paragraph,) = runs_of(parse_document(title, "sources.yml").value.blocks)
    source = Source("law", "G", paragraph, Span("sources.yml"), language=language)
    found = check_source_scripts([source], lang, LANGUAGES)
    assert [f"{each.message} {each.hint}" for each in found] == expected
