"""How the layout chooses a size for words it cannot foresee."""

from pathlib import Path

import pytest

from mgi_report.pages.composing.measure import Choice, Face, count_lines, fit, width

FONTS = Path(__file__).parents[2] / "assets/fonts"
FONT = (Face((FONTS / "source-sans/SourceSans3-Semibold.ttf").read_bytes()),)
ARABIC = Face(
    (FONTS / "plex-sans-arabic/IBMPlexSansArabic-SemiBold.ttf").read_bytes(), "0123456789"
)
CHOICES = (Choice(77, 2, -0.028), Choice(45.5, 3, -0.022), Choice(35, 4, -0.018))


def test_width_grows_with_size_and_tracking() -> None:
    assert width("Mali", FONT, 20) == pytest.approx(2 * width("Mali", FONT, 10))
    assert width("Mali", FONT, 10, 0.1) == pytest.approx(width("Mali", FONT, 10) + 4)


def test_what_a_font_leaves_to_the_next_is_measured_in_that() -> None:
    assert width("2018", (ARABIC, *FONT), 10) == width("2018", FONT, 10)
    assert width("مالي", (ARABIC, *FONT), 10) == width("مالي", (ARABIC,), 10)


@pytest.mark.parametrize(
    ("text", "size", "lines"),
    [
        ("Republic of Mali", 77, 2),
        ("United Kingdom of Great Britain and Northern Ireland", 45.5, 3),
        ("Commonwealth of the Invented Northern and Southern Islands of the Outer Sea", 35, 4),
    ],
)
def test_a_territory_is_set_as_large_as_its_name_allows(text: str, size: float, lines: int) -> None:
    found = fit(text, FONT, 470, CHOICES)
    assert (found.size, found.fits) == (size, True)
    assert found.lines <= lines


def test_a_name_that_fits_nowhere_says_so() -> None:
    assert not fit("word " * 99, FONT, 470, CHOICES).fits


def test_a_line_may_break_after_a_hyphen_inside_a_word() -> None:
    whole = width("whole-of-government", FONT, 21)
    assert count_lines("whole-of-government", FONT, 21, whole - 1) == 2
    assert count_lines("whole-\u2060of-\u2060government", FONT, 21, whole - 1) == 1


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Municipio de Puerto Alberín", ["Municipio", "de Puerto Alberín"]),
        ("Republic of Mali", ["Republic of Mali"]),
    ],
)
def test_a_width_makes_lines_much_alike(text: str, lines: list[str]) -> None:
    found = fit(text.replace("de ", "de\u00a0"), FONT, 468, (Choice(49, 2, -0.022),))
    assert found.lines == len(lines)
    widths = [width(line, FONT, 49, -0.022) for line in lines]
    assert max(widths) <= found.width <= max(widths) + 6
