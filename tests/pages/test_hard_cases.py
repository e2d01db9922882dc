"""Where the layout has to decide: long names, long titles, chapters that run over, pictures.

`make cases` writes the pages of all cases to build/hard-cases.pdf, to be looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import combinations
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader
from tests.projects import MALI, mali, text_of

from mgi_report.content.load import load
from mgi_report.content.resolve import resolve
from mgi_report.diagnostics import has_errors
from mgi_report.layout_reading import read_layout
from mgi_report.pages.compose import Composer
from mgi_report.pages.typeset import typeset
from mgi_report.steps import make
from mgi_report.workshop import Made

PROFILE = f"{MALI}/profile.yml"
CHAPTER_3 = f"{MALI}/en/3-partnerships.md"
CHAPTER_4 = f"{MALI}/en/4-well-being.md"
COVID = f"{MALI}/en/covid-19.md"
DOMAINS = "content/shared/en/domains.yml"
LABELS = "content/shared/en/labels.yml"

Changes = Mapping[str, str | bytes | None]


@dataclass(frozen=True)
class Hard:
    """A profile that is hard on the layout."""

    name: str
    changes: Changes
    show: Mapping[str, int] = field(default_factory=dict)
    """Sections whose pages are looked at, and how many pages they must have."""


def picture(size: tuple[int, int], colour: str) -> bytes:
    """Make a picture with some drawing in it, as a JPEG."""
    image = Image.new("RGB", size, colour)
    draw = ImageDraw.Draw(image)
    for step in range(0, max(size), max(8, max(size) // 40)):
        draw.line([(step, 0), (0, step)], fill="white", width=2)
    file = BytesIO()
    image.save(file, "JPEG", quality=80)
    return file.getvalue()


def named(name: str) -> str:
    """Give profile.yml for a territory with another long name."""
    text, old = text_of(PROFILE), "long-name: {en: Republic of Mali,"
    assert old in text
    return text.replace(old, f'long-name: {{en: "{name}",')


def with_cover(cover: str) -> str:
    """Give profile.yml with a cover, as YAML."""
    return f"{text_of(PROFILE)}\ncover:\n{cover}"


LONG_TEXT = "\n\n".join(
    "Whether a paragraph that goes on for a while is set well shows only when it has to go over "
    "to another page, with two lines at the least on each side of the break and none alone. "
    f"This is paragraph {number} of those that make the chapter run over."
    for number in range(1, 13)
)

LONG_TITLE = (
    "Advances the social and economic well-being of migrants, of the communities that they come "
    "from and of the societies that receive them"
)

CASES = [
    Hard(
        "a long name",
        {PROFILE: named("Commonwealth of the Northern and Southern Lantern Islands")},
        {"cover": 1, "title": 1, "objective": 1, "back-cover": 1},
    ),
    Hard(
        "a very long name",
        {
            PROFILE: named(
                "Federated Commonwealth of the Autonomous Northern, Eastern and Southern "
                "Lantern Islands and their Dependencies"
            )
        },
        {"cover": 1, "title": 1, "objective": 1, "back-cover": 1},
    ),
    Hard("a short name", {PROFILE: named("Oz")}, {"cover": 1}),
    Hard(
        "a photograph on the cover",
        {
            PROFILE: with_cover(
                "  photograph: {path: photo.jpg, alt: {en: A market at noon}, credit: Nobody}\n"
            ),
            f"{MALI}/photo.jpg": picture((1600, 1200), "#7a5230"),
        },
        {"cover": 1, "imprint": 1},
    ),
    Hard(
        "two logos",
        {
            PROFILE: with_cover(
                "  logos:\n"
                "    - {path: wide.jpg, alt: {en: Ministry of Tides}}\n"
                "    - {path: tall.jpg, alt: {en: Lantern Agency}}\n"
            ),
            f"{MALI}/wide.jpg": picture((900, 300), "#205080"),
            f"{MALI}/tall.jpg": picture((300, 420), "#803050"),
        },
        {"cover": 1, "imprint": 1},
    ),
    Hard(
        "a chapter that runs over",
        {CHAPTER_4: text_of(CHAPTER_4).replace("## Areas", f"{LONG_TEXT}\n\n## Areas")},
        {"well-being": 2},
    ),
    Hard(
        "a chapter that runs over by a line",
        {CHAPTER_4: f"{text_of(CHAPTER_4)}\n\n" + "And some more lines of text. " * 12 + "\n"},
        {"well-being": 2},
    ),
    Hard(
        "a part whose heading finds no room at the foot",
        {CHAPTER_3: text_of(CHAPTER_3).replace("## Areas", "And a line.\n\n" * 24 + "## Areas")},
        {"partnerships": 2},
    ),
    Hard(
        "long titles",
        {
            DOMAINS: text_of(DOMAINS).replace(
                "Advances the socioeconomic well-being of migrants and society",
                LONG_TITLE,
            ),
            LABELS: text_of(LABELS)
            .replace("Conceptual framework", "Conceptual framework and its principles")
            .replace(
                "Summary of updates since",
                "Summary of all the updates and of every other change made since",
            ),
        },
        {"well-being": 1, "framework": 1, "updates": 2, "contents": 1},
    ),
    Hard(
        "short items and a long note",
        {
            COVID: "Short.\n\n"
            + "\n\n".join(
                f"## Item {number} {{#item-{number} icon=health}}\n\nOne line of text."
                + ("[^long]" if number == 2 else "")
                for number in range(1, 10)
            )
            + "\n\n[^long]: "
            + "A note may be longer than its page has room for, and then it goes on. " * 60
            + "\n"
        },
        {"covid-19": 2},
    ),
]


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case.name)
def hard(request: pytest.FixtureRequest) -> tuple[Hard, Made]:
    case: Hard = request.param
    return case, make(mali(case.changes), MALI, "en")


def test_the_layout_decides_without_an_error(hard: tuple[Hard, Made]) -> None:
    case, made = hard
    assert not has_errors(made.diagnostics), "\n".join(map(str, made.diagnostics))
    assert made.volume
    pages = {section.id: section.pages for section in made.volume.sections}
    assert {name: pages[name] for name in case.show} == dict(case.show)


def part_moves(lines: int) -> tuple[int, int]:
    """Give the pages of a chapter whose first part grows, and the page of its second heading."""
    chapter = text_of(CHAPTER_3)
    more = "".join(f"Line {number}.\n\n" for number in range(lines))
    project = mali({CHAPTER_3: chapter.replace("## Areas", f"{more}## Areas")})
    layout = read_layout(project, "mgi").value
    assert layout
    loaded = load(project, MALI, layout, "en").value
    assert loaded
    composer = Composer(resolve(loaded, layout).value, layout, project)
    spec = next(spec for spec in composer.specs if spec.id == "partnerships")
    section = composer.compose(spec).value
    assert section
    made = typeset(section)
    assert not made.diagnostics, "\n".join(map(str, made.diagnostics))
    with pikepdf.open(BytesIO(made.value.pdf)) as pdf:
        bars = [
            sum(str(each.operator) in {"f", "f*"} for each in pikepdf.parse_content_stream(page))
            for page in pdf.pages
        ]
    page = made.value.headings[-1].page
    assert len(made.value.headings) == len(("title", "well-developed", "potential"))
    assert (len(bars) > 1 and bars[1] > 0) == (page == 1), (lines, bars, page)
    return made.value.count, page


def test_a_part_moves_with_its_bar_its_heading_and_its_first_lines() -> None:
    found = [part_moves(lines) for lines in range(22, 28)]
    assert found == [(1, 0)] * 2 + [(2, 1)] * 4


Rectangle = tuple[float, float, float, float]


def foot_of_cover(logos: int, *, notice: bool) -> dict[str, Rectangle]:
    """Give where logos and words stand on the foot of the cover: left, bottom, right, top."""
    sizes = [(600, 300), (300, 420), (900, 300)]
    listed = "".join(f"    - {{path: {n}.jpg, alt: {{en: Logo {n}}}}}\n" for n in range(logos))
    profile = with_cover(f"  logos:\n{listed}")
    if not notice:
        profile = profile.replace("  demonstration: true", "  demonstration: false")
    pictures = {f"{MALI}/{n}.jpg": picture(sizes[n], "#205080") for n in range(logos)}
    made = make(mali({PROFILE: profile, **pictures}), MALI, "en")
    assert made.volume, made.diagnostics
    found: dict[str, Rectangle] = {}

    def see(operator: bytes, _: object, matrix: list[float], __: object) -> None:
        if operator == b"Do":
            left, bottom = matrix[4], matrix[5]
            found[f"logo at {left:.0f}"] = left, bottom, left + matrix[0], bottom + matrix[3]

    def read(text: str, matrix: list[float], at: list[float], _: object, size: float) -> None:
        words = text.strip()
        left, foot = at[4] * matrix[0] + matrix[4], at[5] * matrix[3] + matrix[5]
        if words and foot < 80:
            size = abs(size * at[3] * matrix[3])
            right = left + 0.5 * size * len(words)
            found[words] = left, foot - 0.25 * size, right, foot + 0.75 * size

    page = PdfReader(BytesIO(made.volume.pdf)).pages[0]
    page.extract_text(visitor_operand_before=see, visitor_text=read)
    return found


@pytest.mark.parametrize("notice", [True, False])
@pytest.mark.parametrize("logos", [1, 2, 3])
def test_logos_and_notice_and_series_have_a_place_each(logos: int, *, notice: bool) -> None:
    found = foot_of_cover(logos, notice=notice)
    assert sum(name.startswith("logo") for name in found) == logos
    assert any("Demonstration" in name for name in found) == notice
    assert any("Governance Indicators" in name for name in found)
    for (one, a), (other, b) in combinations(found.items(), 2):
        meet = a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
        assert not meet, (one, a, other, b)


def test_more_logos_than_the_cover_takes_are_told() -> None:
    listed = "".join(f"    - {{path: {n}.jpg, alt: {{en: Logo}}}}\n" for n in range(4))
    pictures = {f"{MALI}/{n}.jpg": picture((60, 30), "#205080") for n in range(4)}
    made = make(mali({PROFILE: with_cover(f"  logos:\n{listed}"), **pictures}), MALI, "en")
    (found,) = made.diagnostics
    line = text_of(PROFILE).count("\n") + 7
    assert str(found.span) == f"{PROFILE}:{line}:7"
    assert found.message == 'The cover of the layout "mgi" has room for 3 logos, not more.'


@pytest.mark.parametrize("height", [880, 900, 930, 1700, 4000])
def test_a_picture_in_a_chapter_leaves_notes_with_their_calls(height: int) -> None:
    chapter = f"{MALI}/en/1-migrants-rights.md"
    text = text_of(chapter).replace("Under Article 5", "![A market](a.jpg)\n\nUnder Article 5")
    picture_ = {f"{MALI}/en/a.jpg": picture((900, height), "#205080")}
    made = make(mali({chapter: text, **picture_}), MALI, "en")
    assert not has_errors(made.diagnostics), "\n".join(map(str, made.diagnostics))


FRAMEWORK = "content/shared/en/framework.yml"


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (FRAMEWORK, "number: ", "number: 1234567"),
        (FRAMEWORK, "basis: ", "basis: " + "Many words stand here. " * 12),
        (DOMAINS, "Advances the socioeconomic", "Advances the socioeconomic " * 12),
    ],
)
def test_words_of_yaml_that_do_not_fit_are_told_where_they_stand(
    path: str, old: str, new: str
) -> None:
    text = text_of(path)
    line = text[: text.index(old)].count("\n") + 1
    found = make(mali({path: text.replace(old, new)}), MALI, "en").diagnostics
    places = {(each.span.file, each.span.line) for each in found if each.span}
    assert (path, line) in places, "\n".join(map(str, found))
    assert not any(file.startswith("layouts/") for file, _ in places), places


def test_nothing_of_the_framework_hides_under_its_target() -> None:
    words = "would benefit from it."
    text = text_of(FRAMEWORK)
    longer = mali({FRAMEWORK: text.replace(words, f"{words} {'And more words. ' * 12}")})
    found = make(longer, MALI, "en").diagnostics
    line = text[: text.index("supports: ")].count("\n") + 1
    assert [(str(each.rule), each.span and each.span.file) for each in found] == [
        ("text-fits-its-box", FRAMEWORK)
    ], "\n".join(map(str, found))
    assert found[0].span
    assert found[0].span.line <= line


def test_a_name_that_fits_nowhere_is_an_error() -> None:
    made = make(mali({PROFILE: named("Lantern Islands " * 30)}), MALI, "en")
    assert has_errors(made.diagnostics)


@pytest.mark.parametrize(
    ("title", "last_line"),
    [
        (
            "Formulates policy using evidence and whole-of-government approach",
            "and whole-of-government approach",
        ),
        (
            LONG_TITLE,
            "receive them",
        ),
    ],
)
def test_a_chapters_title_ends_at_its_numerals_foot(title: str, last_line: str) -> None:
    old = "Advances the socioeconomic well-being of migrants and society"
    made = make(mali({DOMAINS: text_of(DOMAINS).replace(old, title)}), MALI, "en")
    assert made.volume
    folio = next(s.folio for s in made.volume.sections if s.id == "well-being")
    feet: dict[str, float] = {}

    def note(text: str, _: object, at: list[float], *__: object) -> None:
        feet.setdefault(text.strip(), at[5])

    PdfReader(BytesIO(made.volume.pdf)).pages[folio - 1].extract_text(visitor_text=note)
    assert feet[last_line] == pytest.approx(feet["4"], abs=0.2)


def write_sheet(path: Path) -> None:
    """Write the pages that the cases are about to one PDF."""
    sheet = pikepdf.new()
    for case in CASES:
        made = make(mali(case.changes), MALI, "en")
        if made.volume is None:
            print(case.name, *made.diagnostics, sep="\n")
            continue
        with pikepdf.open(BytesIO(made.volume.pdf)) as volume:
            for section in made.volume.sections:
                if section.id in case.show:
                    first = section.folio - 1
                    sheet.pages.extend(volume.pages[first : first + section.pages])
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(path)


if __name__ == "__main__":
    write_sheet(Path("build/hard-cases.pdf"))


@pytest.mark.parametrize(
    ("file", "section"),
    [
        ("1-migrants-rights.md", "migrants-rights"),
        ("updates.md", "updates"),
        ("covid-19.md", "covid-19"),
    ],
)
def test_headings_below_a_part_stand_in_its_text(file: str, section: str) -> None:
    path = f"{MALI}/en/{file}"
    text = text_of(path)
    first = text.index("\n\n", text.index("\n", text.index("## ")) + 2)
    below = "\n\n### One below {#below}\n\nWords.\n\n#### Two below\n\nMore words."
    project = mali({path: text[:first] + below + text[first:]})
    layout = read_layout(project, "mgi").value
    assert layout
    loaded = load(project, MALI, layout, "en")
    assert not loaded.diagnostics
    assert loaded.value
    composer = Composer(resolve(loaded.value, layout).value, layout, project)
    spec = next(spec for spec in composer.specs if spec.id == section)
    made = composer.compose(spec).value
    assert made
    pages = typeset(made)
    assert not pages.diagnostics, "\n".join(map(str, pages.diagnostics))
    headings = [(each.level, each.text, each.anchor) for each in pages.value.headings]
    assert headings[2:4] == [(3, "One below", "below"), (4, "Two below", "two-below")]
