"""Profiles that are hard on the layout: long names, long titles, chapters that run over, pictures.

`make cases` writes the pages that they are about to build/hard-cases.pdf, to be looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw
from tests.projects import MALI, mali, named, text_of

from mgi_report.steps import make
from mgi_report.workshop import Made

PROFILE = f"{MALI}/profile.yml"
CHAPTER_3 = f"{MALI}/en/3-partnerships.md"
CHAPTER_4 = f"{MALI}/en/4-well-being.md"
COVID = f"{MALI}/en/covid-19.md"
DOMAINS = "content/shared/en/domains.yml"
LABELS = "content/shared/en/labels.yml"


@dataclass(frozen=True)
class Show:
    """A section that is looked at."""

    section: str
    pages: tuple[str, ...]
    """For each of its pages words that must stand on it."""
    pictures: int = 0
    """On its first page."""


@dataclass(frozen=True, eq=False)
class Hard:
    """A profile that is hard on the layout."""

    name: str
    changes: Mapping[str, str | bytes | None]
    shows: tuple[Show, ...]


def picture(size: tuple[int, int], colour: str) -> bytes:
    """Make a picture with some drawing in it, as a JPEG."""
    image = Image.new("RGB", size, colour)
    draw = ImageDraw.Draw(image)
    for step in range(0, max(size), max(8, max(size) // 40)):
        draw.line([(step, 0), (0, step)], fill="white", width=2)
    file = BytesIO()
    image.save(file, "JPEG", quality=80)
    return file.getvalue()


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
LONG_FRAMEWORK = "Conceptual framework and its principles"
LONG_UPDATES = "Summary of all the updates and of every other change made since"
NAME = "Commonwealth of the Northern and Southern Lantern Islands"
LONG_NAME = (
    "Federated Commonwealth of the Autonomous Northern, Eastern and Southern Lantern Islands and "
    "their Dependencies"
)
SHORT_HEAD = "MALI | SECOND PROFILE 2021"  # where the long name has no room

HARD_CASES = [
    Hard(
        "a long name",
        {PROFILE: named(NAME)},
        (
            Show("cover", (NAME,)),
            Show("title", (NAME,)),
            Show("objective", (SHORT_HEAD,)),
            Show("back-cover", (NAME,)),
        ),
    ),
    Hard(
        "a very long name",
        {PROFILE: named(LONG_NAME)},
        (
            Show("cover", (LONG_NAME,)),
            Show("title", (LONG_NAME,)),
            Show("objective", (SHORT_HEAD,)),
            Show("back-cover", (LONG_NAME,)),
        ),
    ),
    Hard("a short name", {PROFILE: named("Oz")}, (Show("cover", ("Oz",)),)),
    Hard(
        "a photograph on the cover",
        {
            PROFILE: with_cover(
                "  photograph: {path: photo.jpg, alt: {en: A market at noon}, credit: Nobody}\n"
            ),
            f"{MALI}/photo.jpg": picture((1600, 1200), "#7a5230"),
        },
        (Show("cover", ("Republic of Mali",), pictures=1), Show("imprint", ("Nobody",))),
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
        (Show("cover", ("Republic of Mali",), pictures=2),),
    ),
    Hard(
        "a chapter that runs over",
        {CHAPTER_4: text_of(CHAPTER_4).replace("## Areas", f"{LONG_TEXT}\n\n## Areas")},
        (Show("well-being", ("This is paragraph 1 of", "This is paragraph 12 of")),),
    ),
    Hard(
        "a chapter that runs over by a line",
        {CHAPTER_4: f"{text_of(CHAPTER_4)}\n\n" + "And some more lines of text. " * 12 + "\n"},
        (Show("well-being", ("Areas with potential", "some more lines of text.")),),
    ),
    Hard(
        "a tall picture with a long caption",
        {
            CHAPTER_3: text_of(CHAPTER_3).replace(
                "{#well-developed}\n",
                "{#well-developed}\n\n"
                f'![A tower](../tower.jpg "{"A caption that says what is seen. " * 36}It ends.")\n',
            ),
            f"{MALI}/tower.jpg": picture((300, 1500), "#205080"),
        },
        (Show("partnerships", ("seen. It ends.", "Areas with potential"), pictures=1),),
    ),
    Hard(
        "a part whose heading finds no room at the foot",
        {CHAPTER_3: text_of(CHAPTER_3).replace("## Areas", "And a line.\n\n" * 24 + "## Areas")},
        (Show("partnerships", ("And a line.", "Areas with potential")),),
    ),
    Hard(
        "long titles",
        {
            DOMAINS: text_of(DOMAINS).replace(
                "Advances the socioeconomic well-being of migrants and society",
                LONG_TITLE,
            ),
            LABELS: text_of(LABELS)
            .replace("Conceptual framework", LONG_FRAMEWORK)
            .replace("Summary of updates since", LONG_UPDATES),
        },
        (
            Show("well-being", (LONG_TITLE,)),
            Show("framework", (LONG_FRAMEWORK,)),
            Show("updates", (f"{LONG_UPDATES} 2018", "")),
            Show("contents", (f"{LONG_UPDATES} 2018 // 12",)),
        ),
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
            + "".join(f"Sentence {number} of a note that goes on and on. " for number in range(112))
            + "\n"
        },
        (Show("covid-19", ("Sentence 0 of a note", "Sentence 111 of a note", "Item 9")),),
    ),
]


@cache
def made_for(case: Hard) -> Made:
    """Make the profile of a case, once a process."""
    return make(mali(case.changes), MALI, "en")


def write_sheet(path: Path, cases: Sequence[Hard] = HARD_CASES) -> None:
    """Write the pages that the cases are about to one PDF; say what is wrong with a case."""
    sheet = pikepdf.new()
    for case in cases:
        volume = made_for(case).volume
        if volume is None:
            print(case.name, *made_for(case).diagnostics, sep="\n")
            continue
        with pikepdf.open(BytesIO(volume.pdf)) as pdf:
            for _, folio in folios(case):
                sheet.pages.append(pdf.pages[folio - 1])
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(path)


def folios(case: Hard) -> Iterator[tuple[Show, int]]:
    """Give what is looked at with its folios."""
    volume = made_for(case).volume
    sections = {section.id: section for section in volume.sections} if volume else {}
    for show in case.shows:
        section = sections[show.section]
        for page in range(section.pages):
            yield show, section.folio + page


if __name__ == "__main__":
    write_sheet(Path("build/hard-cases.pdf"))
