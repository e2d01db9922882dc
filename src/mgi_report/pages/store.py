"""Where typeset sections are kept on disk, each under the digest of all that it was made from.

The folder may be deleted at any time, and several builds may use it at once: an entry is written
whole or not at all and never changed. What cannot be read back as it was written is not there: an
entry carries its own name and a checksum, and holds plain data only. Entries that nobody asked for
for long are removed, and the oldest of them where the folder grows too large. What somebody else
put into the folder is left alone, and no link is followed out of it.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span

_MAGIC = b"mgi-report kept 1\n"
_LARGEST = 256 * 2**20
"""Bytes; a profile's sections in one language need about one million."""
_OLDEST = 60 * 86400.0
"""Seconds since somebody last asked for an entry."""
_STALE = 3600.0
"""Seconds after which a temporary file is nobody's."""
_TRIMMED = "trimmed"
_FOLDER = re.compile("[0-9a-f]{2}")
_ENTRY = re.compile("[0-9a-f]{62}")
_TEMPORARY = re.compile(r"\..*\.new")
"""The names that are the store's own: of its folders, of entries, and of what becomes one."""
_OFTEN = 600.0
"""Seconds between two looks at the size of the whole, by all builds together."""


class Store:
    """A folder of entries: bytes by name, where the name is a digest in hexadecimal."""

    def __init__(
        self, folder: Path, *, largest: int = _LARGEST, oldest: float = _OLDEST, writes: bool = True
    ) -> None:
        """Take the folder, made when the first entry is; `largest` bytes, `oldest` seconds.

        One that does not write gives what is there, and keeps nothing.
        """
        self.folder = folder
        self._largest = largest
        self._oldest = oldest
        self._writes = writes
        self._failure: OSError | None = None
        """Why an entry was not kept, until that is told; None where all were."""

    @classmethod
    def of(cls, root: Path, *, writes: bool = True) -> Store:
        """Give the store of a project, build/.store in its root."""
        return cls(root / "build" / ".store", writes=writes)

    def get(self, name: str) -> bytes | None:
        """Give an entry as it was put, None where there is none, or a damaged one."""
        path = self._path(name)
        try:
            found = path.lstat()
        except OSError:
            return None
        content = None
        # Anything may lie there: a folder, a pipe that would never end, more than memory holds.
        if stat.S_ISREG(found.st_mode) and found.st_size <= self._largest:
            with suppress(OSError):
                content = _checked(name, path.read_bytes())
        if self._writes:
            with suppress(OSError):
                if content is None:
                    _remove(path)
                else:
                    os.utime(path)  # it was asked for
        return content

    def has(self, name: str) -> bool:
        """Say whether there is something of that name; whether it is whole, `get` finds out."""
        return not self._writes or self._path(name).is_file()

    def put(self, name: str, content: bytes) -> None:
        """Keep an entry; where the disk does not let us, it is not kept, as `warnings` says."""
        if not self._writes:
            return
        import tempfile  # only where something is written

        path = self._path(name)
        temporary = None
        try:
            if path.parent.is_symlink() or path.parent.is_file():
                path.parent.unlink()  # else nothing of that name would ever be kept
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")
            with os.fdopen(handle, "wb") as file:
                file.write(_MAGIC + _checksum(name, content) + content)
            Path(temporary).replace(path)
        except OSError as error:
            self._failure = error
            if temporary:
                with suppress(OSError):
                    Path(temporary).unlink()

    def warnings(self) -> tuple[Diagnostic, ...]:
        """Say once why something was not kept since this was last asked, where that is so."""
        failure, self._failure = self._failure, None
        if failure is None:
            return ()
        folder = f"{self.folder.parent.name}/{self.folder.name}"
        message = f"Pages cannot be kept in {folder}: {(failure.strerror or '?').lower()}."
        hint = (
            "Each build makes all pages anew. Look whether the folder can be written to and the "
            "disk has room; it may be deleted."
        )
        return (Diagnostic(Rule.PAGES_ARE_KEPT, message, Span(folder), hint, Severity.WARNING),)

    def trim(self, *, now: bool = False) -> None:
        """Remove what nobody asked for for long, and the oldest where all is too large.

        Looks only where nobody did for some minutes, unless it is to be `now`. Another build that
        reads an entry meanwhile has it whole, or not at all.
        """
        if not self._writes:
            return
        moment = time.time()
        mark = self.folder / _TRIMMED
        with suppress(OSError):
            # Where the clock was set back, the mark may lie ahead.
            if not now and 0 <= moment - mark.lstat().st_mtime < _OFTEN:
                return
        with suppress(OSError):
            mark.touch()
        entries = []
        for path in self._files():
            with suppress(OSError):
                found = path.lstat()
                if path.suffix == ".new":
                    if abs(moment - found.st_mtime) > _STALE:
                        path.unlink()
                elif not stat.S_ISDIR(found.st_mode):
                    if found.st_mtime > moment + _OFTEN:
                        os.utime(path, follow_symlinks=False)
                    entries.append((found.st_mtime, str(path), found.st_size))
        size = sum(entry[2] for entry in entries)
        for when, name, own in sorted(entries):
            if when >= moment - self._oldest and size <= self._largest:
                break
            size -= own
            with suppress(OSError):
                Path(name).unlink()

    def _files(self) -> Iterator[Path]:
        """Give what may be entries, by name; nothing that links lead to, or others have put."""
        with suppress(OSError):
            for folder in sorted(self.folder.iterdir()):
                if _FOLDER.fullmatch(folder.name) and not folder.is_symlink() and folder.is_dir():
                    for path in sorted(folder.iterdir()):
                        if _ENTRY.fullmatch(path.name) or _TEMPORARY.fullmatch(path.name):
                            yield path

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / name[2:]


def _remove(path: Path) -> None:
    """Remove what lies in the place of an entry, whatever it is."""
    if path.is_dir() and not path.is_symlink():
        import shutil  # hardly ever

        shutil.rmtree(path)
    else:
        path.unlink()


def _checksum(name: str, content: bytes) -> bytes:
    checksum = hashlib.sha256(name.encode())
    checksum.update(content)
    return checksum.digest()


def _checked(name: str, whole: bytes) -> bytes | None:
    start = len(_MAGIC)
    content = whole[start + 32 :]
    if not whole.startswith(_MAGIC) or whole[start : start + 32] != _checksum(name, content):
        return None
    return content
