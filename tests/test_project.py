"""The door to the disk: what cannot be read is said, whatever it is and why ever it cannot."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from tests.content.tiny import SVG
from tests.projects import MALI, mali_files, text_of

from mgi_report.diagnostics import Rule, Severity
from mgi_report.project import (
    DiskProject,
    MemoryProject,
    OutsideProject,
    Unreadable,
    open_project,
)
from mgi_report.receipts import is_as_it_was
from mgi_report.steps import build, make

PROFILE = f"{MALI}/profile.yml"
CHAPTER = f"{MALI}/en/3-partnerships.md"
PICTURE = f"{MALI}/en/map.svg"
CSS = "layouts/mgi/css/type.css"


class Locked(MemoryProject):
    """Mali's profile, of which one file may not be read."""

    def __init__(self, locked: str) -> None:
        files = mali_files()
        chapter = text_of(CHAPTER).replace("## Areas", "![A map](map.svg)\n\n## Areas")
        super().__init__({**files, CHAPTER: chapter, PICTURE: SVG})
        self._locked = locked

    def _read(self, path: str) -> bytes | None:
        if path == self._locked:
            raise Unreadable(path, "permission denied")
        return super()._read(path)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (PROFILE, ""),
        (CHAPTER, ""),
        (f"{MALI}/sources.yml", ""),
        (f"{MALI}/en/objective.md", ""),
        ("content/shared/en/labels.yml", ""),
        ("content/shared/en/framework.yml", ""),
        ("layouts/mgi/layout.yml", ""),
        (CSS, ""),
        ("layouts/mgi/sections/text.html.j2", ""),
        (f"{MALI}/layouts/mgi/furniture.html.j2", ""),
        ("assets/fonts/source-sans/SourceSans3-Regular.ttf", ""),
        ("assets/colour/sRGB2014.icc", ""),
        # Where they are named: the name may be what is wrong.
        (PICTURE, f"{CHAPTER}:11:1"),
        ("assets/icons/levers.svg", "content/shared/en/framework.yml:26:13"),
    ],
)
def test_a_file_that_may_not_be_read_is_said_once(path: str, place: str) -> None:
    found = make(Locked(path), MALI, "en").diagnostics
    (one,) = [each for each in found if each.severity is Severity.ERROR]
    assert one.message == f'"{path}" cannot be read: permission denied.'
    assert str(one.span) == (place or f"{path}:1:1")
    assert one.rule is (Rule.PICTURE_EXISTS if place else Rule.FILE_EXISTS)
    assert one.hint


def test_what_was_found_before_a_layout_file_is_kept() -> None:
    class Both(Locked):
        def _read(self, path: str) -> bytes | None:
            content = super()._read(path)
            if path == PROFILE and content:
                return content.replace(b"authors:", b"authros: [A]\nauthors:")
            return content

    rules = [each.rule for each in make(Both(CSS), MALI, "en").diagnostics]
    assert rules == [Rule.KEY_IS_KNOWN, Rule.FILE_EXISTS]


# --- The disk ---------------------------------------------------------------------------------


@pytest.fixture
def on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with Mali's profile, and stand in it."""
    for name, content in mali_files().items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_each_reason_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to("one")
    (tmp_path / "file").write_text("x")
    project = DiskProject(tmp_path, {})

    def reason(path: str) -> str:
        with pytest.raises(Unreadable) as raised:
            project.read(path)
        assert raised.value.path == path
        return raised.value.reason

    assert reason("folder") == "it is a folder"
    assert reason("one") == "symbolic links lead in a circle"
    assert reason("one/a") == "symbolic links lead in a circle"
    assert reason("a" * 300) == "its name is too long"
    assert reason("a\0b") == "no file can have this name"
    assert reason("a\udc00b\0") == "no file can have this name"
    assert project.read("nothing") is None
    assert project.read("file/a") is None
    with pytest.raises(Unreadable):
        project.folder("one")
    assert project.folder("file") == ()

    def refuse(_: Path) -> bytes:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    monkeypatch.setattr(os, "listdir", refuse)
    assert reason("file") == "permission denied"
    with pytest.raises(Unreadable):
        project.folder("folder")


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (CHAPTER, ""),
        (f"{MALI}/{CSS}", ""),
        (f"{MALI}/layouts/mgi/sections/text.html.j2", ""),
        ("assets/fonts/source-sans/SourceSans3-Regular.ttf", ""),
        (f"{MALI}/en/map.png", f"{CHAPTER}:11:1"),
    ],
)
def test_a_pipe_in_place_of_a_file_is_said_and_not_waited_for(
    on_disk: Path, path: str, place: str
) -> None:
    chapter = text_of(CHAPTER)
    if path.endswith("map.png"):
        chapter = chapter.replace("## Areas", "![A map](map.png)\n\n## Areas")
    (on_disk / CHAPTER).write_text(chapter, encoding="utf-8")
    (on_disk / path).parent.mkdir(parents=True, exist_ok=True)
    (on_disk / path).unlink(missing_ok=True)
    os.mkfifo(on_disk / path)
    found = build(MALI, output=on_disk / "out").diagnostics
    (one,) = [each for each in found if each.severity is Severity.ERROR]
    assert one.message == f'"{path}" cannot be read: it is a pipe between programs.'
    assert str(one.span) == (place or f"{path}:1:1")


def test_a_device_in_place_of_a_file_is_said() -> None:
    with pytest.raises(Unreadable, match="null") as raised:
        DiskProject(Path("/dev"), {}).read("null")
    assert raised.value.reason == "it is a device"


@pytest.mark.parametrize("path", [CSS, "layouts/mgi/sections/text.html.j2", "layouts/mgi/sections"])
def test_a_layout_that_links_out_of_the_project_is_said(
    on_disk: Path, tmp_path_factory: pytest.TempPathFactory, path: str
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret"
    outside.write_text("a secret", encoding="utf-8")
    link = on_disk / MALI / path
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(outside if link.suffix else outside.parent)
    found = build(MALI, output=on_disk / "out").diagnostics
    assert {each.rule for each in found} == {Rule.PATH_IS_INSIDE_PROJECT}
    assert found[0].span
    assert found[0].span.file.startswith(f"{MALI}/{path}")


@pytest.mark.parametrize("written", ["yesterday", "9" * 30, "1.5"])
def test_a_date_that_is_none_is_said(
    on_disk: Path, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", written)
    (found,) = build(MALI, output=on_disk / "out").diagnostics
    assert found.rule is Rule.DATE_IS_VALID
    assert written in found.message
    assert found.span is None


@pytest.mark.parametrize(
    ("profile", "project"),
    [
        ("a/content/mali", "a"),
        ("a/content/old/mali", "a"),
        ("content/a/content/mali", "content/a"),
        ("a/drafts/mali", "a/drafts"),  # nothing above says otherwise
        ("a/with-layouts/drafts/mali", "a/with-layouts"),
        ("a/with-shared/drafts/mali", "a/with-shared"),
        ("content/with-layouts/mali", "content/with-layouts"),
    ],
)
@pytest.mark.parametrize("here", ["", "a", "a/content", "/"])
def test_the_project_follows_from_where_the_profile_lies(
    profile: str, project: str, here: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in (
        "a/with-layouts/layouts",
        "a/with-shared/content/shared",
        "a/content/mali/layouts",  # the profile's own
        "content/with-layouts/layouts",
        profile,
    ):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(tmp_path / here)
    asked = Path(os.path.relpath(tmp_path / profile))
    opened, inside = open_project(asked)
    assert opened.root == tmp_path / project
    assert opened.root / inside == tmp_path / profile


def test_the_same_book_comes_out_from_wherever_it_is_made(
    on_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = on_disk / "layouts/mgi/css/furniture.css"
    own.parent.mkdir(parents=True)
    shipped = text_of("layouts/mgi/css/furniture.css")
    own.write_text(f"{shipped}\n.folio p {{ color: #a00000 }}\n", "utf-8")

    def book(profile: Path) -> bytes:
        (output,) = build(profile, languages=["en"], output=on_disk / "out").outputs
        path = on_disk / "out" / Path(output.path).name
        content = path.read_bytes()
        path.unlink()
        return content

    inside = book(Path(MALI))
    monkeypatch.chdir(on_disk.parent)
    assert book(on_disk.relative_to(on_disk.parent) / MALI) == inside
    assert not (on_disk.parent / "build").exists()
    own.unlink()
    assert book(on_disk / MALI) != inside


def test_a_circle_of_links_in_place_of_a_profile_is_said(on_disk: Path) -> None:
    (on_disk / "content" / "one").symlink_to("two")
    (on_disk / "content" / "two").symlink_to("one")
    (found,) = build("content/one").diagnostics
    assert "symbolic links lead in a circle" in found.message


def test_a_circle_of_links_leads_out_of_no_project(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "link").symlink_to("../outside/link")
    (tmp_path / "outside" / "link").symlink_to("../inside/link")
    with pytest.raises((Unreadable, OutsideProject)):
        DiskProject(tmp_path / "inside", {}).read("link")


@pytest.mark.parametrize("path", [PROFILE, f"{MALI}/sources.yml", f"{MALI}/en/labels.yml", CSS])
def test_what_is_no_file_is_said_at_its_place(on_disk: Path, path: str) -> None:
    target = on_disk / path
    target.unlink(missing_ok=True)
    target.mkdir(parents=True)
    found = build(MALI, output=on_disk / "out").diagnostics
    (one,) = [each for each in found if each.severity is Severity.ERROR]
    assert str(one).startswith(f'{path}:1:1: error: "{path}" cannot be read: it is a folder.')


def test_a_picture_that_is_no_file_is_said_where_it_is_named(on_disk: Path) -> None:
    (on_disk / MALI / "en" / "round.png").symlink_to("round.png")
    names = ["../en", "a%00b.png", f"{'a' * 300}.png", "round.png"]
    pictures = "".join(f"![A map]({name})\n\n" for name in names)
    text = text_of(CHAPTER).replace("## Areas", f"{pictures}## Areas")
    (on_disk / CHAPTER).write_text(text, encoding="utf-8")
    found = build(MALI, output=on_disk / "out").diagnostics
    errors = [each for each in found if each.severity is Severity.ERROR]
    assert [str(each.span) for each in errors] == [
        f"{CHAPTER}:{line}:1" for line in (11, 13, 15, 17)
    ]
    assert {each.rule for each in errors} == {Rule.PICTURE_EXISTS}
    assert [each.message.partition(" cannot be read: ")[2] for each in errors] == [
        "it is a folder.",
        "no file can have this name.",
        "its name is too long.",
        "symbolic links lead in a circle.",
    ]
    assert "a\\x00b.png" in errors[1].message


def test_a_file_that_comes_while_a_volume_is_made_is_found_by_the_next_making(
    tmp_path: Path,
) -> None:
    (tmp_path / "content").mkdir()
    project = DiskProject(tmp_path)
    project.folder("content")
    (tmp_path / "content/late.md").write_text("Late.", "utf-8")
    project.folder("content")
    assert not is_as_it_was(project, {}, dict(project.listings))
    assert is_as_it_was(project, {}, dict(project.listings))
