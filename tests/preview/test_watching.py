"""Which saves are told of."""

from __future__ import annotations

from pathlib import Path

import anyio
import pytest
from watchfiles import Change

from mgi_report.preview.watching import Range, Relevant, changes, range_of


def test_first_folders_are_watched_and_roots_by_their_own_entries(tmp_path: Path) -> None:
    (tmp_path / "content" / "mali").mkdir(parents=True)
    paths = [f"{tmp_path}/content/mali/profile.yml", f"{tmp_path}/layouts/mgi/layout.yml", "/x/y"]
    found = range_of(paths, {tmp_path})
    assert found == Range(frozenset({tmp_path / "content"}), frozenset({tmp_path}))


def test_a_project_in_a_folder_of_another_is_not_watched_with_its_own_output(
    tmp_path: Path,
) -> None:
    inner = tmp_path / "here"
    for folder in (inner / "content", inner / "build", tmp_path / "layouts"):
        folder.mkdir(parents=True)
    paths = [f"{inner}/content/mali/profile.yml", f"{tmp_path}/layouts/mgi/layout.yml"]
    found = range_of(paths, {tmp_path, inner})
    assert found == Range(frozenset({inner / "content", tmp_path / "layouts"}))


@pytest.mark.parametrize(
    ("change", "path", "counts"),
    [
        (Change.modified, "/p/content/mali/en/1.md", True),
        (Change.added, "/p/content/mali/en/2.md", True),
        (Change.deleted, "/p/content/mali/en", True),
        (Change.modified, "/p/content/other/1.md", False),
        (Change.added, "/p/content/mali/en/.1.md.swp", False),
        (Change.added, "/p/content/mali/en/1.md~", False),
        (Change.added, "/p/content/mali/en/deep/1.md", False),
        (Change.modified, "/p/content/mali/en/3.md", False),
    ],
)
def test_only_what_was_read_or_listed_counts(change: Change, path: str, *, counts: bool) -> None:
    watched = frozenset({"/p/content/mali/en/1.md", "/p/content/mali/en"})
    assert Relevant(lambda: watched)(change, path) is counts


def test_while_it_is_not_known_what_is_read_all_counts() -> None:
    relevant = Relevant(lambda: None)
    assert relevant(Change.modified, "/p/content/other/1.md")
    assert not relevant(Change.modified, "/p/content/other/1.md~")


@pytest.mark.parametrize("kind", ["write", "rename", "new folder"])
def test_a_save_is_told_at_once_after_the_watch_has_begun(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "content" / "1.md"
    file.parent.mkdir()
    file.write_text("old")
    other = tmp_path / "layouts" / "layout.yml"
    paths = frozenset({str(file), str(other)})

    async def watch() -> set[str]:
        stop = anyio.Event()
        told: set[str] = set()
        with anyio.fail_after(30):
            async for found in changes(range_of(paths, {tmp_path}), lambda: paths, stop):
                told |= found
                if found:
                    stop.set()
                elif kind == "write":
                    file.write_text("new")
                elif kind == "rename":
                    fresh = file.with_name("fresh")
                    fresh.write_text("new")
                    fresh.replace(file)
                else:
                    other.parent.mkdir()
                    other.write_text("new")
        return told

    told = anyio.run(watch)
    assert told <= {*paths, str(other.parent)}
    assert told
