"""The only door to the disk, the environment and the clock.

Paths are POSIX strings relative to the project's root. What is not in the project but shipped with
the program (layouts, assets, shared content) is found behind it, under the same paths. The door
remembers what was read, and what was looked for and not there.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Protocol


class Barred(ValueError):
    """A path at which nothing can be read, whatever may lie there."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class OutsideProject(Barred):
    """A path leads out of the project."""


class Unreadable(Barred):
    """What lies at a path is there, but is not to be read."""

    def __init__(self, path: str, reason: str) -> None:
        """Take the path in the project, and why: "permission denied"."""
        super().__init__(path)
        self.reason = reason


class NoDate(ValueError):
    """SOURCE_DATE_EPOCH is set to what is no date."""

    def __init__(self, written: str) -> None:
        super().__init__(written)
        self.written = written


@lru_cache(maxsize=4096)  # asked for each file, each time
def join(*parts: str) -> str:
    """Join POSIX path parts and make the result plain ("a/../b" is "b").

    Raises `OutsideProject` where the result would lie above the root.
    """
    plain: list[str] = []
    for part in PurePosixPath(*parts).parts:
        if part == "..":
            if not plain:
                raise OutsideProject("/".join(parts))
            plain.pop()
        elif part == "/":
            raise OutsideProject("/".join(parts))
        elif part != ".":
            plain.append(part)
    return "/".join(plain)


class Project(Protocol):
    """The project's files, as the steps see them."""

    reads: dict[str, str | None]
    """What was read: path → SHA-256 in hexadecimal, None where it was not there."""
    listings: dict[str, tuple[str, ...]]
    """The folders whose names were asked for, and what was in them."""

    def begin(self) -> None:
        """Forget what was read, and read all anew when it is asked for."""
        ...

    def noting(self) -> AbstractContextManager[set[str]]:
        """Note in a set the paths that are read meanwhile."""
        ...

    def read(self, path: str) -> bytes | None:
        """Give a file's bytes, or None where there is no such file.

        Raises `OutsideProject` where a symbolic link or ".." leads out of the project, and
        `Unreadable` where something is there that cannot be read as a file.
        """
        ...

    def folder(self, path: str) -> tuple[str, ...]:
        """Give the names in a folder, sorted; none where there is no such folder.

        Raises what `read` does.
        """
        ...

    def date(self) -> str | None:
        """Give SOURCE_DATE_EPOCH as an ISO 8601 date and time in UTC, None where it is not set.

        Raises `NoDate` where it is set to something else.
        """
        ...


class _Remembering(ABC):
    """Remembers what was asked of the files below it."""

    def __init__(self) -> None:
        self.reads: dict[str, str | None] = {}
        self.listings: dict[str, tuple[str, ...]] = {}
        self._kept: dict[str, tuple[bytes, str]] = {}
        self._contents: dict[str, bytes | None] = {}
        self._notes: list[set[str]] = []

    def begin(self) -> None:
        """Forget what was read, and read all anew when it is asked for.

        Until then each file is read once: all see the same. What is as before is kept as it is.
        """
        self.reads.clear()
        self.listings.clear()
        self._contents.clear()

    @contextmanager
    def noting(self) -> Iterator[set[str]]:
        """Note in a set the paths that are read meanwhile."""
        noted: set[str] = set()
        self._notes.append(noted)
        try:
            yield noted
        finally:
            self._notes.pop()

    def read(self, path: str) -> bytes | None:
        plain = join(path)
        for noted in self._notes:
            noted.add(plain)
        if plain in self._contents:
            return self._contents[plain]
        content = self._read(plain)
        digest = None
        if content is not None:
            kept = self._kept.get(plain)
            if kept is None or kept[0] != content:
                kept = self._kept[plain] = content, hashlib.sha256(content).hexdigest()
            content, digest = kept
        self._contents[plain] = content
        self.reads[plain] = digest
        return content

    def folder(self, path: str) -> tuple[str, ...]:
        plain = join(path)
        names = self._folder(plain)
        self.listings.setdefault(plain, names)  # what came later is for the next to find
        return names

    @abstractmethod
    def _read(self, path: str) -> bytes | None:
        """Give the content of a file whose path is plain; None where there is none."""

    @abstractmethod
    def _folder(self, path: str) -> tuple[str, ...]:
        """Give the names in a folder whose path is plain, in order; none where there is none."""


class MemoryProject(_Remembering):
    """A project of files held in memory, for tests; what is shipped lies behind it."""

    def __init__(
        self,
        files: Mapping[str, str | bytes],
        *,
        shipped: bool = True,
        date: str | None = None,
    ) -> None:
        super().__init__()
        self._files = {
            join(path): content.encode() if isinstance(content, str) else content
            for path, content in files.items()
        }
        self._shipped = Shipped() if shipped else None
        self._date = date

    def _read(self, path: str) -> bytes | None:
        if path in self._files:
            return self._files[path]
        return self._shipped.read(path) if self._shipped else None

    def _folder(self, path: str) -> tuple[str, ...]:
        prefix = f"{path}/"
        names = {
            file[len(prefix) :].split("/")[0] for file in self._files if file.startswith(prefix)
        }
        if self._shipped:
            names.update(self._shipped.folder(path))
        return tuple(sorted(names))

    def date(self) -> str | None:
        return self._date


class Shipped:
    """What comes with the program: layouts, assets and shared content."""

    def __init__(self) -> None:
        here = Path(__file__).resolve()
        packaged, checkout = here.parent / "shipped", here.parents[2]
        self.root = packaged if packaged.is_dir() else checkout

    def read(self, path: str) -> bytes | None:
        """Give a shipped file's bytes, or None."""
        return _bytes_of(self.root / path, path) if self.has(path) else None

    def folder(self, path: str) -> tuple[str, ...]:
        """Give the names in a shipped folder, sorted."""
        return _names_in(self.root / path, path) if self.has(path) else ()

    @staticmethod
    def has(path: str) -> bool:
        """Say whether a file or folder is of a kind that is shipped."""
        return f"{path}/".startswith(("layouts/", "assets/", "content/shared/"))


class DiskProject(_Remembering):
    """A project on disk."""

    def __init__(self, root: Path, environment: Mapping[str, str] = os.environ) -> None:
        super().__init__()
        self.root = _without_links(root, str(root))
        self._shipped = Shipped()
        self._folders: dict[str, str] = {}
        """Where folders lie once links are followed."""
        self._epoch = environment.get("SOURCE_DATE_EPOCH")

    def begin(self) -> None:
        super().begin()
        self._folders.clear()

    def watched(self) -> frozenset[str]:
        """Give the absolute paths of files read or looked for, and of folders listed."""
        own = {str(self.root / path) for path in (*self.reads, *self.listings)}
        shipped = {
            str(self._shipped.root / path)
            for path in (*self.reads, *self.listings)
            if Shipped.has(path)
        }
        return frozenset(own | shipped)

    def path(self, path: str) -> Path:
        """Give where a file of the project lies on disk.

        Raises `OutsideProject` where a symbolic link leads out of the project, and `Unreadable`
        where no file can have such a name.
        """
        plain = join(path)
        folder, _, name = plain.rpartition("/")
        if folder not in self._folders:
            self._folders[folder] = str(_without_links(self.root / folder, path))
        found = os.path.join(self._folders[folder], name)  # noqa: PTH118  asked for each file
        if "\0" in name or os.path.islink(found) or name == "":  # noqa: PTH114
            found = str(_without_links(Path(found), path))
        if not f"{found}/".startswith(f"{self.root}/".replace("//", "/")):
            raise OutsideProject(path)
        return _below(self.root, plain)

    def _read(self, path: str) -> bytes | None:
        found = _bytes_of(self.path(path), path)
        return found if found is not None else self._shipped.read(path)

    def _folder(self, path: str) -> tuple[str, ...]:
        return tuple(sorted({*_names_in(self.path(path), path), *self._shipped.folder(path)}))

    def date(self) -> str | None:
        if not self._epoch:
            return None
        try:
            moment = datetime.fromtimestamp(int(self._epoch), UTC)
        except (ValueError, OverflowError, OSError) as error:
            raise NoDate(self._epoch) from error
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def open_project(folder: Path) -> tuple[DiskProject, str]:
    """Open the project that a profile's folder belongs to, and give the folder's path in it.

    The project is the nearest folder above the profile that has it in `content`, or has `layouts`
    or `content/shared` itself; else the profile's own parent. So it is the same from wherever the
    program is started.
    """
    whole = Path(os.path.abspath(folder))  # noqa: PTH100  links stay: what is meant is shown
    root = next((above for above in whole.parents if _is_of(above, whole)), whole.parent)
    return DiskProject(root), whole.relative_to(root).as_posix()


def _is_of(project: Path, profile: Path) -> bool:
    own = (project / "layouts", project / "content/shared")  # no error where one may not look
    return profile.is_relative_to(project / "content") or any(map(os.path.isdir, own))


def shown(path: Path) -> str:
    """Write a path as short as it can be understood in the folder one stands in."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)


def read_returned(path: Path, most: int) -> bytes:
    """Read a file that lies anywhere, and no more of it than one byte over `most`.

    Raises `OSError` where it cannot be read.
    """
    with path.open("rb") as file:
        return file.read(most + 1)


def today(environment: Mapping[str, str] = os.environ) -> str:
    """Give the day, ISO 8601 in UTC: that of SOURCE_DATE_EPOCH where it is set, else today's.

    Raises `NoDate` where it is set to something else.
    """
    epoch = environment.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(epoch) if epoch else time.time(), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise NoDate(epoch or "") from error


def digest_of(content: bytes) -> str:
    """Give the SHA-256 of a file's bytes, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def digest_of_disk(path: Path) -> str | None:
    """Digest a file that was written, None where it is not there."""
    try:
        return digest_of(path.read_bytes())
    except OSError:
        return None


@lru_cache(maxsize=4096)
def _below(root: Path, plain: str) -> Path:
    return root / plain


def _bytes_of(path: Path, name: str) -> bytes | None:
    """Read a file of the disk; `name` is its path in the project."""
    try:
        kind = _KINDS.get(stat.S_IFMT(path.stat().st_mode))
        if kind is None:  # a pipe would make the program wait, a device may never end
            return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise Unreadable(name, _reason(error)) from error
    raise Unreadable(name, kind)


def _names_in(path: Path, name: str) -> tuple[str, ...]:
    try:
        return tuple(sorted(os.listdir(path)))  # noqa: PTH208  half the time of `Path.iterdir`
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except (OSError, ValueError) as error:
        raise Unreadable(name, _reason(error)) from error


def _without_links(path: Path, name: str) -> Path:
    """Follow symbolic links as far as they lead; what goes in a circle stays as it is."""
    try:
        return Path(os.path.realpath(path))
    except ValueError as error:
        raise Unreadable(name, _reason(error)) from error


def _reason(error: OSError | ValueError) -> str:
    if not isinstance(error, OSError):
        return "no file can have this name"  # it holds U+0000, or is no text at all
    return _REASONS.get(error.errno or 0) or (error.strerror or str(error)).lower()


_KINDS = {
    stat.S_IFDIR: "it is a folder",
    stat.S_IFIFO: "it is a pipe between programs",
    stat.S_IFSOCK: "it is a socket between programs",
    stat.S_IFCHR: "it is a device",
    stat.S_IFBLK: "it is a device",
}
_REASONS = {
    errno.EACCES: "permission denied",
    errno.EISDIR: "it is a folder",
    errno.ELOOP: "symbolic links lead in a circle",
    errno.ENAMETOOLONG: "its name is too long",
}
