"""What an editor may have meant is like what stands there."""

import pytest

from mgi_report.diagnostics import nearest_name


@pytest.mark.parametrize(
    ("word", "known", "near"),
    [
        ("annex", "annexes", True),
        ("teritory.name", "territory.name", True),
        ("yaer", "year", True),
        ("covid-19/dtaa", "covid-19/data", True),
        ("container-title", "original-title", False),
        ("covid-19/santé", "covid-19/data", False),
    ],
)
def test_only_what_is_alike_is_proposed(word: str, known: str, *, near: bool) -> None:
    assert nearest_name(word, [known]) == (known if near else None)
