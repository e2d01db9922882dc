"""`mgi-report status`: what is written, what is to come, and where the profile stands."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.projects import MALI, copy_in_english

from mgi_report.launch.launching import launch
from mgi_report.launch.model import Wish
from mgi_report.overview.model import Overview, SectionOverview, State
from mgi_report.overview.overview import overview

RIGHTS = f"{MALI}/en/1-migrants-rights.md"


@pytest.fixture
def mali(tmp_path: Path) -> Path:
    copy_in_english(tmp_path)
    return tmp_path / MALI


def taken(folder: Path) -> Overview:
    found = overview(folder)
    assert found.value, found.diagnostics
    return found.value


def section(folder: Path, name: str = "migrants-rights") -> SectionOverview:
    (found,) = (each for each in taken(folder).languages[0].sections if each.id == name)
    return found


def states(folder: Path) -> dict[str, State]:
    return {each.name: each.state for each in taken(folder).steps}


def add(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(f"{path.read_text('utf-8')}\n{text}\n", "utf-8")


def test_a_finished_chapter_is_done(mali: Path) -> None:
    found = section(mali)
    assert found.title == "1 Migrants’ rights"
    assert found.file == RIGHTS
    assert found.state is State.DONE
    assert 400 < found.words < 500
    assert found.length == ""


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Words to come. [?]", (1, 0, 0)),
        ("A law of 2019.[@?] Another.[@?]", (0, 2, 0)),
        ("<!-- ? Which law? -->", (0, 0, 1)),
        ("<!-- not a question -->", (0, 0, 0)),
        ("A claim.[^n]\n\n[^n]: See [@?], and [?].", (1, 1, 0)),
    ],
)
def test_what_is_to_come_is_counted(mali: Path, text: str, counts: tuple[int, int, int]) -> None:
    add(mali, "en/1-migrants-rights.md", text)
    found = section(mali)
    assert (found.to_write, found.sources_to_find, found.questions) == counts
    assert found.state is (State.UNDER_WAY if any(counts) else State.DONE)


def test_an_unusual_length_is_told(mali: Path) -> None:
    part = "## {} {{#{}}}\n\nSome words.\n\n"
    text = part.format("Good", "well-developed") + part.format("Less", "potential")
    (mali / "en/1-migrants-rights.md").write_text(text, "utf-8")
    found = section(mali)
    assert (found.words, found.length) == (4, "short")


def test_a_new_profile_is_all_to_come(tmp_path: Path) -> None:
    wish = Wish("niger-2024", "NER", "national", "first", ("fr", "en"))
    launch(tmp_path / wish.id, wish)
    found = taken(tmp_path / wish.id)
    assert {each.state for each in found.languages[0].sections} == {State.TO_COME}
    assert {each.words for each in found.languages[0].sections} == {0}
    assert found.questions > 5
    french, english = found.languages
    assert not english.sections
    assert "1-migrants-rights.md" in english.lent
    assert states(tmp_path / wish.id) == {
        "launch": State.UNDER_WAY,
        "data": State.TO_COME,
        "consultation": State.TO_COME,
        "publication": State.TO_COME,
    }
    assert french.lang == "fr"


def test_each_step_says_what_it_lacks(mali: Path) -> None:
    assert states(mali)["data"] is State.DONE
    add(mali, "profile.yml", "publication:\n  date: 2021-11-30")
    assert states(mali)["publication"] is State.DONE
    add(mali, "profile.yml", "# ? Which keywords?")
    add(mali, "en/updates.md", "[?]")
    lacking = {each.name: each.lacking for each in taken(mali).steps}
    assert lacking["launch"] == ("1 question in profile.yml and sources.yml",)
    assert lacking["data"] == ("1 section not finished",)
    assert lacking["consultation"][0].startswith("No round is open")


def test_indicators_say_what_they_lack(mali: Path) -> None:
    findings = "indicators:\n  health-care: {answer: partly}\n"
    (mali / "indicators.yml").write_text(findings, "utf-8")
    found = taken(mali).indicators
    assert found
    assert found.answered == 1
    assert found.asked > 80
    assert found.without_evidence == found.without_source == ("health-care",)


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mgi_report", "status", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_people_and_programs_are_told_the_same(mali: Path) -> None:
    add(mali, "en/1-migrants-rights.md", "[?]")
    said = command(str(mali))
    assert said.returncode == 0
    assert "… 1 Migrants’ rights " in said.stdout
    assert "✓ 2 Whole-of-government approach " in said.stdout
    found = json.loads(command(str(mali), "--format", "json").stdout)
    rows = {each["id"]: each for each in found["languages"][0]["sections"]}
    assert rows["migrants-rights"]["to_write"] == 1
    assert rows["migrants-rights"]["state"] == "under way"
    assert found["steps"][0]["name"] == "launch"


def test_where_there_is_no_profile_it_says_so(tmp_path: Path) -> None:
    said = command(str(tmp_path))
    assert said.returncode == 1
    assert said.stdout == ""
    assert "profile.yml" in said.stderr
