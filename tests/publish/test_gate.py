"""The gate: one thing is broken, and publish refuses for that reason and writes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.projects import MALI, ROOT, copy_in_english

from mgi_report import build
from mgi_report.checks import conformance
from mgi_report.cli import main
from mgi_report.diagnostics import Diagnostic, Rule, Severity
from mgi_report.publish.gate import judge
from mgi_report.publish.publishing import publish

pytestmark = pytest.mark.xdist_group("gate")  # the worker that has typeset the volume

FACTS, TEXT = f"{MALI}/profile.yml", f"{MALI}/en/2-whole-of-government.md"
WORDS = "The Action Plan for the National Migration Policy of Mali (2020–2024) includes"
SET = "demonstration: true"


@pytest.fixture(scope="module")
def typeset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a project in which all pages are kept."""
    folder = tmp_path_factory.mktemp("gate")
    copy_in_english(folder)
    assert build(folder / MALI).ok
    return folder


@pytest.fixture
def project(typeset: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(typeset, tmp_path / "project"))


def change(project: Path, path: str, old: str, new: str) -> None:
    text = (project / path).read_text("utf-8")
    assert old in text
    (project / path).write_text(text.replace(old, new, 1), "utf-8")


NUMBERS = "identifiers: {isbn-pdf: %s, reference: %s}\nstatus:\n  demonstration: false"
ONE_BROKEN = [
    (TEXT, WORDS, f"TODO {WORDS}", Rule.TEXT_IS_FINISHED),
    (TEXT, WORDS, f"TBC {WORDS}", Rule.TEXT_IS_FINISHED),
    (TEXT, WORDS, f"In the 1990’s nothing came. {WORDS}", Rule.HOUSE_STYLE_IS_KEPT),
    (TEXT, WORDS, f"It is the people's. {WORDS}", Rule.WRITTEN_AS_IN_LANGUAGE),
    (TEXT, WORDS, f"Their wellbeing matters. {WORDS}", Rule.ONE_SPELLING),
    (TEXT, WORDS, f"DRAFT {WORDS}", Rule.DRAFT_MARK_IS_GONE),
    (TEXT, WORDS, f"See [there](#nowhere). {WORDS}", Rule.TARGET_EXISTS),
    (FACTS, SET, "demonstration: false", Rule.IDENTIFIERS_ARE_GIVEN),
    (FACTS, f"status:\n  {SET}", NUMBERS % ("978-92-9268-001-4", "PUB2021/1/L"), "value-is-valid"),
    (FACTS, f"status:\n  {SET}", NUMBERS % ("978-92-9268-001-5", "21/1/L"), "value-is-valid"),
]


@pytest.mark.parametrize(("path", "old", "new", "rule"), ONE_BROKEN)
def test_one_thing_is_broken(project: Path, path: str, old: str, new: str, rule: str) -> None:
    change(project, path, old, new)
    result = publish(project / MALI)
    assert {each.rule for each in result.diagnostics} == {rule}
    assert all(each.severity is Severity.ERROR for each in result.diagnostics)
    assert all(each.span and each.span.file == path for each in result.diagnostics)
    assert nothing_is_written(project)


def nothing_is_written(project: Path) -> bool:
    return not (project / "build/mali-2021/publish").exists()


def test_a_translation_that_is_behind_is_not_published(project: Path) -> None:
    shutil.copytree(ROOT / MALI / "fr", project / MALI / "fr")
    change(project, FACTS, "languages: [en]", "languages: [en, fr]")
    change(project, TEXT, WORDS, f"Nothing has come of it. {WORDS}")
    result = publish(project / MALI)
    assert {each.rule for each in result.diagnostics} == {Rule.TRANSLATION_IS_IN_STEP}
    assert {each.span.file for each in result.diagnostics if each.span} == {
        TEXT.replace("/en/", "/fr/")
    }
    assert nothing_is_written(project)


def test_without_a_judge_of_standards_nothing_is_published(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conformance, "available", lambda: False)
    result = publish(project / MALI)
    assert [each.rule for each in result.diagnostics] == [Rule.CONFORMANCE_IS_JUDGED]
    assert nothing_is_written(project)


def test_what_somebody_allows_is_let_through_and_reported(project: Path) -> None:
    change(project, TEXT, WORDS, f"In the 1990’s nothing came. {WORDS}")
    arguments = ["publish", str(project / MALI), "--allow", "house-style-is-kept"]
    done = CliRunner().invoke(main, arguments, standalone_mode=False)
    assert done.return_value == 0, done.output
    (report,) = (project / "build/mali-2021/publish").glob("*/data/report.md")
    said = report.read_text("utf-8").partition("let through\n")[2]
    assert "“1990’s”" in said or '"1990’s" is written "1990s" in this house' in said


def test_a_rule_that_there_is_not_cannot_be_allowed() -> None:
    done = CliRunner().invoke(main, ["publish", MALI, "--allow", "house-style-is-kep"])
    assert done.exit_code == 2
    assert 'Did you mean "house-style-is-kept"?' in " ".join(done.output.split())


@pytest.mark.parametrize("rule", Rule)
def test_each_rule_stands_in_the_way_until_it_is_allowed(rule: Rule) -> None:
    for severity in Severity:
        found = [Diagnostic(rule, "It is wrong.", severity=severity)]
        (refused,) = judge(found, [], is_whole=True)
        (allowed,) = judge(found, [rule], is_whole=True)
        assert (refused.severity, allowed.severity) == (Severity.ERROR, Severity.WARNING)


def test_what_keeps_a_volume_from_being_made_cannot_be_allowed() -> None:
    found = [Diagnostic(Rule.FILE_EXISTS, "There is no file.")]
    (judged,) = judge(found, [Rule.FILE_EXISTS], is_whole=False)
    assert judged.severity is Severity.ERROR
