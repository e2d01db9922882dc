"""The workshop: what is typeset again and why, and what is left as it is."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from tests.projects import MALI, ROOT, copy_in_english

from mgi_report.pages.store import Store
from mgi_report.results import FURNITURE
from mgi_report.workshop import Made, Workshop

pytestmark = pytest.mark.xdist_group("workshop")

CHAPTER = f"{MALI}/en/2-whole-of-government.md"


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a project that was built once."""
    folder = tmp_path_factory.mktemp("once")
    copy_in_english(folder)
    done = run(folder, "build", MALI, "--jobs", "2")
    assert done.returncode == 0, done.stderr
    assert "typeset again: 20 sections (not kept yet)" in done.stderr
    return folder


@pytest.fixture
def folder(made_once: Path, tmp_path: Path) -> Path:
    """Make a copy of it, with its store."""
    shutil.copytree(made_once, tmp_path / "project")
    return tmp_path / "project"


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mgi_report", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def workshop(folder: Path) -> Workshop:
    return Workshop(folder / MALI, "en", store=Store.of(folder))


def why(made: Made) -> dict[str, str]:
    return {each.section_id: each.reason for each in made.retypeset}


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


# --- What is typeset again, and why -----------------------------------------------------------


def test_what_is_kept_is_not_typeset(folder: Path) -> None:
    first = workshop(folder)
    assert why(first.make()) == {}
    # The store's name for a profile has the folder in it; sections are kept wherever they are.
    change(folder / CHAPTER, "Migration", "Immigration")
    assert why(first.make()) == {"whole-of-government": "en/2-whole-of-government.md changed"}
    assert why(first.make()) == {}
    change(folder / CHAPTER, "Immigration", "Migration")
    assert why(first.make()) == {}  # it was kept from before


def test_where_no_file_changed_the_last_volume_stands(folder: Path) -> None:
    shop = workshop(folder)
    change(folder / CHAPTER, "Migration", "Immigration")
    first = shop.make()
    stages: list[object] = []
    second = shop.make(stages.append)
    assert stages == []  # no step was gone through
    assert second.volume is first.volume
    assert second.diagnostics == first.diagnostics
    assert list(why(first)) == ["whole-of-government"]
    assert why(second) == {}
    assert str(folder / CHAPTER) in shop.watched()
    # A file that was looked for and not there counts, as does a name in a folder.
    own = folder / MALI / "layouts/mgi/css/sections/domain.css"
    own.parent.mkdir(parents=True)
    own.write_text("p { color: navy }")
    assert "domain.css is new" in why(shop.make())["partnerships"]


def test_a_line_more_at_the_top_costs_nothing_and_messages_follow(folder: Path) -> None:
    path = folder / CHAPTER
    path.write_text(path.read_text("utf-8").rstrip() + "\n\nA snowman ☃ stands here.\n", "utf-8")
    shop = workshop(folder)
    (found,) = shop.make().diagnostics
    assert found.span
    path.write_text("\n\n" + path.read_text("utf-8"), "utf-8")
    made = shop.make()
    assert why(made) == {}
    (moved,) = made.diagnostics
    assert moved.span
    assert moved.span.line == found.span.line + 2
    (kept,) = workshop(folder).make().diagnostics
    assert kept == moved


def test_a_page_more_typesets_no_other_chapter(folder: Path) -> None:
    shop = workshop(folder)
    pages = shop.make().volume
    text = "\n\n".join("It was agreed upon. " * 40 for _ in range(9))
    change(folder / CHAPTER, "\n\n## ", f"\n\n{text}\n\n## ")
    made = shop.make()
    assert made.volume
    assert pages
    assert made.volume.pages > pages.pages
    assert why(made) == {
        "contents": "page numbers changed",
        "key-findings": "page numbers changed",
        "whole-of-government": "en/2-whole-of-government.md changed",
    }


def test_a_style_sheet_of_the_profile_is_new_and_gone(folder: Path) -> None:
    shop = workshop(folder)
    shop.make()
    own = folder / MALI / "layouts/mgi/css/sections/domain.css"
    assert str(own) in shop.watched()
    own.parent.mkdir(parents=True)
    shipped = ROOT / "layouts/mgi/css/sections/domain.css"
    own.write_text(shipped.read_text("utf-8") + "\np { color: navy }\n", "utf-8")
    reasons = why(shop.make())
    assert len(reasons) == 6
    assert set(reasons.values()) == {"layouts/mgi/css/sections/domain.css is new"}
    own.write_text(shipped.read_text("utf-8") + "\np { color: purple }\n", "utf-8")
    assert set(why(shop.make()).values()) == {"layouts/mgi/css/sections/domain.css changed"}
    own.unlink()
    assert why(shop.make()) == {}


@pytest.mark.parametrize("name", ["css/furniture.css", "furniture.html.j2"])
def test_what_is_laid_over_all_pages_says_why_it_was_typeset(folder: Path, name: str) -> None:
    shop = workshop(folder)
    shop.make()
    own = folder / "layouts/mgi" / name
    own.parent.mkdir(parents=True)
    shipped = (ROOT / "layouts/mgi" / name).read_text("utf-8")
    more = ".folio p { color: #00b000 }" if own.suffix == ".css" else "<!-- more -->"
    own.write_text(f"{shipped}\n{more}\n", "utf-8")
    reason = f"layouts/mgi/{name} changed"
    made = shop.make()
    assert (made.retypeset, made.furniture, made.returned) == ((), reason, ())
    own.write_text(shipped, "utf-8")
    made = shop.make()
    assert (made.retypeset, made.furniture) == ((), None)
    assert [(each.section_id, each.reason) for each in made.returned] == [(FURNITURE, reason)]
    assert shop.make().returned == ()


def test_a_build_says_why_running_heads_and_folios_were_typeset(folder: Path) -> None:
    assert why_built(folder) == {}
    own = folder / "layouts/mgi/css/furniture.css"
    own.parent.mkdir(parents=True)
    shipped = (ROOT / "layouts/mgi/css/furniture.css").read_text("utf-8")
    own.write_text(shipped + "\n.folio p { color: #00b000 }\n", "utf-8")
    said = "typeset again: running heads and folios (layouts/mgi/css/furniture.css changed)"
    assert said in run(folder, "build", MALI).stderr.splitlines()
    own.write_text(shipped + "\n.folio p { color: #0000b0 }\n", "utf-8")
    (output,) = json.loads(run(folder, "build", MALI, "--format", "json").stdout)["outputs"]
    reason = "layouts/mgi/css/furniture.css changed"
    assert output["furniture"] == {"typeset": True, "reason": reason}
    (output,) = json.loads(run(folder, "build", MALI, "--format", "json").stdout)["outputs"]
    assert output["furniture"] == {"typeset": False, "reason": None}


def test_a_label_says_its_key(folder: Path) -> None:
    shop = workshop(folder)
    shop.make()
    labels = folder / "content/shared/en/labels.yml"
    labels.parent.mkdir(parents=True)
    text = (ROOT / "content/shared/en/labels.yml").read_text("utf-8")
    labels.write_text(text.replace("contents: Contents", "contents: What is in it"), "utf-8")
    reasons = why(shop.make())
    assert reasons["contents"] == "content/shared/en/labels.yml (contents) changed"


def test_labels_of_its_own_say_their_keys_when_they_come_and_go(folder: Path) -> None:
    shop = workshop(folder)
    shop.make()
    labels = folder / MALI / "en/labels.yml"
    labels.write_text("contents: What is in it\n", "utf-8")
    assert why(shop.make())["contents"] == "en/labels.yml (contents) is new"
    shop.make()
    labels.write_text("contents: Inside\n", "utf-8")
    assert why(shop.make())["contents"] == "en/labels.yml (contents) changed"
    labels.unlink()
    assert {each.reason for each in shop.make().returned if each.section_id == "contents"} == {
        "en/labels.yml (contents) is gone"
    }


def test_facts_that_cannot_be_read_say_no_key(folder: Path) -> None:
    shop = workshop(folder)
    shop.make()
    change(folder / MALI / "profile.yml", "year: 2021", 'year: "2021')
    assert set(why(shop.make()).values()) == {"profile.yml changed"}


def test_a_language_that_was_moved_away_is_told_in_a_few_words(folder: Path) -> None:
    shop = workshop(folder)
    shop.make()
    (folder / MALI / "en").rename(folder / "away")
    made = shop.make()
    assert made.volume is None
    assert made.furniture == "8 files in en are gone"


def test_a_fact_says_its_key(folder: Path) -> None:
    shop = workshop(folder)
    shop.make()
    change(folder / MALI / "profile.yml", "en: Republic of Mali", "en: The Republic of Mali")
    assert why(shop.make())["cover"] == "profile.yml (territory.long-name.en) changed"


def why_built(folder: Path, *options: str) -> dict[str, str]:
    done = run(folder, "build", MALI, "--format", "json", *options)
    assert done.returncode == 0, done.stderr
    (output,) = json.loads(done.stdout)["outputs"]
    return {each["id"]: each["reason"] for each in output["sections"] if each["typeset"]}


def test_a_build_that_failed_and_was_undone_takes_no_blame(folder: Path) -> None:
    assert why_built(folder) == {}
    own = folder / MALI / "layouts/mgi/css/notes.css"
    own.parent.mkdir(parents=True)
    shipped = (ROOT / "layouts/mgi/css/notes.css").read_text("utf-8")
    own.write_text(shipped + "\nli { letter-spacing: 0.03pt; width: 4cm; height: 3mm }\n", "utf-8")
    assert run(folder, "build", MALI).returncode == 1
    shutil.rmtree(folder / MALI / "layouts")
    assert "nothing changed" in run(folder, "build", MALI).stderr
    change(folder / MALI / "en/3-partnerships.md", "Mali", "Mali itself")
    assert why_built(folder) == {"partnerships": "en/3-partnerships.md changed"}


def test_what_was_built_for_elsewhere_takes_no_blame(folder: Path) -> None:
    assert why_built(folder) == {}
    text = (folder / CHAPTER).read_text("utf-8")
    change(folder / CHAPTER, "Migration", "Immigration")
    why_built(folder, "--output", "other")
    why_built(folder, "--output", "other", "--standard", "ua2+4f")
    (folder / CHAPTER).write_text(text, "utf-8")
    assert "nothing changed" in run(folder, "build", MALI).stderr
    change(folder / MALI / "en/3-partnerships.md", "Mali", "Mali itself")
    assert why_built(folder) == {"partnerships": "en/3-partnerships.md changed"}


def test_a_footnote_more_is_named_in_all_chapters_that_it_counts_in(folder: Path) -> None:
    shop = workshop(folder)
    shop.make()
    chapter = folder / MALI / "en/1-migrants-rights.md"
    paragraph = next(part for part in chapter.read_text("utf-8").split("\n\n") if part[0] == "H")
    change(chapter, paragraph, f"{paragraph}[^more]\n\n[^more]: Another note.")
    sources, profile = folder / MALI / "sources.yml", folder / MALI / "profile.yml"
    sources.write_text(f"# A comment.\n{sources.read_text('utf-8')}", "utf-8")
    change(folder / CHAPTER, "\n\n", "\n\n\n")  # says nothing more
    change(profile, "demonstration: true  ", "demonstration: true")
    reasons = why(shop.make())
    assert "whole-of-government" in reasons
    assert "annexes" in reasons
    assert {name: reason for name, reason in reasons.items() if "page numbers" not in reason} == {
        name: "en/1-migrants-rights.md changed"
        for name in reasons
        if name not in ("contents", "key-findings")
    }


def test_a_source_is_named_only_where_it_is_printed(folder: Path) -> None:
    shop = workshop(folder)
    shop.make()
    change(folder / MALI / "sources.yml", "Common Approach", "Joint Approach")
    label = folder / "content/shared/en/labels.yml"
    label.parent.mkdir(parents=True)
    text = (ROOT / "content/shared/en/labels.yml").read_text("utf-8")
    label.write_text(text.replace("contents: Contents", "contents: What is in it"), "utf-8")
    reasons = why(shop.make())
    assert reasons["contents"] == "content/shared/en/labels.yml (contents) changed"
    # Its own title did not change.
    assert reasons["sources"] == "sources.yml changed"


def test_of_several_labels_those_are_named_that_a_section_prints(folder: Path) -> None:
    shop = workshop(folder)
    shop.make()
    labels = folder / "content/shared/en/labels.yml"
    labels.parent.mkdir(parents=True)
    text = (ROOT / "content/shared/en/labels.yml").read_text("utf-8")
    for old, new in (("contents: Contents", "contents: Inside"), ("imprint: ", "imprint: The ")):
        assert old in text
        text = text.replace(old, new, 1)
    labels.write_text(text, "utf-8")
    change(folder / MALI / "profile.yml", "Demonstration from", "A demonstration from")
    reasons = why(shop.make())
    assert reasons["contents"] == "content/shared/en/labels.yml (contents) changed"
    assert reasons["imprint"] == "content/shared/en/labels.yml (imprint) changed"


def test_a_colour_typesets_the_sections_that_have_it(folder: Path) -> None:
    layout = folder / "layouts/mgi/layout.yml"
    layout.parent.mkdir(parents=True)
    text = (ROOT / "layouts/mgi/layout.yml").read_text("utf-8")
    layout.write_text(text, "utf-8")
    shop = workshop(folder)
    shop.make()
    change(layout, "#E8F4F3", "#E8F4F4")
    reason = "layouts/mgi/layout.yml changed"
    assert why(shop.make()) == {"updates": reason, "partnerships": reason}
    change(layout, "#D3ECEA", "#D3ECEB")  # of the wheel that is laid over a chapter's page
    made = shop.make()
    assert (why(made), made.furniture) == ({}, reason)


def test_a_colour_that_a_comment_names_typesets_nothing(folder: Path) -> None:
    own = folder / MALI / "layouts/mgi/css/notes.css"
    own.parent.mkdir(parents=True)
    shipped = (ROOT / "layouts/mgi/css/notes.css").read_text("utf-8")
    own.write_text(shipped, "utf-8")
    shop = workshop(folder)
    shop.make()
    own.write_text(f"{shipped}\n/* li {{ color: var(--d3-bed) }} */\n", "utf-8")
    assert why(shop.make()) == {}


def test_a_store_that_was_deleted_is_filled_again(folder: Path) -> None:
    shop = workshop(folder)
    shop.make()
    shutil.rmtree(folder / "build/.store")
    change(folder / CHAPTER, "Migration", "Immigration")
    assert [*why(shop.make())] == ["whole-of-government"]
    again = workshop(folder).make()
    assert again.volume
    assert why(again) == {}


def test_what_is_gone_from_the_store_is_typeset_again(folder: Path) -> None:
    shutil.rmtree(folder / "build/.store")
    made = Workshop(folder / MALI, "en", store=Store.of(folder)).make()
    assert len(made.retypeset) == 20
    assert set(why(made).values()) == {"not kept yet"}


def test_damage_to_the_store_changes_no_byte(folder: Path) -> None:
    good = workshop(folder).make().volume
    for number, path in enumerate(sorted((folder / "build/.store").rglob("*/*"))):
        content = path.read_bytes()
        at = len(content) // 2
        path.write_bytes(
            [content[:at], b"", content[:at] + b"\0\0\0\0" + content[at + 4 :]][number % 3]
        )
    made = workshop(folder).make()
    assert made.volume == good
    assert len(made.retypeset) == 20


def test_watched_are_files_read_files_missed_and_folders(folder: Path) -> None:
    shop = workshop(folder)
    shop.make()
    watched = shop.watched()
    assert str(folder / CHAPTER) in watched
    assert str(folder / MALI / "en") in watched
    assert str(folder / MALI / "en/labels.yml") in watched  # looked for, not there
    assert str(ROOT / "layouts/mgi/layout.yml") in watched  # shipped


def test_while_content_is_broken_the_rest_is_kept(folder: Path) -> None:
    shop = workshop(folder)
    good = shop.make().volume
    text = (folder / CHAPTER).read_text("utf-8")
    (folder / CHAPTER).write_text(text + "\n[^nowhere]\n", "utf-8")
    assert shop.make().volume is None
    (folder / CHAPTER).write_text(text, "utf-8")
    made = shop.make()
    assert made.volume == good
    assert made.retypeset == ()


# --- Nothing changed --------------------------------------------------------------------------


def test_nothing_changed_loads_nothing_and_leaves_the_pdf(folder: Path) -> None:
    run(folder, "build", MALI, "--lang", "en")
    pdf = folder / "build/mali-2021/en/mali-2021-en.pdf"
    before = pdf.stat()
    code = (
        "import sys, json; from mgi_report.cli import main\n"
        "try: main(['build', 'content/mali-2021', '--lang', 'en', '--format', 'json'])\n"
        "except SystemExit: pass\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True
    )
    (output,) = json.loads(done.stdout)["outputs"]
    assert output["unchanged"]
    assert output["pages"] == 31
    assert not any(section["typeset"] for section in output["sections"])
    after = pdf.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)
    heavy = {"weasyprint", "pikepdf", "pydantic", "jinja2", "markdown_it", "yaml", "uharfbuzz"}
    assert not heavy & set(done.stderr.split())


@pytest.mark.parametrize("edit", ["text", "same time", "missing", "listing", "pdf", "no pdf"])
def test_times_of_files_decide_nothing(folder: Path, edit: str) -> None:
    run(folder, "build", MALI)
    path, pdf = folder / CHAPTER, folder / "build/mali-2021/en/mali-2021-en.pdf"
    stat = path.stat()
    match edit:
        case "text":
            change(path, "the", "teh")
        case "same time":
            change(path, "the", "teh")
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        case "missing":
            text = (ROOT / "content/shared/en/imprint.md").read_text("utf-8")
            (folder / MALI / "en/imprint.md").write_text(text, "utf-8")  # was looked for
        case "listing":
            (folder / MALI / "en/more.md").write_text("Text.\n", "utf-8")
        case "pdf":
            pdf.write_bytes(pdf.read_bytes()[:-1])
        case _:
            pdf.unlink()
    done = run(folder, "build", MALI)
    assert "nothing changed" not in done.stderr
    os.utime(path)
    assert "nothing changed" in run(folder, "build", MALI).stderr


def test_warnings_are_said_again(folder: Path) -> None:
    (folder / MALI / "en/more.md").write_text("Text.\n", "utf-8")
    first = run(folder, "build", MALI)
    again = run(folder, "build", MALI)
    assert "nothing changed" in again.stderr
    warnings = [line for line in first.stderr.splitlines() if "file-is-used" in line]
    assert warnings
    assert [line for line in again.stderr.splitlines() if "file-is-used" in line] == warnings


# --- Workers ----------------------------------------------------------------------------------

COLD = """
import os, signal, sys
from contextlib import suppress
from pathlib import Path
from mgi_report.pages.typesetting import crew, typesetter
from mgi_report.workshop import Workshop
{}
if __name__ == "__main__":
    made = Workshop(Path({!r}), "en", jobs=2).make()
    Path("made.pdf").write_bytes(made.volume.pdf)
"""
DIES = """
import mgi_report.pages.typesetting.typeset as steps
whole, build = steps.typeset_anywhere, os.getpid()
def typeset(section):
    if section.id in ("updates", "covid-19") and os.getpid() != build:
        Path("died").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(section)
steps.typeset_anywhere = typeset
"""
SPAWNS = "crew.can_fork = lambda: False"


@pytest.mark.parametrize("ahead", ["", DIES, SPAWNS], ids=["forked", "dying", "spawned"])
def test_workers_make_the_same(made_once: Path, tmp_path: Path, ahead: str) -> None:
    script = tmp_path / "cold.py"
    script.write_text(COLD.format(ahead, str(made_once / MALI)), "utf-8")
    subprocess.run([sys.executable, str(script)], cwd=tmp_path, check=True)
    assert (tmp_path / "died").exists() == (ahead == DIES)
    made = (tmp_path / "made.pdf").read_bytes()
    assert made == (made_once / "build/mali-2021/en/mali-2021-en.pdf").read_bytes()


def test_workers_or_not_all_that_is_wrong_is_told(folder: Path) -> None:
    """Workers want a style sheet that cannot be read before the texts are looked through."""
    sheet = folder / MALI / "layouts/mgi/css/type.css"
    sheet.parent.mkdir(parents=True)
    sheet.symlink_to("/etc/passwd")
    change(folder / CHAPTER, "The ", "The {{ nonesuch }} ")
    alone, together = (run(folder, "check", MALI, "--jobs", jobs).stderr for jobs in "12")
    assert "type.css" in alone
    assert "nonesuch" in alone
    assert together == alone


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_no_copy_is_made_while_a_thread_runs_that_python_does_not_know() -> None:
    code = (
        "import _thread, time; import mgi_report.pages.typesetting.typeset\n"
        "from mgi_report.pages.typesetting import crew\n"
        "print(crew.can_fork()); _thread.start_new_thread(time.sleep, (5,)); print(crew.can_fork())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_worker_outlives_the_build(made_once: Path, tmp_path: Path, how: signal.Signals) -> None:
    shutil.copytree(made_once / MALI, tmp_path / MALI)
    # Ctrl-C is ignored in what a shell runs in the background, and so in what that runs.
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "from mgi_report.__main__ import main; main()"
    )
    command = [sys.executable, "-c", code, "build", MALI, "--jobs", "2"]
    build = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    workers: list[int] = []
    until = time.monotonic() + 60
    while len(workers) < 2 and time.monotonic() < until:
        workers = _workers_of(build.pid)
        time.sleep(0.02)
    assert len(workers) == 2
    build.send_signal(how)
    _, said = build.communicate(timeout=20)
    assert build.returncode != 0
    assert "Traceback" not in said
    until = time.monotonic() + 10
    while any(Path(f"/proc/{worker}").exists() for worker in workers):
        assert time.monotonic() < until, "a worker still lives"
        time.sleep(0.05)
    assert not (tmp_path / "build/mali-2021").exists()


def _workers_of(build: int) -> list[int]:
    """Give a build's worker and the copy that it makes of itself; not what they look up by."""
    command = _command(build)
    return [each for each in _all_below(build) if _command(each) == command]


def _all_below(process: int) -> list[int]:
    """Give the processes that a process has started, and those that they have."""
    try:
        own = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:  # it has ended
        return []
    return [each for child in map(int, own) for each in (child, *_all_below(child))]


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


@pytest.mark.skipif(sys.platform != "linux", reason="workers are copies on Linux only")
@pytest.mark.parametrize("end", ["built", "broken off"])
def test_no_worker_leaves_font_files_behind(made_once: Path, tmp_path: Path, end: str) -> None:
    shutil.copytree(made_once / MALI, tmp_path / MALI)
    (tmp_path / "temporary").mkdir()
    command = [sys.executable, "-m", "mgi_report", "build", MALI, "--jobs", "2"]
    build = subprocess.Popen(
        command, cwd=tmp_path, env={**os.environ, "TMPDIR": str(tmp_path / "temporary")}
    )
    if end == "broken off":
        until = time.monotonic() + 60
        while len(_workers_of(build.pid)) < 2:
            assert time.monotonic() < until
            assert build.poll() is None
            time.sleep(0.02)
        build.terminate()
    assert (build.wait(120) == 0) == (end == "built")
    until = time.monotonic() + 10
    while left := list((tmp_path / "temporary").iterdir()):
        assert time.monotonic() < until, left
        time.sleep(0.05)


@pytest.mark.skipif(sys.platform != "linux", reason="workers are copies on Linux only")
def test_a_build_on_a_terminal_has_workers(made_once: Path, tmp_path: Path) -> None:
    # A line that moves by a thread of its own would forbid them.
    shutil.copytree(made_once / MALI, tmp_path / MALI)
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "mgi_report", "build", MALI, "--jobs", "2"]
    build = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    most = 0
    with suppress(OSError):  # the terminal is closed with the build
        while os.read(ours, 4096):
            most = max(most, len(_workers_of(build.pid)))
    os.close(ours)
    build.communicate()
    assert build.returncode == 0
    assert most == 2
