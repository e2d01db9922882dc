"""What docs/layouts.md shows can be built as it stands."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader
from tests.projects import ROOT, text_of

from mgi_report.content.validate import validate
from mgi_report.content.yaml import parse_yaml
from mgi_report.layout.file import LayoutFile
from mgi_report.project import MemoryProject
from mgi_report.steps import make

SAMPLE = "content/sample-country-2024"
DOCS = text_of("docs/layouts.md")


def examples(kind: str) -> list[str]:
    """Give the examples in a language, in order."""
    return re.findall(rf"```{kind}\n(.*?)```", DOCS, re.DOTALL)


SECTION, FITTED, FURNITURE = examples("html")
COLOURS, FONTS, PRESS, MINE = examples("yaml")
OUTLOOK = """\
The opening.

## First {#first}

Below the first.

### Second {#second}

Below the second.

#### Third {#third}

Below the third.

## Fourth {#fourth}

Below the fourth.
"""
ROOM = ".territory { margin-top: 90pt; line-height: 1.2 }"
"""For the name in large type that the example with `fit` sets."""
DOMAINS = """\
migrants-rights whole-of-government partnerships well-being mobility-crises safe-migration"""
PROFILE = {
    "edition: first": "edition: mid-term\nlayout: mine",
    "layout: mgi\n": "",
    "number: 1": "number: 2",
    "languages: [en, ar]": "previous: {year: 2022, address: 'https://example.org/'}\n\n"
    "languages: [en]",
}


@pytest.mark.parametrize("example", [COLOURS, FONTS, PRESS, MINE])
def test_each_example_of_a_layout_file_is_valid(example: str) -> None:
    whole = example if example.startswith("name:") else f"name: mine\n{example}"
    parsed = parse_yaml(whole, "layout.yml")
    assert parsed.value
    found = (*parsed.diagnostics, *validate(parsed.value, LayoutFile).diagnostics)
    assert [str(each) for each in found] == []


def test_the_examples_of_templates_print_all_that_a_section_has() -> None:
    files: dict[str, str | bytes] = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in (ROOT / SAMPLE).rglob("*")
        if path.is_file() and path.parent.name != "ar"
    }
    facts = text_of(f"{SAMPLE}/profile.yml")
    for old, new in PROFILE.items():
        assert old in facts
        facts = facts.replace(old, new, 1)
    labels = text_of(f"{SAMPLE}/en/labels.yml")
    files |= {
        f"{SAMPLE}/profile.yml": facts,
        f"{SAMPLE}/en/labels.yml": f"{labels}\noutlook: Outlook\neditions: [One, Two]\n",
        f"{SAMPLE}/en/outlook.md": OUTLOOK,
        f"{SAMPLE}/en/updates.md": "".join(
            f"## Since then {{#{name}}}\n\nIt went on.\n\n" for name in DOMAINS.split()
        ),
        "layouts/mine/layout.yml": MINE,
        "layouts/mine/furniture.html.j2": FURNITURE,
        "layouts/mine/sections/outlook.html.j2": SECTION.replace(
            "</section>", f"{FITTED}</section>"
        ),
        "layouts/mine/css/sections/outlook.css": ROOM,
    }
    made = make(MemoryProject(files), SAMPLE, "en")
    assert [str(each) for each in made.diagnostics] == []
    assert made.volume
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(made.volume.pdf)).pages)
    read = re.findall(r"The opening\.|Below the \w+\.|\b(?:First|Second|Third|Fourth)\b", words)
    assert [each for each in read if "." in each] == [
        "The opening.",
        *(f"Below the {each}." for each in ("first", "second", "third", "fourth")),
    ]
