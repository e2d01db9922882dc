"""`mgi-report new`: what it makes builds at once and asks; what it cannot make it says."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.projects import MALI, ROOT, copy_in_english

from mgi_report.content.loading.questions_left import check_questions
from mgi_report.diagnostics import Rule, Severity
from mgi_report.launch.launching import Launched, launch
from mgi_report.launch.model import Wish
from mgi_report.project import open_project
from mgi_report.steps import build

NIGER = Wish("niger-2024", "NER", "national", "first", ("fr", "en"))
CITY = Wish(
    "port-2024",
    "ZZB",
    "local",
    "first",
    ("es",),
    names={"es": "Puerto “Ñ” & Cía: #1"},
    long_names={"es": "Municipio de Puerto <Ñ>"},
)


def start(folder: Path, wish: Wish, before: Path | None = None) -> Launched:
    return launch(folder / wish.id, wish, before)


def told(launched: Launched) -> list[str]:
    return [each.message for each in launched.diagnostics]


def files(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


@pytest.mark.parametrize("wish", [NIGER, CITY], ids=lambda wish: wish.id)
def test_a_new_profile_builds_at_once_and_only_asks(tmp_path: Path, wish: Wish) -> None:
    assert not start(tmp_path, wish).diagnostics
    result = build(tmp_path / wish.id, languages=wish.languages[:1])
    assert [output.lang for output in result.outputs] == [wish.languages[0]]
    assert {each.severity for each in result.diagnostics} == {Severity.WARNING}
    assert {each.rule for each in result.diagnostics} == {Rule.TEXT_IS_FINISHED}


def test_a_country_is_called_what_the_united_nations_call_it(tmp_path: Path) -> None:
    start(tmp_path, NIGER)
    facts = (tmp_path / "niger-2024/profile.yml").read_text("utf-8")
    for line in (
        '  name: {fr: "Niger", en: "Niger"}',
        '  long-name: {fr: "République du Niger", en: "Republic of the Niger"}',
        '  in-text: {fr: "la République du Niger", en: "the Republic of the Niger"}',
        '  of: {fr: "du Niger"}',
        '  region: {fr: "Afrique occidentale", en: "Western Africa"}',
    ):
        assert f"\n{line}\n" in facts


def test_each_question_stands_where_its_answer_belongs(tmp_path: Path) -> None:
    start(tmp_path, NIGER)
    facts = (tmp_path / "niger-2024/profile.yml").read_text("utf-8")
    below = set(re.findall(r"^ *# \? .*\n *#? ?([a-z-]+):", facts, re.MULTILINE))
    assert {"name", "region", "assessment", "authors", "identifiers", "status"} <= below
    chapter = (tmp_path / "niger-2024/fr/1-migrants-rights.md").read_text("utf-8")
    parts = chapter.split("## ")[1:]
    assert [part.split("{#")[1].split("}")[0] for part in parts] == ["well-developed", "potential"]
    for part in parts:
        assert re.search(r"^<!-- \? .+ -->\n\n\[\?\]$", part, re.MULTILINE)


def test_a_follow_up_carries_over_what_stays_and_asks_what_has_changed(tmp_path: Path) -> None:
    assert not start(tmp_path, Wish("mali-2026"), ROOT / MALI).diagnostics
    new = tmp_path / "mali-2026"
    facts = (new / "profile.yml").read_text("utf-8")
    for line in ("edition: follow-up", "number: 3", "year: 2026", "  year: 2021", "  code: MLI"):
        assert f"\n{line}\n" in facts
    assert "\nidentifiers:" not in facts
    was, now = (
        (folder / "en/1-migrants-rights.md").read_text("utf-8") for folder in (ROOT / MALI, new)
    )
    assert re.sub(r"\n<!-- \? .* -->\n", "", now) == was
    assert len(re.findall(r"<!-- \? ", now)) == 2
    assert "[?]" in (new / "en/updates.md").read_text("utf-8")
    assert (new / "fr/1-migrants-rights.md").is_file()
    assert not (new / "en/covid-19.md").exists()
    sources = [(folder / "sources.yml").read_text("utf-8") for folder in (ROOT / MALI, new)]
    assert sources[1].endswith(sources[0])


def test_answers_to_indicators_become_the_earlier_ones(tmp_path: Path) -> None:
    before = tmp_path / "mali-2021"
    shutil.copytree(ROOT / MALI, before)
    answers = "indicators:\n  health-care: {answer: partly, earlier: absent, evidence: Some.}\n"
    (before / "indicators.yml").write_text(answers, "utf-8")
    assert not start(tmp_path, Wish("mali-2026"), before).diagnostics
    found = (tmp_path / "mali-2026/indicators.yml").read_text("utf-8")
    assert found.endswith("\nindicators:\n  health-care: {earlier: partly}\n")


def test_a_follow_up_builds_at_once(tmp_path: Path) -> None:
    copy_in_english(tmp_path)
    before = tmp_path / MALI
    assert not start(tmp_path / "content", Wish("mali-2026"), before).diagnostics
    result = build(tmp_path / "content/mali-2026")
    assert result.outputs
    rules = {each.rule for each in result.diagnostics}
    assert rules == {Rule.TEXT_IS_FINISHED, Rule.SOURCE_IS_CITED}


@pytest.mark.parametrize(
    ("wish", "messages"),
    [
        (
            Wish("Niger 2024", "Niger", "nation", "folow", ("fr", "xx")),
            [
                'A folder "Niger 2024" cannot be a profile: its name is the profile\'s id.',
                'There is no language "xx".',
                'There is no country "Niger" in ISO 3166-1.',
                'The layout "mgi" has no level "nation".',
                'The layout "mgi" has no edition "folow".',
            ],
        ),
        (
            Wish("somewhere"),
            [
                "It is not said in which language the profile is written.",
                "It is not said which country the profile is about.",
                "It is not said in which year the profile will be published.",
                "It is not said of which level the profile is.",
                "It is not said which edition the profile is.",
            ],
        ),
        (
            Wish("niger-2024", "NER", "national", "follow-up", ("pt",)),
            [
                'The edition "follow-up" follows an earlier profile.',
                'The name of NER in "pt" is not known.',
            ],
        ),
        (
            Wish("niamey-2024", "NER", "local", "first", ("fr",), names={"en": "Niamey"}),
            [
                'It is not said what the territory is called in "fr".',
                '--name names a language that the profile has not, "en".',
            ],
        ),
        (Wish("niger-1999", "NER", "national", "first", ("en",), year=1999), ["No profile was pu"]),
    ],
)
def test_all_that_is_wrong_is_told_at_once(tmp_path: Path, wish: Wish, messages: list[str]) -> None:
    found = told(start(tmp_path, wish))
    assert len(found) == len(messages)
    for message, expected in zip(found, messages, strict=True):
        assert message.startswith(expected)
    assert files(tmp_path) == []


def test_a_name_leads_to_its_code(tmp_path: Path) -> None:
    wish = Wish("niger-2024", "le Niger", "national", "first", ("fr",))
    assert [each.hint for each in start(tmp_path, wish).diagnostics] == [
        "Did you mean --country NER?"
    ]


@pytest.mark.parametrize("name", ["", "/profile.yml"])
def test_what_is_there_is_left_alone(tmp_path: Path, name: str) -> None:
    there = tmp_path / f"niger-2024{name}"
    there.parent.mkdir(exist_ok=True)
    there.write_text("mine", "utf-8")
    launched = start(tmp_path, NIGER)
    assert [each.rule for each in launched.diagnostics] == [Rule.PROFILE_IS_WRITTEN]
    assert files(tmp_path) == [f"niger-2024{name}"]
    assert there.read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("wish", "message"),
    [
        (Wish("mali-2026", "NER"), "The profile before is about MLI, not NER."),
        (Wish("mali-2020"), "The profile before is of 2021, and this one of 2020."),
        (Wish("mali-2026", level="local"), 'The profile before is of the level "national".'),
        (Wish("mali-2026", edition="first"), "Profile number 3 of a territory is not of the edit"),
    ],
)
def test_a_follow_up_agrees_with_the_profile_before(
    tmp_path: Path, wish: Wish, message: str
) -> None:
    (found,) = told(start(tmp_path, wish, ROOT / MALI))
    assert found.startswith(message)


@pytest.mark.parametrize(
    "wish",
    [
        Wish("esn-2026", "NER", "national", "follow-up", ("es",), previous=2020),
        Wish("ptn-2026", "ZZA", "state", "follow-up", ("pt",), previous=2020, names={"pt": "Ilha"}),
    ],
    ids=lambda wish: wish.id,
)
def test_a_follow_up_in_any_language_builds(tmp_path: Path, wish: Wish) -> None:
    assert not start(tmp_path, wish).diagnostics
    assert build(tmp_path / wish.id).outputs


def test_a_link_to_what_the_profile_before_alone_has_becomes_words(tmp_path: Path) -> None:
    copy_in_english(tmp_path)
    chapter = tmp_path / MALI / "en/1-migrants-rights.md"
    text = chapter.read_text("utf-8")
    chapter.write_text(
        text.replace("The Article", "See [health](#covid-19/health). The Article", 1)
    )
    assert not start(tmp_path / "content", Wish("mali-2026"), tmp_path / MALI).diagnostics
    now = (tmp_path / "content/mali-2026/en/1-migrants-rights.md").read_text("utf-8")
    assert "See health. The Article" in now


@pytest.mark.parametrize(
    ("wish", "message"),
    [
        (Wish("mali-2026", previous=2011), "--previous says what the profile of --from"),
        (Wish("niger-2024", "NER", "national", "first", ("fr",), previous=2019), "--previous says"),
    ],
)
def test_an_option_that_says_nothing_here_is_refused(
    tmp_path: Path, wish: Wish, message: str
) -> None:
    before = ROOT / MALI if wish.id.startswith("mali") else None
    (found,) = told(start(tmp_path, wish, before))
    assert found.startswith(message)


def test_single_names_take_the_place_of_those_that_are_known(tmp_path: Path) -> None:
    long = {"fr": "République fédérale du Niger"}
    start(tmp_path, replace(NIGER, long_names=long))
    facts = (tmp_path / "niger-2024/profile.yml").read_text("utf-8")
    assert '  name: {fr: "Niger", en: "Niger"}' in facts
    assert '  long-name: {fr: "République fédérale du Niger", en: "Republic of the Niger"}' in facts


def test_check_tells_of_open_questions_and_words_to_come(tmp_path: Path) -> None:
    start(tmp_path, NIGER)
    project, inside = open_project(tmp_path / "niger-2024")
    found = [*check_questions(project, inside, ["fr"])]
    assert {each.rule for each in found} == {Rule.TEXT_IS_FINISHED}
    files = [each.span.file for each in found if each.span]
    assert "niger-2024/fr/1-migrants-rights.md" in files
    assert files.count("niger-2024/profile.yml") == 2  # questions, and the authors to come


def test_texts_of_an_earlier_profile_that_do_not_load_are_told(tmp_path: Path) -> None:
    copy_in_english(tmp_path)
    chapter = tmp_path / MALI / "en/1-migrants-rights.md"
    chapter.write_text(chapter.read_text("utf-8") + "\n::: nobox\nWords\n:::\n", "utf-8")
    launched = start(tmp_path / "content", Wish("mali-2026"), tmp_path / MALI)
    assert any("nobox" in message for message in told(launched))
    assert not (tmp_path / "content/mali-2026").exists()


def test_of_an_earlier_profile_that_does_not_load_all_is_told(tmp_path: Path) -> None:
    before = tmp_path / "mali-2021"
    before.mkdir()
    (before / "profile.yml").write_text("id: mali-2021\nlevle: national\n", "utf-8")
    launched = start(tmp_path, Wish("mali-2026"), before)
    assert 'There is no key "levle".' in told(launched)
    assert not (tmp_path / "mali-2026").exists()
