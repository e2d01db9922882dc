"""Step 1: a profile's files become a `Profile`; all that is wrong is told at once."""

import re
from pathlib import Path
from textwrap import dedent

import pytest
from tests.content.tiny import (
    FILES,
    FOLDER,
    PNG,
    edited,
    layout_of,
    loaded,
    places,
    resolved,
    tiny,
)
from tests.projects import MALI, mali
from tests.projects import text_of as text_from

from mgi_report.content.facts import Facts
from mgi_report.content.loading.load import load, read_facts
from mgi_report.content.model import Figure, Heading, Quote, Text
from mgi_report.content.walk import text_of
from mgi_report.diagnostics import Rule, Severity, has_errors
from mgi_report.layout.reading import read_layout
from mgi_report.project import DiskProject

PROFILE = f"{FOLDER}/profile.yml"
RIGHTS = f"{FOLDER}/en/1-rights.md"
SHARED = "content/shared/en"
FRAME = f"{SHARED}/frame.yml"


def test_a_sound_profile_loads_in_silence() -> None:
    profile, found = loaded(tiny())
    assert found == []
    assert profile
    assert list(profile.documents) == ["intro", "rights", "updates", "annexes"]
    assert profile.documents["intro"].path == "content/shared/en/intro.md"
    assert profile.documents["rights"].path == RIGHTS
    assert profile.labels["editions.2"] == "Second Profile"
    assert profile.labels["tags.2"] == "Two"
    assert profile.domains[0].looks_at == "Laws"
    assert profile.sources[0].year == 2009
    assert text_of(profile.sources[0].title) == "The Law"


def test_mali_loads_in_silence() -> None:
    project = mali()
    layout = read_layout(project, "mgi").value
    assert layout
    loaded = load(project, MALI, layout, "en")
    assert [str(found) for found in loaded.diagnostics] == []


def test_facts_are_read_without_the_layout() -> None:
    facts = read_facts(tiny(), FOLDER).value
    assert isinstance(facts, Facts)
    assert (facts.layout, facts.languages, facts.name) == ("tiny", ("en", "fr"), "Mali")
    french = read_facts(tiny(), FOLDER, "fr").value
    assert french
    assert french.name == "le Mali"


def test_data_is_markdown_with_places_but_for_icons() -> None:
    profile, _ = loaded(tiny())
    assert profile
    lead = profile.data["frame"]["lead"]
    assert isinstance(lead, tuple)
    first = lead[0]
    assert isinstance(first, Text)
    assert (first.span.line, first.span.column) == (1, 8)
    items = profile.data["frame"]["list"]
    assert isinstance(items, dict)
    (item,) = items["items"]
    assert item["icon"] == "health"


# --- Where files are looked for -------------------------------------------------------------


def test_the_profile_overrides_shared_texts() -> None:
    own = f"{FOLDER}/en/intro.md"
    profile, found = loaded(tiny({own: "Mine.\n"}))
    assert profile
    assert profile.documents["intro"].path == own
    assert found == []


def test_what_lies_beside_the_profile_comes_before_what_is_shipped() -> None:
    project = tiny()
    files = {
        path.replace("content/mali", "profiles/mali"): project.read(path)
        for path in [PROFILE, f"{FOLDER}/sources.yml", RIGHTS, f"{FOLDER}/en/updates.md"]
    }
    moved = tiny({**files, "profiles/shared/en/intro.md": "Beside.\n"})
    read = load(moved, "profiles/mali-2021", layout_of(moved), "en")
    assert read.diagnostics == ()
    assert read.value
    assert read.value.documents["intro"].path == "profiles/shared/en/intro.md"
    assert read.value.documents["annexes"].path == "content/shared/en/annexes.md"


def test_a_missing_file_says_where_it_was_looked_for() -> None:
    _, found = loaded(tiny({"content/shared/en/intro.md": None}))
    assert places(found) == [f"file-exists {FOLDER}/en/intro.md:1:1"]
    assert found[0].hint == f"It was looked for in {FOLDER}/en, content/shared/en."


def test_a_misspelt_file_is_the_hint() -> None:
    _, found = loaded(tiny({RIGHTS: None, f"{FOLDER}/en/1-right.md": "x"}))
    assert places(found) == [f"file-exists {RIGHTS}:1:1"]
    assert found[0].hint == 'Did you mean "1-right.md"?'


def test_a_file_that_nothing_reads_is_a_warning() -> None:
    _, found = loaded(tiny({f"{FOLDER}/en/plans.md": "x"}))
    assert places(found) == [f"file-is-used {FOLDER}/en/plans.md:1:1"]
    assert found[0].severity is Severity.WARNING


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "edition: follow-up\n        number: 2",
            "edition: first\n        number: 1",
            [
                (
                    'updates.md This is not printed: a national profile of the edition "first" has '
                    'no section "updates".\n  It belongs to: edition follow-up. Correct '
                    "profile.yml, or take the file away."
                )
            ],
        ),
        (
            "authors:",
            "sections: {covid: true}\n        authors:",
            [],
        ),
        ("authors:", "sections: {covid: false}\n        authors:", []),
        (
            "authors:",
            "authors:",
            [
                (
                    "covid.md This is not printed: profile.yml does not ask for the section "
                    '"covid".\n  Write there, under sections, covid: true; or, to leave it out, '
                    "covid: false."
                )
            ],
        ),
        (
            "level: national",
            "level: local",
            [
                (
                    'covid.md This is not printed: a local profile of the edition "follow-up" has '
                    'no section "covid".\n  It belongs to: level national. Correct profile.yml, or '
                    "take the file away."
                )
            ],
        ),
    ],
)
def test_a_file_of_a_section_that_the_profile_does_not_have_is_told(
    old: str, new: str, expected: list[str]
) -> None:
    changes = edited(PROFILE, old, new)
    if "first" not in new:
        changes[f"{FOLDER}/en/covid.md"] = "Some.\n"
    _, found = loaded(tiny(changes))
    assert [
        f"{each.span.file.rpartition('/')[2]} {each.message}\n  {each.hint}"
        for each in found
        if each.rule is Rule.FILE_IS_USED and each.span
    ] == expected


def test_without_its_facts_there_is_no_profile() -> None:
    profile, found = loaded(tiny({PROFILE: None}))
    assert profile is None
    assert places(found) == [f"file-exists {PROFILE}:1:1"]


@pytest.mark.parametrize("name", ["labels.yml", "domains.yml"])
def test_without_its_words_a_profile_is_still_judged(name: str) -> None:
    profile, found = loaded(tiny({f"{SHARED}/{name}": None}))
    assert profile
    assert places(found) == [f"file-exists {FOLDER}/en/{name}:1:1"]


def test_a_language_that_the_profile_does_not_have() -> None:
    profile, found = loaded(tiny(), "es")
    assert profile is None
    assert places(found) == [f"value-is-valid {PROFILE}:1:1"]


# --- profile.yml ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("id: mali-2021", "id: mali-2022", "value-is-valid :1:5"),
        ("number: 2", "number: 1", "value-is-valid :9:9"),
        ("edition: follow-up", "edition: first", "value-is-valid :9:9"),
        ("previous: {year: 2018,", "previous: {year: 2022,", "value-is-valid :12:18"),
        (", fr: le Mali", "", None),
        ("languages: [en, fr]", "languages: [en, en]", "key-is-unique :13:17"),
        ("languages: [en, fr]", "languages: [en, es]", None),
        ("year: 2021", "year: 2021\noptions: {justifed: true}", "key-is-known :11:11"),
        ("year: 2021", "year: 2021\noptions: {justified: yes}", "value-is-valid :11:22"),
        ("year: 2021", "year: 2021\noptions: {columns: two}", "value-is-valid :11:20"),
        ("year: 2021", "year: 2021\nsections: {covd: true}", "key-is-known :11:12"),
        ("year: 2021", "year: 2021\nyear: 2022", "key-is-unique :11:1"),
        ("year: 2021\n", "", "field-is-present :1:1"),
        ("year: 2021", "year: [2021]", "value-is-valid :10:7"),
        ("level: national", "levle: national", "key-is-known :7:1"),
    ],
)
def test_facts_that_cannot_be(old: str, new: str, expected: str | None) -> None:
    text = tiny().read(PROFILE)
    assert text
    _, found = loaded(tiny({PROFILE: text.decode().replace(old, new)}))
    wanted = expected.replace(" ", f" {PROFILE}") if expected else None
    assert (wanted in places(found)) if wanted else (places(found) == [])


def test_options_have_their_type() -> None:
    text = tiny().read(PROFILE)
    assert text
    options = "options: {justified: true, columns: 2}\n"
    profile, found = loaded(tiny({PROFILE: text.decode() + options}))
    assert found == []
    assert profile
    assert profile.facts.options == {"justified": True, "columns": 2}


def test_a_follow_up_needs_the_profile_before_it() -> None:
    _, found = loaded(
        tiny(edited(PROFILE, "previous: {year: 2018, address: https://x.org/mali}", ""))
    )
    assert places(found) == [f"field-is-present {PROFILE}:1:1"]


def test_what_is_wrong_in_the_facts_does_not_hide_the_rest() -> None:
    text = tiny().read(PROFILE)
    assert text
    wrong = text.decode().replace("edition: follow-up", "editoin: folow-up")
    wrong = wrong.replace("code: MLI", "code: Mali").replace("year: 2021", "year: soon")
    changes = {PROFILE: wrong, f"{FOLDER}/en/updates.md": "## Rights {#rights}\n\n<b>\n"}
    profile, found = loaded(tiny(changes))
    assert places(found) == [
        f"value-is-valid {PROFILE}:4:9",
        f"key-is-known {PROFILE}:8:1",
        f"value-is-valid {PROFILE}:10:7",
        f"no-raw-html {FOLDER}/en/updates.md:3:1",
    ]
    assert profile


def test_facts_that_do_not_parse_do_not_hide_the_rest() -> None:
    changes = {PROFILE: "id: [", RIGHTS: "## Good {#good icon=work}\n\n<b>\n"}
    _, found = loaded(tiny(changes))
    assert places(found)[0] == f"yaml-parses {PROFILE}:1:6"
    assert f"no-raw-html {RIGHTS}:3:1" in places(found)


def test_a_section_of_another_edition_cannot_be_had() -> None:
    change = edited(PROFILE, "level: national", "level: local\n        sections: {covid: true}")
    _, found = loaded(tiny(change))
    assert places(found) == [f"value-is-valid {PROFILE}:8:12"]


@pytest.mark.parametrize("module", ["forms", "schema"])
def test_numbers_given_as_examples_are_valid(module: str) -> None:
    text = text_from(f"src/mgi_report/content/{module}.py")
    isbns = re.findall(r"978-[\d-]+\d", text)
    assert isbns
    identifiers = [f"isbn-pdf: {{en: {isbn}}}" for isbn in isbns]
    identifiers += [f"issn: {issn}" for issn in re.findall(r"\b\d{4}-\d{4}\b", text)]
    for identifier in identifiers:
        change = edited(PROFILE, "level: national", f"level: national\n        {_in(identifier)}")
        assert loaded(tiny(change))[1] == [], identifier


def _in(identifier: str) -> str:
    return f"identifiers: {{{identifier}}}"


def test_without_profile_yml_the_message_says_what_a_profile_is() -> None:
    (found,) = read_facts(tiny({PROFILE: None}), FOLDER).diagnostics
    assert str(found.span) == f"{PROFILE}:1:1"
    assert found.hint
    assert "docs/guide.md" in found.hint
    assert "mgi-report " not in found.hint


@pytest.mark.parametrize(
    ("folder", "hint"),
    [
        ("content/mali-2012", 'Did you mean "content/mali-2021"?'),
        (f"{FOLDER}/profile.yml", f"Give the folder that holds the file: {FOLDER}"),
    ],
)
def test_a_profile_that_is_not_there_has_a_near_one(folder: str, hint: str) -> None:
    (found,) = read_facts(tiny(), folder).diagnostics
    assert found.hint == hint


# --- Parts, icons, data ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "old", "new", "expected", "hint"),
    [
        (RIGHTS, "{#more ", "{#mor ", [f"{RIGHTS}:5:1"], 'Did you mean "more"?'),
        (RIGHTS, "## Good", "Above.\n\n        ## Good", [f"{RIGHTS}:1:1"], None),
        (RIGHTS, "        Text[^a] with [@law].\n", "", [f"{RIGHTS}:1:1"], None),
        (f"{FOLDER}/en/updates.md", "#rights", "#right", None, 'Did you mean "rights"?'),
    ],
)
def test_parts_that_the_layout_asks_for(
    path: str, old: str, new: str, expected: list[str] | None, hint: str | None
) -> None:
    _, found = loaded(tiny(edited(path, old, new)))
    filled = [each for each in found if each.rule == "slot-is-filled"]
    assert filled
    if expected:
        assert [str(each.span) for each in filled] == expected
    if hint:
        assert filled[0].hint == hint


def test_a_part_cannot_stand_twice() -> None:
    _, found = loaded(tiny(edited(RIGHTS, "## More {#more", "## More {#good")))
    assert f"key-is-unique {RIGHTS}:5:1" in places(found)


def test_icons_are_named_and_exist() -> None:
    text = "## Good {#good}\n\nA\n\n## More {#more icon=wrok}\n\nB\n"
    _, found = loaded(tiny({RIGHTS: text}))
    assert places(found) == [f"slot-is-filled {RIGHTS}:1:1", f"picture-exists {RIGHTS}:5:1"]
    assert found[1].hint == 'Did you mean "work"?'


def test_flags_are_known() -> None:
    change = edited(RIGHTS, "{#more icon=work}", "{#more icon=work when=demonstation}")
    _, found = loaded(tiny(change))
    assert places(found) == [f"key-is-known {RIGHTS}:5:26"]
    assert found[0].hint == 'Did you mean "demonstration"?'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lead: A\nlist: {items: [{text: B}]}\n", ["field-is-present :2:16"]),
        (
            "laed: A\nlist: {items: [{text: B, icon: work}]}\n",
            ["key-is-known :1:1", "field-is-present :1:1"],
        ),
        ("lead: [A]\nlist: {items: [{text: B, icon: work}]}\n", ["value-is-valid :1:7"]),
        ("lead: A\nlist: B\n", ["value-is-valid :2:7"]),
        ("lead: A\nlist: {items: B}\n", ["value-is-valid :2:15"]),
        ("lead:\nlist: {items: [{text: B, icon: work}]}\n", ["field-is-present :1:6"]),
        (
            "lead: A\nlist: {items: [{text: B, icon: helth}]}\n",
            ["picture-exists :2:32"],
        ),
        ("lead: a <b>\nlist: {items: [{text: B, icon: work}]}\n", ["no-raw-html :1:9"]),
        (
            "lead: >-\n  a\n  b[^c]\nlist: {items: [{text: B, icon: work}]}\n",
            ["note-is-written :3:4"],
        ),
        ("lead: 'a\nlist: b\n", ["yaml-parses :1:7"]),
    ],
)
def test_data_has_the_shape_that_the_layout_asks_for(text: str, expected: list[str]) -> None:
    _, found = loaded(tiny({FRAME: text}))
    assert places(found) == [each.replace(" ", f" {FRAME}") for each in expected]


# --- Pictures -------------------------------------------------------------------------------


def test_a_list_in_data_is_not_empty() -> None:
    _, found = loaded(tiny({FRAME: "lead: A\nlist:\n  items: []\n"}))
    assert places(found) == [f"field-is-present {FRAME}:3:10"]


def test_parts_stand_in_their_order() -> None:
    swapped = "## More {#more icon=work}\n\nB.\n\n## Good {#good icon=health}\n\nA [@law].\n"
    _, found = loaded(tiny({RIGHTS: swapped}))
    assert places(found) == [f"slot-is-filled {RIGHTS}:5:1"]
    assert found[0].message == 'The part "good" stands too late.'
    assert found[0].hint == "The order is good, more."


def test_a_box_without_its_end_does_not_hide_the_parts() -> None:
    text = "## Good {#good icon=health}\n\n::: box\nA [@law].\n\n## More {#more icon=work}\n\nB.\n"
    _, found = loaded(tiny({RIGHTS: text}))
    assert [each.message for each in found] == ["The box is not closed."]


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_an_empty_chapter_is_told_once(text: str) -> None:
    _, found = resolved(tiny({RIGHTS: text}))
    assert [each.message for each in found] == [
        'The file is empty, but the section "rights" needs it.'
    ]


def test_an_empty_sources_file_is_told_once() -> None:
    _, found = resolved(tiny({f"{FOLDER}/sources.yml": "# later\n"}))
    assert [each.message for each in found] == [
        "There is nothing in the file sources.yml, which the key sources need."
    ]


def test_pictures_are_there_and_are_pictures() -> None:
    intro = f"{FOLDER}/en/intro.md"
    text = """
        ![A](../a.png)

        ![B](../b.png)

        ![C](c.svg)

        ![D](d.jpg)

        ![](a.png)

        ![F](https://x.org/f.png)

        ![G](../../../g.png)

        ![H](../../../../h.png)
        """
    _, found = loaded(
        tiny(
            {
                intro: text,
                f"{FOLDER}/a.png": PNG,
                f"{FOLDER}/en/c.svg": '<svg xmlns="x"><image href="http://x.org/a.png"/></svg>',
                f"{FOLDER}/en/d.jpg": "not a picture",
            }
        )
    )
    assert places(found) == [
        f"picture-has-alt {intro}:10:1",
        f"no-network {intro}:12:1",
        f"path-is-inside-project {intro}:16:1",
        f"picture-exists {intro}:4:1",
        f"no-network {intro}:6:1",
        f"picture-exists {intro}:8:1",
        f"picture-exists {intro}:10:1",
        f"picture-exists {intro}:14:1",
    ]


def test_pictures_of_the_cover() -> None:
    cover = """cover:
  photograph: {path: a.png, alt: {en: A river}}
  logos:
    - {path: no.png, alt: {en: IOM}}
    - {path: ../../../x.png, alt: {en: IOM}}
    - {path: "http://x.org/a.png", alt: {en: IOM}}
    - {path: a.png, alt: {fr: OIM}}
    - {path: a.png}
"""
    text = tiny().read(PROFILE)
    assert text
    project = tiny({PROFILE: text.decode() + cover, f"{FOLDER}/a.png": PNG})
    assert places(list(read_facts(project, FOLDER).diagnostics)) == [
        f"field-is-present {PROFILE}:22:7"
    ]
    sound = cover.replace("    - {path: a.png}\n", "")
    project = tiny({PROFILE: text.decode() + sound, f"{FOLDER}/a.png": PNG})
    facts = read_facts(project, FOLDER)
    assert places(list(facts.diagnostics)) == [
        f"picture-exists {PROFILE}:18:14",
        f"path-is-inside-project {PROFILE}:19:14",
        f"no-network {PROFILE}:20:15",
        f"field-is-present {PROFILE}:21:26",
    ]
    assert facts.value
    assert facts.value.cover.photograph
    assert facts.value.cover.photograph.path == f"{FOLDER}/a.png"


def test_what_is_wrong_with_a_picture_or_icon_is_left_out() -> None:
    intro = f"{FOLDER}/en/intro.md"
    text = "![A](no.png)\n\n- ![B](no.png)\n\n> ![C](a.png)\n\n::: box\n![D](no.png)\n:::\n"
    rights = "## Good {#good icon=helth}\n\nA\n\n## More {#more icon=work}\n\nB\n"
    frame = "lead: A\nlist: {items: [{text: B, icon: helth}]}\n"
    picture = {f"{FOLDER}/en/a.png": PNG}
    profile, found = loaded(tiny({intro: text, RIGHTS: rights, FRAME: frame, **picture}))
    assert places(found) == [
        f"picture-exists {intro}:1:1",
        f"picture-exists {intro}:3:3",
        f"picture-exists {intro}:8:1",
        f"picture-exists {RIGHTS}:1:1",
        f"picture-exists {FRAME}:2:32",
    ]
    assert profile
    _, quote, _ = profile.documents["intro"].blocks
    assert isinstance(quote, Quote)
    assert [type(block) for block in quote.blocks] == [Figure]
    good, _, more, _ = profile.documents["rights"].blocks
    assert isinstance(good, Heading)
    assert isinstance(more, Heading)
    assert (good.attributes, more.attributes) == ({}, {"icon": "work"})
    assert "helth" not in str(profile.data)


# --- Sources --------------------------------------------------------------------------------


def test_words_with_attributes_are_refused_where_they_would_be_printed() -> None:
    text = (
        "references:\n  - id: a\n    author: [{literal: '[World Bank]{lang=en}'}]\n    title: One\n"
    )
    path = f"{FOLDER}/sources.yml"
    _, found = loaded(tiny({path: text}))
    assert f"markdown-parses {path}:3:25" in places(found)


def test_sources_are_checked_and_still_counted() -> None:
    text = """\
references:
  - id: a
    author: [{literal: A}]
    title: One
    titel: Two
  - id: a
    author: [{family: B, given: C}]
    title: "{{ nothing }}"
    issued: 2021-13
  - id: c d
    author: []
    URL: www.x.org
  - id: d
    author: [{literal: A}, {given: D}]
    issued: {date-parts: [[2009, 6, 26]]}
    title: With <b>
"""
    path = f"{FOLDER}/sources.yml"
    profile, found = loaded(tiny({path: text}))
    assert places(found) == [
        f"key-is-known {path}:5:5",
        f"value-is-valid {path}:9:13",
        f"field-is-present {path}:10:5",
        f"value-is-valid {path}:10:9",
        f"value-is-valid {path}:11:13",
        f"value-is-valid {path}:12:10",
        f"key-is-unique {path}:6:9",
        f"no-raw-html {path}:16:17",
        f"field-is-present {path}:14:28",
    ]
    assert profile
    assert [source.key for source in profile.sources] == ["a", "c d", "d"]
    assert profile.sources[-1].year == 2009


def test_links_out_of_the_project_are_told(tmp_path: Path) -> None:
    for path, content in FILES.items():
        file = tmp_path / "project" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        text = dedent(content) if isinstance(content, str) else content.decode()
        file.write_text(text, encoding="utf-8")
    outside = tmp_path / "outside"
    (tmp_path / "project" / FOLDER / "en").rename(outside)
    (tmp_path / "project" / FOLDER / "en").symlink_to(outside)
    project = DiskProject(tmp_path / "project", {})
    layout = read_layout(project, "tiny").value
    assert layout
    found = load(project, FOLDER, layout, "en").diagnostics
    assert {each.rule for each in found} == {"path-is-inside-project"}


def test_the_sources_file_may_be_missing_only_where_no_section_prints_it() -> None:
    _, found = loaded(tiny({f"{FOLDER}/sources.yml": None}))
    assert places(found) == [f"file-exists {FOLDER}/sources.yml:1:1"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("type: legislaton", "value-is-valid 2:57 legislation"),
        ("type: statute", "value-is-valid 2:57 report"),
        ("original-title: La loi", "field-is-present 2:67 fr"),
        ('note: "In {{ year }}"', "variable-is-known 2:61 printed"),
        ("type: report, original-title: La loi, original-language: fr", None),
    ],
)
def test_fields_of_a_source(fields: str, expected: str | None) -> None:
    path = f"{FOLDER}/sources.yml"
    text = f"references:\n  - {{id: law, author: [{{literal: A}}], title: Law, {fields}}}\n"
    profile, found = loaded(tiny({path: text}))
    assert profile
    assert [source.key for source in profile.sources] == ["law"]
    if expected:
        rule, place, says = expected.split()
        assert places(found) == [f"{rule} {path}:{place}"]
        assert says in str(found[0].hint)
    else:
        assert found == []


def test_variables_are_refused_where_they_are_not_replaced() -> None:
    _, found = loaded(tiny(edited(PROFILE, "authors: [IOM]", 'authors: ["{{ series }}"]')))
    assert places(found) == [f"variable-is-known {PROFILE}:14:12"]


# --- Boxes and classes ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("::: exampel\nA\n:::\n", '1:5 Did you mean "example"?'),
        ("::: {.note}\nA\n:::\n", "1:7 Known here: box, example."),
        ("{.lead .leed}\nA\n", '1:8 Did you mean "lead"?'),
        ("A [b]{lang=fr .smal} c\n", '1:15 Did you mean "small"?'),
        ("{.small}\nA\n", "1:2 Known here: lead."),
        ("::: box\n{.lead}\nA [b]{.small}\n:::\n", None),
    ],
)
def test_boxes_and_classes_are_those_of_the_layout(text: str, expected: str | None) -> None:
    intro = f"{FOLDER}/en/intro.md"
    _, found = loaded(tiny({intro: text}))
    if expected:
        place, hint = expected.split(" ", 1)
        assert places(found) == [f"key-is-known {intro}:{place}"]
        assert found[0].hint == hint
    else:
        assert found == []


def test_classes_of_words_in_yaml_are_those_of_the_layout() -> None:
    _, found = loaded(tiny(edited(FRAME, "Some *words*", "Some [words]{.big}")))
    assert places(found) == [f"key-is-known {FRAME}:1:21"]


# --- Everything at once ---------------------------------------------------------------------


BLANKS = ["", "   ", "\u00a0", "\u2003\u3000", "\u2800"]


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        (PROFILE, "en: Mali", "en: BLANK", "There is nothing behind"),
        (PROFILE, "authors: [IOM]", "authors: [BLANK]", "There is nothing behind"),
        (f"{SHARED}/labels.yml", "series: MGI", "series: BLANK", '"series" should not be empty.'),
        (f"{SHARED}/labels.yml", "[One, Two]", "[One, BLANK]", '"tags" should not be empty.'),
        (
            f"{SHARED}/domains.yml",
            "title: Rights of all",
            "title: BLANK",
            "There is nothing behind",
        ),
        (f"{FOLDER}/sources.yml", "title: The *Law*", "title: BLANK", "There is nothing behind"),
        (f"{FOLDER}/sources.yml", "Government of Mali", "BLANK", "There is nothing behind"),
        (FRAME, "text: One", "text: BLANK", "There is nothing behind"),
        (FRAME, "icon: health", "icon: BLANK", "There is nothing behind"),
    ],
)
def test_white_space_alone_is_nothing(
    path: str, old: str, new: str, expected: str, blank: str
) -> None:
    _, found = loaded(tiny(edited(path, old, new.replace("BLANK", f'"{blank}"'))))
    (wrong,) = found
    assert wrong.span
    assert wrong.span.file == path
    assert wrong.span.line > 1
    assert expected in wrong.message


@pytest.mark.parametrize(
    ("path", "old", "new", "text"),
    [
        (f"{SHARED}/labels.yml", "series: MGI", "series: The <b>MGI</b>", "<b>"),
        (f"{SHARED}/labels.yml", "series: MGI", 'series: "M&amp;I"', "&amp;"),
        (f"{SHARED}/domains.yml", "name: Rights", "name: <i>Rights</i>", "<i>"),
        (PROFILE, "authors: [IOM]", 'authors: ["IOM<br/>"]', "<br/>"),
        (f"{FOLDER}/sources.yml", "Government of Mali", "Government <!--of--> Mali", "<!--"),
        (f"{FOLDER}/sources.yml", "The *Law*", "The <u>Law</u>", "<u>"),
    ],
)
def test_yaml_holds_no_html(path: str, old: str, new: str, text: str) -> None:
    _, found = loaded(tiny(edited(path, old, new)))
    assert found
    assert {each.rule for each in found} == {Rule.NO_RAW_HTML}
    assert text in found[0].message
    assert found[0].span
    assert found[0].span.file == path


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("email: nobody", "2:8"),
        ("email: mgi@iom.int", None),
        ("site-address: not an address", "2:15"),
        ("site-address: https://iom.int", None),
        ('site-address: "{{ previous.address }}"', None),
    ],
)
def test_labels_that_are_addresses(labels: str, expected: str | None) -> None:
    layout = edited(
        "layouts/tiny/layout.yml", '["tags[]"]', f'["tags[]", {labels.partition(":")[0]}]'
    )
    _, found = loaded(tiny({**layout, f"{FOLDER}/en/labels.yml": f"# Own\n{labels}\n"}))
    wanted = [f"value-is-valid {FOLDER}/en/labels.yml:{expected}"] if expected else []
    assert places(found) == wanted


def test_a_term_is_not_written_in_the_wrong_way_alone() -> None:
    terms = (
        "terms:\n  - {use: well-being, not: [wellbeing, well-being]}\n  - {use: a, not: [' ']}\n"
    )
    _, found = loaded(tiny({f"{SHARED}/terms.yml": terms}))
    assert places(found) == [
        f"value-is-valid {SHARED}/terms.yml:2:5",
        f"field-is-present {SHARED}/terms.yml:3:21",
    ]


def test_errors_of_many_files_are_told_together() -> None:
    _, found = loaded(
        tiny(
            {
                RIGHTS: "## Good {#good icon=health}\n\n#### Deep\n\nA[^b] <i>.\n",
                FRAME: "lead: A\n",
                f"{FOLDER}/sources.yml": "references: [}\n",
                "content/shared/en/intro.md": None,
                f"{SHARED}/labels.yml": "frame: A\nframe: B\n",
            }
        )
    )
    assert {str(each.rule) for each in found} >= {
        "heading-levels-in-order",
        "note-is-written",
        "no-raw-html",
        "slot-is-filled",
        "field-is-present",
        "yaml-parses",
        "file-exists",
        "key-is-unique",
    }
    assert has_errors(found)


@pytest.mark.parametrize(
    "path", [PROFILE, f"{SHARED}/labels.yml", FRAME, RIGHTS, f"{FOLDER}/sources.yml"]
)
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\xff",
        b"\xff\xfea\x00",
        b"\t\t\t",
        b"[" * 999,
        b"- " * 999,
        b"a: &a [*a]",
        PNG,
    ],
    ids=lambda content: repr(content[:6]),
)
def test_no_file_brings_the_program_down(path: str, content: bytes) -> None:
    _, found = loaded(tiny({path: content}))
    assert has_errors(found) or path.endswith("sources.yml")


# --- layout.yml -----------------------------------------------------------------------------


def test_an_unknown_layout_is_told() -> None:
    project = tiny(edited(PROFILE, "layout: tiny", "layout: tinny"))
    facts = read_facts(project, FOLDER).value
    assert facts
    read = read_layout(project, facts.layout, facts.layout_span)
    assert read.value is None
    assert places(list(read.diagnostics)) == [f"file-exists {PROFILE}:2:9"]
    assert read.diagnostics[0].hint == 'Did you mean "tiny"?'


def test_what_is_wrong_in_a_layout_has_its_place() -> None:
    path = "layouts/tiny/layout.yml"
    text = """\
name: small
styles: [css/no.css, ../../../x.css]
fonts: [{family: A, weight: 400, file: no.ttf}]
options: {a: {type: number, default: many, about: B}}
lead: {size: 14, measure: 334.5, weight: 350}
sections:
  - {id: intro, kind: text, fiel: intro.md}
  - {id: intro, kind: other}
"""
    read = read_layout(tiny({path: text}), "tiny")
    assert read.value
    assert places(list(read.diagnostics)) == [
        f"key-is-known {path}:7:29",
        f"value-is-valid {path}:4:38",
        f"value-is-valid {path}:5:42",
        f"value-is-valid {path}:1:7",
        f"field-is-present {path}:1:1",
        f"field-is-present {path}:1:1",
        f"key-is-unique {path}:8:5",
        f"file-exists {path}:2:10",
        f"path-is-inside-project {path}:2:22",
        f"file-exists {path}:3:40",
        f"file-exists {path}:8:23",
    ]


def test_a_layout_with_a_bad_value_is_none() -> None:
    path = "layouts/tiny/layout.yml"
    read = read_layout(
        tiny({path: "name: tiny\nsections: [{id: a, kind: B C, icons: 9}]\n"}), "tiny"
    )
    assert read.value is None
    assert places(list(read.diagnostics)) == [
        f"value-is-valid {path}:2:26",
        f"value-is-valid {path}:2:38",
    ]
