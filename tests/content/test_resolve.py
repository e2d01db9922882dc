"""Step 2: variables, parts, footnotes, sources, cross-references and spelling."""

import re
from collections.abc import Iterable, Mapping
from textwrap import dedent

import pytest
from tests.content.test_wholeness import french
from tests.content.tiny import FILES, FOLDER, PNG, SVG, edited, places, resolved, tiny
from tests.projects import MALI, mali
from tests.projects import text_of as text_from

from mgi_report.content.loading.load import load
from mgi_report.content.model import (
    Citation,
    CrossReference,
    Heading,
    Link,
    NoteCall,
    Paragraph,
    Profile,
    SourceLink,
    Text,
)
from mgi_report.content.resolving.resolve import resolve
from mgi_report.content.walk import inlines_of, text_of
from mgi_report.diagnostics import Diagnostic, Rule, Severity
from mgi_report.layout.reading import read_layout

INTRO = f"{FOLDER}/en/intro.md"
RIGHTS = f"{FOLDER}/en/1-rights.md"
SOURCES = f"{FOLDER}/sources.yml"
PROFILE = f"{FOLDER}/profile.yml"
LABELS = "content/shared/en/labels.yml"


def resolve_intro(
    text: str, changes: Mapping[str, str | bytes | None] | None = None
) -> tuple[Profile, list[Diagnostic]]:
    return resolved(tiny({INTRO: text, **(changes or {})}))


def words(profile: Profile, section: str = "intro") -> str:
    return text_of(inlines_of(profile.documents[section].blocks))


@pytest.fixture(scope="module")
def mali_resolved() -> tuple[Profile, tuple[Diagnostic, ...]]:
    project = mali()
    layout = read_layout(project, "mgi").value
    assert layout
    profile = load(project, MALI, layout, "en").value
    assert profile
    outcome = resolve(profile, layout)
    return outcome.value, outcome.diagnostics


def test_a_sound_profile_resolves_in_silence() -> None:
    profile, found = resolved(tiny())
    assert found == []
    assert words(profile) == "In Mali."
    assert profile.labels["updates"] == "Updates since 2018"


def test_mali_resolves_with_nothing_worse_than_uncited_sources(
    mali_resolved: tuple[Profile, tuple[Diagnostic, ...]],
) -> None:
    _, found = mali_resolved
    assert {diagnostic.rule for diagnostic in found} <= {Rule.SOURCE_IS_CITED}
    assert all(diagnostic.severity is Severity.WARNING for diagnostic in found)


# --- Variables ------------------------------------------------------------------------------


def test_every_variable_has_its_value() -> None:
    names = """territory.name|territory.long-name|year|edition.name|previous.year|previous.address
    |assessment.month|indicators|covid-questions|series"""
    text = "|".join(f"{{{{ {name.strip()} }}}}" for name in names.split("|"))
    profile, found = resolve_intro(text + "\n")
    assert found == []
    assert words(profile) == (
        "Mali|Republic of Mali|2021|Second Profile|2018|https://x.org/mali|September 2021|90|12|MGI"
    )


def test_a_variable_may_be_an_address() -> None:
    profile, found = resolve_intro(
        "<{{ previous.address }}> [the profile]({{ previous.address }})\n"
    )
    assert found == []
    links = [
        node for node in inlines_of(profile.documents["intro"].blocks) if isinstance(node, Link)
    ]
    assert [(link.address, text_of(link.kids)) for link in links] == [
        ("https://x.org/mali", "x.org/mali"),
        ("https://x.org/mali", "the profile"),
    ]


@pytest.mark.parametrize(
    ("text", "column", "hint"),
    [
        ("In {{ teritory.name }}.", 4, 'Did you mean "territory.name"?'),
        ("*In* &amp; {{ nothing-like-it }}.", 12, None),
        ("See {{ reference }}.", 5, "Give it in profile.yml, under identifiers."),
        ("<{{ previous.adress }}>", 2, 'Did you mean "previous.address"?'),
        ("[a]({{ previous.adress }})", 1, 'Did you mean "previous.address"?'),
    ],
)
def test_an_unknown_variable_has_its_place(text: str, column: int, hint: str | None) -> None:
    _, found = resolve_intro(text)
    assert places(found) == [f"variable-is-known {INTRO}:1:{column}"]
    if hint:
        assert found[0].hint == hint


def test_an_unknown_variable_in_a_label_has_its_place() -> None:
    change = edited(LABELS, "since {{ previous.year }}", "since {{ previous.yaer }}")
    _, found = resolved(tiny(change))
    assert places(found) == [f"variable-is-known {LABELS}:2:25"]


def test_variables_in_labels_are_replaced_to_the_end() -> None:
    change = {**edited(LABELS, 'indicators: "90"', 'indicators: "{{ covid-questions }}"')}
    profile, found = resolve_intro("About {{ indicators }}, {{ assessment.month }}.", change)
    assert found == []
    assert words(profile) == "About 12, September 2021."
    assert profile.labels["indicators"] == "12"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("series: MGI", 'series: "The {{ series }}"', "7:14"),
        ("[Profile, Second Profile]", '[Profile, "{{ edition.name }}"]', "8:22"),
        ("series: MGI", 'series: "{{ }} {{ year }}"', "7:10"),
        ('and: "{first} and {last}"', 'and: "{first} {{ series }} {last}"', "15:15"),
    ],
)
def test_no_variable_stays_in_a_label(old: str, new: str, place: str) -> None:
    profile, found = resolve_intro("{{ series }}, {{ edition.name }}.", edited(LABELS, old, new))
    assert places(found) == [f"variable-is-known {LABELS}:{place}"]
    assert "{{ series }}" not in words(profile)


def test_the_title_of_a_section_that_is_left_out_needs_no_values() -> None:
    profile = {
        **edited(PROFILE, "edition: follow-up", "edition: first"),
        f"{FOLDER}/en/updates.md": None,
    }
    text = str(profile[PROFILE]).replace("number: 2", "number: 1").replace("previous:", "#")
    _, found = resolved(tiny({**profile, PROFILE: text}))
    assert found == []


# --- Parts ----------------------------------------------------------------------------------


def test_parts_are_printed_when_their_flag_holds() -> None:
    text = """
## A {#a when=demonstration}

One[^one].

### Under A

Two[^two].

## B {#b unless=demonstration}

Three[^three].

## C {#c when=follow-up}

Four.

## D {#d when=isbn}

Five.

### E {#e unless=national}

[^one]: 1
[^two]: 2
[^three]: 3
"""
    profile, found = resolve_intro(text)
    assert found == []
    document = profile.documents["intro"]
    assert [block.id for block in document.blocks if isinstance(block, Heading)] == ["b", "c"]
    assert list(document.notes) == ["three"]
    assert document.notes["three"].number == 1


@pytest.mark.parametrize(
    ("flags", "is_printed"),
    [
        ('when="national follow-up"', True),
        ('when="national first"', False),
        ('unless="local first"', True),
        ('unless="local follow-up"', False),
        ('when="national follow-up" unless="isbn demonstration"', True),
    ],
)
def test_when_asks_for_all_flags_and_unless_for_none(flags: str, *, is_printed: bool) -> None:
    profile, found = resolve_intro(f"{{{flags}}}\nHere.\n\nAlways.")
    assert found == []
    assert words(profile) == ("Here.Always." if is_printed else "Always.")


def test_each_of_several_flags_is_one_that_there_is() -> None:
    _, found = resolve_intro('Always.\n\n{.lead when="national frist"}\nHere.')
    assert places(found) == [f"key-is-known {INTRO}:3:8"]
    assert found[0].message == 'There is no flag "frist".'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{when=state}\nA.\n\n{when=local}\nB.\n",
            [
                (
                    f'{INTRO}:1:2: error: Of this file nothing is printed, and the section "intro" '
                    "stays empty: there is no part for the level national. [slot-is-filled]\n"
                    "  Write what a national profile says, with when=national above it or behind "
                    "its heading; for one profile alone, in a copy of the file in its own folder."
                )
            ],
        ),
        (
            "{unless=follow-up}\nA.\n",
            [
                (
                    f'{INTRO}:1:2: error: Of this file nothing is printed, and the section "intro" '
                    "stays empty. [slot-is-filled]\n  Look at each when= and unless=: what they "
                    "ask for does not hold in this profile."
                )
            ],
        ),
        (
            "All.\n\n## B {#b when=state}\n\nB.\n\n{when=local}\nC.\n",
            [
                (
                    f"{INTRO}:3:10: warning: There are parts here for the levels state, local, but "
                    "none for national. [slot-is-filled]\n  Write what a national profile says, "
                    "with when=national above it or behind its heading; for one profile alone, in "
                    "a copy of the file in its own folder."
                )
            ],
        ),
        ("All.\n\n{when=local}\nB.\n", []),
        ("{when=national}\nA.\n\n{when=state}\nB.\n\n{when=local}\nC.\n", []),
    ],
)
def test_a_text_says_something_at_the_level_of_the_profile(text: str, expected: list[str]) -> None:
    _, found = resolve_intro(text)
    assert [str(each) for each in found] == expected


COVER = """\
level: national
        cover:
          photograph: {path: a.svg, alt: {en: A}, credit: © IOM 2021/Amanda NERO}"""


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (COVER, "© IOM 2021/Amanda NERO"),
        (COVER.replace(", credit: © IOM 2021/Amanda NERO", ""), ""),
        ("level: national", ""),
    ],
)
def test_the_credit_of_the_cover_is_printed_where_there_is_one(change: str, expected: str) -> None:
    text = "Always.\n\n## A {#a when=cover-credit}\n\n{{ cover.credit }}\n"
    edit = edited(PROFILE, "level: national", change)
    profile, found = resolve_intro(text, {**edit, f"{FOLDER}/a.svg": SVG})
    assert found == []
    assert words(profile) == (f"Always.A{expected}" if expected else "Always.")


def test_the_shared_imprint_has_the_credit() -> None:
    assert "when=cover-credit}\n\n{{ cover.credit }}\n" in text_from("content/shared/en/imprint.md")


# --- Footnotes ------------------------------------------------------------------------------


def test_footnotes_are_numbered_by_series_over_the_sections() -> None:
    profile, found = resolve_intro(
        "A[^b] c[^d] e[^b].\n\n[^d]: Second.\n[^b]: First.\n", {f"{FOLDER}/en/updates.md": UPDATES}
    )
    assert found == []
    numbers = {
        section: {label: note.number for label, note in document.notes.items()}
        for section, document in profile.documents.items()
        if document.notes
    }
    assert numbers == {
        "intro": {"b": 1, "d": 2},
        "rights": {"a": 3},
        "updates": {"own": 1},
        "annexes": {"z": 4},
    }
    calls = [
        (node.label, node.number, node.repeated)
        for node in inlines_of(profile.documents["intro"].blocks)
        if isinstance(node, NoteCall)
    ]
    assert calls == [("b", 1, False), ("d", 2, False), ("b", 1, True)]


UPDATES = "## Rights {#rights}\n\nNew[^own].\n\n[^own]: Own series.\n"


def test_footnotes_of_mali_are_numbered_as_in_print(
    mali_resolved: tuple[Profile, tuple[Diagnostic, ...]],
) -> None:
    profile, _ = mali_resolved
    numbers = {
        section: [note.number for note in document.notes.values()]
        for section, document in profile.documents.items()
        if document.notes
    }
    assert numbers == {
        "introduction": [1, 2, 3, 4, 5],
        "migrants-rights": [6],
        "whole-of-government": [7, 8],
        "covid-19": list(range(1, 12)),
        "annexes": [9, 10, 11, 12],
    }


# --- Sources --------------------------------------------------------------------------------

MANY = """
references:
  - {id: z, author: [{literal: World Bank}], title: Undated}
  - {id: y, author: [{literal: World Bank}], issued: 2020, title: Dated}
  - {id: c, author: [{literal: Government of Mali}], issued: 2019, title: Written first}
  - {id: b, author: [{literal: government of Mali}], issued: 2019-02, title: Written second}
  - {id: e, author: [{literal: État}], issued: 2000, title: Accent}
  - {id: d, author: [{literal: Ecole}, {literal: B}, {family: C, given: D}], issued: 2001, title: F}
"""


def test_sources_are_sorted_and_lettered() -> None:
    text = "[@b; @c], [words](@z), [@d], [@e], [@y]\n"
    profile, found = resolve_intro(text, {SOURCES: MANY, RIGHTS: _without_law()})
    assert [each.rule for each in found] == [Rule.ONE_SPELLING]  # two heads for one author
    assert [(source.key, source.year, source.letter) for source in profile.sources] == [
        ("d", 2001, ""),
        ("e", 2000, ""),
        ("c", 2019, "a"),
        ("b", 2019, "b"),
        ("y", 2020, ""),
        ("z", None, ""),
    ]
    assert profile.sources[0].author == "Ecole, B and C, D"
    citations = [
        node.text
        for node in inlines_of(profile.documents["intro"].blocks)
        if isinstance(node, Citation)
    ]
    assert citations[:2] == ["government of Mali, 2019b", "Government of Mali, 2019a"]


@pytest.mark.parametrize(
    ("authors", "cited", "listed"),
    [
        ("{family: Keita, given: Awa}", "Keita, 2020", "Keita, Awa"),
        (
            "{family: Keita, given: Awa}, {literal: IOM}, {literal: ILO}",
            "Keita, IOM and ILO, 2020",
            "Keita, Awa, IOM and ILO",
        ),
        (
            "{literal: FAO}, {literal: ILO}, {family: Sow, given: Ali}, {literal: IOM}",
            "FAO et al., 2020",
            "FAO, ILO, Sow, Ali and IOM",
        ),
    ],
)
def test_text_cites_authors_briefly_and_the_list_has_them_all(
    authors: str, cited: str, listed: str
) -> None:
    sources = f"references:\n  - {{id: z, author: [{authors}], issued: 2020, title: A book}}\n"
    profile, _ = resolve_intro("[@z]\n", {SOURCES: sources})
    citations = [
        node.text
        for node in inlines_of(profile.documents["intro"].blocks)
        if isinstance(node, Citation)
    ]
    assert citations == [cited]
    assert profile.sources[0].author == listed


def test_a_source_without_date_is_cited_as_such() -> None:
    profile, _ = resolve_intro("[@z]\n", {SOURCES: MANY})
    (cited,) = [
        node for node in inlines_of(profile.documents["intro"].blocks) if isinstance(node, Citation)
    ]
    assert cited.text == "World Bank, n.d."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is so [@z].", "It is so World Bank, n.d."),
        ("See [@z]. Then.", "See World Bank, n.d. Then."),
        ("See [@z]... Then [@y].", "See World Bank, n.d.... Then World Bank, 2020."),
        ("(See [@z].)", "(See World Bank, n.d.)"),
    ],
)
def test_behind_a_citation_there_are_never_two_stops(text: str, expected: str) -> None:
    profile, _ = resolve_intro(text, {SOURCES: MANY})
    cited = "".join(
        node.text
        for node in inlines_of(profile.documents["intro"].blocks)
        if isinstance(node, (Citation, Text))
    )
    assert cited == expected


def test_sources_of_an_author_without_dates_have_letters() -> None:
    many = f"{MANY}  - {{id: zz, author: [{{literal: World Bank}}], title: Another}}\n"
    profile, _ = resolve_intro("[@z], [@zz]", {SOURCES: many})
    cited = [
        node.text
        for node in inlines_of(profile.documents["intro"].blocks)
        if isinstance(node, Citation)
    ]
    assert cited == ["World Bank, n.d.-a", "World Bank, n.d.-b"]


def test_an_uncited_source_of_a_translation_is_to_be_cited_as_in_the_original() -> None:
    files = {**french(), f"{FOLDER}/fr/1-rights.md": "## Good {#good}\n\n## More {#more}\n"}
    _, found = resolved(tiny(files), "fr")
    (told,) = (each for each in found if each.rule is Rule.SOURCE_IS_CITED)
    assert str(told) == (
        f'{FOLDER}/fr/sources.yml:2:5: warning: Nothing in "fr" cites the source "law". '
        "[source-is-cited]\n"
        '  Cite it where "en" does, with [@law]. If nothing does, see what is told of "en".'
    )


def test_unknown_and_uncited_sources_are_told() -> None:
    text = "One\n*two* [@lwa] &amp; [@law; @none], [three](@laww)[^n].\n\n[^n]: See [@nope].\n"
    profile, found = resolve_intro(text, {RIGHTS: _without_law()})
    assert places(found) == [
        f"source-is-known {INTRO}:2:8",
        f"source-is-known {INTRO}:2:27",
        f"source-is-known {INTRO}:2:35",
        f"source-is-known {INTRO}:4:12",
    ]
    assert found[0].hint == 'Did you mean "law"?'
    assert not any(
        isinstance(node, SourceLink) for node in inlines_of(profile.documents["intro"].blocks)
    )


def test_an_uncited_source_is_a_warning() -> None:
    _, found = resolved(tiny({RIGHTS: _without_law()}))
    assert places(found) == [f"source-is-cited {SOURCES}:2:5"]
    assert found[0].severity is Severity.WARNING


@pytest.mark.parametrize(
    "text", ["references: [}\n", "references: law\n", "law: a\n", None, b"\xff"]
)
def test_without_the_sources_nothing_is_said_of_what_cites_them(text: str | bytes | None) -> None:
    profile, found = resolve_intro("[@law], [words](@lwa)\n", {SOURCES: text})
    assert {diagnostic.rule for diagnostic in found} & {Rule.SOURCE_IS_KNOWN} == set()
    assert {each.span.file for each in found if each.span} == {SOURCES}
    assert words(profile) == "law, words"


def test_what_a_missing_chapter_may_cite_is_not_called_uncited() -> None:
    _, found = resolved(tiny({RIGHTS: None}))
    assert places(found) == [f"file-exists {RIGHTS}:1:1"]


def _without_law() -> str:
    text = FILES[RIGHTS]
    assert isinstance(text, str)
    return text.replace(" with [@law]", "")


# --- Cross-references -----------------------------------------------------------------------


def test_cross_references_are_made_whole() -> None:
    text = (
        "## Here {#here}\n\n[a](#annexes) [b](#here) [c](#rights/good) [d](#rights) [e](#intro)\n"
    )
    profile, found = resolve_intro(text)
    assert found == []
    assert targets(profile.documents["intro"].blocks) == [
        "annexes",
        "intro/here",
        "rights/good",
        "rights",
        "intro",
    ]


def test_a_cross_reference_to_nowhere_has_its_place() -> None:
    text = (
        "## Gone {#gone when=confidential}\n\nA\n\n## B {#b}\n\n"
        "[a](#anexes) [b](#gone) [c](#covid)\n"
    )
    profile, found = resolve_intro(text)
    assert places(found) == [
        f"target-exists {INTRO}:7:1",
        f"target-exists {INTRO}:7:14",
        f"target-exists {INTRO}:7:25",
    ]
    assert found[0].hint == 'Did you mean "annexes"?'
    assert "left out" in found[1].message
    assert targets(profile.documents["intro"].blocks) == []


def targets(blocks: Iterable[object]) -> list[str]:
    return [
        node.target
        for node in inlines_of(blocks)  # type: ignore[arg-type]  # blocks
        if isinstance(node, CrossReference)
    ]


# --- Spelling -------------------------------------------------------------------------------

TERMS = {
    "content/shared/en/terms.yml": """
        terms:
          - {use: well-being, not: [wellbeing, well being]}
          - {use: per cent, not: [percent, "{number}%", "{number} %"]}
          - {use: No., not: ["No {number}", "#{number}"]}
          - {use: programme, not: [program], unless: computer}
          - {use: labour, not: [labor]}
          - {use: Member States, not: [member states, Member states]}
        """
}


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("The wellbeing of all, 5 percent and 7%.", [5, 25, 37]),
        ("15%, 2.5 %, 10–15% and 4 000\u00a0%; a % alone, COVID-19%.", [1, 6, 13, 24]),
        ("Under No 05-322, see No 5 and No 1/2. Number No. 3, No fewer.", [7, 22, 31]),
        ("Wellbeing. Wellbeing, or Wellbeing Fund.", [1, 12]),
        ("Law No 97 and #5, but No law, #section.", [5, 15]),
        ("A computer program, a program.", [23]),
        ("Of member states and Member states: Member States.", [4, 22]),
        ("Programmes, laborious, wellbeings, non-labor.", []),
        ("“wellbeing in a quotation”, *a wellbeing title*, [wellbeing]{lang=de}.", []),
        ("[A labor law](@law) at <https://labor.org/wellbeing>, [labor](https://labor.org).", [56]),
        ("An open “wellbeing", []),
        ("Well\nbeing and *well*being.", [1]),
        ("The Federal Labor Program.", []),
        ("R&amp;D for wellbeing", [13]),
    ],
)
def test_terms_are_written_in_one_way(text: str, columns: list[int]) -> None:
    _, found = resolve_intro(f"{text}\n", TERMS)
    spelt = [each for each in found if each.rule == "one-spelling"]
    assert [each.span.column for each in spelt if each.span] == columns
    assert all(each.severity is Severity.WARNING for each in spelt)


def test_terms_are_found_over_the_end_of_a_line() -> None:
    _, found = resolve_intro("Of all member\nstates, and well\nbeing.\n", TERMS)
    assert places(found) == [f"one-spelling {INTRO}:1:8", f"one-spelling {INTRO}:2:13"]


def test_a_term_says_how_its_number_is_written() -> None:
    _, found = resolve_intro("About 4 000 % of Act No 05-322.\n", TERMS)
    assert [each.message for each in found] == [
        '"4 000 %" is written "4 000 per cent" in this series.',
        '"No 05-322" is written "No. 05-322" in this series.',
    ]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("es", "La ley nº 5 y la ley núm. 6.", ["nº 5 → núm. 5"]),
        ("pt", "A lei n° 5 e a lei nº 6.", ["n° 5 → nº 5"]),
        ("fr", "La 1ère et la 2ème, n°5 et n° 6.", ["1ère → 1re", "2ème → 2e", "n°5 → n° 5"]),
        ("fr", "La 1re et la 2e, 15 % ou 15%.", []),
        ("ar", "انتشر كوفيد 19 بعد كوفيد-19", ["كوفيد 19 → كوفيد-19"]),
    ],
)
def test_the_numbers_of_each_language_are_written_in_its_way(
    lang: str, text: str, expected: list[str]
) -> None:
    _, found = resolve_intro(
        f"{text}\n", {"content/shared/en/terms.yml": text_from(f"content/shared/{lang}/terms.yml")}
    )
    told = [re.findall('"(.*?)"', each.message) for each in found if each.rule == "one-spelling"]
    assert [" → ".join(each) for each in told] == expected


@pytest.mark.parametrize("text", ["Wellbeing, wellbeing; well-being.", "A wellbeing, well-being."])
def test_a_word_is_told_of_once_at_its_place(text: str) -> None:
    _, found = resolve_intro(f"The wellbeing and {text}\n", TERMS)
    assert {each.message.partition(" in this")[0] for each in found} <= {
        '"wellbeing" is written "well-being"',
        '"Wellbeing" is written "well-being"',
    }
    assert len({each.span for each in found}) == len(found) >= 2


def test_the_shared_terms_know_numbers() -> None:
    text = text_from("content/shared/en/terms.yml")
    _, found = resolve_intro("Law No 05-322.\n", {"content/shared/en/terms.yml": text})
    assert places(found) == [f"one-spelling {INTRO}:1:5"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The codevelopment, co-development and co-development.", ["5"]),
        ("In Segou, Ségou and Ségou.", ["4"]),
        ("A long-term plan for the long term, a follow-up to follow up.", []),
        ("To re-form is not to reform. Mali, *Malí*.", []),
    ],
)
def test_words_in_two_ways_are_told(text: str, expected: list[str]) -> None:
    _, found = resolve_intro(f"{text}\n")
    assert places(found) == [f"one-spelling {INTRO}:1:{column}" for column in expected]


# --- Words of links -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Here](https://x.org), [click *here*.](@law), [the law here](@law)", [1, 24]),
        ("[ici](#annexes), more on [the annexes](#annexes)", []),
        ("[ici](#annexes), *loi*{lang=fr-BE}", [1]),
        (
            "In a [note](#annexes)[^a] and <https://x.org>\n\n[^a]: See [this page](https://x.org).",
            [11],
        ),
    ],
)
def test_words_of_a_link_say_where_it_leads(text: str, expected: list[int]) -> None:
    """Languages are those that the profile has words in; fr-BE has the words of fr."""
    words = {
        "content/shared/en/language.yml": "vague-links: [here, Click here, this page]\n",
        "content/shared/fr/language.yml": "vague-links: [ici]\n",
    }
    _, found = resolve_intro(f"{text}\n", words)
    told = [each for each in found if each.rule == "link-says-where"]
    assert [each.span.column for each in told if each.span] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[www.iom.int](https://www.iom.int), [iom.int](https://www.iom.int/mali)", []),
        ("<https://iom.int/mali>, [the site](https://evil.example)", []),
        ("[M.Keita](https://x.org), [info@iom.int](mailto:info@iom.int)", []),
        ("See [www.iom.int](https://evil.example).", [5]),
        ("[https://iom.int/mali](https://iom.int.evil.example/mali)", [1]),
        ("[*iom.int*](https://ion.int), [info@iom.int](mailto:info@evil.example)", [1, 31]),
    ],
)
def test_an_address_that_is_printed_is_where_the_link_leads(text: str, expected: list[int]) -> None:
    _, found = resolve_intro(f"{text}\n")
    assert places(found) == [f"link-says-where {INTRO}:1:{column}" for column in expected]


# --- Texts for pictures ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("picture", "is_told"),
    [
        ("![A market at noon](ok.png)", False),
        ("![Photo of a market](ok.png)", False),
        ("![ok.png](ok.png)", True),
        ("![Market day.JPEG](ok.png)", True),
        ("![IMG_2034](img_2034.png)", True),
        ("![A photo.](ok.png)", True),
        ("::: box\n![Picture](ok.png)\n:::", True),
    ],
)
def test_a_picture_says_what_it_shows(picture: str, *, is_told: bool) -> None:
    files = {f"{FOLDER}/en/{name}.png": PNG for name in ("ok", "img_2034")}
    words = {"content/shared/en/language.yml": "vague-pictures: [picture, a photo]\n"}
    _, found = resolve_intro(f"{picture}\n", {**files, **words})
    line = 2 if picture.startswith(":::") else 1
    assert places(found) == [f"picture-has-alt {INTRO}:{line}:1"] * is_told


def test_a_photograph_on_the_cover_says_what_it_shows() -> None:
    cover = "cover:\n  photograph: {path: a.png, alt: {en: Photo, fr: Un marché}}\n"
    files: dict[str, str | bytes | None] = {
        PROFILE: f"{dedent(str(FILES[PROFILE]))}{cover}",
        f"{FOLDER}/a.png": PNG,
        "content/shared/en/language.yml": "vague-pictures: [photo]\n",
    }
    _, found = resolved(tiny(files))
    assert places(found) == [f"picture-has-alt {PROFILE}:16:39"]


@pytest.mark.parametrize(
    ("written", "stands", "hint"),
    [
        ("pictures/ok.png", "content/mali-2021/pictures/ok.png", "../pictures/ok.png"),
        ("ok.png", "content/mali-2021/pictures/ok.png", "../pictures/ok.png"),
        ("pictures/ok.png", "content/mali-2021/en/ok.png", "ok.png"),
        ("../ok.png", "content/mali-2021/en/maps/ok.png", "maps/ok.png"),
    ],
)
def test_a_picture_that_stands_elsewhere_is_told_with_its_path(
    written: str, stands: str, hint: str
) -> None:
    updates = f"{FOLDER}/en/updates.md"
    text = f"## Rights {{#rights}}\n\n![A market]({written})\n\nNew.\n"
    _, found = resolved(tiny({updates: text, stands: PNG}))
    assert [(each.message, each.hint) for each in found] == [
        ('There is no picture "ok.png".', f'It stands in another folder: write "{hint}".')
    ]


# --- Headings -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("## A\n\n### B\n\nText.\n", []),
        ("## A\n\nText.\n\n### Agreements to come\n", [5]),
        ("## A\n\n### B\n\n## C\n\nText.\n", [3]),
        ("## A\n\n{when=local}\nText.\n\n## B\n\nText.\n", [1]),
        ("::: box\n### A\n:::\n", [2]),
    ],
)
def test_something_stands_under_each_heading(text: str, lines: list[int]) -> None:
    _, found = resolve_intro(text)
    assert [
        each.span.line
        for each in found
        if each.span and each.message == "Nothing stands under this heading."
    ] == lines


# --- In the end -----------------------------------------------------------------------------


def test_neighbouring_texts_are_joined() -> None:
    profile, _ = resolve_intro("One &amp; {{ territory.name }}\ntwo *a\nb*.\n")
    (paragraph,) = profile.documents["intro"].blocks
    assert isinstance(paragraph, Paragraph)
    first = paragraph.kids[0]
    assert isinstance(first, Text)
    assert first.text == "One & Mali two "
    assert len(paragraph.kids) == 3
