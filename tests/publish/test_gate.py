"""The gate: one thing is broken, and publish refuses for that reason and writes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.publish.breaking import ALLOWED, STOPPED, Broken
from tests.publish.small import FACTS, PROFILE, write_small

from mgi_report.checks import conformance
from mgi_report.cli import main
from mgi_report.diagnostics import Diagnostic, Rule, Severity
from mgi_report.publish.gate import judge
from mgi_report.publish.publishing import publish

pytestmark = pytest.mark.xdist_group("gate")  # the worker that has typeset the volume

BUNDLE = "build/here/publish"


@pytest.fixture(scope="module")
def typeset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a project in which nothing is wrong, with all pages kept."""
    folder = tmp_path_factory.mktemp("gate")
    write_small(folder)
    for variant in ("screen", "print"):
        done = CliRunner().invoke(main, ["build", str(folder / PROFILE), "--variant", variant])
        assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def project(typeset: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(typeset, tmp_path / "project"))


def report_of(project: Path) -> str:
    (report,) = (project / BUNDLE).glob("*/data/report.md")
    return report.read_text("utf-8")


def test_where_nothing_is_wrong_it_is_published(project: Path) -> None:
    result = publish(project / PROFILE)
    assert result.ok
    assert result.diagnostics == ()
    assert report_of(project).endswith("let through\n\nNothing.\n")


@pytest.mark.parametrize("broken", [*STOPPED, *ALLOWED], ids=lambda each: each.what)
def test_one_thing_is_broken(
    project: Path, broken: Broken, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken.change(project, monkeypatch)
    result = publish(project / PROFILE)
    assert {each.rule for each in result.diagnostics} == {broken.rule, *broken.also}
    assert all(each.severity is Severity.ERROR for each in result.diagnostics)
    told = [each for each in result.diagnostics if each.rule is broken.rule]
    assert {each.span.file if each.span else "" for each in told} == {broken.where}
    assert not (project / BUNDLE).exists()

    result = publish(project / PROFILE, allowed=[broken.rule, *broken.also])
    if broken in STOPPED:
        assert not result.ok
        assert not (project / BUNDLE).exists()
    else:
        assert result.ok
        assert all(each.severity is Severity.WARNING for each in result.diagnostics)
        said = report_of(project).partition("let through\n")[2]
        assert all(f"\\[{each}\\]" in said for each in (broken.rule, *broken.also))


def test_without_a_judge_of_standards_nothing_is_published(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conformance, "available", lambda: False)
    result = publish(project / PROFILE)
    assert [each.rule for each in result.diagnostics] == [Rule.CONFORMANCE_IS_JUDGED]
    assert not (project / BUNDLE).exists()


def test_what_is_wrong_for_screen_and_press_is_told_at_once(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for what in ("a picture too small for a press", "house style", "the file for the press"):
        next(each for each in ALLOWED if each.what == what).change(project, monkeypatch)
    told = [each.rule for each in publish(project / PROFILE).diagnostics]
    assert sorted(told) == sorted(
        [Rule.HOUSE_STYLE_IS_KEPT, Rule.PICTURE_IS_SHARP, Rule.PRESS_FILE_IS_SOUND]
    )


def test_an_older_bundle_of_another_name_is_told(project: Path) -> None:
    assert publish(project / PROFILE).diagnostics == ()
    facts = (project / FACTS).read_text("utf-8")
    (project / FACTS).write_text(f"{facts}identifiers: {{reference: PUB2024/7/L}}\n", "utf-8")
    (told,) = publish(project / PROFILE).diagnostics
    assert told.severity is Severity.WARNING
    assert told.message == (
        'An older bundle of this profile, "pub2024-zarinia-small-second-profile", lies beside the '
        "new one."
    )


def test_a_rule_is_allowed_by_its_name(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ALLOWED[1].change(project, monkeypatch)
    arguments = ["publish", str(project / PROFILE), "--allow", "house-style-is-kept"]
    done = CliRunner().invoke(main, arguments, standalone_mode=False)
    assert done.return_value == 0, done.output


def test_a_rule_that_there_is_not_cannot_be_allowed() -> None:
    done = CliRunner().invoke(main, ["publish", PROFILE, "--allow", "house-style-is-kep"])
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
