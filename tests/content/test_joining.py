"""Step 1, load: how words are joined in a language."""

import pytest
from tests.projects import mali

from mgi_report.content.loading.joining import Joining
from mgi_report.content.loading.wordlists import read_languages
from mgi_report.content.shared import Shelf

LABELS = {
    "en": {"next": "{first}, {next}", "and": "{first} and {last}"},
    "es": {"next": "{first}, {next}", "and": "{first} y {last}"},
    "ar": {"next": "{first}، {next}", "and": "{first} و{last}"},
}
LANGUAGES = read_languages(Shelf(mali(), "content/mali-2021", "en"), LABELS)


@pytest.mark.parametrize(
    ("lang", "words", "expected"),
    [
        ("en", ["France", "Italy"], "France and Italy"),
        ("es", ["Francia", "Malí"], "Francia y Malí"),
        ("es", ["Francia", "Italia"], "Francia e Italia"),
        ("es", ["Francia", "Malí", "Índico"], "Francia, Malí e Índico"),
        ("es", ["Ortega", "Hidalgo"], "Ortega e Hidalgo"),
        ("es", ["Agua", "Hielo"], "Agua y Hielo"),
        ("es", ["Átomos", "iones"], "Átomos y iones"),
        ("ar", ["مالي", "فرنسا"], "مالي وفرنسا"),
    ],
)
def test_the_last_is_joined_as_its_sound_asks(lang: str, words: list[str], expected: str) -> None:
    assert Joining(LABELS[lang], LANGUAGES[lang]).joined(words) == expected
