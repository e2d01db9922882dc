"""Keeps what is shown in step with the files: watches, makes, draws, and tells those who look on.

Volumes are made in one thread and drawn in another; the loop of the server waits for neither.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
import traceback
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import anyio
import anyio.lowlevel

from mgi_report.collecting import without_collecting
from mgi_report.content.load import read_facts
from mgi_report.diagnostics import Diagnostic, Rule, Span, has_errors
from mgi_report.pages.store import Store
from mgi_report.preview.drawing import Book, Pictures
from mgi_report.preview.showing import Showing, show, sorted_messages
from mgi_report.preview.watching import Range, changes, range_of
from mgi_report.progress import Stage
from mgi_report.project import DiskProject, Shipped, open_project, write_whole
from mgi_report.steps import output_path
from mgi_report.workshop import Crew, Made, Workshop

_T = TypeVar("_T")


SHARED = ("content/shared", "layouts", "assets")
"""Where files lie that profiles share."""

VARIANTS = ("screen",)
"""What can be shown of each language; the browser offers a choice where there is one."""


class Ended(Exception):
    """The preview ends: what is being made is not needed."""


@dataclass(slots=True)
class Desk:
    """What belongs to one language."""

    workshop: Workshop
    showing: Showing
    stale: bool = True
    """Whether files may have changed since it was made."""
    saved: bool = True
    """Whether one is known to have."""
    onlookers: int = 0
    before: Showing | None = None
    """What was shown before: a browser may still ask for its pages."""


class Studio:
    """A profile as it is shown, in all languages that somebody looks at."""

    def __init__(
        self,
        folder: Path,
        *,
        tell: Callable[[str], None] | None = None,
        crew: Crew | None = None,
    ) -> None:
        """Take the profile's folder; `tell` is told what goes wrong with the program itself.

        `crew` are workers that have begun; they serve the first making, and are let go after it.
        """
        self._folder = folder
        self._project, self._inside = open_project(folder)
        self._shipped = Shipped().root
        self._tell = tell or (lambda _: None)
        self._crew = crew
        self._desks: dict[str, Desk] = {}
        self._languages: tuple[str, ...] = ()
        self._name = folder.absolute().name
        self._facts_found: tuple[Diagnostic, ...] = ()
        self._watched: frozenset[str] = frozenset()
        self._range = self._first_range()
        self._watching = asyncio.Event()
        self._making = ThreadPoolExecutor(1, thread_name_prefix="preview-make")
        self._drawing = ThreadPoolExecutor(1, thread_name_prefix="preview-draw")
        self._pictures = Pictures()
        self._wanted = asyncio.Event()
        self._pulse = asyncio.Event()
        self._watch_stop: anyio.Event | None = None
        self.ended = False
        self.working = False

    # --- what others ask ----------------------------------------------------------------------

    @property
    def project(self) -> DiskProject:
        """The project that the profile stands in."""
        return self._project

    def language(self, asked: str | None) -> str:
        """Give the language to show where one was asked for; "" while none is known."""
        if asked in self._languages:
            return asked or ""
        return self._languages[0] if self._languages else ""

    def state(self, asked: str | None) -> dict[str, object]:
        """Give what a browser is to show."""
        showing = self.showing(asked)
        return {
            "profile": self._name,
            "languages": list(self._languages),
            "variants": list(VARIANTS),
            "ready": bool(showing.sheets or showing.diagnostics),
            **showing.as_json(),
        }

    def showing(self, asked: str | None) -> Showing:
        """Give what is shown of a language; what is wrong with profile.yml while it is read."""
        lang = self.language(asked)
        showing = self._desks[lang].showing if lang in self._desks else Showing(lang)
        if self._facts_found and not showing.diagnostics:
            found = sorted_messages(self._facts_found)
            showing = replace(showing, diagnostics=found, current=False)
        return showing

    async def picture(self, digest: str, width: int) -> bytes | None:
        """Draw a page by what is seen on it; None where there is no such page any more."""
        kept = self._pictures.find(digest, width)
        if kept is not None:
            return kept
        return await self._in(self._drawing, partial(self._draw, digest, width))

    def place(self, span: Span) -> Path | None:
        """Give the file of a place in the content, where it is one."""
        shared = [self._shipped / folder for folder in SHARED]
        for root, within in ((self._project.root, [self._project.root]), (self._shipped, shared)):
            found = (root / span.file).resolve()
            if any(found.is_relative_to(folder) for folder in within) and found.is_file():
                return found
        return None

    def look(self, asked: str | None, *, on: bool) -> None:
        """Count one more who looks at a language, or one fewer."""
        desk = self._desks.get(self.language(asked))
        if desk:
            desk.onlookers += 1 if on else -1
            if on and desk.stale:
                self._wanted.set()

    @property
    def pulse(self) -> asyncio.Event:
        """Is set when there is news; take it before you look."""
        return self._pulse

    # --- how it goes on -------------------------------------------------------------------------

    async def run(self) -> None:
        """Make, and watch, until `end`."""
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self._watch)
            await self._watching.wait()
            while not self.ended:
                self._wanted.clear()
                await self._make_all()
                if not self.ended:
                    await self._in(self._making, self._rest)
                await self._wanted.wait()
            tasks.cancel_scope.cancel()

    def end(self) -> None:
        """Tell all that it ends; nothing more is made."""
        self.ended = True
        self._wanted.set()
        if self._watch_stop:
            self._watch_stop.set()
        self._beat()

    async def close(self) -> None:
        """Let all go, when `run` has ended."""
        self.end()
        for pool in (self._making, self._drawing):
            await asyncio.to_thread(partial(pool.shutdown, wait=True, cancel_futures=True))
        for desk in self._desks.values():
            desk.workshop.close()
            for showing in (desk.showing, desk.before):
                if showing and showing.book:
                    showing.book.close()

    def _beat(self) -> None:
        pulse, self._pulse = self._pulse, asyncio.Event()
        pulse.set()

    async def _watch(self) -> None:
        """Follow the files; begin anew where others have to be followed."""
        while not self.ended:
            self._watch_stop = anyio.Event()
            # While something is made, it is not known what is read: all counts.
            watch = changes(
                self._range, lambda: None if self.working else self._watched, self._watch_stop
            )
            async for found in watch:
                if found:
                    self._ask_for_all(saved=True)
                elif self._watching.is_set():
                    # What changed between two watches nobody has told.
                    self._ask_for_all(saved=False)
                self._watching.set()
            await anyio.lowlevel.checkpoint()

    def _ask_for_all(self, *, saved: bool) -> None:
        for desk in self._desks.values():
            desk.stale = True
            desk.saved |= saved
        self._wanted.set()

    def _range_of(self, paths: Iterable[str]) -> Range:
        return range_of(paths, {self._project.root, self._shipped})

    def _first_range(self) -> Range:
        """Give what is watched before it is known what is read."""
        names = (f"{self._inside}/profile.yml", *(f"{folder}/any" for folder in SHARED))
        roots = (self._project.root, self._shipped)
        return self._range_of(str(root / name) for root in roots for name in names)

    async def _make_all(self) -> None:
        self.working = True
        self._beat()
        try:
            await self._in(self._making, self._read_facts)
            for lang in list(self._desks):
                desk = self._desks[lang]
                if desk.stale and (desk.onlookers or lang == self.language(None)):
                    desk.stale = False
                    await self._in(self._making, partial(self._make, lang, desk))
                    self._beat()
        except Ended:
            return
        finally:
            self._follow()
            self.working = False
            self._beat()

    def _follow(self) -> None:
        """Watch what was read; what was once watched stays so, since it may be read again."""
        self._watched = self._project.watched().union(
            *(desk.workshop.watched() for desk in self._desks.values())
        )
        wider = self._range | self._range_of(self._watched)
        if wider != self._range:
            self._range = wider
            if self._watch_stop:
                self._watch_stop.set()

    @staticmethod
    async def _in(pool: ThreadPoolExecutor, task: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(pool, task)

    # --- in the making thread -------------------------------------------------------------------

    def _read_facts(self) -> None:
        self._project.begin()
        read = read_facts(self._project, self._inside)
        self._facts_found = read.diagnostics if has_errors(read.diagnostics) else ()
        if read.value is None or (self._facts_found and self._languages):
            # Of a broken file much is guessed: what was known is better.
            return
        self._languages, self._name = read.value.languages, read.value.id
        for lang in self._languages:
            if lang not in self._desks:
                project, inside = open_project(self._folder)
                store = Store.of(project.root)
                workshop = Workshop.of(project, inside, lang, store=store, crew=self._crew)
                self._desks[lang] = Desk(workshop, Showing(lang))

    def _rest(self) -> None:
        if self._crew:
            self._crew.close()
            self._crew = None
        try:
            for desk in self._desks.values():
                desk.workshop.rest()
        except Exception:  # noqa: BLE001
            # The next making meets it again, and says it where it belongs.
            self._tell(traceback.format_exc())

    def _make(self, lang: str, desk: Desk) -> None:
        try:
            with without_collecting():
                self._make_now(lang, desk)
        except Ended:
            raise
        except Exception as error:  # noqa: BLE001
            # A fault of the program must not end an editor's day.
            self._tell(traceback.format_exc())
            desk.showing = replace(desk.showing, diagnostics=(_fault(error),), current=False)

    def _make_now(self, lang: str, desk: Desk) -> None:
        start = time.perf_counter()
        made = desk.workshop.make(self._progress)
        if made.volume is not None and not has_errors(made.diagnostics):
            made = self._write(lang, made)
        saved, desk.saved = desk.saved, False
        old = desk.showing
        now = self._shown(desk, made, time.perf_counter() - start)
        if not saved and (now.pdf, now.diagnostics) == (old.pdf, old.diagnostics):
            return
        desk.showing = now
        if old.book and old.book is not desk.showing.book:
            past, desk.before = desk.before, old
            if past and past.book:
                self._drawing.submit(past.book.close)

    def _shown(self, desk: Desk, made: Made, seconds: float) -> Showing:
        before = replace(
            desk.showing,
            diagnostics=sorted_messages(made.diagnostics),
            made=tuple((each.section_id, each.reason) for each in made.retypeset),
            seconds=seconds,
            current=False,
        )
        broken = has_errors(made.diagnostics)
        if made.volume is None or (broken and before.sheets):
            return before
        if before.book and before.pdf == made.volume.pdf:
            return replace(before, current=not broken)
        title = made.profile.facts.long_name if made.profile else ""
        shown = show(before, made.volume, made.leaves, title, self._stamp(desk.workshop))
        return replace(shown, current=not broken)

    @staticmethod
    def _stamp(workshop: Workshop) -> str:
        """Stand for all files that were read but for the chapters' texts."""
        files = sorted(
            item for item in workshop.project.reads.items() if not item[0].endswith(".md")
        )
        return hashlib.sha256(repr(files).encode()).hexdigest()

    def _write(self, lang: str, made: Made) -> Made:
        """Write the PDF too: what lies in build/ is what is seen."""
        path = output_path(self._project, self._name, lang, None)
        try:
            if made.volume is not None:
                write_whole(path, made.volume.pdf, lasting=False)
        except OSError as error:
            message = f"{path.name} cannot be written: {error.strerror or error}."
            wrong = Diagnostic(Rule.FILE_EXISTS, message)
            return replace(made, diagnostics=(*made.diagnostics, wrong))
        return made

    def _progress(self, _: Stage) -> None:
        if self.ended:
            raise Ended

    # --- in the drawing thread ------------------------------------------------------------------

    def _draw(self, digest: str, width: int) -> bytes | None:
        kept = self._pictures.find(digest, width)
        if kept is not None:
            return kept
        for book, page in self._copies(digest):
            picture = book.png(page, width)
            self._pictures.keep(digest, width, picture)
            return picture
        return None

    def _copies(self, digest: str) -> list[tuple[Book, int]]:
        return [
            (showing.book, page)
            for desk in list(self._desks.values())
            for showing in (desk.showing, desk.before)
            if showing and showing.book and (page := showing.page_of(digest)) is not None
        ]


def _fault(error: Exception) -> Diagnostic:
    return Diagnostic(
        Rule.TYPESETTING_IS_SILENT,
        f"The program failed: {type(error).__name__}: {error}",
        hint="This is a fault of the program. The terminal it was started in shows more; please "
        "report it. The preview goes on with your next save.",
    )
