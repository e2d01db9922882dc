"""Step 1: the indicators: what is asked, what was found, and what is wrong with either."""

import pytest
from tests.content.tiny import FILES, FOLDER, loaded, resolved, tiny

from mgi_report.content.indicators import Answer, Indicators
from mgi_report.diagnostics import Diagnostic

ASKED, FOUND = "content/shared/en/indicators.yml", f"{FOLDER}/indicators.yml"
LAYOUT = "layouts/tiny/layout.yml"
WORDS = """\
answers: {there: In place, partly: Partly, absent: Absent, open: Open}
figures:
  {lead: Squares, squares: Rows, ranking: None, then-and-now: "{there}", now: "{all}",
   unanswered: "{open}", year: Year}
sheet:
  title: Indicators of {profile}
  how: How to
  steps: [Fill in, Send back]
  indicators: Indicators
  sources: Sources
  columns:
    {id: Id, domain: Domain, sub-category: Part, question: Question, answer: Answer,
     evidence: Evidence, source: Source, earlier: Before}
  source-columns: {key: Key, entry: Entry}
  choose: Choose one.
"""
QUESTIONS = """\
sub-categories:
  - {id: services, domain: rights, name: Services}
indicators:
  - {id: health-care, sub-category: services, question: Is there health care?}
  - {id: interpreters, sub-category: services, question: Is there an interpreter?}
  - {id: language-courses, sub-category: services, levels: [local], question: Are there courses?}
"""
FINDINGS = """\
indicators:
  health-care:
    answer: there
    evidence: "Since 2019: for all."
    source: law
    earlier: partly
  interpreters: {answer: absent}
"""


FIRST_QUESTION = WORDS.count("\n") + 5


def read(
    asked: str = WORDS + QUESTIONS, found: str | None = FINDINGS, **files: str
) -> tuple[Indicators | None, list[Diagnostic]]:
    """Load a profile of one domain, "rights", with indicators."""
    layout = str(FILES[LAYOUT])
    changes: dict[str, str | bytes | None] = {
        LAYOUT: layout.replace("name: tiny", "name: tiny\n        indicators: indicators.yml"),
        ASKED: asked,
        **files,
    }
    changes |= {FOUND: found} if found is not None else {}
    profile, wrong = loaded(tiny(changes))
    assert profile
    return profile.indicators, wrong


def told(wrong: list[Diagnostic]) -> list[str]:
    """Give rule and place of each, and what to do."""
    return [f"{each.rule} {each.span}: {each.message} {each.hint or ''}".strip() for each in wrong]


def test_what_was_found_stands_by_the_questions_of_the_level_in_their_order() -> None:
    indicators, wrong = read()
    assert wrong == []
    assert indicators
    assert [each.id for each in indicators.asked] == ["health-care", "interpreters"]
    first, second = indicators.asked
    assert (first.domain, first.sub_category.name, first.question) == (
        "rights",
        "Services",
        "Is there health care?",
    )
    assert (first.finding.answer, first.finding.earlier) == (Answer.THERE, Answer.PARTLY)
    assert (first.finding.evidence, first.finding.sources) == ("Since 2019: for all.", ("law",))
    assert str(first.finding.span) == f"{FOUND}:2:3"
    assert second.finding.answer is Answer.ABSENT
    assert [each.id for each in indicators.changed] == ["health-care"]
    assert indicators.words["answers.there"] == "In place"
    assert indicators.words["sheet.steps.2"] == "Send back"


def test_a_profile_that_says_nothing_of_indicators_needs_no_questions() -> None:
    assert read(asked="not: read", found=None) == (None, [])


def test_questions_of_a_profile_take_the_place_of_the_shared_ones() -> None:
    own = WORDS + QUESTIONS.replace("Is there health care?", "Is there care?")
    indicators, wrong = read(**{f"{FOLDER}/en/indicators.yml": own})
    assert wrong == []
    assert indicators
    assert indicators.asked[0].question == "Is there care?"


def test_a_source_of_an_indicator_need_not_be_cited_in_the_text() -> None:
    uncited = str(FILES[f"{FOLDER}/en/1-rights.md"]).replace(" with [@law]", "")
    indicators, wrong = read(**{f"{FOLDER}/en/1-rights.md": uncited})
    assert indicators
    assert wrong == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "  health-care:",
            "  health-car:",
            (
                f'key-is-known {FOUND}:2:3: No indicator "health-car" is asked in a national '
                'profile. Did you mean "health-care"?'
            ),
        ),
        (
            "  interpreters:",
            "  language-courses:",
            (
                f'key-is-known {FOUND}:7:3: No indicator "language-courses" is asked in a national '
                "profile. mgi-report indicators export lists those that are."
            ),
        ),
        (
            "answer: there",
            "answer: fully",
            (
                f'value-is-valid {FOUND}:3:13: "answer" should be there, partly or absent, '
                'not "fully".'
            ),
        ),
        (
            "source: law",
            "source: [law, lwa]",
            (
                f'source-is-known {FOUND}:5:19: There is no source "lwa" in sources.yml. '
                'Did you mean "law"?'
            ),
        ),
        (
            "evidence:",
            "evidense:",
            (
                f'key-is-known {FOUND}:4:5: There is no key "evidense" in "health-care". '
                'Did you mean "evidence"?'
            ),
        ),
        (
            "{answer: absent}",
            "absent",
            (
                f'value-is-valid {FOUND}:7:17: "interpreters" should be keys with values, '
                'not "absent". Write its keys on the next lines, indented.'
            ),
        ),
    ],
)
def test_each_mistake_in_what_was_found_is_told(old: str, new: str, expected: str) -> None:
    assert old in FINDINGS
    indicators, wrong = read(found=FINDINGS.replace(old, new))
    assert told(wrong) == [expected]
    assert indicators  # the rest is read


def test_all_mistakes_are_told_at_once() -> None:
    text = FINDINGS.replace("health-care", "helth-care").replace("absent", "abssent")
    _, wrong = read(found=text.replace("law", "lwa"))
    assert sorted(each.rule for each in wrong) == [
        "key-is-known",
        "source-is-known",
        "value-is-valid",
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("domain: rights", "domain: right", 'value-is-valid 2:28: There is no domain "right".'),
        (
            "sub-category: services, question: Is there an",
            "sub-category: service, question: Is there an",
            'value-is-valid 5:38: There is no sub-category "service".',
        ),
        ("levels: [local]", "levels: [loacl]", 'There is no level "loacl".'),
        ("id: interpreters", "id: health-care", 'The indicator "health-care" stands twice.'),
        ("question: Is there health care?", "question: ' '", 'There is nothing behind "question".'),
        ("Is there health care?", "Is there <b>care</b>?", 'HTML such as "<b>" is not allowed.'),
    ],
)
def test_each_mistake_in_the_questions_is_told(old: str, new: str, expected: str) -> None:
    assert old in QUESTIONS
    _, wrong = read(asked=WORDS + QUESTIONS.replace(old, new))
    found = [
        f"{each.rule} {each.span.line - FIRST_QUESTION + 5}:{each.span.column}: {each.message}"
        for each in wrong
        if each.span and each.span.file == ASKED
    ]
    assert any(expected in each for each in found), found


def test_an_earlier_answer_belongs_to_an_earlier_profile() -> None:
    facts = str(FILES[f"{FOLDER}/profile.yml"])
    facts = facts.replace("edition: follow-up", "edition: first").replace("number: 2", "number: 1")
    facts = facts.replace("previous: {year: 2018, address: https://x.org/mali}\n", "\n")
    _, wrong = read(**{f"{FOLDER}/profile.yml": facts, f"{FOLDER}/en/updates.md": "## A {#a}\n"})
    (earlier,) = [each for each in wrong if each.span and each.span.file == FOUND]
    assert str(earlier.span) == f"{FOUND}:6:5"
    assert "names no profile before" in earlier.message


# --- What has changed ---------------------------------------------------------------------------

CHAPTER, UPDATES = f"{FOLDER}/en/1-rights.md", f"{FOLDER}/en/updates.md"


def untold(found: str = FINDINGS, **files: str) -> list[str]:
    """Give what step 2 tells of indicators, where the chapter does not cite their source."""
    chapter = str(FILES[CHAPTER]).replace(" with [@law]", "")
    layout = str(FILES[LAYOUT]).replace(
        "name: tiny", "name: tiny\n        indicators: indicators.yml"
    )
    texts: dict[str, str | bytes | None] = {
        LAYOUT: layout,
        ASKED: WORDS + QUESTIONS,
        FOUND: found,
        CHAPTER: chapter,
        **files,
    }
    _, wrong = resolved(tiny(texts))
    return told([each for each in wrong if each.rule != "file-is-used"])


def test_an_indicator_that_changed_and_is_not_spoken_of_is_told() -> None:
    assert untold() == [
        (
            f'change-is-told {FOUND}:2:3: The answer to "health-care" has changed since 2018, from '
            "partly to there, and the text of its domain says nothing of it. "
            f"Say it in {UPDATES} or {CHAPTER}; cite [@law] there, or write above the paragraph "
            "that says it {indicators=health-care}."
        )
    ]


@pytest.mark.parametrize(
    "files",
    [
        {CHAPTER: str(FILES[CHAPTER])},
        {CHAPTER: str(FILES[CHAPTER]).replace(" with [@law]", "").replace("A note", "See [@law]")},
        {CHAPTER: str(FILES[CHAPTER]).replace("[@law]", "[the Act](@law)")},
        {UPDATES: "## Rights {#rights}\n\nNew [@law].\n"},
        {UPDATES: "## Rights {#rights}\n\n{indicators=health-care}\nNew.\n"},
        {UPDATES: '## Rights {#rights indicators="interpreters health-care"}\n\nNew.\n'},
    ],
    ids=["cited", "in a note", "named", "in the updates", "above a paragraph", "on a heading"],
)
def test_a_text_speaks_of_an_indicator_by_its_source_or_its_name(files: dict[str, str]) -> None:
    assert untold(**files) == []


@pytest.mark.parametrize("change", ["earlier: there", "earlier: absent\n    answer: absent", ""])
def test_what_has_not_changed_need_not_be_told(change: str) -> None:
    found = FINDINGS.replace("earlier: partly", change)
    found = found.replace("    answer: there\n", "", 1) if "answer" in change else found
    assert untold(found) == []


def test_a_text_names_indicators_that_there_are() -> None:
    updates = "## Rights {#rights}\n\n{indicators=helth-care}\nNew [@law].\n"
    assert untold(**{UPDATES: updates}) == [
        (
            f'value-is-valid {UPDATES}:3:2: There is no indicator "helth-care" in this profile. '
            'Did you mean "health-care"?'
        )
    ]
