"""What style sheets ask of a language."""

import re

import pytest
from tests.projects import ROOT

from mgi_report.content.words import Language
from mgi_report.pages.composing.languages import in_languages

LANGUAGES = {
    "ar": Language(direction="rtl", letters_join=True),
    "en": Language(),
    "fa": Language(direction="rtl", letters_join=True),
    "fr": Language(space_after=("«",), half_brackets=True),
}


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        (".label:language(letters-join) b {}", ".label:is(:lang(ar), :lang(fa)) b {}"),
        (
            "ol:language(half-brackets) {}",
            "ol:is(:lang(fr)) {}",
        ),
        ("p:language(space-after) {}", "p:is(:lang(fr)) {}"),
        ("p:language(raised) {}", "p:not(*) {}"),
        ("p:language(joined) {}", "p:language(joined) {}"),
    ],
)
def test_a_key_of_language_yml_stands_for_the_languages_that_say_it(
    css: str, expected: str
) -> None:
    assert in_languages(css, LANGUAGES) == expected


def test_the_layout_names_no_language_where_what_it_says_will_do() -> None:
    sheets = [path.read_text("utf-8") for path in (ROOT / "layouts").rglob("*.css")]
    named = {tag for sheet in sheets for tag in re.findall(r":lang\((.*?)\)", sheet)}
    assert named == set()
