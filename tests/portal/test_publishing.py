"""The site is written whole or not at all, and never over something else."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.projects import ROOT

from mgi_report.cli import main
from mgi_report.diagnostics import Rule, Severity, has_errors
from mgi_report.portal.around import around
from mgi_report.portal.gathering import gathered
from mgi_report.portal.publishing import portal
from mgi_report.project import DiskProject
from mgi_report.workshop import Workshop
from mgi_report.writing import files_in

SAMPLE = "content/sample-country-2026"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Copy a profile into a project of its own."""
    shutil.copytree(ROOT / SAMPLE, tmp_path / SAMPLE)
    return tmp_path / "content"


def test_the_preview_has_the_earlier_profile_beside_the_later(content: Path) -> None:
    earlier = "content/sample-country-2024"
    shutil.copytree(ROOT / earlier, content.parent / earlier)
    shutil.copytree(ROOT / "content/mali-2021", content / "mali-2021")
    made = Workshop.of(DiskProject(content.parent), SAMPLE, "en", jobs=1).make()
    site = around(made, DiskProject(content.parent))
    assert not site.diagnostics
    assert [name for name in site.value if name.endswith("/index.html")] == [
        "en/sample-country-2026/index.html",
        "en/sample-country-2024/index.html",
    ]
    page = site.value["en/sample-country-2026/index.html"].decode()
    assert page.count('<div class="then">') == 6
    assert ">Profile 2024</a>" in page
    # It was not typeset.
    assert [name for name in site.value if name.endswith(".pdf")] == [
        "en/sample-country-2026/sample-country-2026-en.pdf"
    ]
    assert 'class="button"' not in site.value["en/sample-country-2024/index.html"].decode()


def test_the_preview_tells_what_is_wrong_with_the_earlier_profile(content: Path) -> None:
    earlier = "content/sample-country-2024"
    shutil.copytree(ROOT / earlier, content.parent / earlier)
    findings = content.parent / earlier / "en/portal-findings.yml"
    findings.write_text(findings.read_text("utf-8").replace("partnerships:", "partners:"), "utf-8")
    made = Workshop.of(DiskProject(content.parent), SAMPLE, "en", jobs=1).make()
    site = around(made, DiskProject(content.parent))
    assert site.value == {}
    assert {each.span.file for each in site.diagnostics if each.span} == {
        f"{earlier}/en/portal-findings.yml"
    }


KILLED = """
import os, signal, sys
from pathlib import Path
import mgi_report.portal.publishing as publishing, mgi_report.writing as writing

write, rename = writing.write_whole, Path.rename
def killed_writing(path, content, **how):
    if "/new/" in str(path) and path.name == "mgi.svg":
        os.kill(os.getpid(), signal.SIGKILL)
    write(path, content, **how)
def killed_renaming(path, target):
    rename(path, target)
    if Path(target).parent.name == "old":
        os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[1] == "writing":
    writing.write_whole = killed_writing
else:
    Path.rename = killed_renaming
publishing.portal(Path(sys.argv[2]), Path(sys.argv[3]), jobs=1)
"""


@pytest.mark.parametrize("stage", ["writing", "renaming"])
def test_a_program_that_is_killed_leaves_a_whole_site_and_nothing_else(
    content: Path, stage: str
) -> None:
    site = content.parent / "site"
    page = site / "en/sample-country-2026/index.html"
    assert portal(content, site, jobs=1).ok
    edit(content, "en/portal-findings.yml", "Twice a year,", "Three times a year,")
    script = [sys.executable, "-c", KILLED, stage, str(content), str(site)]
    assert subprocess.run(script, check=False).returncode == -signal.SIGKILL
    # Although this one writes nothing, the site is whole.
    edit(content, "en/portal-findings.yml", "partnerships:", "partners:")
    assert not portal(content, site, jobs=1).ok
    said = "Three times a year," if stage == "renaming" else "Twice a year,"
    assert said in page.read_text("utf-8")
    edit(content, "en/portal-findings.yml", "partners:", "partnerships:")
    assert portal(content, site, jobs=1).ok
    assert sorted(path.name for path in content.parent.iterdir()) == ["build", "content", "site"]


def edit(content: Path, name: str, old: str, new: str) -> None:
    path = content.parent / SAMPLE / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_site_is_written_and_stays_where_something_is_wrong(content: Path) -> None:
    site = content.parent / "site"
    made = portal(content, site, jobs=1)
    assert made.diagnostics == ()
    assert (made.pages, made.left_out) == (1, ())
    page = site / "en/sample-country-2026/index.html"
    assert (site / "en/sample-country-2026/sample-country-2026-en.pdf").read_bytes()[:5] == b"%PDF-"
    assert "No. 97" not in page.read_text("utf-8")

    finding = "en/portal-findings.yml"
    edit(content, finding, "Twice a year,", "Three times a year,")
    assert portal(content, site, jobs=1).ok
    assert "Three times a year," in page.read_text("utf-8")

    edit(content, finding, "partnerships:", "partners:")
    made = portal(content, site, jobs=1)
    assert (made.ok, made.path) == (False, "")
    assert "Three times a year," in page.read_text("utf-8")
    assert sorted(path.name for path in content.parent.iterdir()) == ["build", "content", "site"]


def test_a_profile_in_preparation_is_left_out(content: Path) -> None:
    edit(content, "profile.yml", "demonstration: true", "in-preparation: true")
    made = portal(content, content.parent / "site")
    assert made.left_out == ("sample-country-2026",)
    (told,) = made.diagnostics
    assert told.message == 'All profiles in "content" are in preparation.'
    assert not (content.parent / "site").exists()


def test_a_folder_that_holds_something_else_is_left_alone(content: Path) -> None:
    site = content.parent / "site"
    site.mkdir()
    mine = '{"made-by": "mgi-report portal", "files": ["index.html"]}'
    (site / "portal.json").write_text(mine)
    (site / "index.html").write_text("a site of ours")
    (site / "notes.txt").write_text("mine")
    (told,) = portal(content, site).diagnostics
    assert told.rule is Rule.PORTAL_IS_WRITTEN
    assert told.message.endswith("holds something else than a portal: notes.txt")
    assert files_in(site) == ["index.html", "notes.txt", "portal.json"]


def test_a_list_of_another_program_names_no_files(content: Path) -> None:
    site = content.parent / "site"
    site.mkdir()
    (site / "portal.json").write_text('{"files": ["index.html"]}')
    (site / "index.html").write_text("a site of another program")
    (told,) = portal(content, site).diagnostics
    assert told.message.endswith("holds something else than a portal: index.html, portal.json")
    assert files_in(site) == ["index.html", "portal.json"]


@pytest.mark.parametrize("name", ["sub", "sample-country-2026/site", "../content/sub", "link/x"])
def test_a_site_among_the_profiles_is_refused(content: Path, name: str) -> None:
    (content.parent / "link").symlink_to(content)
    output = content.parent / name if name.startswith("link") else content / name
    (told,) = portal(content, output).diagnostics
    assert told.rule is Rule.PORTAL_IS_WRITTEN
    assert told.message.endswith("among the profiles.")
    assert [path.name for path in content.iterdir()] == ["sample-country-2026"]


def test_programs_are_told_in_json(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(content.parent)
    edit(content, "profile.yml", "year: 2026", "year: twenty")
    said = CliRunner().invoke(main, ["portal", "content", "-o", "site", "--format", "json"])
    told = json.loads(said.stdout)
    assert (told["site"], told["pages"], told["left-out"]) == (None, 0, [])
    assert told["diagnostics"][0]["file"] == "content/sample-country-2026/profile.yml"
    assert (told["diagnostics"][0]["line"], told["diagnostics"][0]["column"]) == (14, 7)


@pytest.mark.parametrize("marker", ["", "[]", '{"files": 3}', "{"])
def test_a_list_that_is_none_names_no_files(content: Path, marker: str) -> None:
    site = content.parent / "site"
    site.mkdir()
    (site / "portal.json").write_text(marker)
    (told,) = portal(content, site).diagnostics
    assert told.rule is Rule.PORTAL_IS_WRITTEN


def test_a_file_in_the_place_of_the_site_is_told(content: Path) -> None:
    site = content.parent / "site"
    site.write_text("mine")
    (told,) = portal(content, site).diagnostics
    assert "which is no folder" in told.message
    assert site.read_text() == "mine"


def test_a_language_without_any_text_is_an_error(content: Path) -> None:
    edit(content, "profile.yml", "languages: [en]", "languages: [en, pt]")
    (content.parent / SAMPLE / "pt").mkdir()
    (told,) = portal(content, content.parent / "site").diagnostics
    assert told.severity is Severity.ERROR
    assert str(told.span) == f"{SAMPLE}/profile.yml:20:17"
    assert told.message.startswith('The profile has no texts in the language "pt"')
    assert told.hint == f'Write them into {SAMPLE}/pt, or take "pt" out of "languages".'
    assert not (content.parent / "site").exists()


def test_profiles_that_would_be_passed_over_are_told(content: Path) -> None:
    shutil.move(content / "sample-country-2026", content / "deep/sample-country-2026")
    (content / "other").mkdir()
    (content / "other/profile.yaml").write_text("id: other")
    told = portal(content, content.parent / "site").diagnostics
    assert [(str(each.span), each.severity, each.hint) for each in told] == [
        (
            "content/deep/sample-country-2026/profile.yml:1:1",
            Severity.ERROR,
            "Move it into content, or make a portal of content/deep for itself.",
        ),
        ("content/other/profile.yaml:1:1", Severity.ERROR, "Rename it: profile.yml"),
    ]
    # Beside a profile that is shown they are warnings.
    shutil.copytree(ROOT / SAMPLE, content / "sample-country-2026")
    beside = gathered(DiskProject(content.parent), "content", in_preparation=False)[0]
    assert [each.severity for each in beside.diagnostics] == [Severity.WARNING] * 2


def test_years_that_keep_profiles_of_a_place_apart_are_told(content: Path) -> None:
    def told() -> list[str]:
        found = gathered(DiskProject(content.parent), "content", in_preparation=False)[0]
        assert not has_errors(found.diagnostics)
        return [f"{each.span}: {each.message}" for each in found.diagnostics]

    earlier = "content/sample-country-2024"
    shutil.copytree(ROOT / earlier, content.parent / earlier)
    assert told() == []
    edit(content, "profile.yml", "  year: 2024", "  year: 2023")
    assert told() == [
        (
            f"{SAMPLE}/profile.yml:17:9: "
            'No profile here is of the year 2023, so none stands beside "sample-country-2026"; '
            "there is one of 2024."
        )
    ]
    edit(content, "profile.yml", "\nyear: 2026", "\nyear: 2024")
    edit(content, "profile.yml", "assessment: 2026-02", "assessment: 2024-02")
    assert told() == [
        (
            f"{SAMPLE}/profile.yml:14:7: "
            "Two profiles are of one place and of the year 2024, this one and "
            f"{earlier}/profile.yml:14:7."
        )
    ]


def test_a_site_below_a_file_is_refused(content: Path) -> None:
    (content.parent / "afile").write_text("mine")
    (told,) = portal(content, content.parent / "afile/x/site").diagnostics
    assert told.message.startswith("The portal cannot be written below ")
    assert told.message.endswith('afile", which is no folder.')


@pytest.mark.parametrize("name", ["empty", "linked"])
def test_empty_folders_and_links_are_something_else(content: Path, name: str) -> None:
    site = content.parent / "site"
    site.mkdir()
    (site / "portal.json").write_text('{"made-by": "mgi-report portal", "files": []}')
    if name == "empty":
        (site / name).mkdir()
    else:
        (site / name).symlink_to(content)
    (told,) = portal(content, site).diagnostics
    assert told.message.endswith(f"holds something else than a portal: {name}")


def test_a_folder_without_profiles_is_told(content: Path, tmp_path: Path) -> None:
    (told,) = portal(tmp_path / "nowhere", tmp_path / "site").diagnostics
    assert told.message == 'There is no profile in "nowhere".'
    (told,) = portal(content / "sample-country-2026", tmp_path / "site").diagnostics
    assert "is a profile; the portal is made of the folder that it lies in" in told.message
