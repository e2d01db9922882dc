"""Which editor opens a place, and how it is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from mgi_report.preview.editors import KNOWN, Editor, link


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder in which all editors are installed."""
    for name in (*KNOWN, "vim"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def opened(environment: dict[str, str]) -> list[str] | None:
    started: list[list[str]] = []
    editor = Editor(environment, started.append)
    done = editor.open(Path("/p/a b{0}.md"), 12, 3)
    assert done == bool(started)
    return started[0] if started else None


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    ("environment", "command"),
    [
        ({"VISUAL": "code"}, ["code", "-g", "/p/a b{0}.md:12:3"]),
        (
            {"VISUAL": "code --wait --new-window"},
            ["code", "--new-window", "-g", "/p/a b{0}.md:12:3"],
        ),
        ({"EDITOR": "subl -w"}, ["subl", "/p/a b{0}.md:12:3"]),
        ({"VISUAL": "vim", "EDITOR": "kate"}, ["kate", "-l", "12", "-c", "3", "/p/a b{0}.md"]),
        ({"VISUAL": "gvim"}, ["gvim", "+call cursor(12,3)", "/p/a b{0}.md"]),
        ({"VISUAL": "vim", "EDITOR": "vim"}, None),
        ({"VISUAL": "'unclosed"}, None),
        ({"VISUAL": ""}, None),
        ({}, None),
    ],
)
def test_the_editor_is_asked_for_the_place(
    environment: dict[str, str], command: list[str] | None
) -> None:
    assert opened(environment) == command


@pytest.mark.parametrize("name", KNOWN)
def test_each_editor_is_given_file_and_line(programs: Path, name: str) -> None:
    command = opened({"VISUAL": str(programs / name)})
    assert command
    assert command[0] == str(programs / name)
    assert any("/p/a b{0}.md" in each for each in command)
    assert any("12" in each for each in command)


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "To open it at once, set $VISUAL"),
        ({"VISUAL": "vim"}, "$VISUAL is “vim”, which the preview cannot open at a line."),
        ({"EDITOR": "nano -w"}, "$EDITOR is “nano”, which the preview cannot open at a line."),
        ({"VISUAL": "/no/code"}, "$VISUAL is “code”, which is not installed here."),
        ({"VISUAL": "'code"}, "$VISUAL has a quotation mark that is not closed."),
        ({"VISUAL": "vim", "EDITOR": "code"}, "“code” cannot be started."),
    ],
)
def test_why_nothing_opens_is_said(environment: dict[str, str], said: str) -> None:
    assert Editor(environment).advice.startswith(said)


def test_an_editor_that_is_not_installed_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Editor({"VISUAL": "code"}).name is None


@pytest.mark.usefixtures("programs")
def test_an_editor_is_started_and_not_waited_for() -> None:
    editor = Editor({"VISUAL": "code"})
    assert editor.name == "code"
    assert editor.open(Path("/p/1.md"), 1, 1)
    for process in editor._running:
        process.wait()


def test_a_link_is_an_address() -> None:
    assert link(Path("/p/é b.md"), 2, 3) == "vscode://file/p/%C3%A9%20b.md:2:3"
