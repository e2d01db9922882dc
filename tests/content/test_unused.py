"""Step 1: files in folders of layouts and of shared texts that nothing uses."""

from __future__ import annotations

import pytest
from tests.projects import MALI, mali

from mgi_report.content.loading.load import load
from mgi_report.diagnostics import Severity
from mgi_report.layout.reading import read_layout

OWN = f"{MALI}/layouts/mgi"
MINE = "name: mine\nextends: mgi\nsections:\n  - {id: outlook, kind: text, file: outlook.md}\n"


def found(files: dict[str, str | bytes | None]) -> list[str]:
    """Give place, message and hint of what is wrong with Mali's profile and more files."""
    project = mali(files)
    layout = read_layout(project, "mgi").value
    assert layout
    told = load(project, MALI, layout, "en").diagnostics
    assert {each.severity for each in told} <= {Severity.WARNING}
    return [f"{each.span}: {each.message} {each.hint}" for each in told]


NOTHING = 'The file is used by nothing: the layout "mgi" has no'


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            f"{OWN}/sections/covr.html.j2",
            f'{NOTHING} sections/covr.html.j2. Did you mean "sections/cover.html.j2"?',
        ),
        (
            f"{OWN}/css/cover.css",
            f'{NOTHING} css/cover.css. Did you mean "css/sections/cover.css"?',
        ),
        (f"{OWN}/parts/a.html.j2", f"{NOTHING} parts/a.html.j2. Rename it, or take it away."),
        (
            f"{OWN}/layout.yml",
            (
                "The file is used by nothing: layout.yml belongs to the layout itself. A profile "
                "chooses another one in profile.yml, with layout: and its name."
            ),
        ),
        (
            "layouts/mgi/css/sections/updatse.css",
            f'{NOTHING} css/sections/updatse.css. Did you mean "css/sections/updates.css"?',
        ),
        (
            "content/shared/en/objectve.md",
            'No layout reads the file objectve.md. Did you mean "objective.md"?',
        ),
        (
            f"{MALI}/en/translation.yml",
            (
                '"en" is the original now, and is translated from no language. '
                "Take translation.yml away."
            ),
        ),
    ],
)
def test_a_file_that_nothing_uses_is_told(path: str, expected: str) -> None:
    assert found({path: "a"}) == [f"{path}:1:1: {expected}"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            "assets/icons/health.png",
            (
                "assets/icons/health.png:1:1: The file is used by nothing: an icon is an SVG file. "
                "Draw it as SVG, or take it away."
            ),
        ),
        (
            "assets/icon/health.svg",
            'assets/icon:1:1: The folder is used by nothing. Did you mean "icons"?',
        ),
        ("assets/house/logo.svg", None),
        ("assets/icons/LICENSE.md", None),
    ],
)
def test_assets_that_cannot_be_meant_are_told(path: str, expected: str | None) -> None:
    assert found({path: "a"}) == ([expected] if expected else [])


def test_a_folder_of_another_layout_is_told() -> None:
    assert found({f"{MALI}/layouts/mig/css/page.css": ""}) == [
        (
            f"{MALI}/layouts/mig:1:1: The folder is used by nothing: the profile's layout is "
            '"mgi". Did you mean "mgi"?'
        )
    ]


def test_what_is_used_or_only_lies_there_is_not_told() -> None:
    files: dict[str, str | bytes | None] = {
        f"{OWN}/sections/cover.html.j2": "{% include 'parts/mine.html.j2' %}",
        f"{OWN}/parts/mine.html.j2": '{% from "parts/more.html.j2" import a with context %}',
        f"{OWN}/parts/more.html.j2": "",
        f"{OWN}/parts/rail.html.j2": "",
        f"{OWN}/css/page.css": "",
        f"{OWN}/css/page.css~": "",
        f"{OWN}/css/.#page.css": "",
        f"{OWN}/README.md": "",
        "assets/fonts/house/OFL.txt": "",
        "content/shared/en/README.md": "",
        "layouts/mine/layout.yml": MINE,
        "content/shared/en/outlook.md": "Of another layout.",
    }
    assert found(files) == []


def test_a_template_whose_name_is_put_together_may_be_any() -> None:
    cover = "{% include 'parts/' ~ kind ~ '.html.j2' %}"
    files: dict[str, str | bytes | None] = {
        f"{OWN}/sections/cover.html.j2": cover,
        f"{OWN}/parts/cover.html.j2": "",
    }
    assert found(files) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "es",
            (
                'The profile is not made in the language "es", of which this holds texts. '
                "Write in profile.yml languages: [en, fr, es], or take the folder away."
            ),
        ),
        ("FR", "Nothing reads the folder. Rename it: fr"),
        (
            "FR2",
            (
                "Nothing reads the folder: its name is not the tag of a language. "
                "Rename it, or take it away. The languages in profile.yml are: en, fr."
            ),
        ),
    ],
)
def test_a_folder_of_texts_in_no_language_of_the_profile_is_told(name: str, expected: str) -> None:
    assert found({f"{MALI}/{name}/context.md": "a"}) == [f"{MALI}/{name}:1:1: {expected}"]
