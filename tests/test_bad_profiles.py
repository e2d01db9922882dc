"""Profiles that cannot be made: what is said, the exit status, and that nothing is written."""

from __future__ import annotations

import shutil
from pathlib import Path
from textwrap import dedent

import pytest
from tests.content.tiny import FILES, FOLDER
from tests.test_cli import run

PROFILE = f"{FOLDER}/profile.yml"
FULL = "layouts/tiny/layout.yml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a project with a small profile, in which all is well but that nothing is drawn."""
    for path, content in FILES.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(dedent(content).encode() if isinstance(content, str) else content)
    change(tmp_path, PROFILE, "languages: [en, fr]", "languages: [en]")
    change(tmp_path, FULL, "name: tiny\n", "name: tiny\nlanguages: [en, fr]\n")
    return tmp_path


def change(project: Path, path: str, old: str, new: str) -> None:
    """Put one text in the place of another in a file."""
    file = project / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def refused(project: Path, *arguments: str, status: int = 1) -> list[str]:
    """Run the command, which must fail and write nothing; give the first line of each error."""
    done = run(project, *arguments)
    assert done.returncode == status, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert not [*project.rglob("*.pdf"), *project.rglob(".*.pdf*")]
    return [line for line in done.stderr.splitlines() if "rror: " in line]


# --- A folder that is no profile ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("folder", "message", "hint"),
    [
        (
            "content/shared",
            'There is no profile.yml in "content/shared".',
            f"The profiles there are: {FOLDER}",
        ),
        (
            "content/kenya-2024",
            'There is no folder "content/kenya-2024".',
            f"The profiles there are: {FOLDER}",
        ),
        (
            "content/mali-2012",
            'There is no folder "content/mali-2012".',
            f'Did you mean "{FOLDER}"?',
        ),
        (
            PROFILE,
            f'"{PROFILE}" is a file; a profile is a folder.',
            f"Give the folder that holds the file: {FOLDER}",
        ),
        (
            "content",
            '"content" is no profile, but the folder of 1.',
            f"Give one or several of them: {FOLDER}",
        ),
    ],
)
def test_a_folder_that_is_no_profile(project: Path, folder: str, message: str, hint: str) -> None:
    done = run(project, "build", folder)
    assert done.returncode == 1
    expected = f"{folder}/profile.yml:1:1: error: {message} [file-exists]\n  {hint}\n"
    assert done.stderr == f"{expected}{folder}: 1 error, nothing was written\n"


def test_a_folder_of_a_language_that_leads_elsewhere_is_told_once(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "en"
    shutil.move(project / FOLDER / "en", elsewhere)
    (project / FOLDER / "en").symlink_to(elsewhere)
    said = [line for line in refused(project, "build", FOLDER) if FOLDER in line]
    assert len(said) == 1
    assert said[0].endswith("leads out of the project. [path-is-inside-project]")


# --- Two profiles with one id -------------------------------------------------------------------


def test_a_copied_profile_that_kept_its_id(project: Path) -> None:
    shutil.copytree(project / FOLDER, project / "content/mali-2022")
    said = refused(project, "build", "content/mali-2022")
    assert f"{PROFILE}:1:5".replace("2021", "2022") in said[0]
    assert 'Two profiles have the id "mali-2021": this one and content/mali-2021.' in said[0]


def test_an_id_that_is_not_the_name_of_the_folder(project: Path) -> None:
    change(project, PROFILE, "id: mali-2021", "id: mali")
    said = refused(project, "build", FOLDER)
    assert f"{PROFILE}:1:5: error:" in said[0]
    assert 'The id "mali" is not the name of the folder, "mali-2021".' in said[0]


def test_two_profiles_with_one_id_are_not_made_together(project: Path) -> None:
    shutil.copytree(project / FOLDER, project / "older/mali-2021")
    (said,) = refused(project, "build", FOLDER, "older/mali-2021", status=2)
    assert said == (
        f'Error: Two profiles have the id "mali-2021": {project}/{FOLDER} and '
        f"{project}/older/mali-2021. Make them one after the other, each with its own --output."
    )


def test_a_profile_does_not_replace_the_pdf_of_its_namesake_elsewhere(project: Path) -> None:
    shutil.copytree(project / FOLDER, project / "content/sub/mali-2021")
    for one, other in ((FOLDER, "content/sub/mali-2021"), ("content/sub/mali-2021", FOLDER)):
        (said,) = refused(project, "build", one)
        assert said == (
            f'{one}/profile.yml:1:1: error: Two profiles have the id "mali-2021": this one and '
            f"{other}. [value-is-valid]"
        )
    others = refused(project, "build", FOLDER, "--output", "elsewhere")
    assert not [line for line in others if "Two profiles" in line]


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize(
    ("one", "other"), [(FOLDER, "other/mali-2021"), ("other/mali-2021", FOLDER)]
)
def test_a_copy_outside_content_is_told_whichever_is_made(
    project: Path, command: str, one: str, other: str
) -> None:
    shutil.copytree(project / FOLDER, project / "other/mali-2021")
    (said,) = [line for line in refused(project, command, one) if "Two profiles" in line]
    assert said == (
        f'{one}/profile.yml:1:1: error: Two profiles have the id "mali-2021": this one and '
        f"{other}. [value-is-valid]"
    )


def test_another_project_inside_this_one_has_ids_of_its_own(project: Path) -> None:
    shutil.copytree(project / FOLDER, project / "elsewhere" / FOLDER)
    assert not [line for line in refused(project, "build", FOLDER) if "Two profiles" in line]


@pytest.mark.parametrize("command", ["build", "check"])
def test_an_id_that_another_folder_has_taken_is_told_by_its_owner_too(
    project: Path, command: str
) -> None:
    shutil.copytree(project / FOLDER, project / "content/x5")
    done = run(project, command, FOLDER)
    assert done.returncode == 1
    assert (
        f'{PROFILE}:1:1: error: Two profiles have the id "mali-2021": this one and content/x5. '
        "[value-is-valid]\n"
        "  Write in content/x5/profile.yml the name of its folder: x5"
    ) in done.stderr


# --- A level, an edition, a language, a code that does not exist --------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("level: national", "level: city", '7:8: error: The layout "tiny" has no level "city".'),
        (
            "edition: follow-up",
            "edition: third",
            '8:10: error: The layout "tiny" has no edition "third".',
        ),
        (
            "languages: [en]",
            "languages: [en, de]",
            '13:17: error: The layout "tiny" has no words in the language "de".',
        ),
        ("code: MLI", "code: MAL", '4:9: error: "MAL" is not a country code of ISO 3166-1.'),
        ("code: MLI", "code: ML", '4:9: error: "ML" is not a country code of ISO 3166-1.'),
        ("layout: tiny", "layout: tinny", '2:9: error: There is no layout "tinny".'),
    ],
)
def test_what_does_not_exist_is_told_with_its_place(
    project: Path, old: str, new: str, expected: str
) -> None:
    change(project, PROFILE, old, new)
    said = refused(project, "build", FOLDER)
    assert [line.rpartition(" [")[0] for line in said if line.startswith(PROFILE)] == [
        f"{PROFILE}:{expected}"
    ]


def test_a_language_that_the_profile_does_not_have(project: Path) -> None:
    assert refused(project, "build", FOLDER, "--lang", "fr") == [
        f'{PROFILE}:1:1: error: The profile has no language "fr". [value-is-valid]'
    ]


# --- A language with half its chapters ----------------------------------------------------------


def test_an_original_with_half_its_chapters(project: Path) -> None:
    (project / FOLDER / "en/1-rights.md").unlink()
    (project / FOLDER / "en/updates.md").unlink()
    said = refused(project, "build", FOLDER)
    missing = [line for line in said if "[file-exists]" in line]
    assert [line.partition(" error: ")[0] for line in missing] == [
        f"{FOLDER}/en/1-rights.md:1:1:",
        f"{FOLDER}/en/updates.md:1:1:",
    ]
    assert 'There is no file updates.md, which the section "updates" needs.' in missing[1]
