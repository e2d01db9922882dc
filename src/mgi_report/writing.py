"""The other side of the door to the disk: files are written whole, or not at all."""

from __future__ import annotations

import errno
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from mgi_report.project import join

PATIENCE = 30.0
"""Seconds that one waits for a folder that another program holds."""

_HELD: ContextVar[frozenset[Path]] = ContextVar("held", default=frozenset())


def write_whole(path: Path, content: bytes, *, lasting: bool = True) -> None:
    """Write a file whole or not at all: to a temporary file beside it, then renamed.

    The disk has it by then where it is to be `lasting`. Raises `OSError` where it cannot be.
    """
    import tempfile  # only where something is written

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Write a new folder whole or not at all: beside its place, then renamed.

    `files` are by their path in the folder. Raises `OSError` where it is there already or cannot
    be written.
    """
    import shutil
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
    try:
        for name, content in files.items():
            write_whole(made / name, content)
        made.chmod(0o755)
        made.rename(path)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def replace_folder(path: Path, files: Mapping[str, bytes], beside: Mapping[str, bytes]) -> None:
    """Put a new folder in the place of the one that is there, and files beside it; all or nothing.

    `files` are by their path in the folder, `beside` by their name. All is written first, under
    another name, then renamed, which a journal says: where that cannot be done, what was there is
    back; where the program is killed meanwhile, `finish_folders` does the rest. Raises `OSError`
    where it cannot be written.
    """
    import shutil
    import tempfile

    path = path.resolve()  # a link goes on leading to the folder
    path.parent.mkdir(parents=True, exist_ok=True)
    finish_folders(path.parent)
    made = Path(tempfile.mkdtemp(dir=path.parent, prefix=f"{_OURS}{path.name}."))
    new, old, journal = made / "new", made / "old", made.parent / f"{made.name}{_JOURNAL}"
    names = [path.name, *beside]
    try:
        for name, content in files.items():
            write_whole(new / path.name / name, content, lasting=False)
        for name, content in beside.items():
            write_whole(new / name, content)
        (new / path.name).chmod(0o755)
        old.mkdir()
        write_whole(journal, json.dumps({_KEY: names}).encode())
        _rename_all(made, names)
    except BaseException:
        for kept in sorted(old.iterdir()) if old.is_dir() else ():
            place = path.parent / kept.name
            if place.exists():  # a new one that had got there already
                place.rename(new / kept.name)
            kept.rename(place)
        raise
    finally:
        journal.unlink(missing_ok=True)
        shutil.rmtree(made, ignore_errors=True)


def replace_folder_in_turn(path: Path, files: Mapping[str, bytes]) -> None:
    """Replace a folder as `replace_folder` does, one program at a time.

    So whatever lies half-written beside it was left by one that was killed, and is taken away.
    Raises `OSError` where it cannot be written.
    """
    import shutil
    from glob import escape

    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    with held(path.parent):
        finish_folders(path.parent)
        for left in sorted(path.parent.glob(f"{_OURS}{escape(path.name)}.{'?' * 8}")):
            if _is_halfway(left):
                shutil.rmtree(left, ignore_errors=True)
        replace_folder(path, files, {})


_OURS = ".mgi-report-"
"""Begins the names of what lies beside a folder while it is being replaced."""
_JOURNAL = ".journal"
"""Ends the name of what says which files and folders are being replaced."""
_KEY = "mgi-report-replaces"
"""What a journal of this program says their names under."""


def finish_folders(place: Path) -> None:
    """Put those new folders into their places that a program was killed over.

    What this program has not written is passed over. Raises `OSError` where they cannot be put.
    """
    import shutil

    for journal in sorted(place.glob(f"{_OURS}*{_JOURNAL}")):
        made = place / journal.name.removesuffix(_JOURNAL)
        names = _names_in(journal)
        if names is None or (os.path.lexists(made) and not _is_halfway(made)):
            continue
        _rename_all(made, names)
        journal.unlink()
        shutil.rmtree(made, ignore_errors=True)


def _names_in(journal: Path) -> list[str] | None:
    """Read which files and folders a journal says; None where it is none of this program's."""
    try:
        read = json.loads(journal.read_bytes())
    except (ValueError, IsADirectoryError):
        return None
    names = read.get(_KEY) if isinstance(read, dict) else None
    are_names = isinstance(names, list) and all(
        isinstance(each, str) and each not in ("", ".", "..") and "/" not in each for each in names
    )
    return names if are_names else None


def _is_halfway(made: Path) -> bool:
    """Say whether a folder has nothing in it but what is new and what was there."""
    if made.is_symlink() or not made.is_dir():
        return False
    return {each.name for each in sorted(made.iterdir())} <= {"new", "old"}


def _rename_all(made: Path, names: Iterable[str]) -> None:
    """Put what is new into its place, and what was there aside; what is done already stays."""
    new, old, place = made / "new", made / "old", made.parent
    for name in names:
        if (new / name).exists() and (place / name).exists():
            (place / name).rename(old / name)
    for name in names:
        if (new / name).exists():
            (new / name).rename(place / name)


def files_in(path: Path, *, all_else: bool = False) -> list[str] | None:
    """Give the files in a folder and below it by their path from it; None where there is none.

    With `all_else` links to folders are given, too, and folders with nothing in them. Raises
    `OSError` where something is there that is no folder, or cannot be read.
    """
    if not os.path.lexists(path):
        return None
    found = []
    for folder, folders, names in os.walk(path, onerror=_raise):
        inside = Path(folder).relative_to(path)
        found += [(inside / name).as_posix() for name in names]
        if all_else:
            links = [name for name in folders if (path / inside / name).is_symlink()]
            found += [(inside / name).as_posix() for name in links]
            is_empty = not names and not folders and inside != Path()
            found += [inside.as_posix()] if is_empty else []
    return sorted(found)


def _raise(error: OSError) -> None:
    raise error


def barring(path: Path) -> Path | None:
    """Give what lies above a path and is no folder, None where nothing bars the way."""
    above = next(each for each in path.absolute().parents if each.exists())
    return None if above.is_dir() else above


def lies_in(path: Path, folder: Path) -> bool:
    """Say whether a path leads to a folder or into it, wherever links lead."""
    return path.resolve().is_relative_to(folder.resolve())


def write_together(root: Path, journal: str, files: Mapping[str, bytes]) -> None:
    """Write several text files all or not at all, also where the program is killed meanwhile.

    Paths are relative to `root`. What is to be written is first kept in `journal`; `finish` writes
    it where that was not done. Raises `OSError` where it cannot be written.
    """
    entries = {path: content.decode() for path, content in files.items()}
    write_whole(root / journal, json.dumps(entries, ensure_ascii=False, indent=1).encode())
    finish(root, journal)


def finish(root: Path, journal: str) -> None:
    """Write what a journal says that is still to be written; nothing where there is none.

    Raises `OutsideProject` where a path in it leads out of `root`.
    """
    try:
        entries = json.loads((root / journal).read_bytes())
    except FileNotFoundError:
        return
    for path, content in entries.items():
        write_whole(root / join(path), content.encode())
    (root / journal).unlink()


def size_on_disk(path: str) -> int:
    """Give how many bytes a file has that was written, 0 where it is not there."""
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


def is_a_file(path: Path) -> bool:
    """Say whether there is a file."""
    return path.is_file()


def make_folder(path: Path) -> None:
    """See that a folder is there; raises `OSError` where it cannot be."""
    path.mkdir(parents=True, exist_ok=True)


def append_line(path: Path, line: str) -> None:
    """Add a line to a file; the disk has it then. Raises `OSError` where it cannot be."""
    with path.open("ab") as file:
        file.write(line.encode())
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def held(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold a folder, so that of all programs one at a time reads it, thinks, and writes.

    It is let go when the program ends, however it does. Whoever holds it may hold it again. Raises
    `OSError` where another program does not let it go within `patience` seconds, or there is no
    such folder.
    """
    import fcntl  # not on Windows

    mine = _HELD.get()
    if folder in mine:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        end = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > end:
                    raise OSError(errno.EBUSY, "Another program is writing there.") from None
                time.sleep(0.01)
            else:
                break
        token = _HELD.set(mine | {folder})
        try:
            yield
        finally:
            _HELD.reset(token)
    finally:
        os.close(handle)
