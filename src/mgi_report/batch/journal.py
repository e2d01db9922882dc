"""What a batch has done, a line each as soon as it is done: build/batch/<part>.jsonl.

The first line says what the batch is: another batch, or another version of the program, begins
anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from mgi_report.batch.model import Done
from mgi_report.project import DiskProject
from mgi_report.writing import append_line, write_whole


class Journal:
    """The journal of one batch."""

    def __init__(self, path: Path, about: Mapping[str, Any]) -> None:
        """Take where it lies, and what the batch is."""
        self._path = path
        self._about = dict(about)

    def done(self) -> dict[str, dict[str, Any]]:
        """Give what an earlier run of the same batch has done well, by the profile's folder."""
        lines = _lines(self._path)
        if not lines or lines[0] != self._about:
            return {}
        return {line["folder"]: line for line in lines[1:] if line.get("ok")}

    def begin(self, kept: Mapping[str, Mapping[str, Any]]) -> None:
        """Begin anew with what is kept of an earlier run; raises `OSError`."""
        lines = (self._about, *kept.values())
        write_whole(self._path, "".join(map(_line, lines)).encode())

    def add(self, done: Done) -> None:
        """Note what became of a profile; raises `OSError`."""
        append_line(self._path, _line(entry(done)))


def entry(done: Done) -> dict[str, Any]:
    """Say of a profile what is kept of it."""
    return {
        "folder": done.job.folder,
        "ok": done.result.ok,
        "pages": {output.lang: output.pages for output in done.result.outputs},
        "paths": [output.path for output in done.result.outputs],
        "cost": asdict(done.cost) if done.cost else None,
        "tries": done.tries,
    }


def _lines(path: Path) -> list[dict[str, Any]]:
    """Read a journal as far as it goes: the last line may be half written."""
    content = DiskProject(path.parent).read(path.name) or b""
    found = []
    for line in content.decode(errors="replace").splitlines():
        try:
            found.append(json.loads(line))
        except ValueError:
            break
    return found


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
