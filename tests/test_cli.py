"""The command line: what it prints, what it writes, how it ends."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.projects import MALI, ROOT

pytestmark = pytest.mark.xdist_group("cli")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "mgi_report", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a project with Mali's profile."""
    shutil.copytree(ROOT / MALI, tmp_path / MALI)
    return tmp_path


def test_build_prints_the_path_and_nothing_else_on_standard_output(folder: Path) -> None:
    done = run(folder, "build", MALI)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "build/mali-2021/en/mali-2021-en.pdf\n"
    assert (folder / done.stdout.strip()).read_bytes().startswith(b"%PDF-1.7")
    assert "pages in" in done.stderr


def test_json_is_one_object_and_nothing_else(folder: Path) -> None:
    done = run(folder, "build", MALI, "--lang", "en", "--format", "json", "-o", "out")
    said = json.loads(done.stdout)
    output = said["outputs"][0]
    assert output["profile"] == "mali-2021"
    assert output["path"] == "out/mali-2021-en.pdf"
    objective = next(s for s in output["sections"] if s["id"] == "objective")
    assert objective == {
        "id": "objective",
        "title": "Objective",
        "folio": 6,
        "pages": 1,
        "typeset": True,
        "reason": "not kept yet",
    }


def test_after_an_error_the_last_good_pdf_is_still_there(folder: Path) -> None:
    good = folder / "build/mali-2021/en/mali-2021-en.pdf"
    good.parent.mkdir(parents=True)
    good.write_bytes(b"the last good one")
    chapter = folder / MALI / "en/3-partnerships.md"
    chapter.write_text(chapter.read_text() + "\nSee [@nothing].\n")
    done = run(folder, "build", MALI)
    assert done.returncode == 1
    assert done.stdout == ""
    assert f"{MALI}/en/3-partnerships.md:" in done.stderr
    assert "nothing was written" in done.stderr
    assert "Traceback" not in done.stderr
    assert good.read_bytes() == b"the last good one"
    assert [path.name for path in good.parent.iterdir()] == [good.name]


def test_check_writes_nothing(folder: Path) -> None:
    done = run(folder, "check", MALI)
    assert done.returncode == 0, done.stderr
    assert not (folder / "build").exists()


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["build", "content/nowhere"], 1, "profile.yml"),
        (["build", "content"], 1, "profile.yml"),
        (["build", MALI, "--lang", "xx"], 1, 'no language "xx"'),
        (["build"], 2, "PROFILE"),
        (["build", MALI, "--format", "xml"], 2, "json"),
        (["bild"], 2, "bild"),
    ],
)
def test_wrong_use_is_said_plainly(
    folder: Path, arguments: list[str], status: int, says: str
) -> None:
    done = run(folder, *arguments)
    assert done.returncode == status
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_cannot_be_written_is_said(folder: Path) -> None:
    (folder / "out").write_text("a file stands where the folder should be")
    done = run(folder, "build", MALI, "-o", "out/here")
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [[], ["build"], ["check"], ["serve"]])
def test_help_teaches(command: list[str], tmp_path: Path) -> None:
    done = run(tmp_path, *command, "--help")
    assert done.returncode == 0
    assert "mgi-report" in done.stdout
    assert "\\b" not in done.stdout
    for line in done.stdout.splitlines():
        assert line.count("mgi-report ") <= 1, "examples stand on lines of their own"
