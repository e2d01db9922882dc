"""Mali's profile in Portuguese: a language of the layout that the profile has no texts in yet."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader
from tests.projects import MALI, mali, text_of

from mgi_report.diagnostics import has_errors
from mgi_report.steps import make

PROFILE = f"{MALI}/profile.yml"
NAMES = {
    "name: {en: Mali,": "name: {en: Mali, pt: Mali,",
    "long-name: {en: Republic of Mali,": "long-name: {en: Republic of Mali, pt: República do Mali,",
    "in-text: {en: the Republic of Mali,": "in-text: {en: the Republic of Mali, pt: a República,",
    "of: {fr: du Mali}": "of: {fr: du Mali, pt: do Mali}",
    "languages: [en, fr]": "languages: [en, fr, pt]",
}


@pytest.fixture(scope="module")
def pages() -> list[str]:
    """Give the text of each page."""
    profile = text_of(PROFILE)
    for english, portuguese in NAMES.items():
        assert english in profile
        profile = profile.replace(english, portuguese)
    made = make(mali({PROFILE: profile}), MALI, "pt")
    assert not has_errors(made.diagnostics), "\n".join(map(str, made.diagnostics))
    assert made.volume
    texts = [page.extract_text() for page in PdfReader(BytesIO(made.volume.pdf)).pages]
    return [" ".join(text.replace("\u2060", "").split()) for text in texts]


def test_the_cover_speaks_portuguese(pages: list[str]) -> None:
    assert "República do Mali" in pages[0]
    assert "Indicadores de Governança da Migração" in pages[0]


def test_titles_and_dates_are_portuguese(pages: list[str]) -> None:
    assert "Objetivo" in pages[4]
    sources = " ".join(pages[24:27])
    assert "Principais fontes" in sources
    assert "(acesso em 1º de abril de 2021)" in sources.replace("\u00a0", " ")
