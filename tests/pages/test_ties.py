"""Where lines must not break."""

import pytest
from tests.projects import mali, mali_made

from mgi_report.content.loading.wordlists import read_languages
from mgi_report.content.shared import Shelf
from mgi_report.content.words import NBSP, Language
from mgi_report.pages.composing.bibliography import date
from mgi_report.pages.composing.ties import BREAK, JOINER, address, tie, tie_end, tie_title

LANGUAGES = read_languages(
    Shelf(mali(), "content/mali-2021", "en"), ["ar", "en", "es", "fr", "pt", "pt-BR"]
)
ENGLISH, FRENCH = LANGUAGES["en"], LANGUAGES["fr"]


def shown(text: str) -> str:
    """Write no-break spaces as _, joiners as +, allowed breaks as |."""
    return text.replace(NBSP, "_").replace(JOINER, "+").replace(BREAK, "|")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Law No. 97 of 6 October 2008", "Law No._97 of 6_October 2008"),
        ("Article 6, Articles 7 and 8", "Article_6, Articles_7 and 8"),
        ("15 per cent", "15_per_cent"),
        ("CFA 600 million", "CFA_600_million"),
        ("the means – cash – are", "the means_– cash_– are"),
        ("2019–2023", "2019–+2023"),
        ("No. 01-016/P-RM", "No._01-+016/+P-+RM"),
        ("COVID-19", "COVID-+19"),
        ("Mr Keita", "Mr_Keita"),
        ("well-being of migrants", "well-being of migrants"),
    ],
)
def test_english(text: str, expected: str) -> None:
    assert shown(tie(text, ENGLISH)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Arrêté no. 08-2716 du 6 octobre 2008", "Arrêté no._08-+2716 du 6_octobre 2008"),
        ("le 1er janvier", "le 1er_janvier"),
    ],
)
def test_french_words_keep_to_french_rules(text: str, expected: str) -> None:
    assert shown(tie(text, FRENCH)) == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Dr Diallo, p. 512, 20 °C", "Dr_Diallo, p._512, 20_°C"),
        ("en", "Article IV, table 3, 12 km²", "Article_IV, table_3, 12_km²"),
        ("fr", "MM. Keita, Mlle Ly, 52 av. J.-C.", "MM._Keita, Mlle_Ly, 52 av._J.-+C."),
        ("fr", "p. 512, chap. II, 20 °C", "p._512, chap._II, 20_°C"),
        ("es", "los EE. UU. y el Dr. Díaz", "los EE._UU. y el Dr._Díaz"),
        ("es", "p. ej., pp. 3 a 5, 20 °C", "p._ej., pp._3 a 5, 20_°C"),
        ("pt", "a Profa. Sousa, p. ex., na p. 512", "a Profa._Sousa, p._ex., na p._512"),
        ("ar", "السيدة ديالو، ص 512", "السيدة_ديالو، ص_512"),
        # Not at the end of a sentence, nor within a word.
        ("es", "de a. Coruña, la zona", "de a. Coruña, la zona"),
        ("fr", "il estimait. Art 5", "il estimait. Art 5"),
    ],
)
def test_abbreviations_stay_with_what_they_belong_to(lang: str, text: str, expected: str) -> None:
    assert shown(tie(text, LANGUAGES[lang])) == expected


def test_a_title_does_not_end_a_line_with_a_short_word() -> None:
    assert shown(tie_title("Republic of Mali", ENGLISH)) == "Republic of_Mali"


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "Vers une approche", "Vers une_approche"),
        ("es", "Hacia una política", "Hacia una_política"),
        ("pt", "Rumo a uma política", "Rumo a_uma_política"),
    ],
)
def test_a_title_keeps_articles_with_their_word(lang: str, text: str, expected: str) -> None:
    assert shown(tie_title(text, LANGUAGES[lang])) == expected


def test_a_title_breaks_before_and_where_it_is_one_with_the_next_word() -> None:
    title = "التقيد بالمعايير الدولية وإعمال حقوق المهاجرين"
    assert shown(tie_title(title, LANGUAGES["ar"])).endswith(" وإعمال_حقوق المهاجرين")


def test_a_region_has_the_words_of_its_language() -> None:
    assert shown(tie_title("República do Mali", LANGUAGES["pt-BR"])) == "República do_Mali"


def test_without_words_of_its_language_a_text_keeps_to_what_all_languages_share() -> None:
    text = "Article 6 of 6 October 2008 – COVID-19, 2019–2023"
    assert shown(tie(text, Language())) == "Article 6 of 6 October 2008_– COVID-+19, 2019–+2023"
    assert shown(tie_title("Republic of Mali", Language())) == "Republic of Mali"


@pytest.mark.parametrize("month", range(1, 13))
def test_the_months_that_dates_are_printed_with_are_tied(month: int) -> None:
    profile = mali_made().profile
    assert profile
    printed = date(f"2021-{month:02}-06", profile.labels)
    assert shown(tie(printed, profile.languages["en"])).startswith("6_")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Partners and related issues.", "Partners and related_issues."),
        ("Advance migrants and society.", "Advance migrants and_society."),
        ("It is up to us.", "It is_up_to_us."),
        ("That “whole-of-government” approach.", "That “whole-+of-+government”_approach."),
        ("Un classement des pays", "Un classement des_pays"),
        ("One word", "One_word"),
        ("Alone", "Alone"),
        ("It ends with commitments.", "It ends with_commitments."),
        ("It concerns commitments.", "It concerns commitments."),
    ],
)
def test_a_short_text_does_not_end_on_a_short_word_alone(text: str, expected: str) -> None:
    assert shown(tie_end(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the opportunities of today.", "the opportunities of_today."),
        ("the status is not given.", "the status is not_given."),
        ("the needs and potential of the economy.", "the needs and potential of the_economy."),
        ("under which they are set apart.", "under which they are set_apart."),
        ("returning migrants and potential returnees.",) * 2,
    ],
)
def test_running_text_pulls_no_long_word_down(text: str, expected: str) -> None:
    assert shown(tie_end(text, length=400)) == expected


def test_an_address_breaks_after_slashes_question_marks_and_ampersands_only() -> None:
    assert shown(address("a.org/b-c/d?e=1&f=2")) == "a.org/|b-+c/|d?|e=1&|f=2"


def test_a_long_piece_of_an_address_may_break_before_its_hyphens() -> None:
    piece = "-".join(["word"] * 12)
    assert shown(address(f"a.org/{piece}")).startswith("a.org/|word|-+word|-+word")
