"""Tells of saves: of files that were read or looked for, and of names in folders listed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath

import anyio
from watchfiles import Change, DefaultFilter, awatch

STEP = 5
"""Milliseconds without a change after which a save counts as done; it is told after two at most."""

LONGEST = 400
"""Milliseconds after which changes are told of, though there are more."""

PAUSE = 1.0
"""Seconds before a watch that failed is begun again."""


@dataclass(frozen=True, slots=True)
class Range:
    """What is watched: folders with all in them, and folders whose own entries count."""

    deep: frozenset[Path] = frozenset()
    shallow: frozenset[Path] = frozenset()

    def __or__(self, other: Range) -> Range:
        return Range(self.deep | other.deep, self.shallow | other.shallow)


def range_of(paths: Iterable[str], roots: Collection[Path]) -> Range:
    """Give what has to be watched, so that a change of one of the paths is seen.

    It is the root's first folder on the way to the path, and the root itself: there a first folder
    may appear, or a file lie. Where a root lies in another, the path is the inner one's: else all
    that is made there would be watched. Paths in none of the roots are left out.
    """
    deep, shallow = set(), set()
    for path in map(PurePath, paths):
        above = [root for root in roots if path.is_relative_to(root) and path != root]
        if not above:
            continue
        root = max(above, key=lambda each: len(each.parts))
        first = root / path.relative_to(root).parts[0]
        if first.is_dir():
            deep.add(first)
        elif root.is_dir():
            shallow.add(root)
    return Range(frozenset(deep), frozenset(shallow))


class Relevant(DefaultFilter):
    """Lets through changes that can matter; leavings of editors do not."""

    def __init__(self, paths: Callable[[], frozenset[str] | None]) -> None:
        super().__init__()
        self._ask = paths
        self._paths: frozenset[str] = frozenset()
        self._above: frozenset[str] = frozenset()

    def __call__(self, change: Change, path: str) -> bool:
        """Say whether a change counts."""
        paths = self._ask()
        if paths is None:
            return super().__call__(change, path)
        if paths is not self._paths:
            self._paths = paths
            self._above = frozenset(str(each) for path in paths for each in PurePath(path).parents)
        if path in self._paths or path in self._above:
            # That a folder was modified says only that something in it was, which is told too.
            return change is not Change.modified or not Path(path).is_dir()
        listed = str(PurePath(path).parent) in self._paths and change is not Change.modified
        return listed and super().__call__(change, path)


async def changes(
    watched: Range, relevant: Callable[[], frozenset[str] | None], stop: anyio.Event
) -> AsyncIterator[frozenset[str]]:
    """Give the paths that changed, until `stop` is set; first none, when the watch has begun.

    `relevant` is asked at each change for the paths that matter: they are others after each making.
    It gives None while they are not known.
    """
    send, receive = anyio.create_memory_object_stream[frozenset[str]](64)
    relevance = Relevant(relevant)

    async def follow(folders: Collection[Path], *, recursive: bool, polling: bool = False) -> None:
        try:
            async for found in awatch(
                *sorted(folders),
                watch_filter=relevance,
                debounce=LONGEST,
                step=STEP,
                stop_event=stop,
                recursive=recursive,
                force_polling=polling,
                ignore_permission_denied=True,
            ):
                await send.send(frozenset(path for _, path in found))
        except (OSError, RuntimeError):
            # The system watches no more folders, or one is gone.
            if not polling:
                await follow(folders, recursive=recursive, polling=True)
            else:
                await anyio.sleep(PAUSE)
                stop.set()

    async def until_stopped() -> None:
        await stop.wait()
        tasks.cancel_scope.cancel()

    async with receive, send, anyio.create_task_group() as tasks:
        if watched.deep:
            tasks.start_soon(lambda: follow(watched.deep, recursive=True))
        if watched.shallow:
            tasks.start_soon(lambda: follow(watched.shallow, recursive=False))
        # Tasks begin in order: when the last one does, the others watch already.
        began = anyio.Event()
        tasks.start_soon(_set, began)
        tasks.start_soon(until_stopped)
        await began.wait()
        yield frozenset()
        async for found in receive:
            yield found


async def _set(event: anyio.Event) -> None:
    event.set()
