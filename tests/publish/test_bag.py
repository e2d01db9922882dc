"""The bag: valid for the Library of Congress's own program, the same again, all or nothing."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import bagit
import pytest

from mgi_report.publish.bag import bag, zipped
from mgi_report.writing import finish_folders, replace_folder

FILES = {"b.pdf": b"%PDF", "a.txt": "é".encode(), "records/en/c.xml": b"<c/>"}
INFO = [("Source-Organization", "A & B <c>"), ("External-Description", "Two\nlines")]


def test_a_bag_is_valid(tmp_path: Path) -> None:
    replace_folder(tmp_path / "bag", bag(FILES, INFO), {})
    found = bagit.Bag(str(tmp_path / "bag"))
    found.validate()
    assert found.info["Source-Organization"] == "A & B <c>"
    assert found.info["External-Description"] == "Two lines"
    assert found.info["Payload-Oxum"] == "10.3"
    assert {path: (tmp_path / "bag" / path).read_bytes() for path in found.payload_files()} == {
        f"data/{path}": content for path, content in FILES.items()
    }


def test_a_bag_tells_of_a_file_that_was_changed(tmp_path: Path) -> None:
    replace_folder(tmp_path / "bag", bag(FILES, INFO), {})
    (tmp_path / "bag/data/a.txt").write_text("e ", encoding="utf-8")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(tmp_path / "bag")).validate()


def test_a_zip_holds_the_folder_and_is_the_same_again() -> None:
    made = zipped("name", FILES)
    assert made == zipped("name", dict(reversed(FILES.items())))
    with ZipFile(BytesIO(made)) as archive:
        assert archive.namelist() == ["name/a.txt", "name/b.pdf", "name/records/en/c.xml"]
        assert archive.read("name/a.txt") == FILES["a.txt"]


def test_a_folder_takes_the_place_of_the_last_one_with_what_lies_beside(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"stays")
    replace_folder(tmp_path / "it", {"old": b"1", "in/old": b"2"}, {"it.zip": b"old"})
    replace_folder(tmp_path / "it", {"new": b"3"}, {"it.zip": b"new"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["it", "it.zip", "other"]
    assert [path.name for path in (tmp_path / "it").iterdir()] == ["new"]
    assert (tmp_path / "it.zip").read_bytes() == b"new"


def test_a_folder_that_cannot_be_written_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_folder(tmp_path / "it", {"old": b"1"}, {"it.zip": b"old"})
    rename = Path.rename

    def fails_at_the_last(self: Path, target: Path) -> Path:
        if self.parent.name == "new" and self.name == "it.zip":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails_at_the_last)
    with pytest.raises(OSError, match="No space left"):
        replace_folder(tmp_path / "it", {"new": b"3"}, {"it.zip": b"new"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["it", "it.zip"]
    assert (tmp_path / "it/old").read_bytes() == b"1"
    assert (tmp_path / "it.zip").read_bytes() == b"old"


@pytest.mark.parametrize("renamed", range(5))
def test_a_folder_is_old_or_new_where_the_program_is_killed(tmp_path: Path, renamed: int) -> None:
    """Killed before the first, second … of the four renames, or behind the last."""
    replace_folder(tmp_path / "it", {"old": b"1"}, {"it.zip": b"old"})
    if (child := os.fork()) == 0:
        _die_after(renamed)
        replace_folder(tmp_path / "it", {"new": b"3"}, {"it.zip": b"new"})
        os._exit(9)
    os.waitpid(child, 0)
    finish_folders(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["it", "it.zip"]
    assert [path.name for path in (tmp_path / "it").iterdir()] == ["new"]
    assert (tmp_path / "it.zip").read_bytes() == b"new"


def _die_after(count: int) -> None:
    """End this process, as a kill does, where it renames once more."""
    rename, left = Path.rename, iter(range(count))

    def renames(self: Path, target: Path) -> Path:
        if next(left, None) is None:
            os._exit(9)
        return rename(self, target)

    Path.rename = renames  # type: ignore[assignment,method-assign]


OURS = '{"mgi-report-replaces": ["it"]}'


@pytest.mark.parametrize(
    ("name", "journal", "inside"),
    [
        ("todo", '["it"]', "new/mine"),
        ("notes", "no JSON at all", "mine"),
        ("todo", OURS, "new/mine"),
        ("mgi-report-todo", "no JSON at all", "new/mine"),
        ("mgi-report-todo", '["it"]', "new/mine"),
        ("mgi-report-todo", '{"mgi-report-replaces": ["../it"]}', "new/mine"),
        ("mgi-report-todo", OURS, "mine"),
    ],
)
def test_journals_of_others_are_passed_over(
    tmp_path: Path, name: str, journal: str, inside: str
) -> None:
    others = tmp_path / f".{name}" / inside
    others.parent.mkdir(parents=True)
    others.write_text("mine")
    (tmp_path / f".{name}.journal").write_text(journal)
    replace_folder(tmp_path / "it", {"new": b"1"}, {})
    finish_folders(tmp_path)
    assert (tmp_path / f".{name}.journal").read_text() == journal
    assert others.read_text() == "mine"


def test_a_folder_behind_a_link_is_replaced_where_it_lies(tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    link = tmp_path / "site"
    link.symlink_to(tmp_path / "www")
    replace_folder(link, {"new": b"1"}, {})
    assert link.is_symlink()
    assert (tmp_path / "www" / "new").read_bytes() == b"1"
