"""A round whose profile is renamed or moved, and texts that it shares with others."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.consult.rounds import MALI, copied
from tests.consult.test_returned import changed

from mgi_report.cli import main
from mgi_report.consult.rounds import folder_of, read_round
from mgi_report.project import DiskProject

OLD, NEW = "whose words nobody will miss", "whose words nobody will lament"


@pytest.fixture
def project(round_folder: Path, tmp_path: Path) -> DiskProject:
    return copied(round_folder, tmp_path / "project")


def consult(profile: Path, command: str, *arguments: str, status: int = 0) -> str:
    ran = CliRunner().invoke(
        main, ["consult", command, str(profile), *arguments], standalone_mode=False
    )
    assert ran.exception is None, ran.exception
    assert (ran.return_value or 0) == status, ran.output
    return ran.output


def accept_all(profile: Path) -> None:
    for each in json.loads(consult(profile, "list", "--format", "json"))["proposals"]:
        consult(profile, "decide", each["id"], "--accept")


@pytest.mark.parametrize("place", ["content/mali-second", "texts/mali-2021"])
def test_a_round_goes_with_its_profile(
    project: DiskProject, round_folder: Path, tmp_path: Path, place: str
) -> None:
    back = changed(round_folder, tmp_path / "back.docx", document=(OLD, NEW))
    first = project.root / MALI
    consult(first, "import", str(back), "--from", "Ministry")
    accept_all(first)
    consult(first, "apply")
    moved = project.root / place
    if moved.parent.name == "content":
        first.rename(moved)
    else:
        (project.root / "content").rename(moved.parent)
    chapter = moved / "en/3-partnerships.md"
    assert NEW in chapter.read_text(encoding="utf-8")
    assert "1 applied" in consult(moved, "list")
    # What was sent is read, not what stands there today.
    reading = read_round(DiskProject(project.root), place)
    assert reading.value is not None, [str(each) for each in reading.diagnostics]
    assert any(OLD in block.text for block in reading.value[1].blocks)
    assert "1 found (1 replacement), 0 new" in consult(
        moved, "import", str(back), "--from", "Ministry"
    )
    consult(moved, "undo")
    assert OLD in chapter.read_text(encoding="utf-8")


def test_what_is_kept_names_no_folder_of_the_profile(project: DiskProject) -> None:
    folder = project.root / folder_of(MALI, 1)
    facts = (folder / "round.yml").read_text(encoding="utf-8")
    assert "  profile/en/3-partnerships.md: " in facts
    assert "  shared/en/domains.yml: " in facts
    assert "content/" not in facts
    assert '"file": "content/' not in (folder / "blocks.jsonl").read_text(encoding="utf-8")


def test_a_round_in_the_old_form_is_refused(project: DiskProject) -> None:
    folder = project.root / folder_of(MALI, 1)
    shutil.copytree(folder / "sent/profile", folder / "sent" / MALI)
    facts = (folder / "round.yml").read_text(encoding="utf-8")
    (folder / "round.yml").write_text(facts.replace("  profile/", f"  {MALI}/"), encoding="utf-8")
    said = consult(project.root / MALI, "list", status=1)
    assert "The round was opened by an earlier version" in said


def test_texts_that_profiles_share_are_written_only_when_that_is_meant(
    project: DiskProject, round_folder: Path, tmp_path: Path
) -> None:
    old, new = "How a country manages migration", "How any country manages migration"
    back = changed(round_folder, tmp_path / "back.docx", document=(old, new))
    profile = project.root / MALI
    shared = project.root / "content/shared/en"
    before = {path.name: path.read_bytes() for path in shared.iterdir()}
    consult(profile, "import", str(back), "--from", "Ministry")
    assert "other profiles read it, too" in consult(profile, "list")
    accept_all(profile)
    said = consult(profile, "apply", status=1)
    name = next(line for line in said.split() if line.startswith("content/shared/en/"))
    name = name.split(":")[0].rsplit("/")[-1]
    assert f"Copy the file to {MALI}/en/{name}" in said
    assert {path.name: path.read_bytes() for path in shared.iterdir()} == before
    consult(profile, "apply", "--shared")
    assert new in (shared / name).read_text(encoding="utf-8")
    consult(profile, "undo")
    assert {path.name: path.read_bytes() for path in shared.iterdir()} == before
    shutil.copy(shared / name, profile / "en" / name)
    consult(profile, "apply")
    assert new in (profile / "en" / name).read_text(encoding="utf-8")
    assert {path.name: path.read_bytes() for path in shared.iterdir()} == before
