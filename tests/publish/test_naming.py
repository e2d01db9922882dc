"""What files are called on the Publications Platform."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mgi_report.content.facts import Facts
from mgi_report.publish.naming import in_language, name_of, slug

MALI = Facts(
    *("mali-2021", "mgi", "MLI", "Mali", "Republic of Mali", "national", "follow-up", 2, 2021),
    *("2021-09", ("en", "fr"), ("IOM",)),
)
LABELS = {"editions.1": "Profile", "editions.2": "Second Profile"}


@pytest.mark.parametrize(
    ("facts", "reference", "name"),
    [
        (MALI, "", "pub2021-mali-mgi-second-profile"),
        (MALI, "PUB2021/123/EL", "pub2021-123-el-mali-mgi-second-profile"),
        (replace(MALI, name="Côte d’Ivoire"), "", "pub2021-cote-divoire-mgi-second-profile"),
        (replace(MALI, name="“A” & <B>"), "", "pub2021-a-b-mgi-second-profile"),
        (replace(MALI, name="مالي"), "", "pub2021-mali-2021"),
    ],
)
def test_files_are_named_by_reference_territory_series_and_edition(
    facts: Facts, reference: str, name: str
) -> None:
    assert name_of(facts, LABELS, reference) == name


def test_translations_say_their_language() -> None:
    assert in_language("pub2021-mali", "en", "en") == "pub2021-mali"
    assert in_language("pub2021-mali", "pt-BR", "en") == "pub2021-mali-pt-br"


def test_a_slug_has_plain_letters_figures_and_hyphens() -> None:
    assert slug(" São Tomé – 2ª Fase! ") == "sao-tome-2a-fase"
