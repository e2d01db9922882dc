"""The command line: what it prints, what it writes, how it ends."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from tests.projects import MALI, ROOT, copy_in_english

pytestmark = pytest.mark.xdist_group("cli")


COMMAND = (sys.executable, "-m", "mgi_report")
STEPS = ["1 load", "2 resolve", "3 compose", "4 typeset", "5 bind", "6 audit", "write"]


def run(
    folder: Path, *arguments: str, prefix: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder, by way of the command in `prefix`."""
    return subprocess.run(
        [*prefix, *COMMAND, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a project with Mali's profile."""
    copy_in_english(tmp_path)
    return tmp_path


def test_build_prints_the_path_and_nothing_else_on_standard_output(folder: Path) -> None:
    done = run(folder, "build", MALI)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "build/mali-2021/en/mali-2021-en.pdf\n"
    assert (folder / done.stdout.strip()).read_bytes().startswith(b"%PDF-1.7")
    *progress, typeset, summary = done.stderr.splitlines()
    assert typeset == "typeset again: 20 sections (not kept yet)"
    assert progress == [f"mali-2021 en: {step}" for step in STEPS]
    assert re.fullmatch(r"mali-2021 en: 31 pages in [\d.]+ s; nothing wrong", summary)


def test_json_is_one_object_and_nothing_else(folder: Path) -> None:
    done = run(folder, "build", MALI, "--lang", "en", "--format", "json", "-o", "out")
    assert done.stderr == ""
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
    assert "[pdf-is-written]" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_locked_is_said(folder: Path) -> None:
    locked = folder / "locked"
    locked.mkdir(mode=0o555)
    bound = ("setpriv", "--bounding-set", "-dac_override") if os.geteuid() == 0 else ()
    done = run(folder, "build", MALI, "-o", "locked", prefix=bound)
    assert done.returncode == 1
    assert "cannot be written: Permission denied" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_disk_that_fills_up_leaves_the_last_good_pdf(folder: Path) -> None:
    """A process that may not write so large a file sees what it would see of a full disk.

    The fonts, which the typesetter writes for itself, fit; a PDF with a large photograph does not.
    """
    Image.effect_noise((1000, 800), 100).convert("RGB").save(folder / MALI / "noise.jpg")
    with (folder / MALI / "profile.yml").open("a", encoding="utf-8") as file:
        file.write("\ncover: {photograph: {path: noise.jpg, alt: {en: Sand}, credit: Nobody}}\n")
    limited = f'ulimit -f {(folder / MALI / "noise.jpg").stat().st_size // 512}; exec "$@"'
    good = folder / "out/mali-2021-en.pdf"
    good.parent.mkdir()
    good.write_bytes(b"the last good one")
    done = subprocess.run(
        ["/bin/sh", "-c", limited, "sh", *COMMAND, "build", MALI, "-o", "out"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "cannot be written: File too large" in done.stderr
    assert "[pdf-is-written]" in done.stderr
    assert "Traceback" not in done.stderr
    assert good.read_bytes() == b"the last good one"
    assert [path.name for path in good.parent.iterdir()] == [good.name]


def test_two_builds_at_once_do_not_meet(folder: Path) -> None:
    command = [*COMMAND, "build", MALI, "-o", "out"]
    builds = [
        subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(2)
    ]
    assert [build.wait() for build in builds] == [0, 0]
    (made,) = (folder / "out").iterdir()
    content = made.read_bytes()
    assert content.startswith(b"%PDF-1.7")
    assert content.rstrip().endswith(b"%%EOF")


@pytest.mark.parametrize("command", [[], ["build"], ["check"], ["serve"]])
def test_help_teaches(command: list[str], tmp_path: Path) -> None:
    done = run(tmp_path, *command, "--help")
    assert done.returncode == 0
    assert "mgi-report" in done.stdout
    assert "\\b" not in done.stdout
    for line in done.stdout.splitlines():
        assert line.count("mgi-report ") <= 1, "examples stand on lines of their own"


# --- Progress ---------------------------------------------------------------------------------


def on_terminal(folder: Path, *arguments: str, **environment: str) -> str:
    """Run the command with its messages on a terminal; give what the terminal was sent."""
    terminal, theirs = pty.openpty()
    unset = {"NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"}
    own = {key: value for key, value in os.environ.items() if key not in unset}
    with subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=folder,
        env=own | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    ):
        os.close(theirs)
        said = b""
        while piece := read_terminal(terminal):
            said += piece
    os.close(terminal)
    return said.decode()


def read_terminal(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that nobody holds the other end any more
        return b""


COLOUR = re.compile(r"\x1b\[[\d;]*3\dm")


@pytest.mark.parametrize(("no_color", "has_colour"), [("", True), ("1", False)])
def test_on_a_terminal_one_line_changes_in_place(
    folder: Path, no_color: str, *, has_colour: bool
) -> None:
    said = on_terminal(folder, "build", MALI, TERM="xterm", NO_COLOR=no_color)
    assert bool(COLOUR.search(said)) is has_colour
    first, *_, last, _ = said.replace("\r\n", "\n").split("\n")
    assert "4 typeset covid-19" in first, "its line was drawn over and over"
    assert re.search(r"mali-2021 en: 31 pages in [\d.]+ s; nothing wrong$", last)


def test_a_dumb_terminal_gets_plain_lines(folder: Path) -> None:
    said = on_terminal(folder, "build", MALI, TERM="dumb")
    assert "\x1b" not in said
    assert said.splitlines()[:-2] == [f"mali-2021 en: {step}" for step in STEPS]


# --- Several profiles -------------------------------------------------------------------------


def test_each_profile_has_a_summary_of_its_own(tmp_path: Path) -> None:
    done = run(tmp_path, "build", "content/nowhere", "content/neither")
    assert done.returncode == 1
    lines = [line for line in done.stderr.splitlines() if "nothing was" in line]
    order = sorted(("nowhere", "neither"), key=lambda name: done.stderr.index(f"content/{name}: 1"))
    assert lines == [
        f"{count}/2 content/{name}: 1 error, nothing was written"
        for count, name in zip((1, 2), order, strict=True)
    ]


def test_a_folder_that_is_given_twice_is_gone_through_once(folder: Path) -> None:
    done = run(folder, "build", "content/nowhere", "content/nowhere/")
    assert done.stderr.count("1 error, nothing was written") == 1


def test_the_summary_says_that_a_language_was_not_written(folder: Path) -> None:
    facts = folder / MALI / "profile.yml"
    text = facts.read_text("utf-8")
    facts.write_text(text.replace("languages: [en]", "languages: [en, es]"), "utf-8")
    wrong = folder / MALI / "es/objective.md"
    wrong.parent.mkdir()
    wrong.write_text("{{ territory.nmae }}\n", "utf-8")
    summary = run(folder, "build", MALI).stderr.splitlines()[-1]
    assert re.fullmatch(
        r"mali-2021 en: 31 pages in [\d.]+ s; 1 error, \d+ warnings, "
        r"the rest was not written, earlier PDFs of it stay",
        summary,
    )


# --- Ends that come early -----------------------------------------------------------------------


@pytest.fixture
def _ctrl_c_is_heard() -> Iterator[None]:
    """Let processes of the test hear Ctrl-C, also where the tests run in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_ctrl_c_is_heard")
@pytest.mark.parametrize(
    ("command", "moment", "asked_by"),
    [
        ("build", "mgi_report.diagnostics", signal.SIGINT),  # the program is being loaded
        ("build", "pydantic_core", signal.SIGINT),
        ("build", "weasyprint.css", signal.SIGINT),  # so is the typesetter
        ("build", "mali-2021 en: 4 typeset", signal.SIGINT),
        ("build", "mali-2021 en: 6 audit", signal.SIGINT),
        ("check", "mali-2021 en: 1 load", signal.SIGINT),
        ("build", "pydantic_core", signal.SIGTERM),
        ("build", "mali-2021 en: 4 typeset", signal.SIGTERM),
    ],
)
def test_a_wish_to_stop_is_answered_in_words(
    folder: Path, command: str, moment: str, asked_by: signal.Signals
) -> None:
    good = folder / "build/mali-2021/en/mali-2021-en.pdf"
    good.parent.mkdir(parents=True)
    good.write_bytes(b"the last good one")
    with subprocess.Popen(
        [sys.executable, "-X", "importtime", "-m", "mgi_report", command, MALI],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr
        assert process.stdout
        assert any(line.rstrip().endswith(moment) for line in process.stderr), "no such moment"
        process.send_signal(asked_by)
        last = [line for line in process.stderr if not line.startswith("import time:")]
        assert process.stdout.read() == ""
    assert process.returncode == 128 + asked_by
    assert last[-1] == (
        "Stopped. Nothing is half written; PDFs that were made before are still there.\n"
    )
    assert "Traceback" not in "".join(last)
    assert good.read_bytes() == b"the last good one"
    assert [path.name for path in good.parent.iterdir()] == [good.name]


CLOSED, FULL = "Broken pipe", "No space left on device"


@pytest.mark.parametrize(
    ("arguments", "reason", "what"),
    [
        (["build", "nowhere", "--format", "json"], CLOSED, "What was done cannot be printed"),
        (["build", "nowhere", "--format", "json"], FULL, "What was done cannot be printed"),
        (["build", "--help"], FULL, "The program cannot go on"),
    ],
)
def test_what_cannot_be_printed_is_said(
    tmp_path: Path, arguments: list[str], reason: str, what: str
) -> None:
    full = Path("/dev/full")
    if reason == FULL and not full.exists():
        pytest.skip("the system has no /dev/full")
    reader, pipe = os.pipe()
    os.close(reader)
    with os.fdopen(pipe, "wb") if reason == CLOSED else full.open("wb") as stdout:
        done = subprocess.run(
            [*COMMAND, *arguments],
            cwd=tmp_path,
            stdout=stdout,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == f"Error: {what}: {reason}.\n"


def test_a_language_that_is_wrong_in_the_profile_is_told_beside_one_asked_for(folder: Path) -> None:
    facts = folder / MALI / "profile.yml"
    text = facts.read_text("utf-8")
    facts.write_text(text.replace("languages: [en]", 'languages: ["", fr]'), "utf-8")
    said = run(folder, "build", MALI, "--lang", "en").stderr
    assert 'There is nothing behind item 1 of "languages".' in said
    assert 'The profile has no language "en".' in said


def test_a_block_and_its_cover_are_made_for_a_printer_and_kept(folder: Path) -> None:
    paths = [f"build/mali-2021/en/mali-2021-en-print{end}.pdf" for end in ("", "-cover")]
    done = run(folder, "build", MALI, "--variant", "print")
    assert done.stdout.splitlines() == paths, done.stderr
    assert all((folder / path).read_bytes().startswith(b"%PDF-1.6") for path in paths)
    again = run(folder, "build", MALI, "--variant", "print", "--format", "json")
    outputs = json.loads(again.stdout)["outputs"]
    told = [(each["variant"], each["pages"], each["unchanged"]) for each in outputs]
    assert told == [("print", 32, True), ("print-cover", 1, True)]
    (folder / paths[1]).unlink()
    assert run(folder, "build", MALI, "--variant", "print").returncode == 0
    assert (folder / paths[1]).exists()


def test_a_printers_profile_is_for_print_and_for_paper(folder: Path) -> None:
    profile = str(ROOT / "assets/colour/sRGB2014.icc")
    on_screen = run(folder, "build", MALI, "--profile-icc", profile)
    assert on_screen.returncode == 2
    assert "--profile-icc is for a press" in on_screen.stderr
    of_screen = run(folder, "build", MALI, "--variant", "print", "--profile-icc", profile)
    assert of_screen.returncode == 1
    assert "cannot be used for a press: it is not one of a press" in of_screen.stderr
