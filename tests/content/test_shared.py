"""Step 1: labels and domains are those that program and layout ask for, no more and no fewer."""

import pytest
from tests.content.tiny import FOLDER, edited, loaded, places, tiny

LABELS = "content/shared/en/labels.yml"
DOMAINS = "content/shared/en/domains.yml"
LAYOUT = "layouts/tiny/layout.yml"
SECOND = """\
  - {id: rights, name: Rights, title: Rights of all, looks-at: {national: Laws, local: Rules}}
  - {id: crises, name: Crises, title: In crises, looks-at: {national: Laws, local: Rules}}
"""


# --- Labels ---------------------------------------------------------------------------------


def test_a_profile_changes_single_labels() -> None:
    own = f"{FOLDER}/en/labels.yml"
    profile, found = loaded(tiny({own: 'intro: Opening\nindicators: "95"\ntags: [Only]\n'}))
    assert found == []
    assert profile
    assert profile.labels["intro"] == "Opening"
    assert profile.labels["annexes"] == "Annexes"
    assert profile.labels["indicators"] == "95"
    assert [key for key in profile.labels if key.startswith("tags.")] == ["tags.1"]


@pytest.mark.parametrize("path", [LABELS, f"{FOLDER}/en/labels.yml"])
def test_an_unknown_label_is_told_wherever_it_stands(path: str) -> None:
    text = (tiny().read(path) or b"").decode()
    profile, found = loaded(tiny({path: text + "anexes: Other\n"}))
    assert profile
    assert profile.labels["annexes"] == "Annexes"
    assert places(found) == [f"key-is-known {path}:{text.count(chr(10)) + 1}:1"]
    assert found[0].hint == 'Did you mean "annexes"?'


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("        annexes: Annexes\n", "", "field-is-present 1:1"),
        ('        note: "Note {number}"\n', "", "field-is-present 1:1"),
        ("        tags: [One, Two]\n", "", "field-is-present 1:1"),
        ("tags: [One, Two]", "tags: One", "value-is-valid 25:7"),
        ('note: "Note {number}"', "note: [Note]", "value-is-valid 11:7"),
        ('note: "Note {number}"', "note:", "value-is-valid 11:6"),
        ('note: "Note {number}"', "note: Note", "value-is-valid 11:7"),
        ('note: "Note {number}"', 'note: "{number} {number}"', "value-is-valid 11:8"),
        ("{section}, note", "note", "value-is-valid 12:19"),
        ('"{note}: back"', '"{note}: {back"', "value-is-valid 13:16"),
        ("editions: [Profile, Second Profile]", "editions: [Profile]", "field-is-present 8:1"),
        ("months: [Jan, ", "months: [", "field-is-present 24:1"),
        ("{day} {month} {year}", "{day} {mouth} {year}", "value-is-valid 21:8"),
        ("{day} {month} {year}", "{month} {day}, {year}", None),
    ],
)
def test_each_label_is_there_in_its_form(old: str, new: str, expected: str | None) -> None:
    profile, found = loaded(tiny(edited(LABELS, old, new)))
    assert profile
    assert places(found) == ([expected.replace(" ", f" {LABELS}:")] if expected else [])


# --- Domains --------------------------------------------------------------------------------


def two_chapters() -> dict[str, str | bytes | None]:
    """Give the layout a second chapter of a domain, and its text."""
    chapter = "- {id: crises, kind: chapter, domain: crises, file: intro.md}\n          - id: frame"
    return {
        **edited(LAYOUT, "- id: frame", chapter),
        f"{FOLDER}/en/updates.md": "## A {#rights}\n\nNew.\n\n## B {#crises}\n\nNew.\n",
        DOMAINS: f"domains:\n{SECOND}",
    }


def test_domains_are_those_that_the_layout_has_chapters_of() -> None:
    profile, found = loaded(tiny(two_chapters()))
    assert found == []
    assert profile
    assert [(each.number, each.id) for each in profile.domains] == [(1, "rights"), (2, "crises")]


@pytest.mark.parametrize(
    ("old", "new", "expected", "says"),
    [
        ("id: crises,", "id: crisis,", "value-is-valid 3:10", 'Did you mean "crises"?'),
        ("id: crises,", "id: rights,", "key-is-unique 3:10", "line 2"),
        (SECOND.splitlines()[1], "", "field-is-present 2:3", "rights, crises"),
        ("title: In crises, ", "", "field-is-present 3:5", ""),
        (
            SECOND,
            "\n".join(reversed(SECOND.splitlines())),
            "value-is-valid 2:10",
            "rights, crises",
        ),
        (
            SECOND,
            SECOND + SECOND.splitlines()[1].replace("crises", "health"),
            "value-is-valid 4:10",
            "rights, crises",
        ),
    ],
)
def test_domains_that_the_layout_does_not_have(
    old: str, new: str, expected: str, says: str
) -> None:
    files = two_chapters()
    text = str(files[DOMAINS])
    assert old in text
    profile, found = loaded(tiny({**files, DOMAINS: text.replace(old, new)}))
    assert expected.replace(" ", f" {DOMAINS}:") == places(found)[0], found
    assert says in str(found[0].hint)
    assert profile
    assert [each.id for each in profile.domains] == ["rights", "crises"]
