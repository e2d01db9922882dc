"""Mali's profile read aloud: every word of the content, in its order, and none glued to another.

tests/cases/read_aloud.txt holds what is heard of some sections, to be read by people. Where it is
to change: `.venv/bin/python -m pytest tests/test_reading.py --update`, and read it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination
from tests.conftest import Case
from tests.projects import mali, mali_made
from tests.reading import Said, headings_of_html, read_aloud, shown, words_of_html

from mgi_report.content.model import Heading
from mgi_report.content.walk import runs_of, text_of
from mgi_report.layout.reading import read_layout
from mgi_report.pages.composing.compose import Composer
from mgi_report.workshop import Made

CASES = "read_aloud.txt"
WORDS = {
    "imprint": 260,
    "objective": 113,
    "introduction": 522,
    "framework": 221,
    "key-findings": 318,
    "updates": 880,
    "migrants-rights": 475,
    "whole-of-government": 678,
    "partnerships": 201,
    "well-being": 468,
    "mobility-crises": 367,
    "safe-migration": 618,
    "covid-19": 1157,
    "sources": 810,
    "annexes": 618,
}
"""Words of each part of the profile as it was published, with headings and notes."""
WORDS_OF_PARTS = {
    "updates": {
        "migrants-rights": 67,
        "whole-of-government": 342,
        "partnerships": 80,
        "well-being": 157,
        "mobility-crises": 142,
        "safe-migration": 70,
    },
    "migrants-rights": {"well-developed": 260, "potential": 154},
    "whole-of-government": {"well-developed": 354, "potential": 280},
    "partnerships": {"well-developed": 160, "potential": 17},
    "well-being": {"well-developed": 326, "potential": 119},
    "mobility-crises": {"well-developed": 153, "potential": 192},
    "safe-migration": {"well-developed": 336, "potential": 255},
    "covid-19": {
        "": 49,
        "health": 113,
        "support": 101,
        "residence": 55,
        "camps": 85,
        "information": 51,
        "work": 68,
        "data": 58,
        "diaspora": 88,
        "return": 112,
    },
}
"""The same of the parts of sections, by the ids of their headings; "" stands before the first.

Without headings and notes: as published, notes are collected by page, not by part.
"""
_WORD = re.compile(r"[\w’'/.:%–-]*\w[\w’'/.:%–-]*")
pytestmark = pytest.mark.xdist_group("mali")


@pytest.fixture(scope="module")
def made() -> Made:
    return mali_made()


@pytest.fixture(scope="module")
def aloud(made: Made, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Said]:
    """Give what is heard of each section."""
    assert made.volume
    said = read_aloud(made.volume.pdf, tmp_path_factory.mktemp("aloud"))
    return {s.id: sect for s, sect in zip(made.volume.sections, said, strict=True)}


@pytest.fixture(scope="module")
def html(made: Made) -> dict[str, str]:
    """Give the HTML of each section."""
    assert made.profile
    assert made.volume
    layout = read_layout(mali(), "mgi").value
    assert layout
    composer = Composer(made.profile, layout, mali())
    folios = {section.id: section.folio for section in made.volume.sections}
    sections = {spec.id: composer.compose(spec, folios).value for spec in composer.specs}
    return {name: section.html for name, section in sections.items() if section}


def test_all_words_are_heard_in_the_order_of_the_content(
    aloud: dict[str, Said], html: dict[str, str]
) -> None:
    """Capitals that CSS makes do not count: poppler sees the glyphs here."""
    heard = {name: said.text().casefold().split() for name, said in aloud.items()}
    written = {name: [word.casefold() for word in words_of_html(h)] for name, h in html.items()}
    assert list(heard) == list(written)
    for name, words in written.items():
        assert heard[name] == words, name


@pytest.mark.parametrize("name", WORDS)
def test_each_part_is_as_long_as_the_published_one(name: str, aloud: dict[str, Said]) -> None:
    """Within 15 per cent; so the folios fall where they did."""
    ours = len(_WORD.findall(shown(aloud[name].text())))
    assert 0.85 <= ours / WORDS[name] <= 1.15, f"{ours} words, published {WORDS[name]}"


@pytest.mark.parametrize("name", WORDS_OF_PARTS)
def test_each_part_of_a_section_is_as_long_as_the_published_one(name: str, made: Made) -> None:
    assert made.profile
    ours: dict[str, int] = {}
    part = ""
    for block in made.profile.documents[name].blocks:
        if isinstance(block, Heading) and block.level == 2:
            part = block.id or ""
        else:
            words = sum(len(_WORD.findall(text_of(run))) for run in runs_of([block]))
            ours[part] = ours.get(part, 0) + words
    published = WORDS_OF_PARTS[name]
    assert ours.keys() == published.keys()
    far = {
        part: (count, published[part])
        for part, count in ours.items()
        if not 0.85 <= count / published[part] <= 1.15
    }
    assert not far, "ours, and published"


def test_the_outline_mirrors_the_headings(made: Made, html: dict[str, str]) -> None:
    """Each heading once, in its order, below the one that it stands under, with its page."""
    assert made.volume
    reader = PdfReader(BytesIO(made.volume.pdf))

    def entries(items: Sequence[object], depth: int = 0) -> Iterator[tuple[int, str, int]]:
        for item in items:
            if isinstance(item, list):
                yield from entries(item, depth + 1)
            elif isinstance(item, Destination):
                page = reader.get_destination_page_number(item)
                yield depth, shown(str(item.title)), (page or 0) + 1

    outline = list(entries(reader.outline))
    expected, pages = [], []
    for section in made.volume.sections:
        headings = list(headings_of_html(html[section.id])) or [(0, section.title)]
        expected += headings
        pages += [range(section.folio, section.folio + section.pages)] * len(headings)
    assert [(depth, title) for depth, title, _ in outline] == expected
    found = [page for _, _, page in outline]
    assert found == sorted(found)
    assert all(page in where for page, where in zip(found, pages, strict=True))
    assert {
        (0, "Objective", 6),
        (0, "1 Adherence to international standards and fulfilment of migrants’ rights", 14),
        (1, "1.1 Examples of well-developed areas", 14),
        (1, "The MGI process", 30),
        (2, "1 Launch of the MGI process", 30),
    } <= set(outline)


def test_what_is_heard_of_a_section(
    case: Case, golden: Callable[[str], None], aloud: dict[str, Said]
) -> None:
    golden("\n".join(line for sect in [aloud[case.input]] for line in sect.aloud()))
