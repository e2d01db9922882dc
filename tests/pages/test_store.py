"""The store: what is put is found again as it was, or not at all."""

from __future__ import annotations

import os
import random
import shutil
import threading
import time
from pathlib import Path

import pytest
from tests.projects import ROOT

from mgi_report import build
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Severity, Span
from mgi_report.pages.model import (
    Anchor,
    BlockPlace,
    Element,
    FontUse,
    Link,
    LinkAnnotation,
    MarkedContent,
    PageHeading,
    Pages,
)
from mgi_report.pages.store import Store
from mgi_report.pages.typesetting.keeping import decode, encode

NAME = "ab" * 32
OTHER = "cd" * 32
CONTENT = bytes(range(256)) * 40

PAGES = Pages(
    pdf=b"%PDF-1.7\n\x00\xff\n",
    count=2,
    structure=(
        Element(
            "Table",
            (
                Element("P", (MarkedContent(0, 3), LinkAnnotation(0), MarkedContent(1, 0))),
                Element("Figure", alt="Ŝildo “x” \u2028", title="t", lang="fr", block="b2"),
            ),
            id="t1",
            anchors=("a", "b"),
            actual_text="x",
            attributes={"Table": {"RowSpan": 2, "X": ("h", 1)}, "Layout": {"BBox": (0.1, 1.0)}},
            headers=("h",),
            references=("r",),
        ),
    ),
    links=(Link(0, ((1.0, 2.5, 3, 4.25),), "section:x/y", "there"),),
    anchors=(Anchor("a", 0, 1.5, 700),),
    headings=(PageHeading(2, "Title", "a", 0, 1 / 3),),
    fonts=(
        FontUse(
            "F1",
            "f.ttf",
            "0" * 64,
            {3: "fi", 4: ""},
            {3: 0.5, 4: 0},
            italic=True,
            ascent=9,
            descent=-2,
        ),
    ),
    places=(BlockPlace("b1", 1, (0.0, 1.0, 2.0, 3.3)),),
    names=("", "wide"),
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "build/.store")


def entry(store: Store) -> Path:
    (path,) = (path for path in store.folder.rglob("*") if path.is_file())
    return path


def entry_of(store: Store, name: str) -> Path:
    return store.folder / name[:2] / name[2:]


def test_what_is_put_is_found(store: Store) -> None:
    assert store.get(NAME) is None
    store.put(NAME, CONTENT)
    assert store.get(NAME) == CONTENT
    assert Store(store.folder).get(NAME) == CONTENT
    assert store.get("cd" * 32) is None


def test_a_damaged_entry_is_none(store: Store) -> None:
    chance = random.Random(1)  # noqa: S311
    store.put(NAME, CONTENT)
    whole = entry(store).read_bytes()
    damaged = [
        b"",
        whole[:1],
        whole[:-1],
        whole + b"x",
        b"garbage",
        CONTENT,
        whole[:40],
        whole[40:],
    ]
    for _ in range(200):
        at = chance.randrange(len(whole))
        damaged.append(whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :])
    for content in damaged:
        entry(store).write_bytes(content)
        assert store.get(NAME) is None
        store.put(NAME, CONTENT)
        assert store.get(NAME) == CONTENT


def test_an_entry_under_another_name_is_none(store: Store) -> None:
    store.put(NAME, CONTENT)
    other = "ab" + "cd" * 31
    entry(store).rename(store.folder / other[:2] / other[2:])
    assert store.get(other) is None


def put_there(path: Path, what: str) -> None:
    match what:
        case "folder":
            path.mkdir()
            (path / "more").write_bytes(CONTENT)
        case "pipe":
            os.mkfifo(path)
        case "link to itself":
            path.symlink_to(path)
        case "link to a device":
            path.symlink_to("/dev/zero")
        case _:
            path.write_bytes(b"")
            os.truncate(path, 200 * 2**30)


@pytest.mark.parametrize(
    "what", ["folder", "pipe", "link to itself", "link to a device", "200 GiB"]
)
def test_something_else_in_the_place_of_an_entry_is_none_and_gives_way(
    store: Store, what: str
) -> None:
    store.put(NAME, CONTENT)
    path = entry(store)
    path.unlink()
    put_there(path, what)
    reader = Store(store.folder, writes=False)
    assert reader.get(NAME) is None
    assert os.path.lexists(path)
    assert store.get(NAME) is None
    store.put(NAME, CONTENT)
    assert store.get(NAME) == CONTENT


@pytest.mark.parametrize("what", ["file", "link"])
def test_something_else_in_the_place_of_a_folder_gives_way(store: Store, what: str) -> None:
    store.folder.mkdir(parents=True)
    (elsewhere := store.folder.parent / "mine").mkdir()
    folder = store.folder / NAME[:2]
    if what == "link":
        folder.symlink_to(elsewhere)
    else:
        folder.write_bytes(b"")
    store.put(NAME, CONTENT)
    assert store.get(NAME) == CONTENT
    assert not [*elsewhere.iterdir()]


def test_what_cannot_be_written_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("a file, not a folder")
    store = Store(tmp_path / "build/.store")
    store.put(NAME, CONTENT)
    store.trim(now=True)
    assert store.get(NAME) is None


def test_a_store_that_does_not_write_leaves_no_trace(tmp_path: Path) -> None:
    folder = tmp_path / "build/.store"
    reader = Store(folder, writes=False)
    reader.put(NAME, CONTENT)
    reader.trim(now=True)
    assert not folder.parent.exists()
    Store(folder).put(NAME, CONTENT)
    assert reader.get(NAME) == CONTENT


def test_several_write_and_read_and_trim_at_once(store: Store) -> None:
    names = [f"{number:064x}" for number in range(20)]
    wrong: list[object] = []

    def work(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311
        own = Store(store.folder, largest=4000)
        for _ in range(100):
            name = chance.choice(names)
            own.put(name, name.encode() * 5)
            found = own.get(chance.choice(names))
            if found is not None and found != found[:64] * 5:
                wrong.append(found)
            if chance.random() < 0.1:
                own.trim(now=True)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert not [*store.folder.rglob("*.new")]


def test_the_oldest_goes_where_there_is_too_much(store: Store) -> None:
    small = Store(store.folder, largest=3 * len(CONTENT))
    for number in range(4):
        name = f"{number:064x}"
        small.put(name, CONTENT)
        path = store.folder / name[:2] / name[2:]
        os.utime(path, (time.time() - 100 + number,) * 2)
    assert small.get(f"{0:064x}")  # it was asked for, so it is the youngest
    small.trim(now=True)
    assert [bool(small.get(f"{number:064x}")) for number in range(4)] == [True, False, False, True]


def test_what_nobody_asked_for_for_long_goes(store: Store) -> None:
    store.put(NAME, CONTENT)
    os.utime(entry(store), (time.time() - 61 * 86400,) * 2)
    stale = entry(store).with_name(".x.new")
    stale.write_bytes(b"")
    os.utime(stale, (time.time() - 7200,) * 2)
    store.trim(now=True)
    assert [path.name for path in store.folder.rglob("*") if path.is_file()] == ["trimmed"]


@pytest.mark.parametrize(
    "place", ["notes/text.txt", "ab/text.txt", f"notes/{NAME[2:]}", f"{NAME[:2]}/{NAME[2:]}/mine"]
)
def test_what_is_not_the_stores_is_left_alone(store: Store, place: str) -> None:
    mine = store.folder / place
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"mine")
    os.utime(mine, (0, 0))
    store.trim(now=True)
    assert mine.read_bytes() == b"mine"


def test_no_link_is_followed_out_of_the_store(store: Store, tmp_path: Path) -> None:
    mine = tmp_path / "mine" / NAME[2:]
    mine.parent.mkdir()
    mine.write_bytes(b"mine")
    os.utime(mine, (0, 0))
    store.folder.mkdir(parents=True)
    (store.folder / NAME[:2]).symlink_to(mine.parent)
    (store.folder / "zz").symlink_to(mine.parent)
    store.trim(now=True)
    assert mine.read_bytes() == b"mine"


def test_a_clock_that_was_set_back_stops_no_trimming(store: Store) -> None:
    small = Store(store.folder, largest=0)
    small.put(NAME, CONTENT)
    small.trim()
    small.put(NAME, CONTENT)
    small.trim()  # nobody looks again so soon
    assert entry_of(small, NAME).exists()
    ahead = (time.time() + 3e7,) * 2
    os.utime(store.folder / "trimmed", ahead)
    os.utime(entry_of(small, NAME), ahead)
    store.trim()
    assert entry_of(small, NAME).stat().st_mtime < time.time() + 60
    os.utime(store.folder / "trimmed", ahead)
    small.trim()
    assert not entry_of(small, NAME).exists()


# --- Pages as bytes ---------------------------------------------------------------------------


def test_pages_come_back_as_they_were() -> None:
    found = (
        Diagnostic(Rule.GLYPH_EXISTS, "No glyph “☃”.", Span("block:b1"), "hint", Severity.WARNING),
        Diagnostic(Rule.TYPESETTING_IS_SILENT, "So."),
    )
    back = decode(encode(Outcome(PAGES, found)))
    assert back == Outcome(PAGES, found)
    assert back is not None
    assert repr(back) == repr(Outcome(PAGES, found))  # 3 is not 3.0


@pytest.mark.parametrize("content", [b"", b"x", b"5\n{}", b"2\n{}", b"4\nnull", b"-1\n", b"2\n[]"])
def test_anything_else_is_no_pages(content: bytes) -> None:
    assert decode(content) is None


def test_a_store_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    store = Store.of(tmp_path)
    store.put(NAME, CONTENT)
    assert store.warnings() == ()
    (store.folder / OTHER[:2]).mkdir()
    (store.folder / OTHER[:2] / OTHER[2:]).mkdir()  # a folder where the entry should lie
    store.put(OTHER, CONTENT)
    store.put(NAME, CONTENT)  # that others are kept is no excuse
    (said,) = store.warnings()
    assert (said.rule, said.severity) == (Rule.PAGES_ARE_KEPT, Severity.WARNING)
    assert str(said.span) == "build/.store:1:1"
    assert said.message == "Pages cannot be kept in build/.store: is a directory."
    assert store.get(OTHER) is None  # what is not an entry is removed
    store.put(OTHER, CONTENT)
    assert store.warnings() == ()


def test_the_pdf_is_made_where_nothing_can_be_kept(tmp_path: Path) -> None:
    profile = tmp_path / "content/sample-city-2024"
    shutil.copytree(ROOT / "content/sample-city-2024", profile)
    (tmp_path / "build").write_text("no folder")
    result = build(profile, languages=["en"], output=tmp_path / "out", jobs=1)
    assert [str(each) for each in result.diagnostics] == [
        (
            "build/.store:1:1: warning: Pages cannot be kept in build/.store: not a directory. "
            "[pages-are-kept]\n  Each build makes all pages anew. Look whether the folder can be "
            "written to and the disk has room; it may be deleted."
        )
    ]
    assert (tmp_path / "out/sample-city-2024-en.pdf").is_file()
