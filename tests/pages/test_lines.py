"""Where the lines of titles, labels and drawn pages break and stand, in each language."""

from __future__ import annotations

import pytest
from tests.pages.lines import Line, lines_of, section_of

CITY_STEPS = "content/shared/es/annexes.md"


def process(profile: str, lang: str) -> list[list[Line]]:
    """Give the lines of each step of the MGI process: its title's, then its text's."""
    lines = lines_of("annexes", profile, lang)
    last = max(line.page for line in lines)
    steps: list[list[Line]] = []
    for line in lines:
        if line.page == last and line.size == 14:
            if not steps or steps[-1][-1].size != 14:
                steps.append([])
            steps[-1].append(line)
        elif line.page == last and line.size == 10.5:
            steps[-1].append(line)
    return steps


@pytest.mark.parametrize(
    ("profile", "lang", "most", "first", "pitch"),
    [
        ("mali-2021", "en", 6, 203, 140),
        ("mali-2021", "fr", 6, 203, 140),
        ("sample-city-2024", "en", 7, 189, 147),
        ("sample-city-2024", "es", 7, 189, 147),
    ],
)
def test_the_path_has_room_for_the_longest_step(
    profile: str, lang: str, most: int, first: float, pitch: float
) -> None:
    steps = process(profile, lang)
    rows = [step[0].baseline - 32.7 for step in steps]
    assert rows == pytest.approx([first + pitch * number for number in range(4)], abs=0.2)
    assert max(len([line for line in step if line.size == 10.5]) for step in steps[:-1]) == most
    for step, row in zip(steps, rows[1:], strict=False):
        assert row - 7 - step[-1].baseline >= 7  # the line is 14 wide


def test_a_step_that_no_path_has_room_for_is_told() -> None:
    line = "Y todo lo que se diga aquí de más ocupa una línea. "
    (found, *_) = section_of(
        "annexes", "sample-city-2024", "es", (CITY_STEPS, "También tienen", f"{line}También tienen")
    ).diagnostics
    assert found.message == "The text is 3.7 mm (1 line) too long for its box."


@pytest.mark.parametrize(
    ("profile", "lang", "expected"),
    [
        ("mali-2021", "en", ["Publication on the Global Migration Data Portal"]),
        ("mali-2021", "fr", ["Publication sur le Portail", "des données migratoires mondiales"]),
        (
            "sample-city-2024",
            "es",
            ["Publicación en el Portal de Datos", "Mundiales sobre la Migración"],
        ),
    ],
)
def test_the_title_of_a_step_has_even_lines(profile: str, lang: str, expected: list[str]) -> None:
    last = process(profile, lang)[-1]
    assert [line.text for line in last if line.size == 14] == expected
