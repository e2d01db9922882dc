"""A preview that runs in a process of its own, on a copy of Mali's profile in English."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Self

from tests.projects import MALI, ROOT, copy_in_english

PATIENCE = 60.0
"""Seconds for what takes a second, on a machine that has much to do."""


def speak_french(folder: Path) -> None:
    """Give a copy of the profile in English its second language again."""
    shutil.copytree(ROOT / MALI / "fr", folder / MALI / "fr")
    facts = folder / MALI / "profile.yml"
    text = facts.read_text("utf-8")
    assert "languages: [en]" in text
    facts.write_text(text.replace("languages: [en]", "languages: [en, fr]"), "utf-8")


class Running:
    """A preview, which can be stopped and started again."""

    def __init__(self, folder: Path, before: str = "", **environment: str) -> None:
        """Take a folder to copy the profile into, and what to run in Python before the preview."""
        self.folder = folder
        copy_in_english(folder)
        files = (path for path in (folder / MALI).rglob("*") if path.is_file())
        self._sound = {path: path.read_bytes() for path in files}
        self._program = (
            ["-c", f"{before}\nfrom mgi_report.cli import main\nmain()"]
            if before
            else ["-m", "mgi_report"]
        )
        self.port = 0
        self.errors = ""
        self._environment = environment
        self._process: subprocess.Popen[str] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start, on the port that it had before."""
        environment = {key: value for key, value in os.environ.items() if key != "EDITOR"}
        environment.pop("VISUAL", None)
        with (self.folder / "log").open("w") as log:
            self._process = subprocess.Popen(
                [sys.executable, *self._program, "serve", MALI, "--port", str(self.port)],
                cwd=self.folder,
                env=environment | self._environment,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        assert said.startswith("http://127.0.0.1:"), said + self._said()
        self.port = int(said.strip().rstrip("/").rpartition(":")[2])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            self._process.kill()
            with self._process:
                pass

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Stop; give the exit status."""
        assert self._process is not None
        with self._process as process:
            with suppress(ProcessLookupError):
                process.send_signal(how)
            try:
                status = process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        self.errors = self._said()
        self._process = None
        return status

    def _said(self) -> str:
        return (self.folder / "log").read_text()

    def path(self, name: str) -> Path:
        """Give a file of the profile."""
        return self.folder / MALI / name

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace words in a file of the profile, once, and save it as editors do."""
        path = self.path(name)
        text = path.read_text("utf-8")
        assert old in text
        fresh = path.with_name(f".{path.name}.tmp")
        fresh.write_text(text.replace(old, new, 1), "utf-8")
        fresh.replace(path)

    def mend(self) -> None:
        """Bring all files back as they were."""
        for path, content in self._sound.items():
            if path.read_bytes() != content:
                path.write_bytes(content)
