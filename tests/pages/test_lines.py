"""Where the lines of titles, labels and drawn pages break and stand, in each language."""

from __future__ import annotations

import pytest
from tests.pages.hard_cases import COVID, PROFILE
from tests.pages.lines import Change, Line, lines_of, section_of
from tests.projects import text_of

CITY_STEPS = "content/shared/es/annexes.md"


def named(name: str) -> Change:
    """Give Mali another long name in English."""
    return PROFILE, "long-name: {en: Republic of Mali,", f'long-name: {{en: "{name}",'


@pytest.mark.parametrize(
    ("name", "size", "expected"),
    [
        ("Republic of Mali", 77, ["Republic", "of Mali"]),
        ("Republic of Zarinia", 77, ["Republic", "of Zarinia"]),
        ("Plurinational State of Bolivia", 59.5, ["Plurinational", "State of Bolivia"]),
        ("Commune de Port-Albérin", 59.5, ["Commune de", "Port-Albérin"]),
    ],
)
def test_a_name_on_the_cover_stays_clear_of_the_wheel(
    name: str, size: float, expected: list[str]
) -> None:
    lines = lines_of("cover", "mali-2021", "en", named(name))
    assert [line.text for line in lines if line.size == size] == expected


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_notice_on_the_cover_ends_on_the_foot_of_the_series(lang: str) -> None:
    series, notice = (
        [line for line in lines_of("cover", "sample-city-2024", lang) if line.size == size]
        for size in (14, 8.5)
    )
    assert len(notice) == 2
    assert notice[0].text.endswith(".")
    assert notice[-1].baseline == pytest.approx(series[-1].baseline, abs=0.2)


def test_a_long_name_has_even_lines_on_the_back_cover() -> None:
    lines = lines_of(
        "back-cover", "mali-2021", "en", named("Democratic Republic of Ten Bright Isles")
    )
    assert [line.text for line in lines][-3:-1] == ["Democratic Republic", "of Ten Bright Isles"]


@pytest.mark.parametrize(
    ("profile", "lang", "size"),
    [("mali-2021", "en", 28), ("mali-2021", "fr", 24.5), ("sample-city-2024", "es", 28)],
)
def test_each_entry_of_the_contents_keeps_to_its_line(profile: str, lang: str, size: float) -> None:
    entries = [line for line in lines_of("contents", profile, lang) if 19 < line.size < 49]
    assert {line.size for line in entries} == {size}
    assert all(line.text.endswith(" //0") for line in entries)  # pages are not known yet


@pytest.mark.parametrize(("lang", "size"), [("en", 17.5), ("fr", 15.75)])
def test_the_banner_of_the_covid_pages_has_two_lines(lang: str, size: float) -> None:
    lines = [line for line in lines_of("covid-19", "mali-2021", lang) if line.size == size]
    assert len(lines) == 2
    assert lines[-1].text.endswith("coronavirus (COVID-19)")


def test_icons_of_short_items_keep_apart() -> None:
    item = "## Item {n} {{#item-{n} icon=health}}\n\nOne line[^{n}].\n\n[^{n}]: {note}\n"
    items = "\n".join(item.format(n=n, note="A long note. " * 20) for n in (1, 2, 3))
    lines = lines_of("covid-19", "mali-2021", "en", (COVID, text_of(COVID), f"Few.\n\n{items}"))
    one, two, three = (line.baseline for line in lines if line.text.startswith("Item "))
    assert (two - one, three - two) == (84, 84)


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


SIZES = (14, 17.5, 21)


def title(section: str, profile: str, lang: str) -> tuple[float, list[str]]:
    """Give the size of a domain's title, and its lines."""
    lines = [line for line in lines_of(section, profile, lang) if line.page == 0]
    (size,) = {line.size for line in lines if line.size in SIZES and line.baseline < 140}
    return size, [line.text for line in lines if line.size == size and line.baseline < 140]


@pytest.mark.parametrize(
    ("profile", "lang", "section", "size", "expected"),
    [
        (
            *("mali-2021", "en", "migrants-rights", 21),
            ["Adherence to international", "standards and fulfilment", "of migrants’ rights"],
        ),
        (
            *("mali-2021", "en", "whole-of-government", 21),
            ["Formulates policy", "using evidence and", "whole-of-government approach"],
        ),
        (
            *("mali-2021", "en", "well-being", 21),
            ["Advances the socioeconomic", "well-being of migrants", "and society"],
        ),
        (
            *("mali-2021", "en", "mobility-crises", 21),
            ["Effectively addresses", "the mobility dimensions of crises"],
        ),
        (
            *("mali-2021", "fr", "well-being", 17.5),
            ["Amélioration du bien-être", "socioéconomique des migrants", "et de la société"],
        ),
        (
            *("sample-city-2024", "es", "whole-of-government", 17.5),
            [
                *("Formulación de políticas basadas", "en datos contrastados y aplicación"),
                "de un enfoque de gobierno integrado",
            ],
        ),
        (
            *("sample-city-2024", "es", "safe-migration", 17.5),
            ["Garantía de una migración segura,", "ordenada y regular"],
        ),
    ],
)
def test_all_titles_of_domains_have_one_size_and_no_word_alone(
    profile: str, lang: str, section: str, size: float, expected: list[str]
) -> None:
    assert title(section, profile, lang) == (size, expected)


@pytest.mark.parametrize(
    ("section", "profile", "lang", "expected"),
    [
        ("migrants-rights", "mali-2021", "en", ["Examples of", "well-developed areas"]),
        ("migrants-rights", "mali-2021", "en", ["Areas with potential for", "further development"]),
        ("migrants-rights", "mali-2021", "fr", ["Gouvernance des migrations :"]),
        ("migrants-rights", "mali-2021", "fr", ["Domaines à potentiel", "de développement"]),
        ("updates", "mali-2021", "fr", ["Approche", "associant tout", "le gouvernement"]),
        ("context", "sample-city-2024", "es", ["Un puerto entre", "dos orillas"]),
        ("sources", "mali-2021", "fr", ["Gouvernement", "des États-Unis d’Amérique"]),
        ("sources", "mali-2021", "fr", ["Commission de la", "Communauté économique"]),
    ],
)  # fmt: skip
def test_labels_in_the_rail_break_between_groups_of_words(
    section: str, profile: str, lang: str, expected: list[str]
) -> None:
    texts = [line.text for line in lines_of(section, profile, lang)]
    assert any(texts[place:][: len(expected)] == expected for place in range(len(texts))), texts


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_text_of_a_card_ends_with_no_word_alone(lang: str) -> None:
    page = [line.text for line in lines_of("key-findings", "mali-2021", lang)]
    assert min(len(text) for text in page if text.endswith(".")) >= 11


@pytest.mark.parametrize("count", range(26, 30))
def test_a_part_that_goes_on_leaves_room_for_its_label_in_the_rail(count: int) -> None:
    chapter = "content/mali-2021/en/3-partnerships.md"
    two_lines = (
        "The last paragraph has two lines, of which neither may stand alone at a page’s end."
    )
    longer = "A line.\n\n" * count + f"{two_lines}\n\n## Areas"
    lines = lines_of("partnerships", "mali-2021", "en", (chapter, "## Areas", longer))
    (number,) = [line for line in lines if line.text.startswith("3.2")]
    first = next(line for line in lines if line.page == 1)
    assert number.baseline >= 136 or first.text.startswith("Mali has signed")


@pytest.mark.parametrize(
    ("lang", "more", "page"),
    [("en", 39, 0), ("en", 40, 1), ("fr", 18, 0), ("fr", 19, 1)],
)
def test_an_author_at_the_foot_stands_beside_the_first_of_its_sources(
    lang: str, more: int, page: int
) -> None:
    file, title, author = {
        "en": ("sources.yml", "ECOWAS Common Approach on Migration", "Government of Mali"),
        "fr": ("fr/sources.yml", "Approche commune de la CEDEAO", "Gouvernement du Mali"),
    }[lang]
    longer = (
        title + " and one more line of words that makes the entry longer than it was before" * more
    )
    change = f"content/mali-2021/{file}", f"title: {title}", f"title: {longer}"
    lines = lines_of("sources", "mali-2021", lang, change)
    (heading,) = [line for line in lines if line.text == author]
    assert heading.page == page
    assert "2001" in {
        line.text[:4]
        for line in lines
        if line.page == page and line.baseline == pytest.approx(heading.baseline, abs=0.6)
    }
