"""Opens a place of the content in the editor that $VISUAL or $EDITOR names."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from shutil import which
from urllib.parse import quote

_COLONS = ("{file}:{line}:{column}",)
_GOTO = ("-g", *_COLONS)
_PLUS = ("+{line}:{column}", "{file}")
_JETBRAINS = ("--line", "{line}", "--column", "{column}", "{file}")

KNOWN: Mapping[str, tuple[str, ...]] = {
    "bbedit": ("+{line}", "{file}"),
    "code": _GOTO,
    "code-insiders": _GOTO,
    "codium": _GOTO,
    "cursor": _GOTO,
    "emacsclient": ("-n", *_PLUS),
    "geany": ("--line", "{line}", "--column", "{column}", "{file}"),
    "gedit": _PLUS,
    "gnome-text-editor": _PLUS,
    "gvim": ("+call cursor({line},{column})", "{file}"),
    "idea": _JETBRAINS,
    "kate": ("-l", "{line}", "-c", "{column}", "{file}"),
    "mate": ("-l", "{line}:{column}", "{file}"),
    "mvim": ("+call cursor({line},{column})", "{file}"),
    "pluma": ("+{line}", "{file}"),
    "pycharm": _JETBRAINS,
    "subl": _COLONS,
    "vscodium": _GOTO,
    "webstorm": _JETBRAINS,
    "windsurf": _GOTO,
    "xed": _PLUS,
    "zed": _COLONS,
}
"""What each editor is given. None of them is asked to wait until the file is closed."""

WAITING = ("-w", "--wait", "-f", "--nofork", "--block")
"""What people put behind an editor for git; the preview does not wait."""

Start = Callable[[list[str]], None]


class Editor:
    """The editor that is set up, if it is known; one of the terminal has no window of its own."""

    def __init__(self, environment: Mapping[str, str], start: Start | None = None) -> None:
        self._command: list[str] | None = None
        self._trouble: str | None = None
        """Why the one that is named is not used."""
        for variable in ("VISUAL", "EDITOR"):
            self._command, trouble = _command(variable, environment.get(variable, ""))
            self._trouble = self._trouble or trouble
            if self._command:
                break
        self._start = start or self._run
        self._running: list[subprocess.Popen[bytes]] = []

    @property
    def name(self) -> str | None:
        """Its name, None where none is set up."""
        return Path(self._command[0]).name if self._command else None

    @property
    def advice(self) -> str:
        """Why nothing opens, and what to do."""
        if self._command:
            return f"“{self.name}” cannot be started."
        if self._trouble:
            return (
                f"{self._trouble} Set it to an editor with a window of its own, such as “code”, "
                "before you start the preview."
            )
        return (
            "To open it at once, set $VISUAL to your editor, such as “code”, before you start the "
            "preview."
        )

    def open(self, file: Path, line: int, column: int) -> bool:
        """Open a file at a place; say whether that could be done."""
        if not self._command:
            return False
        program, *arguments = self._command
        # The path is absolute, so it is never taken for an option.
        given = [
            each.format(file=file, line=line, column=column) for each in KNOWN[Path(program).name]
        ]
        try:
            self._start([program, *arguments, *given])
        except OSError:
            return False
        return True

    def _run(self, command: list[str]) -> None:
        self._running = [each for each in self._running if each.poll() is None]
        self._running.append(
            subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        )


def _command(variable: str, value: str) -> tuple[list[str] | None, str | None]:
    """Give the command that a variable names, or what is wrong with it; neither without one."""
    try:
        words = shlex.split(value)
    except ValueError:
        return None, f"${variable} has a quotation mark that is not closed."
    if not words:
        return None, None
    name = Path(words[0]).name
    if name not in KNOWN:
        return None, f"${variable} is “{name}”, which the preview cannot open at a line."
    if not which(words[0]):
        return None, f"${variable} is “{name}”, which is not installed here."
    return [word for word in words if word not in WAITING], None


def link(file: Path, line: int, column: int) -> str:
    """Give the address that opens a place in Visual Studio Code."""
    return f"vscode://file{quote(file.as_posix())}:{line}:{column}"
