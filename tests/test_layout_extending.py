"""Layouts that add to another one: what they add, and what they put in its place."""

import pytest

from mgi_report.layout.model import Layout
from mgi_report.layout.reading import read_layout
from mgi_report.project import MemoryProject

BASE = """\
name: base
levels: [national]
editions: [{id: first, most: 1}]
languages: [en]
colours: {blue: "#0000FF", red: "#FF0000"}
styles: [css/page.css]
labels: [page]
looks: {paragraphs: [lead]}
options: {wide: {type: boolean, default: false, about: Wide.}}
sections:
  - {id: cover, kind: page}
  - {id: intro, kind: page, levels: [national]}
  - {id: end, kind: page}
"""
NATIONAL = "{id: intro, kind: page, levels: [national]}"
LOCAL = "{id: intro, kind: card, levels: [local]}"
OWN = "layouts/own/layout.yml"
PAGES = {
    f"layouts/{layout}/{file}": ""
    for layout, kind in (("base", "page"), ("own", "card"))
    for file in (f"sections/{kind}.html.j2", f"css/sections/{kind}.css")
}


def read(own: str, **more: str) -> tuple[Layout | None, list[str]]:
    """Read a layout that extends the base, and say what is wrong with it."""
    files: dict[str, str | bytes] = {
        "layouts/base/layout.yml": BASE,
        "layouts/base/css/page.css": "",
        **PAGES,
        **more,
        OWN: f"name: own\nextends: base\n{own}",
    }
    outcome = read_layout(MemoryProject(files, shipped=False), "own")
    said = [f"{each.rule} {each.span}: {each.message}" for each in outcome.diagnostics]
    return outcome.value, said


def ids(layout: Layout | None) -> list[str]:
    """Give the ids of a layout's sections, in order."""
    assert layout
    return [spec.id for spec in layout.sections]


def test_what_it_does_not_say_is_that_of_the_other() -> None:
    layout, said = read("")
    assert said == []
    assert ids(layout) == ["cover", "intro", "end"]
    assert layout
    assert layout.folders == ("layouts/own", "layouts/base")
    assert layout.levels == ("national",)
    assert layout.colours["blue"] == "#0000FF"


def test_it_adds_and_replaces() -> None:
    own = """\
levels: [local]
editions: [{id: mid-term, least: 2, previous: true}]
languages: [de]
colours: {blue: "#000080"}
labels: [card]
looks: {paragraphs: [aside]}
sections:
  - {id: card, kind: card, after: intro, editions: [mid-term]}
  - {id: intro, kind: card}
"""
    layout, said = read(own)
    assert said == []
    assert ids(layout) == ["cover", "intro", "card", "end"]
    assert layout
    assert layout.sections[1].kind == "card"
    assert layout.levels == ("national", "local")
    assert [each.id for each in layout.editions] == ["first", "mid-term"]
    assert layout.languages == ("en", "de")
    assert layout.colours == {"blue": "#000080", "red": "#FF0000"}
    assert layout.labels == ("page", "card")
    assert layout.looks.paragraphs == ("lead", "aside")
    assert set(layout.options) == {"wide"}


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("without: [intro]", ["cover", "end"]),
        ("sections: [{id: end, kind: page, after: cover}]", ["cover", "end", "intro"]),
        (f"levels: [local]\nsections: [{NATIONAL}, {LOCAL}]", ["cover", "intro", "intro", "end"]),
    ],
)
def test_sections_may_go_move_and_differ(own: str, expected: list[str]) -> None:
    layout, said = read(own)
    assert said == []
    assert ids(layout) == expected


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("sections: [{id: new, kind: card}]", "field-is-present 3:12"),
        ("sections: [{id: new, kind: card, after: intor}]", "value-is-valid 3:41"),
        ("without: [outro]", "value-is-valid 3:11"),
        ("sections: [{id: new, kind: crad, after: intro}]", "file-exists 3:28"),
        ("sections: [{id: new, kind: card, after: intro, levels: [local]}]", "value-is-valid 3:57"),
        ("sections: [{id: end, kind: page, editions: [frist]}]", "value-is-valid 3:45"),
    ],
)
def test_what_is_wrong_has_its_place(own: str, expected: str) -> None:
    layout, said = read(own)
    assert layout
    rule, place = expected.split()
    assert [each.partition(": ")[0] for each in said] == [f"{rule} {OWN}:{place}"]


def test_no_layout_extends_itself() -> None:
    circle = {"layouts/base/layout.yml": "name: base\nextends: own\n"}
    layout, said = read("", **circle)
    assert layout is None
    assert said == [
        'value-is-valid layouts/base/layout.yml:2:10: The layout "own" cannot extend itself.'
    ]


def test_a_layout_that_is_not_there_cannot_be_extended() -> None:
    files: dict[str, str | bytes] = {OWN: "name: own\nextends: bose\n"}
    outcome = read_layout(MemoryProject(files, shipped=False), "own")
    assert outcome.value is None
    assert [str(each.span) for each in outcome.diagnostics] == [f"{OWN}:2:10"]


def test_a_layout_cannot_be_without_levels_editions_and_sections() -> None:
    outcome = read_layout(MemoryProject({OWN: "name: own\n"}, shipped=False), "own")
    assert [each.message for each in outcome.diagnostics] == [
        'There are no "levels" in the layout.',
        'There are no "editions" in the layout.',
        'There are no "sections" in the layout.',
    ]


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("levels: [local]\neditions: [{id: mid-term, least: 2, most: 2}]\n", []),
        (
            "editions: [{id: late, least: 5, most: 2}]\n",
            [
                (
                    f'value-is-valid {OWN}:3:39: No number fits the edition "late": it is at least '
                    "5 and at most 2."
                )
            ],
        ),
        (
            "levels: [local, confidential]\n",
            [
                (
                    f'value-is-valid {OWN}:3:17: "confidential" is a flag that profile.yml sets '
                    "already, and when=confidential would mean both."
                )
            ],
        ),
        (
            "levels: [local]\neditions: [{id: local}, {id: national}]\n",
            [
                (
                    f'value-is-valid {OWN}:4:17: "local" is a level already, and when=local would '
                    "mean both."
                ),
                (
                    f'value-is-valid {OWN}:4:30: "national" is a level already, and when=national '
                    "would mean both."
                ),
            ],
        ),
        (
            "levels: [first]\n",
            [
                (
                    f'value-is-valid {OWN}:3:10: "first" is an edition already, and when=first '
                    "would mean both."
                )
            ],
        ),
    ],
)
def test_levels_and_editions_can_be_told_apart(own: str, expected: list[str]) -> None:
    assert read(own)[1] == expected
