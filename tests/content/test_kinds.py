"""Step 1, load: what a layout says of levels, editions and languages."""

import pytest

from mgi_report.content.loading.load import load, read_facts
from mgi_report.content.model import Profile
from mgi_report.diagnostics import Diagnostic, Span
from mgi_report.layout.reading import read_layout
from mgi_report.project import MemoryProject

from .tiny import FOLDER, edited, layout_of, places, tiny

UPDATES = f"{FOLDER}/en/updates.md"
LABELS = "content/shared/en/labels.yml"
DOMAINS = "content/shared/en/domains.yml"
LAYOUT = "layouts/tiny/layout.yml"
PROFILE = f"{FOLDER}/profile.yml"
PREVIOUS = "        previous: {year: 2018, address: https://x.org/mali}\n"


def first(number: int, level: str = "national") -> dict[str, str | bytes | None]:
    """Give the change that makes the profile a first one."""
    old = "level: national\n        edition: follow-up\n        number: 2"
    new = f"level: {level}\n        edition: first\n        number: {number}"
    changed = str(edited(PROFILE, old, new)[PROFILE])
    return {PROFILE: changed.replace(PREVIOUS, ""), UPDATES: None}


def loaded(project: MemoryProject, lang: str = "en") -> tuple[Profile | None, list[Diagnostic]]:
    """Read the profile and hold it against its layout."""
    read = load(project, FOLDER, layout_of(project), lang)
    return read.value, list(read.diagnostics)


@pytest.mark.parametrize(
    ("old", "new", "expected", "message", "hint"),
    [
        (
            "level: national",
            "level: city",
            "value-is-valid 7:8",
            'The layout "tiny" has no level "city".',
            "It has: national, state, local.",
        ),
        (
            "level: national",
            "level: nationl",
            "value-is-valid 7:8",
            'The layout "tiny" has no level "nationl".',
            'Did you mean "national"? It has: national, state, local.',
        ),
        (
            "edition: follow-up",
            "edition: folow-up",
            "value-is-valid 8:10",
            'The layout "tiny" has no edition "folow-up".',
            'Did you mean "follow-up"? It has: first, follow-up.',
        ),
        (
            "edition: follow-up",
            "edition: first",
            "value-is-valid 9:9",
            'The edition is "first", but the number is 2.',
            "Such a profile has the number 1.",
        ),
        (
            "number: 2",
            "number: 1",
            "value-is-valid 9:9",
            'The edition is "follow-up", but the number is 1.',
            "Such a profile has the number 2 or more.",
        ),
        (
            "        previous: {year: 2018, address: https://x.org/mali}\n",
            "",
            "field-is-present 1:1",
            'There is no "previous", which the edition "follow-up" needs.',
            "Give the year of the profile before this one, and its address.",
        ),
        (
            "        previous: {year: 2018, address: https://x.org/mali}\n",
            "        previous:\n",
            "field-is-present 12:1",
            'There is nothing behind "previous", which the edition "follow-up" needs.',
            "Give the year of the profile before this one, and its address.",
        ),
        (
            "languages: [en, fr]",
            "languages: [en, de]",
            "value-is-valid 13:17",
            'The layout "tiny" has no words in the language "de".',
            "It has: en, fr.",
        ),
    ],
)
def test_a_layout_says_which_profiles_there_are(
    old: str, new: str, expected: str, message: str, hint: str
) -> None:
    known = edited(LAYOUT, "name: tiny", "name: tiny\n        languages: [en, fr]")
    profile, found = loaded(tiny({**known, **edited(PROFILE, old, new)}))
    rule, place = expected.split()
    # The rest is judged as if the next best were meant; a variable without a value is told later.
    assert profile
    assert [each for each in found if each.message == message] == found[:1]
    assert places(found[:1]) == [f"{rule} {PROFILE}:{place}"]
    assert found[0].hint == hint


@pytest.mark.parametrize("key", ["headings", "described"])
def test_a_heading_or_description_that_is_no_field_of_the_section_is_told(key: str) -> None:
    fields = 'fields: [lead, "list.items[].text", "list.items[].icon"]'
    project = tiny(edited(LAYOUT, fields, f"{fields}\n            {key}: [lead, leed]"))
    read = read_layout(project, "tiny", Span(PROFILE))
    [told] = read.diagnostics
    assert told.message == 'The section "frame" has no field "leed".'
    assert str(told.hint).startswith('Did you mean "lead"?')
    assert str(told).startswith(f"{LAYOUT}:25:")


def test_a_language_that_the_layout_does_not_know_is_told_once() -> None:
    known = edited(LAYOUT, "name: tiny", "name: tiny\n        languages: [en]")
    profile, found = loaded(tiny(known), "fr")
    assert profile is None
    assert places(found) == [f"value-is-valid {PROFILE}:13:17"]


@pytest.mark.parametrize(
    ("says", "level", "edition", "series", "expected"),
    [
        ("{local: Local MGI, other: MGI}", "local", "first", "Local MGI", []),
        ("{local: Local MGI, other: MGI}", "national", "first", "MGI", []),
        ("{first: New, other: MGI}", "national", "first", "New", []),
        ("{local: Local, first: New, other: MGI}", "local", "first", "Local", []),
        ("{local: Local MGI}", "national", "first", "…", ["field-is-present 7:9"]),
        ("{locla: Local, other: MGI}", "local", "first", "MGI", ["key-is-known 7:10"]),
        ("{local: [A, B], other: MGI}", "local", "first", "…", ["value-is-valid 7:17"]),
        ("{local: '', other: MGI}", "local", "first", "…", ["value-is-valid 7:18"]),
    ],
)
def test_a_label_may_differ_by_level_and_edition(
    says: str, level: str, edition: str, series: str, expected: list[str]
) -> None:
    kind = first(1, level) if edition == "first" else edited(PROFILE, "national", level)
    change = {**edited(LABELS, "series: MGI", f"series: {says}"), **kind}
    profile, found = loaded(tiny(change))
    assert profile
    assert profile.labels["series"] == series
    assert places(found) == [
        f"{rule} {LABELS}:{place}" for rule, place in (each.split() for each in expected)
    ]


def test_a_list_of_labels_may_differ_too() -> None:
    change = edited(LABELS, "tags: [One, Two]", "tags: {first: [A], other: [B, C]}")
    profile, found = loaded(tiny(change))
    assert profile
    assert (profile.labels["tags.1"], profile.labels["tags.2"]) == ("B", "C")
    assert found == []


def test_a_title_that_is_not_printed_may_be_missing() -> None:
    updates = '        updates: "Updates since {{ previous.year }}"\n'
    _, found = loaded(tiny({**edited(LABELS, updates, ""), **first(1)}))
    assert found == []
    _, found = loaded(tiny(edited(LABELS, updates, "")))
    assert places(found) == [f"field-is-present {LABELS}:1:1"]


@pytest.mark.parametrize(
    ("level", "looks_at", "expected"),
    [
        ("local", "{national: Laws, local: Rules}", []),
        ("state", "{national: Laws, state: Acts}", []),
        ("state", "{national: Laws, local: Rules}", ["field-is-present 5:15"]),
        ("local", "{national: Laws, city: Rules, local: Rules}", ["key-is-known 5:32"]),
    ],
)
def test_a_domain_has_words_for_each_level(level: str, looks_at: str, expected: list[str]) -> None:
    change = {
        **edited(DOMAINS, "{national: Laws, local: Rules}", looks_at),
        **edited(PROFILE, "level: national", f"level: {level}"),
    }
    profile, found = loaded(tiny(change))
    assert profile
    words = {"local": "Rules", "state": "Acts"}[level]
    assert profile.domains[0].looks_at == (words if not expected or level == "local" else "…")
    assert places(found) == [
        f"{rule} {DOMAINS}:{place}" for rule, place in (each.split() for each in expected)
    ]


@pytest.mark.parametrize(
    ("old", "new", "lang", "expected"),
    [
        ("authors: [IOM]", "authors: {en: [IOM], fr: [OIM]}", "fr", ("OIM",)),
        ("authors: [IOM]", "authors: [IOM]", "fr", ("IOM",)),
        ("address: https://x.org/mali", "address: {en: 'https://x.org', fr: 'https://x.org/fr'}",
         "fr", "https://x.org/fr"),
        ("long-name:", "of: {fr: du Mali}\n          long-name:", "fr", "du Mali"),
        ("long-name:", "in-text: {fr: la République du Mali}\n          long-name:", "fr",
         "la République du Mali"),
    ],
)  # fmt: skip
def test_facts_may_differ_by_language(
    old: str, new: str, lang: str, expected: str | tuple[str, ...]
) -> None:
    profile, found = loaded(tiny(edited(PROFILE, old, new)), lang)
    assert profile
    assert expected in (
        profile.facts.authors,
        profile.facts.previous_address,
        profile.facts.of,
        profile.facts.in_text,
    )
    assert not [each for each in found if each.span and each.span.file == PROFILE]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("authors: [IOM]", "authors: {en: [IOM]}", ["translation-is-whole 14:10"]),
        ("authors: [IOM]", "authors: {fr: []}", ["value-is-valid 14:15"]),
        ("authors: [IOM]", "authors: IOM", ["value-is-valid 14:10"]),
        ("https://x.org/mali}", "{en: 'https://x.org'}}", ["translation-is-whole 12:33"]),
        ("https://x.org/mali}", "{fr: portail}}", ["value-is-valid 12:38"]),
        ("https://x.org/mali", "portail", ["value-is-valid 12:33"]),
    ],
)
def test_facts_that_differ_are_there_for_each_language(
    old: str, new: str, expected: list[str]
) -> None:
    _, found = loaded(tiny(edited(PROFILE, old, new)), "fr")
    mine = [each for each in found if each.span and each.span.file == PROFILE]
    assert places(mine) == [
        f"{rule} {PROFILE}:{place}" for rule, place in (each.split() for each in expected)
    ]


@pytest.mark.parametrize("code", ["AAA", "AAZ", "QMA", "QZZ", "XAA", "XZZ", "ZZA", "ZZZ"])
def test_codes_that_no_country_gets_are_for_samples(code: str) -> None:
    _, found = loaded(tiny(edited(PROFILE, "code: MLI", f"code: {code}")))
    assert found == []


@pytest.mark.parametrize("code", ["ABA", "QLZ", "YAA", "ZYZ", "MAL", "ML", "mli"])
def test_codes_that_do_not_exist(code: str) -> None:
    _, found = loaded(tiny(edited(PROFILE, "code: MLI", f"code: {code}")))
    assert places(found) == [f"value-is-valid {PROFILE}:4:9"]


def test_an_edition_that_the_number_contradicts_is_one_error() -> None:
    change = edited(PROFILE, "number: 2", "number: 1")
    _, found = loaded(tiny({**change, UPDATES: None}))
    assert places(found) == [f"value-is-valid {PROFILE}:9:9"]


def test_a_number_that_the_edition_contradicts_is_one_error() -> None:
    """The files are those of a first profile: it is the number that is wrong."""
    _, found = loaded(tiny(first(3)))
    assert places(found) == [f"value-is-valid {PROFILE}:9:9"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "edition: follow-up\n        number: 2",
            "edition: first\n        number: 1",
            (
                '12:1: warning: A profile of the edition "first" has no "previous". '
                "[key-is-known]\n  Take it away, or correct the edition and the number."
            ),
        ),
        (
            "previous: {year: 2018",
            "previous: {year: 2021",
            (
                "12:18: warning: The previous profile is of 2021, as this one is. "
                "[value-is-valid]\n"
                "  Look for a typing error; write the year of the profile before this one."
            ),
        ),
    ],
)
def test_a_previous_profile_that_cannot_be_is_told(old: str, new: str, expected: str) -> None:
    _, found = loaded(tiny(edited(PROFILE, old, new)))
    assert f"{PROFILE}:{expected}" in [str(each) for each in found]


@pytest.mark.parametrize(
    ("languages", "expected"),
    [
        ("[en, fr, klingon]", '"klingon" is not the tag of a language.'),
        ("[en, fr, zz]", 'There is no language "zz".'),
        ("[en, fra]", 'The language "fra" has a shorter code.'),
        ("[en, FR]", '"FR" is not the tag of a language.'),
        ("[]", '"languages" should not be empty.'),
        ("en", '"languages" should be a list, not "en".'),
        ("[[en]]", 'item 1 of "languages" should be a text, not a list.'),
        ("[en, null]", 'There is nothing behind item 2 of "languages".'),
        ("[shared, en]", '"shared" is not the tag of a language.'),
    ],
)
def test_a_language_that_is_none_leaves_the_others_as_they_are(
    languages: str, expected: str
) -> None:
    """The original stays the original, whose texts are whole; the other's are not there."""
    change = edited(PROFILE, "languages: [en, fr]", f"languages: {languages}")
    more = {f"{FOLDER}/ar/translation.yml": "original: en\npassages: {}\n"}
    project = tiny({**change, **more})
    _, found = loaded(project)
    assert [each.message for each in found] == [expected]
    facts = read_facts(project, FOLDER).value
    assert facts
    assert facts.languages[0] == "en"


def test_all_languages_that_the_layout_lacks_are_told_beside_one_that_is_none() -> None:
    change = edited(PROFILE, "languages: [en, fr]", "languages: [en, de, klingon, zh]")
    change |= edited("layouts/tiny/layout.yml", "name: tiny", "name: tiny\n        languages: [en]")
    project = tiny(change)
    layout = read_layout(project, "tiny").value
    assert layout
    found = load(project, FOLDER, layout, "en").diagnostics
    assert places([*found]) == [
        f"value-is-valid {PROFILE}:{place}" for place in ("13:21", "13:17", "13:30")
    ]
