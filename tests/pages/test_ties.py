"""Where lines must not break."""

import pytest

from mgi_report.pages.ties import BREAK, JOINER, NBSP, address, tie, tie_end, tie_title


def shown(text: str) -> str:
    """Write no-break spaces as _, joiners as +, allowed breaks as |."""
    return text.replace(NBSP, "_").replace(JOINER, "+").replace(BREAK, "|")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Law No. 97 of 6 October 2008", "Law No._97 of 6_October 2008"),
        ("Article 6, Articles 7 and 8", "Article_6, Articles_7 and 8"),
        ("15 per cent", "15_per cent"),
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
    assert shown(tie(text, "en")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Arrêté no. 08-2716 du 6 octobre 2008", "Arrêté no._08-+2716 du 6_octobre 2008"),
        ("le 1er janvier", "le 1er_janvier"),
    ],
)
def test_french_words_keep_to_french_rules(text: str, expected: str) -> None:
    assert shown(tie(text, "fr")) == expected


def test_a_title_does_not_end_a_line_with_a_short_word() -> None:
    assert shown(tie_title("Republic of Mali", "en")) == "Republic of_Mali"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It ends with a few very short words.", "It ends with a few very short_words."),
        ("The opportunities of today.", "The opportunities of_today."),
        ("They supported it financially.", "They supported it_financially."),
        ("It is up to us.", "It is up_to_us."),
        ("One word", "One_word"),
        ("Alone", "Alone"),
        ("It ends with institutionalization.", "It ends with institutionalization."),
    ],
)
def test_the_last_line_of_a_paragraph_is_no_single_short_word(text: str, expected: str) -> None:
    assert shown(tie_end(text)) == expected


def test_an_address_breaks_after_slashes_question_marks_and_ampersands_only() -> None:
    assert shown(address("a.org/b-c/d?e=1&f=2")) == "a.org/|b-+c/|d?|e=1&|f=2"


def test_a_long_piece_of_an_address_may_break_before_its_hyphens() -> None:
    piece = "-".join(["word"] * 12)
    assert shown(address(f"a.org/{piece}")).startswith("a.org/|word|-+word|-+word")
